"""Findings as SARIF 2.1.0, for the programs that show such things.

A finding of a catalog has no line in a file: it points at the catalog's own file, by a
uri-reference, and at a logical location (`flow/mathly-rosters`).
"""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from dataflows import __version__
from dataflows.model.findings import Severity
from dataflows.reporting.findings import cited

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dataflows.model.audit_changes import AuditChanges
    from dataflows.model.audits import Audit
    from dataflows.model.findings import Finding

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


_BASELINE = {"closed": "absent", "came": "new", "stayed": "unchanged"}
"""What became of a finding since another audit, in SARIF's words."""


def to_sarif(audit: Audit, artifact: str) -> dict[str, Any]:
    """Return the log of an audit; `artifact` is the path of the catalog, or a name for it."""
    return _log(audit, artifact, [(finding, None) for finding in audit.findings])


def changes_to_sarif(audit: Audit, changes: AuditChanges, artifact: str) -> dict[str, Any]:
    """Return the log of an audit with what became of each finding since another; closed ones are `absent`."""
    found = [(finding, _BASELINE[state]) for state, _title, findings in changes.groups for finding in findings]
    log = _log(audit, artifact, found)
    log["runs"][0]["baselineGuid"] = _guid(audit.district, changes.start)
    return log


def _guid(district: str, day: date) -> str:
    """Return what names the audit of a day, the same each time: a comparison names by it what it is compared with."""
    return str(uuid5(NAMESPACE_URL, f"urn:dataflows:audit:{district}:{day.isoformat()}"))


def _log(audit: Audit, artifact: str, found: Sequence[tuple[Finding, str | None]]) -> dict[str, Any]:
    rules: dict[str, Finding] = {}
    for finding, _state in found:
        rules.setdefault(finding.rule, finding)
    places = {name: number for number, name in enumerate(sorted(rules))}
    driver = {
        "name": "dataflows",
        "version": __version__,
        "rules": [_rule(rules[name]) for name in sorted(rules)],
    }
    uri = artifact_uri(artifact.partition("?")[0].rpartition("/")[2] if "://" in artifact else artifact)
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"audit/{audit.as_of.isoformat()}", "guid": _guid(audit.district, audit.as_of)},
        "artifacts": [{"location": {"uri": uri}}],
        "results": [_result(finding, places[finding.rule], uri, state) for finding, state in found],
        "properties": {"asOf": audit.as_of.isoformat(), "summary": audit.summary},
        "columnKind": "unicodeCodePoints",
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def artifact_uri(path: str) -> str:
    """Return a uri-reference for a path: never empty, spaces and colons and other scripts escaped."""
    if "\\" in path or PureWindowsPath(path).drive:
        windows = PureWindowsPath(path)
        return windows.as_uri() if windows.is_absolute() else quote(windows.as_posix(), safe="/")
    posix = PurePosixPath(path)
    if posix.is_absolute():
        return posix.as_uri()
    return quote(posix.as_posix(), safe="/") or "catalog"


def _rule(finding: Finding) -> dict[str, Any]:
    citation = cited(finding)
    about = f"{finding.about.fix} ({citation})" if citation else finding.about.fix
    return {
        "id": finding.rule,
        "name": "".join(word.capitalize() for word in finding.rule.split("-")),
        "shortDescription": {"text": finding.rule.replace("-", " ").capitalize()},
        "help": {"text": about},
        "properties": {"code": finding.about.code, "acts": finding.about.acts.value, "tags": ["privacy"]},
    }


def _result(finding: Finding, place: int, uri: str, state: str | None) -> dict[str, Any]:
    subject = finding.subject
    name = f"{subject.kind}/{subject.id}" + (f"#{subject.field}" if subject.field else "")
    effect = str(finding.effect)
    text = f"{finding.message} ({effect})" if effect else finding.message
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": place,
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": {"uri": uri, "index": 0}, "region": {"startLine": 1}},
                "logicalLocations": [{"name": subject.id, "fullyQualifiedName": name, "kind": "object"}],
            }
        ],
        "partialFingerprints": {"dataflows/v1": _fingerprint(finding, name)},
        "properties": {"citation": finding.citation, "certain": finding.certain},
    }
    if state:
        result["baselineState"] = state
    if finding.waiver:
        reason = f"{finding.waiver.why} ({finding.waiver.by}, until {finding.waiver.until})"
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": reason}]
    return result


def _fingerprint(finding: Finding, name: str) -> str:
    return hashlib.sha256(f"{finding.rule}\n{name}\n{finding.message}".encode()).hexdigest()
