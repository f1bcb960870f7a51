"""Whoever compares two of our pages of one district finds the same numbers of parties and of kinds of data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dataflows.actions.draw_map import draw_map
from dataflows.maps.matrix.views import overview_view
from dataflows.maps.page.facts import read_page
from dataflows.maps.page.rows import rows_of
from dataflows.maps.surround import notes_of
from dataflows.maps.views import network_view
from tests.portals import make_portal
from tests.snapshots import snapshot_of
from tests.unit.maps.matrix.catalogs import tame

if TYPE_CHECKING:
    from pathlib import Path

BROADER = """
vendors: [{id: meetly, name: Meetly}, {id: host, name: Host}, {id: state, name: Office}]
flows:
  - {id: names, to: meetly, method: provided, elements: [first-name, last-name, email]}
  - {id: whole, to: state, method: provided, elements: [name, student-id]}
  - {id: kept, from: meetly, to: host, method: provided, elements: [email]}
  - {id: watch, from: students, to: oak, via: meetly, method: collected, elements: [school, username]}
"""


@pytest.mark.parametrize("catalog", [BROADER, tame(14, 3)], ids=["broader", "tame"])
def test_the_portal_the_overview_and_its_page_count_alike(catalog: str, tmp_path: Path) -> None:
    """`name` is broader than `first-name`, and the district collects something itself: neither counts twice."""
    snapshot = snapshot_of(catalog)
    view = overview_view(snapshot)
    parties, kinds = view.counted, sum(1 for column in view.columns if column.parties)

    make_portal(catalog, tmp_path / "site")
    front = (tmp_path / "site" / "en" / "index.html").read_text(encoding="utf-8")
    numbers = [int(number) for number in re.findall(r"<strong>(\d+)</strong>", front.partition('class="numbers"')[2])]

    assert numbers[:2] == [parties, kinds]
    assert sum(row.is_counted for row in rows_of(read_page(snapshot))) == parties
    data = (tmp_path / "site" / "en" / "data.html").read_text(encoding="utf-8")
    assert f"By the names in our records, {kinds} kinds of data go out." in data


def test_the_page_says_of_a_source_and_of_who_only_sends_that_they_are_not_counted() -> None:
    page = draw_map(snapshot_of(BROADER), "overview", None, "html").decode()

    assert page.count(", not counted</span>") == 1
    assert '<span class="kind">district, not counted</span>' in page


def test_the_network_counts_the_parties_that_the_overview_counts() -> None:
    snapshot = snapshot_of(tame(60, 1))
    view = network_view(snapshot)

    assert view.is_grouped
    assert f"{overview_view(snapshot).counted} parties would be too many boxes" in " ".join(notes_of(view))
