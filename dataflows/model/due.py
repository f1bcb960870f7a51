"""What falls due on a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that falls due on a day, and what it is about."""

    day: date
    what: str
    kind: str
    id: str
    topic: str
    """What kind of thing falls due: `agreement-ends`, `deletion`, ..."""
    citation: str | None = None
    overdue: bool = False
    part: str = ""
    """Tells items of one topic and subject apart, such as the products of a vendor."""
    is_open: bool = False
    """Can be met now already, so it is listed however far off its last day is."""
    certain: bool = True
    """False: the law or its day was not read, or is arguable."""

    def to_json(self) -> dict[str, Any]:
        """Return the row for `--format json`."""
        subject = {"kind": self.kind, "id": self.id}
        row = {"day": self.day.isoformat(), "topic": self.topic, "what": self.what, "subject": subject}
        return {**row, "citation": self.citation, "certain": self.certain, "overdue": self.overdue}
