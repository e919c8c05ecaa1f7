"""What the import tests share: a small repository with every field, and the 28 cases. `python tests/importing.py` renews the goldens."""

import shutil
import tempfile
from pathlib import Path

from mulu.tables.importing import Planned, plan_import
from mulu.tables.report import report_json
from mulu.tables.words import words

HERE = Path(__file__).parent
CASES = sorted((HERE / "tables" / "cases").glob("*.txt"))
DEPARTMENT = "fgj"
WITHOUT_FIELD = {"49_gongliu_housing_t_marks": "housing", "50_wubu_street_serial_header_last": "street",
                 "52_village_seven_columns_quarterly": "village", "53_horqin_office_sync_limit": "office",
                 "06_zhongshan_resource_pipe": "resource-trading", "12_luojiang_household_lineend_pipes": "household",
                 "14_daying_household_station": "household", "38_tongling_health_header_interrupted": "health"}  # fmt: skip
"""Cases whose text does not name their field."""


def small_repository(root: Path) -> Path:
    """The demo's site and one of its departments, with all the fields that the program can propose."""
    demo = HERE.parent / "catalogs"
    department = root / "catalogs" / "departments" / DEPARTMENT
    department.mkdir(parents=True)
    shutil.copy(demo / "site.yml", root / "catalogs" / "site.yml")
    shutil.copy(demo / "departments" / DEPARTMENT / "department.yml", department / "department.yml")
    lines = ["fields:"]
    named = {**words().fields, "street": ("街道事项",), "office": ("办公室事项",)}
    for order, (code, names) in enumerate(named.items(), 1):
        lines += [f"  - code: {code}", f"    name: {names[0]}", f"    order: {order}"]
    (root / "catalogs" / "fields.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return root


def planned(root: Path, name: str, content: bytes) -> Planned:
    return plan_import(root, [(name, content)], department=DEPARTMENT, field=WITHOUT_FIELD.get(name.rsplit(".", 1)[0]))


def catalog_text(plan: Planned) -> str:
    (catalog,) = (file.content for file in plan.files if file.path.startswith("catalogs/"))
    return catalog


def renew() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = small_repository(Path(folder))
        for case in CASES:
            plan = planned(root, case.name, case.read_bytes())
            case.with_suffix(".yml").write_text(catalog_text(plan), encoding="utf-8")
            case.with_suffix(".report.json").write_bytes(report_json(plan.report))
        for other in sorted((HERE / "tables" / "others").glob("*.[thm]*")):
            other.with_suffix(".yml").write_text(catalog_text(planned(root, other.name, other.read_bytes())), encoding="utf-8")


if __name__ == "__main__":
    renew()
