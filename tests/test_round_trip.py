"""Export and import are each other's inverse: for generated catalogs, for the demo district, and for cells changed by hand."""

import io
import shutil
from datetime import date
from pathlib import Path

import msgspec
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import HERE
from mulu.files.tree import WorkTree
from mulu.flow import check
from mulu.mapping import map_entries
from mulu.model.catalog import Awaited, Basis, Catalog, Element, Entry, Explained
from mulu.model.load import load
from mulu.model.period import parse_period
from mulu.model.repository import Repository
from mulu.tables.export import EXPORT_FORMATS, exported
from mulu.tables.importing import carry_out, plan_import
from mulu.tables.kept_columns import kept, read_kept

TODAY = date(2026, 11, 23)
DEMO = HERE.parent
BODIES = ("chengbei", "czj", "fgj", "jyj", "mzj")


@pytest.fixture(scope="module")
def files() -> dict[tuple[str, str], bytes]:
    checked = check(DEMO, as_of=TODAY)
    return {
        (form, body): exported(checked.repository, checked.correspondence, form, department=body)
        for form in EXPORT_FORMATS
        for body in BODIES
    }


def copy(root: Path, *, catalogs: bool) -> Path:
    for path in (
        "catalogs/site.yml",
        "catalogs/fields.yml",
        *(f"catalogs/departments/{body}/department.yml" for body in BODIES),
    ):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(DEMO / path, root / path)
    for body in BODIES if catalogs else ():
        shutil.copytree(DEMO / f"catalogs/departments/{body}/catalog", root / f"catalogs/departments/{body}/catalog")
    return root


def brought_in(root: Path, body: str, form: str, content: bytes, **more: object) -> None:
    carry_out(root, plan_import(root, [(f"目录{form}", content)], department=body, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize("form", EXPORT_FORMATS)
def test_the_demo_comes_back_byte_for_byte(tmp_path: Path, files: dict[tuple[str, str], bytes], form: str) -> None:
    root = copy(tmp_path, catalogs=False)
    for body in BODIES:
        brought_in(root, body, form, files[form, body])
    for path in sorted(DEMO.glob("catalogs/departments/*/catalog/*.yml")):
        assert (root / path.relative_to(DEMO)).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("form", EXPORT_FORMATS)
def test_importing_what_is_there_changes_nothing(tmp_path: Path, files: dict[tuple[str, str], bytes], form: str) -> None:
    root = copy(tmp_path, catalogs=True)
    path = root / "catalogs/departments/fgj/catalog/project.yml"
    path.write_text(path.read_text("utf-8").replace("    topic:", "    # 手写的注释\n    topic:", 1), "utf-8")
    planned = plan_import(root, [(f"目录{form}", files[form, "fgj"])], department="fgj")
    assert not planned.differences and not [file for file in planned.files if file.path.endswith(".yml")]


def test_a_cell_changed_by_hand_counts_and_everything_else_stays(tmp_path: Path, files: dict[tuple[str, str], bytes]) -> None:
    root = copy(tmp_path, catalogs=True)
    book = openpyxl.load_workbook(io.BytesIO(files[".xlsx", "fgj"]))
    sheet = book["区发改局-重大建设项目"]
    column = [cell.value for cell in sheet[2]].index("公开时限") + 1
    before = sheet.cell(4, column).value
    sheet.cell(4, column).value = "形成之日起5个工作日内"
    changed = io.BytesIO()
    book.save(changed)
    path = root / "catalogs/departments/fgj/catalog/project.yml"
    text = path.read_text("utf-8")
    brought_in(root, "fgj", ".xlsx", changed.getvalue(), table_first=True)
    assert path.read_text("utf-8") == text.replace(f"time_limit: {before}", "time_limit: 形成之日起5个工作日内", 1)


def test_an_explanation_written_since_the_export_is_not_undone(tmp_path: Path, files: dict[tuple[str, str], bytes]) -> None:
    root = copy(tmp_path, catalogs=True)
    path = root / "catalogs/departments/mzj/catalog/finance.yml"
    path.write_text(path.read_text("utf-8").replace("cycle: 每年", "cycle: 每季度"), "utf-8")
    text = path.read_text("utf-8")
    brought_in(root, "mzj", ".xlsx", files[".xlsx", "mzj"], table_first=True)
    assert path.read_text("utf-8") == text


WORDS = st.text("甲乙丙丁局办表、；。，（）()《》“”●〇■□√1.2①=+-@a %", min_size=1, max_size=12).map(
    lambda text: "文" + " ".join(text.split()) + "件"
)
LISTS = st.lists(WORDS, min_size=1, max_size=4, unique=True).map(tuple)
OPTIONAL = st.none() | WORDS
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
ENTRIES = st.builds(
    Entry,
    id=st.just(""), topic=WORDS, item=WORDS, subitem=OPTIONAL, department=st.just("fgj"), field=st.just("project"),
    elements=st.lists(st.builds(Element, name=WORDS, required=st.booleans()), min_size=1, max_size=4, unique_by=lambda each: each.name).map(tuple),
    basis=st.lists(st.builds(Basis, title=WORDS, number=OPTIONAL, article=OPTIONAL), min_size=1, max_size=3).map(tuple),
    time_limit=WORDS, responsible=LISTS, channels=LISTS, audience=st.just(("全社会",)) | LISTS, method=st.sampled_from(["主动公开", "依申请公开"]),
    levels=st.lists(st.sampled_from(["区级", "县级", "镇街级", "乡级", "村级"]), min_size=1, max_size=2, unique=True).map(tuple),
    limit=OPTIONAL, cycle=st.none() | st.just("每年"), since=st.none() | st.just(parse_period("2024Q3")), note=OPTIONAL,
    awaiting=st.lists(st.builds(Awaited, what=WORDS, on=DAYS), max_size=1).map(tuple),
    explained=st.none() | st.builds(Explained, state=st.just("not_occurred"), reason=OPTIONAL, reviewer=OPTIONAL, reviewed=DAYS, expires=DAYS),
    extra=st.dictionaries(st.sampled_from(["咨询电话", "责任科室"]), WORDS, max_size=2),
)  # fmt: skip


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy(tmp_path_factory.mktemp("empty"), catalogs=False)


@pytest.mark.parametrize("form", EXPORT_FORMATS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(entries=st.lists(ENTRIES, min_size=1, max_size=4))
def test_any_catalog_comes_back_as_it_was(empty: Path, form: str, entries: list[Entry]) -> None:
    named = [entry_with(entry, f"fgj-project-{number}x") for number, entry in enumerate(entries)]
    repository = load(WorkTree(empty))[0]
    filled = with_catalog(
        repository, Catalog("fgj", "project", tuple(named), title="示例区重大建设项目领域基层政务公开标准目录")
    )
    content = exported(filled, map_entries(filled, TODAY), form)
    planned = plan_import(empty, [(f"目录{form}", content)], department="fgj")
    (file,) = [each for each in planned.files if each.path.endswith(".yml")]
    path = empty / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.write_text(str(file.content), "utf-8")
        found = load(WorkTree(empty))[0].all_entries
    finally:
        path.unlink()
    assert [read_kept(kept(each)) for each in found] == [read_kept(kept(each)) for each in named]


def entry_with(entry: Entry, id: str) -> Entry:

    return msgspec.structs.replace(entry, id=id)


def with_catalog(repository: Repository, catalog: Catalog) -> Repository:

    entries = {entry.id: entry for entry in catalog.entries}
    return msgspec.structs.replace(repository, catalogs=(catalog,), all_entries=catalog.entries, entries=entries)
