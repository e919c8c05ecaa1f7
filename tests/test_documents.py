"""Word files, web pages and Markdown to items: the words of the document, what it says of itself, and what is refused."""

import io
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from mulu.documents.item import Made, item_from
from mulu.documents.kinds import kind_of
from mulu.documents.markdown import blocks, heading_level, plain
from mulu.documents.numbered import chinese_number
from mulu.documents.official import day_of, facts
from mulu.documents.opened import opened
from mulu.documents.read import read
from mulu.documents.said import made_text
from mulu.documents.slim import slim_document
from mulu.documents.word import from_docx
from mulu.files.markdown import to_html
from mulu.flow import check
from mulu.model.schema import titles
from mulu.start.written import Refused

TODAY = date(2026, 11, 23)
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc"
    b"\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)
NOTICE = (
    "小样区人民政府办公室文件", "小政办发〔2026〕18号", "小样区人民政府办公室关于印发小样区", "充电设施建设管理办法的通知", "各镇人民政府：",
    "现将《办法》印发给你们，请遵照执行。1 < 2，<script>alert(1)</script>，a*b_c。", "一、总体要求", "（一）指导思想",
    "（二）工作目标。到2027年底建成充电桩3000个。", "本办法自2026年12月1日起施行。", "小样区人民政府办公室", "2026年11月18日",
    "小样区人民政府办公室  2026年11月18日印发",
)  # fmt: skip


def word(path: Path, lines: tuple[str, ...] = NOTICE, *, change: object = None) -> Path:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if callable(change):
        change(document)
    document.save(str(path))
    return path


def made(root: Path, source: Path, **more: object) -> tuple[Made, str]:
    result = item_from(root, source, department="fgj", published=TODAY, **more)  # type: ignore[arg-type]
    return result, (root / result.files[0].path).read_text("utf-8")


def test_a_notice_becomes_an_item_with_what_it_says_of_itself(minimal: Path, tmp_path: Path) -> None:
    result, text = made(minimal, word(tmp_path / "通知.docx"), entries=["fgj-project-guide"])
    for line in (
        "title: 小样区人民政府办公室关于印发小样区充电设施建设管理办法的通知  # 从文件里读出，请核对",
        "issuers: [小样区人民政府办公室]  # 从文件里读出，请核对", "document_number: 小政办发〔2026〕18号  # 从文件里读出，请核对",
        "formed: 2026-11-18  # 从文件里读出，请核对", "effective: 2026-12-01  # 从文件里读出，请核对", "## 一、总体要求", "### （一）指导思想",
        "（二）工作目标。到2027年底建成充电桩3000个。", "  - file: 通知.docx",
    ):  # fmt: skip
        assert line in text.splitlines()
    assert (minimal / result.files[0].path.removesuffix(".md") / "通知.docx").read_bytes() == (
        tmp_path / "通知.docx"
    ).read_bytes()
    said = made_text(result, lang="zh")
    assert all(f"：{line}\n" in said for line in (*NOTICE[:4], plain(NOTICE[-1]).replace("  ", " ")))


def test_only_what_must_be_filled_in_keeps_it_from_passing_the_check(minimal: Path, tmp_path: Path) -> None:
    result, text = made(minimal, word(tmp_path / "通知.docx"), entries=["fgj-project-guide"])
    path = minimal / result.files[0].path
    assert {found.code for found in check(minimal, as_of=TODAY).diagnostics if found.place.file == result.files[0].path} == {
        "S105",
        "S106",
    }
    path.write_text(text.replace('by: ""', "by: 局办公室").replace('on: ""', "on: 2026-11-20"), "utf-8")
    assert not [
        found for found in check(minimal, as_of=TODAY).diagnostics if found.severity == "error" and "002" in found.place.file
    ]


def test_numbers_that_word_counts_are_written_out(tmp_path: Path) -> None:
    def numbered(document: object) -> None:
        numbering = document.part.numbering_part.element  # type: ignore[attr-defined]
        levels = "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="{text}"/></w:lvl>'
            for depth, text in enumerate(("%1、", "（%2）"))
        )
        numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
        for text, depth in (("背景", 0), ("依据", 1), ("目标", 1), ("措施", 0), ("组织", 1)):
            properties = document.add_paragraph(text)._p.get_or_add_pPr()  # type: ignore[attr-defined]
            properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr>'))

    body = read(word(tmp_path / "a.docx", ("关于试点的通知",), change=numbered)).body
    assert body.split("\n\n") == ["## 一、背景", "### （一）依据", "### （二）目标", "## 二、措施", "### （一）组织"]


