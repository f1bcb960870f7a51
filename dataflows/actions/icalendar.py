"""What falls due, as a calendar file that any calendar program subscribes to (RFC 5545).

An entry keeps its UID while its day moves, so a calendar that reads the file again moves it too.
"""

from __future__ import annotations

from datetime import UTC, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from dataflows.model.due import Due

_OCTETS = 75
"""The longest a line may be, its end left out (RFC 5545, 3.1)."""


def format_ics(due: Iterable[Due], *, district: str, name: str, stamped: datetime) -> str:
    """Return an iCalendar text, one whole day an entry, with CRLF at the ends of lines.

    `district` is its id, which makes UIDs differ between districts; `name` is shown as the
    calendar's; `stamped` is the moment of writing, with a zone.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//dataflows//due//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escape(name)}",
    ]
    stamp = stamped.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    seen: dict[str, int] = {}
    for item in due:
        key = "\n".join((district, item.kind, item.id, item.topic, item.part))
        seen[key] = seen.get(key, 0) + 1
        uid = sha256(f"{key}\n{seen[key]}".encode()).hexdigest()[:32]
        lines += _event(item, f"{uid}@dataflows", stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _fold(line))


def _event(item: Due, uid: str, stamp: str) -> list[str]:
    where = f"{item.kind}/{item.id}"
    about = f"{where} ({item.citation})" if item.citation else where
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{item.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{item.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escape(item.what)}",
        f"DESCRIPTION:{_escape(about)}",
        f"CATEGORIES:{_escape(item.topic)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escape(text: str) -> str:
    """Escape a text value (RFC 5545, 3.3.11); other line breaks would end the line for some readers."""
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,")):
        text = text.replace(plain, escaped)
    return "\\n".join(text.splitlines())


def _fold(line: str) -> Iterator[str]:
    """Break a line after at most 75 octets, never within a character; the rest begins with a space."""
    part, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _OCTETS:
            yield part
            part, size = " ", 1
        part += character
        size += octets
    yield part
