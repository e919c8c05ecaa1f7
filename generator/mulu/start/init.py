"""`mulu init`: a complete content repository, made from the files in content/, that passes the check and builds at once."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from mulu.diagnostics import Text
from mulu.model.district import Department
from mulu.model.schema import SCHEMA_NAMES, VERSION
from mulu.resources import package_file, resource
from mulu.start.known import not_among
from mulu.start.owners import OWNER_FILES, codeowners
from mulu.start.written import Refused, WrittenFile, write
from mulu.start.yaml_text import scalar

_NAME = re.compile(r"[^\W_]([\w（）()·]{0,38}[\w）)])?\Z")
"""Stands inside YAML values and Markdown without quotes."""

_OWNER = re.compile(r"@[A-Za-z0-9._/-]+\Z")
_SAMPLE_NAME, _SAMPLE_YEAR, _SAMPLE_DAY = "示例区", "2026", "2026-01-05"
_SAMPLE_SITE = "www.example.gov.cn", '"0000000000"'
_NO_OWNERS = '# owners: ["@组织/小组"]'
_SITE_NAME = re.compile(r"^site_name:.*$", re.MULTILINE)


def init(
    directory: Path, *, platform: str, name: str, today: date, domain: str | None = None, site_code: str | None = None,
    office: Sequence[str] = (),
) -> tuple[WrittenFile, ...]:  # fmt: skip
    """Write the repository for `platform` (a key of OWNER_FILES) and return its files.

    `name` is the district's (示例区), `today` dates the sample items, `office` are the accounts of the 政务公开办. Raises
    AlreadyThere when any of the files exists; other files in `directory` are left alone.
    """
    if platform not in OWNER_FILES:
        raise not_among("平台", "platform", platform, list(OWNER_FILES))
    _refuse_unfit(name, domain, site_code, office)
    changes = _changes(name, today, domain, site_code, office)
    files = [*_starter("common", changes), *_starter(platform, changes), *_schemas(), *_calendars(), _mkdocs(name)]
    starter = Department(name="", level="", credit_code="", address="", hours="", phone="", code="zfb", owners=tuple(office))
    files.append(WrittenFile(OWNER_FILES[platform], codeowners([starter], platform, office=office)))
    return write(directory, sorted(files, key=lambda file: file.path))


def _refuse_unfit(name: str, domain: str | None, site_code: str | None, office: Sequence[str]) -> None:
    """Only what can stand in the files as it is: a name of letters, a host name, ten characters, accounts."""
    unfit = [
        value
        for value, form in (
            (name, _NAME), (domain, re.compile(r"[a-z0-9.-]+\Z")), (site_code, re.compile(r"[0-9A-Za-z]{10}\Z")),
            *((each, _OWNER) for each in office),
        )
        if value is not None and not form.match(value)
    ]  # fmt: skip
    if unfit:
        raise Refused(Text(
            f"“{unfit[0]}”不能用：名称写成“示例区”，域名写成 www.example.gov.cn，标识码写十位，审批人写成 @组织/小组。",
            f"“{unfit[0]}” will not do: a name without spaces, a host name, a ten-character code, or @organization/team.",
        ))  # fmt: skip


def _changes(name: str, today: date, domain: str | None, site_code: str | None, office: Sequence[str]) -> dict[str, str]:
    """Sample text → the text of this place, applied in this order to paths and contents of the starter files."""
    year = str(today.year)
    changes = {
        _SAMPLE_DAY: today.isoformat(),
        f"{_SAMPLE_YEAR}-zfb-": f"{year}-zfb-",
        f"/{_SAMPLE_YEAR}-0": f"/{year}-0",
        f"items/{_SAMPLE_YEAR}/": f"items/{year}/",
        f"{_SAMPLE_YEAR}-12-31": f"{year}-12-31",
        _SAMPLE_NAME: name,
    }
    if domain:
        changes[f"domain: {_SAMPLE_SITE[0]}  # 待填写：门户网站的域名"] = f"domain: {domain}"
    if site_code:
        changes[f"site_code: {_SAMPLE_SITE[1]}  # 待填写：政府网站标识码，十位，须加引号"] = f'site_code: "{site_code}"'
    if office:
        changes[_NO_OWNERS] = "owners: [" + ", ".join(scalar(each, flow=True) for each in office) + "]"
    return changes


def _starter(part: str, changes: Mapping[str, str]) -> list[WrittenFile]:
    folder = package_file("start", "content", part)
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return [
        WrittenFile(_placed(path.relative_to(folder).as_posix(), changes), _changed(path.read_text("utf-8"), changes))
        for path in found
    ]


def _placed(path: str, changes: Mapping[str, str]) -> str:
    """`dot.x` stands for `.x`: hidden files get lost on the way into a wheel."""
    return _changed("/".join(re.sub(r"^dot\.", ".", part) for part in path.split("/")), changes)


def _changed(text: str, changes: Mapping[str, str]) -> str:
    for sample, here in changes.items():
        text = text.replace(sample, here)
    return text


def _schemas() -> list[WrittenFile]:
    paths = [f"schemas/{VERSION}/{name}.schema.json" for name in SCHEMA_NAMES]
    return [WrittenFile(path, resource(*path.split("/")).read_text("utf-8")) for path in paths]


def _calendars() -> list[WrittenFile]:
    """The working-day calendars of the program's own demo, the same files."""
    found = sorted(resource("catalogs", "calendar").glob("*.yml"))
    return [WrittenFile(f"catalogs/calendar/{path.name}", path.read_text("utf-8")) for path in found]


def _mkdocs(name: str) -> WrittenFile:
    """The look and navigation of the program's own demo, under this place's name."""
    line = f"site_name: {scalar(name + '政府信息公开')}"
    text = resource("mkdocs.yml").read_text("utf-8").replace(_SAMPLE_NAME, name).replace("make site", "mulu build")
    return WrittenFile("mkdocs.yml", _SITE_NAME.sub(lambda _: line, text, count=1))
