"""Files that were read → entries by field, with the balance of their rows: what was read is an entry, goes on with one, or is reported."""

from collections.abc import Sequence

import msgspec

from mulu.diagnostics import Text
from mulu.model.district import Field
from mulu.start.written import Refused
from mulu.tables.board import Board, board
from mulu.tables.entry import Made, make
from mulu.tables.field import Named, not_in_fields, recognised, unnamed
from mulu.tables.gather import Gathered, gather
from mulu.tables.grid import Grid
from mulu.tables.guesses import Guess, Unplaced
from mulu.tables.kept_columns import is_ours
from mulu.tables.lines import Divided, Section, divide
from mulu.tables.marks import Standing
from mulu.tables.reading import Source
from mulu.tables.restored import restored
from mulu.tables.words import header_key


class Table(msgspec.Struct, frozen=True):
    """One table that was understood: where it stands, its field, and which column was taken for what."""

    file: str
    name: str
    field: str
    title: str
    columns: tuple[tuple[str, str, str], ...]


class Rows(msgspec.Struct, frozen=True):
    """The balance: read = entries + continued + reported."""

    read: int
    entries: int
    continued: int
    reported: int


class Understood(msgspec.Struct, frozen=True):
    """Everything that the files hold. `outside` are lines around the tables."""

    entries: dict[str, tuple[Made, ...]]
    titles: dict[str, str]
    tables: tuple[Table, ...]
    rows: Rows
    guesses: tuple[Guess, ...]
    unplaced: tuple[Unplaced, ...]
    outside: tuple[str, ...]


class _Found(msgspec.Struct, frozen=True):
    source: Source
    grid: Grid
    section: Section
    texts: tuple[str, ...]
    named: Named | None


def understand(sources: Sequence[Source], standing: Standing, fields: Sequence[Field], field: str | None) -> Understood:
    """Raises Refused where no file has a header, or a table's field is not known."""
    found: list[_Found] = []
    loose: list[Unplaced] = []
    outside: list[str] = []
    read = 0
    for source in sources:
        several = len(sources) > 1
        pending: tuple[str, ...] = ()
        for grid in source.grids:
            on = board(grid)
            divided = divide(grid, on)
            read += _rows_read(on, divided)
            outside += [
                *dict.fromkeys((*grid.before, *(title for each in divided.sections for title in each.titles))),
                *grid.after,
            ]
            texts = [(_at(source, on.own(row)[0].place, several), _text(on, row)) for row in range(len(on.rows)) if on.own(row)]
            if divided.sections:
                found += _named(source, grid, divided.sections, pending, fields, found)
                pending = grid.after
            else:
                loose += [Unplaced("no_header", place, text) for place, text in texts]
                pending = (*pending, *grid.before, *(text for _, text in texts), *grid.after)
    if not found:
        raise no_header(sources)
    return _understood(found, loose, tuple(outside), read, standing, fields, field, several=len(sources) > 1)


def _at(source: Source, place: str, several: bool) -> str:
    return f"{source.name} {place}" if several else place


def _text(on: Board, row: int) -> str:
    return " ".join(cell.text.strip() for cell in on.own(row))


def _rows_read(on: Board, divided: Divided) -> int:
    """Rows with text that are neither title nor header, counted on the board itself, not from what was made of them."""
    shared = sum(bool(section.header.values) for section in divided.sections)
    return sum(bool(on.own(row)) for row in range(len(on.rows)) if row not in divided.aside) + shared


def _named(
    source: Source, grid: Grid, sections: Sequence[Section], pending: tuple[str, ...], fields: Sequence[Field], before: Sequence[_Found]
) -> list[_Found]:  # fmt: skip
    """Sections with their fields: a table without a title is of the field of the table before it in the same file.

    `pending` are the lines since that table; small tables without a header, as those that hold only a title, are among them.
    """
    found: list[_Found] = []
    for number, each in enumerate(sections):
        section = msgspec.structs.replace(each, titles=(*pending, *each.titles)) if number == 0 else each
        own = [value.text for line in section.lines for value in line.values if value.column.key == "field"][:1]
        texts = (*own, *reversed(section.titles), grid.name, source.name)
        named = recognised((*own, *reversed(section.titles)), fields)
        last = (found or [one for one in before if one.source is source])[-1:]
        named = named or (last[0].named if last else None) or recognised((grid.name, source.name), fields)
        found.append(_Found(source, grid, section, texts, named))
    return found


