"""`holds`: who holds these elements, directly and down the chain, and who may still retain them.

Light on purpose: it imports neither the records nor the database, since its start-up is measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dataflows.graph.reach import find_holders
from dataflows.law.taxonomy import find_elements

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from datetime import date

    from dataflows.graph.edges import Edge
    from dataflows.graph.reach import Holding
    from dataflows.model.snapshot import Snapshot
    from dataflows.model.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Holder:
    """A party that holds or retains, with its name."""

    name: str
    holding: Holding

    def to_json(self, *, is_retained: bool) -> dict[str, Any]:
        """Return the row as INTERFACE.md shapes it."""
        holding = self.holding
        row: dict[str, Any] = {
            "party": holding.party,
            "name": self.name,
            "elements": list(holding.elements),
            "direct": holding.direct,
            "hops": holding.hops,
            "path": list(holding.path),
            "flows": list(holding.flows),
            "legal_bases": list(holding.legal_bases),
            "agreements": list(holding.agreements),
        }
        if is_retained:
            row["until"] = holding.until.isoformat() if holding.until else None
        return row


@dataclass(frozen=True, slots=True)
class Holds:
    """The answer: nobody is both a holder and among those that retain."""

    elements: tuple[str, ...]
    """What was asked about, in the order asked, each word as the elements that it names."""
    as_of: date
    holders: tuple[Holder, ...]
    retained: tuple[Holder, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the answer as INTERFACE.md shapes it."""
        return {
            "elements": list(self.elements),
            "as_of": self.as_of.isoformat(),
            "holders": [holder.to_json(is_retained=False) for holder in self.holders],
            "retained": [holder.to_json(is_retained=True) for holder in self.retained],
        }


def resolve_words(taxonomy: Taxonomy, words: Sequence[str]) -> tuple[str, ...]:
    """Return the elements that the words name, each once; an unknown word raises UnknownIdError."""
    return tuple(dict.fromkeys(element for word in words for element in find_elements(taxonomy, word)))


def answer_holds(
    edges: Iterable[Edge],
    elements: tuple[str, ...],
    *,
    taxonomy: Taxonomy,
    sources: Collection[str],
    day: date,
    name_of: Callable[[str], str],
) -> Holds:
    """Answer from edges: the flows of one district, ended ones too, that carry one of the elements."""
    reach = find_holders(edges, elements, taxonomy, sources, day)
    holders = tuple(Holder(name_of(holding.party), holding) for holding in reach.holders)
    retained = tuple(Holder(name_of(holding.party), holding) for holding in reach.retained)
    return Holds(elements, day, holders, retained)


def find_holds(snapshot: Snapshot, words: Sequence[str]) -> Holds:
    """Answer from a snapshot, for its day."""
    from dataflows.graph.network import edges_of
    from dataflows.model.parties import STUDENTS

    return answer_holds(
        edges_of(snapshot),
        resolve_words(snapshot.taxonomy, words),
        taxonomy=snapshot.taxonomy,
        sources=(snapshot.district.id, STUDENTS),
        day=snapshot.valid_on,
        name_of=snapshot.name_of,
    )
