"""schema.org descriptions of items, for search engines: Legislation, GovernmentService, Dataset."""

from typing import Any

from mulu.model.district import Site
from mulu.model.item import ENDED, Item
from mulu.pages.page import item_address

_LEGISLATION = ("normative", "document", "decision")
_DATASETS = ("statistics", "budget")


def linked(item: Item, site: Site, publisher: str) -> dict[str, Any] | None:
    """The JSON-LD of an item, or None for kinds that schema.org has no type for; `publisher` is the department's name."""
    if item.kind in _LEGISLATION:
        return _described(item, site, "Legislation", publisher) | _legislation(item, site)
    if item.kind in _DATASETS:
        return _described(item, site, "Dataset", publisher) | _dataset(item, site)
    if item.service:
        return _service(item, site, publisher)
    return None


def _described(item: Item, site: Site, kind: str, publisher: str) -> dict[str, Any]:
    known = {
        "@context": "https://schema.org", "@type": kind, "name": item.title, "url": site.root + item_address(item.id),
        "identifier": item.index_number, "description": item.summary or item.title, "datePublished": item.published.isoformat(), "inLanguage": "zh-CN",
        "keywords": list(item.keywords), "publisher": _body(publisher),
    }  # fmt: skip
    return {key: value for key, value in known.items() if value}


def _legislation(item: Item, site: Site) -> dict[str, Any]:
    force = {None: "", "现行有效": "InForce", "已修改": "InForce"} | dict.fromkeys(ENDED, "NotInForce")
    known = {
        "legislationIdentifier": item.number,
        "legislationDate": item.formed.isoformat(),
        "legislationPassedBy": [_body(issuer) for issuer in item.issuers],
        "legislationLegalForce": f"https://schema.org/{force[item.validity]}" if force[item.validity] else "",
        "legislationChanges": [site.root + item_address(each) for each in (*item.amends, *item.replaces, *item.repeals)],
    }
    return {key: value for key, value in known.items() if value}


def _dataset(item: Item, site: Site) -> dict[str, Any]:
    files = [
        {"@type": "DataDownload", "name": each.title or each.file, "contentUrl": f"{site.root}items/{item.id}/{each.file}"}
        for each in item.attachments
    ]
    known = {
        "isAccessibleForFree": True,
        "creator": [_body(issuer) for issuer in item.issuers],
        "distribution": files,
        "temporalCoverage": _span(item),
    }
    return {key: value for key, value in known.items() if value}  # fmt: skip


def _span(item: Item) -> str:
    """The months of a period as an ISO 8601 interval."""
    if not item.period:
        return ""
    last = item.period.first + item.period.months - 1
    return f"{item.period.year}-{item.period.first:02}/{item.period.year}-{last:02}"


def _service(item: Item, site: Site, publisher: str) -> dict[str, Any]:
    service = item.service
    assert service is not None
    channel: dict[str, Any] = {"@type": "ServiceChannel", "servicePhone": {"@type": "ContactPoint", "telephone": service.phone}}
    if service.online:
        channel["serviceUrl"] = service.online
    if service.place:
        channel["serviceLocation"] = {"@type": "Place", "name": service.place}
    return {
        "@context": "https://schema.org", "@type": "GovernmentService", "name": item.title, "url": site.root + item_address(item.id),
        "description": item.summary or item.title, "provider": _body(publisher), "serviceOperator": _body(service.handler), "availableChannel": channel,
        "termsOfService": f"办理时限：{service.time}；收费：{service.fee}",
    }  # fmt: skip


def _body(name: str) -> dict[str, str]:
    return {"@type": "GovernmentOrganization", "name": name}