def _understood(
    found: Sequence[_Found], loose: list[Unplaced], outside: tuple[str, ...], read: int, standing: Standing,
    fields: Sequence[Field], field: str | None, *, several: bool,
) -> Understood:  # fmt: skip
    one = len({each.named.code for each in found if each.named}) <= 1
    entries: dict[str, list[Made]] = {}
    titles: dict[str, str] = {}
    tables, guesses, unplaced = [], [], list(loose)
    continued = 0
    for each in found:
        code, kind = _code(each, field, fields, one=one)
        place = _at(each.source, each.grid.name, several)
        tables.append(Table(each.source.name, each.grid.name, code or "", _title(each), _columns(each.section)))
        gathered, left = gather(each.grid, each.section)
        unplaced += left
        guesses += _unsaid(each.grid, gathered, left)
        if code is None:
            lines = [line for one_row in gathered for line in (one_row.line, *one_row.continued)]
            unplaced += [Unplaced("other_field", line.place, line.text) for line in lines]
            continue
        guesses.append(Guess(kind, place, each.named.name if each.named else code, key="field"))
        guesses += _extra_columns(each.section)
        titles.setdefault(code, _title(each))
        for row in gathered:
            made = restored(make(row, standing), standing.channels, standing.levels)
            if made.too_long:
                unplaced += [Unplaced("too_long", line.place, line.text) for line in (row.line, *row.continued)]
            else:
                entries.setdefault(code, []).append(made)
                continued += made.rows - 1
    rows = Rows(read, sum(len(made) for made in entries.values()), continued, len(unplaced))
    _balanced(rows)
    by_code = {code: tuple(made) for code, made in entries.items()}
    said = (*_of_sources(found), *guesses)
    return Understood(by_code, titles, tuple(tables), rows, said, tuple(unplaced), outside)


def _of_sources(found: Sequence[_Found]) -> list[Guess]:
    """What was assumed of whole files, once for each."""
    sources = {id(each.source): each.source for each in found}.values()
    return [Guess(kind, source.name, text) for source in sources for kind, text in source.assumed]


def _extra_columns(section: Section) -> list[Guess]:
    unknown = [column for column in section.header.columns if column.key == "extra" and not is_ours(column.label)]
    return [Guess("extra_column", column.place, column.label, key="extra") for column in unknown]


def _unsaid(grid: Grid, gathered: Sequence[Gathered], left: Sequence[Unplaced]) -> list[Guess]:
    """Texts without a column in rows that became neither entries nor reported rows."""
    said = {doubt for row in gathered for doubt in row.doubts}
    lost = [doubt for doubt in grid.doubts if doubt.kind == "no_column" and doubt not in said]
    return [Guess("no_column", doubt.place, doubt.text) for doubt in lost if not any(doubt.text in row.text for row in left)]


def _code(each: _Found, field: str | None, fields: Sequence[Field], *, one: bool) -> tuple[str | None, str]:
    if field is not None:
        other = each.named is not None and each.named.code != field and not one
        return (None, "") if other else (field, "field_given")
    place = f"{each.source.name} {each.grid.name}"
    if each.named is None:
        raise unnamed(place, each.texts, fields)
    if not each.named.known:
        raise not_in_fields(each.named, place)
    return each.named.code, "field_from_title"


def _title(each: _Found) -> str:
    return next((title.strip(" #*\t") for title in reversed(each.section.titles) if "目录" in title and len(title) < 100), "")


def _columns(section: Section) -> tuple[tuple[str, str, str], ...]:
    return tuple((column.place, column.label, column.key) for column in section.header.columns)


def _balanced(rows: Rows) -> None:
    """The program's own check; it fails only by a fault of the program, and then nothing is written."""
    if rows.read != rows.entries + rows.continued + rows.reported:
        raise Refused(
            Text(
                f"行数对不上：读了 {rows.read} 行，成为事项 {rows.entries}，接在事项里 {rows.continued}，列出 {rows.reported}。"
                "这是程序的错误，请把文件交给维护人员；什么都没有写。",
                f"The rows do not balance: {rows.read} read, {rows.entries} entries, {rows.continued} continued, {rows.reported} reported. "
                "This is a fault of the program; nothing was written.",
            )
        )


def no_header(sources: Sequence[Source]) -> Refused:
    """No table has a row that names 公开事项 and at least two more columns."""
    seen: list[str] = []
    for source in sources:
        for grid in source.grids:
            named = [cell for cell in grid.cells if header_key(cell.text) not in (None, "fragment")]
            seen += [f"{source.name} {cell.place}“{cell.text.strip()[:20]}”" for cell in named[:6]]
    zh = "、".join(seen) if seen else "一个栏目名称也没有"
    files = "、".join(source.name for source in sources)
    return Refused(
        Text(
            f"{files}：没有找到目录表的表头。表头要有“公开事项”（或者一级事项、二级事项）和至少两个别的栏目，如公开内容、公开依据、公开时限。"
            f"认出的栏目：{zh}。请补上表头再导入；什么都没有写。",
            f"{files}: no header of a catalog table. It must name 公开事项 and at least two more columns. Recognised: "
            f"{', '.join(seen) or 'none'}. Add the header and import again; nothing was written.",
        )
    )
