"""What a party held or retained on any day from one day to another: what a breach there exposes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dataflows.graph.arrivals import trace_arrivals
from dataflows.graph.edges import ALWAYS, NEVER, Edge, Search
from dataflows.graph.reach import spread_on

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    from dataflows.model.taxonomy import Taxonomy


class Keeping(NamedTuple):
    """What one flow brought a party, and the days (ISO texts) on which the party had it."""

    edge: Edge
    elements: tuple[str, ...]
    """By id, without those that a broader one among them covers."""
    since: str
    """ALWAYS ("") stands for before the records began."""
    until: str
    """NEVER ("~") stands for no end."""


class Span(NamedTuple):
    """All that a party had on some day asked about."""

    elements: tuple[str, ...]
    """By id, without those that a broader one among them covers."""
    keepings: tuple[Keeping, ...]
    """By flow, then by their first day."""


def held_or_retained(
    edges: Iterable[Edge],
    party: str,
    taxonomy: Taxonomy,
    sources: Collection[str],
    *,
    first: date,
    last: date,
) -> Span:
    """Return what a party held or retained on at least one day from `first` to `last`.

    `edges` are all flows of one district. A source holds and retains nothing.
    """
    edges = list(edges)
    named = sorted({element for edge in edges for element in edge.elements})
    search = Search(edges, named, taxonomy, sources)
    days = (first.isoformat(), last.isoformat())
    found = [] if party in search.sources else [*_kept(search, party, *days), *_given_again(search, party, *days)]
    everything = 0
    keepings: set[Keeping] = set()
    for edge, bits, since, until in found:
        everything |= bits
        keepings.add(Keeping(edge, search.elements_in(bits), since, until))
    ordered = sorted(keepings, key=lambda keeping: (keeping.edge.flow, keeping.since, keeping.elements))
    return Span(search.elements_in(everything), tuple(ordered))


_Found = tuple[Edge, int, str, str]


def _kept(search: Search, party: str, first: str, last: str) -> Iterator[_Found]:
    """What a flow brought is there from its arrival to the last day on which it is kept."""
    steps = trace_arrivals(search, last)
    for edge, carried in search.loads:
        until = edge.kept_until() if edge.receiver == party else ALWAYS
        for arrived, bits in steps.get(edge.sender, ()) if until >= first else ():
            since = max(arrived, edge.starts or ALWAYS)
            if bits & carried and arrived <= (edge.ends or NEVER) and since <= min(until, last):
                yield edge, bits & carried, since, until


def _given_again(search: Search, party: str, first: str, last: str) -> Iterator[_Found]:
    """A flow may go on after a recorded destruction: its receiver holds on, while it is in force.

    Who holds what changes for the better only on days on which a flow begins.
    """
    edges = [load for load in search.loads if load.edge.receiver == party and load.edge.destroyed]
    if not any((edge.destroyed or NEVER) <= min(edge.ends or NEVER, last) for edge, _ in edges):
        return
    begun = {load.edge.starts for load in search.loads if load.edge.starts}
    for day in sorted({first, *(start for start in begun if first < start <= last)}):
        held = spread_on(search, day).held
        for edge, bits in edges:
            brought = bits & held.get(edge.sender, 0)
            if brought and edge.is_in_force(day) and (edge.destroyed or NEVER) <= (edge.ends or NEVER):
                yield edge, brought, max(day, edge.destroyed or day), edge.ends or NEVER
