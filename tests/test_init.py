"""`mulu init`: a repository that passes the check at once, on any day."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from mulu.diagnostics import Severity
from mulu.flow import check
from mulu.model.schema import SCHEMA_NAMES
from mulu.resources import resource
from mulu.start.init import init
from mulu.start.new import new_department, new_field
from mulu.start.owners import OWNER_FILES
from mulu.start.written import AlreadyThere, Refused

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("platform", OWNER_FILES)
@pytest.mark.parametrize("today", [TODAY, date(2028, 2, 29)])
def test_it_passes_the_check(tmp_path: Path, platform: str, today: date) -> None:
    init(tmp_path, platform=platform, name="东湖区", today=today, office=["@donghu/zwgk"])
    assert {found.code for found in check(tmp_path, as_of=today).diagnostics} <= {"C128"}  # the calendar of a far year


def test_it_passes_without_anything_known_but_the_name(tmp_path: Path) -> None:
    init(tmp_path, platform="gitea", name="东湖区", today=TODAY)
    found = check(tmp_path, as_of=TODAY).diagnostics
    assert {each.severity for each in found} <= {Severity.NOTICE}


def test_it_speaks_of_this_place_only(tmp_path: Path) -> None:
    day = date(2027, 1, 4)
    files = init(tmp_path, platform="github", name="东湖区", today=day, domain="www.donghu.gov.cn", site_code="3301990001")
    for file in files:
        if not file.path.startswith("schemas/"):
            assert "示例" not in file.content.replace("示例区”", ""), file.path
        if "/calendar/" not in file.path and not file.path.startswith("schemas/"):
            assert "2026" not in file.content, file.path
    site = check(tmp_path, as_of=day).repository.site
    assert site and (site.domain, site.site_code, site.name) == ("www.donghu.gov.cn", "3301990001", "东湖区政府信息公开")
    assert "site_name: 东湖区政府信息公开\n" in (tmp_path / "mkdocs.yml").read_text("utf-8")


@pytest.mark.parametrize("platform", OWNER_FILES)
def test_it_brings_what_editors_and_the_platform_need(tmp_path: Path, platform: str) -> None:
    paths = {file.path for file in init(tmp_path, platform=platform, name="东湖区", today=TODAY)}
    actions = {f".{platform}/workflows/{name}.yml" for name in ("check", "publish")}
    workflows = {".gitlab-ci.yml"} if platform == "gitlab" else actions
    assert paths >= workflows | {OWNER_FILES[platform], "README.md", ".gitignore", ".editorconfig", "mkdocs.yml"}
    for name in SCHEMA_NAMES:
        json.loads((tmp_path / f"schemas/v1/{name}.schema.json").read_text("utf-8"))
    for path in tmp_path.rglob("*.*"):
        if line := re.search(r"\$schema=(\S+)", path.read_text("utf-8") if path.suffix in (".yml", ".md") else ""):
            assert (path.parent / line[1]).is_file(), path


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", "utf-8")
    with pytest.raises(AlreadyThere, match=r"README\.md"):
        init(tmp_path, platform="github", name="东湖区", today=TODAY)
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]


@pytest.mark.parametrize(
    "wrong",
    [{"platform": "svn"}, {"name": "a: b"}, {"name": ""}, {"domain": "x y"}, {"site_code": "1"}, {"office": ["zwgk"]}],
)
def test_what_cannot_stand_in_the_files_is_refused(tmp_path: Path, wrong: dict[str, object]) -> None:
    arguments: dict[str, object] = {"platform": "github", "name": "东湖区", "today": TODAY} | wrong
    with pytest.raises(Refused):
        init(tmp_path, **arguments)  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def test_it_can_be_extended_at_once(tmp_path: Path) -> None:
    init(tmp_path, platform="gitlab", name="东湖区", today=TODAY)
    new_field(tmp_path, code="finance", name="财政预决算")
    files = new_department(
        tmp_path, code="czj", name="东湖区财政局", level="区级", credit_code="11000000000000001R", owners=["@d/czj"]
    )
    assert [file.path for file in files] == ["catalogs/departments/czj/department.yml", ".gitlab/CODEOWNERS"]


def test_its_calendars_are_the_demo_districts(tmp_path: Path) -> None:
    init(tmp_path, platform="github", name="东湖区", today=TODAY)
    brought = {path.name: path.read_bytes() for path in (tmp_path / "catalogs/calendar").iterdir()}
    assert brought == {path.name: path.read_bytes() for path in resource("catalogs", "calendar").iterdir()}
    assert {"2016.yml", "2026.yml", "2027.yml"} <= set(brought)
