"""A place for a site that is no folder of this machine: any store that fsspec reaches, by an address such as `s3://bucket/site`.

Credentials are fsspec's business: it takes them from the environment and its own configuration files. Needs the extra `mulu[store]`.
"""

import contextlib
import hashlib
import mimetypes
import os
import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from mulu.diagnostics import CouldNotRun, Text

WHOLE = ("s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "oss", "memory")
"""Stores in which a file is either the old one or the new one at any time; in all others it is written aside and moved."""

_TYPED: Mapping[str, Callable[[str], dict[str, object]]] = {
    **dict.fromkeys(("s3", "s3a"), lambda kind: {"ContentType": kind}),
    **dict.fromkeys(("gs", "gcs"), lambda kind: {"content_type": kind}),
    **dict.fromkeys(("az", "abfs", "abfss"), lambda kind: {"content_settings": {"content_type": kind}}),
}
"""How a store that serves sites by itself is told what a file is; without it a browser saves pages instead of showing them."""

_MARKS = ("ETag", "etag", "md5Hash", "content_md5", "md5", "mtime", "LastModified", "last_modified", "updated", "created")
"""What a listing may say of a file that changes with its content, the most telling first."""

_ASKED = 100
"""Files that are read at once."""

_PATTERN = re.compile(r"[*?\[\]]")
"""In the name of an attachment these are characters; where fsspec takes many paths at once they would stand for other names."""

Look = tuple[int, int]
"""Size in bytes, and a mark that is another one when the file has been written again; 0 where the store tells none."""


class StoreFailed(CouldNotRun):
    """The store cannot be reached or refuses; what it says is in the sentence."""


class Store:
    """One folder of a store. It travels between processes as its address; what reaches the store is made in each of them."""

    def __init__(self, url: str) -> None:
        """`url` as fsspec takes it; nothing is reached yet."""
        self.url = url.rstrip("/")

    def __reduce__(self) -> tuple[type["Store"], tuple[str]]:
        """Connections and threads do not survive a fork or a journey."""
        return Store, (self.url,)

    def __str__(self) -> str:
        """The address without a password."""
        secret = urlsplit(self.url).password
        return self.url.replace(f":{secret}@", ":…@", 1) if secret else self.url

    @property
    def protocol(self) -> str:
        """`s3`, `file` …"""
        return self.url.partition("://")[0].rpartition("::")[2]

    @property
    def alone(self) -> bool:
        """Whether other processes do not see what this one writes."""
        return self.protocol == "memory"

    @cached_property
    def _reached(self) -> tuple[Any, str]:
        """The file system and the path of the folder in it. Raises StoreFailed."""
        try:
            from fsspec.core import url_to_fs
        except ImportError as missing:
            raise StoreFailed(Text(
                f"写到 {self} 需要另外安装：pip install 'mulu[store]'。", f"Writing to {self} needs an extra: pip install 'mulu[store]'.",
            )) from missing  # fmt: skip
        try:
            files, path = url_to_fs(self.url)
        except ImportError as missing:
            raise StoreFailed(Text(
                f"写到 {self} 还缺一个库（{missing}）。s3 装 s3fs，gs 装 gcsfs，az 装 adlfs。",
                f"Writing to {self} needs one more package ({missing}): s3fs for s3, gcsfs for gs, adlfs for az.",
            )) from missing  # fmt: skip
        except ValueError as unknown:
            raise StoreFailed(Text(
                f"不认识 {self}（{unknown}）。写 s3://桶/路径 这样 fsspec 认识的地址，或者写文件夹。",
                f"{self} is not understood ({unknown}). Give an address that fsspec knows, such as s3://bucket/path, or a folder.",
            )) from unknown  # fmt: skip
        return files, str(path).rstrip("/")

    @contextlib.contextmanager
    def _asking(self) -> Iterator[None]:
        """Every store has exceptions of its own: whatever one raises is said in its own words. Raises StoreFailed."""
        try:
            yield
        except CouldNotRun:
            raise
        except Exception as refused:
            said = " ".join(f"{type(refused).__name__}: {refused}".split())[:300]
            raise StoreFailed(Text(
                f"{self} 读写失败，没有写完（{said}）。核对地址、凭据和权限，再运行一次；原来的网页都是完整的。",
                f"{self} failed and the site was not finished ({said}). Check address, credentials and rights, and run it again; the pages that stand are whole.",
            )) from refused  # fmt: skip

    def files(self, below: str = "") -> dict[str, Look]:
        """Every file of the folder, or of its folder `below`, by address: one listing, whatever their number."""
        with self._asking():
            files, base = self._reached
            files.invalidate_cache()
            try:
                found = files.find(f"{base}/{below}".rstrip("/"), detail=True)
            except FileNotFoundError:
                return {}
            return {
                path.removeprefix(base).lstrip("/"): (int(about.get("size") or 0), _mark(about))
                for path, about in found.items()
                if about.get("type") != "directory"
            }

    def put(self, contents: Mapping[str, bytes]) -> None:
        """Write files whole, by address; many at once where the store can."""
        with self._asking():
            files, base = self._reached
            if self.protocol not in WHOLE:
                for address, content in contents.items():
                    _put_aside(files, f"{base}/{address}", content)
                return
            kinds: dict[str, dict[str, bytes]] = defaultdict(dict)
            for address, content in contents.items():
                kinds[content_type(address)][f"{base}/{address}"] = content
            for kind, same in kinds.items():
                files.pipe(same, **(_TYPED[self.protocol](kind) if self.protocol in _TYPED else {}))

    def create(self, address: str, content: bytes) -> bool:
        """Write one file if there is none yet; False where there is."""
        with self._asking():
            files, base = self._reached
            if self.protocol not in WHOLE:  # there it would make a bucket for a name that was mistyped
                files.makedirs(posixpath.dirname(f"{base}/{address}"), exist_ok=True)
            try:
                files.pipe_file(f"{base}/{address}", content, mode="create")
            except FileExistsError:
                return False
        return True

    def read(self, addresses: Iterable[str]) -> Iterator[bytes]:
        """The bytes of files, in order. Raises StoreFailed also where one is not there."""
        wanted = list(addresses)
        for start in range(0, len(wanted), _ASKED):
            with self._asking():
                files, base = self._reached
                paths = [f"{base}/{address}" for address in wanted[start : start + _ASKED]]
                found = files.cat([path for path in paths if not _PATTERN.search(path)])
                contents = [found[path] if path in found else files.cat_file(path) for path in paths]
            yield from contents

    def remove(self, addresses: Iterable[str]) -> None:
        """Remove files that are there, and folders that this leaves empty."""
        gone = list(addresses)
        if not gone:
            return
        with self._asking():
            files, base = self._reached
            if plain := [f"{base}/{address}" for address in gone if not _PATTERN.search(address)]:
                files.rm(plain)
            for address in gone:
                if _PATTERN.search(address):
                    files.rm_file(f"{base}/{address}")
            if self.protocol not in WHOLE:
                for folder in sorted({posixpath.dirname(address) for address in gone} - {""}):
                    with contextlib.suppress(OSError):
                        files.rmdir(f"{base}/{folder}")


def content_type(address: str) -> str:
    """The media type of a file by its name; texts are UTF-8."""
    plain = "text/plain" if address.endswith("SHA256SUMS") else "application/octet-stream"
    kind = _TYPES.guess_type(address)[0] or plain
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind in _TEXTS else kind


_TYPES = mimetypes.MimeTypes()
for _end, _kind in (
    (".mjs", "text/javascript"), (".js", "text/javascript"), (".atom", "application/atom+xml"), (".ics", "text/calendar"), (".xml", "application/xml"),
    (".jsonld", "application/ld+json"), (".webmanifest", "application/manifest+json"), (".woff2", "font/woff2"), (".sqlite", "application/vnd.sqlite3"),
    (".md", "text/markdown"), (".sha256", "text/plain"), (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
):  # fmt: skip
    _TYPES.add_type(_kind, _end)
_TEXTS = ("application/json", "application/xml", "application/atom+xml", "application/ld+json", "application/manifest+json")


def _mark(about: Mapping[str, Any]) -> int:
    told = next((about[name] for name in _MARKS if about.get(name) is not None), None)
    return 0 if told is None else int.from_bytes(hashlib.blake2b(str(told).encode(), digest_size=7).digest())


def _put_aside(files: Any, path: str, content: bytes) -> None:
    folder, name = posixpath.split(path)
    aside = f"{folder}/.{name[:80]}.{os.getpid()}.tmp"
    try:
        files.pipe_file(aside, content)
    except FileNotFoundError:
        files.makedirs(folder, exist_ok=True)
        files.pipe_file(aside, content)
    files.mv(aside, path)
