"""Turns a fault into a finding: its subject, its sentence in the district's own words, and its effect."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from dataflows.law.citations import format_citation
from dataflows.model.agreements import Agreement
from dataflows.model.audiences import students_of
from dataflows.model.district import Contact, District
from dataflows.model.events import Waiver
from dataflows.model.findings import Effect, Finding, Subject
from dataflows.model.flows import Flow
from dataflows.model.lists import LISTS
from dataflows.model.parties import Party, Vendor
from dataflows.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataflows.rules.base import Case, Fault, Rule
    from dataflows.rules.pages import Page

_KINDS = {spec.record: spec.kind for spec in LISTS}
_PARTIES = frozenset({"receiver", "sender", "party", "vendor", "holder", "carrier", "others"})
"""Facts that are ids of parties; a reader sees their names."""
_SHOWN = 8
"""A list in a sentence is cut after so many."""


def make_finding(case: Case, rule: Rule, page: Page, fault: Fault) -> Finding:
    """Return the finding of a fault."""
    subject = subject_of(fault)
    flows = _flows_of(case, fault)
    facts = {**_facts_of(case, fault, flows), **fault.facts}
    parties = _parties_of(case, fault)
    return Finding(
        rule=rule.name,
        code=rule.code,
        severity=fault.severity or page.severity,
        subject=subject,
        message=page.says.format_map({key: _show(case, key, value) for key, value in facts.items()}),
        citation=fault.citation or page.citation,
        fix=page.cure,
        do=page.do,
        acts=page.acts,
        parties=parties,
        names=tuple(case.name_of(party) for party in parties) or (_own_name(case, fault.row, subject),),
        effect=_effect_of(case, fault, flows),
        certain=page.certain and fault.certain,
    )


def subject_of(fault: Fault) -> Subject:
    """Return what a fault is about: a row's id, a contact's role, a waiver's `rule:subject`."""
    row = fault.row
    kind = _KINDS[type(row)]
    if isinstance(row, Contact):
        return Subject(kind, row.role)
    if isinstance(row, Waiver):
        return Subject(kind, f"{row.rule}:{row.subject}")
    return Subject(kind, row.id, fault.field)


def _flows_of(case: Case, fault: Fault) -> list[Flow]:
    """Return the flows that a fault concerns, whose elements and students are its effect."""
    if fault.flows is not None:
        return fault.flows
    row = fault.row
    if isinstance(row, Flow):
        return [row]
    if isinstance(row, Agreement):
        return case.under(row)
    if isinstance(row, Vendor | Party):
        return case.arriving(row.id)
    return []


def _facts_of(case: Case, fault: Fault, flows: list[Flow]) -> dict[str, Any]:
    """Return the facts that every sentence about such a row may name."""
    row = fault.row
    facts: dict[str, Any] = {"id": getattr(row, "id", ""), "day": case.valid_on, "district": case.district.name}
    if isinstance(row, Flow):
        facts |= {"flow": row.id, "sender": case.sender_of(row), "receiver": row.receiver, "agreement": row.agreement}
        basis = format_citation(row.legal_basis) if row.legal_basis else None
        facts |= {"basis": basis, "starts": row.starts, "ends": row.ends, "purpose": case.say(row.purpose)}
        facts["elements"] = fault.elements or row.elements
    elif isinstance(row, Agreement):
        facts |= {"agreement": row.id, "vendor": row.vendor, "ends": row.expires}
        facts["flows"] = tuple(flow.id for flow in flows)
    elif isinstance(row, Vendor | Party):
        facts |= {"vendor": row.id, "party": row.id, "flows": tuple(flow.id for flow in flows)}
    return facts


def _parties_of(case: Case, fault: Fault) -> tuple[str, ...]:
    row = fault.row
    if isinstance(row, Flow):
        return (row.receiver,) if not case.is_source(row.receiver) else ((row.via,) if row.via else ())
    if isinstance(row, Agreement):
        return (row.vendor,)
    if isinstance(row, Vendor | Party):
        return (row.id,)
    party = getattr(row, "party", None)
    return (party,) if isinstance(party, str) else ()


def _own_name(case: Case, row: Any, subject: Subject) -> str:
    if subject.field:
        return subject.field
    if isinstance(row, District):
        return row.name
    name = getattr(row, "name", None) or getattr(row, "title", None)
    return name if isinstance(name, str) else case.say(name) if isinstance(name, Text) else subject.id


def _effect_of(case: Case, fault: Fault, flows: list[Flow]) -> Effect:
    if not flows:
        return Effect(elements=tuple(fault.elements or ()), since=fault.since)
    named = fault.elements or tuple(dict.fromkeys(element for flow in flows for element in flow.elements))
    starts = [flow.starts for flow in flows]
    since = fault.since or (min(day for day in starts if day) if all(starts) else None)
    students = students_of((flow.audience for flow in flows), case.schools)
    return Effect(elements=tuple(case.taxonomy.sorted(named)), students=students, since=since)


def _show(case: Case, key: str, value: Any) -> str:
    """Write a fact for a sentence."""
    if key in _PARTIES and value is not None:
        ids = (value,) if isinstance(value, str) else value
        return _join(case.name_of(id) for id in ids)
    if isinstance(value, tuple | list | set | frozenset):
        return _join(str(item) for item in value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes").replace("T", " at ")
    if isinstance(value, date):
        return value.isoformat()
    return "not stated" if value is None or value == "" else str(value)


def _join(words: Iterable[str]) -> str:
    shown = list(words)
    if len(shown) > _SHOWN:
        shown = [*shown[:_SHOWN], f"{len(shown) - _SHOWN} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}" if shown else "nothing"


def accept(finding: Finding, waiver: Waiver) -> Finding:
    """Return a finding as accepted by a waiver."""
    return replace(finding, waiver=waiver)
