"""The description of open data for catalogs of data: data.json (Project Open Data 1.1) and DCAT-AP 3 as JSON-LD."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from mulu.model.district import Site
from mulu.opendata.datasets import DATASETS, INDEX, ROOT, Dataset, dataset_address, schema_address

Files = Mapping[str, list[str]]
"""Dataset code → addresses of its files, as far as they are few enough to be listed."""

_RIGHTS = "依法主动公开的政府信息。使用时请注明来源、有效性和日期。"


def data_json(site: Site, files: Files, modified: date) -> dict[str, Any]:
    """The catalog in the vocabulary of Project Open Data; `modified` is the day of the newest change."""
    return {
        "@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",
        "@type": "dcat:Catalog",
        "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
        "describedBy": "https://project-open-data.cio.gov/v1.1/schema/catalog.json",
        "dataset": [_data_json(each, site, files.get(each.code, []), modified) for each in DATASETS],
    }


def _data_json(dataset: Dataset, site: Site, files: list[str], modified: date) -> dict[str, Any]:
    return {
        "@type": "dcat:Dataset",
        "identifier": site.root + dataset_address(dataset),
        "title": f"{site.name}：{dataset.name}",
        "description": dataset.about,
        "keyword": ["政府信息公开", "标准目录", dataset.name],
        "modified": modified.isoformat(),
        "publisher": {"@type": "org:Organization", "name": site.sponsor},
        "contactPoint": _contact(site),
        "accessLevel": "public",
        "rights": _RIGHTS,
        "language": ["zh-CN"],
        "landingPage": site.root + dataset_address(dataset),
        "distribution": [
            {
                "@type": "dcat:Distribution",
                "title": address.rsplit("/", 1)[-1],
                "downloadURL": site.root + address,
                "mediaType": dataset.media,
                **({"describedBy": site.root + schema_address(dataset), "describedByType": "application/schema+json"} if schema_address(dataset) else {}),
            }
            for address in files
        ],
    }  # fmt: skip


def _contact(site: Site) -> dict[str, str]:
    mail = site.correction if site.correction and site.correction.startswith("mailto:") else ""
    return {"@type": "vcard:Contact", "fn": site.sponsor, **({"hasEmail": mail} if mail else {})}


def dcat(site: Site, files: Files, modified: date) -> dict[str, Any]:
    """The same as DCAT-AP: catalog, publisher, datasets and their distributions."""
    publisher = {"@id": f"{site.root}#publisher", "@type": "foaf:Agent", "foaf:name": site.sponsor}
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": site.root + INDEX,
        "@type": "dcat:Catalog",
        "dct:title": _zh(f"{site.name}：开放数据"),
        "dct:description": _zh("标准目录、已公开的信息和它们的对应关系"),
        "dct:publisher": publisher,
        "dct:modified": _day(modified),
        "foaf:homepage": {"@id": site.root},
        "dcat:dataset": [_dcat(each, site, files.get(each.code, []), modified) for each in DATASETS],
    }  # fmt: skip


def _dcat(dataset: Dataset, site: Site, files: list[str], modified: date) -> dict[str, Any]:
    page = {"@id": site.root + dataset_address(dataset)}
    return {
        "@id": f"{site.root}{dataset_address(dataset)}#dataset",
        "@type": "dcat:Dataset",
        "dct:title": _zh(dataset.name),
        "dct:description": _zh(dataset.about),
        "dct:identifier": dataset.code,
        "dct:publisher": {"@id": f"{site.root}#publisher"},
        "dct:modified": _day(modified),
        "dcat:landingPage": page,
        "dcat:distribution": [
            {
                "@id": site.root + address,
                "@type": "dcat:Distribution",
                "dct:title": _zh(address.removeprefix(ROOT)),
                "dcat:accessURL": page,
                "dcat:downloadURL": {"@id": site.root + address},
                "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{dataset.media}"},
                "dct:rights": {"@type": "dct:RightsStatement", "dct:description": _zh(_RIGHTS)},
            }
            for address in files
        ],
    }


def _zh(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "zh"}


def _day(day: date) -> dict[str, str]:
    return {"@value": day.isoformat(), "@type": "xsd:date"}
