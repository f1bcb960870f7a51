"""Makes boxes and merged arrows from the flows of a snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dataflows.maps.names import shown_names
from dataflows.maps.shapes import MapEdge, MapMember, MapNode, MapView
from dataflows.maps.wording import our_wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dataflows.maps.wording import Wording
    from dataflows.model.flows import Flow
    from dataflows.model.snapshot import Snapshot

_ORDER = {"district": 0, "students": 1, "vendor": 2, "subprocessor": 3}


def parties_of(snapshot: Snapshot, flows: Iterable[Flow]) -> set[str]:
    """Return the ids of all senders and receivers."""
    return {party for flow in flows for party in (snapshot.sender_of(flow), flow.receiver)}


def build_view(
    snapshot: Snapshot,
    view: str,
    ids: Iterable[str],
    flows: Sequence[Flow],
    *,
    subject: str | None = None,
    unconnected: tuple[str, ...] = (),
    wording: Wording | None = None,
) -> MapView:
    """Build a view with one box for each party, merging flows by (from, to, method)."""
    taxonomy, language = snapshot.taxonomy, snapshot.district.first_language
    names = shown_names(snapshot, ids := set(ids))
    nodes = [_single_node(snapshot, id, names[id], flows) for id in sorted(ids)]
    nodes.sort(key=lambda node: (_ORDER.get(node.kind, 4), node.label.casefold(), node.id))
    used = {element for flow in flows for element in flow.elements}
    return MapView(
        view=view,
        as_of=snapshot.valid_on,
        district=snapshot.district.name,
        subject=subject,
        nodes=tuple(nodes),
        edges=merge_flows(snapshot, flows, {}),
        key=tuple(_key_line(snapshot, flow) for flow in flows),
        categories={id: category.name for id, category in taxonomy.categories.items()},
        elements={e: taxonomy[e].name.pick(language, language)[0] if e in taxonomy else e for e in used},
        headings={element: category_of(snapshot, element) for element in used},
        unconnected=unconnected,
        carriers={flow.via: snapshot.name_of(flow.via) for flow in flows if flow.via},
        language=language,
        wording=wording or our_wording(),
    )


def merge_flows(snapshot: Snapshot, flows: Iterable[Flow], boxes: Mapping[str, str]) -> tuple[MapEdge, ...]:
    """Merge flows by (from, to, method); `boxes` gives the box of a party, itself where it has none.

    Between single parties, flows through a third one's service are an arrow of their own.
    """
    merged: dict[tuple[str, str, str, str], list[Flow]] = {}
    for flow in flows:
        sender, receiver = (boxes.get(id, id) for id in (snapshot.sender_of(flow), flow.receiver))
        merged.setdefault((sender, receiver, flow.how, "" if boxes else flow.via or ""), []).append(flow)
    edges = []
    for (sender, receiver, method, _), parts in sorted(merged.items()):
        elements = tuple(snapshot.taxonomy.sorted({element for flow in parts for element in flow.elements}))
        categories = categories_of(snapshot, elements)
        ids = tuple(sorted(flow.id for flow in parts))
        via = tuple(sorted({flow.via for flow in parts if flow.via}))
        is_partly_via = bool(via) and not all(flow.via for flow in parts)
        edges.append(MapEdge(sender, receiver, str(method), categories, elements, ids, categories, via, is_partly_via))
    return tuple(edges)


def categories_of(snapshot: Snapshot, elements: Iterable[str]) -> tuple[str, ...]:
    """Return the categories of elements, in the order of the Schedule of Data."""
    found = {category_of(snapshot, element) for element in elements}
    place = {id: number for number, id in enumerate(snapshot.taxonomy.categories)}
    return tuple(sorted(found, key=lambda id: (place.get(id, len(place)), id)))


def category_of(snapshot: Snapshot, element: str) -> str:
    """Return the category of an element; `other` for one that the taxonomy lacks."""
    return snapshot.taxonomy[element].category if element in snapshot.taxonomy else "other"


def _single_node(snapshot: Snapshot, party: str, name: str, flows: Sequence[Flow]) -> MapNode:
    kind = snapshot.kind_of(party)
    if kind == "vendor":
        senders = {snapshot.sender_of(flow) for flow in flows if flow.receiver == party}
        if senders and not any(snapshot.is_source(sender) for sender in senders):
            kind = "subprocessor"
    return MapNode(party, kind, name, (MapMember(party, name, kind),))


def _key_line(snapshot: Snapshot, flow: Flow) -> dict[str, Any]:
    return {
        "flow": flow.id,
        "from": snapshot.sender_of(flow),
        "to": flow.receiver,
        "via": flow.via,
        "elements": snapshot.taxonomy.sorted(flow.elements),
        "method": str(flow.how),
        "legal_basis": flow.legal_basis,
        "purpose": _text(snapshot, flow),
        "agreement": flow.agreement,
        "starts": flow.starts.isoformat() if flow.starts else None,
        "ends": flow.ends.isoformat() if flow.ends else None,
    }


def _text(snapshot: Snapshot, flow: Flow) -> str | None:
    language = snapshot.district.first_language
    return flow.purpose.pick(language, language)[0] if flow.purpose else None
