"""Renders one page: template → content, then into its frame."""

import hashlib
import re
from functools import cached_property, lru_cache
from html import escape
from pathlib import Path
from typing import Any

import jinja2
import msgspec

from mulu.files.markdown import to_html
from mulu.pages.page import PAGE_KINDS, Page
from mulu.resources import resource
from mulu.site.body import body_html
from mulu.site.correction import correction
from mulu.site.frame import Frame, fill
from mulu.site.qr import QrCodes
from mulu.site.shell import Shell

_DECODER = msgspec.msgpack.Decoder(Page)
_CODE = re.compile(r"`([^`]+)`")


class _Environment(jinja2.Environment):
    """Templates meet plain values only: `a.b` is a key of a group, and is looked for as such first."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What `obj.attribute` means in a template."""
        if obj.__class__ is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


class Renderer:
    """Templates and frames, ready to render pages; one per process, made from frozen inputs only."""

    def __init__(self, root: Path, shell: Shell, site_name: str) -> None:
        """Templates of the content repository at `root` stand before those of the package."""
        self.folders = [
            folder for folder in (root / "site_templates" / "pages", resource("site_templates", "pages")) if folder.is_dir()
        ]
        self.shell = shell
        self.site_name = site_name

    @cached_property
    def environment(self) -> jinja2.Environment:
        """Strict: an unknown name is our bug and stops the build."""
        environment = _Environment(
            loader=jinja2.FileSystemLoader(self.folders), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True,
            lstrip_blocks=True, auto_reload=False,
        )  # fmt: skip
        environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}  # Chinese as it is: a third of the bytes
        codes = QrCodes()
        environment.globals |= {
            "home": self.shell.home,
            "qr": lambda address, said: codes.drawn(self.shell.home + address, said),
        }
        return environment

    def page(self, page: Page, source: bytes | None) -> bytes:
        """The bytes of a page; `source` is the item file whose body it shows."""
        wrong = correction(self.shell.correction, page.title or self.site_name, self.shell.home + page.address)
        context: dict[str, Any] = {"page": page, "up": page.up, "d": page.data, "correction": wrong}
        if page.source and source is not None:
            context["body"] = body_html(page.source[0], source, page.data["id"], tuple(page.data["issuers"]))
        if page.kind == "rule":
            hints = page.data["hint"]
            context |= {"zh": to_html(page.data["zh"]), "en": to_html(page.data["en"])}
            context |= {"hint_zh": _coded(hints["zh"]), "hint_en": _coded(hints["en"])}
        content = self.environment.get_template(f"{page.kind}.html").render(context)
        if page.kind == "embed":
            return content.lstrip().encode()
        frame = self.frame(page)
        return fill(
            frame,
            {
                "title": escape(f"{page.title} - {self.site_name}" if page.title else self.site_name),
                "head": _head(page, frame),
                "policy": escape(frame.policy),
                "crumbs": _crumbs(page),
                "content": content,
                "correction": escape(wrong),
            },
        ).encode()

    def frame(self, page: Page) -> Frame:
        """The frame of the page's kind; hand-written pages are their own."""
        return self.shell.frames[PAGE_KINDS[page.kind].frame or page.address]

    def digest(self, kind: str) -> bytes:
        """Over the templates that a kind uses: its own and the shared ones, whose names begin with `_`."""
        if kind not in self._digests:
            digest = hashlib.sha256()
            for folder in self.folders:
                for path in sorted([*folder.glob("_*.html"), *folder.glob(f"{kind}.html")]):
                    digest.update(path.name.encode() + b"\0" + path.read_bytes())
            self._digests[kind] = digest.digest()
        return self._digests[kind]

    @cached_property
    def _digests(self) -> dict[str, bytes]:
        return {}


def page_digest(page: Page, encoded: bytes, renderer: Renderer) -> bytes:
    """Over everything that goes into a page: its data, source blob, templates, frame and this program."""
    digest = hashlib.blake2b(encoded, digest_size=16)
    digest.update(renderer.digest(page.kind))
    digest.update(renderer.shell.digest.encode())
    return digest.digest()


def encoded(page: Page) -> bytes:
    """The page as the bytes that go into its digest, and that templates are given again as plain values."""
    return msgspec.msgpack.encode(page)


def decoded(data: bytes) -> Page:
    """The page with plain values for templates: groups of keys, texts, lists."""
    return _DECODER.decode(data)


def _coded(sentence: str) -> str:
    """A sentence of ours with `words` set as code; other Markdown in it is an example and stays as it is."""
    coded = _CODE.sub(r"<code>\1</code>", escape(sentence))
    return f"<p>{coded}</p>"


def _head(page: Page, frame: Frame) -> str:
    """The mandated tags; an article's own Description is the description, too: names of tags know no case."""
    described = not page.description or any(name == "Description" for name, _ in page.meta.tags)
    tags = [] if described else [_tag("description", page.description)]
    tags += [_tag(name, value) for name, value in page.meta.tags if name not in frame.codes]
    return "\n".join(tags)


@lru_cache(maxsize=1024)
def _tag(name: str, value: str) -> str:
    """Most tags of a page are those of its site and column."""
    return f'<meta name="{escape(name)}" content="{escape(value)}">'


def _crumbs(page: Page) -> str:
    steps = [
        f'<a href="{page.up}{escape(crumb.address)}">{escape(crumb.label)}</a>'
        if crumb.address
        else f"<span>{escape(crumb.label)}</span>"
        for crumb in page.crumbs
    ]
    return "".join(f"<li>{step}</li>" for step in steps)
