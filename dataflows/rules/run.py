"""Runs every rule over a snapshot: what is found, each fault once, and what somebody accepts.

A page is read only when its rule found something.  One cause is one finding: a rule's page says
to which others it yields, and is silent where one of them speaks of the same subject.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dataflows.rules import RULES
from dataflows.rules.case import Case
from dataflows.rules.pages import read_page
from dataflows.rules.saying import accept, make_finding, subject_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dataflows.model.events import Waiver
    from dataflows.model.findings import Finding, Subject
    from dataflows.model.snapshot import Snapshot
    from dataflows.rules.base import Fault, Rule
    from dataflows.rules.pages import Page


def check_snapshot(snapshot: Snapshot, rules: Iterable[Rule] = RULES) -> tuple[Finding, ...]:
    """Return what the rules find on the snapshot's day: the gravest first, then by rule and subject."""
    case = Case.of(snapshot)
    findings = [make_finding(case, one.page, one.fault, one.subject) for one in _once(_find(case, rules))]
    if case.waivers:
        findings = [_with_waiver(finding, case) for finding in findings]
    return tuple(sorted(findings, key=_order))


class _Found(NamedTuple):
    page: Page
    fault: Fault
    subject: Subject


def _find(case: Case, rules: Iterable[Rule]) -> list[_Found]:
    """Return every fault with its page, where the page's law holds on the day."""
    found: list[_Found] = []
    for rule in rules:
        faults = list(rule.check(case))
        page = read_page(rule) if faults else None
        if page is not None and case.valid_on in page.period:
            found += [_Found(page, fault, subject_of(fault)) for fault in faults]
    return found


def _once(found: list[_Found]) -> Iterator[_Found]:
    """Leave out what another rule says better of the same subject."""
    heeded = {name for page in {id(one.page): one.page for one in found}.values() for name in page.yields_to}
    speaking: dict[Subject, set[str]] = {}
    for one in found:
        if one.page.name in heeded:
            speaking.setdefault(one.subject, set()).add(one.page.name)
    for one in found:
        if not one.page.yields_to or speaking.get(one.subject, _NOBODY).isdisjoint(one.page.yields_to):
            yield one


_NOBODY: set[str] = set()


def _with_waiver(finding: Finding, case: Case) -> Finding:
    waiver = find_waiver(finding, case)
    return accept(finding, waiver) if waiver else finding


def find_waiver(finding: Finding, snapshot: Snapshot) -> Waiver | None:
    """Return the waiver that accepts a finding on the day; its last day is still one."""
    subject = finding.subject
    spellings = [
        subject.id,
        f"{subject.kind}/{subject.id}",
        *([subject.field] if subject.field and subject.kind == "district" else []),
    ]
    for spelling in spellings:
        for name in (finding.about.rule, finding.about.code.lower()):
            waiver = snapshot.waivers.get(f"{name}:{spelling}")
            if waiver and waiver.until >= snapshot.valid_on:
                return waiver
    return None


def _order(finding: Finding) -> tuple[int, str, str, str, str]:
    subject = finding.subject
    return finding.severity.rank, finding.about.code, subject.kind, subject.id, subject.field or ""
