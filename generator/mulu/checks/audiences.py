"""I124, I125, C133, C134: whom an item is for, against the options that readers can choose from."""

import difflib
from collections.abc import Iterator

from mulu.checks.rule import Finding, Over, View, at, rule
from mulu.diagnostics import Severity, Text
from mulu.model.audience import DIMENSIONS, Audiences


@rule(
    "I124", Severity.ERROR, Over.EVERYTHING,
    zh=("服务对象里的 {code} 不在 audiences.yml 的“{name}”（{key}）里{near}", "改成表里的代码；确实需要新选项的，先加到 catalogs/audiences.yml。"),
    en=("The audience code {code} is not among the options of `{key}` ({name}) in audiences.yml{near}", "Use a code from the list, or add the option to catalogs/audiences.yml first."),
)  # fmt: skip
def audience_unknown(view: View) -> Iterator[Finding]:
    """An audience that no reader can choose is never found."""
    known = _known(view.repository.audiences)
    for item in view.repository.items.values():
        for key in DIMENSIONS if item.audience else ():
            for place, code in enumerate(item.audience.codes(key) if item.audience else ()):
                if code not in known[key]:
                    close = difflib.get_close_matches(code, known[key], 1)
                    near = Text(f"，是不是 {close[0]}", f"; did you mean {close[0]}") if close else Text("", "")
                    yield at(item, "audience", key, place, code=code, key=key, name=DIMENSIONS[key], near=near)


@rule(
    "I125", Severity.WARNING, Over.EVERYTHING,
    zh=("{code} 只对“{who}”有意义，这条信息却不是写给他们的", "在 audience 的 who 里加上 {who}，或者删去 {code}。"),
    en=("{code} makes sense only for {who}, whom this item is not for", "Add {who} to `who`, or delete {code}."),
)  # fmt: skip
def audience_contradicts(view: View) -> Iterator[Finding]:
    """An option of companies beside `who: [person]`: nobody can choose both."""
    known = _known(view.repository.audiences)
    for item in view.repository.items.values():
        audience = item.audience
        if audience and audience.who:
            for key in DIMENSIONS:
                for place, code in enumerate(audience.codes(key)):
                    who = known[key].get(code)
                    if who and who not in audience.who:
                        yield at(item, "audience", key, place, code=code, who=who)


@rule(
    "C133", Severity.ERROR, Over.EVERYTHING,
    zh=("选项代码 {code} 用了两次", "同一方面里每个选项给不同的代码；已经在信息里用过的不要改。"),
    en=("The option {code} stands twice", "Give every option of a list a code of its own; do not change one that items use."),
)  # fmt: skip
def audience_repeated_code(view: View) -> Iterator[Finding]:
    """Two options of one dimension with the same code."""
    audiences = view.repository.audiences
    if audiences is None:
        return
    for key in DIMENSIONS:
        seen: set[str] = set()
        for place, option in enumerate(audiences.options(key)):
            if option.code in seen:
                yield at(audiences, key, place, "code", code=option.code)
            seen.add(option.code)


@rule(
    "C134", Severity.ERROR, Over.EVERYTHING,
    zh=("选项 {code} 写着属于 {who}，身份里却没有它", "改成 who 列表里的代码，或者删去这一行。"),
    en=("The option {code} belongs to {who}, which is not in the list `who`", "Use a code of the list `who`, or delete the line."),
)  # fmt: skip
def audience_unknown_who(view: View) -> Iterator[Finding]:
    """An option for a kind of reader that does not exist."""
    audiences = view.repository.audiences
    if audiences:
        who = {option.code for option in audiences.who}
        for key in DIMENSIONS:
            for place, option in enumerate(audiences.options(key)):
                if option.who is not None and option.who not in who:
                    yield at(audiences, key, place, "who", code=option.code, who=option.who)


def _known(audiences: Audiences | None) -> dict[str, dict[str, str | None]]:
    """Dimension → code → the only kind of reader for whom it makes sense."""
    return {key: {each.code: each.who for each in audiences.options(key)} if audiences else {} for key in DIMENSIONS}


RULES = (audience_unknown, audience_contradicts, audience_repeated_code, audience_unknown_who)
