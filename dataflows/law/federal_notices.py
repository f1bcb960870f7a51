"""What federal law wants every family told, and when, from schemas/law/federal-notices.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dataflows.law.documents import read_law
from dataflows.law.state_law import When
from dataflows.model.periods import Period

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class FederalNotice:
    """One notice that families are owed."""

    kind: str
    """The kind of document that gives it."""
    says: str
    citation: str
    applies: str
    """`always`, `directory-information` (where some is designated), `secondary-schools` (with ESEA money)."""
    when: When
    period: Period
    certain: bool


def federal_notices(day: date) -> tuple[FederalNotice, ...]:
    """Return the notices that were owed on a day."""
    return tuple(notice for notice in whole_federal_notices() if day in notice.period)


@cache
def whole_federal_notices() -> tuple[FederalNotice, ...]:
    """Return those of every day."""
    return tuple(
        FederalNotice(
            kind=row["kind"],
            says=row["says"],
            citation=row["citation"],
            applies=row["applies"],
            when=When(**row["when"]),
            period=Period(row.get("from"), row.get("until")),
            certain=row["certain"],
        )
        for row in read_law("federal-notices")["notices"]
    )
