"""C: the district's own data: site, fields, departments, calendar."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from mulu.checks.rule import Finding, Over, View, at, rule
from mulu.diagnostics import Severity, Text
from mulu.files.yaml import Pointer
from mulu.model.district import CalendarYear, Department, Field, Name

_OVER_NEW_YEAR = timedelta(days=7)
"""How far a year's notice may reach into its neighbours: the New Year holiday and its make-up workdays do."""

_CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def spellings(listed: Iterable[Name]) -> set[str]:
    """Every name and alias of a closed list."""
    return {spelling for each in listed for spelling in (each.name, *each.aliases)}


@rule(
    "C104", Severity.ERROR, Over.EVERYTHING,
    zh=("领域代码“{code}”用了两次", "给其中一个领域换一个代码；如果本来就是同一个领域，删去一处。"),
    en=("The field code “{code}” is used twice",
        "Give one of the fields another code, or delete one if they are the same field."),
)  # fmt: skip
def duplicate_field_code(view: View) -> Iterator[Finding]:
    """Two fields in fields.yml with one code."""
    first: dict[str, Field] = {}
    for field in view.repository.fields:
        other = first.setdefault(field.code, field)
        if other is not field:
            yield at(field, "code", related=[other], code=field.code)


@rule(
    "C117", Severity.WARNING, Over.EVERYTHING,
    zh=("“{department}”还没有标准目录",
        "在它的 catalog 文件夹里为每个领域建一个目录文件，写上至少一个事项；已经撤并的单位，请管理员移走文件夹。"),
    en=("{department} has no catalog",
        "Add a file with at least one entry to its catalog folder; ask for the folder's removal if the body was merged."),
)  # fmt: skip
def department_without_catalog(view: View) -> Iterator[Finding]:
    """No entry at all, and no catalog file that could not be read."""
    read = {catalog.origin.path for catalog in view.repository.catalogs}
    has = {catalog.department for catalog in view.repository.catalogs if catalog.entries}
    unread = (path.split("/") for path in view.repository.files if "/catalog/" in path and path not in read)
    has |= {parts[2] for parts in unread if parts[1] == "departments"}
    for department in view.repository.departments.values():
        if department.code not in has:
            yield at(department, department=department.label)


@rule(
    "C118", Severity.ERROR, Over.EVERYTHING,
    zh=("“{name}”也是“{other}”的名称或者代码",
        "名称、简称、别名和信用代码只能属于一个单位：核对以后改掉写错的一处；几个单位共有的称呼写在 roles（角色）里。"),
    en=("“{name}” is also a name or code of {other}",
        "A name, alias or credit code belongs to one body: correct one of them; what several bodies share goes under `roles`."),
)  # fmt: skip
def duplicate_department_name(view: View) -> Iterator[Finding]:
    """Two departments share a name, short name, alias or credit code; roles may be shared."""
    first: dict[str, Department] = {}
    for department in view.repository.departments.values():
        for key, name in _own_names(department):
            other = first.setdefault(name, department)
            if other is not department:
                yield at(department, *key, related=[other], name=name, other=other.name)


@rule(
    "C119", Severity.ERROR, Over.EVERYTHING,
    zh=("站点没有“{level}”这个公开层级",
        "改成 site.yml 里的一个层级：{known}；确实还有这一级的，请公开办在 site.yml 的 levels 里加上。"),
    en=("The site has no level “{level}”",
        "Use one of the levels of site.yml: {known}; or have it added there under `levels`."),
)  # fmt: skip
def unknown_department_level(view: View) -> Iterator[Finding]:
    """The department's level is no level of the site."""
    if site := view.repository.site:
        known, names = spellings(site.levels), [each.name for each in site.levels]
        for department in view.repository.departments.values():
            if department.level not in known:
                yield at(department, "level", level=department.level, known=names)


@rule(
    "C120", Severity.ERROR, Over.EVERYTHING,
    zh=("工作日历的日期不对：{problem}",
        "对照国务院办公厅当年的放假通知改正；期限按这份日历计算，错一天，逾期的判断也会错。"),
    en=("A date of the working-day calendar is wrong: {problem}",
        "Correct it from the State Council's notice; every deadline is counted with it."),
)  # fmt: skip
def calendar_dates(view: View) -> Iterator[Finding]:
    """A year that is not the file's, a holiday that ends before it starts, a make-up workday that is none."""
    for calendar in view.repository.calendars:
        for key, problem in (*_year_problems(calendar), *_holiday_problems(calendar), *_workday_problems(calendar)):
            yield at(calendar, *key, problem=problem)


