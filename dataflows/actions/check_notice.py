"""Checks anybody's annual notice against 34 CFR 99.7; a catalog only tells which languages families speak."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dataflows.checking.notice_check import check_document
from dataflows.rules.case import Case
from dataflows.sources.document_text import read_document, read_document_bytes

if TYPE_CHECKING:
    from datetime import date

    from dataflows.checking.notice_check import NoticeCheck
    from dataflows.model.snapshot import Snapshot


def check_notice(
    file: str, *, day: date, content: bytes | None = None, snapshot: Snapshot | None = None
) -> NoticeCheck:
    """Return what a notice states on a day; `content` stands for the file's bytes where it came by a pipe.

    With a `snapshot`, the languages of the district's families are looked at too (99.7(b)(2)).  Raises
    UnreadableDocumentError.
    """
    document = read_document(Path(file)) if content is None else read_document_bytes(content, file)
    return check_document(document, day, _unserved(snapshot) if snapshot else ())


def _unserved(snapshot: Snapshot) -> list[str]:
    """Return the languages spoken at home in which no annual notice of the school year is recorded."""
    district = snapshot.district
    given = Case.of(snapshot).notices_for_year("annual")
    served = {tag.partition("-")[0] for row in given for tag in row.languages or (district.first_language,)}
    return [tag for tag in district.home_languages if tag.partition("-")[0] not in served]


def render_check(checked: NoticeCheck) -> bytes:
    """Return the page about a checked notice."""
    from dataflows.reporting.checked_notice import render_checked_notice

    return render_checked_notice(checked).encode()
