"""Search: every occurrence and nothing else, against a scan of all texts; a patched index is the index; what cannot be read is said."""

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pypdf import PdfWriter

from conftest import AS_OF, HERE
from mulu import flow
from mulu.cli import cli
from mulu.diagnostics import Text
from mulu.reports.text import unread_report
from mulu.search import fold, folding, postings, shards, terms
from mulu.search.answer import answer
from mulu.search.attachment import attachment_text
from mulu.search.document import Attached, Document, Full
from mulu.search.find import Filters, find
from mulu.search.index import Indexed, Source, split, write_index
from mulu.search.query import parse, says_something, subjects
from mulu.search.reader import NoIndex, Reader

ROOT = HERE.parent
LETTERS = "的项目审批资金补贴救助规划建设公示标准流程材料期限机构监督结果对象范围依据申请受理審批個體號碼發"
SIGNS = "，。；（）【】〔〕 \n“”—／0123456789２０ＡＢabcXYZ㎡…"
TRICKY = "臺灣 後台 〔2021〕23 號 ［２０２１］ 第 7 号 ﾊﾝｶｸ K㎡ Straße ŒUVRE İstanbul 豈 𠮷野家 a\u200bb  c\u3000d\r\ne"


def made_up(count: int, seed: int = 1) -> dict[str, Full]:
    """Documents of varied text: words of unequal frequency, numbers in many writings, attachments, both scripts."""
    chance = random.Random(seed)
    words = ["".join(chance.choices(LETTERS, k=chance.randint(1, 4))) for _ in range(400)]
    weights = [1 / (rank + 2) for rank in range(len(words))]

    def text(length: int) -> str:
        parts = chance.choices(words, weights, k=length)
        return "".join(part + (chance.choice(SIGNS) if chance.random() < 0.25 else "") for part in parts)

    found = {}
    for number in range(count):
        year, id = 2015 + number * 10 // count, f"i{number:04}"
        validity = chance.choice(["现行有效", "已废止", ""])
        document = Document(
            id=id, title=f"关于{text(3)}的通知", number=f"示政〔{year}〕{number}号", index_number=f"11330299MB0A/{year}-{number:05}",
            catalog=((f"e{number % 20}", text(2)),), kind="其他文件", source="区政府", published=f"{year}-{1 + number % 12:02}-11", validity=validity,
            facets=(f"kind-{chance.choice(['document', 'notice'])}", f"year-{year}", *(["ended"] if validity == "已废止" else [])),
            about=(text(5),), body=text(80) + (TRICKY if number % 9 == 0 else ""),
            attachments=(Attached(f"items/{id}/a.docx", "附表"),) if number % 5 == 0 else (),
        )  # fmt: skip
        found[id] = Full(document, (text(30),) if number % 5 == 0 else ())
    return found


def index(
    found: dict[str, Full], out: Path, keys: dict[str, int] | None = None, *, recent: int = 100, workers: int = 1
) -> Indexed:
    sources = [
        Source(id, each.document.published or "2020-01-01", str((keys or {}).get(id, 0)).encode()) for id, each in found.items()
    ]
    return write_index(sources, lambda: found.__getitem__, out, out / ".scratch", recent=recent, workers=workers)


def files(out: Path) -> dict[str, bytes]:
    folder = out / "search/v1"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def substrings(found: dict[str, Full], count: int, seed: int) -> list[str]:
    chance, listed = random.Random(seed), list(found.values())
    picked = []
    while len(picked) < count:
        text = chance.choice([each for each in chance.choice(listed).texts if each])
        start = chance.randrange(len(text))
        part = text[start : start + chance.randint(1, 9)]
        if part.strip() and "\n" not in part.strip() and all(map(says_something, fold.fold(part).split())):
            picked.append(part)
    return picked


@pytest.fixture(scope="module")
def corpus() -> dict[str, Full]:
    return made_up(300)


