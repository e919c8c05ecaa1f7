"""The annual report of one body and year: six sections, and what a person must still write (国办公开办函〔2021〕30号)."""

from collections.abc import Iterator

import msgspec

from mulu.annual.figures import blanks, figures
from mulu.annual.tables import dispute_table, proactive_table, request_grid
from mulu.diagnostics import Text
from mulu.model.district import Department
from mulu.model.repository import Repository
from mulu.model.requests import Register
from mulu.paper.table import Grid


class Section(msgspec.Struct, frozen=True):
    """One of the six sections. Without `grid` it lives by its text; `advice` says what the text must tell."""

    title: str
    text: tuple[str, ...]
    grid: Grid | None
    advice: str

    @property
    def missing(self) -> bool:
        """Whether a person must still write it."""
        return not self.text and self.grid is None


class Report(msgspec.Struct, frozen=True):
    """A report ready to be shown; `missing` names what keeps it from being complete."""

    department: str
    name: str
    year: int
    preface: str
    sections: tuple[Section, ...]
    missing: tuple[Text, ...]
    path: str

    @property
    def title(self) -> str:
        """The full title."""
        return f"{self.name}{self.year}年政府信息公开工作年度报告"


def reports(repository: Repository, year: int, department: str | None = None) -> tuple[Report, ...]:
    """The reports of a year in the order of departments: of all bodies that keep a register, or of one."""
    registers = {each.department: each for each in repository.requests if each.year == year}
    return tuple(
        report(repository, registers[code], body)
        for code, body in repository.departments.items()
        if code in registers and department in (None, code)
    )


def report(repository: Repository, register: Register, body: Department) -> Report:
    """One report, as far as register and items say it."""
    found = figures(repository, register)
    written = register.sections
    sections = tuple(
        Section(f"{number}、{title}", _paragraphs(text), grid, advice)
        for number, title, text, grid, advice in (
            ("一", "总体情况", written.overview, None, "写明主动公开、依申请公开、政府信息管理、平台建设、监督保障五个方面。"),
            ("二", "主动公开政府信息情况", written.proactive, proactive_table(found), ""),
            ("三", "收到和处理政府信息公开申请情况", written.requests, request_grid(found.table), ""),
            ("四", "政府信息公开行政复议、行政诉讼情况", written.disputes, dispute_table(found), ""),
            ("五", "存在的主要问题及改进情况", written.problems, None, "写明本年存在的主要问题和改进措施，不照抄上年。"),
            ("六", "其他需要报告的事项", written.other, None, "写明信息处理费的收取情况；没有其他事项的，写明没有。"),
        )
    )
    return Report(
        register.department, body.name, register.year, _preface(body, register.year), sections,
        (*_unwritten(sections), *blanks(found), *_unhandled(register)), register.origin.path,
    )  # fmt: skip


def _preface(body: Department, year: int) -> str:
    return (
        f"本报告根据《中华人民共和国政府信息公开条例》第五十条和《中华人民共和国政府信息公开工作年度报告格式》编制，"
        f"统计期限为{year}年1月1日至12月31日。对报告有疑问的，请与{body.name}{body.contact_office or ''}联系"
        f"（地址：{body.address}；电话：{body.phone}）。"
    )


def _paragraphs(text: str | None) -> tuple[str, ...]:
    """Paragraphs are parted by empty lines; a line break inside one is only where the file was wrapped."""
    parts = ("".join(line.strip() for line in part.splitlines()) for part in (text or "").replace("\r\n", "\n").split("\n\n"))
    return tuple(part for part in parts if part)


def _unwritten(sections: tuple[Section, ...]) -> Iterator[Text]:
    english = (
        "1, overview",
        "2, proactive disclosure",
        "3, requests",
        "4, reviews and lawsuits",
        "5, problems",
        "6, other matters",
    )
    for section, name in zip(sections, english, strict=True):
        if section.missing:
            yield Text(f"{section.title}：{section.advice}", f"Section {name}: no text")


def _unhandled(register: Register) -> Iterator[Text]:
    waiting = [request.id for request in register.requests or () if request.outcome is None]
    if waiting:
        yield Text(f"没有办理结果的申请：{'、'.join(waiting)}", f"Requests without an outcome: {', '.join(waiting)}")
