"""`mulu import` as a person meets it: what is written, what a second run does, and what bad files get."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from importing import CASES, small_repository
from mulu.cli import cli
from mulu.files.yaml import parse

HEADER = [
    "序号",
    "一级事项",
    "二级事项",
    "公开内容(要素)",
    "公开依据",
    "公开时限",
    "公开主体",
    "公开渠道和载体",
    "全社会",
    "特定群众",
    "主动",
    "依申请公开",
    "县级",
    "乡级",
]
ROWS = [
    [
        "1",
        "法规政策",
        "法律法规",
        "名称、文号、正文",
        "《预算法》",
        "实时公开",
        "区财政局",
        "■政府网站",
        "√",
        "",
        "√",
        "",
        "√",
        "",
    ],
    [
        "2",
        "",
        "政策文件",
        "名称、文号、正文",
        "《预算法》",
        "20个工作日内",
        "区财政局",
        "■政府网站 □政府公报",
        "√",
        "",
        "√",
        "",
        "√",
        "",
    ],
]
CATALOG = "catalogs/departments/fgj/catalog/housing.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_repository(tmp_path / "root")


def table(rows: list[list[str]] = ROWS, header: list[str] = HEADER, title: str = "保障性住房领域基层政务公开标准目录") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([title])
    for row in [header, *rows]:
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def run(root: Path, content: bytes, *options: str, name: str = "目录.xlsx") -> Result:
    file = root.parent / name
    file.write_bytes(content)
    return CliRunner().invoke(cli, ["import", str(file), "--department", "fgj", "--into", str(root), *options])


def entries(root: Path) -> list[dict[str, object]]:
    return parse("", (root / CATALOG).read_text("utf-8"))[0]["entries"]


def test_a_workbook_becomes_a_catalog(root: Path) -> None:
    done = run(root, table(), "--report", str(root.parent / "r.json"))
    assert done.exit_code == 0, done.output
    assert [entry["id"] for entry in entries(root)] == ["fgj-housing-01", "fgj-housing-02"]
    assert entries(root)[1]["topic"] == "法规政策"
    report = json.loads((root.parent / "r.json").read_text("utf-8"))
    assert report["rows"] == {"read": 2, "entries": 2, "continued": 0, "reported": 0}
    assert {"entry": "fgj-housing-02", "key": "topic", "place": "Sheet!B3", "origin": "carried", "text": "法规政策"} in report[
        "cells"
    ]


def test_the_word_catalog_may_be_written_out(root: Path) -> None:
    (root.parent / "目录.xlsx").write_bytes(table())
    words = ["import", "catalog", str(root.parent / "目录.xlsx"), "--department", "fgj", "--into", str(root)]
    assert CliRunner().invoke(cli, words).exit_code == 0 and len(entries(root)) == 2


def test_a_dry_run_changes_nothing(root: Path) -> None:
    before = sorted(root.rglob("*"))
    done = run(root, table(), "--dry-run")
    assert done.exit_code == 0 and "+  - id: fgj-housing-01" in done.output
    assert sorted(root.rglob("*")) == before


def test_the_same_table_again_changes_nothing(root: Path) -> None:
    run(root, table())
    before = (root / CATALOG).read_bytes()
    assert run(root, table()).exit_code == 0
    assert (root / CATALOG).read_bytes() == before


def test_a_corrected_table_keeps_ids_hand_edits_and_comments(root: Path) -> None:
    run(root, table())
    text = (root / CATALOG).read_text("utf-8")
    text = text.replace(
        "    time_limit: 实时公开\n", "    time_limit: 实时公开  # 与法规科核对过\n    cycle: 每年\n    since: 2026\n"
    )
    text = text.replace("      - 正文\n", "      - 正文  # 必须有\n      - 解读\n", 1)
    (root / CATALOG).write_text(text, encoding="utf-8")
    corrected = [
        [*ROWS[0][:6], "区财政局、区住建局", *ROWS[0][7:]],
        ["2", "", "政策性文件", *ROWS[1][3:]],
        ["3", "", "新的事项", *ROWS[1][3:]],
    ]
    done = run(root, table(corrected))
    assert done.exit_code == 0, done.output
    now = (root / CATALOG).read_text("utf-8")
    assert "# 与法规科核对过" in now and "# 必须有" in now
    first, second, third = entries(root)
    assert (first["id"], second["id"], third["id"]) == ("fgj-housing-01", "fgj-housing-02", "fgj-housing-03")
    assert first["elements"] == ["名称", "文号", "正文", "解读"] and first["cycle"] == "每年"
    assert first["responsible"] == ["区财政局", "区住建局"] and second["item"] == "政策性文件"
    assert "-    responsible: [区财政局]" in done.output


def test_where_both_changed_the_catalog_counts_until_told_otherwise(root: Path) -> None:
    run(root, table())
    text = (root / CATALOG).read_text("utf-8")
    (root / CATALOG).write_text(text.replace("time_limit: 实时公开", "time_limit: 及时公开"), encoding="utf-8")
    corrected = [[*ROWS[0][:5], "7个工作日内", *ROWS[0][6:]], ROWS[1]]
    done = run(root, table(corrected))
    assert entries(root)[0]["time_limit"] == "及时公开" and "及时公开 → 7个工作日内" in done.output
    (root / CATALOG).write_text(text.replace("time_limit: 实时公开", "time_limit: 及时公开"), encoding="utf-8")
    run(root, table([[*ROWS[0][:5], "5个工作日内", *ROWS[0][6:]], ROWS[1]]), "--prefer", "table")
    assert entries(root)[0]["time_limit"] == "5个工作日内"


def test_an_entry_that_the_table_lacks_stays(root: Path) -> None:
    run(root, table())
    done = run(root, table(ROWS[:1]))
    assert len(entries(root)) == 2 and "政策文件" in done.output


def test_several_files_and_sheets_go_to_their_fields(root: Path) -> None:
    first, second = root.parent / "住房.xlsx", root.parent / "财政.csv"
    first.write_bytes(table())
    second.write_text(
        "财政预决算领域基层政务公开标准目录\n" + "\n".join(",".join(row) for row in [HEADER, *ROWS]), encoding="gb18030"
    )
    done = CliRunner().invoke(cli, ["import", str(first), str(second), "--department", "fgj", "--into", str(root)])
    assert done.exit_code == 0, done.output
    assert (root / "catalogs/departments/fgj/catalog/finance.yml").is_file() and (root / CATALOG).is_file()


def test_rows_that_cannot_be_placed_are_listed_and_the_command_says_so(root: Path) -> None:
    done = run(root, table([*ROWS, ["3"], ["注：本目录由区政府办公室解释"]]))
    assert done.exit_code == 1
    assert "读了 4 行 = 事项 2 + 接在事项里 0 + 没有放进目录 2" in done.output and "Sheet!A5" in done.output


def macro_file() -> bytes:
    out = BytesIO(table())
    with zipfile.ZipFile(out, "a") as parts:
        parts.writestr("xl/vbaProject.bin", b"x")
    return out.getvalue()


def bomb() -> bytes:
    out = BytesIO(table())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/media/a.bin", b"\0" * 90_000_000)
    return out.getvalue()


def formula(text: str) -> bytes:
    rows = [[*ROWS[0][:5], text, *ROWS[0][6:]]]
    return table(rows)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BAD = {
    "pdf": (b"%PDF-1.7 x", "PDF"),
    "shards": ("\n".join("保障性住房领域基层政务公开" * 3).encode(), "碎片"),
    "salad": (("ä¿\u009dé\u009a\u009cæ\u0080§" * 20).encode(), "乱码"),
    "binary": (b"\x01\x00\x02\x00" * 100, "不是表格文件"),
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "old word": (OLE + "WordDocument".encode("utf-16-le"), ".docx"),
    "corrupt": (table()[:2000], "损坏"),
    "corrupt xls": (OLE + b"\0" * 600, "损坏"),
    "macro": (macro_file(), "宏"),
    "bomb": (bomb(), "压缩炸弹"),
    "formula error": (formula("#REF!"), "Sheet!F3"),
    "formula without result": (formula("=1+1"), "Sheet!F3"),
    "no header": (table(header=["甲", "乙", "丙", "公开依据"]), "没有找到目录表的表头"),
    "ambiguous": (
        table(header=[*HEADER[:5], "公开时限", "时限", *HEADER[7:]], rows=[[*ROWS[0][:6], "7日", *ROWS[0][7:]]]),
        "像是同一栏",
    ),
    "field": (table(title="某某目录"), "认不出领域"),
    "empty": (b"", "空的"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused_with_what_to_do_and_nothing_is_written(kind: str, root: Path) -> None:
    content, said = BAD[kind]
    before = sorted(root.rglob("*"))
    done = run(root, content, name="坏的.xlsx" if content[:2] == b"PK" else "坏的.dat")
    assert done.exit_code == 2, done.output
    assert said in done.output and "什么都没有写" in done.output
    assert sorted(root.rglob("*")) == before


def test_a_field_that_the_repository_lacks_is_said_with_the_command_that_adds_it(root: Path) -> None:
    fields = root / "catalogs/fields.yml"
    fields.write_text("fields:\n  - code: finance\n    name: 财政预决算\n    order: 1\n", encoding="utf-8")
    done = run(root, table())
    assert done.exit_code == 2 and "mulu new field --code housing --name 保障性住房" in done.output


def test_an_unknown_department_or_field_is_answered_with_near_ones(root: Path) -> None:
    (root.parent / "a.xlsx").write_bytes(table())
    for words in (["--department", "fgjj"], ["--department", "fgj", "--field", "housin"]):
        done = CliRunner().invoke(cli, ["import", str(root.parent / "a.xlsx"), "--into", str(root), *words])
        assert done.exit_code == 2 and ("fgj" in done.output or "housing" in done.output)


def test_the_cases_can_be_imported_one_after_another(root: Path) -> None:
    for case in [case for case in CASES if case.stem[:2] in ("40", "42")]:
        done = CliRunner().invoke(cli, ["import", str(case), "--department", "fgj", "--into", str(root)])
        assert done.exit_code == 0, done.output
    path = root / "catalogs/departments/fgj/catalog/work-safety.yml"
    assert len(parse("", path.read_text("utf-8"))[0]["entries"]) == 4


def test_a_total_is_no_entry_and_a_new_topic_does_not_inherit_the_item_above(root: Path) -> None:
    done = run(root, table([*ROWS, ["", "监督检查", "", *ROWS[0][3:]], ["合计", "", "", "3项"]]))
    assert done.exit_code == 1 and "Sheet!A6" in done.output
    assert [(entry["topic"], entry["item"]) for entry in entries(root)][-1] == ("监督检查", "监督检查")


def test_a_total_that_says_more_than_its_number_of_entries_is_no_entry_either(root: Path) -> None:
    done = run(root, table([*ROWS, ["小计", *[""] * 12, "2"], ["合计", "2项", "", ""]]))
    assert "读了 4 行 = 事项 2 + 接在事项里 0 + 没有放进目录 2" in done.output
    assert "2项" not in (root / CATALOG).read_text("utf-8")


def test_several_fields_in_one_copied_text(root: Path) -> None:
    text = "\n".join(case.read_text("utf-8") for case in CASES if case.stem[:2] in ("20", "42", "22"))
    done = run(root, text.encode(), name="三个领域.txt")
    assert done.exit_code == 0, done.output
    for field in ("legal-services", "work-safety", "finance"):
        content = (root / f"catalogs/departments/fgj/catalog/{field}.yml").read_text("utf-8")
        assert len(parse("", content)[0]["entries"]) == 2
    one = run(root, text.encode(), "--field", "finance", name="三个领域.txt")
    assert one.exit_code == 1 and "另一个领域" in one.output


def test_a_catalog_that_the_check_could_not_read_is_said(root: Path) -> None:
    long = "、".join(f"第{number}项内容要素" for number in range(150))
    rows = [[str(number), "主题", f"事项{number}", long, *ROWS[0][4:]] for number in range(1, 1501)]
    done = run(root, table(rows))
    assert "目录文件超过上限" in done.output


@pytest.mark.parametrize(
    "cell", ["①政府网站②两微一端", "（1）政府网站（2）两微一端", "1.政府网站2.两微一端", "1.政府网站 2.两微一端"]
)
def test_numbers_set_channels_apart(root: Path, cell: str) -> None:
    run(root, table([[*ROWS[0][:7], cell, *ROWS[0][8:]]]))
    assert entries(root)[0]["channels"] == ["政府网站", "两微一端"]


def test_a_corrected_topic_keeps_the_id(root: Path) -> None:
    run(root, table())
    done = run(
        root,
        table([[ROWS[0][0], "法规与政策", *ROWS[0][2:5], "10个工作日内", *ROWS[0][6:]], ["2", "法规与政策", *ROWS[1][2:]]]),
    )
    assert [(entry["id"], entry["topic"]) for entry in entries(root)] == [
        ("fgj-housing-01", "法规与政策"), ("fgj-housing-02", "法规与政策"),
    ] and "编号不变" in done.output  # fmt: skip