def test_merged_tables_stay_html_and_plain_ones_become_markdown(tmp_path: Path) -> None:
    def tables(document: object) -> None:
        merged = document.add_table(rows=2, cols=2)  # type: ignore[attr-defined]
        merged.cell(0, 0).merge(merged.cell(1, 0)).text = "合并"
        merged.cell(0, 1).text = "<b>甲"
        flat = document.add_table(rows=2, cols=2)  # type: ignore[attr-defined]
        for place, text in enumerate(("名称", "数量", "桩|站", "3")):
            flat.cell(place // 2, place % 2).text = text

    body = read(word(tmp_path / "a.docx", ("关于试点的通知", "现印发。"), change=tables)).body
    assert '<td rowspan="2">合并</td><td>&lt;b&gt;甲</td>' in body
    assert "| 名称 | 数量 |\n|---|---|\n| 桩\\|站 | 3 |" in body
    assert "<td>桩|站</td>" in to_html(body)


def test_pictures_are_taken_out_once_each_and_lost_ones_named(minimal: Path, tmp_path: Path) -> None:
    def pictures(document: object) -> None:
        for _ in range(2):
            document.add_picture(io.BytesIO(PNG))  # type: ignore[attr-defined]

    result, text = made(minimal, word(tmp_path / "a.docx", ("关于试点的通知", "见图。"), change=pictures))
    assert text.count("![图1](图1.png)") == 2
    assert (minimal / result.files[0].path.removesuffix(".md") / "图1.png").read_bytes() == PNG
    page = tmp_path / "page.html"
    page.write_text(
        '<h1>关于试点的公告</h1><p>见图。</p><img src="https://x.example/a.png" alt="平面图"><img src="../../etc/passwd">',
        "utf-8",
    )
    found = read(page)
    assert found.pictures == () and len(found.lost) == 2 and "x.example" not in found.body and "〔此处原有图片" in found.body


def test_a_saved_page_gives_its_article_and_no_script(minimal: Path, tmp_path: Path) -> None:
    page = tmp_path / "页面.html"
    page.write_bytes(
        '<html><head><meta charset="gb2312"><meta name="ArticleTitle" content="关于试点的公告"><title>公告_某网</title></head><body onload="x()">'
        '<div class="nav"><a href="/">首页</a></div><script>alert(1)</script><div id="UCAP-CONTENT"><p onclick="x()">自2026年12月1日起\n试点，'
        '见<a href="javascript:x()">这里</a>和<a href="https://www.example.gov.cn/a(1)">网站</a>。具体的办法由区发展和改革局另行规定。</p><p>小样区发展和改革局</p>'
        '<p>二〇二六年十一月十八日</p><iframe src="https://x.example"></iframe></div><div>打印本页</div></body></html>'.encode("gb18030")
    )  # fmt: skip
    result, text = made(minimal, page)
    assert "自2026年12月1日起试点，见这里和[网站](https://www.example.gov.cn/a%281%29)。" in text
    assert "formed: 2026-11-18" in text and "title: 关于试点的公告" in text and "issuers: [小样区发展和改革局]" in text
    assert not [word for word in ("alert", "onclick", "javascript", "iframe", "首页", "打印") if word in text]
    assert result.attached is None and "页面.html" in made_text(result, lang="en")


def test_markdown_stays_as_it_was_written(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    body = "各单位：\n\n*请* 按时\n报送。\n\n- 甲\n- 乙\n\n小样区发展和改革局\n\n2026年11月18日\n"
    source.write_text(f"# 关于报送材料的通知\n\n{body}", "utf-8")
    found = read(source)
    assert (found.facts.title, found.facts.formed, found.body) == ("关于报送材料的通知", date(2026, 11, 18), body.strip("\n"))


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice reads old Word files; without it they are refused")
def test_an_old_word_file_is_read_through_libreoffice(minimal: Path, tmp_path: Path) -> None:
    word(tmp_path / "通知.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'p').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "doc", "--outdir", tmp_path, tmp_path / "通知.docx"],
        check=True,
        capture_output=True,
    )
    result, text = made(minimal, tmp_path / "通知.doc")
    assert "## 一、总体要求" in text and "formed: 2026-11-18" in text and result.attached == "通知.doc"


def test_without_libreoffice_an_old_word_file_is_refused_with_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused, match="LibreOffice") as refused:
        read(tmp_path / "a.doc")
    assert "另存为 docx" in refused.value.text.zh


def test_the_paragraph_in_the_style_of_titles_is_a_heading(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("前言")
    document.add_heading("示例区年度计划", 0)
    document.add_paragraph("正文")
    document.save(tmp_path / "a.docx")
    assert from_docx(opened(tmp_path / "a.docx")).html == "<p>前言</p><h1>示例区年度计划</h1><p>正文</p>"


def test_only_looks_are_left_out_of_a_word_file() -> None:
    run = b'<w:r><w:rPr><w:rFonts w:eastAsia="a"/><w:b/><w:sz w:val="32"/></w:rPr><w:t>&lt;w:sz/&gt;</w:t><w:br/></w:r>'
    assert slim_document(run) == b"<w:r><w:rPr><w:b/></w:rPr><w:t>&lt;w:sz/&gt;</w:t><w:br/></w:r>"


# What is refused


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in {
            "[Content_Types].xml": b"<Types/>",
            **{key.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"): value for key, value in parts.items()},
        }.items():
            written.writestr(name, content)
    return out.getvalue()


HOSTILE = {
    "bomb.docx": (archive(word__document_xml=b" " * 30_000_000), "大得不正常"),
    "macro.docm": (archive(word__document_xml=b"<a/>", word__vbaProject_bin=b"x"), "宏"),
    "renamed.docx": (archive(word__document_xml=b"<a/>", word__vbaProject_bin=b"x"), "宏"),
    "locked.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "macro.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le"), "宏"),
    "torn.docx": (archive(word__document_xml=b"<w:document")[:-40], "损坏"),
    "broken.docx": (archive(word__document_xml=b"<w:document"), "损坏"),
    "text.docx": (b"plain text", "损坏"), "empty.docx": (b"", "空文件"), "photo.docx": (PNG, "png"), "table.xlsx": (archive(xl__workbook_xml=b"<a/>"), "xlsx"),
    "deep.html": (b"<div>" * 20_000 + b"x", "deep.html"),
    "blank.html": (b"<html><body></body></html>", "没有文字"),
    "flood.docx": (archive(word__document_xml=b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(9)) + b"]><a>&j;</a>"), "损坏"),
    "secret.md": ("机密★5年\n\n关于试点的通知\n\n内容。".encode(), "密级"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_must_not_be_read_is_refused_with_its_name_and_nothing_is_written(
    minimal: Path, tmp_path: Path, name: str
) -> None:
    content, said = HOSTILE[name]
    (tmp_path / name).write_bytes(content)
    before = sorted(minimal.rglob("*"))
    with pytest.raises(Refused) as refused:
        made(minimal, tmp_path / name)
    assert name in refused.value.text.zh and name in refused.value.text.en and said in refused.value.text.zh
    assert sorted(minimal.rglob("*")) == before


# Words


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1))
def test_any_words_of_a_document_are_the_same_words_on_the_page(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    shown = to_html("\n\n".join(blocks(f"<p>文{escaped}字</p>")))
    assert shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip() == f"<p>文{text}字</p>"


@pytest.mark.parametrize("html", ["<p><b>注意：</b>请</p>", "<p>请<b>（甲）</b>乙</p>", "<p><strong>甲</strong>乙</p>"])
def test_bold_text_is_bold_on_the_page(html: str) -> None:
    assert "<strong>" in to_html(blocks(html)[0]) and "*" not in to_html(blocks(html)[0])


@pytest.mark.parametrize(
    ("line", "level"),
    [("一、总体要求", 2), ("十二、附则", 2), ("第一章 总则", 2), ("（三）组织保障", 3), ("(三)组织保障", 3), ("1.明确分工", 4), ("1.5倍以内", 0), ("一、总体要求。坚持", 2), ("一、坚持原则。", 0), ("第一条 为了", 0), ("2026年", 0)],
)  # fmt: skip
def test_headings_by_official_numbers(line: str, level: int) -> None:
    assert heading_level(line) == level


def test_chinese_numbers() -> None:
    assert [chinese_number(each) for each in (1, 10, 11, 20, 99, 105)] == ["一", "十", "十一", "二十", "九十九", "一〇五"]


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026年6月2日", date(2026, 6, 2)), ("2026.6.2", date(2026, 6, 2)), ("二〇二六年十月三十一日", date(2026, 10, 31)), ("二○二六年十二月二十日", date(2026, 12, 20)), ("2026年2月30日", None), ("六月", None)],
)  # fmt: skip
def test_days_as_offices_write_them(text: str, day: date | None) -> None:
    assert day_of(text) == day


def test_a_joint_document_names_all_its_issuers() -> None:
    found, _, _ = facts(["关于试点的通知", "内容。", "小样区财政局  小样区民政局", "2026年1月5日"])
    assert found.issuers == ("小样区财政局", "小样区民政局")


def test_every_proposed_kind_exists() -> None:
    listed = (
        "2025年政府信息公开工作年度报告",
        "关于《办法》的政策解读",
        "2026年部门预算",
        "招标公告",
        "关于试点的通知",
        "无名",
    )
    assert [kind_of(title) for title in listed] == [
        "annual_report",
        "interpretation",
        "budget",
        "procurement",
        "document",
        "document",
    ]
    assert {kind_of(title) for title in listed} <= set(titles("item", "kind"))