@pytest.fixture(scope="module")
def site(corpus: dict[str, Full], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("index")
    index(corpus, out)
    return out


def found_by(site: Path, text: str, filters: Filters | None = None) -> list[str]:
    return [each.id for each in find(Reader(site), parse(text).words, filters or Filters()).hits]


def test_five_hundred_random_substrings_are_found_wherever_they_stand_and_nowhere_else(
    corpus: dict[str, Full], site: Path
) -> None:
    reader = Reader(site)
    texts = {id: [fold.fold(text) for text in each.texts] for id, each in corpus.items()}
    for part in substrings(corpus, 500, seed=3):
        words = parse(part).words
        there = {id for id, each in texts.items() if all(any(word in text for text in each) for word in words)}
        hits = [each.id for each in find(reader, words, Filters()).hits]
        assert len(hits) == len(set(hits)) and set(hits) == there, part
        assert there, part


def test_a_part_of_a_text_is_a_part_of_the_folded_text() -> None:
    chance = random.Random(1)
    for text in [TRICKY, LETTERS + SIGNS]:
        for _ in range(300):
            start = chance.randrange(len(text))
            part = text[start : start + chance.randint(1, 6)]
            if not any(each.isspace() for each in part):
                assert fold.fold(part) in fold.fold(text), part


@given(st.lists(st.sampled_from([*TRICKY, *SIGNS, *LETTERS, *"㎡ﬁİßŒ①½\u3000\u00a0\0\u200bﷺ豈𠮷"]), max_size=30).map("".join))
def test_texts_folded_one_by_one_and_many_at_once_are_the_same(text: str) -> None:
    points, sources = folding.fold_points(text)
    assert points.tobytes().decode("utf-32-le") == fold.fold(text)
    assert len(sources) == len(points) and sorted(sources) == list(sources)


@pytest.mark.parametrize(
    ("typed", "same"),
    [("（２０２１）", "〔2021〕"), ("[2021]", "【2021】"), ("審批", "审批"), ("ＡＢＣ", "abc"), ("“甲”", '"甲"'), ("a－b", "a—b"), ("㎡", "m2")],
)  # fmt: skip
def test_writings_that_a_reader_takes_for_the_same(typed: str, same: str) -> None:
    assert fold.fold(typed) == fold.fold(same)


@pytest.mark.parametrize(
    "typed", ["示政〔2021〕23号", "示政[2021]23号", "示政 （2021） 23 号", "示政【２０２１】23号", "示政(2021) 第 23号"]
)
def test_a_document_number_in_any_bracket_and_spacing(typed: str, tmp_path: Path) -> None:
    document = Document("a", "通知", "示政〔2021〕23号", forms=("示政〔2021〕第23号",), published="2021-01-01")
    cited = Document("b", "示政〔2021〕23号的解读", published="2022-01-01")
    other = Document("c", "示政〔2021〕223号", "示政〔2021〕223号", published="2021-01-01", body="示政〔2020〕23号")
    index({each.id: Full(each) for each in (document, cited, other)}, tmp_path)
    found = found_by(tmp_path, typed)
    assert found[0] == "a" and "c" not in found


def test_strong_fields_then_force_then_the_newest(tmp_path: Path) -> None:
    documents = [
        Document("body-new", "甲", published="2024-05-01", body="低保"),
        Document("title-old", "低保", published="2020-05-01"),
        Document("title-ended", "低保", published="2023-05-01", facets=("ended",)),
        Document("catalog", "乙", published="2019-05-01", catalog=(("e1", "低保办理"),)),
        Document("body-old", "丙", published="2018-05-01", body="低保"),
    ]
    index({each.id: Full(each) for each in documents}, tmp_path)
    assert found_by(tmp_path, "低保") == ["title-old", "catalog", "title-ended", "body-new", "body-old"]
    assert found_by(tmp_path, "低保", Filters(entry="e1")) == ["catalog"]
    assert found_by(tmp_path, "低保", Filters(("ended",))) == ["title-ended"]
    assert found_by(tmp_path, "", Filters(("ended",))) == ["title-ended"]
    assert found_by(tmp_path, "低 理") == ["catalog"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("，。！（）", ()), ("  ", ()), ("低保　申请 ，", ("低保", "申请")), ("<script>alert(1)</script>", ("<script>alert(1)</script>",)),
        ("低" * 300, ("低" * 200,)), ("低保 低保", ("低保",)),
        ("索引号：113302/2024-00001", ("113302/2024-00001",)), ("发文字号 : 示政办发〔2024〕23号", ("示政办发(2024)23号",)),
    ],
)  # fmt: skip
def test_what_is_typed_becomes_words(typed: str, words: tuple[str, ...], site: Path) -> None:
    assert parse(typed).words == words
    found_by(site, typed, Filters(("kind-notice",)))


