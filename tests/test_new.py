"""`mulu new`: what is written fits what is there, reads back as meant, and says clearly what is still to be filled in."""

import subprocess
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from mulu.cli import cli
from mulu.files.tree import WorkTree
from mulu.files.yaml import parse
from mulu.flow import check
from mulu.model.catalog import Basis, Element
from mulu.model.district import Department, Guideline
from mulu.model.load import load
from mulu.model.repository import Repository
from mulu.model.schema import titles
from mulu.start.appended import appended
from mulu.start.item import new_item, required_keys
from mulu.start.new import new_department, new_entry, new_field
from mulu.start.owners import OWNER_FILES, codeowners
from mulu.start.written import AlreadyThere, Refused, WrittenFile, write
from mulu.start.yaml_text import bare, block, scalar

TODAY = date(2026, 11, 23)
CATALOG = "catalogs/departments/fgj/catalog/project.yml"
ITEMS = "catalogs/departments/fgj/items/2026"


def loaded(root: Path) -> Repository:
    return load(WorkTree(root))[0]


def faults_in(root: Path, path: str) -> set[str]:
    return {found.name for found in check(root, as_of=TODAY).diagnostics if found.place.file == path}


def item(root: Path, kind: str = "notice", **more: object) -> WrittenFile:
    arguments: dict[str, object] = {"title": "关于试点的公告", "entries": ["fgj-project-guide"], "published": TODAY} | more
    (file,) = new_item(root, department="fgj", kind=kind, **arguments)  # type: ignore[arg-type]
    return file


def entry(root: Path, **more: object) -> WrittenFile:
    arguments = {"field": "project", "topic": "批准结果信息", "item": "招标公告", "elements": [Element("公告")]} | more
    (file,) = new_entry(root, department="fgj", **arguments)  # type: ignore[arg-type]
    return file


# Items


def test_an_item_takes_the_next_free_numbers(minimal: Path) -> None:
    assert [item(minimal).path, item(minimal).path] == [f"{ITEMS}/2026-fgj-002.md", f"{ITEMS}/2026-fgj-003.md"]
    assert "/2026-00003" in (minimal / ITEMS / "2026-fgj-003.md").read_text("utf-8")
    assert "/2025-00001" in item(minimal, published=date(2025, 3, 1)).content


def test_an_item_with_errors_in_it_keeps_its_numbers(minimal: Path) -> None:
    path = minimal / ITEMS / "2026-fgj-001.md"
    path.write_text(path.read_text("utf-8").replace("/2026-00001", "/2026-00041").replace("kind: ", "kond: "), "utf-8")
    assert "/2026-00042" in item(minimal).content


def test_the_id_of_a_deleted_item_is_not_given_again(minimal: Path) -> None:
    (minimal / ITEMS / "2026-fgj-007.md").write_text("x", "utf-8")
    for command in ("init -q", "add -A", "commit -qm 1", f"rm -qf {ITEMS}/2026-fgj-007.md", "commit -qm 2"):
        subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@x", *command.split()], cwd=minimal, check=True)
    with pytest.raises(AlreadyThere):
        item(minimal, id="2026-fgj-007")
    assert item(minimal).path.endswith("2026-fgj-008.md")


@pytest.mark.parametrize("kind", titles("item", "kind"))
def test_every_kind_has_its_required_keys_and_is_refused_until_filled_in(minimal: Path, kind: str) -> None:
    file = item(minimal, kind)
    value, found = parse(file.path, file.content.split("---\n")[1])
    assert not found and isinstance(value, dict)
    assert set(required_keys(kind)) <= set(value)
    faults = faults_in(minimal, file.path)
    assert "impossible_date" in faults or "wrong_form" in faults or "empty_value" in faults
    assert not faults & {"missing_key", "unknown_key", "wrong_type"}


