"""Beside the rows of a day: what changed since another, what an audit finds; and who is no receiver at all."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import outloud
import pdfua
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataflows.actions.draw_map import Marks, Since, draw_map
from dataflows.actions.draw_matrix import draw_matrix, draw_matrix_as, find_matrix
from dataflows.errors import UsageError
from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.maps.matrix.beside import Beside
from dataflows.maps.matrix.words import counts_of, notes_of
from dataflows.maps.shapes import MapFinding
from tests.snapshots import snapshot_of
from tests.unit.maps.matrix.catalogs import tame
from tests.unit.maps.matrix.decoding import decode, squeezed

if TYPE_CHECKING:
    from pathlib import Path

    from dataflows.maps.matrix.shapes import MatrixView
    from dataflows.model.snapshot import Snapshot

CATALOG = """
vendors:
  - {id: mathly, name: Mathly}
  - {id: readly, name: Readly}
  - {id: oldly, name: Oldly}
  - {id: freshly, name: Freshly}
  - {id: hostly, name: Hostly}
parties: [{id: state, name: State Agency, kind: agency}]
flows:
  - {id: old, to: oldly, elements: [email], method: provided, starts: 2020-01-01, ends: 2025-06-30}
  - {id: both, to: mathly, elements: [email], method: provided, starts: 2020-01-01}
  - {id: less, to: mathly, elements: [photo], method: provided, starts: 2020-01-01, ends: 2025-06-30}
  - {id: fixed, to: mathly, method: collected, elements: [ip-address], from: students, starts: 2020-01-01}
  - {id: more, to: mathly, elements: [first-name], method: provided, starts: 2026-01-01}
  - {id: same, to: readly, elements: [email], method: provided, starts: 2020-01-01}
  - {id: fresh, to: freshly, elements: [email, last-name], method: provided, starts: 2026-01-01}
  - {id: host, from: mathly, to: hostly, elements: [email], method: provided, starts: 2026-01-01}
  - {id: back, from: mathly, to: oak, elements: [test-scores], method: provided}
  - {id: sends, from: state, to: oak, elements: [test-scores], method: provided}
  - {id: enroll, from: students, to: oak, elements: [home-address], method: collected}
"""
SINCE = Beside(date(2025, 1, 1), frozenset({"fixed"}))
FINDINGS = (
    MapFinding("mathly", "warning", "AGR-1", "flow both", "Sign an agreement"),
    MapFinding("mathly", "error", "BAS-1", "flow more", "State the basis"),
    MapFinding("readly", "warning", "AGR-1", "flow same", "Sign an agreement"),
    MapFinding("readly", "warning", "AGR-1", "flow other", "Sign an agreement"),
    MapFinding("oak", "info", "NOT-1", "district oak", "Publish the policy"),
)


def groups_of(view: MatrixView) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for group in view.groups:
        found.setdefault(group.kind, []).extend(party.id for party in group.parties)
    return found


@pytest.mark.parametrize("name", ["overview", "matrix"])
def test_a_source_is_counted_nowhere_and_what_comes_back_to_it_is_said(name: str) -> None:
    view = find_matrix(snapshot_of(CATALOG), name)
    found = groups_of(view)

    assert {kind: sorted(parties) for kind, parties in found.items()} == {
        "source": ["oak"], "group": ["freshly", "mathly", "readly"], "onward": ["hostly"], "sender": ["state"],
    }  # fmt: skip
    assert counts_of(view).startswith("4 parties")  # who only sends gets none
    assert dict(notes_of(view))["From whom data comes back to the district or its students"] == "Mathly · State Agency"
    assert {column.id: column.parties for column in view.columns}["home-address"] == 0


def test_a_district_that_others_alone_send_to_is_in_no_row() -> None:
    """As in the real district: test scores come back from a testing company."""
    view = find_matrix(
        snapshot_of("""
vendors: [{id: a, name: A}]
flows:
  - {id: there, to: a, elements: [email]}
  - {id: back, from: a, to: oak, elements: [test-scores]}
"""),
        "overview",
    )

    assert groups_of(view) == {"group": ["a"]}
    assert counts_of(view) == "1 party in 1 group, 1 data element"
    assert {(line.sender, line.receiver) for line in view.key} == {("oak", "a"), ("a", "oak")}


def test_who_only_carries_is_named() -> None:
    view = find_matrix(
        snapshot_of("""