def test_a_changed_document_is_patched_in_and_gives_the_bytes_of_a_whole_build(tmp_path: Path) -> None:
    found, keys, chance = made_up(250), dict[str, int](), random.Random(2)
    index(found, tmp_path / "one")
    for step in range(5):
        for id in chance.sample(sorted(found), 3):
            changed = made_up(40, seed=chance.randrange(1000))[f"i{chance.randrange(40):04}"]
            document = msgspec.structs.replace(changed.document, id=id, published=found[id].document.published)
            found[id] = Full(document, changed.attached)
            keys[id] = keys.get(id, 0) + 1
        if step == 2:
            id = chance.choice(sorted(found))
            found[id], keys[id] = Full(Document(id, published=found[id].document.published)), 99
        if step == 3:
            found["new"] = Full(Document("new", "新的通知", published="2024-12-30", body="全新的内容"))
        if step == 4:
            found["old"] = Full(Document("old", "补录的通知", published="2016-01-02", body="旧内容"))
        index(found, tmp_path / "one", keys)
        shutil.rmtree(tmp_path / "clean", ignore_errors=True)
        index(found, tmp_path / "clean", keys)
        assert files(tmp_path / "one") == files(tmp_path / "clean"), step


def test_several_processes_give_the_bytes_of_one_and_leave_nothing_behind(tmp_path: Path) -> None:
    found = made_up(2300)
    one = index(found, tmp_path / "one")
    many = index(found, tmp_path / "many", workers=3)
    assert replace(one, files={}) == replace(many, files={}) and files(tmp_path / "one") == files(tmp_path / "many")
    assert list((tmp_path / "many/.scratch").iterdir()) == []
    again = index(found, tmp_path / "many", workers=3)
    assert (again.written, again.removed) == (0, 0)
    assert found_by(tmp_path / "many", found["i1234"].document.number)[0] == "i1234"


def test_what_indexes_nothing_imports_no_arrays_and_no_tables() -> None:
    heavy = {"numpy", "opencc", "mulu.search.segment", "mulu.search.patch", "mulu.search.folding", "pypdf", "python_calamine"}
    script = f"import sys, mulu.flow; print(sorted({heavy} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT / "generator")
    assert done.stdout == "[]\n"


def test_one_change_touches_only_what_it_must(tmp_path: Path) -> None:
    found = made_up(250)
    index(found, tmp_path)
    assert index(found, tmp_path).written == 0
    id = "i0100"
    found[id] = Full(msgspec.structs.replace(found[id].document, body=found[id].document.body + "鳳凰"), found[id].attached)
    index(found, tmp_path, {id: 1})
    everything = len(files(tmp_path))
    again = {path: (path.stat().st_mtime_ns) for path in (tmp_path / "search/v1").rglob("*.bin")}
    found[id] = Full(msgspec.structs.replace(found[id].document, body=found[id].document.body + "麒麟"), found[id].attached)
    assert index(found, tmp_path, {id: 2}).written <= 8 < everything
    assert sum(path.stat().st_mtime_ns != before for path, before in again.items()) <= 6
    assert found_by(tmp_path, "凤凰麒麟") == [id]


@pytest.mark.parametrize("damage", ["shard", "text", "state", "leftover", "attachments"])
def test_damage_is_healed(damage: str, tmp_path: Path, corpus: dict[str, Full]) -> None:
    index(corpus, tmp_path)
    good = files(tmp_path)
    folder = tmp_path / "search/v1"
    match damage:
        case "shard":
            (folder / "recent/terms/3.bin").unlink()
        case "text":
            (folder / "recent/texts/0.u16").write_bytes(b"torn")
        case "state":
            (tmp_path / ".mulu-search").write_bytes(b"torn")
        case "leftover":
            (folder / "recent/terms/.3.bin.1.tmp").write_bytes(b"half")
            (folder / "recent/terms/ffff.bin").write_bytes(b"left over")
        case "attachments":
            shutil.rmtree(folder / "attachments")
    index(corpus, tmp_path)
    assert files(tmp_path) == good


