"""Text out of a PDF, page by page, without the lines that every page repeats.

A file that can't be read says so in a sentence: encrypted, broken, or pictures of pages.
"""

from __future__ import annotations

import io
import logging
import re
import time
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dataflows.sources.document_blocks import Block, UnreadableDocumentError
from dataflows.sources.pdf_columns import read_page
from dataflows.sources.plain_text import Line, join_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PdfReader

MOST_PAGES = 3000
MOST_SECONDS = 120.0
"""A handbook of 500 pages takes a tenth of this; what takes longer is no handbook."""
_LOCKED = "This PDF is encrypted. Save it without a password and check that one."
_FEWEST_LETTERS = 40
"""Below this a whole document is taken for a scan: a stamp or a page number is no notice."""


_STOPS = (".", ";", ":", ",", "!", "?")
"""A line that ends so is a sentence, and no head of a page."""
_PAGE_NUMBER = re.compile(
    r"(?:(?:page|p\.|p[aá]gina)\s*)?[-–]?\s*\d{1,4}\s*[-–]?(?:\s*(?:of|de|/)\s*\d+)?", re.IGNORECASE
)


def read_pdf(data: bytes, file: str) -> tuple[tuple[Block, ...], int, bool]:
    """Return the blocks of a PDF, the number of its pages and whether it is tagged; raises UnreadableDocumentError."""
    with _silence("pypdf"):
        pages, tagged = _pages_of(data, file)
    letters = sum(sum(map(str.isalpha, page)) for page in pages)
    if letters < _FEWEST_LETTERS:
        raise UnreadableDocumentError(
            file, "This PDF has pictures of pages and no text (a scan). Run text recognition (OCR) on it first."
        )
    lines = [
        Line(line, page=number) for number, page in enumerate(_without_running_lines(pages), start=1) for line in page
    ]
    return tuple(join_lines(lines)), len(pages), tagged


def _pages_of(data: bytes, file: str) -> tuple[list[str], bool]:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = _unlocked(PdfReader(io.BytesIO(data), strict=False), file)
        return _texts_of(reader, file), "/StructTreeRoot" in reader.root_object
    except UnreadableDocumentError:
        raise
    except DependencyError as fault:  # what decrypts AES is not installed
        raise UnreadableDocumentError(file, _LOCKED) from fault
    except (PyPdfError, ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError) as fault:
        # A broken file makes the reader stumble in all of these ways.
        raise UnreadableDocumentError(file, "This PDF is broken or cut off; it can't be read.") from fault
    except (RecursionError, MemoryError) as fault:
        raise UnreadableDocumentError(file, "This PDF is made so that no program can read it.") from fault


def _unlocked(reader: PdfReader, file: str) -> PdfReader:
    """Return the reader of a PDF that opens without a password; many are locked against changes only."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableDocumentError(file, _LOCKED)
    return reader


def _texts_of(reader: PdfReader, file: str) -> list[str]:
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise UnreadableDocumentError(
            file, f"This PDF has {count} pages; at most {MOST_PAGES} are read. Cut out those with the notice."
        )
    started = time.monotonic()
    texts: list[str] = []
    for page in reader.pages:
        if time.monotonic() - started > MOST_SECONDS:
            raise UnreadableDocumentError(
                file, f"This PDF takes too long to read; {len(texts)} of {count} pages were read. Cut it into parts."
            )
        texts.append(read_page(page))
    if not texts:
        raise UnreadableDocumentError(file, "This PDF has no pages.")
    return texts


def _without_running_lines(pages: list[str]) -> Iterator[list[str]]:
    """Yield the lines of each page without heads, feet and page numbers."""
    split = [[line for line in page.splitlines() if line.strip()] for page in pages]
    seen = Counter(shape for lines in split for shape in {_shape(line) for line in [*lines[:2], *lines[-2:]]})
    running = {
        shape for shape, times in seen.items() if times >= 3 and times * 3 >= len(pages) and not shape.endswith(_STOPS)
    }
    for lines in split:
        last = len(lines) - 2
        yield [
            line
            for number, line in enumerate(lines)
            if not ((number < 2 or number >= last) and (_shape(line) in running or _is_page_number(line)))
        ]


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()).casefold())


def _is_page_number(line: str) -> bool:
    return (
        re.fullmatch(
            r"\s*(?:(?:page|p\.|p[aá]gina)\s*)?[-–]?\s*\d{1,4}\s*[-–]?(?:\s*(?:of|de|/)\s*\d+)?\s*", line, re.IGNORECASE
        )
        is not None
    )


@contextmanager
def _silence(name: str) -> Iterator[None]:
    """Keep a library's remarks about a faulty file from the user's screen."""
    logger = logging.getLogger(name)
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)
