"""When an element arrives at a party, and what a party still keeps of what it was sent.

An element arrives on the first day on which a flow that carries it is in force from a sender where
it has arrived; at the district and the students it always has.  What a flow brought is kept while
the flow is in force, then until its retention runs out (none stated: for ever), and never from the
day of destruction on.  What the sender has destroyed since doesn't matter (INTERFACE.md, Words).
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from dataflows.graph.edges import ALWAYS, NEVER, Edge, Load, Search
from dataflows.graph.trails import first_trail

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from dataflows.model.taxonomy import Taxonomy

Steps = dict[str, list[tuple[str, int]]]
"""By party, the days on which something arrived there, ascending, and the bits that did."""


class Keeper(NamedTuple):
    """A party that holds nothing asked about on the day, and what it may still have."""

    party: str
    bits: int
    edges: list[Edge]
    path: tuple[str, ...]
    """The chain of the earliest arrival by a flow whose load is still kept."""


def find_arrivals(
    edges: Iterable[Edge],
    asked: Sequence[str],
    taxonomy: Taxonomy,
    sources: Collection[str],
    *,
    last: date | None = None,
) -> dict[tuple[str, str], str]:
    """Return the day (ISO text) on which each element arrived at each party, up to the day `last`.

    The empty text stands for before the records began. The sources are left out. Elements that
    no flow names are left out where a broader one is there.
    """
    search = Search(edges, asked, taxonomy, sources)
    steps = trace_arrivals(search, last.isoformat() if last else NEVER)
    return {
        (party, search.elements[number]): day
        for party, arrived in sorted(steps.items())
        if party not in search.sources
        for day, bits in arrived
        for number in search.numbers_in(bits)
    }


def trace_arrivals(search: Search, last: str) -> Steps:
    """Search by earliest arrival over time: whoever has an element sooner can only pass it on sooner."""
    leaving: dict[str, list[Load]] = {}
    for load in search.loads:
        leaving.setdefault(load.edge.sender, []).append(load)
    steps: Steps = {}
    here: dict[str, int] = {}
    waiting = [(ALWAYS, source, search.everything) for source in search.sources]
    while waiting:
        day, party, bits = heappop(waiting)
        fresh = bits & ~here.get(party, 0)
        if not fresh:
            continue
        here[party] = here.get(party, 0) | fresh
        steps.setdefault(party, []).append((day, fresh))
        for edge, carried in leaving.get(party, ()):
            moved = carried & fresh & ~here.get(edge.receiver, 0)
            arrives = max(day, edge.starts or ALWAYS)
            if moved and arrives <= last and arrives <= (edge.ends or NEVER):
                heappush(waiting, (arrives, edge.receiver, moved))
    return steps


def find_keepers(search: Search, day: str, held: Mapping[str, int]) -> list[Keeper]:
    """Return who holds nothing on the day (`held` has no bits of theirs) and still keeps something."""
    kept = [load for load in search.loads if load.edge.receiver not in held and is_kept(load.edge, day)]
    if not kept:
        return []
    steps = trace_arrivals(search, day)
    brought: dict[str, list[tuple[Load, int, str]]] = {}
    for load in kept:
        for arrived, bits in steps.get(load.edge.sender, ()):
            if bits & load.bits and arrived <= (load.edge.ends or NEVER):
                found = (load, bits & load.bits, max(arrived, load.edge.starts or ALWAYS))
                brought.setdefault(load.edge.receiver, []).append(found)
    entering = _entering(search) if brought else {}
    return [_keeper(search, party, loads, entering) for party, loads in brought.items()]


def is_kept(edge: Edge, day: str) -> bool:
    """Tell whether a flow had begun by the day, and what it may have brought is still kept."""
    if (edge.starts or ALWAYS) > day or (edge.destroyed or NEVER) <= day:
        return False
    return not edge.ends or edge.retention_days is None or day <= edge.ends or day <= edge.kept_until()


def _entering(search: Search) -> dict[str, list[Load]]:
    entering: dict[str, list[Load]] = {}
    for load in search.loads:
        entering.setdefault(load.edge.receiver, []).append(load)
    return entering


def _keeper(
    search: Search, party: str, brought: list[tuple[Load, int, str]], entering: Mapping[str, list[Load]]
) -> Keeper:
    """Put together what is kept, and the chain of its earliest arrival, then fewest flows, then first by id."""
    earliest = min(day for _, _, day in brought)
    everything = first = 0
    for _, bits, day in brought:
        everything |= bits
        first |= bits if day == earliest else 0
    edges = {load.edge.flow: load.edge for load, _, _ in brought}
    last_hops = [load for load, _, _ in brought]
    trails = (
        first_trail(party, earliest, 1 << number, last_hops, entering, search.sources)
        for number in search.numbers_in(first)
    )
    path = min(trails, key=lambda trail: (len(trail), trail))
    return Keeper(party, everything, list(edges.values()), path)