def test_only_the_newest_months_are_recent() -> None:
    sources = [Source(str(number), f"20{10 + number // 120}-{1 + number % 120 // 10:02}-01", b"") for number in range(1400)]
    parts = split(sources)
    assert {name: len(part) for name, part in parts.items()} == {"recent": 1000, "base": 400}
    parts = split([*sources, Source("x", "2021-12-02", b"")])
    assert {name: len(part) for name, part in parts.items()} == {"recent": 991, "base": 410}
    assert split([Source(str(number), "2020-01-01", b"") for number in range(1500)]).keys() == {"recent"}
    assert split([]) == {}


@given(
    st.integers(1, 400).flatmap(
        lambda n: st.tuples(st.just(n), st.lists(st.sets(st.integers(0, n - 1), min_size=1), min_size=1, max_size=5))
    )
)
def test_lists_come_back_from_their_codes(given: tuple[int, list[set[int]]]) -> None:
    documents, sets = given
    listed = [sorted(each) for each in sets]
    content, sizes = postings.encode(
        np.array([number for each in listed for number in each]), np.array([len(each) for each in listed]), documents
    )
    at = 0
    for numbers, size in zip(listed, sizes.tolist(), strict=True):
        assert postings.decode(content[at : at + size].tobytes(), len(numbers), documents).tolist() == numbers
        at += size


@given(
    st.dictionaries(
        st.text(st.characters(exclude_characters="\n", codec="utf-8"), min_size=1, max_size=4),
        st.binary(min_size=1, max_size=300),
    )
)
def test_shards_come_back_from_their_bytes(lists: dict[str, bytes]) -> None:
    held = {name: shards.Lists(len(content), content, 1, content[:1]) for name, content in lists.items()}
    assert shards.unpack(shards.pack(held)) == held


@given(st.text(min_size=1, max_size=2))
def test_hashes_of_many_are_the_hashes_of_each(text: str) -> None:
    number = ord(text[0]) << 21 | (ord(text[1]) if len(text) > 1 else 0)
    if "\0" not in text:
        assert int(terms.hashes(np.array([number], np.uint64))[0]) == terms.hashed(text)


@pytest.mark.parametrize(
    ("question", "about"),
    [("低保怎么申请？", ("低保", "申请")), ("请问特困人员的补贴是多少", ("特困人员", "补贴")), ("怎么办", ()), ("临时救助", ("临时救助",)), ("低保标准是多少", ("低保", "标准"))],
)  # fmt: skip
def test_what_a_question_is_about(question: str, about: tuple[str, ...]) -> None:
    assert subjects(parse(question)) == about


def test_an_answer_is_quoted_word_for_word_or_there_is_none(tmp_path: Path) -> None:
    body = "一、谁可以申请低保\n本区户籍，收入低于标准的家庭。\n二、临时救助找谁\n向所在镇街申请。"
    faq = Document("faq", "社会救助常见问题", published="2024-01-01", body=body, facets=("answering",), headings=(0, 2))
    notice = Document("notice", "低保申请公告", published="2024-02-01", body="低保申请开始了。")
    index({each.id: Full(each) for each in (faq, notice)}, tmp_path)
    reader = Reader(tmp_path)
    best = answer(reader, parse("临时救助 找谁"))
    assert best and (best.heading, best.text, best.document.id) == ("二、临时救助找谁", "向所在镇街申请。", "faq")
    best = answer(reader, parse("低保怎么申请"))
    assert best and best.heading == "一、谁可以申请低保" and best.text in body
    assert answer(reader, parse("公积金怎么提取")) is None
    assert answer(reader, parse("公告")) is None
    assert answer(reader, parse("申请")) is None  # nothing is named


