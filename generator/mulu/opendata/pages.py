"""The pages of open data: what there is, and one page for every kind of file with its columns or properties."""

from collections.abc import Iterator

import msgspec

from mulu.model.district import Site
from mulu.opendata.datasets import DATASETS, INDEX, ROOT, dataset_address, properties, schema_address, schema_of
from mulu.opendata.dcat import Files
from mulu.pages.metadata import column
from mulu.pages.page import HOME, Crumb, Page, data_file

SHOWN = 12
"""Files that a page lists by name; there are as many item files as items."""

_DATA = Crumb("开放数据", INDEX)


def opendata_pages(site: Site, files: Files, counts: dict[str, int]) -> Iterator[Page]:
    """The overview, a page and a schema for every dataset; `counts` are the numbers of files, `files` those that can be named."""
    about = "标准目录、信息和对应关系，成批下载和程序读取"
    rows = [(each.name, dataset_address(each), each.about, counts.get(each.code, 0)) for each in DATASETS]
    data = {
        "rows": rows,
        "root": site.root,
        "description": f"{ROOT}data.json",
        "dcat": f"{ROOT}dcat.jsonld",
        "sums": f"{ROOT}SHA256SUMS",
        "linked": _linked(site, files),
    }
    yield Page(INDEX, "opendata", "开放数据", about, (HOME, Crumb("开放数据")), column(site, "开放数据", about, "数据"), data)
    for each in DATASETS:
        listed = files.get(each.code, [])
        described = {
            "name": each.name,
            "about": each.about,
            "pattern": each.files,
            "root": site.root + ROOT,
            "count": counts.get(each.code, 0),
            "files": [(address, address.removeprefix(ROOT)) for address in listed[:SHOWN]],
            "schema": schema_address(each),
            "properties": properties(each),
            "database": each.code == "database",
        }
        meta = column(site, each.name, each.about, "数据")
        yield Page(dataset_address(each), "dataset", each.name, each.about, (HOME, _DATA, Crumb(each.name)), meta, described)
        if schema_address(each):
            content = msgspec.json.format(msgspec.json.encode(schema_of(each, site.root), order="deterministic"), indent=2)
            yield data_file(schema_address(each), text=content)


def _linked(site: Site, files: Files) -> dict[str, object]:
    """schema.org: the page as a DataCatalog of Datasets."""
    return {
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "name": f"{site.name}：开放数据",
        "url": site.root + INDEX,
        "publisher": {"@type": "GovernmentOrganization", "name": site.sponsor},
        "dataset": [
            {
                "@type": "Dataset",
                "name": each.name,
                "description": each.about,
                "url": site.root + dataset_address(each),
                "isAccessibleForFree": True,
                "distribution": [
                    {"@type": "DataDownload", "contentUrl": site.root + address, "encodingFormat": each.media}
                    for address in files.get(each.code, [])[:1]
                ],
            }
            for each in DATASETS
        ],
    }
