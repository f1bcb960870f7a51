"""What each flow has brought its receiver that is there on a day: still coming, or still kept.

The same meaning of holding and retaining as `reach` and `arrivals`, told flow by flow instead of
party by party: a document for families says by which flow each thing came.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dataflows.graph.arrivals import is_kept, trace_arrivals
from dataflows.graph.edges import ALWAYS, NEVER, Edge
from dataflows.graph.reach import spread_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.graph.edges import Search


class Standing(NamedTuple):
    """One flow, and bits of the search: what it brings on the day, and what it brought and is kept."""

    edge: Edge
    coming: int
    kept: int
    """Beyond what comes on the day by any flow."""


def find_standings(search: Search, day: str) -> list[Standing]:
    """Return each flow into a party that isn't a source by which something is there on a day, by id."""
    held = spread_on(search, day).held
    arrived = trace_arrivals(search, day)
    standings: list[Standing] = []
    for load in sorted(search.loads):
        edge, bits = load
        if edge.receiver in search.sources:
            continue
        coming = bits & held.get(edge.sender, 0) if edge.is_in_force(day) else 0
        kept = 0
        if is_kept(edge, day):
            for came, some in arrived.get(edge.sender, ()):
                kept |= some & bits if came <= (edge.ends or NEVER) else 0
        kept &= ~held.get(edge.receiver, 0)
        if coming or kept:
            standings.append(Standing(edge, coming, kept))
    return standings


def follow(standings: list[Standing], party: str) -> Iterator[tuple[Edge, int]]:
    """Yield the flows by which what comes to a party goes on from it, nearest first, with what they carry."""
    leaving: dict[str, list[Standing]] = {}
    for standing in standings:
        leaving.setdefault(standing.edge.sender, []).append(standing)
    has = {party: 0}
    for standing in standings:
        has[party] |= standing.coming if standing.edge.receiver == party else 0
    waiting = [(party, has[party])]
    passed: dict[str, tuple[Edge, int]] = {}
    while waiting:
        sender, bits = waiting.pop(0)
        for edge, coming, _ in leaving.get(sender, ()):
            moved = coming & bits
            if not moved or edge.receiver == party:
                continue
            passed[edge.flow] = (edge, passed.get(edge.flow, (edge, 0))[1] | moved)
            fresh = moved & ~has.get(edge.receiver, 0)
            if fresh:
                has[edge.receiver] = has.get(edge.receiver, 0) | fresh
                waiting.append((edge.receiver, fresh))
    yield from passed.values()


__all__ = ["ALWAYS", "Standing", "find_standings", "follow"]
