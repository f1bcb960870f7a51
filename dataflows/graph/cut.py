"""The fewest flows whose end stops elements from reaching one party from another.

Each element asked about, and each narrower one, is followed by itself: its layer has the flows in
force that carry it and lie on a way from start to end.  A flow in several layers is one flow to
end.  One layer is a minimum cut; several that share flows are a hitting set (`hitting`).  Parts
that have no party in common are solved by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataflows.graph.hitting import Arc, Budget, Layers, hit_layers, maximal, minimum_cut
from dataflows.graph.reach import spread_on

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from dataflows.graph.edges import Search

_BUDGET = 6_000_000
"""Flows looked at while proving that nothing smaller will do: some seconds."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Flows to end, by id; none where the end is not reached anyway."""

    flows: tuple[str, ...]
    reachable_before: bool
    exact: bool
    """False: the flows stop the elements, and fewer might do it too."""


def find_cut(
    search: Search, end: str, day: str, *, weights: Mapping[str, int] | None = None, budget: int = _BUDGET
) -> Cut:
    """Return the flows in force on a day to end; among equals the fewest, then the first by id.

    The sources of the search have the elements, whoever else has them. `weights` (by flow, from 0; 1
    where there are none) are summed up, and the sum is what is least. Where the budget ran out, the
    flows may not be the first by id.
    """
    search = search.only(load for load in search.loads if load.edge.is_in_force(day))
    layers = maximal(_useful(search, number, end) for number in range(len(search.elements)))
    ended: set[str] = set()
    exact, left = True, Budget(budget)
    for part in _parts(layers):
        flows = {arc.flow: weights[arc.flow] if weights else 1 for layer in part for arc in layer}
        if len(part) == 1:
            ended |= minimum_cut(part[0], flows)
        else:
            found, is_least = hit_layers(part, flows, left)
            ended |= found
            exact = exact and is_least
    _check(search, ended, end, day)
    return Cut(tuple(sorted(ended)), reachable_before=bool(layers), exact=exact)


def _useful(search: Search, number: int, end: str) -> frozenset[Arc]:
    """Return the flows that carry one element and lie on a way from a start to the end."""
    carrying = [edge for edge, bits in search.loads if bits >> number & 1]
    arcs = [
        Arc(edge.flow, "" if edge.sender in search.sources else edge.sender, edge.receiver)
        for edge in carrying
        if edge.receiver not in search.sources and edge.sender != end
    ]
    ahead = _closure("", ((arc.tail, arc.head) for arc in arcs))
    back = _closure(end, ((arc.head, arc.tail) for arc in arcs))
    return frozenset(
        Arc(arc.flow, arc.tail, "~" if arc.head == end else arc.head)
        for arc in arcs
        if arc.tail in ahead and arc.head in back
    )


def _closure(start: str, pairs: Iterable[tuple[str, str]]) -> set[str]:
    """Return all that can be reached from `start` over the pairs."""
    following: dict[str, list[str]] = {}
    for one, other in pairs:
        following.setdefault(one, []).append(other)
    found, waiting = {start}, [start]
    while waiting:
        for other in following.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found


def _parts(layers: Layers) -> list[Layers]:
    """Take apart what has no party in common but start and end: each part can be cut by itself."""
    group: dict[str, str] = {}

    def root(party: str) -> str:
        while group.setdefault(party, party) != party:
            group[party] = party = group[group[party]]
        return party

    arcs = sorted({arc for layer in layers for arc in layer})
    for arc in arcs:
        if arc.tail and arc.head != "~":
            group[root(arc.tail)] = root(arc.head)
    places = {arc: _place(arc, root) for arc in arcs}
    return [
        maximal(frozenset(arc for arc in layer if places[arc] == place) for layer in layers)
        for place in sorted(set(places.values()))
    ]


def _place(arc: Arc, root: Callable[[str], str]) -> tuple[str, str]:
    """Return the part that a flow belongs to; one straight from start to end is a part of its own."""
    inner = arc.tail or (arc.head if arc.head != "~" else "")
    return (root(inner), "") if inner else ("", arc.flow)


def _check(search: Search, ended: Collection[str], end: str, day: str) -> None:
    """Make sure, by the search that `holds` uses, that nothing arrives any more."""
    left = search.only(load for load in search.loads if load.edge.flow not in ended)
    if spread_on(left, day).held.get(end):
        raise AssertionError("The flows that were found do not stop the elements.")
