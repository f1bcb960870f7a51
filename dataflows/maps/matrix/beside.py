"""What stands beside the rows of a day: how each party's data differs from another day's, what an audit finds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataflows.maps.marks import CHANGES, SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from dataflows.maps.shapes import MapFinding
    from dataflows.model.flows import Flow
    from dataflows.model.snapshot import Snapshot

Reached = dict[str, frozenset[str]]
"""By element the methods by which it reaches a party straight from the district or its students."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What is asked for beside the day itself."""

    compared_with: date | None = None
    corrected: frozenset[str] = frozenset()
    """Flows that were corrected in the catalog between the two days."""
    findings: tuple[MapFinding, ...] | None = None
    """What an audit finds; None where nobody asked."""


NOTHING = Beside()


def reached_by(snapshot: Snapshot, flows: Iterable[Flow]) -> dict[str, Reached]:
    """Return by party what reaches it straight from the district or its students."""
    found: dict[str, dict[str, set[str]]] = {}
    for flow in flows:
        if snapshot.is_source(snapshot.sender_of(flow)):
            elements = found.setdefault(flow.receiver, {})
            for element in flow.elements:
                elements.setdefault(element, set()).add(str(flow.how))
    return {party: {e: frozenset(methods) for e, methods in found[party].items()} for party in sorted(found)}


def flows_before(snapshot: Snapshot, beside: Beside) -> tuple[Flow, ...]:
    """Return the flows in force on the day compared with."""
    day = beside.compared_with
    return tuple(flow for _, flow in sorted(snapshot.all_flows.items()) if day in flow.period) if day else ()


def changes_of_flows(snapshot: Snapshot, beside: Beside) -> dict[str, str]:
    """Say of each flow that differs between the days whether it was added, ended or changed."""
    if not beside.compared_with:
        return {}
    before = {flow.id for flow in flows_before(snapshot, beside)}
    now = {flow.id for flow in snapshot.flows}
    found = dict.fromkeys(now - before, "added") | dict.fromkeys(before - now, "ended")
    return found | dict.fromkeys(before & now & beside.corrected, "changed")


def changes_of_parties(snapshot: Snapshot, beside: Beside) -> dict[str, dict[str, Reached]]:
    """Return by party what it gets now and did not, got and does not, and what a corrected flow carries."""
    if not beside.compared_with:
        return {}
    earlier = flows_before(snapshot, beside)
    now, before = reached_by(snapshot, snapshot.flows), reached_by(snapshot, earlier)
    kept = {flow.id for flow in earlier} & beside.corrected
    corrected = reached_by(snapshot, [flow for flow in snapshot.flows if flow.id in kept])
    found: dict[str, dict[str, Reached]] = {}
    for party in sorted({*now, *before}):
        has, had = now.get(party, {}), before.get(party, {})
        added, ended = _without(has, had), _without(had, has)
        changed = _without(corrected.get(party, {}), added)
        parts = dict(zip(CHANGES, (added, ended, changed), strict=True))
        if any(parts.values()):
            found[party] = {change: reached for change, reached in parts.items() if reached}
    return found


def counts_of_findings(findings: Iterable[MapFinding]) -> dict[str, dict[str, int]]:
    """Return by party how many findings of each severity there are, the worst first."""
    counted = Counter((finding.party, finding.severity) for finding in findings)
    return {
        party: {severity: counted[party, severity] for severity in SEVERITIES if counted[party, severity]}
        for party in sorted({party for party, _ in counted})
    }


def sorted_findings(findings: Iterable[MapFinding], shown: Mapping[str, str]) -> tuple[MapFinding, ...]:
    """Sort findings, the most severe first, then by what is to be done and about whom."""
    order = {severity: place for place, severity in enumerate(SEVERITIES)}

    def place(found: MapFinding) -> tuple[int, str, str, str, str]:
        return order[found.severity], found.text, shown.get(found.party, "").casefold(), found.party, found.subject

    return tuple(sorted(findings, key=place))


def _without(has: Reached, lacks: Reached) -> Reached:
    """Return what the one has and the other lacks."""
    left = {element: methods - lacks.get(element, frozenset()) for element, methods in has.items()}
    return {element: methods for element, methods in left.items() if methods}
