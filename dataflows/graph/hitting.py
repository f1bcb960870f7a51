"""The cheapest set of flows that breaks every way through every layer, by branch and bound.

A layer is the flows that carry one element from the start ("") to the end ("~").  One layer is a
minimum cut.  Several that share flows are hard in general, so the search has a budget; a packing
of ways through the layers, which no cut can be cheaper than, leaves little to search in practice.

A flow's cost is one whole number that says everything: its weight, then 1 (so that of equal
weights the fewest flows win), then a share that is the larger the earlier its id, so that the
cheapest set is the only one and the first by id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

START, END = "", "~"


class Arc(NamedTuple):
    """One flow in a layer."""

    flow: str
    tail: str
    head: str


Layer = frozenset[Arc]
Layers = list[Layer]


class Budget:
    """How many flows may still be looked at. Counted, not timed: the same question has the same answer."""

    def __init__(self, left: int) -> None:
        self.left = left


def maximal(layers: Iterable[Layer]) -> Layers:
    """Return the layers that no other holds: breaking the larger breaks the smaller."""
    found: Layers = []
    for layer in sorted(set(layers), key=lambda arcs: (-len(arcs), sorted(arcs))):
        if layer and not any(layer <= other for other in found):
            found.append(layer)
    return found


class Costs:
    """Costs of flows as whole numbers, and what they say of the weight."""

    def __init__(self, weights: Mapping[str, int]) -> None:
        self._size = size = len(weights)
        self.of = {
            flow: ((weights[flow] * (size + 1) + 1) << size) - (1 << (size - 1 - place))
            for place, flow in enumerate(sorted(weights))
        }

    def total(self, flows: Iterable[str]) -> int:
        """Return the cost of ending flows."""
        return sum(self.of[flow] for flow in flows)

    def weight(self, cost: int) -> int:
        """Return the weight of a set from its cost; from a bound of costs, a bound of weights."""
        return -(-cost >> self._size) // (self._size + 1)


def minimum_cut(layer: Layer, weights: Mapping[str, int]) -> set[str]:
    """Return the cheapest flows that break one layer."""
    return _cut(layer, Costs(weights)) if layer else set()


def _cut(arcs: Iterable[Arc], costs: Costs) -> set[str]:
    import networkx as nx

    graph = nx.DiGraph()
    graph.add_nodes_from((START, END))
    arcs = sorted(arcs)
    for flow, tail, head in arcs:
        if graph.has_edge(tail, head):
            graph[tail][head]["capacity"] += costs.of[flow]
        else:
            graph.add_edge(tail, head, capacity=costs.of[flow])
    _, (near, far) = nx.minimum_cut(graph, START, END)
    return {flow for flow, tail, head in arcs if tail in near and head in far}


def hit_layers(layers: Layers, weights: Mapping[str, int], budget: Budget) -> tuple[set[str], bool]:
    """Return the cheapest flows found that break every layer, and whether none of less weight do."""
    costs = Costs(weights)
    maze = _Maze(layers, costs, budget)
    best = min(_first_tries(layers, costs, maze), key=costs.total)
    best, is_least = _search(maze, best, costs.weight)
    if is_least:
        best, _ = _search(maze, best, int)
    return best, is_least


def _first_tries(layers: Layers, costs: Costs, maze: _Maze) -> Iterator[set[str]]:
    """Yield sets that break every layer: one cut through all at once, and cuts one after the other."""
    yield maze.without_needless(_cut({arc for layer in layers for arc in layer}, costs))
    one_by_one: set[str] = set()
    for layer in layers:
        one_by_one |= _cut((arc for arc in layer if arc.flow not in one_by_one), costs)
    yield maze.without_needless(one_by_one)


def _search(maze: _Maze, best: set[str], grain: Callable[[int], int]) -> tuple[set[str], bool]:
    """Look for something cheaper, as `grain` sees costs; return it, and whether everything was looked at.

    A branch has ended some flows and decided to keep others.  It takes a way that is still whole:
    one of its flows must end, the first, or else the second, and so on.
    """
    least = maze.costs.total(best)
    branches: list[tuple[frozenset[str], frozenset[str]]] = [(frozenset(), frozenset())]
    while branches:
        if maze.budget.left < 0:
            return best, False
        ended, kept = branches.pop()
        spent = maze.costs.total(ended)
        bound = maze.bound(ended, kept)
        if bound is None or grain(spent + bound) >= grain(least):
            continue
        way = maze.shortest_way(ended, kept)
        if way is None:
            best, least = set(ended), spent
            continue
        choices = [(ended | {flow}, kept | set(way[:place])) for place, flow in enumerate(way)]
        branches += reversed(choices)
    return best, True


class _Maze:
    """The layers with their ways, as the search walks them."""

    def __init__(self, layers: Layers, costs: Costs, budget: Budget) -> None:
        self.costs = costs
        self.budget = budget
        self._layers = [_Links(layer) for layer in layers]

    def shortest_way(self, ended: Collection[str], kept: Collection[str]) -> list[str] | None:
        """Return the flows that may end of a whole way with few of them; None where no way is whole."""
        found = (self._walk(links, lambda arc: arc.flow not in ended, {}) for links in self._layers)
        ways = [[arc.flow for arc, _ in way if arc.flow not in kept] for way in found if way]
        return min(ways, key=lambda flows: (len(flows), flows), default=None)

    def without_needless(self, flows: set[str]) -> set[str]:
        """Leave out flows, the dearest first, without which the rest still breaks every way."""
        for flow in sorted(flows, key=lambda name: -self.costs.of[name]):
            if self.shortest_way(flows - {flow}, ()) is None:
                flows = flows - {flow}
        return flows

    def bound(self, ended: Collection[str], kept: Collection[str]) -> int | None:
        """Return what ending more flows costs at least; None where kept flows make a whole way.

        Ways are packed into one layer after the other, so that no flow is used for more than it
        costs: whoever breaks them all pays for each.
        """
        room = {flow: cost for flow, cost in self.costs.of.items() if flow not in ended and flow not in kept}
        total = 0
        for links in self._layers:
            packed = self._pack(links, room, kept)
            if packed is None:
                return None
            total += packed
        return total

    def _pack(self, links: _Links, room: dict[str, int], kept: Collection[str]) -> int | None:
        """Pack ways into one layer until none fits, shortest first, and take their room away."""
        used: dict[Arc, int] = {}
        total = 0
        while way := self._walk(links, lambda arc: arc.flow in kept or room.get(arc.flow, 0) > 0, used):
            sizes = [room[arc.flow] if ahead else used[arc] for arc, ahead in way if not ahead or arc.flow not in kept]
            if not sizes:
                return None
            size = min(sizes)
            total += size
            for arc, ahead in way:
                used[arc] = used.get(arc, 0) + (size if ahead else -size)
                if arc.flow not in kept:
                    room[arc.flow] -= size if ahead else -size
        return total

    def _walk(self, links: _Links, is_open: Callable[[Arc], bool], used: Mapping[Arc, int]) -> _Way | None:
        """Return a shortest way over open flows, and back over used ones."""
        came: dict[str, tuple[Arc, bool]] = {}
        level = [START]
        while level and END not in came:
            further: list[str] = []
            for party in level:
                steps = [(arc, True) for arc in links.leaving.get(party, ()) if is_open(arc)]
                if used:
                    steps += [(arc, False) for arc in links.entering.get(party, ()) if used.get(arc)]
                self.budget.left -= 1 + len(links.leaving.get(party, ()))
                for arc, ahead in steps:
                    other = arc.head if ahead else arc.tail
                    if other != START and other not in came:
                        came[other] = (arc, ahead)
                        further.append(other)
            level = further
        return _trace(came) if END in came else None


_Way = list[tuple[Arc, bool]]


class _Links:
    """The flows of a layer by sender and by receiver, each by id."""

    def __init__(self, layer: Layer) -> None:
        self.leaving: dict[str, list[Arc]] = {}
        self.entering: dict[str, list[Arc]] = {}
        for arc in sorted(layer):
            self.leaving.setdefault(arc.tail, []).append(arc)
            self.entering.setdefault(arc.head, []).append(arc)


def _trace(came: Mapping[str, tuple[Arc, bool]]) -> _Way:
    way: _Way = []
    party = END
    while party != START:
        arc, ahead = came[party]
        way.append((arc, ahead))
        party = arc.tail if ahead else arc.head
    way.reverse()
    return way
