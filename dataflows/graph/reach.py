"""Who holds an element on a day, by which chain, and who may still retain it.

This is the one meaning of holding and retaining; every command, rule and document asks here.
The words are INTERFACE.md's.  A chain is followed for each single element: every hop must carry
that one.  All elements are followed at once, as bits, level by level, so cycles and chains of any
length end, and the first chain to arrive is the shortest and the first by id.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dataflows.graph.arrivals import find_keepers
from dataflows.graph.edges import NEVER, Edge, Search

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from dataflows.model.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Holding:
    """A party that some of the elements asked about reach, or that may still have them."""

    party: str
    elements: tuple[str, ...]
    """By id, without those that a broader one among them covers."""
    path: tuple[str, ...]
    """One shortest chain of parties from a source, the first by id."""
    flows: tuple[str, ...]
    legal_bases: tuple[str, ...]
    agreements: tuple[str, ...]
    until: date | None = None
    """Of what is retained: the last day by what is recorded; None has no end."""

    @property
    def hops(self) -> int:
        """Return the number of flows from the source."""
        return len(self.path) - 1

    @property
    def direct(self) -> bool:
        """Tell whether it comes straight from the district or its students."""
        return self.hops == 1


@dataclass(frozen=True, slots=True)
class Reach:
    """Who holds and who retains, each by hops and party; nobody is in both."""

    holders: tuple[Holding, ...]
    retained: tuple[Holding, ...]


@dataclass(slots=True)
class Spread:
    """How far the elements get on one day: what each party has, and its best chain."""

    held: dict[str, int]
    """Bits by party; the sources have everything."""
    first: dict[str, int]
    """By party, the number of the chain that reaches it first."""
    chains: list[tuple[int, str]]
    """A chain is the number of the chain before it and one party more; -1 comes before a source."""

    def path_to(self, party: str) -> tuple[str, ...]:
        """Return the parties of the first chain, from its source."""
        path: list[str] = []
        number = self.first[party]
        while number >= 0:
            number, here = self.chains[number]
            path.append(here)
        return tuple(reversed(path))


def find_holders(
    edges: Iterable[Edge], asked: Sequence[str], taxonomy: Taxonomy, sources: Collection[str], day: date
) -> Reach:
    """Return who holds and who may still retain any of the elements asked about on a day.

    `edges` are all flows of one district that carry one of them, ended ones too; a flow that
    carries none does no harm. `sources` are the district and its students.
    """
    search = Search(edges, asked, taxonomy, sources)
    today = day.isoformat()
    spread = spread_on(search, today)
    return Reach(_holders(search, spread, today), _retained(search, spread, today))


def spread_on(search: Search, day: str) -> Spread:
    """Follow the flows in force on a day from the sources, all elements at once."""
    leaving: dict[str, list[tuple[str, int]]] = {}
    for edge, bits in search.loads:
        if edge.is_in_force(day):
            leaving.setdefault(edge.sender, []).append((edge.receiver, bits))
    spread = Spread(dict.fromkeys(search.sources, search.everything), {}, [])
    level: list[tuple[int, str, int]] = []
    for number, source in enumerate(search.sources):
        spread.chains.append((-1, source))
        level.append((number, source, search.everything))
    while level:
        level = _next_level(level, leaving, spread)
    return spread


def _next_level(
    level: list[tuple[int, str, int]], leaving: dict[str, list[tuple[str, int]]], spread: Spread
) -> list[tuple[int, str, int]]:
    """Go one flow further from chains in the order of their paths; keep what is new, in that order."""
    found: list[tuple[int, str, int]] = []
    for chain, sender, arrived in level:
        reached: dict[str, int] = {}
        for receiver, bits in leaving.get(sender, ()):
            fresh = bits & arrived & ~spread.held.get(receiver, 0)
            if fresh:
                reached[receiver] = reached.get(receiver, 0) | fresh
        for receiver in sorted(reached):
            spread.held[receiver] = spread.held.get(receiver, 0) | reached[receiver]
            spread.first.setdefault(receiver, len(spread.chains))
            found.append((len(spread.chains), receiver, reached[receiver]))
            spread.chains.append((chain, receiver))
    return found


def _holders(search: Search, spread: Spread, day: str) -> tuple[Holding, ...]:
    bringing: dict[str, list[Edge]] = {party: [] for party in spread.first}
    for edge, bits in search.loads:
        if edge.receiver in bringing and bits & spread.held.get(edge.sender, 0) and edge.is_in_force(day):
            bringing[edge.receiver].append(edge)
    holdings = (
        _holding(party, search.elements_in(spread.held[party]), spread.path_to(party), edges)
        for party, edges in bringing.items()
    )
    return _sorted(holdings)


def _retained(search: Search, spread: Spread, day: str) -> tuple[Holding, ...]:
    keepers = find_keepers(search, day, spread.held)
    holdings: list[Holding] = []
    for keeper in keepers:
        elements = search.elements_in(keeper.bits)
        last = max(edge.kept_until() for edge in keeper.edges)
        until = None if last == NEVER else date.fromisoformat(last)
        holdings.append(_holding(keeper.party, elements, keeper.path, keeper.edges, until))
    return _sorted(holdings)


def _holding(
    party: str, elements: tuple[str, ...], path: tuple[str, ...], edges: Sequence[Edge], until: date | None = None
) -> Holding:
    return Holding(
        party=party,
        elements=elements,
        path=path,
        flows=tuple(sorted({edge.flow for edge in edges})),
        legal_bases=tuple(sorted({edge.legal_basis for edge in edges if edge.legal_basis})),
        agreements=tuple(sorted({edge.agreement for edge in edges if edge.agreement})),
        until=until,
    )


def _sorted(holdings: Iterable[Holding]) -> tuple[Holding, ...]:
    return tuple(sorted(holdings, key=lambda holding: (len(holding.path), holding.party)))
