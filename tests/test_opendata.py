"""Every file of open data, opened by a reader that is not ours."""

import csv
import hashlib
import io
import json
import shutil
import sqlite3
import urllib.robotparser
from datetime import date, timedelta
from pathlib import Path

import jsonschema
import msgspec
import openpyxl
import pytest
from lxml import etree

from conftest import AS_OF, HERE, commit
from mulu import flow
from mulu.flow import Checked, check
from mulu.opendata.database import database_bytes, database_rows
from mulu.opendata.datasets import DATASETS
from mulu.opendata.plain import MARK, plain_text
from mulu.opendata.sheets import csv_bytes, xlsx_bytes
from mulu.opendata.sitemap import LIMIT, _split

ROOT = "https://www.example.gov.cn/"
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo in a git repository of its own: one commit, then one item changed."""
    root = tmp_path_factory.mktemp("demo")
    shutil.copytree(HERE.parent / "catalogs", root / "catalogs")
    shutil.copy(HERE.parent / "mkdocs.yml", root / "mkdocs.yml")
    commit(root)
    item = root / "catalogs/departments/mzj/items/2026/2026-mzj-006.md"
    item.write_text(item.read_text("utf-8") + "\n补充一句。\n", "utf-8")
    commit(root, "改一条")
    assert flow.build(root, root / "site", as_of=AS_OF).published is not None
    return root


@pytest.fixture(scope="module")
def checked(root: Path) -> Checked:
    return check(root, as_of=AS_OF)


@pytest.fixture(scope="module")
def data(root: Path) -> Path:
    return root / "site/data/v1"


def rows(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("folder", "name"), [("items", "item"), ("entries", "entry"), ("departments", "department"), ("fields", "field")]
)
def test_documents_follow_their_schema(data: Path, checked: Checked, folder: str, name: str) -> None:
    schema = json.loads((data / f"schema/{name}.schema.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    paths = sorted((data / folder).glob("*.json"))
    repository = checked.repository
    wanted = {"items": repository.items, "entries": repository.entries, "departments": repository.departments}.get(folder)
    assert {path.stem for path in paths} == set(wanted or {field.code for field in repository.fields})
    for path in paths:
        document = json.loads(path.read_bytes())
        assert list(validator.iter_errors(document)) == []
        assert (data.parent.parent / document["url"].removeprefix(ROOT)).is_file()
    assert list(validator.iter_errors({})) != []


def test_an_item_says_what_its_file_says(data: Path) -> None:
    said = json.loads((data / "items/2024-fgj-023.json").read_bytes())
    assert (
        said["document_number"] == "示政办发〔2024〕23号"
        and said["validity"] == "现行有效"
        and said["effective"] == "2024-07-01"
    )
    assert said["related_from"]["interprets"] == ["2024-fgj-024"] and said["audience"]["trade"] == ["construction"]
    assert (data.parent.parent / said["text"].removeprefix(ROOT)).is_file()
    (attachment,) = said["attachments"]
    assert attachment["bytes"] == len((data.parent.parent / "items/2024-fgj-023/示例区政府投资项目管理办法.pdf").read_bytes())


def test_a_withdrawn_item_says_only_that_it_is_gone(minimal: Path) -> None:
    config = (HERE.parent / "mkdocs.yml").read_text("utf-8")
    (minimal / "mkdocs.yml").write_text(
        config.replace("  - 政府信息公开制度: system.md\n", "").replace("  - 依申请公开: request.md\n", ""), "utf-8"
    )
    first = minimal / "catalogs/departments/fgj/items/2026/2026-fgj-001.md"
    text = first.read_text("utf-8").replace("001\n", "002\n").replace("-00001", "-00002").replace("材料齐全的", "手续完备的")
    gone = "---\nwithdrawn: {on: 2026-04-01, reason: 内容有误, by: 区发改局}\nkeywords: [机密词]\n"
    text = text.replace("---\n", gone, 1).replace("summary: 企业", "summary: 不再公开的企业")
    first.with_name("2026-fgj-002.md").write_text(text, "utf-8")
    assert flow.build(minimal, minimal / "site", as_of=AS_OF).published is not None
    files = (
        "data/v1/items/2026-fgj-002.json",
        "items/2026-fgj-002.txt",
        "data/v1/items-2026.csv",
        "data/v1/catalog.sqlite",
        "finders/services.json",
    )
    for name in files:
        content = (minimal / "site" / name).read_bytes()
        for word in ("手续完备", "不再公开的企业", "机密词"):
            assert word.encode() not in content, name
    assert json.loads((minimal / "site" / files[0]).read_bytes())["withdrawn"]["reason"] == "内容有误"
    assert "内容有误" in (minimal / "site" / files[1]).read_text("utf-8")


def test_the_database_holds_what_the_model_holds(data: Path, checked: Checked) -> None:
    connection = sqlite3.connect(f"file:{data / 'catalog.sqlite'}?mode=ro", uri=True)
    repository = checked.repository
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for table, count in (
            ("items", len(repository.items)),
            ("entries", len(repository.entries)),
            ("departments", len(repository.departments)),
        ):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (count,)
        states = dict(connection.execute("SELECT id, state FROM entries").fetchall())
        assert states == {id: mapped.state.value for id, mapped in checked.correspondence.entries.items()}
        found = "SELECT id FROM items WHERE rowid IN (SELECT rowid FROM items_fts WHERE items_fts MATCH ?)"
        for query in ("投资项目管理办法", "最低生活保障", "家庭经济状况核对", "〔2024〕23号"):
            hits = {id for (id,) in connection.execute(found, (f'"{query}"',))}
            columns = connection.execute(
                "SELECT id, title || coalesce(document_number, '') || coalesce(summary, '') || keywords || char(10) || coalesce(text, '') FROM items"
            )
            assert hits == {id for id, text in columns if query in text} != set(), query
        assert connection.execute("SELECT rowid FROM entries_fts WHERE entries_fts MATCH '办事指南'").fetchall()
    finally:
        connection.close()


def test_the_database_is_the_same_from_the_same_rows(checked: Checked, root: Path) -> None:
    assert checked.repository.site
    data = database_rows(
        checked.repository,
        checked.correspondence,
        checked.repository.site,
        {item.kind: item.kind for item in checked.repository.items.values()},
    )
    read = lambda path, blob: (root / path).read_bytes()  # noqa: E731
    assert database_bytes(data, read) == database_bytes(data, read)


def test_a_large_site_indexes_less_and_says_so(checked: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    repository, site = checked.repository, checked.repository.site
    assert site
    kinds = {item.kind: item.kind for item in repository.items.values()}
    for budget, columns, bodies in ((10_000_000, 5, True), (9_000, 4, False), (100, 2, False)):
        monkeypatch.setattr("mulu.opendata.database.TEXT_BUDGET", budget)
        made = database_rows(repository, checked.correspondence, site, kinds)
        assert (len(made["indexed"]), bool(made["bodies"])) == (columns, bodies)
        assert ("full_text_of_items", ", ".join(made["indexed"])) in made["tables"]["about"]
    made = database_rows(repository, checked.correspondence, msgspec.structs.replace(site, full_text=True), kinds)
    assert len(made["indexed"]) == 5
    assert made["bodies"].keys() == {item.id for item in repository.items.values() if not item.withdrawn}


def test_tables_agree_with_each_other(data: Path, checked: Checked) -> None:
    listed = rows((data / "catalogs.csv").read_bytes())
    assert {row["事项编号"]: row["信息数"] for row in listed} == {
        id: str(len(mapped.items)) for id, mapped in checked.correspondence.entries.items()
    }
    book = openpyxl.load_workbook(data / "catalogs.xlsx", read_only=False)
    cells = [[cell or "" for cell in row] for sheet in book.worksheets for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert cells == [list(row.values()) for row in listed]
    pairs = {(row["事项编号"], row["信息编号"]) for path in data.glob("mapping-*.csv") for row in rows(path.read_bytes())}
    assert pairs == {(id, item.id) for id, mapped in checked.correspondence.entries.items() for item in mapped.items}
    items = [row for path in sorted(data.glob("items-*.csv")) for row in rows(path.read_bytes())]
    assert {row["信息编号"] for row in items} == set(checked.repository.items)
    for name, table in (("catalogs-csv", listed), ("items", items)):
        schema = json.loads((data / f"schema/{name}.schema.json").read_bytes())
        for row in table:
            jsonschema.validate(row, schema)


def test_cells_are_never_formulas() -> None:
    hostile = ["=1+1", "+1", "-1", "@a", "\t=1", "正常", "\x01", "x" * 40_000]
    assert [
        row[0]
        for row in csv.reader(io.StringIO(csv_bytes(["头"], [[cell] for cell in hostile]).decode("utf-8-sig"), newline=""))
    ][1:5] == ["'=1+1", "'+1", "'-1", "'@a"]
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes([("a/b[c]:*?'" + "长" * 40, ["头"], [[cell] for cell in hostile])])))
    sheet = book.worksheets[0]
    assert sheet["A2"].value == "=1+1" and sheet["A2"].data_type == "s" and len(sheet.title) <= 31


def test_descriptions_lead_to_files_that_exist(data: Path) -> None:
    described = json.loads((data / "data.json").read_bytes())
    assert described["conformsTo"] == "https://project-open-data.cio.gov/v1.1/schema" and len(described["dataset"]) == len(
        DATASETS
    )
    for dataset in described["dataset"]:
        for key in ("title", "description", "keyword", "modified", "publisher", "contactPoint", "identifier", "accessLevel"):
            assert dataset[key]
        assert dataset["distribution"]
        for each in (
            dataset["landingPage"],
            *(one[key] for one in dataset["distribution"] for key in ("downloadURL", "describedBy") if key in one),
        ):
            assert (data.parent.parent / each.removeprefix(ROOT)).is_file(), each
    graph = json.loads((data / "dcat.jsonld").read_bytes())
    assert graph["@type"] == "dcat:Catalog" and {each["dct:identifier"] for each in graph["dcat:dataset"]} == {
        each.code for each in DATASETS
    }
    prefixes = set(graph["@context"])
    for dataset in graph["dcat:dataset"]:
        assert {"dct:title", "dct:description", "dct:publisher"} <= dataset.keys()
        assert {key.partition(":")[0] for key in dataset if not key.startswith("@")} <= prefixes
        for one in dataset["dcat:distribution"]:
            assert (data.parent.parent / one["dcat:downloadURL"]["@id"].removeprefix(ROOT)).is_file()


def test_every_file_has_a_checksum_that_fits(data: Path) -> None:
    sums = [path for path in data.iterdir() if path.name == "SHA256SUMS" or path.suffix == ".sha256"]
    named: dict[str, str] = {}
    for path in sums:
        for line in path.read_text("utf-8").splitlines():
            digest, _, name = line.partition("  ")
            assert name not in named
            named[name] = digest
    there = {path.relative_to(data).as_posix(): path for path in data.rglob("*") if path.is_file() and path not in sums}
    assert named == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in there.items()}


def test_site_maps_name_every_page_with_the_day_of_its_change(root: Path) -> None:
    site = root / "site"
    index = etree.parse(site / "sitemap.xml").getroot()
    assert index.tag == f"{SPACE}sitemapindex"
    days: dict[str, str | None] = {}
    for part in index.findall(f"{SPACE}sitemap"):
        urls = etree.parse(site / part.findtext(f"{SPACE}loc").removeprefix(ROOT)).getroot().findall(f"{SPACE}url")
        dated = [url.findtext(f"{SPACE}lastmod") for url in urls]
        assert part.findtext(f"{SPACE}lastmod") == max((day for day in dated if day), default=None) and len(urls) <= LIMIT
        days |= {url.findtext(f"{SPACE}loc").removeprefix(ROOT): day for url, day in zip(urls, dated, strict=True)}
    assert set(days) == {path.relative_to(site).as_posix() for path in site.rglob("*.html")} - {"404.html"}
    assert days["items/2024-fgj-024.html"] == "2024-06-05"  # never changed after it was committed: the day it was published
    changed = date.fromisoformat(str(days["items/2026-mzj-006.html"]))
    assert changed > date(2026, 3, 23) and days["entries/mzj-dibao-guide.html"] == changed.isoformat()
    assert days["index.html"] is None


def test_site_maps_are_split_at_the_limit() -> None:
    listed = [(f"items/{number}.html", date(2020, 1, 1) + timedelta(days=number % 9)) for number in range(2 * LIMIT + 1)]
    parts = _split("items-2020", listed)  # type: ignore[arg-type]
    assert list(parts) == ["items-2020-1", "items-2020-2", "items-2020-3"] and [len(part) for part in parts.values()] == [
        LIMIT,
        LIMIT,
        1,
    ]


def test_robots_and_llms(root: Path) -> None:
    robots = urllib.robotparser.RobotFileParser()
    robots.parse((root / "site/robots.txt").read_text("utf-8").splitlines())
    assert robots.can_fetch("anybody", ROOT + "items/2024-fgj-023.html") and robots.site_maps() == [ROOT + "sitemap.xml"]
    lines = (root / "site/llms.txt").read_text("utf-8").splitlines()
    assert lines[0].startswith("# ") and lines[2].startswith("> ")
    links = [line.partition("](")[2].partition(")")[0] for line in lines if line.startswith("- [")]
    assert len(links) > 10 and all((root / "site" / link.removeprefix(ROOT)).is_file() for link in links)


def test_every_item_has_its_text(root: Path, checked: Checked) -> None:
    for item in checked.repository.items.values():
        text = (root / f"site/items/{item.id}.txt").read_text("utf-8")
        assert text.startswith(MARK + ("已撤下：" if item.withdrawn else "") + item.title) and item.index_number in text
    guide = (root / "site/items/2026-mzj-006.txt").read_text("utf-8")
    assert "序号\t材料\t说明\n1\t最低生活保障申请表" in guide and "补充一句。" in guide


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("一段。\n\n二段。", "一段。\n\n二段。"),
        ("<script>alert(1)</script>剩下的", "剩下的"),
        ('<a title="a>b" href="x">链</a>接', "链接"),
        ("- 甲\n- 乙", "· 甲\n· 乙"),
        ("1 &lt; 2 &amp;amp;", "1 < 2 &amp;"),
        ("![图示](a.png)", "〔图：图示〕"),
        ("第一行<br>第二行", "第一行\n第二行"),
    ],
)
def test_text_without_markup(body: str, text: str) -> None:
    assert plain_text("a.md", f"---\nid: a\n---\n{body}\n".encode()) == text


def linked(path: Path) -> list[dict[str, object]]:
    page = etree.HTML(path.read_text("utf-8"))
    return [json.loads(script.text) for script in page.xpath("//script[@type='application/ld+json']")]


def test_items_are_described_for_search_engines(root: Path) -> None:
    (law,) = linked(root / "site/items/2024-fgj-023.html")
    assert law["@type"] == "Legislation" and law["legislationIdentifier"] == "示政办发〔2024〕23号"
    assert (
        law["legislationLegalForce"] == "https://schema.org/InForce"
        and ROOT + "items/2021-fgj-005.html" in law["legislationChanges"]
    )  # type: ignore[operator]
    (ended,) = linked(root / "site/items/2021-fgj-005.html")
    assert ended["legislationLegalForce"] == "https://schema.org/NotInForce"
    (service,) = linked(root / "site/items/2026-mzj-006.html")
    assert (
        service["@type"] == "GovernmentService" and service["availableChannel"]["servicePhone"]["telephone"] == "0000-00000034"
    )  # type: ignore[index]
    (numbers,) = linked(root / "site/items/2026-mzj-011.html")
    assert numbers["@type"] == "Dataset" and numbers["temporalCoverage"] == "2026-07/2026-09"
    (catalog,) = linked(root / "site/data/index.html")
    assert catalog["@type"] == "DataCatalog" and len(catalog["dataset"]) == len(DATASETS)  # type: ignore[arg-type]
