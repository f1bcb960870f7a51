"""What a breach at a party exposes: all that it had on some day, and where the same data stands downstream."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from dataflows.graph.arrivals import trace_arrivals
from dataflows.graph.edges import ALWAYS, NEVER, Edge, Search
from dataflows.graph.reach import find_holders, spread_on
from dataflows.graph.spans import held_or_retained

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from dataflows.graph.spans import Keeping
    from dataflows.model.taxonomy import Taxonomy


class Kept(NamedTuple):
    """An element that no flow in force brings any more, and a flow by which it came."""

    element: str
    flow: str
    last_given: date | None
    until: date | None
    """The last day on which it may be kept; None has no end that is known."""


class Downstream(NamedTuple):
    """A party that holds or retains the same data, which came to it through the party breached."""

    party: str
    elements: tuple[str, ...]
    is_holder: bool
    path: tuple[str, ...]
    """From the party breached."""


class Exposure(NamedTuple):
    """What was exposed, by which flows it came, what of it is only kept, and who else has it."""

    elements: tuple[str, ...]
    keepings: tuple[Keeping, ...]
    kept: tuple[Kept, ...]
    downstream: tuple[Downstream, ...]

    @property
    def flows(self) -> tuple[str, ...]:
        """Return the flows that brought it, by id."""
        return tuple(sorted({keeping.edge.flow for keeping in self.keepings}))


def find_exposure(
    edges: Sequence[Edge],
    party: str,
    taxonomy: Taxonomy,
    sources: Collection[str],
    *,
    first: date,
    last: date,
) -> Exposure:
    """Return what a party had on any day from `first` to `last`, as it stands on `last`.

    `edges` are all flows of one district.
    """
    span = held_or_retained(edges, party, taxonomy, sources, first=first, last=last)
    if not span.elements:
        return Exposure((), (), (), ())
    search = Search(edges, span.elements, taxonomy, sources)
    given = _given(search, party, last.isoformat())
    kept = tuple(_kept([element for element in span.elements if element not in given], span.keepings))
    downstream = _downstream(edges, search, party, taxonomy, day=last)
    return Exposure(span.elements, span.keepings, kept, downstream)


def _given(search: Search, party: str, today: str) -> set[str]:
    """Return what a flow in force brings on the day from a source or a holder."""
    held = spread_on(search, today).held
    bits = 0
    for edge, carried in search.loads:
        if edge.receiver == party and edge.is_in_force(today):
            bits |= carried & held.get(edge.sender, 0)
    return {search.elements[number] for number in search.numbers_in(bits)}


def _kept(elements: Sequence[str], keepings: Sequence[Keeping]) -> Iterator[Kept]:
    """Yield each element with each flow that brought it, and the last day on which that may be kept."""
    found: dict[tuple[str, str], Keeping] = {}
    for keeping in keepings:
        for element in keeping.elements:
            key = (element, keeping.edge.flow)
            if element in elements and (key not in found or found[key].until < keeping.until):
                found[key] = keeping
    for (element, flow), keeping in sorted(found.items()):
        ends = date.fromisoformat(keeping.edge.ends) if keeping.edge.ends else None
        until = None if keeping.until == NEVER else date.fromisoformat(keeping.until)
        yield Kept(element, flow, ends, until)


def _downstream(
    edges: Sequence[Edge], search: Search, party: str, taxonomy: Taxonomy, *, day: date
) -> tuple[Downstream, ...]:
    """Follow the data from the party on, as if it were the only source.

    What it sends is cut to the days from which it had the element, for nothing can be passed on sooner.
    """
    arrived = trace_arrivals(search, day.isoformat()).get(party, [])
    onward: list[Edge] = []
    for edge, bits in search.loads:
        if edge.receiver in (*search.sources, party) or edge.sender in search.sources:
            continue
        if edge.sender != party:
            onward.append(edge)
            continue
        for since, some in arrived:
            carried = search.elements_in(bits & some)
            starts = max(since, edge.starts or ALWAYS)
            if carried and starts <= (edge.ends or NEVER):
                onward.append(edge._replace(elements=carried, starts=starts or None))
    through = find_holders(onward, search.elements, taxonomy, (party,), day)
    really = find_holders(edges, search.elements, taxonomy, search.sources, day)
    holders, keepers = ({row.party for row in rows} for rows in (really.holders, really.retained))
    return tuple(
        Downstream(row.party, row.elements, row.party in holders, row.path)
        for row in (*through.holders, *through.retained)
        if row.party in holders or row.party in keepers
    )
