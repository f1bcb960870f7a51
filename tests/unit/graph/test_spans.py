"""What a party had on some day of a span is what a breach there exposes."""

from __future__ import annotations

from datetime import date

from dataflows.graph.edges import Edge
from dataflows.graph.spans import held_or_retained
from tests.unit.graph.test_reach import SOURCES, TAXONOMY


def had(edges: list[Edge], party: str, first: str, last: str):
    days = {"first": date.fromisoformat(first), "last": date.fromisoformat(last)}
    return held_or_retained(edges, party, TAXONOMY, SOURCES, **days)


def test_a_flow_that_ended_within_the_span_counts() -> None:
    edges = [Edge("sis", "oak", "vendor", ("email",), ends="2024-12-22", retention_days=0)]

    assert had(edges, "vendor", "2024-12-19", "2025-01-07").elements == ("email",)
    assert had(edges, "vendor", "2024-12-23", "2025-01-07").elements == ()


def test_what_is_kept_from_an_old_flow_is_marked_with_it() -> None:
    edges = [
        Edge("sis", "oak", "vendor", ("name",), starts="2015-08-01"),
        Edge("sis-old", "oak", "vendor", ("email",), starts="2010-08-01", ends="2021-06-30"),
    ]

    span = had(edges, "vendor", "2024-12-19", "2025-01-07")

    assert span.elements == ("email", "name")
    assert [(k.edge.flow, k.elements, k.since, k.until) for k in span.keepings] == [
        ("sis", ("name",), "2015-08-01", "~"),
        ("sis-old", ("email",), "2010-08-01", "~"),
    ]


def test_what_arrives_after_the_span_or_was_destroyed_before_it_is_not_exposed() -> None:
    edges = [
        Edge("later", "oak", "vendor", ("email",), starts="2025-01-08"),
        Edge("gone", "oak", "vendor", ("name",), ends="2020-01-01", destroyed="2024-12-19"),
    ]

    assert had(edges, "vendor", "2024-12-19", "2025-01-07").elements == ()


def test_the_district_itself_holds_and_retains_nothing() -> None:
    edges = [Edge("a", "oak", "vendor", ("email",)), Edge("b", "vendor", "oak", ("email",))]

    assert had(edges, "oak", "2024-12-19", "2025-01-07") == ((), ())
