"""What the office is told beside a posting: what of its law nobody has read in a source, and what did not hold yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.law.state_law import whole_state_law

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dataflows.law.state_law import Posting


def cautions_of(posting: Posting, day: date) -> tuple[str, ...]:
    """Return sentences for the office; families' texts have none of them."""
    return tuple(_cautions(posting, day))


def _cautions(posting: Posting, day: date) -> Iterator[str]:
    if day not in posting.period:
        first, last = posting.period.first_day, posting.period.last_day
        yield f"by our records {posting.cite} held from {first or 'the beginning'} until {last or 'now'}, not on {day}."
    if not posting.certain:
        yield f"that {posting.cite} asks for this was not read in a source, or can be read otherwise. Ask counsel."
    for field in posting.fields:
        if not field.certain:
            yield f"that {posting.cite} asks for this was not read in a source: {field.says} Ask counsel."
    for entry in whole_state_law(posting.id[:2].upper()).calendar:
        if entry.cite == posting.cite and not entry.certain and day in entry.period:
            yield f"the day of this was not read in a source: {entry.says} Ask counsel."
