"""What a map shows beside the flows of its day: how they differ from another day's, and what an audit found."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from dataflows.maps.merging import categories_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from dataflows.maps.shapes import MapEdge, MapFinding, MapNode, MapView
    from dataflows.model.snapshot import Snapshot

CHANGES = ("added", "ended", "changed")
SEVERITIES = {"error": "▲", "warning": "◆", "info": "●"}
"""The severities, worst first, each with its mark."""


def both_days(now: Snapshot, day: date) -> Snapshot:
    """Return a snapshot in which the flows of its day and of another are all in force."""
    return replace(
        now,
        all_flows={
            id: replace(flow, starts=None, ends=None)
            for id, flow in now.all_flows.items()
            if now.valid_on in flow.period or day in flow.period
        },
    )


def with_changes(view: MapView, now: Snapshot, day: date, corrected: Collection[str]) -> MapView:
    """Return a view of `both_days` whose arrows are told apart by what happened to their flows since the other day."""

    def change_of(id: str) -> str:
        period = now.all_flows[id].period
        if day not in period or now.valid_on not in period:
            return "ended" if day in period else "added"
        return "changed" if id in corrected else ""

    changes = {id: change_of(id) for edge in view.edges for id in edge.flows}
    edges = tuple(part for edge in view.edges for part in _split(edge, view, now, changes))
    dated = tuple({**line, **_days(now, line["flow"])} for line in view.key)
    return replace(view, edges=edges, key=dated, compared_with=day)


def _days(snapshot: Snapshot, id: str) -> dict[str, str | None]:
    flow = snapshot.all_flows[id]
    return {name: day.isoformat() if day else None for name, day in (("starts", flow.starts), ("ends", flow.ends))}


def _split(edge: MapEdge, view: MapView, now: Snapshot, changes: Mapping[str, str]) -> Iterator[MapEdge]:
    for change in (*CHANGES, ""):
        ids = tuple(id for id in edge.flows if changes[id] == change)
        if not ids:
            continue
        if ids == edge.flows:
            yield replace(edge, change=change)
            return
        elements = tuple(now.taxonomy.sorted({e for line in view.key if line["flow"] in ids for e in line["elements"]}))
        categories = categories_of(now, elements)
        is_by_element = edge.typical == edge.elements != edge.categories
        typical = elements if is_by_element else categories
        yield replace(edge, change=change, flows=ids, elements=elements, categories=categories, typical=typical)


def with_findings(view: MapView, findings: Iterable[MapFinding]) -> MapView:
    """Return a view that says what an audit found about its parties, most severe first."""
    there = {member.id for node in view.nodes for member in node.members}
    order = {severity: number for number, severity in enumerate(SEVERITIES)}
    kept = sorted(
        (finding for finding in findings if finding.party in there),
        key=lambda finding: (order[finding.severity], finding.text, finding.party, finding.subject),
    )
    return replace(view, findings=tuple(kept), has_findings=True)


def finding_lines(view: MapView, node: MapNode) -> list[tuple[str, str]]:
    """Return what was found about the parties of a box: a severity, and the words of its row."""
    words = view.wording.words["findings"]
    names = {member.id: member.name for member in node.members}
    lines: list[tuple[str, str]] = []
    for severity, mark in SEVERITIES.items():
        found = [f for f in view.findings if f.party in names and f.severity == severity]
        said = Counter(names[f.party] if node.kind == "group" else f.text for f in found)
        if not said:
            continue
        faults = [words["several"].format(name=name, count=n) if n > 1 else name for name, n in sorted(said.items())]
        lines.append((severity, words["row"].format(mark=mark, severity=words[severity], faults=" · ".join(faults))))
    return lines


def change_words(view: MapView, edge: MapEdge, phrase: str) -> str:
    """Return the words of a row with what happened to its flows."""
    return str(view.wording.words["changes"][edge.change].format(phrase=phrase)) if edge.change else phrase
