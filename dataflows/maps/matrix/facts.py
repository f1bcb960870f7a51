"""Reads a snapshot for the matrix: what reaches whom straight from the sources, who passes on, every flow."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataflows.maps.labels import clean
from dataflows.maps.matrix.codes import element_codes
from dataflows.maps.matrix.shapes import METHODS, Column, KeyLine
from dataflows.maps.merging import category_of
from dataflows.model.taxonomy import SENSITIVITIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dataflows.maps.matrix.shapes import Cells
    from dataflows.model.flows import Flow
    from dataflows.model.snapshot import Snapshot

_PLACES = {method: place for place, method in enumerate(METHODS)}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a snapshot says of one day, by party. Ids are sorted."""

    snapshot: Snapshot
    flows: tuple[Flow, ...]
    direct: Mapping[str, Mapping[str, frozenset[str]]]
    """By party and element the methods by which it comes straight from the district or its students."""
    others: tuple[str, ...]
    """Parties that only others send to, and those that only send."""
    passes_to: Mapping[str, tuple[str, ...]]
    shown: Mapping[str, str]
    """How each party is called on the page."""
    unconnected: tuple[str, ...]
    elements: Mapping[str, Column]
    """Each element that flows, also one that is only passed on."""
    key: tuple[KeyLine, ...]

    def cells_of(self, party: str, by: str) -> Cells:
        """Return a party's cells by element or by category, in the order of the taxonomy."""
        direct = self.direct.get(party, {})
        if by == "element":
            return {element: sort_methods(direct[element]) for element in self.snapshot.taxonomy.sorted(direct)}
        found: dict[str, set[str]] = {}
        for element, methods in direct.items():
            found.setdefault(category_of(self.snapshot, element), set()).update(methods)
        return {category: sort_methods(found[category]) for category in self.sorted_categories(found)}

    def counts_of(self, party: str, by: str) -> dict[str, int]:
        """Return how many elements of each column reach a party."""
        direct = self.direct.get(party, {})
        if by == "element":
            return dict.fromkeys(direct, 1)
        return dict(Counter(category_of(self.snapshot, element) for element in direct))

    def sorted_categories(self, categories: Iterable[str]) -> list[str]:
        """Sort categories in the order of the Schedule of Data."""
        order = {id: place for place, id in enumerate(self.snapshot.taxonomy.categories)}
        return sorted(categories, key=lambda id: (order.get(id, len(order)), id))

    def sensitivity_of(self, elements: Iterable[str]) -> str:
        """Return the highest sensitivity of elements that flow."""
        levels = [SENSITIVITIES.index(self.elements[element].sensitivity) for element in elements]
        return SENSITIVITIES[max(levels, default=0)]


def read_facts(snapshot: Snapshot) -> Facts:
    """Read the flows in force on the snapshot's day."""
    flows = snapshot.flows
    direct: dict[str, dict[str, set[str]]] = {}
    passes_to: dict[str, set[str]] = {}
    touched: set[str] = set()
    for flow in flows:
        sender = snapshot.sender_of(flow)
        touched |= {flow.receiver, sender}
        if snapshot.is_source(sender):
            elements = direct.setdefault(flow.receiver, {})
            for element in flow.elements:
                elements.setdefault(element, set()).add(str(flow.how))
        elif not snapshot.is_source(flow.receiver):
            passes_to.setdefault(sender, set()).add(flow.receiver)
    senders = {id for id in (snapshot.sender_of(flow) for flow in flows) if not snapshot.is_source(id)}
    rows = {*senders, *(flow.receiver for flow in flows)}
    known = {**snapshot.vendors, **snapshot.parties}
    shown = shown_names(snapshot, {snapshot.district.id, "students", *known, *touched})
    carriers = {flow.via for flow in flows}
    return Facts(
        snapshot=snapshot,
        flows=flows,
        direct={
            party: {e: frozenset(methods) for e, methods in direct[party].items()}
            for party in sorted(direct)
            if direct[party]
        },
        others=tuple(sorted(party for party in rows if not direct.get(party))),
        passes_to={party: tuple(sorted(passes_to[party])) for party in sorted(passes_to)},
        shown=shown,
        unconnected=tuple(sorted({shown[id] for id in known if id not in touched and id not in carriers})),
        elements=_elements(snapshot, {element for flow in flows for element in flow.elements}),
        key=tuple(_key_line(snapshot, flow) for flow in flows),
    )


def sort_methods(methods: Iterable[str]) -> tuple[str, ...]:
    """Put methods in the order in which they stand in a cell."""
    return tuple(sorted(methods, key=_PLACES.__getitem__))


def _elements(snapshot: Snapshot, used: set[str]) -> dict[str, Column]:
    """Return elements as columns, with their names in the district's first language."""
    taxonomy, language = snapshot.taxonomy, snapshot.district.first_language
    codes = element_codes(taxonomy, used)
    found = {}
    for id in taxonomy.sorted(used):
        known = taxonomy.elements.get(id)
        name = clean(known.name.pick(language, language)[0]) if known else id
        level = known.sensitivity if known else SENSITIVITIES[1]
        found[id] = Column(id, "element", codes[id], name or id, category_of(snapshot, id), level, 0)
    return found


def _key_line(snapshot: Snapshot, flow: Flow) -> KeyLine:
    language = snapshot.district.first_language
    return KeyLine(
        flow=flow.id,
        sender=snapshot.sender_of(flow),
        receiver=flow.receiver,
        via=flow.via,
        elements=tuple(snapshot.taxonomy.sorted(flow.elements)),
        method=str(flow.how),
        legal_basis=flow.legal_basis,
        purpose=flow.purpose.pick(language, language)[0] if flow.purpose else None,
        agreement=flow.agreement,
        starts=flow.starts,
        ends=flow.ends,
    )


def shown_names(snapshot: Snapshot, parties: Iterable[str]) -> dict[str, str]:
    """Say how each party is called: by its name, and by its id too where the eye can't tell two names apart."""
    names = {id: clean(snapshot.name_of(id)) or id for id in parties}
    alike = Counter(_folded(name) for name in names.values())
    return {id: name if alike[_folded(name)] == 1 else f"{name} ({id})" for id, name in names.items()}


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
