"""Feeds by the rules that feed validators apply, calendars by an iCalendar parser, and the choices of 政策找人 by hand."""

import json
import re
import shutil
from datetime import date, datetime
from pathlib import Path

import feedparser
import icalendar
import pytest
from lxml import etree

from conftest import AS_OF, HERE
from mulu import flow
from mulu.feeds.atom import Feed, Line, atom
from mulu.feeds.plan import NEWEST
from mulu.model.audience import Audience, Audiences, Option, canonical, choices, fits

ATOM = "{http://www.w3.org/2005/Atom}"
ITEM = "catalogs/departments/fgj/items/2026/2026-fgj-001.md"
OPTIONS = Audiences(
    who=(Option("person", "个人"), Option("company", "企业")),
    size=(Option("micro", "微型企业", "company"), Option("small", "小型企业", "company")),
    trade=(Option("building", "建筑业", "company"),),
    place=(Option("north", "城北镇"), Option("south", "城南镇")),
    event=(Option("school", "入学", "person"), Option("start", "开办企业", "company")),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("demo")
    shutil.copytree(HERE.parent / "catalogs", root / "catalogs")
    shutil.copy(HERE.parent / "mkdocs.yml", root / "mkdocs.yml")
    assert flow.build(root, root / "site", as_of=AS_OF).published is not None
    return root / "site"


def moment(text: str) -> datetime:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", text)  # RFC 3339
    return datetime.fromisoformat(text)


def validated(content: bytes, own: str) -> list[etree._Element]:
    """RFC 4287 §4: the required elements, once each; unique ids; absolute links; the right self link."""
    feed = etree.fromstring(content)
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert len(feed.findall(f"{ATOM}{name}")) == 1 and feed.findtext(f"{ATOM}{name}")
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    links = {link.get("rel"): link for link in feed.findall(f"{ATOM}link")}
    assert links["self"].get("href") == feed.findtext(f"{ATOM}id") == own
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        for name in ("id", "title", "updated", "published"):
            assert len(entry.findall(f"{ATOM}{name}")) == 1 and entry.findtext(f"{ATOM}{name}")
        assert entry.find(f"{ATOM}link[@rel='alternate']").get("href").startswith("https://")
        assert moment(entry.findtext(f"{ATOM}published")) <= moment(entry.findtext(f"{ATOM}updated"))
        assert moment(entry.findtext(f"{ATOM}updated")) <= moment(feed.findtext(f"{ATOM}updated"))
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids)) <= NEWEST
    published = [entry.findtext(f"{ATOM}published") for entry in entries]
    assert published == sorted(published, reverse=True)
    return entries


def test_every_feed_is_valid_and_leads_to_pages_that_exist(site: Path) -> None:
    feeds = sorted(site.glob("feeds/*.xml"))
    kinds = {path.name.partition("-")[0].removesuffix(".xml") for path in feeds}
    assert kinds == {"site", "department", "field", "entry", "kind", "for"}
    for path in feeds:
        own = f"https://www.example.gov.cn/feeds/{path.name}"
        entries = validated(path.read_bytes(), own)
        for entry in entries:
            address = entry.findtext(f"{ATOM}id").removeprefix("https://www.example.gov.cn/")
            assert (site / address).is_file()
        read = feedparser.parse(path.read_bytes())
        assert not read.bozo and len(read.entries) == len(entries) and read.version == "atom10"


def test_a_feed_says_what_a_reader_needs(site: Path) -> None:
    read = feedparser.parse((site / "feeds/kind-normative.xml").read_bytes())
    first = next(entry for entry in read.entries if entry.id.endswith("/items/2024-fgj-023.html"))
    assert first.title.startswith("示例区人民政府办公室关于印发") and first.author == "示例区人民政府办公室"
    assert (
        first.published == "2024-06-03T00:00:00+08:00"
        and first.tags[0].label == "规范性文件"
        and "2024年7月1日" in first.summary
    )


def test_hostile_text_stays_text() -> None:
    line = Line("items/a.html", "]]><x>&\x00\x0b'\"\ufffe", "<b>", 'k"', "&amp;", "2026-01-02", "2026-01-03", "<script>")
    content = atom(Feed("https://a/", "feeds/x.xml", "index.html", "<t>", "", "a&b", "2026-01-01", (line,)))
    (entry,) = validated(content, "https://a/feeds/x.xml")
    assert entry.findtext(f"{ATOM}title") == "]]><x>&'\"" and entry.findtext(f"{ATOM}summary") == "<script>"


def test_an_empty_feed_is_valid_too() -> None:
    content = atom(Feed("https://a/", "feeds/x.xml", "index.html", "没有", "", "局", "2026-01-01", ()))
    assert validated(content, "https://a/feeds/x.xml") == []


