"""What the overview and the matrix are made of; every form of them is made from these values alone.

Nothing that a page shortens is lost: `key` holds every flow, and a group's cells with the exceptions
of each party say exactly by which methods each column reaches it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from dataflows.maps.shapes import MapFinding
    from dataflows.maps.wording import Wording

METHODS = ("provided", "collected", "contributed", "unstated")
"""In the order in which they stand in a cell."""

Cells = dict[str, tuple[str, ...]]
"""By column the methods by which it reaches a party, in the order of METHODS."""


@dataclass(frozen=True, slots=True)
class Column:
    """An element or a category of elements."""

    id: str
    kind: str
    """`element` or `category`."""
    code: str
    """Unique in the view: lower case for an element, capitals for a category."""
    name: str
    category: str
    sensitivity: str
    """Of a category: that of the most sensitive of its elements that anyone gets."""
    parties: int
    """How many parties it reaches."""
    size: int = 1
    """How many elements a category has in the taxonomy."""
    is_drawn: bool = True
    """False: no group gets it as a whole, so that it stands among the exceptions only."""


@dataclass(frozen=True, slots=True)
class MatrixParty:
    """A party, what reaches it straight from the district or its students, and to whom it passes data on."""

    id: str
    name: str
    kind: str
    shown: str
    """The name on the page: with the id behind it where another party's name differs in case at most."""
    cells: Cells
    adds: Cells
    """What it has besides its group's cells."""
    removes: Cells
    """What it lacks of its group's cells."""
    counts: Mapping[str, int]
    """By column how many elements of it reach the party: 1 for an element."""
    passes_to: tuple[str, ...] = ()
    changes: Mapping[str, Cells] = field(default_factory=dict)
    """What was `added`, `ended` and `changed` since the day compared with."""
    is_new: bool = False
    """Whether it got nothing on the day compared with, so that all of it is `added`."""
    found: Mapping[str, int] = field(default_factory=dict)
    """By severity how many faults an audit finds."""

    @property
    def exceptions(self) -> int:
        """How many marks stand beside its name."""
        return len(self.adds) + len(self.removes)