def test_a_question_how_long_or_how_much_is_answered_by_what_speaks_of_that(tmp_path: Path) -> None:
    body = "一、条件\n收入低于标准。\n二、标准\n每人每月1185元。\n三、时限\n20个工作日。"
    guide = Document("g", "低保指南", published="2024-01-01", body=body, facets=("answering",), headings=(0, 2, 4))
    faq = Document(
        "f", "常见问题", published="2024-02-01", body="一、谁可以申请特困供养\n老人。", about=("低保",), facets=("answering", "kind-faq"), headings=(0,),
    )  # fmt: skip
    index({each.id: Full(each) for each in (guide, faq)}, tmp_path)
    reader = Reader(tmp_path)
    for asked, text in (
        ("低保多少钱", "每人每月1185元。"),
        ("低保标准是多少", "每人每月1185元。"),
        ("低保多久能批下来", "20个工作日。"),
    ):
        best = answer(reader, parse(asked))
        assert best and best.text == text, asked
    assert answer(reader, parse("低保收费吗")) is None  # nothing says so
    assert answer(reader, parse("低保在哪办理")) is None  # nothing says where
    assert answer(reader, parse("低保怎么申请")) is None  # the passage of another thing is no answer


def test_what_attachments_say_and_why_some_say_nothing() -> None:
    items = ROOT / "catalogs/departments"
    pdf = attachment_text((items / "fgj/items/2026/2026-fgj-014/公共充电站点布局表.pdf").read_bytes())
    assert pdf.fault is None and "充电" in pdf.text
    xlsx = attachment_text((items / "fgj/items/2026/2026-fgj-003/2026年重大建设项目清单.xlsx").read_bytes())
    assert xlsx.fault is None and "项目" in xlsx.text
    docx = attachment_text((items / "mzj/items/2026/2026-mzj-006/最低生活保障申请表.docx").read_bytes())
    assert docx.fault is None and "申请" in docx.text
    for content in (
        b"%PDF-1.7 torn",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"\x89PNG\r\n\x1a\n",
        b"PK\x03\x04torn",
        b"",
        b"\0\1\2",
    ):
        assert attachment_text(content).text == "" and attachment_text(content).fault
    long = attachment_text("很长的一句话。\n".encode() * 90_000)
    assert long.fault and len(long.text) == 500_000


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("demo")
    shutil.copytree(ROOT / "catalogs", root / "catalogs")
    shutil.copy(ROOT / "mkdocs.yml", root)
    scan = root / "catalogs/departments/fgj/items/2026/2026-fgj-014/公共充电站点布局表.pdf"
    blank = PdfWriter()
    blank.add_blank_page(600, 800)
    blank.write(scan)
    built = flow.build(root, root / "site", as_of=AS_OF)
    assert built.published is not None
    assert [path for path, _ in built.published.unread] == [scan.relative_to(root).as_posix()]
    return root


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["search", *arguments])
    return result.exit_code, result.output


def test_the_command_finds_what_the_site_says(demo: Path) -> None:
    site = str(demo / "site")
    code, said = run(site, "示政办发［2024］ 23号", "--json", "--limit", "0")
    assert code == 0
    found = json.loads(said)
    assert found["version"] == 1 and found["hits"][0]["id"] == "2024-fgj-023" and found["total"] == len(found["hits"])
    assert found["answer"]["id"] == "2024-fgj-024"
    code, said = run(site, "快充桩", "--json", "--department", "fgj", "--year", "2026")
    assert code == 0 and all(hit["published"].startswith("2026") for hit in json.loads(said)["hits"])
    code, said = run(site, "低保", "--kind", "guide", "--validity", "valid", "--field", "assistance")
    assert code == 1 and "0" in said
    assert run(site, "，。", "--lang", "en") == (1, "There is nothing to search for.\n")
    assert run(site, "低保", "--entry", "mzj-dibao-guide")[0] == 0
    assert run(str(demo), "低保")[0] == 2


def test_a_hit_in_an_attachment_names_it(demo: Path) -> None:
    reader = Reader(demo / "site")
    document = reader.document(reader.manifest.segments[0], 0)
    every = [reader.document(reader.manifest.segments[0], number) for number in range(reader.manifest.segments[0].documents)]
    document = next(each for each in every if each.id == "2026-fgj-003")
    words = {line for text in reader.attached(document) for line in text.split("\n") if len(line) > 4}
    only = next(word for word in sorted(words) if word not in "\n".join((*document.strong, *document.weak)))
    code, said = run(str(demo / "site"), only, "--json")
    hit = next(each for each in json.loads(said)["hits"] if each["id"] == document.id)
    assert (
        code == 0 and hit["place"] == "attachment" and hit["attachment"]["title"] and any(marked for _, marked in hit["pieces"])
    )


