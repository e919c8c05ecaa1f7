"""Which field (领域) a table is of: from its title, its 相应领域 column, its sheet or its file's name."""

from collections.abc import Iterable, Sequence

import msgspec

from mulu.diagnostics import Text
from mulu.model.district import Field
from mulu.start.written import Refused
from mulu.tables.words import squeezed, words


class Named(msgspec.Struct, frozen=True):
    """A field that a text names: its code, the words by which it was found, and whether fields.yml has it."""

    code: str
    name: str
    known: bool


def recognised(texts: Iterable[str], fields: Sequence[Field]) -> Named | None:
    """The field that the first of the texts names that names any; the longest name counts."""
    names = {squeezed(name): Named(field.code, field.name, True) for field in fields for name in (field.name, *field.aliases)}
    for code, spellings in words().fields.items():
        same = next((names[squeezed(each)] for each in spellings if squeezed(each) in names), None)
        for name in spellings:
            names.setdefault(squeezed(name), same or Named(code, spellings[0], code in {field.code for field in fields}))
    for text in texts:
        short = squeezed(text)
        found = max((name for name in names if name in short), key=len, default=None)
        if found is not None:
            return names[found]
    return None


def not_in_fields(named: Named, place: str) -> Refused:
    """The field is not in fields.yml yet."""
    return Refused(
        Text(
            f"{place} 是“{named.name}”领域，fields.yml 里还没有。请先运行 mulu new field --code {named.code} --name {named.name}，"
            "或者用 --field 指定一个已有的领域，再导入。什么都没有写。",
            f"{place} is of the field “{named.name}”, which fields.yml does not have. Run mulu new field --code {named.code} "
            f"--name {named.name}, or give --field, then import again. Nothing was written.",
        )
    )


def unnamed(place: str, texts: Sequence[str], fields: Sequence[Field]) -> Refused:
    """Nothing says which field it is."""
    seen = "、".join(f"“{text.strip()[:40]}”" for text in texts if text.strip()) or "（没有标题）"
    codes = "、".join(field.code for field in fields)
    return Refused(
        Text(
            f"{place}：从标题和文件名 {seen} 认不出领域。请用 --field 指定，领域表里有：{codes}。什么都没有写。",
            f"{place}: title and file name {seen} do not name a field. Give it with --field; fields.yml has {codes}. Nothing was written.",
        )
    )
