"""Two audits side by side: which findings were closed between them, which stayed, and which came."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from dataflows.model.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dataflows.model.audits import Audit
    from dataflows.model.findings import Finding

STATES = {"closed": "Closed", "came": "Came", "stayed": "Stayed"}
"""What can become of a finding, and how a reader meets it, in the order in which they are shown."""


@frozen
class AuditChanges:
    """What became of findings from one day to another; one that was waived meanwhile stayed, and says so."""

    district: str
    start: date
    end: date
    closed: tuple[Finding, ...]
    stayed: tuple[Finding, ...]
    """As they are on the second day."""
    came: tuple[Finding, ...]
    log_begins: date | None = None
    """The first day of the log, where it comes after the first of these days."""

    @property
    def how_known(self) -> str:
        """Say so where the first day is not told as the catalog knew it then; else nothing."""
        if self.log_begins is None:
            return ""
        return (
            f"The log begins on {self.log_begins}, so what was known on {self.start} is not on record: "
            "that day is judged by what was recorded later."
        )

    @property
    def groups(self) -> tuple[tuple[str, str, tuple[Finding, ...]], ...]:
        """Return state, title and findings, in the order in which they are shown."""
        return tuple((state, title, getattr(self, state)) for state, title in STATES.items())

    @property
    def summary(self) -> dict[str, int]:
        """Return how many findings closed, stayed and came, and how many of the last two are waived now."""
        counts = {state: len(findings) for state, _title, findings in self.groups}
        return {**counts, "waived": sum(finding.waived for finding in (*self.stayed, *self.came))}

    def to_json(self) -> dict[str, Any]:
        """Return the answer for `--format json`."""
        groups = {name: [finding.to_json() for finding in getattr(self, name)] for name in ("closed", "stayed", "came")}
        begins = self.log_begins.isoformat() if self.log_begins else None
        days = {"from": self.start.isoformat(), "to": self.end.isoformat(), "log_begins": begins}
        return {**days, **groups, "summary": self.summary}


def compare_audits(before: Audit, after: Audit, *, log_begins: date | None = None) -> AuditChanges:
    """Return what changed; a finding is the same where its rule and its subject are.

    A rule may say several things of one subject, each for another paragraph: those that read alike, or
    cite the same, are taken for the same first.
    """
    kept, stayed = _pair(before.findings, after.findings)
    return AuditChanges(
        district=after.district,
        start=before.as_of,
        end=after.as_of,
        closed=tuple(finding for place, finding in enumerate(before.findings) if place not in kept),
        stayed=tuple(finding for place, finding in enumerate(after.findings) if place in stayed),
        came=tuple(finding for place, finding in enumerate(after.findings) if place not in stayed),
        log_begins=log_begins,
    )


def _pair(before: Sequence[Finding], after: Sequence[Finding]) -> tuple[set[int], set[int]]:
    """Return the places of the findings that both have, on either side; each is paired once."""
    kept: set[int] = set()
    stayed: set[int] = set()
    for key in (_alike, _cited, _same):
        waiting: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for place, finding in enumerate(before):
            if place not in kept:
                waiting[key(finding)].append(place)
        for place, finding in enumerate(after):
            if place not in stayed and (found := waiting.get(key(finding))):
                kept.add(found.pop(0))
                stayed.add(place)
    return kept, stayed


def _same(finding: Finding) -> tuple[str, ...]:
    return finding.rule, str(finding.subject)


def _cited(finding: Finding) -> tuple[str, ...]:
    return *_same(finding), finding.citation or ""


def _alike(finding: Finding) -> tuple[str, ...]:
    return *_cited(finding), finding.message
