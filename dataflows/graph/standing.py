"""What each flow has brought its receiver that is there on a day: still coming, or still kept.

The same meaning of holding and retaining as `reach` and `arrivals`, told flow by flow instead of
party by party: a document for families says by which flow each thing came.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dataflows.graph.arrivals import is_kept, trace_arrivals
from dataflows.graph.edges import NEVER, Edge
from dataflows.graph.reach import spread_on

if TYPE_CHECKING:
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
