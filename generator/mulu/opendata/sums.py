"""SHA-256 of the data files, in the form of `sha256sum`."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any


def digest(content: bytes) -> str:
    """The checksum of one file."""
    return hashlib.sha256(content).hexdigest()


def lines(known: Mapping[str, str]) -> str:
    """Name → checksum as lines, sorted by name."""
    return "".join(f"{known[name]}  {name}\n" for name in sorted(known))


def sums_bytes(data: Mapping[str, Any], published: Callable[[str], bytes]) -> bytes:
    """`known` checksums, and those of the files in `read` (name → address and digest of its inputs), which workers have written before."""
    found = {name: digest(published(address)) for name, (address, _) in data["read"].items()}
    return lines({**data["known"], **found}).encode()
