"""`audit`: what the rules find in a district's catalog on a day, and the forms in which it is written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dataflows.errors import UsageError
from dataflows.model.audits import Audit
from dataflows.rules.run import check_snapshot

if TYPE_CHECKING:
    from dataflows.model.snapshot import Snapshot

FORMATS = ("json", "csv", "sarif", "html")


def audit_snapshot(snapshot: Snapshot) -> Audit:
    """Return what the rules find on the snapshot's day."""
    return Audit(district=snapshot.district.name, as_of=snapshot.valid_on, findings=check_snapshot(snapshot))


def render_audit(audit: Audit, format_: str, artifact: str) -> bytes:
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

        return render_report(audit).encode()
    message = f"An audit can't be written as {format_!r}. Choose one of: {', '.join(FORMATS)}."
    raise UsageError(message)


def _as_json(value: object) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()
