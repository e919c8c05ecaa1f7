"""Markdown of departments: what needs no cleaning would come out of the cleaning unchanged."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulu.files.markdown import clean, rendered, to_html

_PARTS = st.sampled_from(
    ["字", "a", " ", "\n", "\n\n", "# ", "- ", "1. ", "> ", "|a|b|\n|:-|-:|\n|c|d|\n", "**", "_", "~~", "`", "```py\n", "    ", "[x](", "![x](", ")", "<", ">", "&lt;",
     "&#106;avascript:", "javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "vbscript:x", "https://a.cn/?a=1&b=2", "item:x", "a.docx", "#f", "//a.cn", "&Tab;java&#9;script:x",
     ' "t")', "[^1]", "[^1]: n\n", " class=", " id=", "[x]", "[x]: ", "\\", "<javascript:x>", "&quot;", '"', "----\n"]
)  # fmt: skip


class Tokens(HTMLParser):
    """What a browser reads: tags with their attributes, and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.read: list[object] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.read.append((tag, sorted((name, value or "") for name, value in attributes)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("br", "hr", "img"):
            self.read.append(tag)

    def handle_data(self, data: str) -> None:
        if self.read and isinstance(self.read[-1], list):
            self.read[-1][0] += data
        else:
            self.read.append([data])


@given(st.lists(_PARTS, max_size=15).map("".join))
def test_what_is_not_cleaned_needs_no_cleaning(markdown: str) -> None:
    html = to_html(markdown)
    assert Tokens(clean(html)).read == Tokens(html).read or "fn-" in html


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html;base64,x",
        "vbscript:x",
        "&Tab;javascript:x",
        "java&#10;script:x",
    ],
)
def test_links_that_run_are_gone(target: str) -> None:
    html = to_html(f"[x]({target})\n\n![x]({target})")
    assert re.findall(r"=.(?:javascript|vbscript|data):", html) == []


def test_alignment_is_a_class() -> None:
    assert 'class="right"' in to_html("|a|\n|-:|\n|b|\n") and "style" in rendered("|a|\n|-:|\n|b|\n")
