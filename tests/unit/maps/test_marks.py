"""A map can tell apart what changed since another day, and say what an audit found."""

from __future__ import annotations

from datetime import date

import pytest

from dataflows.actions.draw_map import Marks, Since, draw_map, find_view
from tests.paper import poppler
from tests.snapshots import snapshot_of

CATALOG = """
vendors: [{id: mathly, name: Mathly}, {id: readly, name: Readly}, {id: oldly, name: Oldly}]
flows:
  - {id: old, to: oldly, elements: [email], starts: 2020-01-01, ends: 2025-06-30}
  - {id: both, to: mathly, elements: [email], starts: 2020-01-01}
  - {id: fixed, to: mathly, method: collected, elements: [ip-address], starts: 2020-01-01}
  - {id: new, to: mathly, elements: [name], starts: 2026-01-01}
  - {id: later, to: readly, elements: [name], starts: 2030-01-01}
"""
SINCE = Since(date(2025, 1, 1), frozenset({"fixed"}))


def edges(marks):
    view = find_view(snapshot_of(CATALOG), "network", marks=marks)
    return {(edge.receiver, edge.flows): edge for edge in view.edges}


def test_arrows_are_told_apart_by_what_happened_since() -> None:
    found = {flows: edge.change for (_, flows), edge in edges(Marks(SINCE)).items()}

    assert found == {("old",): "ended", ("both",): "", ("fixed",): "changed", ("new",): "added"}


def test_an_arrow_whose_flows_differ_is_drawn_once_for_each() -> None:
    found = edges(Marks(SINCE))

    assert found["mathly", ("both",)].elements == ("email",)
    assert found["mathly", ("new",)].elements == ("name",)


def test_the_words_of_a_compared_map_name_what_changed_and_the_day() -> None:
    said = draw_map(snapshot_of(CATALOG), "network", None, "txt", marks=Marks(SINCE)).decode()

    assert "compared with January\u00a01,\u00a02025" in said
    assert "to Oldly, ENDED: how it gets there is not stated" in said
    assert "Since the day compared with: 1 flow is new; 1 flow ended; 1 flow was corrected in the catalog." in said


def test_the_json_keeps_the_days_of_flows_and_says_the_change() -> None:
    tree = find_view(snapshot_of(CATALOG), "network", marks=Marks(SINCE)).to_json()

    assert tree["compared_with"] == "2025-01-01"
    assert {line["flow"]: (line["starts"], line["ends"]) for line in tree["key"]}["old"] == ("2020-01-01", "2025-06-30")
    assert {edge.get("change") for edge in tree["edges"]} == {"added", "ended", "changed", None}


def test_a_map_of_two_equal_days_says_that_nothing_changed() -> None:
    snapshot = snapshot_of(CATALOG)
    said = draw_map(snapshot, "vendor", "oldly", "txt", marks=Marks(Since(date(2025, 1, 1)))).decode()
    same = draw_map(snapshot, "network", None, "txt", marks=Marks(Since(snapshot.valid_on))).decode()

    assert "ENDED" in said
    assert "Nothing changed since the day compared with." in same


def test_a_map_says_at_each_party_what_an_audit_finds() -> None:
    snapshot = snapshot_of(CATALOG)
    view = find_view(snapshot, "network", marks=Marks(is_audited=True))
    plain = find_view(snapshot, "network")

    assert {finding.party for finding in view.findings} >= {"mathly"}
    assert "findings" not in plain.to_json()
    assert view.to_json()["findings"][0].keys() == {"party", "severity", "rule", "subject", "text"}
    assert "warning" in draw_map(snapshot, "network", None, "svg", marks=Marks(is_audited=True)).decode()


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf", "dot", "graphml", "json", "txt"])
def test_both_marks_together_are_drawn_in_each_form(suffix: str) -> None:
    assert draw_map(snapshot_of(CATALOG), "network", None, suffix, marks=Marks(SINCE, is_audited=True))


def test_the_words_of_a_pdf_stand_in_the_font_of_maps_also_beside_signs() -> None:
    """In one run of text the typesetter takes the whole of it from a font that has the sign."""
    content = draw_map(snapshot_of(CATALOG), "network", None, "pdf", marks=Marks(SINCE, True))

    fonts = {
        line.split()[0].partition("+")[2].partition("-")[0] for line in poppler("pdffonts", content).splitlines()[2:]
    }
    assert fonts == {"FiraSans", "DejaVuSansMono"}
    said = poppler("pdftotext", content, "-layout")
    assert "ENDED:" in said


def test_grey_is_explained_only_where_something_is_grey() -> None:
    mixed = draw_map(snapshot_of(CATALOG), "network", None, "txt", marks=Marks(SINCE)).decode()
    new = "vendors: [{id: a, name: A}]\nflows: [{id: f, to: a, elements: [email], starts: 2026-01-01}]"
    all_new = draw_map(snapshot_of(new), "network", None, "txt", marks=Marks(SINCE)).decode()

    assert "rows in a box that are grey, stayed as they were" in mixed
    assert "1 flow is new." in all_new
    assert "grey" not in all_new
