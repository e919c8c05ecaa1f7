"""The words of a pdf, as far as it has a text layer; scans are pictures and have none."""

import io
import logging
from collections.abc import Iterator

STREAM_LIMIT = 2 * 1024 * 1024
"""Bytes of page descriptions looked through in one file, some 300 pages of text: a second for every 100 KB."""

PAGE_LIMIT = 1000
"""Pages looked at in one file."""

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what it has to say of odd files is no finding of ours


def pdf_words(content: bytes) -> Iterator[str]:
    """Page by page; nothing from the first page on that is damaged, encrypted or too long."""
    from pypdf import PdfReader  # 0.4 s, and most changes bring no pdf

    left = STREAM_LIMIT
    try:
        for page in list(PdfReader(io.BytesIO(content)).pages)[:PAGE_LIMIT]:
            described = page.get_contents()
            left -= len(described.get_data()) if described is not None else 0
            if left < 0:
                return
            yield page.extract_text()
    except Exception:  # damaged files make it raise many unrelated kinds; all mean: it cannot be looked into
        return
