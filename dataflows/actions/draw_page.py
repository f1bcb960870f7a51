"""Draw a map as one page of HTML: the overview to search in, the others with a table of their flows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.actions.draw_told import told_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.maps.page.shapes import PageFinding
    from dataflows.maps.shapes import MapView
    from dataflows.model.snapshot import Snapshot


def draw_overview_page(snapshot: Snapshot, theme: str = "light", language: str | None = None) -> bytes:
    """Return the page of everyone, with what an audit of the snapshot's day finds."""
    from dataflows.maps.page.facts import read_page
    from dataflows.reporting.map_page import render_overview

    told, wording = told_in(snapshot, language)
    return render_overview(read_page(told, _findings(snapshot), wording), theme)


def draw_view_page(view: MapView, drawing: bytes, snapshot: Snapshot, theme: str = "light") -> bytes:
    """Return the page of a map and its drawing (SVG); `snapshot` names the parties, in the language of the view."""
    from dataflows.maps.page.drawn import read_drawn
    from dataflows.reporting.map_page import render_drawn

    return render_drawn(read_drawn(view, snapshot), drawing, theme)


def _findings(snapshot: Snapshot) -> Iterator[PageFinding]:
    """Yield what an audit finds about each party; what is waived is not told."""
    from dataflows.law.citations import cite_for_readers
    from dataflows.maps.page.shapes import PageFinding
    from dataflows.rules.run import check_snapshot

    for finding in check_snapshot(snapshot):
        if not finding.waived:
            law, rule = cite_for_readers(finding.citation), f"{finding.about.code} {finding.rule}"
            said = (str(finding.severity), finding.message, finding.about.fix, law, rule, str(finding.subject))
            for party in finding.parties or (snapshot.district.id,):
                yield PageFinding(party, *said)