def test_ids_stay_when_a_title_changes_and_withdrawn_items_leave(minimal: Path) -> None:
    config = (HERE.parent / "mkdocs.yml").read_text("utf-8")
    (minimal / "mkdocs.yml").write_text(
        config.replace("  - 政府信息公开制度: system.md\n", "").replace("  - 依申请公开: request.md\n", ""), "utf-8"
    )
    seen = []
    second = minimal / ITEM.replace("001", "002")
    text = (minimal / ITEM).read_text("utf-8").replace("001\n", "002\n").replace("-00001", "-00002")
    withdrawn = text.replace("---\n", "---\nwithdrawn: {on: 2026-04-01, reason: 有误, by: 局}\n", 1)
    for each in (text, text.replace("企业投资项目备案办事指南", "企业投资项目备案指南"), withdrawn):
        second.write_text(each, "utf-8")
        assert flow.build(minimal, minimal / "site", as_of=AS_OF).published is not None
        seen.append(feedparser.parse((minimal / "site/feeds/site.xml").read_bytes()))
    assert [entry.id for entry in seen[0].entries] == [entry.id for entry in seen[1].entries]
    assert [entry.title for entry in seen[1].entries] == ["企业投资项目备案指南", "企业投资项目备案办事指南"]
    assert [entry.id for entry in seen[2].entries] == [seen[0].entries[1].id]


def test_calendars_parse_and_their_days_are_right(site: Path) -> None:
    uids: dict[str, set[str]] = {}
    for path in (*site.glob("feeds/*.ics"), site / "evaluation/due.ics"):
        content = path.read_bytes()
        calendar = icalendar.Calendar.from_ical(content)
        assert not calendar.errors and all(len(line) <= 75 for line in content.split(b"\r\n"))
        events = calendar.walk("VEVENT")
        ids = [str(event["UID"]) for event in events]
        assert len(ids) == len(set(ids))
        uids[path.name] = set(ids)
        for event in events:
            assert event["DTSTART"].dt < event["DTEND"].dt and event["SUMMARY"] and event["DTSTAMP"]
    assert uids["consultations.ics"] and uids["periodic.ics"]
    assert uids["consultations.ics"] <= uids["department-fgj.ics"]


def test_a_comment_window_covers_its_days(site: Path) -> None:
    calendar = icalendar.Calendar.from_ical((site / "feeds/consultations.ics").read_bytes())
    event = next(each for each in calendar.walk("VEVENT") if str(each["UID"]) == "2026-fgj-007-window@www.example.gov.cn")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 4, 8), date(2026, 5, 9))  # the end is not part of it
    assert event["URL"] == "https://www.example.gov.cn/items/2026-fgj-007.html"


@pytest.mark.parametrize(
    ("audience", "choice", "fitting"),
    [
        (Audience(who=("person",)), (("who", "person"),), True),
        (Audience(who=("person",)), (("who", "company"),), False),
        (Audience(who=("person",)), (("size", "micro"),), False),  # the size says that it is a company
        (Audience(), (("size", "micro"),), True),
        (Audience(size=("micro",)), (("size", "small"),), False),
        (Audience(size=("micro",), place=("north",)), (("size", "micro"), ("place", "south")), False),
        (Audience(size=("micro",)), (("size", "micro"), ("place", "south")), True),
        (Audience(event=("start",)), (), True),
    ],
)
def test_whom_a_text_is_for(audience: Audience, choice: tuple[tuple[str, str], ...], fitting: bool) -> None:
    assert fits(audience, choice, OPTIONS) is fitting


def test_one_choice_has_one_address() -> None:
    assert canonical((("event", "start"), ("who", "company")), OPTIONS) == (("event", "start"),)
    assert canonical((("place", "north"), ("who", "company")), OPTIONS) == (("who", "company"), ("place", "north"))


def test_choices_are_those_that_can_be_met() -> None:
    tagged = [Audience(size=("micro",), trade=("building",), event=("start",)), Audience(who=("person",), event=("school",))]
    made = set(choices(OPTIONS, tagged))
    assert (("size", "micro"), ("trade", "building"), ("event", "start")) in made
    assert (("who", "person"),) in made and (("event", "school"),) in made
    assert not any({"micro", "school"} <= {code for _, code in choice} for choice in made)  # no company goes to school
    assert not any("small" in dict(choice).values() for choice in made)  # nobody wrote anything for them


def test_the_feed_of_a_choice_holds_what_fits(site: Path) -> None:
    def ids(choice: str) -> set[str]:
        read = feedparser.parse((site / f"feeds/for-{choice}.xml").read_bytes())
        return {entry.id.rsplit("/", 1)[1].removesuffix(".html") for entry in read.entries}

    assert "2026-mzj-006" in ids("event-hardship") and "2025-fgj-008" not in ids("event-hardship")
    assert "2024-fgj-023" in ids("trade-construction.event-build") <= ids("event-build")
    told = json.loads((site / "policy/tags.json").read_bytes())
    assert {f"for-{each}.xml" for each in told["feeds"]} == {path.name for path in site.glob("feeds/for-*.xml")}
    assert {each["rows"] for each in told["sets"]} == {path.name for path in site.glob("policy/set-*.json")}
