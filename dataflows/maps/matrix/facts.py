"""Reads a snapshot for the matrix: what reaches whom straight from the sources, who passes on, every flow."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataflows.maps.labels import clean
from dataflows.maps.matrix.beside import (
    NOTHING,
    Beside,
    changes_of_flows,
    changes_of_parties,
    counts_of_findings,
    flows_before,
    reached_by,
)
from dataflows.maps.matrix.codes import element_codes
from dataflows.maps.matrix.shapes import METHODS, Column, KeyLine
from dataflows.maps.merging import category_of
from dataflows.maps.names import shown_names
from dataflows.maps.wording import our_wording
from dataflows.model.sensitivities import SENSITIVITIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dataflows.maps.matrix.beside import Reached
    from dataflows.maps.matrix.shapes import Cells
    from dataflows.maps.wording import Wording
    from dataflows.model.flows import Flow
    from dataflows.model.snapshot import Snapshot

_PLACES = {method: place for place, method in enumerate(METHODS)}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a snapshot says of one day, by party. Ids are sorted."""

    snapshot: Snapshot
    wording: Wording
    flows: tuple[Flow, ...]
    direct: Mapping[str, Mapping[str, frozenset[str]]]
    """By party and element the methods by which it comes straight from the district or its students."""
    others: tuple[str, ...]
    """Parties that only others send to."""
    only_send: tuple[str, ...]
    """Parties to whom nobody sends."""
    former: tuple[str, ...]
    """Parties that data went to on the day compared with, and no flow touches now."""
    passes_to: Mapping[str, tuple[str, ...]]
    shown: Mapping[str, str]
    """How each party is called on the page."""
    unconnected: tuple[str, ...]
    elements: Mapping[str, Column]
    """Each element that flows, also one that is only passed on."""
    key: tuple[KeyLine, ...]
    ended: tuple[KeyLine, ...]
    senders: tuple[str, ...]
    """The names of parties from whom data comes back to the district or its students."""
    carriers: tuple[str, ...]
    """The names of those through whose service data runs and who stand in no row."""
    beside: Beside
    changes: Mapping[str, Mapping[str, Reached]]
    found: Mapping[str, Mapping[str, int]]
    reached_before: frozenset[str]
    """Parties to whom anybody sent on the day compared with."""

    def cells_of(self, party: str, by: str) -> Cells:
        """Return a party's cells by element or by category, in the order of the taxonomy."""
        return self.cells_by(by, self.direct.get(party, {}))

    def changes_of(self, party: str, by: str) -> dict[str, Cells]:
        """Return what was added, ended and changed for a party since the day compared with."""
        return {change: self.cells_by(by, reached) for change, reached in self.changes.get(party, {}).items()}

    def is_new(self, party: str) -> bool:
        """Tell whether all that a party gets, also by way of others, is new since the day compared with."""
        if party in self.others:
            return bool(self.beside.compared_with) and party not in self.reached_before
        return self.changes.get(party) == {"added": self.direct.get(party)}

    def cells_by(self, by: str, direct: Mapping[str, frozenset[str]]) -> Cells:
        """Return cells by element or by category, in the order of the taxonomy."""
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


def read_facts(snapshot: Snapshot, beside: Beside = NOTHING, wording: Wording | None = None) -> Facts:
    """Read the flows in force on the snapshot's day, and what is to stand beside them."""
    flows, earlier = snapshot.flows, flows_before(snapshot, beside)
    direct = reached_by(snapshot, flows)
    passes_to = _passes_to(snapshot, flows)
    touched = _ends(snapshot, flows)
    known, was = {**snapshot.vendors, **snapshot.parties}, _ends(snapshot, earlier)
    shown = shown_names(snapshot, {snapshot.district.id, "students", *known, *touched, *was})
    receivers = {flow.receiver for flow in flows}
    back = {snapshot.sender_of(flow) for flow in flows if snapshot.is_source(flow.receiver)}
    rows = {party for party in touched if not snapshot.is_source(party)}
    changed = changes_of_parties(snapshot, beside)
    former = {party for party in was - touched if not snapshot.is_source(party)}
    former |= {party for party in changed if snapshot.is_source(party) and party not in direct}
    carriers = {flow.via for flow in flows if flow.via}
    changes = changes_of_flows(snapshot, beside)
    return Facts(
        snapshot,
        wording or our_wording(),
        flows,
        direct,
        others=tuple(sorted(party for party in rows & receivers if party not in direct)),
        only_send=tuple(sorted(rows - receivers)),
        former=tuple(sorted(former)),
        passes_to={party: tuple(sorted(passes_to[party])) for party in sorted(passes_to)},
        shown=shown,
        unconnected=_names(shown, {id for id in known if id not in touched | carriers | former}),
        elements=_elements(snapshot, {element for flow in (*flows, *earlier) for element in flow.elements}),
        key=tuple(_key_line(snapshot, flow, changes) for flow in flows),
        ended=tuple(_key_line(snapshot, flow, changes) for flow in earlier if changes.get(flow.id) == "ended"),
        senders=_names(shown, {sender for sender in back if not snapshot.is_source(sender)}),
        carriers=_names(shown, carriers - touched),
        beside=beside,
        changes=changed,
        found=counts_of_findings(beside.findings or ()),
        reached_before=frozenset(flow.receiver for flow in earlier),
    )


def _passes_to(snapshot: Snapshot, flows: Iterable[Flow]) -> dict[str, set[str]]:
    """Return by party to whom it passes data on."""
    found: dict[str, set[str]] = {}
    for flow in flows:
        sender = snapshot.sender_of(flow)
        if not snapshot.is_source(sender) and not snapshot.is_source(flow.receiver):
            found.setdefault(sender, set()).add(flow.receiver)
    return found


def _ends(snapshot: Snapshot, flows: Iterable[Flow]) -> set[str]:
    """Return who sends and who receives."""
    return {party for flow in flows for party in (snapshot.sender_of(flow), flow.receiver)}


def _names(shown: Mapping[str, str], parties: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(shown.get(id, id) for id in parties))


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


def _key_line(snapshot: Snapshot, flow: Flow, changes: Mapping[str, str]) -> KeyLine:
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
        change=changes.get(flow.id, ""),
    )
