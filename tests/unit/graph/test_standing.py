"""Flow by flow, the same parties hold and retain the same things as party by party."""

from __future__ import annotations

from hypothesis import given, settings

from dataflows.graph.edges import Search
from dataflows.graph.reach import find_holders
from dataflows.graph.standing import find_standings
from tests.unit.graph.slow_reach import day_of
from tests.unit.graph.test_reach import SOURCES, TAXONOMY, asked_sets, numbers, plain_flows, to_edges


@settings(max_examples=300, deadline=None)
@given(plain_flows(), asked_sets, numbers)
def test_what_stands_at_a_party_is_what_it_holds_or_retains(flows, asked, day) -> None:
    edges = to_edges(flows)
    search = Search(edges, sorted(asked), TAXONOMY, SOURCES)
    found = find_holders(edges, sorted(asked), TAXONOMY, SOURCES, day_of(day))

    standings = find_standings(search, day_of(day).isoformat())

    coming, kept = {}, {}
    for item in standings:
        if item.coming:
            bits, ids = coming.get(item.edge.receiver, (0, ()))
            coming[item.edge.receiver] = (bits | item.coming, (*ids, item.edge.flow))
        if item.kept:
            bits, ids = kept.get(item.edge.receiver, (0, ()))
            kept[item.edge.receiver] = (bits | item.kept, (*ids, item.edge.flow))
    assert {party: (search.elements_in(bits), ids) for party, (bits, ids) in coming.items()} == {
        row.party: (row.elements, row.flows) for row in found.holders
    }
    assert {party: (search.elements_in(bits), ids) for party, (bits, ids) in kept.items() if party not in coming} == {
        row.party: (row.elements, row.flows) for row in found.retained
    }
