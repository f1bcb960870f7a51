"""A breach exposes what a party had, tells what of it is only kept, and finds the same data downstream."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from dataflows.graph.edges import Edge
from dataflows.graph.exposure import Exposure, find_exposure
from tests.unit.graph.slow_reach import BEFORE, LAST, Plain, PlainFlow, day_of
from tests.unit.graph.test_reach import BROADER, PARTIES, SOURCES, TAXONOMY, numbers, plain_flows, to_edges

NIGHT, NOW = date(2024, 12, 19), date(2025, 1, 7)


def exposed(edges: list[Edge], party: str = "sis", first: date = NIGHT, last: date = NOW) -> Exposure:
    return find_exposure(edges, party, TAXONOMY, SOURCES, first=first, last=last)


def test_what_no_flow_brings_any_more_is_told_with_the_flow_that_did() -> None:
    found = exposed(
        [
            Edge("now", "oak", "sis", ("name",), starts="2015-08-01"),
            Edge("old", "oak", "sis", ("email", "name"), starts="2010-08-01", ends="2021-06-30"),
            Edge("brief", "oak", "sis", ("email",), ends="2024-12-22", retention_days=10),
        ]
    )

    assert found.elements == ("email", "name")
    assert [(row.element, row.flow, row.last_given, row.until) for row in found.kept] == [
        ("email", "brief", date(2024, 12, 22), date(2025, 1, 1)),
        ("email", "old", date(2021, 6, 30), None),
    ]
    assert found.flows == ("brief", "now", "old")


def test_the_same_data_is_found_down_the_chain_and_other_data_is_not() -> None:
    found = exposed(
        [
            Edge("a", "oak", "sis", ("name",)),
            Edge("b", "sis", "cloud", ("first-name",)),
            Edge("c", "cloud", "deep", ("name",)),
            Edge("d", "sis", "other", ("email",)),
            Edge("e", "oak", "cloud", ("email",)),
            Edge("f", "oak", "apart", ("name",)),
            Edge("g", "sis", "oak", ("name",)),
        ]
    )

    assert [(row.party, row.elements, row.is_holder, row.path) for row in found.downstream] == [
        ("cloud", ("first-name",), True, ("sis", "cloud")),
        ("deep", ("first-name",), True, ("sis", "cloud", "deep")),
    ]


def test_what_was_passed_on_before_it_arrived_is_nowhere_downstream() -> None:
    found = exposed(
        [
            Edge("a", "oak", "sis", ("name",), starts="2024-01-01"),
            Edge("early", "sis", "cloud", ("name",), ends="2023-12-31"),
            Edge("late", "sis", "deep", ("name",), starts="2023-01-01", ends="2024-06-30"),
        ]
    )

    assert [(row.party, row.is_holder) for row in found.downstream] == [("deep", False)]


def test_what_a_flow_in_force_no_longer_brings_since_its_sender_was_cut_off_is_kept() -> None:
    found = exposed([Edge("a", "oak", "mid", ("name",), ends="2024-12-20"), Edge("b", "mid", "sis", ("name",))])

    assert [(row.element, row.flow, row.until) for row in found.kept] == [("name", "b", None)]


def test_a_cycle_back_to_the_party_ends() -> None:
    found = exposed(
        [Edge("a", "oak", "sis", ("name",)), Edge("b", "sis", "x", ("name",)), Edge("c", "x", "sis", ("name",))]
    )

    assert [row.party for row in found.downstream] == ["x"]


def test_a_party_that_had_nothing_exposes_nothing() -> None:
    assert exposed([Edge("a", "oak", "other", ("name",))]) == Exposure((), (), (), ())


@settings(max_examples=250, deadline=None)
@given(plain_flows(), st.sampled_from(PARTIES[2:]), numbers, numbers)
def test_what_is_kept_and_what_is_downstream_agree_with_the_definitions(
    flows: list[PlainFlow], party: str, one: int, other: int
) -> None:
    first, last = sorted((one, other))
    plain = Plain(flows, BROADER, SOURCES)

    found = exposed(to_edges(flows), party, day_of(first), day_of(last))

    assert found.elements == plain.had(party, first, last)
    assert {row.element for row in found.kept} == slow_kept(plain, party, found.elements, last)
    assert {row.party for row in found.downstream} == slow_downstream(plain, party, found.elements, last)


def slow_kept(plain: Plain, party: str, elements: tuple[str, ...], day: int) -> set[str]:
    """Return the elements that no flow in force on the day brings from a source or a holder."""
    brought = {
        element
        for element in elements
        for flow in plain.flows
        if flow.receiver == party
        and flow.in_force(day)
        and plain.carries(flow, element)
        and flow.sender in plain.held(element, day) | plain.sources
    }
    return set(elements) - brought


def slow_downstream(plain: Plain, party: str, exposed_elements: tuple[str, ...], last: int) -> set[str]:
    """Follow each element on from the party, day by day, from the day on which it arrived there."""
    found: set[str] = set()
    for element in plain.wanted(set(exposed_elements)):
        arrived = plain.arrival(element, last)
        if party not in arrived:
            continue
        down = spread_on_from(plain, party, element, since=arrived[party], last=last)
        for flow in plain.flows:
            if (
                flow.sender in down
                and flow.receiver not in plain.sources | {party}
                and plain.carries(flow, element)
                and (flow.starts is None or flow.starts <= last)
                and (flow.ends is None or flow.ends >= down[flow.sender])
                and (flow.keeps(last) or flow.in_force(last))
            ):
                found.add(flow.receiver)
    there = set()
    for element in plain.wanted(set(exposed_elements)):
        there |= plain.held(element, last) | plain.keepers(element, last).keys()
    return found & there


def spread_on_from(plain: Plain, party: str, element: str, *, since: int, last: int) -> dict[str, int]:
    down = {party: since}
    for day in range(BEFORE, min(last, LAST) + 1):
        changed = True
        while changed:
            changed = False
            for flow in plain.flows:
                is_new = flow.receiver not in down and flow.receiver not in plain.sources
                is_there = flow.sender in down and down[flow.sender] <= day
                if is_new and is_there and flow.in_force(day) and plain.carries(flow, element):
                    down[flow.receiver] = day
                    changed = True
    return down
