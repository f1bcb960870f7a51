"""The rows of the page on its own day: what each party gets, by category and by how it gets there.

The page's script reckons the same for any day and any choice; a test holds the two together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dataflows.maps.page.shapes import MARKS, SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.maps.page.shapes import PageFlow, PageParty, PageView


class PageCell(NamedTuple):
    """What a party gets of one category."""

    column: int
    marks: tuple[str, ...]
    """In the order of MARKS."""
    amount: int
    """How many of its elements."""


class PageRow(NamedTuple):
    """A party on the day."""

    party: PageParty
    cells: tuple[PageCell, ...]
    bases: tuple[str, ...]
    passes_to: tuple[str, ...]
    """The names of those to whom it passes data on."""
    findings: tuple[int, ...]
    """How many findings of each severity."""

    @property
    def is_counted(self) -> bool:
        """Tell whether it is one of the parties that get data, as the overview counts them."""
        return bool(self.cells) and not self.party.is_source


def rows_of(view: PageView) -> tuple[PageRow, ...]:
    """Return a row for each party that gets or passes on data on the page's day, like beside like."""
    incoming: dict[int, list[PageFlow]] = {}
    outgoing: dict[int, set[int]] = {}
    for flow in view.flows:
        if flow.is_in_force(view.as_of):
            incoming.setdefault(flow.receiver, []).append(flow)
            if not view.parties[flow.sender].is_source:
                outgoing.setdefault(flow.sender, set()).add(flow.receiver)
    counts: dict[str, list[int]] = {}
    for finding in view.findings:
        counts.setdefault(finding.party, [0] * len(SEVERITIES))[SEVERITIES.index(finding.severity)] += 1
    return tuple(
        PageRow(
            party=party,
            cells=tuple(_cells(view, incoming.get(place, []))),
            bases=tuple(sorted({flow.basis for flow in incoming.get(place, ()) if flow.basis})),
            passes_to=tuple(sorted(view.parties[other].name for other in outgoing.get(place, ()))),
            findings=tuple(counts.get(party.id, [0] * len(SEVERITIES))),
        )
        for place, party in enumerate(view.parties)
        if place in incoming or place in outgoing
    )


def _cells(view: PageView, flows: list[PageFlow]) -> Iterator[PageCell]:
    marks: dict[int, set[str]] = {}
    elements: dict[int, set[int]] = {}
    for flow in flows:
        mark = flow.method if view.parties[flow.sender].is_source else "passed"
        for element in flow.elements:
            column = view.elements[element].column
            marks.setdefault(column, set()).add(mark)
            elements.setdefault(column, set()).add(element)
    for column in sorted(marks):
        yield PageCell(column, tuple(mark for mark in MARKS if mark in marks[column]), len(elements[column]))
