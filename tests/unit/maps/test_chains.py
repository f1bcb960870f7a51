"""The maps of an element and of a path hold every flow over which a chain runs, and no other."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflows.actions.draw_map import draw_map
from dataflows.errors import UnknownIdError, UsageError
from dataflows.maps.chains import element_view, path_view
from dataflows.model.parties import STUDENTS
from tests.snapshots import snapshot_of
from tests.unit.maps.examples import large_district

PARTIES = ("a", "b", "c", "d")
NAMES = ("name", "first-name", "last-name", "email")


def catalog(flows):
    rows = "\n".join(
        f"  - {{id: f{number}, from: {sender or 'null'}, to: {receiver}, elements: [{', '.join(elements)}]}}"
        for number, (sender, receiver, elements) in enumerate(flows)
    )
    vendors = ", ".join(f"{{id: {id}, name: {id.upper()}}}" for id in PARTIES)
    return snapshot_of(f"vendors: [{vendors}]\nflows:\n{rows}\n" if rows else f"vendors: [{vendors}]")


FLOWS = st.lists(
    st.tuples(
        st.sampled_from((None, STUDENTS, *PARTIES)),
        st.sampled_from(PARTIES),
        st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True),
    ).filter(lambda flow: flow[0] != flow[1]),
    max_size=8,
)


def walks(snapshot, element, starts):
    """Every chain of flows that carry an element from some parties and come to no party twice: slow and plain."""
    carrying = [
        flow
        for flow in snapshot.flows
        if any(element in (named, *snapshot.taxonomy.narrower_than(named)) for named in flow.elements)
    ]
    todo = [(start, (), (start,)) for start in starts]
    while todo:
        here, flows, seen = todo.pop()
        for flow in carrying:
            if snapshot.sender_of(flow) == here and flow.receiver not in seen and not snapshot.is_source(flow.receiver):
                chain = (*flows, flow)
                yield chain
                todo.append((flow.receiver, chain, (*seen, flow.receiver)))


@given(FLOWS, st.sampled_from(NAMES))
def test_an_element_is_drawn_with_every_flow_that_a_chain_of_it_runs_over(flows, element) -> None:
    snapshot = catalog(flows)
    asked = (element, *snapshot.taxonomy.narrower_than(element))
    chained = {
        flow.id for one in asked for chain in walks(snapshot, one, (snapshot.district.id, STUDENTS)) for flow in chain
    }

    view = element_view(snapshot, [element], "E")

    # A flow may also lead back to a party that has the element: it is drawn, for that party gets it once more.
    again = {flow.id for flow in snapshot.flows if flow.id in drawn(view) and flow.id not in chained}
    holders = {flow.receiver for id in chained for flow in [snapshot.all_flows[id]]} | {snapshot.district.id, STUDENTS}
    assert chained <= drawn(view)
    assert all(snapshot.sender_of(snapshot.all_flows[id]) in holders for id in again)


def drawn(view):
    return {id for edge in view.edges for id in edge.flows}


@given(FLOWS, st.sampled_from(("d1", *PARTIES)), st.sampled_from(PARTIES))
def test_a_path_is_drawn_with_every_chain_from_one_party_to_another(flows, start, end) -> None:
    snapshot = catalog(flows)
    start = snapshot.district.id if start == "d1" else start
    if start == end:
        return
    starts = (start, STUDENTS) if start == snapshot.district.id else (start,)
    asked = {narrow for named in NAMES for narrow in (named, *snapshot.taxonomy.narrower_than(named))}
    chained = {
        flow.id
        for one in asked
        for chain in walks(snapshot, one, starts)
        if chain[-1].receiver == end
        for flow in chain
    }

    view = path_view(snapshot, start, end)

    assert chained <= drawn(view)
    assert bool(chained) == bool(drawn(view))


def test_the_element_map_shows_the_part_of_a_flow_that_it_is_about() -> None:
    snapshot = catalog([(None, "a", ["name", "email"]), ("a", "b", ["first-name"]), ("c", "d", ["name"])])

    view = element_view(snapshot, ["name"], "Name")

    assert {(e.sender, e.receiver, e.elements) for e in view.edges} == {
        (snapshot.district.id, "a", ("name",)), ("a", "b", ("first-name",)),
    }  # fmt: skip
    assert {node.id for node in view.nodes} == {snapshot.district.id, "a", "b"}


def test_a_chain_does_not_run_through_the_district() -> None:
    snapshot = catalog([("a", "b", ["name"]), (None, "d", ["name"])])
    district = snapshot.district.id
    back = catalog([("a", district, ["name"]), (None, "d", ["name"])])

    assert drawn(path_view(snapshot, "a", "b")) == {"f0"}
    assert drawn(path_view(back, "a", "d")) == set()


def test_a_map_without_a_chain_says_so() -> None:
    snapshot = catalog([(None, "a", ["name"])])

    assert "No chain of flows leads there on this day." in draw_map(snapshot, "path", "a", "txt", other="b").decode()
    assert "No flow in force carries it on this day." in draw_map(snapshot, "element", "ssn", "txt").decode()


def test_an_element_of_many_parties_is_drawn_in_shared_boxes() -> None:
    snapshot = snapshot_of(large_district(300, 60))
    element = next(element for flow in snapshot.flows for element in flow.elements)

    view = element_view(snapshot, [element], "E")

    assert view.is_grouped
    assert draw_map(snapshot, "element", element, "svg").startswith(b"<svg")


@pytest.mark.parametrize(
    ("view", "subjects", "error", "said"),
    [
        ("element", ("nme",), UnknownIdError, "nme"),
        ("element", (), UsageError, "map element ID"),
        ("path", ("a",), UsageError, "map path FROM TO"),
        ("path", ("a", "zz"), UnknownIdError, "zz"),
        ("path", ("a", "a"), UsageError, "from one party to another"),
        ("path", ("a", "students"), UsageError, "that gets data"),
        ("network", ("a",), UsageError, "takes no 'a'"),
        ("vendor", ("a", "b"), UsageError, "takes no 'b'"),
        ("nothing", (), UsageError, "There are: "),
    ],
)
def test_what_can_not_be_drawn_is_said(view, subjects, error, said) -> None:
    subject, other = (*subjects, None, None)[:2]
    with pytest.raises(error, match=said):
        draw_map(catalog([]), view, subject, "txt", other=other)


@pytest.mark.parametrize(
    ("view", "suffix"), [*product(("element", "path"), ("svg", "png", "pdf", "dot", "graphml", "json"))]
)
def test_each_form_is_drawn(view, suffix) -> None:
    snapshot = catalog([(None, "a", ["name", "email"]), ("a", "b", ["first-name"])])
    subjects = ("name", None) if view == "element" else (snapshot.district.id, "b")

    assert draw_map(snapshot, view, subjects[0], suffix, other=subjects[1])