vendors: [{id: a, name: A}, {id: c, name: Carrier}]
flows: [{id: f, to: a, via: c, elements: [email]}]
"""),
        "overview",
    )

    assert dict(notes_of(view))["Data runs through their service to others"] == "Carrier"


@pytest.mark.parametrize("name", ["overview", "matrix"])
def test_what_was_added_ended_and_corrected_is_told_apart(name: str) -> None:
    view = find_matrix(snapshot_of(CATALOG), name, beside=SINCE)
    parties = {party.id: party for party in view.parties}

    assert parties["mathly"].changes == {
        "added": {"first-name": ("provided",)},
        "ended": {"photo": ("provided",)},
        "changed": {"ip-address": ("collected",)},
    }
    assert "photo" not in parties["mathly"].cells
    assert parties["freshly"].is_new
    assert parties["hostly"].is_new  # by way of another alone
    assert parties["readly"].changes == {}
    assert groups_of(view)["former"] == ["oldly"]
    assert [line.flow for line in view.ended] == ["less", "old"]
    assert {line.flow: line.change for line in view.key if line.change} == {
        "more": "added", "fresh": "added", "host": "added", "fixed": "changed",
    }  # fmt: skip


def test_the_rows_of_the_day_stay_as_they_are() -> None:
    plain, compared = (find_matrix(snapshot_of(CATALOG), "overview", beside=b) for b in (Beside(), SINCE))

    assert compared.key == tuple(line for line in compared.key)
    assert {line.flow for line in plain.key} == {line.flow for line in compared.key}
    assert {p.id: p.cells for p in plain.parties}.items() <= {p.id: p.cells for p in compared.parties}.items()
    assert counts_of(plain) == counts_of(compared)


def test_an_audit_counts_beside_names_and_is_listed_most_severe_first() -> None:
    view = find_matrix(snapshot_of(CATALOG), "overview", beside=Beside(findings=FINDINGS))
    parties = {party.id: party for party in view.parties}
    said = draw_matrix_as(view, "txt").decode()

    assert dict(parties["mathly"].found) == {"error": 1, "warning": 1}
    assert dict(parties["readly"].found) == {"warning": 2}
    assert [(f.severity, f.party) for f in view.findings or ()] == [
        ("error", "mathly"), ("warning", "mathly"), ("warning", "readly"), ("warning", "readly"), ("info", "oak"),
    ]  # fmt: skip
    assert "▲ error: State the basis: Mathly" in said
    assert "◆ warning: Sign an agreement: Mathly · Readly ×2" in said


def test_an_audit_without_findings_says_so() -> None:
    said = draw_matrix(snapshot_of(CATALOG), "overview", "txt", beside=Beside(findings=())).decode()

    assert "An audit finds nothing about this day." in said


@pytest.mark.parametrize("vendors", [0, 300])
def test_the_page_alone_says_what_changed_and_what_was_found(vendors: int) -> None:
    snapshot = snapshot_of(tame(vendors, 1)) if vendors else snapshot_of(CATALOG)
    beside = SINCE if not vendors else Beside(date(2024, 1, 1))
    found = FINDINGS if not vendors else tuple(MapFinding(f"v{n}", "warning", "A", "b", "c") for n in range(vendors))
    view = find_matrix(snapshot, "overview", beside=Beside(beside.compared_with, beside.corrected, found))
    codes = {column.id: column.code for column in view.columns}
    read = decode(draw_matrix_as(view, "pdf"))

    assert read.cells == {
        (squeezed(p.shown), codes[column], method)
        for p in view.parties
        for column, ms in p.cells.items()
        for method in ms
    }
    assert read.changes == {
        (squeezed(p.shown), change, codes[column], method)
        for p in view.parties
        for change, cells in p.changes.items()
        for column, methods in cells.items()
        for method in methods
    }
    assert read.found == {
        squeezed(p.shown): " ".join(f"{'▲◆●'[('error', 'warning', 'info').index(s)]}{n}" for s, n in p.found.items())
        for p in view.parties
        if p.found
    }


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(("oak", "students", "a", "b")),
            st.sampled_from(("a", "b", "c", "oak")),
            st.sampled_from(("email", "first-name", "photo")),
            st.sampled_from(("provided", "collected")),
            st.integers(0, 9),
            st.integers(0, 9),
        ).filter(lambda flow: flow[0] != flow[1]),
        max_size=8,
    )
)
def test_changes_are_the_difference_of_the_two_days(flows: list[tuple[str, str, str, str, int, int]]) -> None:
    """Against the plain way: both days by themselves."""
    rows = [
        f"- {{id: f{n}, from: {sender}, to: {to}, elements: [{element}], method: {method}, "
        f"starts: {date(2026, 1, 1) + timedelta(min(a, b))}, ends: {date(2026, 1, 1) + timedelta(max(a, b))}}}"
        for n, (sender, to, element, method, a, b) in enumerate(flows)
    ]
    listed = "\n".join(["", *rows]) if rows else "[]"
    text = f"vendors: [{{id: a, name: A}}, {{id: b, name: B}}, {{id: c, name: C}}]\nflows: {listed}"
    before, now = (direct(snapshot_of(text, day)) for day in ("2026-01-03", "2026-01-07"))
    tree = json.loads(draw_matrix(snapshot_of(text, "2026-01-07"), "overview", "json", beside=Beside(date(2026, 1, 3))))
    changes = {
        (party, change, column, method)
        for party, parts in tree["changes"].items()
        for change, cells in parts.items()
        for column, methods in cells.items()
        for method in methods
    }

    assert {(p, e, m) for p, change, e, m in changes if change == "added"} == now - before
    assert {(p, e, m) for p, change, e, m in changes if change == "ended"} == before - now


def direct(snapshot: Snapshot) -> set[tuple[str, str, str]]:
    return {
        (flow.receiver, element, str(flow.how))
        for flow in snapshot.flows
        if snapshot.is_source(snapshot.sender_of(flow))
        for element in flow.elements
    }


def test_tables_have_columns_for_what_changed_and_what_was_found() -> None:
    beside = Beside(SINCE.compared_with, SINCE.corrected, FINDINGS)
    view = find_matrix(snapshot_of(CATALOG), "matrix", beside=beside)
    rows = {row["Id"]: row for row in csv.DictReader(io.StringIO(draw_matrix_as(view, "csv").decode("utf-8-sig")))}
    page = draw_matrix_as(view, "html").decode()

    assert rows["mathly"]["New since 2025-01-01"] == "First name (provided)"
    assert rows["mathly"]["Ended since 2025-01-01"] == "Photograph or likeness (provided)"
    assert rows["readly"]["An audit finds"] == "warning: Sign an agreement (2x)"
    assert "Ended since 2025-01-01" in page
    assert "<span>2 warnings</span>" in page
    assert '<span lang="en">Sign an agreement</span> <bdi class="quiet">' in page
    assert "Readly ×2" in page
    assert "in the key" not in page
    assert draw_matrix_as(view, "xlsx")[:2] == b"PK"


@pytest.mark.parametrize("name", ["overview", "matrix"])
@pytest.mark.parametrize("suffix", ["pdf", "svg", "png", "json", "txt"])
def test_every_form_takes_both(name: str, suffix: str) -> None:
    marks = Marks(Since(date(2025, 1, 1), frozenset({"fixed"})), is_audited=True)

    assert draw_map(snapshot_of(CATALOG), name, None, suffix, marks=marks)


def test_the_page_to_search_in_has_every_day_in_it_and_says_so() -> None:
    with pytest.raises(UsageError, match="choose one there"):
        draw_map(snapshot_of(CATALOG), "overview", None, "html", marks=Marks(Since(date(2025, 1, 1))))


@pytest.mark.parametrize("name", ["overview", "matrix"])
def test_the_checkers_of_tagged_pdf_find_nothing(name: str, tmp_path: Path) -> None:
    path = tmp_path / "map.pdf"
    view = find_matrix(snapshot_of(CATALOG), name, beside=Beside(SINCE.compared_with, SINCE.corrected, FINDINGS))
    path.write_bytes(draw_matrix_as(view, "pdf"))

    odd = {"TBL-012", "TBL-014"}  # As in test_pages.py.
    assert [str(found) for found in outloud.check(str(path)).findings if found.rule not in odd] == []
    assert [str(found) for found in pdfua.validate(str(path)).findings] == []


def test_every_element_of_the_taxonomy_can_change() -> None:
    known = ", ".join(builtin_taxonomy().elements)
    text = f"vendors: [{{id: a, name: A}}]\nflows: [{{id: f, to: a, elements: [{known}], ends: 2026-01-31}}]"
    view = find_matrix(snapshot_of(text, "2026-02-02"), "overview", beside=Beside(date(2026, 1, 1)))
    [group] = view.groups

    assert group.kind == "former"
    assert sum(len(methods) for methods in group.parties[0].changes["ended"].values()) > 1
    assert draw_matrix_as(view, "pdf")
