"""The one table of what is in /data/v1/: pages, schemas, descriptions and checksums follow from it."""

from typing import Any

import msgspec

from mulu.opendata.records import DepartmentRecord, EntryRecord, FieldRecord, ItemRecord
from mulu.opendata.tables import CATALOG, ITEMS, MAPPING

ROOT = "data/v1/"
INDEX = "data/index.html"


class Dataset(msgspec.Struct, frozen=True):
    """One kind of file: its code, name and what it holds, where its files stand, and the record or columns that describe them."""

    code: str
    name: str
    about: str
    files: str
    media: str
    record: type[Any] | None = None
    columns: tuple[str, ...] = ()


DATASETS = (
    Dataset("item", "信息（JSON）", "每条信息一个文件：元数据、对应的目录事项、有关信息和附件；正文另有纯文本", "items/<信息编号>.json", "application/json", record=ItemRecord),
    Dataset("entry", "目录事项（JSON）", "每个目录事项一个文件：十栏、状态、要素和最近的信息", "entries/<事项编号>.json", "application/json", record=EntryRecord),
    Dataset("department", "单位（JSON）", "每个单位一个文件：联系方式、目录事项和公开情况", "departments/<单位>.json", "application/json", record=DepartmentRecord),
    Dataset("field", "领域（JSON）", "每个领域一个文件：目录事项和公开情况", "fields/<领域>.json", "application/json", record=FieldRecord),
    Dataset("database", "数据库（SQLite）", "目录、信息、对应关系和有关信息的全部表格，带全文索引，可以直接用 Datasette 打开", "catalog.sqlite", "application/vnd.sqlite3"),
    Dataset("catalogs-csv", "标准目录（CSV）", "全部目录事项的十栏、状态和最近的信息", "catalogs.csv", "text/csv", columns=tuple(CATALOG)),
    Dataset("catalogs-xlsx", "标准目录（Excel）", "全部目录事项，每个领域一张表", "catalogs.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", columns=tuple(CATALOG)),
    Dataset("mapping", "对应关系（CSV）", "每个领域一个文件：目录事项、要素和回应它的信息，一一对应", "mapping-<领域>.csv", "text/csv", columns=tuple(MAPPING)),
    Dataset("items", "信息（CSV）", "按发布年份一个文件：全部信息的元数据，撤下的也在其中", "items-<年>.csv", "text/csv", columns=tuple(ITEMS)),
    Dataset("description", "数据说明", "全部数据文件的说明：data.json（Project Open Data 1.1）和 dcat.jsonld（DCAT-AP）", "data.json、dcat.jsonld", "application/json"),
    Dataset("checksums", "校验和", "每个文件的 SHA-256，用 sha256sum -c 核对；信息的按发布年份另列", "SHA256SUMS、items-<年>.sha256", "text/plain"),
)  # fmt: skip


def dataset_address(dataset: Dataset) -> str:
    """The page of a kind of file; one folder deep, as the frames of the shell are."""
    return f"data/{dataset.code}.html"


def schema_address(dataset: Dataset) -> str:
    """The JSON Schema of a kind of file; empty for those that have none."""
    return f"{ROOT}schema/{dataset.code}.schema.json" if dataset.record or dataset.columns else ""


def schema_of(dataset: Dataset, root: str) -> dict[str, Any]:
    """JSON Schema 2020-12 of one document, or of one row of a table as an object of texts."""
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": root + schema_address(dataset), "title": dataset.name,
        "description": dataset.about,
    }  # fmt: skip
    if dataset.record is None:
        columns = {name: {"type": "string", "title": name} for name in dataset.columns}
        return head | {
            "type": "object",
            "properties": columns,
            "required": list(dataset.columns),
            "additionalProperties": False,
        }
    parts = msgspec.json.schema(dataset.record)["$defs"]
    whole: dict[str, Any] = parts.pop(dataset.record.__name__)
    plain = {
        name: {key: value for key, value in part.items() if key not in ("title", "description")} for name, part in parts.items()
    }
    return whole | head | ({"$defs": plain} if plain else {})


def properties(dataset: Dataset) -> list[tuple[str, str, str, bool]]:
    """Name, title, description and whether it is always there, of every property or column."""
    described = schema_of(dataset, "") if dataset.record or dataset.columns else {"properties": {}, "required": []}
    return [
        (name, about.get("title", name), about.get("description", ""), name in described.get("required", ()))
        for name, about in described["properties"].items()
    ]
