"""Carrying, holding, retaining and arriving are what INTERFACE.md says they are."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from time import perf_counter

from hypothesis import given, settings
from hypothesis import strategies as st

from dataflows.graph.arrivals import find_arrivals
from dataflows.graph.edges import Edge
from dataflows.graph.reach import find_holders
from dataflows.graph.spans import held_or_retained
from dataflows.model.taxonomy import Category, Taxonomy, TaxonomyElement
from dataflows.model.text import Text
from tests.unit.graph.slow_reach import BEFORE, LAST, Plain, PlainFlow, day_of

BROADER = {"name": None, "first-name": "name", "nickname": "first-name", "last-name": "name", "email": None}
SOURCES = {"oak", "students"}
TAXONOMY = Taxonomy(
    [TaxonomyElement(id, Text.of(id), "other", broader) for id, broader in BROADER.items()],
    [Category("other", "Other")],
)
DAY = date(2026, 10, 1)


def reach(edges: list[Edge], *asked: str, day: date = DAY):
    return find_holders(edges, asked, TAXONOMY, SOURCES, day)


def parties(holdings) -> list[str]:
    return [holding.party for holding in holdings]


def test_a_vendor_that_the_district_sends_to_holds_directly() -> None:
    edge = Edge("zoom-accounts", "oak", "zoom", ("email",), legal_basis="99.31(a)(1)(i)(B)", agreement="zoom-2020")

    [zoom] = reach([edge], "email").holders

    assert (zoom.direct, zoom.hops, zoom.path, zoom.until) == (True, 1, ("oak", "zoom"), None)
    assert (zoom.flows, zoom.legal_bases, zoom.agreements) == (
        ("zoom-accounts",), ("99.31(a)(1)(i)(B)",), ("zoom-2020",)
    )  # fmt: skip


def test_what_students_give_is_held_though_the_district_never_sends_it() -> None:
    assert parties(reach([Edge("a", "students", "zoom", ("email",))], "email").holders) == ["zoom"]


def test_a_chain_carries_one_element_in_every_hop() -> None:
    edges = [Edge("a", "oak", "zoom", ("email",)), Edge("b", "zoom", "aws", ("last-name",))]

    assert parties(reach(edges, "email", "last-name").holders) == ["zoom"]


def test_a_flow_carries_what_is_narrower_than_what_it_names() -> None:
    edges = [Edge("a", "oak", "zoom", ("name",)), Edge("b", "zoom", "aws", ("first-name",))]

    by_first_name = reach(edges, "first-name").holders
    by_name = reach(edges, "name").holders

    assert [(h.party, h.elements) for h in by_first_name] == [("zoom", ("first-name",)), ("aws", ("first-name",))]
    assert [(h.party, h.elements) for h in by_name] == [("zoom", ("name",)), ("aws", ("first-name",))]


def test_a_flow_does_not_carry_what_is_broader_but_asking_for_the_broader_one_finds_it() -> None:
    edges = [Edge("a", "oak", "zoom", ("first-name",)), Edge("b", "zoom", "aws", ("name",))]

    assert [(h.party, h.elements) for h in reach(edges, "name").holders] == [
        ("zoom", ("first-name",)),
        ("aws", ("first-name",)),
    ]
    assert reach(edges, "last-name").holders == ()


def test_sources_never_hold_even_where_data_comes_back_to_them() -> None:
    edges = [Edge("a", "oak", "zoom", ("email",)), Edge("b", "zoom", "oak", ("email",))]
    edges.append(Edge("c", "zoom", "students", ("email",)))

    assert parties(reach(edges, "email").holders) == ["zoom"]


def test_of_two_shortest_chains_the_first_by_id_is_shown() -> None:
    edges = [
        Edge("a", "students", "beta", ("email",)),
        Edge("b", "oak", "gamma", ("email",)),
        Edge("c", "beta", "z", ("email",)),
        Edge("d", "gamma", "z", ("email",)),
    ]

    [z] = [holding for holding in reach(edges, "email").holders if holding.party == "z"]

    assert (z.path, z.flows) == (("oak", "gamma", "z"), ("c", "d"))


def test_three_flows_to_one_vendor_are_one_row() -> None:
    edges = [Edge(id, "oak", "zoom", ("email",)) for id in ("c", "a", "b")]

    [zoom] = reach(edges, "email").holders

    assert zoom.flows == ("a", "b", "c")


def test_both_days_of_a_flow_belong_to_it() -> None:
    edges = [Edge("a", "oak", "zoom", ("email",), starts="2026-03-01", ends="2026-03-02", destroyed="2026-03-03")]

    held = [parties(reach(edges, "email", day=date(2026, 3, d)).holders) for d in (1, 2, 3)]

    assert held == [["zoom"], ["zoom"], []]
    assert reach(edges, "email", day=date(2026, 2, 28)).holders == ()


def test_a_vendor_that_left_retains_until_its_retention_runs_out() -> None:
    edges = [Edge("a", "oak", "zoom", ("email",), ends="2026-06-30", retention_days=10)]

    [zoom] = reach(edges, "email", day=date(2026, 7, 10)).retained

    assert zoom.until == date(2026, 7, 10)
    assert reach(edges, "email", day=date(2026, 7, 11)).retained == ()


def test_without_a_stated_retention_it_is_kept_for_ever() -> None:
    [zoom] = reach([Edge("a", "oak", "zoom", ("email",), ends="2019-06-30")], "email").retained

    assert zoom.until is None


def test_from_the_day_of_destruction_on_nothing_is_kept() -> None:
    edges = [Edge("a", "oak", "zoom", ("email",), ends="2019-06-30", destroyed="2022-06-10")]

    [zoom] = reach(edges, "email", day=date(2022, 6, 9)).retained

    assert zoom.until == date(2022, 6, 9)
    assert reach(edges, "email", day=date(2022, 6, 10)).retained == ()


def test_a_party_whose_sender_was_cut_off_retains_though_its_own_flow_goes_on() -> None:
    edges = [
        Edge("a", "oak", "zoom", ("email",), starts="2020-01-01", ends="2021-01-01", destroyed="2021-02-01"),
        Edge("b", "zoom", "aws", ("email",), starts="2020-06-01"),
    ]

    found = reach(edges, "email")

    assert found.holders == ()
    assert [(h.party, h.hops, h.path, h.flows, h.until) for h in found.retained] == [
        ("aws", 2, ("oak", "zoom", "aws"), ("b",), None)
    ]


def test_a_flow_that_had_ended_before_its_sender_had_anything_brought_nothing() -> None:
    edges = [
        Edge("a", "oak", "zoom", ("email",), starts="2021-01-01"),
        Edge("b", "zoom", "aws", ("email",), starts="2020-01-01", ends="2020-12-31"),
    ]

    assert parties(reach(edges, "email").retained) == []


def test_what_arrives_at_the_sender_on_the_last_day_is_still_passed_on() -> None:
    edges = [
        Edge("a", "oak", "zoom", ("email",), starts="2020-12-31"),
        Edge("b", "zoom", "aws", ("email",), starts="2020-01-01", ends="2020-12-31"),
    ]

    assert parties(reach(edges, "email").retained) == ["aws"]


def test_a_party_that_holds_one_of_the_elements_is_not_listed_as_retaining_another() -> None:
    edges = [Edge("a", "oak", "zoom", ("email",)), Edge("b", "oak", "zoom", ("last-name",), ends="2020-01-01")]

    found = reach(edges, "email", "last-name")

    assert [(h.party, h.elements) for h in found.holders] == [("zoom", ("email",))]
    assert found.retained == ()


def test_the_path_of_what_is_retained_ends_with_a_flow_whose_load_is_kept() -> None:
    edges = [
        Edge("a", "oak", "zoom", ("email",), ends="2015-01-01", destroyed="2015-02-01"),
        Edge("b", "oak", "mid", ("email",), starts="2016-01-01", ends="2017-01-01", destroyed="2017-01-02"),
        Edge("c", "mid", "zoom", ("email",), starts="2016-01-01", ends="2017-01-01"),
    ]

    [zoom] = reach(edges, "email").retained

    assert (zoom.path, zoom.flows, zoom.direct) == (("oak", "mid", "zoom"), ("c",), False)


def test_of_chains_that_arrive_on_the_same_day_the_fewest_flows_count() -> None:
    """The sender had it first by two flows, later by one; both were in time."""
    edges = [
        Edge("a", "oak", "mid", ("email",), starts="2010-01-01", ends="2011-01-01", destroyed="2011-01-02"),
        Edge("b", "mid", "hub", ("email",), starts="2010-01-01", ends="2011-01-01", destroyed="2011-01-02"),
        Edge("c", "oak", "hub", ("email",), starts="2012-01-01", ends="2013-01-01", destroyed="2013-01-02"),
        Edge("d", "hub", "zoom", ("email",), starts="2012-06-01", ends="2013-06-01"),
    ]

    [zoom] = reach(edges, "email").retained

    assert zoom.path == ("oak", "hub", "zoom")


def test_a_cycle_ends() -> None:
    edges = [Edge("a", "oak", "x", ("email",)), Edge("b", "x", "y", ("email",)), Edge("c", "y", "x", ("email",))]

    assert [(h.party, h.flows) for h in reach(edges, "email").holders] == [("x", ("a", "c")), ("y", ("b",))]


def test_a_chain_of_three_thousand_is_followed_to_its_end() -> None:
    names = ["oak", *(f"p{number:05}" for number in range(3000))]
    edges = [Edge(f"f{a}", a, b, ("email",)) for a, b in pairwise(names)]

    started = perf_counter()
    found = reach(edges, "email").holders

    assert found[-1].hops == 3000
    assert perf_counter() - started < 10


def test_a_chain_of_five_hundred_that_was_cut_at_its_head_is_retained_to_its_end() -> None:
    names = ["oak", *(f"p{number:05}" for number in range(500))]
    edges = [Edge(f"f{a}", a, b, ("email",)) for a, b in pairwise(names)]
    edges[0] = edges[0]._replace(ends="2020-01-01")

    found = reach(edges, "email")

    assert found.holders == ()
    assert found.retained[-1].hops == 500


def test_an_element_that_no_flow_names_reaches_nobody() -> None:
    found = reach([Edge("a", "oak", "zoom", ("email",))], "nickname")

    assert (found.holders, found.retained) == ((), ())


PARTIES = ["oak", "students", "a", "b", "c", "d"]
numbers = st.integers(0, LAST)


@st.composite
def plain_flows(draw) -> list[PlainFlow]:
    flows = []
    for number in range(draw(st.integers(1, 9))):
        sender, receiver = draw(st.lists(st.sampled_from(PARTIES), min_size=2, max_size=2, unique=True))
        starts, ends = draw(st.none() | numbers), draw(st.none() | numbers)
        if starts is not None and ends is not None and ends < starts:
            starts, ends = ends, starts
        elements = draw(st.lists(st.sampled_from(sorted(BROADER)), min_size=1, max_size=3, unique=True))
        retention, destroyed = draw(st.none() | st.integers(0, 4)), draw(st.none() | numbers)
        flows.append(PlainFlow(f"f{number}", sender, receiver, tuple(elements), starts, ends, retention, destroyed))
    return flows


def iso(number: int | None) -> str | None:
    return None if number is None else day_of(number).isoformat()


def to_edges(flows: list[PlainFlow]) -> list[Edge]:
    return [
        Edge(f.id, f.sender, f.receiver, f.elements, iso(f.starts), iso(f.ends), f.retention_days, iso(f.destroyed))
        for f in flows
    ]


def rows_of(holdings) -> list[tuple]:
    return [(h.hops, h.party, h.elements, h.path, h.flows, h.until) for h in holdings]


asked_sets = st.sets(st.sampled_from(sorted(BROADER)), min_size=1, max_size=3)


@settings(max_examples=400, deadline=None)
@given(plain_flows(), asked_sets, numbers)
def test_the_fast_search_agrees_with_the_definitions(flows, asked, day) -> None:
    plain = Plain(flows, BROADER, SOURCES)

    found = find_holders(to_edges(flows), sorted(asked), TAXONOMY, SOURCES, day_of(day))

    assert rows_of(found.holders) == plain.holders(asked, day)
    expected = [(*row[:5], None if row[5] is None else day_of(row[5])) for row in plain.retained(asked, day)]
    assert rows_of(found.retained) == expected


@settings(max_examples=150, deadline=None)
@given(plain_flows(), asked_sets)
def test_arrivals_are_those_found_day_by_day(flows, asked) -> None:
    plain = Plain(flows, BROADER, SOURCES)

    found = find_arrivals(to_edges(flows), sorted(asked), TAXONOMY, SOURCES, last=day_of(LAST))

    for element in {element for _, element in found}:
        days = {party: day for (party, other), day in found.items() if other == element}
        expected = {party: day for party, day in plain.arrival(element).items() if party not in SOURCES}
        assert days == {party: "" if day == BEFORE else iso(day) for party, day in expected.items()}


@settings(max_examples=150, deadline=None)
@given(plain_flows(), st.sampled_from(PARTIES[2:]), numbers, numbers)
def test_what_a_party_had_in_a_span_is_what_it_had_on_one_of_its_days(flows, party, one, other) -> None:
    first, last = sorted((one, other))
    plain = Plain(flows, BROADER, SOURCES)

    span = held_or_retained(
        to_edges(flows), party, TAXONOMY, SOURCES, first=day_of(first), last=day_of(last)
    )  # fmt: skip

    assert span.elements == plain.had(party, first, last)
