"""`cut`: the fewest flows to end so that no element asked for reaches one party from another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dataflows.actions.holds import resolve_words
from dataflows.errors import UnknownIdError, UsageError
from dataflows.graph.cut import find_cut
from dataflows.graph.edges import Search
from dataflows.graph.network import edges_of
from dataflows.model.audiences import students_of
from dataflows.model.kinds import nearest
from dataflows.model.parties import STUDENTS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dataflows.model.flows import Flow
    from dataflows.model.snapshot import Snapshot

WEIGHTS = ("flows", "students", "elements")
"""What is to be least: the number of flows, of students whose flows end, or of elements that end."""
_KINDS = ("district", "party", "vendor")


@dataclass(frozen=True, slots=True)
class CutFlow:
    """A flow to end, as a reader needs it."""

    id: str
    sender: str
    receiver: str
    elements: tuple[str, ...]
    agreement: str | None
    weight: int
    is_counted: bool
    """False: how many students it concerns is not known, so it was taken to be all that are known of."""


@dataclass(frozen=True, slots=True)
class CutAnswer:
    """Which flows to end, and which agreements would have to change with them."""

    elements: tuple[str, ...]
    start: str
    end: str
    as_of: date
    weight: str
    flows: tuple[CutFlow, ...]
    reachable_before: bool
    exact: bool

    @property
    def agreements(self) -> tuple[str, ...]:
        """Return the agreements of the flows to end, by id."""
        return tuple(sorted({flow.agreement for flow in self.flows if flow.agreement}))

    @property
    def not_counted(self) -> tuple[str, ...]:
        """Return the flows of which it isn't known how many students they concern."""
        return tuple(flow.id for flow in self.flows if not flow.is_counted)

    def to_json(self) -> dict[str, Any]:
        """Return the answer as INTERFACE.md shapes it; `weight` is there where one was asked for."""
        answer = {
            "elements": list(self.elements),
            "from": self.start,
            "to": self.end,
            "flows": [flow.id for flow in self.flows],
            "agreements": list(self.agreements),
            "reachable_before": self.reachable_before,
            "exact": self.exact,
        }
        if self.weight == WEIGHTS[0]:
            return answer
        total = sum(flow.weight for flow in self.flows)
        return answer | {"weight": {"by": self.weight, "total": total, "not_known": list(self.not_counted)}}


def cut(snapshot: Snapshot, words: Sequence[str], start: str, end: str, *, weight: str = "flows") -> CutAnswer:
    """Answer for a snapshot's day; raises UnknownIdError, UsageError.

    The district as `start` stands for its students too; any other start is taken to have the
    elements. Chains may go through the district like through any party.
    """
    if weight not in WEIGHTS:
        raise UsageError(f"There is no weight called {weight!r}. The weights are: {', '.join(WEIGHTS)}.")
    start, end = _party(snapshot, start), _party(snapshot, end)
    starts = {start, STUDENTS} if start == snapshot.district.id else {start}
    if end in starts:
        both = "are the same party" if start == end else "are one start: the district stands for its students too"
        raise UsageError(f"{start!r} and {end!r} {both}, so there is nothing to cut between them.")
    elements = resolve_words(snapshot.taxonomy, words)
    search = Search(edges_of(snapshot, all_days=False), elements, snapshot.taxonomy, starts)
    weights = None if weight == WEIGHTS[0] else _weights(snapshot, weight)
    found = find_cut(search, end, snapshot.valid_on.isoformat(), weights=weights)
    flows = tuple(_row(snapshot, snapshot.all_flows[id], weight) for id in found.flows)
    return CutAnswer(
        elements,
        start,
        end,
        snapshot.valid_on,
        weight,
        flows,
        reachable_before=found.reachable_before,
        exact=found.exact,
    )


def _party(snapshot: Snapshot, word: str) -> str:
    """Return the party of an id; `vendor/zoom` says the same as `zoom`."""
    kind, slash, rest = word.partition("/")
    id = rest if slash and kind in _KINDS else word
    known = {snapshot.district.id, STUDENTS, *snapshot.vendors, *snapshot.parties}
    if id not in known:
        raise UnknownIdError("party", id, nearest(id, known))
    return id


def _weights(snapshot: Snapshot, weight: str) -> dict[str, int]:
    return {flow.id: _weigh(snapshot, flow, weight)[0] for flow in snapshot.flows}


def _weigh(snapshot: Snapshot, flow: Flow, weight: str) -> tuple[int, bool]:
    """Return a flow's weight, and whether it is known.

    A number of students that isn't known counts as all students that are known of, so such a flow
    is ended last; where no school states a number, every flow counts 1.
    """
    if weight == "elements":
        narrower = (snapshot.taxonomy.narrower_than(element) or (element,) for element in flow.elements)
        return len({id for ids in narrower for id in ids}), True
    if weight == "students":
        count = students_of([flow.audience], snapshot.schools)
        everybody = sum(school.students or 0 for school in snapshot.schools.values())
        return (max(everybody, 1), False) if count is None else (count, True)
    return 1, True


def _row(snapshot: Snapshot, flow: Flow, weight: str) -> CutFlow:
    size, is_counted = _weigh(snapshot, flow, weight)
    return CutFlow(
        id=flow.id,
        sender=snapshot.sender_of(flow),
        receiver=flow.receiver,
        elements=flow.elements,
        agreement=flow.agreement,
        weight=size,
        is_counted=is_counted,
    )
