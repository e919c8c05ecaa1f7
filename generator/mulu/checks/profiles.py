"""C130–C132: assessment schemes: do the weights add up, and do they name what exists."""

from collections.abc import Iterator
from fractions import Fraction

from mulu.checks.district import spellings
from mulu.checks.rule import Finding, Over, View, at, rule
from mulu.diagnostics import Severity
from mulu.model.profile import Indicator, Profile, Veto


@rule(
    "C130", Severity.ERROR, Over.EVERYTHING,
    zh=("各项分值合计 {sum}，总分却写着 {total}", "调整各项指标的 weight，或者改 total，使两者相等。"),
    en=("The weights add up to {sum}, but the total is {total}", "Change the indicators' `weight` or `total` so that they agree."),
)  # fmt: skip
def profile_weights(view: View) -> Iterator[Finding]:
    """A scheme whose weights do not make its total cannot be defended."""
    for profile in view.repository.profiles:
        whole = sum((Fraction(str(each.weight)) for each in profile.indicators), Fraction(0))
        if whole != Fraction(str(profile.total)):
            yield at(profile, "total", sum=f"{float(whole):g}", total=f"{profile.total:g}")


@rule(
    "C131", Severity.ERROR, Over.EVERYTHING,
    zh=("评估方案里的“{name}”不存在", "核对领域、单位的代码和公开层级的名称，一字不差；不限定范围的删去这一项。"),
    en=("The scheme names “{name}”, which does not exist", "Check the codes of fields and departments and the names of levels, or take it out."),
)  # fmt: skip
def profile_unknown_scope(view: View) -> Iterator[Finding]:
    """A field, department or level in `only` that the repository does not have."""
    repository = view.repository
    fields = {field.code for field in repository.fields}
    levels = spellings(repository.site.levels) if repository.site else ()
    for profile, key, index, asked in _asked(view):
        for name, known in (("fields", fields), ("departments", repository.departments), ("levels", levels)):
            for place, value in enumerate(getattr(asked.only, name)):
                if value not in known:
                    yield at(profile, key, index, "only", name, place, name=value)


@rule(
    "C132", Severity.ERROR, Over.EVERYTHING,
    zh=("编号“{id}”用了两次", "给每项指标和否决不同的编号。"),
    en=("The id “{id}” is used twice", "Give every indicator and veto an id of its own."),
)  # fmt: skip
def profile_repeated_id(view: View) -> Iterator[Finding]:
    """Indicators and vetoes are told apart by their ids in score sheets."""
    seen: set[tuple[str, str]] = set()
    for profile, key, index, asked in _asked(view):
        if (profile.name, asked.id) in seen:
            yield at(profile, key, index, "id", id=asked.id)
        seen.add((profile.name, asked.id))


def _asked(view: View) -> Iterator[tuple[Profile, str, int, Indicator | Veto]]:
    for profile in view.repository.profiles:
        for index, indicator in enumerate(profile.indicators):
            yield profile, "indicators", index, indicator
        for index, veto in enumerate(profile.vetoes):
            yield profile, "vetoes", index, veto


RULES = (profile_weights, profile_unknown_scope, profile_repeated_id)
