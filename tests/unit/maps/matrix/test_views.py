"""The overview's JSON and rows say exactly what flows, whatever the catalog."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataflows.actions.draw_matrix import draw_matrix, find_matrix
from dataflows.actions.sample import invent_catalog
from dataflows.errors import UsageError
from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.maps.matrix.views import matrix_view, overview_view
from dataflows.model.snapshot import Snapshot, build_snapshot
from tests.machine import CHECKOUT
from tests.snapshots import snapshot_of
from tests.unit.maps.examples import CARRIED, VIDEO
from tests.unit.maps.matrix.catalogs import tame, wild

DAY = date(2026, 10, 1)
METHODS = ("provided", "collected", "contributed", None)
PARTIES = ("oak", "students", "a", "b", "c", "d", "e", "f")
ELEMENTS = tuple(builtin_taxonomy().elements)


def facts_of(snapshot: Snapshot) -> set[tuple[str, str, str, str]]:
    """Return every (from, to, element, method) in force."""
    return {
        (snapshot.sender_of(flow), flow.receiver, element, str(flow.how))
        for flow in snapshot.flows
        for element in flow.elements
    }


def facts_of_key(tree: dict[str, Any]) -> set[tuple[str, str, str, str]]:
    return {(line["from"], line["to"], element, line["method"]) for line in tree["key"] for element in line["elements"]}


def cells_of(tree: dict[str, Any]) -> set[tuple[str, str, str]]:
    """Rebuild (party, column, method) from groups and exceptions."""
    found = set()
    for group in tree["groups"]:
        for party in group["parties"]:
            own = {(column, method) for column, methods in group["cells"].items() for method in methods}
            apart = tree["exceptions"].get(party, {"add": {}, "remove": {}})
            own -= {(column, method) for column, methods in apart["remove"].items() for method in methods}
            own |= {(column, method) for column, methods in apart["add"].items() for method in methods}
            found |= {(party, *trait) for trait in own}
    return found


def direct_of(snapshot: Snapshot, by: str) -> set[tuple[str, str, str]]:
    taxonomy = snapshot.taxonomy
    return {
        (receiver, element if by == "element" else taxonomy[element].category, method)
        for sender, receiver, element, method in facts_of(snapshot)
        if snapshot.is_source(sender)
    }


def check(snapshot: Snapshot) -> dict[str, Any]:
    tree: dict[str, Any] = json.loads(draw_matrix(snapshot, "overview", "json"))
    [by] = {column["kind"] for column in tree["columns"]} or {"element"}
    assert facts_of_key(tree) == facts_of(snapshot)
    assert cells_of(tree) == direct_of(snapshot, by)
    members = [party for group in tree["groups"] for party in group["parties"]]
    # A source is a row only where the other gives it data; what vendors send back stands in the key.
    ends = {to for to, _, _ in direct_of(snapshot, "element")}
    ends |= {flow.receiver for flow in snapshot.flows if not snapshot.is_source(flow.receiver)}
    ends |= {sender for sender in map(snapshot.sender_of, snapshot.flows) if not snapshot.is_source(sender)}
    assert sorted(members) == sorted(ends)
    codes = [column["code"] for column in tree["columns"]]
    assert len(codes) == len(set(codes))
    return tree


@st.composite
def catalogs(draw: st.DrawFn) -> str:
    vendors = ", ".join(f"{{id: {id}, name: {id.upper()}}}" for id in PARTIES[2:])
    flows = []
    for number in range(draw(st.integers(0, 14))):
        sender, receiver = draw(st.lists(st.sampled_from(PARTIES), min_size=2, max_size=2, unique=True))
        elements = draw(st.lists(st.sampled_from(ELEMENTS), min_size=1, max_size=9, unique=True))
        method = draw(st.sampled_from(METHODS))
        how = f"method: {method}, " if method else ""
        flows.append(f"- {{id: f{number}, from: {sender}, to: {receiver}, {how}elements: [{', '.join(elements)}]}}")
    return f"vendors: [{vendors}]\nflows:\n" + "\n".join(flows or ["  []"])


@settings(max_examples=60, deadline=None)
@given(catalogs())
def test_the_json_rebuilds_every_flow_of_any_catalog(text: str) -> None:
    check(snapshot_of(text))


@pytest.mark.parametrize("text", [VIDEO, CARRIED, tame(300, 1), tame(40, 2), wild(300, 1), wild(120, 2, elements=30)])
def test_the_json_rebuilds_every_flow_of_generated_catalogs(text: str) -> None:
    check(snapshot_of(text))


def test_the_json_rebuilds_every_flow_of_the_invented_district_and_of_the_example() -> None:
    check(build_snapshot(invent_catalog(300, 1), taxonomy=builtin_taxonomy(), valid_on=DAY))
    text = (CHECKOUT / "schemas" / "examples" / "zoom-2020.yaml").read_text(encoding="utf-8")
    check(snapshot_of(text, "2020-04-06"))


def test_parties_share_rows_with_few_exceptions_and_the_same_catalog_gives_the_same_rows() -> None:
    view = overview_view(snapshot_of(tame(300, 1)))

    assert not view.is_full
    assert view.by == "element"
    assert 20 <= len(view.groups) <= 40
    assert view.coarsening.exceptions < 0.7 * view.coarsening.parties
    assert draw_matrix(snapshot_of(tame(300, 1)), "overview", "json") == draw_matrix(
        snapshot_of(tame(300, 1)), "overview", "json"
    )


def test_above_forty_columns_they_are_categories_with_fractions() -> None:
    view = overview_view(build_snapshot(invent_catalog(300, 1), taxonomy=builtin_taxonomy(), valid_on=DAY))

    assert view.coarsening.drawn > 40
    assert {column.kind for column in view.columns} == {"category"}
    names = next(column for column in view.columns if column.id == "student-name")
    assert names.size == 5
    assert all(
        0 < group.share_of(c.id)[1] <= c.size for group in view.groups for c in view.columns if c.id in group.cells
    )


@pytest.mark.parametrize(("elements", "by"), [(30, "element"), (200, "category")])
def test_parties_with_little_in_common_have_a_row_each_and_the_page_says_so(elements: int, by: str) -> None:
    snapshot = snapshot_of(wild(120, 1, elements=elements))
    view = overview_view(snapshot)

    assert view.is_full
    assert view.by == by
    assert len(view.groups) == 120
    assert "little in common" in draw_matrix(snapshot, "overview", "txt").decode()


def test_a_small_catalog_has_no_exception() -> None:
    assert check(snapshot_of(VIDEO))["exceptions"] == {}


def test_whoever_only_passes_on_or_gets_from_others_has_a_name_and_a_row() -> None:
    view = overview_view(snapshot_of(VIDEO))
    rows = {group.kind: [party.id for party in group.parties] for group in view.groups}

    assert rows["source"] == ["oak"]
    assert rows["onward"] == ["stratus"]
    assert view.letters == {"stratus": "a"}
    assert {party.id: party.passes_to for party in view.parties}["meetly"] == ("stratus",)
    assert view.unconnected == ("Idle Learning",)


def test_several_methods_are_in_one_cell_and_an_unstated_one_too() -> None:
    view = overview_view(
        snapshot_of("""
