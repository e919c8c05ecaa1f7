"""政府信息公开年报: the annual reports that were published, and those that registers and items make."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from mulu.annual.report import Report, reports
from mulu.model.district import Site
from mulu.model.item import Item
from mulu.model.repository import Repository
from mulu.pages.lines import ItemLine, item_line
from mulu.pages.metadata import column
from mulu.pages.page import HOME, Crumb, Page, annual_address

_ANNUAL = Crumb("政府信息公开年报", "annual/index.html")


def annual_pages(repository: Repository, site: Site, as_of: date) -> Iterator[Page]:
    """The overview, and one page for every register of a year that is over."""
    years = sorted({register.year for register in repository.requests if register.year < as_of.year}, reverse=True)
    made = {year: reports(repository, year) for year in years}
    yield _overview(made, repository, site)
    for listed in made.values():
        for report in listed:
            others = [year for year in years if any(each.department == report.department for each in made[year])]
            yield _report(report, others, repository, site)


def _overview(made: dict[int, tuple[Report, ...]], repository: Repository, site: Site) -> Page:
    published: dict[str, list[ItemLine]] = defaultdict(list)
    for item in _published(repository):
        published[item.period.chinese if item.period else ""].append(item_line(item, repository))
    counted = {f"{year}年": [_line(report) for report in listed] for year, listed in made.items()}
    labels = sorted(published.keys() | counted.keys(), reverse=True)
    data = {"years": [(label, published.get(label, []), counted.get(label, [])) for label in labels]}
    about = "各单位的政府信息公开工作年度报告"
    return Page(
        "annual/index.html", "annual", "政府信息公开年报", about, (HOME, Crumb("政府信息公开年报")),
        column(site, "政府信息公开年报", about, "年度报告"), data,
    )  # fmt: skip


def _report(report: Report, years: list[int], repository: Repository, site: Site) -> Page:
    official = [
        item_line(item, repository)
        for item in _published(repository)
        if item.department == report.department and item.period and item.period.chinese == f"{report.year}年"
    ]
    data = {
        "title": report.title, "preface": report.preface, "sections": report.sections, "missing": [each.zh for each in report.missing],
        "official": official, "years": [(year, annual_address(report.department, year), year == report.year) for year in years],
    }  # fmt: skip
    about = f"{report.name}{report.year}年政府信息公开工作年度报告的法定表格和说明"
    return Page(
        annual_address(report.department, report.year), "annual_report", report.title, about,
        (HOME, _ANNUAL, Crumb(f"{report.name} {report.year}年")), column(site, report.title, about, "年度报告"), data,
    )  # fmt: skip


def _line(report: Report) -> tuple[str, str, int]:
    return annual_address(report.department, report.year), report.title, len(report.missing)


def _published(repository: Repository) -> list[Item]:
    reports = [item for item in repository.items.values() if item.kind == "annual_report" and not item.withdrawn]
    return sorted(reports, key=lambda item: (item.period.year if item.period else 0, item.department, item.id), reverse=True)
