"""The result of an audit: every finding of a day, and how many of each severity count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dataflows.model.findings import Severity
from dataflows.model.frozen import frozen

if TYPE_CHECKING:
    from datetime import date

    from dataflows.model.findings import Finding


@frozen
class Audit:
    """What the rules found in a district's catalog on a day, the gravest first."""

    district: str
    """Its name."""
    as_of: date
    findings: tuple[Finding, ...]

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """Return the findings that nobody accepts."""
        return tuple(finding for finding in self.findings if not finding.waived)

    @property
    def waived(self) -> tuple[Finding, ...]:
        """Return the findings that somebody accepts on the day."""
        return tuple(finding for finding in self.findings if finding.waived)

    @property
    def summary(self) -> dict[str, int]:
        """Return how many findings count, by severity, and how many are waived."""
        counts = {severity.value: 0 for severity in Severity}
        for finding in self.open_findings:
            counts[finding.severity.value] += 1
        return {**counts, "waived": len(self.waived)}

    def reaches(self, severity: Severity) -> bool:
        """Tell whether a finding that counts is as grave as this, or graver."""
        return any(finding.severity.reaches(severity) for finding in self.open_findings)

    def to_json(self) -> dict[str, Any]:
        """Return the answer as INTERFACE.md shapes it."""
        findings = [finding.to_json() for finding in self.findings]
        return {"as_of": self.as_of.isoformat(), "findings": findings, "summary": self.summary}
