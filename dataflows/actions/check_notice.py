"""Checks anybody's annual notice against 34 CFR 99.7; needs no catalog."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dataflows.checking.notice_check import check_document
from dataflows.sources.document_text import read_document, read_document_bytes

if TYPE_CHECKING:
    from datetime import date

    from dataflows.checking.notice_check import NoticeCheck


def check_notice(file: str, *, day: date, content: bytes | None = None) -> NoticeCheck:
    """Return what a notice states on a day; `content` stands for the file's bytes where it came by a pipe.

    Raises UnreadableDocumentError.
    """
    document = read_document(Path(file)) if content is None else read_document_bytes(content, file)
    return check_document(document, day)


def render_check(checked: NoticeCheck) -> bytes:
    """Return the page about a checked notice."""
    from dataflows.reporting.checked_notice import render_checked_notice

    return render_checked_notice(checked).encode()