vendors: [{id: a, name: A}]
flows:
  - {id: x, from: students, to: a, method: contributed, elements: [photo]}
  - {id: y, to: a, method: provided, elements: [photo]}
  - {id: z, to: a, elements: [email]}
""")
    )

    assert view.groups[0].cells == {"email": ("unstated",), "photo": ("provided", "contributed")}


def test_names_that_differ_in_case_or_form_only_have_their_id_behind_them() -> None:
    view = overview_view(
        snapshot_of("""
vendors:
  - {id: one, name: Zoom}
  - {id: two, name: zoom}
  - {id: three, name: "Sen\\u0303or"}
  - {id: four, name: "Señor"}
  - {id: five, name: Other}
flows:
  - {id: a, to: one, elements: [email]}
  - {id: b, to: two, elements: [email]}
  - {id: c, to: three, elements: [email]}
  - {id: d, to: four, elements: [email]}
  - {id: e, to: five, elements: [email]}
""")
    )

    assert sorted(party.shown for party in view.parties) == sorted(
        ["Zoom (one)", "zoom (two)", "Sen\u0303or (three)", "Señor (four)", "Other"]
    )


def test_an_element_that_no_row_has_as_a_whole_is_no_drawn_column() -> None:
    rows = [f"- {{id: v{n}, name: Vendor {n}}}" for n in range(200)]
    flows = [f"- {{id: f{n}, to: v{n}, elements: [{ELEMENTS[n % 90]}, email]}}" for n in range(200)]
    flows = [flow.replace("[email, email]", "[email]") for flow in flows]
    view = overview_view(snapshot_of("vendors:\n" + "\n".join(rows) + "\nflows:\n" + "\n".join(flows)))

    undrawn = {column.id for column in view.columns if not column.is_drawn}
    assert undrawn
    assert not undrawn & {column for group in view.groups for column in group.cells}


def test_totals_count_the_parties_of_a_column() -> None:
    snapshot = snapshot_of(tame(120, 3))
    reached = Counter(column for _, column in {(party, column) for party, column, _ in direct_of(snapshot, "element")})

    assert {column.id: column.parties for column in overview_view(snapshot).columns} == dict(reached)


def test_the_matrix_has_a_row_a_party_by_element_or_category() -> None:
    snapshot = snapshot_of(tame(60, 1))
    by_element, by_category = matrix_view(snapshot), matrix_view(snapshot, "category")

    assert len(by_element.groups) == len(by_category.groups) == len(by_element.parties)
    assert {column.kind for column in by_category.columns} == {"category"}
    tree = json.loads(draw_matrix(snapshot, "matrix", "json"))
    edges = {(e["from"], e["to"], x, e["method"]) for e in tree["edges"] for x in e["elements"]}
    assert edges == facts_of_key(tree) == facts_of(snapshot)
    cells = {(row["party"], c, m) for row in tree["rows"] for c, methods in row["cells"].items() for m in methods}
    assert cells == direct_of(snapshot, "element")


def test_parties_of_like_data_stand_beside_each_other_in_the_matrix() -> None:
    view = matrix_view(snapshot_of(tame(200, 4)))
    profiles = [frozenset((c, m) for c, ms in party.cells.items() for m in ms) for party in view.parties]
    by_name = [p for _, p in sorted(zip([party.shown for party in view.parties], profiles, strict=True))]

    def jumps(rows: list[frozenset[tuple[str, str]]]) -> int:
        return sum(len(one ^ two) for one, two in pairwise(rows))

    assert jumps(profiles) < jumps(by_name) / 3


def test_columns_are_chosen_for_the_matrix_only() -> None:
    snapshot = snapshot_of(VIDEO)

    with pytest.raises(UsageError, match="by itself"):
        find_matrix(snapshot, "overview", "category")
    with pytest.raises(UsageError, match="--by element"):
        find_matrix(snapshot, "matrix", "vendor")
    with pytest.raises(UsageError, match=r"\.csv"):
        draw_matrix(snapshot, "matrix", "dot")
    with pytest.raises(UsageError, match="no theme"):
        draw_matrix(snapshot, "matrix", "svg", theme="sepia")
