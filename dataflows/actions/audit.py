"""`audit`: what the rules find in a district's catalog on a day, and the forms in which it is written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dataflows.errors import UsageError
from dataflows.model.audits import Audit
from dataflows.rules.run import check_snapshot

if TYPE_CHECKING:
    from datetime import date, datetime

    from dataflows.catalog.database import Address
    from dataflows.model.audit_changes import AuditChanges
    from dataflows.model.snapshot import Snapshot

FORMATS = ("json", "csv", "sarif", "html")


def audit_snapshot(snapshot: Snapshot) -> Audit:
    """Return what the rules find on the snapshot's day."""
    return Audit(district=snapshot.district.name, as_of=snapshot.valid_on, findings=check_snapshot(snapshot))


def compare_with_day(
    audit: Audit, address: Address, district: str | None, day: date, *, end: datetime, known_at: datetime | None
) -> AuditChanges:
    """Return what became of the findings since an earlier day, as the catalog knew that day when it ended.

    A log that begins only after that `end` knows nothing of what was known then: the day is told as it is
    known now, or at `known_at`, and the changes say so.
    """
    from dataflows.actions.asking import ask_log_begins, read_snapshot
    from dataflows.model.audit_changes import compare_audits

    if day >= audit.as_of:
        message = f"--compare names an earlier day than the one asked about, {audit.as_of}; {day} is none."
        raise UsageError(message)
    begins = ask_log_begins(address, district)
    is_later = begins is not None and begins > end
    then = known_at if is_later else min(end, known_at) if known_at else end
    before = audit_snapshot(read_snapshot(address, district, day, then))
    return compare_audits(before, audit, log_begins=begins.date() if begins and is_later else None)


def render_audit(audit: Audit, format_: str, artifact: str, *, group: str = "cure") -> bytes:
    """Return an audit as json, csv, sarif or html; `artifact` is where the catalog is. Raises UsageError."""
    if format_ == "json":
        return _as_json(audit.to_json())
    if format_ == "csv":
        from dataflows.reporting.findings import CSV_COLUMNS, csv_row
        from dataflows.reporting.tables import to_csv

        return to_csv(CSV_COLUMNS, (csv_row(finding) for finding in audit.findings)).encode()
    if format_ == "sarif":
        from dataflows.reporting.sarif import to_sarif

        return _as_json(to_sarif(audit, artifact))
    if format_ == "html":
        from dataflows.reporting.audit_report import render_report

        return render_report(audit, group=group).encode()
    raise _unknown(format_)


def render_comparison(audit: Audit, changes: AuditChanges, format_: str, artifact: str) -> bytes:
    """Return what became of findings, as json, csv, sarif or html. Raises UsageError."""
    if format_ == "json":
        return _as_json(changes.to_json())
    if format_ == "csv":
        from dataflows.reporting.findings import CSV_COLUMNS, csv_row
        from dataflows.reporting.tables import to_csv

        rows = ([state, *csv_row(finding)] for state, _title, findings in changes.groups for finding in findings)
        return to_csv(("change", *CSV_COLUMNS), rows).encode()
    if format_ == "sarif":
        from dataflows.reporting.sarif import changes_to_sarif

        return _as_json(changes_to_sarif(audit, changes, artifact))
    if format_ == "html":
        from dataflows.reporting.audit_report import render_changes

        return render_changes(changes).encode()
    raise _unknown(format_)


def _unknown(format_: str) -> UsageError:
    return UsageError(f"An audit can't be written as {format_!r}. Choose one of: {', '.join(FORMATS)}.")


def _as_json(value: object) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()
