"""Where the record behind each finding stands: its row in the pack's files, and the entry of the log that set it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dataflows.model.lists import BY_KIND, BY_NAME
from dataflows.reporting.audit_facts import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dataflows.catalog.log import Entry
    from dataflows.catalog.snapshots import Bodies
    from dataflows.model.findings import Finding

FIRST_ROW = 2
"""The first row below the headings, as a spreadsheet counts."""


def number_rows(bodies: Bodies) -> dict[tuple[str, str], int]:
    """Return by list and id the row of each record in the file of its list."""
    return {
        (name, id): place
        for name, rows in bodies.items()
        if name in BY_NAME
        for place, (id, _body) in enumerate(rows, FIRST_ROW)
    }


def places_of(
    bodies: Bodies, log: Sequence[Entry], recorders: Mapping[tuple[str, str], int]
) -> Callable[[Finding], Place | None]:
    """Return what tells the place of a finding's record; None for a record that is not in the catalog."""
    rows = number_rows(bodies)
    trees = {(name, id): body for name, found in bodies.items() for id, body in found}
    entries = {entry.number: entry for entry in log}

    def place_of(finding: Finding) -> Place | None:
        key = (BY_KIND[finding.subject.kind].name, finding.subject.id)
        if key not in rows:
            return None
        entry = entries.get(recorders.get(key, 0))
        return Place(
            file=f"{key[0]}.csv",
            row=rows[key],
            entry=entry.number if entry else None,
            at=entry.at if entry else "",
            by=entry.by if entry else "",
            sources=tuple(_source(source) for source in trees[key].get("sources", ())),
        )

    return place_of


def _source(source: Mapping[str, Any]) -> str:
    """Return in one line where a fact was written, as the district noted it."""
    seen = f"seen on {source['seen']}" if source.get("seen") else None
    return ", ".join(str(part) for part in (source.get("title"), source.get("url"), seen) if part)