def test_a_filled_in_item_has_no_schema_fault_and_names_its_schema(minimal: Path) -> None:
    review = {"by": "局办公室", "on": TODAY}
    file = item(minimal, given={"formed": TODAY, "review": review, "summary": "概述", "keywords": ("试点",)})
    with (minimal / file.path).open("a", encoding="utf-8") as body:
        body.write("自2026年12月1日起试点。\n")
    assert not [fault for fault in check(minimal, as_of=TODAY).diagnostics if fault.code.startswith(("S", "F"))]
    assert "# yaml-language-server: $schema=../../../../../schemas/v1/item.schema.json\n" in file.content


def test_an_item_of_a_periodic_entry_asks_for_its_period(minimal: Path) -> None:
    made = entry(minimal, cycle="每年", since="2026", id="fgj-project-plan", time_limit="20日", basis=[Basis("预算法")])
    assert 'since: "2026"' in made.content
    assert 'period: ""' in item(minimal, entries=["fgj-project-plan"]).content


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        ({"entries": ["fgj-project-giude"]}, "fgj-project-guide"), ({"kind": "notise"}, "notice"),
        ({"given": {"sumary": "概述"}}, "summary"), ({"id": "2026/../x"}, "小写字母"), ({"id": "x" * 81}, "80"),
    ],
)  # fmt: skip
def test_a_wrong_name_is_refused_with_the_right_one(minimal: Path, wrong: dict[str, object], near: str) -> None:
    with pytest.raises(Refused) as refused:
        item(minimal, **wrong)  # type: ignore[arg-type]
    assert near in refused.value.text.zh and near.replace("小写字母", "lower-case") in refused.value.text.en


def test_an_unknown_department_is_refused_and_a_broken_one_named(minimal: Path) -> None:
    with pytest.raises(Refused, match="fgj"):
        new_item(minimal, department="fjg", title="x", kind="notice", entries=[], published=TODAY)
    (minimal / "catalogs/departments/fgj/department.yml").write_text("name: [", "utf-8")
    with pytest.raises(Refused, match=r"department\.yml:"):
        item(minimal)


# Entries and fields


def test_an_entry_is_appended_and_everything_else_stays(minimal: Path) -> None:
    before = "# 表头\n" + (minimal / CATALOG).read_text("utf-8") + "    # 最后一行的备注\n\n# 页脚\ntitle: 目录\n"
    (minimal / CATALOG).write_text(before, "utf-8")
    elements = [Element("公告"), Element("附图", required=False)]
    made = entry(minimal, elements=elements, basis=[Basis("招标投标法", article="第十条")])
    assert made.appended
    lines = made.content.splitlines()
    start = lines.index("  - id: fgj-project-01")
    end = lines.index("")
    assert lines[:start] + lines[end:] == before.splitlines()


def test_a_whole_entry_passes_the_schema(minimal: Path) -> None:
    entry(minimal, time_limit="20个工作日", basis=[Basis("招标投标法")])
    made = loaded(minimal).entries["fgj-project-01"]
    assert (made.responsible, made.channels, made.levels) == (("小样区发展和改革局",), ("政府网站",), ("区级",))


def test_what_an_entry_lacks_is_empty_and_refused(minimal: Path) -> None:
    entry(minimal)
    assert faults_in(minimal, CATALOG) == {"empty_value"}


def test_a_catalog_is_made_where_there_is_none(minimal: Path) -> None:
    (written,) = new_field(minimal, code="finance", name="财政: 预决算", guideline=Guideline(issuer="财政部"))
    assert written.appended and [each.name for each in loaded(minimal).fields] == ["重大建设项目", "财政: 预决算"]
    made = entry(minimal, field="finance", time_limit="20日", basis=[Basis("预算法")])
    assert made.path.endswith("/finance.yml") and not made.appended
    assert "fgj-finance-01" in loaded(minimal).entries


def test_ids_and_codes_in_use_are_refused(minimal: Path) -> None:
    for again in (lambda: entry(minimal, id="fgj-project-guide"), lambda: new_field(minimal, code="project", name="x")):
        with pytest.raises(AlreadyThere):
            again()
    with pytest.raises(Refused, match="project"):
        entry(minimal, field="projekt")


