"""Findings as a reader meets them: what to do first, by who must act, and all of them in groups.

A cure is what settles several findings at once.  The opening screen has at most ten: those of the
rules that carry the load have a place before others; the gravest and the most frequent stand first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataflows.law.citations import cite_for_readers
from dataflows.model.findings import Acts, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dataflows.model.audit_changes import AuditChanges
    from dataflows.model.audits import Audit
    from dataflows.model.findings import Finding

MOST_CURES = 10
_MOST_NAMES = 4
ACTORS = {Acts.WE: "We", Acts.VENDOR: "The vendors", Acts.COUNSEL: "Counsel"}
_NOUNS = {
    "flow": ("flow", "flows"),
    "agreement": ("agreement", "agreements"),
    "vendor": ("vendor", "vendors"),
    "party": ("party", "parties"),
    "school": ("school", "schools"),
    "waiver": ("waiver", "waivers"),
    "release": ("record", "records"),
    "notice": ("notice", "notices"),
    "publication": ("publication", "publications"),
    "incident": ("incident", "incidents"),
}


@dataclass(frozen=True, slots=True)
class Cure:
    """One thing to do, whoever must do it, and the findings that it settles."""

    do: str
    acts: Acts
    severity: Severity
    findings: tuple[Finding, ...]

    @property
    def subjects(self) -> tuple[str, ...]:
        """Return what it is about, each once."""
        return tuple(dict.fromkeys(str(finding.subject) for finding in self.findings))

    @property
    def is_first(self) -> bool:
        """Tell whether it settles a finding of a rule that carries the load."""
        return any(finding.about.first for finding in self.findings)

    def line(self) -> str:
        """Return it in one line: `State the legal basis: 2 flows (Mathly, Readly)`."""
        kinds = {finding.subject.kind for finding in self.findings}
        names = tuple(dict.fromkeys(name for finding in self.findings for name in finding.names))
        if kinds <= {"vendor", "party", "school"} and len(names) <= _MOST_NAMES:
            return f"{self.do}: {_names(names)}"
        counted = len(self.subjects)
        if kinds == {"district"}:
            return self.do if counted == 1 else f"{self.do}: {_names(names)}"
        one, many = _NOUNS.get(kinds.pop(), ("matter", "matters")) if len(kinds) == 1 else ("matter", "matters")
        return f"{self.do}: {counted:,} {one if counted == 1 else many} ({_names(names)})"


_FORM = re.compile(r",? (Inc|LLC|L\.L\.C|Ltd|Limited|Corp|Corporation|Incorporated|Co|PBC|GmbH)\.?$", re.IGNORECASE)
"""The legal form at the end of a company's name, which a list of names reads better without."""


def _names(names: tuple[str, ...]) -> str:
    names = tuple(_FORM.sub("", name) for name in names)
    if len(names) <= _MOST_NAMES:
        return ", ".join(names)
    return f"{', '.join(names[: _MOST_NAMES - 1])} and {len(names) - _MOST_NAMES + 1:,} more"


def cures_of(findings: Iterable[Finding]) -> list[Cure]:
    """Return the cures of findings: the gravest first, then those that settle most."""
    groups: dict[tuple[str, Acts], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.about.do, finding.about.acts), []).append(finding)
    cures = [
        Cure(do, acts, min((finding.severity for finding in found), key=lambda severity: severity.rank), tuple(found))
        for (do, acts), found in groups.items()
    ]
    return sorted(cures, key=lambda cure: (cure.severity.rank, -_weight(cure), cure.do, cure.acts))


def _weight(cure: Cure) -> int:
    """Count the findings of the cure's own severity: a hundred notes don't outweigh two warnings."""
    return sum(1 for finding in cure.findings if finding.severity == cure.severity)


def first_cures(audit: Audit) -> tuple[list[tuple[str, list[Cure]]], int]:
    """Return the first cures by who must act, and how many more there are."""
    cures = cures_of(audit.open_findings)
    chosen = sorted(cures, key=lambda cure: not cure.is_first)[:MOST_CURES]
    names = {(cure.do, cure.acts) for cure in chosen}
    shown = [cure for cure in cures if (cure.do, cure.acts) in names]
    groups = [(title, [cure for cure in shown if cure.acts == acts]) for acts, title in ACTORS.items()]
    return [(title, found) for title, found in groups if found], len(cures) - len(shown)


GROUPINGS: dict[str, Callable[[Finding], str]] = {
    "cure": lambda finding: finding.about.do,
    "vendor": lambda finding: ", ".join(finding.names) if finding.parties else "The district",
    "citation": lambda finding: cited(finding) or "No law",
    "rule": lambda finding: f"{finding.about.code} {finding.rule}",
}
"""How findings can be put together for a reader."""


def group_findings(findings: Iterable[Finding], by: str) -> list[tuple[str, list[Finding]]]:
    """Return findings in groups, the group with the gravest and the most of them first."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(GROUPINGS[by](finding), []).append(finding)
    return sorted(groups.items(), key=lambda item: (item[1][0].severity.rank, -len(item[1]), item[0]))


def cited(finding: Finding) -> str:
    """Return where the law is, as readers cite it; the empty text where no law stands behind a rule."""
    return cite_for_readers(finding.citation)


def count_line(audit: Audit) -> str:
    """Return how much was found, in one sentence."""
    counts = audit.summary
    nouns = (("error", "errors"), ("warning", "warnings"), ("info", "notes"))
    one = {"info": "note"}
    parts = [
        f"{counts[name]:,} {one.get(name, name) if counts[name] == 1 else many}" for name, many in nouns if counts[name]
    ]
    if not parts:
        found = "Nothing to do"
    else:
        found = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"{found}; {counts['waived']:,} waived." if counts["waived"] else f"{found}."


def count_changes(changes: AuditChanges) -> str:
    """Return how many findings were closed, came and stayed, in one sentence."""
    counts = changes.summary
    waived = f"; {counts['waived']:,} of those that are there now are waived" if counts["waived"] else ""
    return f"{counts['closed']:,} closed, {counts['came']:,} came, {counts['stayed']:,} stayed{waived}."


CSV_COLUMNS = (
    "severity", "rule", "code", "kind", "id", "field", "names", "message", "citation", "fix", "acts", "elements",
    "students", "since", "certain", "waived", "waived_by", "waived_until", "waived_why",
)  # fmt: skip


def csv_row(finding: Finding) -> list[object]:
    """Return the cells of a finding, in the order of CSV_COLUMNS."""
    subject, effect, waiver = finding.subject, finding.effect, finding.waiver
    return [
        finding.severity.value, finding.rule, finding.about.code, subject.kind, subject.id, subject.field,
        list(finding.names), finding.message, finding.citation, finding.about.fix, finding.about.acts.value,
        list(effect.elements), effect.students, effect.since, finding.certain, finding.waived,
        waiver.by if waiver else None, waiver.until if waiver else None, waiver.why if waiver else None,
    ]  # fmt: skip