@rule(
    "C121", Severity.NOTICE, Over.EVERYTHING,
    zh=("“{department}”没有写审批人（owners）",
        "在 department.yml 里写上有权批准本单位改动的账号或者小组，例如 owners: [\"@组织/小组\"]。"),
    en=("{department} has no owners",
        "List the accounts or teams that may approve changes in its folder, such as owners: [\"@organization/team\"]."),
)  # fmt: skip
def department_without_owners(view: View) -> Iterator[Finding]:
    """Nobody is named who approves changes in the department's folder."""
    for department in view.repository.departments.values():
        if not department.owners:
            yield at(department, department=department.label)


@rule(
    "C122", Severity.ERROR, Over.EVERYTHING,
    zh=("“{name}”在同一个列表里出现了两次", "每个名称或者别名只能出现一次：删去重复的，或者把两项合并成一项。"),
    en=("“{name}” stands twice in the same list", "A name or alias may occur once: delete the repeat or merge the two."),
)  # fmt: skip
def duplicate_channel_or_level(view: View) -> Iterator[Finding]:
    """A level or channel of site.yml whose name or alias an earlier one, or itself, already has."""
    if site := view.repository.site:
        for key, listed in (("levels", site.levels), ("channels", site.channels)):
            spelt = [(index, name) for index, each in enumerate(listed) for name in (each.name, *each.aliases)]
            first = {name: place for place, (_, name) in reversed(list(enumerate(spelt)))}
            for place, (index, name) in enumerate(spelt):
                if first[name] != place:
                    yield at(site, key, index, name=name)


@rule(
    "C123", Severity.NOTICE, Over.EVERYTHING,
    zh=("统一社会信用代码 {code} 的最后一位校验不对", "多半是抄错了一位：对照本单位的统一社会信用代码证书逐位核对。"),
    en=("The last character of the credit code {code} does not fit the others",
        "One character is probably mistyped; compare it with the body's certificate."),
)  # fmt: skip
def credit_code_check(view: View) -> Iterator[Finding]:
    """The check character of GB 32100-2015 is not the one the first 17 characters give."""
    for department in view.repository.departments.values():
        if department.credit_code[-1:] != check_character(department.credit_code):
            yield at(department, "credit_code", code=department.credit_code)


def check_character(code: str) -> str:
    """The 18th character for the first 17 of a 统一社会信用代码: weights are powers of 3 modulo 31 (GB 32100-2015)."""
    total = sum(_CODE_CHARACTERS.index(each) * pow(3, place, 31) for place, each in enumerate(code[:17]))
    return _CODE_CHARACTERS[-total % 31]


def _own_names(department: Department) -> Iterator[tuple[Pointer, str]]:
    yield ("name",), department.name
    if department.short_name:
        yield ("short_name",), department.short_name
    yield from ((("aliases", index), alias) for index, alias in enumerate(department.aliases))
    yield ("credit_code",), department.credit_code


def _year_problems(calendar: CalendarYear) -> Iterator[tuple[Pointer, Text]]:
    file, year = calendar.origin.path.rsplit("/", 1)[-1].removesuffix(".yml"), calendar.year
    if str(year) != file:
        yield ("year",), Text(f"文件名是 {file}，里面写的年份是 {year}", f"the file is called {file} but says {year}")


def _holiday_problems(calendar: CalendarYear) -> Iterator[tuple[Pointer, Text]]:
    for index, each in enumerate(calendar.holidays):
        days = Text(f"“{each.name}”（{each.first} 至 {each.last}）", f"{each.name} ({each.first} to {each.last})")
        if each.first > each.last:
            yield ("holidays", index, "to"), Text(f"{days.zh}的结束早于开始", f"{days.en} ends before it starts")
        elif not (_near(calendar, each.first) and _near(calendar, each.last)):
            problem = Text(f"{days.zh}不在 {calendar.year} 年", f"{days.en} is not in {calendar.year}")
            yield ("holidays", index, "from"), problem


def _workday_problems(calendar: CalendarYear) -> Iterator[tuple[Pointer, Text]]:
    for index, day in enumerate(calendar.workdays):
        off = next((each.name for each in calendar.holidays if each.first <= day <= each.last), None)
        problem = None
        if not _near(calendar, day):
            problem = Text(f"不在 {calendar.year} 年", f"is not in {calendar.year}")
        elif day.weekday() < 5:
            problem = Text("不是周六或者周日", "is neither Saturday nor Sunday")
        elif off:
            problem = Text(f"在“{off}”放假期间", f"falls into the holiday {off}")
        if problem:
            yield ("workdays", index), Text(f"调休上班日 {day} {problem.zh}", f"the make-up workday {day} {problem.en}")


def _near(calendar: CalendarYear, day: date) -> bool:
    return date(calendar.year, 1, 1) - _OVER_NEW_YEAR <= day <= date(calendar.year, 12, 31) + _OVER_NEW_YEAR


RULES = (
    duplicate_field_code, department_without_catalog, duplicate_department_name, unknown_department_level, calendar_dates,
    department_without_owners, duplicate_channel_or_level, credit_code_check,
)  # fmt: skip