@pytest.mark.parametrize(
    "text", ["entries: []\n", "entries:\n", "field: x\n", "entries:\n- id: a\n# end", "entries: # c\n  -   id: a\n"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lists_in_any_block_form_are_extended(text: str, end: str) -> None:
    extended = appended("x.yml", text.replace("\n", end).encode(), "entries", {"id": "b"})
    value, found = parse("x.yml", extended.replace("\r\n", "\n"))
    assert not found and isinstance(value, dict) and isinstance(value["entries"], list)
    assert value["entries"][-1] == {"id": "b"} and extended.count("\n") == extended.count(end)


@pytest.mark.parametrize("text", ["entries: [{id: a}]\n", "{entries: []}\n", "entries: x\n", "- a\n", "entries: [\n"])
def test_what_cannot_be_extended_safely_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        appended("x.yml", text.encode(), "entries", {"id": "b"})


# In the terminal


def invoked(root: Path, *arguments: str, answers: str = "") -> str:
    result = CliRunner().invoke(cli, ["new", *arguments, "--root", str(root)], input=answers)
    assert result.exit_code == 0, result.output
    return result.output


def test_flags_write_a_whole_entry_that_passes_the_check(minimal: Path) -> None:
    invoked(
        minimal, "entry", "--department", "fgj", "--field", "project", "--topic", "批准结果信息", "--item", "招标公告", "--subitem", "施工招标",
        "--element", "公告", "--optional-element", "附图", "--basis", "《中华人民共和国招标投标法》第十六条", "--basis", "《招标投标法实施条例》（国务院令第613号）",
        "--time-limit", "20个工作日", "--cycle", "每年", "--since", "2026", "--responsible", "招标人", "--channel", "政府网站", "--audience", "投标人",
        "--method", "依申请公开", "--level", "区级", "--id", "fgj-project-tender",
    )  # fmt: skip
    made = loaded(minimal).entries["fgj-project-tender"]
    assert made.basis == (Basis("中华人民共和国招标投标法", article="第十六条"), Basis("招标投标法实施条例", "国务院令第613号"))
    assert [(each.name, each.required) for each in made.elements] == [("公告", True), ("附图", False)]
    assert (made.subitem, made.cycle, made.audience, made.method) == ("施工招标", "每年", ("投标人",), "依申请公开")
    assert not faults_in(minimal, CATALOG) & {"empty_value", "missing_key", "wrong_form"}


def test_what_is_not_given_is_asked(minimal: Path) -> None:
    invoked(minimal, "entry", answers="fgj\nproject\n批准结果信息\n招标公告\n公告\n")
    assert loaded(minimal).broken_ids and "招标公告" in (minimal / CATALOG).read_text("utf-8")
    invoked(minimal, "field", answers="health\n卫生健康\n")
    assert "health" in [each.code for each in loaded(minimal).fields]
    invoked(minimal, "item", answers="fgj\n关于试点的公告\nnotise\nnotice\n")
    assert len(list(minimal.glob("catalogs/departments/fgj/items/*/*.md"))) == 2


def test_a_field_and_a_department_with_everything_pass_the_check(minimal: Path) -> None:
    invoked(
        minimal,
        "field",
        "--code",
        "health",
        "--name",
        "卫生健康",
        "--alias",
        "医疗卫生",
        "--order",
        "5",
        "--guideline",
        "国家卫生健康委",
        "标准指引",
    )
    field = next(each for each in loaded(minimal).fields if each.code == "health")
    assert (field.aliases, field.order) == (("医疗卫生",), 5) and field.guideline == Guideline("国家卫生健康委", "标准指引")
    invoked(
        minimal, "department", "--code", "wjj", "--name", "小样区卫生健康局", "--short-name", "区卫健局", "--level", "区级", "--credit-code",
        "11330299MB0A100135", "--address", "某路1号", "--hours", "工作日", "--phone", "0000-00000001", "--owner", "@xiaoyang/wjj",
    )  # fmt: skip
    assert loaded(minimal).departments["wjj"].label == "区卫健局"
    assert faults_in(minimal, "catalogs/departments/wjj/department.yml") <= {"department_without_catalog", "credit_code_check"}


# YAML text


@given(st.text())
def test_any_text_reads_back_as_itself(text: str) -> None:
    assert parse("", f"a: {scalar(text)}\nb: [{scalar(text, flow=True)}]")[0] == {"a": text, "b": [text]}


VALUES = st.text() | st.lists(st.text(), min_size=1) | st.booleans() | st.integers(-9999, 9999)


@given(st.dictionaries(st.text(min_size=1), VALUES, min_size=1))
def test_any_mapping_reads_back_as_itself(value: dict[str, object]) -> None:
    assert parse("", "\n".join(block(value)))[0] == bare(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    ["on", "0012", "12:30:45", "1e5", "0x1F", "2024-06-02", "~", "", "@x/y", "- a", "a: b", "a #b", "1133029900294110E1"],
)
def test_what_could_be_misread_is_quoted(text: str) -> None:
    assert scalar(text).startswith('"')


# Departments and owners


@pytest.mark.parametrize("platform", OWNER_FILES)
def test_a_department_extends_the_owners_and_keeps_lines_written_by_hand(minimal: Path, platform: str) -> None:
    path = OWNER_FILES[platform]
    before = codeowners(loaded(minimal).departments.values(), platform)
    write(minimal, [WrittenFile(path, f"# 本地\n* @x/zwgk\n{before}/x/ @y\n")])
    department, owners = new_department(
        minimal, code="czj", name="小样区财政局", level="区级", credit_code="11330299MB0A100135", owners=["@xiaoyang/czj"]
    )
    assert 'credit_code: "11330299MB0A100135"' in department.content
    assert owners.path == path and owners.appended
    form = "catalogs/departments/{}/.* @xiaoyang/{}" if platform == "gitea" else "/catalogs/departments/{}/ @xiaoyang/{}"
    ours = [form.format(code, code) for code in ("czj", "fgj")]
    assert owners.content.splitlines()[2:] == ["# 本地", "* @x/zwgk", *ours, "/x/ @y"]
    assert faults_in(minimal, department.path) >= {"empty_value"}


def test_a_department_is_not_written_twice_nor_while_owners_would_be_lost(minimal: Path) -> None:
    with pytest.raises(AlreadyThere):
        new_department(minimal, code="fgj", name="x", level="区级", credit_code="x")
    (minimal / "catalogs/departments/fgj/department.yml").write_text("name: x\n", "utf-8")
    with pytest.raises(Refused):
        new_department(minimal, code="czj", name="x", level="区级", credit_code="x")
    assert not (minimal / "catalogs/departments/czj").exists()


def test_the_office_owns_what_no_department_owns() -> None:
    bodies = [Department("x", "", "", "", "", "", code="b", owners=("@b",)), Department("y", "", "", "", "", "", code="a")]
    assert codeowners(bodies, "github", office=["@o", "@p"]).splitlines()[2:] == ["* @o @p", "/catalogs/departments/b/ @b"]
    assert codeowners(bodies, "gitea", office=["@o"]).splitlines()[2:] == [".* @o", "catalogs/departments/b/.* @b"]
    assert codeowners(bodies, "gitlab").splitlines()[2:] == ["/catalogs/departments/b/ @b"]


# Writing


def test_nothing_is_written_when_one_file_is_there(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("old", "utf-8")
    with pytest.raises(AlreadyThere) as there:
        write(tmp_path, [WrittenFile("a", "new"), WrittenFile("b", "new")])
    assert there.value.path == "b" and "b" in there.value.text.zh
    with pytest.raises(AlreadyThere):
        write(tmp_path, [WrittenFile("a", "new"), WrittenFile("b/c", "new")])
    assert [path.name for path in tmp_path.iterdir()] == ["b"]
    write(tmp_path, [WrittenFile("a", "new"), WrittenFile("b", "new", appended=True)])
    assert [(tmp_path / name).read_text("utf-8") for name in "ab"] == ["new", "new"]
