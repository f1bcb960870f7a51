"""The flows to end are the fewest there are: every answer is held against trying all sets."""

from __future__ import annotations

from itertools import combinations
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataflows.graph.cut import find_cut
from dataflows.graph.edges import Edge, Search
from dataflows.model.taxonomy import Category, Taxonomy, TaxonomyElement
from dataflows.model.text import Text

BROADER = {"name": None, "first-name": "name", "nickname": "first-name", "last-name": "name", "email": None}
TAXONOMY = Taxonomy(
    [TaxonomyElement(id, Text.of(id), "other", broader) for id, broader in BROADER.items()],
    [Category("other", "Other")],
)
DAY = "2026-10-01"
DISTRICT = {"oak", "students"}
PARTIES = ["oak", "students", "a", "b", "c", "z"]


def cut(edges, *asked, starts=DISTRICT, end="z", weights=None, budget=6_000_000):
    return find_cut(Search(edges, asked, TAXONOMY, starts), end, DAY, weights=weights, budget=budget)


def upward(element: str) -> set[str]:
    found: set[str] = set()
    current: str | None = element
    while current:
        found.add(current)
        current = BROADER[current]
    return found


def reaches(edges, asked, starts, end) -> bool:
    """Plainly from the definition: each element asked about, and each narrower one, by itself."""
    for element in BROADER:
        if not upward(element) & set(asked):
            continue
        have = set(starts)
        for _ in PARTIES:
            have |= {e.receiver for e in edges if e.sender in have and set(e.elements) & upward(element)}
        if end in have:
            return True
    return False


def best_by_trying(edges, asked, starts, end, weights) -> list[str]:
    sets = [
        (sum(weights[edge.flow] for edge in some), size, [edge.flow for edge in some])
        for size in range(len(edges) + 1)
        for some in combinations(edges, size)
        if not reaches([edge for edge in edges if edge not in some], asked, starts, end)
    ]
    return min(sets)[2]


@st.composite
def questions(draw):
    count = draw(st.integers(0, 8))
    edges, weights = [], {}
    for number in range(count):
        sender = draw(st.sampled_from(PARTIES[:-1]))
        receiver = draw(st.sampled_from([party for party in PARTIES[1:] if party != sender]))
        elements = tuple(sorted(draw(st.sets(st.sampled_from(sorted(BROADER)), min_size=1, max_size=3))))
        edges.append(Edge(f"f{number}", sender, receiver, elements))
        weights[f"f{number}"] = draw(st.integers(0, 3))
    asked = sorted(draw(st.sets(st.sampled_from(sorted(BROADER)), min_size=1, max_size=3)))
    starts = draw(st.sampled_from([frozenset(DISTRICT), frozenset({"students"}), frozenset({"a"})]))
    return edges, weights, asked, starts


@settings(max_examples=600, deadline=None)
@given(question=questions(), is_weighted=st.booleans())
def test_nothing_smaller_stops_the_elements(*, question, is_weighted) -> None:
    edges, weights, asked, starts = question
    used = weights if is_weighted else dict.fromkeys(weights, 1)

    found = cut(edges, *asked, starts=starts, weights=weights if is_weighted else None)

    assert found.exact
    assert found.reachable_before == reaches(edges, asked, starts, "z")
    assert list(found.flows) == best_by_trying(edges, asked, starts, "z", used)


@settings(max_examples=300, deadline=None)
@given(questions())
def test_without_time_to_search_the_flows_still_stop_them_and_say_that_fewer_might(question) -> None:
    edges, weights, asked, starts = question
    best = best_by_trying(edges, asked, starts, "z", weights)

    found = cut(edges, *asked, starts=starts, weights=weights, budget=0)

    assert not reaches([edge for edge in edges if edge.flow not in found.flows], asked, starts, "z")
    if found.exact:
        assert sum(map(weights.get, found.flows)) == sum(map(weights.get, best))


def test_one_flow_behind_many_is_the_one_to_end() -> None:
    edges = [Edge("d", "hub", "z", ("email",)), *(Edge(f"{n}", "oak", "hub", ("email",)) for n in range(5))]

    assert cut(edges, "email").flows == ("d",)


def test_a_flow_that_carries_several_elements_is_one_flow() -> None:
    edges = [
        Edge("e", "oak", "a", ("email",)),
        Edge("l", "oak", "a", ("last-name",)),
        Edge("x", "a", "z", ("email", "last-name")),
    ]

    assert cut(edges, "email", "last-name").flows == ("x",)


def test_elements_that_go_different_ways_are_followed_by_themselves() -> None:
    edges = [Edge("a", "oak", "a", ("email",)), Edge("b", "a", "z", ("last-name",))]

    found = cut(edges, "email", "last-name")

    assert (found.flows, found.reachable_before, found.exact) == ((), False, True)


def test_cycles_end_and_what_comes_back_to_the_start_is_no_way() -> None:
    edges = [
        Edge("a", "oak", "a", ("email",)),
        Edge("b", "a", "b", ("email",)),
        Edge("c", "b", "a", ("email",)),
        Edge("d", "b", "z", ("email",)),
        Edge("e", "z", "oak", ("email",)),
    ]

    assert cut(edges, "email").flows == ("a",)


def test_the_students_alone_leave_the_district_s_own_flows() -> None:
    edges = [Edge("a", "oak", "z", ("email",)), Edge("b", "students", "z", ("email",))]

    assert cut(edges, "email").flows == ("a", "b")
    assert cut(edges, "email", starts={"students"}).flows == ("b",)


def test_only_flows_in_force_on_the_day_count() -> None:
    edges = [
        Edge("old", "oak", "z", ("email",), ends="2026-09-30"),
        Edge("last", "oak", "z", ("email",), ends=DAY),
        Edge("first", "oak", "z", ("email",), starts=DAY),
        Edge("new", "oak", "z", ("email",), starts="2026-10-02"),
    ]

    assert cut(edges, "email").flows == ("first", "last")


def hub(vendors: int) -> list[Edge]:
    """Vendors that get five elements by shared flows and pass them on by others that overlap."""
    names = sorted(BROADER)
    edges = []
    for vendor in range(vendors):
        for number in range(5):
            some = (names[number], names[(number + vendor) % 5], names[(number * 2 + 1) % 5])
            edges.append(Edge(f"i{vendor:03}{number}", "oak", f"v{vendor}", some))
            edges.append(Edge(f"o{vendor:03}{number}", f"v{vendor}", f"w{vendor % 7}", some[1:]))
        edges.append(Edge(f"p{vendor:03}", f"w{vendor % 7}", "z", tuple(names[:3])))
    return edges


@pytest.mark.parametrize("vendors", [20, 700])
def test_a_district_s_worth_of_flows_is_answered_in_seconds(vendors: int) -> None:
    began = perf_counter()
    found = cut(hub(vendors), *BROADER)

    assert found.flows
    assert perf_counter() - began < 30
