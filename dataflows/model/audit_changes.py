"""Two audits side by side: which findings were closed between them, which stayed, and which came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from dataflows.model.audits import Audit
    from dataflows.model.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditChanges:
    """What became of findings from one day to another; one that was waived meanwhile stayed."""

    start: date
    end: date
    closed: tuple[Finding, ...]
    stayed: tuple[Finding, ...]
    came: tuple[Finding, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the answer for `--format json`."""
        groups = {name: [finding.to_json() for finding in getattr(self, name)] for name in ("closed", "stayed", "came")}
        return {"from": self.start.isoformat(), "to": self.end.isoformat(), **groups}


def compare_audits(before: Audit, after: Audit) -> AuditChanges:
    """Return what changed; a finding is the same where its rule and its subject are."""
    earlier = {_key(finding) for finding in before.findings}
    later = {_key(finding) for finding in after.findings}
    return AuditChanges(
        start=before.as_of,
        end=after.as_of,
        closed=tuple(finding for finding in before.findings if _key(finding) not in later),
        stayed=tuple(finding for finding in after.findings if _key(finding) in earlier),
        came=tuple(finding for finding in after.findings if _key(finding) not in earlier),
    )


def _key(finding: Finding) -> tuple[str, str]:
    return finding.rule, str(finding.subject)