def test_a_question_that_stands_nowhere_is_answered_and_shortened(demo: Path) -> None:
    code, said = run(str(demo / "site"), "低保多久能批下来")
    assert code == 1 and "30个工作日" in said and "最低生活保障办事指南" in said
    code, said = run(str(demo / "site"), "低保标准是多少", "--lang", "en")
    assert "1185元" in said and "0 found" in said and said.rstrip().endswith("低保 标准")
    said = run(str(demo / "site"), "低保申请需要什么材料")[1]
    assert "1 最低生活保障申请表 可由工作人员代为填写" in said  # a row of a table is a line


@pytest.mark.parametrize(
    ("where", "zh", "en"),
    [("nowhere", "没有文件夹", "no folder"), (".", "mulu search {0}/site", "{0}/site QUERY"), ("catalogs", "不是 mulu 生成的网站", "not a site that mulu built")],
)  # fmt: skip
def test_a_wrong_folder_says_what_is_wrong_with_it(demo: Path, where: str, zh: str, en: str) -> None:
    for lang, words in (("zh", zh), ("en", en)):
        code, said = run(str(demo / where), "低保", "--lang", lang)
        assert code == 2 and words.format(demo) in said.replace("\n", "")


@pytest.mark.parametrize("content", ["{", '{"version":2,"documents":0,"attachments":0,"unread":0,"same":"","segments":[]}'])
def test_an_index_of_another_program_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "search/v1").mkdir(parents=True)
    (tmp_path / "search/v1/manifest.json").write_text(content)
    with pytest.raises(NoIndex, match=r"manifest\.json"):
        Reader(tmp_path)


def test_a_withdrawn_item_cannot_be_found(demo: Path) -> None:
    path = next((demo / "catalogs").rglob("2026-fgj-012.md"))
    assert "2026-fgj-012" in run(str(demo / "site"), "快充桩", "--json")[1]
    before = path.read_text("utf-8")
    path.write_text(before.replace("---\n", "---\nwithdrawn: {on: 2026-06-01, reason: 内容有误, by: 区发改局}\n", 1), "utf-8")
    assert flow.build(demo, demo / "site", as_of=AS_OF).published is not None
    assert "2026-fgj-012" not in run(str(demo / "site"), "快充桩", "--json")[1]
    path.write_text(before, "utf-8")
    flow.build(demo, demo / "site", as_of=AS_OF)
    assert "2026-fgj-012" in run(str(demo / "site"), "快充桩", "--json")[1]


def test_a_missing_file_of_the_index_is_named(site: Path, tmp_path: Path) -> None:
    shutil.copytree(site / "search", tmp_path / "search")
    shutil.rmtree(tmp_path / "search/v1/recent/texts")
    with pytest.raises(NoIndex, match="u16"):
        found_by(tmp_path, "审批")


def test_a_thousand_scans_are_ten_lines_and_a_count() -> None:
    scan, locked = Text("没有文字", "no text"), Text("有密码", "has a password")
    said = unread_report([(f"{number}.pdf", scan) for number in range(1000)] + [("a.docx", locked)])
    assert len(said.splitlines()) == 13 and "另有 990 个：没有文字" in said and "a.docx: 有密码" in said
    assert "990 more: no text" in unread_report([(f"{number}.pdf", scan) for number in range(1000)], lang="en")


@pytest.mark.parametrize(
    "query",
    [
        "\ud83d",
        "低保 \udce4",
        "",
        "，",
        "😀",
        "\\",
        "<script>alert(1)</script>",
        "__proto__",
        "低" * 500,
        f"〔2024〕{'9' * 150}号",
    ],
)
def test_the_command_answers_odd_queries(demo: Path, query: str) -> None:
    for form in ((), ("--json",)):
        code, said = run(str(demo / "site"), query, *form)
        assert code == (0 if query.startswith("低保") else 1) and said
