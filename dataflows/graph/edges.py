"""What a flow carries and how long it lasts, in the form that the searches of this room walk over.

Days are ISO texts (YYYY-MM-DD), as the catalog stores them: they compare as days do, and a
question over thousands of flows converts none.  Sets of elements are the bits of a number.
A flow carries an element that it names, and every narrower one (INTERFACE.md, Words).
"""

from __future__ import annotations

from copy import copy
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from dataflows.model.periods import last_kept_day

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from dataflows.model.taxonomy import Taxonomy

ALWAYS = ""
"""Sorts before every day: what has been since before the records began."""
NEVER = "~"
"""Sorts after every day: what has no end that is known."""


class Edge(NamedTuple):
    """A flow as the searches see it: who sends which elements to whom, and on which days."""

    flow: str
    sender: str
    receiver: str
    elements: tuple[str, ...]
    """Those that it names; where only some were asked about, these and the broader ones suffice."""
    starts: str | None = None
    ends: str | None = None
    """The last day."""
    retention_days: int | None = None
    destroyed: str | None = None
    legal_basis: str | None = None
    agreement: str | None = None

    def is_in_force(self, day: str) -> bool:
        """Tell whether the day lies between the first and the last, both included."""
        return (self.starts or ALWAYS) <= day <= (self.ends or NEVER)

    def kept_until(self) -> str:
        """Return the last day on which what it brought may still be kept, or NEVER."""
        last = NEVER
        if self.ends and self.retention_days is not None:
            last = last_kept_day(date.fromisoformat(self.ends), self.retention_days).isoformat()
        if self.destroyed:
            last = min(last, (date.fromisoformat(self.destroyed) - timedelta(days=1)).isoformat())
        return last


class Load(NamedTuple):
    """An edge, and the bits of those elements asked about that it carries."""

    edge: Edge
    bits: int


class Search:
    """The edges that carry what was asked, with the elements numbered: bit 0 is the first of them.

    An element that no flow names and whose broader one is asked about too goes wherever that one
    goes, and is covered by it: it has no number.
    """

    def __init__(
        self, edges: Iterable[Edge], asked: Sequence[str], taxonomy: Taxonomy, sources: Collection[str]
    ) -> None:
        edges = list(edges)
        self.sources = tuple(sorted(set(sources)))
        wanted = _with_narrower(asked, taxonomy)
        named = {element for edge in edges for element in edge.elements}
        self.elements = tuple(
            element
            for element, broader in wanted.items()
            if element in named or not any(other in wanted for other in broader[1:2])
        )
        self.everything = (1 << len(self.elements)) - 1
        self._covers = [_bits_of(self.elements, wanted[element][1:]) for element in self.elements]
        self.loads = self._load(edges, wanted)

    def _load(self, edges: Iterable[Edge], wanted: dict[str, tuple[str, ...]]) -> list[Load]:
        carries: dict[str, int] = {}
        for number, element in enumerate(self.elements):
            for broader in wanted[element]:
                carries[broader] = carries.get(broader, 0) | 1 << number
        loads: list[Load] = []
        for edge in edges:
            bits = 0
            for element in edge.elements:
                bits |= carries.get(element, 0)
            if bits:
                loads.append(Load(edge, bits))
        return loads

    def only(self, loads: Iterable[Load]) -> Search:
        """Return the same search, its elements numbered alike, over some of its edges."""
        narrowed = copy(self)
        narrowed.loads = list(loads)
        return narrowed

    def numbers_in(self, bits: int) -> list[int]:
        """Return the numbers of the elements that a set holds."""
        numbers: list[int] = []
        while bits:
            lowest = bits & -bits
            numbers.append(lowest.bit_length() - 1)
            bits ^= lowest
        return numbers

    def elements_in(self, bits: int) -> tuple[str, ...]:
        """Return the elements that a set holds, by id, without those that a broader one covers."""
        return tuple(
            sorted(self.elements[number] for number in self.numbers_in(bits) if not bits & self._covers[number])
        )


def carriers_of(asked: Sequence[str], taxonomy: Taxonomy) -> frozenset[str]:
    """Return the elements by one of which a flow must name what it carries, to matter to the question.

    These are the elements asked about, the narrower ones, and all that are broader than any of them.
    """
    return frozenset(name for chain in _with_narrower(asked, taxonomy).values() for name in chain)


def _with_narrower(asked: Sequence[str], taxonomy: Taxonomy) -> dict[str, tuple[str, ...]]:
    """Return the elements asked about and all narrower ones, each with itself and its broader ones."""
    roots = set(asked)
    chains = {element: taxonomy.broader_than(element) for element in taxonomy.elements}
    return {element: chain for element, chain in chains.items() if not roots.isdisjoint(chain)}


def _bits_of(elements: Sequence[str], some: Collection[str]) -> int:
    return sum(1 << number for number, element in enumerate(elements) if element in some)
