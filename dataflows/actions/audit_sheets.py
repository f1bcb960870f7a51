"""The sheets of an auditor's pack that are no list of the catalog: findings, rules, the sample, the log."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dataflows.model.records import fields_of
from dataflows.reporting.findings import CSV_COLUMNS, csv_row
from dataflows.reporting.tables import to_csv
from dataflows.rules import RULES
from dataflows.rules.pages import read_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from dataflows.catalog.log import Entry
    from dataflows.model.audits import Audit
    from dataflows.model.findings import Finding
    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.audit_facts import Comparison, Place

_PLACED = ("file", "row", "entry", "recorded_at", "recorded_by", "sources", "sampled")
"""What the findings of a pack have besides: where the record stands, and whether it is in the sample."""


def findings_sheet(found: Audit, place_of: Callable[[Finding], Place | None], sample: Iterable[str]) -> str:
    """Return every finding with the place of its record, and whether that is in the sample."""
    drawn = set(sample)
    return to_csv((*CSV_COLUMNS, *_PLACED), (_finding(finding, place_of(finding), drawn) for finding in found.findings))


def _finding(finding: Finding, place: Place | None, drawn: set[str]) -> list[object]:
    placed = (place.file, place.row, place.entry, place.at, place.by, place.sources) if place else (None,) * 6
    return [*csv_row(finding), *placed, finding.subject.kind == "flow" and finding.subject.id in drawn]


def rows_sheet(record: type, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> str:
    """Return the rows of a list by the fields of its record; what is nested stands as JSON in its cell."""
    names = tuple(fields_of(record))
    return to_csv(names, ([_plain(body.get(name)) for name in names] for _id, body in rows))


def _plain(value: Any) -> Any:
    is_nested = isinstance(value, dict) or (isinstance(value, list) and any(isinstance(item, dict) for item in value))
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if is_nested else value


def rules_sheet(found: Audit) -> str:
    """Return what stands behind the findings: each rule that found something."""
    names = {finding.rule for finding in found.findings}
    pages = [read_page(rule) for rule in RULES if rule.name in names]
    headings = ("code", "rule", "severity", "citation", "finds", "why", "cure", "arguable", "when_to_waive")
    return to_csv(
        headings,
        (
            (p.code, p.name, p.severity.value, p.citation, p.finds, p.why, p.cure, p.arguable, p.when_to_waive)
            for p in pages
        ),
    )


def sample_sheet(snapshot: Snapshot, found: Audit, sample: Sequence[str], rows: dict[tuple[str, str], int]) -> str:
    """Return the flows that were drawn, as a sheet to work in: the last columns are the auditor's."""
    about: dict[str, list[str]] = {}
    for finding in found.findings:
        if finding.subject.kind == "flow":
            about.setdefault(finding.subject.id, []).append(finding.about.code)
    headings = ("flow", "file", "row", "from", "to", "elements", "agreement", "starts", "ends", "findings", "tested_on",
                "by", "result")  # fmt: skip
    lines = []
    for id in sample:
        flow = snapshot.all_flows[id]
        sender, receiver = snapshot.name_of(snapshot.sender_of(flow)), snapshot.name_of(flow.receiver)
        lines.append((
            id, "flows.csv", rows["flows", id], sender, receiver, flow.elements, flow.agreement, flow.starts,
            flow.ends, tuple(dict.fromkeys(about.get(id, ()))), None, None, None,
        ))  # fmt: skip
    return to_csv(headings, lines)


def comparison_sheet(comparison: Comparison) -> str:
    """Return the vendors beside the list from outside: what stands on one side only, and what on both."""
    headings = ("where", "name_on_list", "domains", "place_on_list", "vendor", "vendor_name")
    return to_csv(headings, ((m.where, m.name, m.domains, m.place, m.vendor, m.vendor_name) for m in comparison.met))


def log_sheet(log: Iterable[Entry]) -> str:
    """Return the log, newest entry first, with all from which its digests can be computed again."""
    headings = ("entry", "at", "by", "message", "added", "changed", "removed", "digest", "previous", "versions",
                "renames", "program")  # fmt: skip
    return to_csv(headings, (_entry(entry) for entry in reversed(tuple(log))))


def _entry(entry: Entry) -> tuple[Any, ...]:
    return (
        entry.number, entry.at, entry.by, entry.message, entry.added, entry.changed, entry.removed,
        f"sha256:{entry.digest}", f"sha256:{entry.previous}", f"sha256:{entry.versions}",
        json.dumps(entry.renames), entry.program,
    )  # fmt: skip
