"""The graph of the flows in force has what analyses and exports need."""

from __future__ import annotations

import networkx as nx

from dataflows.graph.network import build_graph, edges_of
from tests.snapshots import snapshot_of

CATALOG = """
vendors: [{id: zoom, name: "Zoom <&> Video"}, {id: aws, name: Amazon}]
agreements: [{id: zoom-2020, vendor: zoom, kind: dpa}]
flows:
  - id: accounts
    to: zoom
    elements: [email, first-name]
    purpose: {en: Accounts, es: Cuentas}
    legal_basis: 99.31(a)(1)(i)(B)
    agreement: zoom-2020
    starts: 2020-03-30
  - {id: talks, from: students, to: zoom, method: collected, elements: [email]}
  - {id: hosting, from: zoom, to: aws, elements: [email], ends: 2020-12-31, retention_days: 30, destroyed: 2021-01-15}
"""


def test_only_flows_in_force_are_edges_and_their_ids_are_keys() -> None:
    graph = build_graph(snapshot_of(CATALOG))

    assert sorted(graph.edges(keys=True)) == [("oak", "zoom", "accounts"), ("students", "zoom", "talks")]
    assert graph.nodes["oak"] == {"name": "Oak County Schools", "kind": "district"}
    assert graph.nodes["zoom"] == {"name": "Zoom <&> Video", "kind": "vendor"}
    accounts = graph.edges["oak", "zoom", "accounts"]
    assert accounts["elements"] == "email;first-name"
    assert (accounts["method"], accounts["purpose"], accounts["starts"]) == ("unstated", "Accounts", "2020-03-30")
    assert graph.edges["students", "zoom", "talks"]["method"] == "collected"


def test_the_graph_survives_graphml() -> None:
    graph = build_graph(snapshot_of(CATALOG))

    again = nx.parse_graphml("\n".join(nx.generate_graphml(graph)), force_multigraph=True)

    assert dict(again.nodes(data=True)) == dict(graph.nodes(data=True))
    assert [data["elements"] for *_, data in again.edges(data=True)] == ["email;first-name", "email"]


def test_edges_are_all_flows_unless_only_those_in_force_are_wanted() -> None:
    snapshot = snapshot_of(CATALOG)

    assert [edge.flow for edge in edges_of(snapshot)] == ["accounts", "hosting", "talks"]
    assert [edge.flow for edge in edges_of(snapshot, all_days=False)] == ["accounts", "talks"]
    hosting = edges_of(snapshot)[1]
    assert (hosting.ends, hosting.retention_days, hosting.destroyed) == ("2020-12-31", 30, "2021-01-15")
