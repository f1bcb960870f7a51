from __future__ import annotations

import pytest

from dataflows.actions.draw_map import describe_view
from dataflows.errors import UnknownIdError
from dataflows.maps.describe import describe_node
from dataflows.maps.dot import dot_source
from dataflows.maps.groups import MOST_EDGES, MOST_GROUPS, make_codes
from dataflows.maps.views import network_view, vendor_view
from tests.snapshots import snapshot_of
from tests.unit.maps.examples import CARRIED, VIDEO, large_district


def facts_of_flows(snapshot):
    return {
        (snapshot.sender_of(flow), flow.receiver, element, str(flow.how))
        for flow in snapshot.flows
        for element in flow.elements
    }


def facts_of_edges(tree):
    return {(e["from"], e["to"], element, e["method"]) for e in tree["edges"] for element in e["elements"]}


def facts_of_key(tree):
    return {(k["from"], k["to"], element, k["method"]) for k in tree["key"] for element in k["elements"]}


def test_the_json_of_the_network_rebuilds_the_flows_in_force() -> None:
    snapshot = snapshot_of(VIDEO)
    tree = network_view(snapshot).to_json()

    assert facts_of_edges(tree) == facts_of_key(tree) == facts_of_flows(snapshot)


def test_flows_are_merged_by_sender_receiver_and_method() -> None:
    tree = network_view(snapshot_of(VIDEO)).to_json()

    [edge] = [e for e in tree["edges"] if (e["from"], e["to"]) == ("oak", "meetly")]
    assert edge["flows"] == ["accounts", "rosters"]
    assert edge["categories"] == ["schedule", "student-contact", "student-identifiers", "student-name"]


def test_a_vendor_without_a_flow_in_force_is_named_below_the_map() -> None:
    assert network_view(snapshot_of(VIDEO)).unconnected == ("Idle Learning",)


def test_a_vendor_is_shown_with_its_chains_and_nothing_else() -> None:
    view = vendor_view(snapshot_of(VIDEO), "meetly")

    assert {node.id for node in view.nodes} == {"oak", "students", "meetly", "stratus"}
    assert {node.id: node.kind for node in view.nodes}["stratus"] == "subprocessor"


def test_a_chain_goes_on_only_with_elements_that_came_by_it() -> None:
    """
    Of the host's own flows only the one with the e-mail address has to do with the vendor.
    """
    snapshot = snapshot_of("""
vendors: [{id: a, name: A}, {id: b, name: B}, {id: c, name: C}, {id: d, name: D}]
flows:
  - {id: in, to: a, elements: [email]}
  - {id: on, from: a, to: b, elements: [email]}
  - {id: further, from: b, to: c, elements: [email]}
  - {id: other, from: b, to: d, elements: [ssn]}
  - {id: back, from: c, to: a, elements: [email]}
""")

    assert {line["flow"] for line in vendor_view(snapshot, "a").key} == {"in", "on", "further", "back"}


def test_an_unknown_vendor_is_answered_with_the_nearest_id() -> None:
    with pytest.raises(UnknownIdError, match="Did you mean 'meetly'"):
        vendor_view(snapshot_of(VIDEO), "metly")


@pytest.mark.parametrize(("vendors", "hosts"), [(300, 60), (40, 0), (61, 3)])
def test_a_large_network_shares_boxes_and_drops_nobody(vendors: int, hosts: int) -> None:
    snapshot = snapshot_of(large_district(vendors, hosts))
    view = network_view(snapshot)
    tree = view.to_json()
    members = [id for node in tree["nodes"] for id in node["members"]]

    touched = {party for flow in snapshot.flows for party in (snapshot.sender_of(flow), flow.receiver)}
    assert sorted(members) == sorted(touched)
    assert sum(node["kind"] == "group" for node in tree["nodes"]) <= MOST_GROUPS
    assert len(tree["edges"]) <= MOST_EDGES
    assert facts_of_key(tree) == facts_of_flows(snapshot)


def test_shared_boxes_and_exceptions_state_every_category_exactly() -> None:
    snapshot = snapshot_of(large_district(120, 20))
    view = network_view(snapshot)
    home = {member.id: node.id for node in view.nodes for member in node.members}

    drawn = set()
    for node in view.nodes:
        for member in node.members:
            traits = {
                (e.method, c)
                for e in view.edges
                if e.receiver == node.id
                for c in e.typical
                if e.sender in ("oak", "students")
            }
            traits |= {(t.method, t.category) for t in member.adds if t.sender != "others"}
            traits -= {(t.method, t.category) for t in member.removes if t.sender != "others"}
            drawn |= {(member.id, *trait) for trait in traits}
    real = {
        (flow.receiver, str(flow.how), snapshot.taxonomy[element].category)
        for flow in snapshot.flows
        if snapshot.is_source(snapshot.sender_of(flow))
        for element in flow.elements
    }
    assert drawn == real
    assert set(home) >= {flow.receiver for flow in snapshot.flows}


def test_no_two_categories_have_the_same_code() -> None:
    names = {
        "a": "Attendance",
        "b": "Assessment",
        "c": "Athletics",
        "d": "A",
        "e": "A",
        "f": "Student name",
        "g": "Student needs",
    }
    codes = make_codes(names)

    assert len(set(codes.values())) == len(names)


def test_a_flow_through_a_vendors_service_is_an_arrow_of_its_own_that_names_it() -> None:
    view = network_view(snapshot_of(CARRIED))
    arrows = {edge.flows: edge.via for edge in view.edges}

    assert arrows[("reader-roster",)] == ("rosters",)
    assert arrows[("reader-names",)] == ()
    assert {line["flow"]: line["via"] for line in view.key}["conduct"] == "reader"
    assert "provided via Roster Bridge" in describe_view(view)
    assert "collected from students via Reading Tree" in dot_source(view)


def test_who_only_carries_has_no_box_in_the_network_and_is_not_called_idle() -> None:
    view = network_view(snapshot_of(CARRIED))

    assert {node.id for node in view.nodes} == {"oak", "students", "reader", "sums"}
    assert view.unconnected == ()


def test_the_map_of_a_carrier_shows_what_it_carries_and_says_that_it_holds_nothing_by_it() -> None:
    view = vendor_view(snapshot_of(CARRIED), "rosters")

    assert view.carried == ("reader-roster", "sums-roster")
    assert {line["flow"] for line in view.key} == set(view.carried)
    assert not [edge for edge in view.edges if "rosters" in (edge.sender, edge.receiver)]
    [carrier] = [node for node in view.nodes if node.id == "rosters"]
    assert "holds nothing by it: Oak County Schools → Reading Tree · Oak County Schools → Sums Daily" in describe_node(
        view, carrier
    )
    assert "carries for others" in dot_source(view)


def test_shared_boxes_say_where_only_some_of_their_flows_run_through_a_service() -> None:
    text = large_district(70, 0) + "\n- {id: extra, to: v1, via: v2, method: provided, elements: [email]}"
    view = network_view(snapshot_of(text))

    [edge] = [edge for edge in view.edges if "extra" in edge.flows]
    assert edge.via == ("v2",)
    assert edge.is_partly_via
