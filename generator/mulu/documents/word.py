"""Word files to HTML: docx through mammoth, doc and rtf through LibreOffice first. Pictures are taken out."""

import contextlib
import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import mammoth
import msgspec

from mulu.documents.numbered import with_numbers
from mulu.documents.opened import Opened, damaged, refused
from mulu.files.sniff import sniff

_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='标题'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"
_EXTENSIONS = {"png": "png", "jpeg": "jpg", "gif": "gif", "webp": "webp"}
_AT_ONCE = 100
_START_SECONDS, _FILE_SECONDS = 60, 20


class Picture(msgspec.Struct, frozen=True):
    """A picture taken out of a document, under the name by which the text refers to it."""

    name: str
    content: bytes


class Html(msgspec.Struct, frozen=True):
    """A document as HTML that is not yet clean, its pictures, and how many could not be kept, by reason."""

    html: str
    pictures: tuple[Picture, ...] = ()
    lost: tuple[str, ...] = ()


def from_docx(file: Opened) -> Html:
    """The text, tables and pictures of a docx; raises Refused for one that cannot be read to the end."""
    pictures = Pictures()

    def kept(image: Any) -> dict[str, str]:
        try:
            with image.open() as stream:
                return pictures.keep(stream.read())
        except ValueError:  # a picture that is only linked: nothing outside the file is ever opened
            return pictures.lose("只有链接、不在文件里的图片")

    try:
        made = mammoth.convert_to_html(
            io.BytesIO(with_numbers(file.content)), style_map=_STYLES, include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(kept),
        )  # fmt: skip
    except Exception as broken:  # a damaged document makes mammoth and the XML parser raise anything, RecursionError too
        raise damaged(file.path) from broken
    return Html(made.value, tuple(pictures.kept), tuple(pictures.lost))


def from_old_word(file: Opened) -> Html:
    """A doc or rtf by way of LibreOffice; raises Refused where that is not installed or cannot read the file."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            made = converted([file.path], Path(folder)).get(file.path)
        except FileNotFoundError as missing:
            raise refused(
                file.path, "是旧版 Word 文件，这台机器上没有 LibreOffice", "用 Word 或者 WPS 另存为 docx 再试，或者安装 LibreOffice",
                "is an old Word file, and LibreOffice is not installed", "save it as docx, or install LibreOffice",
            ) from missing  # fmt: skip
        if made is None:
            raise refused(file.path, "打不开：加了密码、已经损坏，或者不是 Word 文件", "用原来的软件打开，取消密码，另存为 docx 再试",
                          "cannot be opened: it has a password, is damaged, or is no Word file", "open it and save it as docx without password")  # fmt: skip
        return from_docx(Opened(file.path, made.read_bytes(), "docx"))


def converted(paths: Sequence[Path], folder: Path) -> dict[Path, Path]:
    """Old Word files → the docx that LibreOffice made of them in `folder`; those it cannot read are left out.

    One run takes many files: starting it takes longer than converting one. Raises FileNotFoundError where it is not installed.
    """
    found: dict[Path, Path] = {}
    for start in range(0, len(paths), _AT_ONCE):
        sources = {}
        for number, path in enumerate(paths[start : start + _AT_ONCE], start):
            rtf = path.read_bytes()[:5] == b"{\\rtf"
            sources[path] = folder / f"{number}.{'rtf' if rtf else 'doc'}"
            shutil.copyfile(path, sources[path])
        command = [
            "soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), *map(str, sources.values()),
        ]  # fmt: skip
        with contextlib.suppress(subprocess.TimeoutExpired):
            seconds = _START_SECONDS + _FILE_SECONDS * len(sources)
            subprocess.run(command, capture_output=True, timeout=seconds, check=False, stdin=subprocess.DEVNULL)
        made = {path: source.with_suffix(".docx") for path, source in sources.items()}
        found |= {path: docx for path, docx in made.items() if docx.is_file()}
    return found


class Pictures:
    """Collects pictures in the order of the text and names them 图1.png, 图2.jpg …"""

    def __init__(self) -> None:
        self.kept: list[Picture] = []
        self.lost: list[str] = []

    def keep(self, content: bytes) -> dict[str, str]:
        """The attributes of the picture's element."""
        kind = sniff(content)
        if kind not in _EXTENSIONS:
            return self.lose("网页不能显示的图片格式（EMF、WMF、TIFF 等）")
        same = next((each for each in self.kept if each.content == content), None)
        if same is None:
            same = Picture(f"图{len(self.kept) + 1}.{_EXTENSIONS[kind]}", content)
            self.kept.append(same)
        return {"src": same.name}

    def lose(self, reason: str) -> dict[str, str]:
        """A picture that cannot stand in the text; the text says that it was there."""
        self.lost.append(reason)
        return {"src": "", "alt": f"此处原有图片：{reason}"}


READERS: dict[str, Callable[[Opened], Html]] = {"docx": from_docx, "ole": from_old_word, "rtf": from_old_word}
"""What the bytes are → how they are read."""
