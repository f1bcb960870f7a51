"""The flows of a snapshot as edges, and as a networkx graph for analysis and exports.

networkx takes long to import, so only `build_graph` does; searches walk over plain edges.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from dataflows.graph.edges import Edge

if TYPE_CHECKING:
    from datetime import date

    import networkx as nx

    from dataflows.model.flows import Flow
    from dataflows.model.snapshot import Snapshot

    FlowGraph: TypeAlias = nx.MultiDiGraph


def edges_of(snapshot: Snapshot, *, all_days: bool = True) -> list[Edge]:
    """Return a snapshot's flows as edges, by id; without `all_days` only those in force on its day."""
    flows = snapshot.all_flows.values() if all_days else snapshot.flows
    return [_edge(snapshot, flow) for flow in flows]


def _edge(snapshot: Snapshot, flow: Flow) -> Edge:
    return Edge(
        flow=flow.id,
        sender=snapshot.sender_of(flow),
        receiver=flow.receiver,
        elements=flow.elements,
        starts=_iso(flow.starts),
        ends=_iso(flow.ends),
        retention_days=flow.retention_days,
        destroyed=_iso(flow.destroyed),
        legal_basis=flow.legal_basis,
        agreement=flow.agreement,
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def build_graph(snapshot: Snapshot) -> FlowGraph:
    """Build the graph of the flows in force: a node a party, an edge a flow, its key the flow's id.

    Every attribute is a text, so that GraphML and other formats can hold it: lists are joined by
    semicolons, texts are in the first home language, and what is not known is left out.
    """
    import networkx as nx

    graph = nx.MultiDiGraph(district=snapshot.district.id, valid_on=snapshot.valid_on.isoformat())
    for flow in snapshot.flows:
        ends = (snapshot.sender_of(flow), flow.receiver)
        for party in ends:
            graph.add_node(party, name=snapshot.name_of(party), kind=snapshot.kind_of(party))
        graph.add_edge(*ends, key=flow.id, **_attributes(snapshot, flow))
    return graph


def _attributes(snapshot: Snapshot, flow: Flow) -> dict[str, str]:
    first = snapshot.district.first_language
    elements = snapshot.taxonomy.sorted(flow.elements)
    categories = dict.fromkeys(snapshot.taxonomy[id].category for id in elements if id in snapshot.taxonomy)
    values = {
        "method": flow.how.value,
        "elements": ";".join(elements),
        "categories": ";".join(categories),
        "legal_basis": flow.legal_basis,
        "purpose": flow.purpose.pick(first, first)[0] if flow.purpose else None,
        "agreement": flow.agreement,
        "via": flow.via,
        "starts": _iso(flow.starts),
        "ends": _iso(flow.ends),
    }
    return {name: value for name, value in values.items() if value}