@dataclass(frozen=True, slots=True)
class MatrixGroup:
    """A row: parties with nearly the same data, and the cells that most of them have."""

    kind: str
    """What its parties share.

    `group`: nearly the same data; `source`: the district or its students, where one gets data from the other;
    `onward`: only others send to them; `sender`: nobody sends to them, they only send;
    `former`: what they got has ended.
    """
    cells: Cells
    parties: tuple[MatrixParty, ...]

    @property
    def is_counted(self) -> bool:
        """Tell whether its parties are among those that get data: a source is not, nor who only sends or sent."""
        return self.kind in ("group", "onward")

    def share_of(self, column: str) -> tuple[int, int]:
        """Return the least and the largest number of a column's elements that a party of the group gets."""
        counts = [party.counts[column] for party in self.parties if party.counts.get(column)]
        return (min(counts), max(counts)) if counts else (0, 0)


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One flow in force, whole."""

    flow: str
    sender: str
    receiver: str
    via: str | None
    elements: tuple[str, ...]
    method: str
    legal_basis: str | None
    purpose: str | None
    agreement: str | None
    starts: date | None
    ends: date | None
    change: str = ""
    """Since the day compared with: `added`, `ended`, `changed`, or nothing."""

    def to_json(self) -> dict[str, Any]:
        """Return it as INTERFACE.md shapes it; `via` stands there where a flow has one."""
        return {
            "flow": self.flow,
            "from": self.sender,
            "to": self.receiver,
            **({"via": self.via} if self.via else {}),
            "elements": list(self.elements),
            "method": self.method,
            "legal_basis": self.legal_basis,
            "purpose": self.purpose,
            "agreement": self.agreement,
            "starts": self.starts.isoformat() if self.starts else None,
            "ends": self.ends.isoformat() if self.ends else None,
            **({"change": self.change} if self.change else {}),
        }


@dataclass(frozen=True, slots=True)
class Coarsening:
    """How far a view was made coarser, so that it can say so."""

    parties: int
    """Those that something reaches straight from the district or its students."""
    exceptions: int
    """The marks beside all names."""
    drawn: int
    """The columns that would be drawn by element."""
    has_little_in_common: bool
    """True: so many exceptions would be needed that each party has a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixView:
    """Who gets what on one day. Names are in the language of its snapshot."""

    view: str
    """`overview` or `matrix`."""
    by: str
    """`element` or `category`: what the columns are."""
    is_full: bool
    """A row a party; otherwise a row a group."""
    as_of: date
    district: str
    district_id: str
    language: str
    wording: Wording
    columns: tuple[Column, ...]
    groups: tuple[MatrixGroup, ...]
    key: tuple[KeyLine, ...]
    letters: Mapping[str, str]
    """The raised letter of each party that another passes data on to."""
    names: Mapping[str, str]
    """How each party is shown, the district and its students among them."""
    elements: Mapping[str, Column]
    """Each element that flows, with the code that the key calls it by."""
    categories: Mapping[str, str]
    unconnected: tuple[str, ...]
    """The names of parties that no flow in force touches."""
    coarsening: Coarsening
    senders: tuple[str, ...] = ()
    """The names of parties from whom data comes back to the district or its students."""
    carriers: tuple[str, ...] = ()
    """The names of those through whose service data runs and who stand in no row."""
    compared_with: date | None = None
    ended: tuple[KeyLine, ...] = ()
    """The flows that were in force on the day compared with, and are not on this one."""
    findings: tuple[MapFinding, ...] | None = None
    """What an audit finds, the most severe first; None where the view does not say."""
    has_key: bool = True
    """Whether the form in which it is shown has the key, so that its words may speak of it."""

    @property
    def counted(self) -> int:
        """How many parties data goes to."""
        return sum(len(group.parties) for group in self.groups if group.is_counted)

    @property
    def parties(self) -> tuple[MatrixParty, ...]:
        """Return everyone, row by row."""
        return tuple(party for group in self.groups for party in group.parties)

    @property
    def drawn(self) -> tuple[Column, ...]:
        """Return the columns that are drawn."""
        return tuple(column for column in self.columns if column.is_drawn)

    def to_json(self) -> dict[str, Any]:
        """Return INTERFACE.md's shape of the overview."""
        tree: dict[str, Any] = {
            "view": self.view,
            "as_of": self.as_of.isoformat(),
            "columns": [{"id": column.id, "kind": column.kind, "code": column.code} for column in self.columns],
            "groups": [
                {"parties": [party.id for party in group.parties], "cells": _cells_json(group.cells)}
                for group in self.groups
            ],
            "exceptions": dict(_exceptions_json(self.parties)),
            "key": [line.to_json() for line in self.key],
        }
        return tree | self.beside_to_json()

    def beside_to_json(self) -> dict[str, Any]:
        """Return what is shown beside the flows of the day: what differs from another day, and what an audit finds."""
        tree: dict[str, Any] = {}
        if self.compared_with:
            parties = sorted(self.parties, key=lambda party: party.id)
            tree["compared_with"] = self.compared_with.isoformat()
            tree["changes"] = {
                party.id: {change: _cells_json(cells) for change, cells in party.changes.items()}
                for party in parties
                if party.changes
            }
            tree["ended"] = [line.to_json() for line in self.ended]
        if self.findings is not None:
            tree["findings"] = [finding._asdict() for finding in self.findings]
        return tree


def _exceptions_json(parties: tuple[MatrixParty, ...]) -> Iterator[tuple[str, Any]]:
    for party in sorted(parties, key=lambda party: party.id):
        if party.exceptions:
            yield party.id, {"add": _cells_json(party.adds), "remove": _cells_json(party.removes)}


def _cells_json(cells: Cells) -> dict[str, list[str]]:
    return {column: list(methods) for column, methods in cells.items()}
