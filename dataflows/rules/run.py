"""Runs every rule over a snapshot: what is found, each fault once, and what somebody accepts.

A page is read only when its rule found something.  One cause is one finding: a rule's page says
to which others it yields, and is silent where one of them speaks of the same subject.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.rules import RULES
from dataflows.rules.case import Case
from dataflows.rules.pages import read_page
from dataflows.rules.saying import accept, make_finding, subject_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataflows.model.events import Waiver
    from dataflows.model.findings import Finding, Subject
    from dataflows.model.snapshot import Snapshot
    from dataflows.rules.base import Fault, Rule


def check_snapshot(snapshot: Snapshot, rules: Iterable[Rule] = RULES) -> tuple[Finding, ...]:
    """Return what the rules find on the snapshot's day: the gravest first, then by rule and subject."""
    case = Case.of(snapshot)
    found = [(rule, fault) for rule in rules for fault in rule.check(case)]
    kept = _once(found, case)
    findings = [_with_waiver(make_finding(case, rule, read_page(rule), fault), case) for rule, fault in kept]
    return tuple(sorted(findings, key=_order))


def _once(found: list[tuple[Rule, Fault]], case: Case) -> list[tuple[Rule, Fault]]:
    """Leave out what another rule says better of the same subject, and what was not law on the day."""
    speaking: dict[tuple[str, str], set[str]] = {}
    for rule, fault in found:
        speaking.setdefault(_key(subject_of(fault)), set()).add(rule.name)
    return [
        (rule, fault)
        for rule, fault in found
        if case.valid_on in read_page(rule).period
        and speaking[_key(subject_of(fault))].isdisjoint(read_page(rule).yields_to)
    ]


def _key(subject: Subject) -> tuple[str, str]:
    return subject.kind, f"{subject.id} {subject.field or ''}"


def _with_waiver(finding: Finding, case: Case) -> Finding:
    waiver = find_waiver(finding, case)
    return accept(finding, waiver) if waiver else finding


def find_waiver(finding: Finding, snapshot: Snapshot) -> Waiver | None:
    """Return the waiver that accepts a finding on the day; its last day is still one."""
    subject = finding.subject
    spellings = [subject.id, f"{subject.kind}/{subject.id}", *([subject.field] if subject.field else [])]
    for spelling in spellings:
        for name in (finding.rule, finding.code.lower()):
            waiver = snapshot.waivers.get(f"{name}:{spelling}")
            if waiver and waiver.until >= snapshot.valid_on:
                return waiver
    return None


def _order(finding: Finding) -> tuple[int, str, str, str, str, str]:
    subject = finding.subject
    return finding.severity.rank, finding.code, subject.kind, subject.id, subject.field or "", finding.message
