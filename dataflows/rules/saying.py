"""Turns a fault into a finding: its subject, its sentence in the district's own words, and its effect.

A sentence names facts in braces; only those that a page names are looked up.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import cache, partial
from string import Formatter
from typing import TYPE_CHECKING, Any

from dataflows.law.citations import format_citation
from dataflows.model.agreements import Agreement
from dataflows.model.audiences import students_of
from dataflows.model.district import District
from dataflows.model.findings import About, Effect, Finding, Subject, Told
from dataflows.model.flows import Flow
from dataflows.model.lists import IN_JOURNAL
from dataflows.model.parties import Party, Vendor
from dataflows.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dataflows.model.events import Waiver
    from dataflows.rules.base import Case, Fault
    from dataflows.rules.pages import Page

_LISTS = {spec.record: spec for spec in IN_JOURNAL.values()}
_PARTIES = frozenset({"receiver", "sender", "party", "vendor", "carrier", "others"})
"""Facts that are ids of parties; a reader sees their names."""
_SHOWN = 8
"""A list in a sentence is cut after so many."""


def make_finding(case: Case, page: Page, fault: Fault, subject: Subject) -> Finding:
    """Return the finding of a fault; it is put into words when somebody reads it."""
    parties = _parties_of(case, fault)
    names = tuple([case.name_of(party) for party in parties]) or (_own_name(case, fault.row, subject),)
    return Finding(
        about=about_of(page),
        severity=fault.severity or page.severity,
        subject=subject,
        citation=fault.citation or page.citation,
        tell=partial(_tell, case, page, fault),
        parties=parties,
        names=names,
        certain=page.certain and fault.certain,
    )


_ABOUT: dict[int, tuple[Page, About]] = {}


def about_of(page: Page) -> About:
    """Return what all findings of a page's rule share; asked for each of thousands, so the page is not hashed."""
    known = _ABOUT.get(id(page))
    if known is None:
        about = About(rule=page.name, code=page.code, fix=page.cure, do=page.do, acts=page.acts, first=page.first)
        known = _ABOUT[id(page)] = (page, about)
    return known[1]


def _tell(case: Case, page: Page, fault: Fault) -> Told:
    flows = _flows_of(case, fault)
    return Told(_say(case, page.says, fault, flows), _effect_of(case, fault, flows))


def subject_of(fault: Fault) -> Subject:
    """Return what a fault is about: a row's id, a contact's role, a waiver's `rule:subject`."""
    row = fault.row
    spec = _LISTS[type(row)]
    if spec.key == ("id",):
        return Subject(spec.kind, row.id, fault.field)
    return Subject(spec.kind, ":".join(getattr(row, name) for name in spec.key), fault.field)


def accept(finding: Finding, waiver: Waiver) -> Finding:
    """Return a finding as accepted by a waiver."""
    return replace(finding, waiver=waiver)


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


def _say(case: Case, says: str, fault: Fault, flows: list[Flow]) -> str:
    """Return the sentence; a name that ends in a stop, as `Zoom, Inc.` does, makes none of two."""
    facts = {name: _show(case, name, _fact(case, name, fault, flows)) for name in _names_in(says)}
    made = says.format_map(facts)
    return made[:-1] if made.endswith("..") and not made.endswith("...") else made


@cache
def _names_in(says: str) -> tuple[str, ...]:
    return tuple({name for _text, name, _spec, _how in Formatter().parse(says) if name})


def _fact(case: Case, name: str, fault: Fault, flows: list[Flow]) -> Any:
    """Return a fact: the fault's own, else what every sentence about such a row may name. Raises KeyError."""
    if name in fault.facts:
        return fault.facts[name]
    if name == "flows":
        return tuple(flow.id for flow in flows)
    if name == "field":
        return (fault.field or "").rpartition(".")[2].replace("_", " ")
    if name == "elements":
        return _elements_of(fault, flows)
    for kind, facts in _FACTS:
        if isinstance(fault.row, kind) and name in facts:
            return facts[name](case, fault.row)
    return _COMMON[name](case, fault.row)


_COMMON: dict[str, Callable[[Case, Any], Any]] = {
    "id": lambda _case, row: row.id,
    "day": lambda case, _row: case.valid_on,
    "district": lambda case, _row: case.district.name,
}
_FACTS: tuple[tuple[type, dict[str, Callable[[Case, Any], Any]]], ...] = (
    (
        Flow,
        {
            "flow": lambda _case, flow: flow.id,
            "sender": lambda case, flow: case.sender_of(flow),
            "receiver": lambda _case, flow: flow.receiver,
            "agreement": lambda _case, flow: flow.agreement,
            "basis": lambda _case, flow: format_citation(flow.legal_basis) if flow.legal_basis else None,
            "starts": lambda _case, flow: flow.starts,
            "ends": lambda _case, flow: flow.ends,
            "purpose": lambda case, flow: case.say(flow.purpose),
        },
    ),
    (
        Agreement,
        {
            "agreement": lambda _case, row: row.id,
            "vendor": lambda _case, row: row.vendor,
            "ends": lambda _case, row: row.expires,
        },
    ),
    (Vendor, {"vendor": lambda _case, row: row.id}),
)
"""What a sentence may name of a row, by the row's class."""


def _elements_of(fault: Fault, flows: list[Flow]) -> tuple[str, ...]:
    if fault.elements is not None:
        return fault.elements
    if len(flows) == 1:
        return flows[0].elements
    return tuple(dict.fromkeys(element for flow in flows for element in flow.elements))


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
        return subject.field.rpartition(".")[2].replace("_", " ")
    if isinstance(row, District):
        return row.name
    name = getattr(row, "name", None) or getattr(row, "title", None)
    return name if isinstance(name, str) else case.say(name) if isinstance(name, Text) else subject.id


def _effect_of(case: Case, fault: Fault, flows: list[Flow]) -> Effect:
    if not flows:
        return Effect(elements=tuple(fault.elements or ()), since=fault.since)
    starts = [flow.starts for flow in flows if flow.starts]
    since = fault.since or (min(starts) if len(starts) == len(flows) else None)
    elements = _elements_of(fault, flows)
    return Effect(
        elements=tuple(case.taxonomy.sorted(elements)) if len(elements) > 1 else elements,
        students=_students(case, flows),
        since=since,
    )


def _students(case: Case, flows: list[Flow]) -> int | None:
    """Return how many students the flows concern; flows of one audience are counted once for all findings."""
    key = frozenset((flow.audience.schools, flow.audience.grades) for flow in flows)
    if key not in case.students_known:
        case.students_known[key] = students_of((flow.audience for flow in flows), case.schools)
    return case.students_known[key]


def _show(case: Case, name: str, value: Any) -> str:
    """Write a fact for a sentence."""
    if value is None or value == "":
        return "not stated"
    if name in _PARTIES:
        return case.name_of(value) if isinstance(value, str) else _join(case.name_of(id) for id in value)
    if isinstance(value, str):
        return value
    if isinstance(value, tuple | list | set | frozenset):
        return _join(str(item) for item in value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes").replace("T", " at ")
    return value.isoformat() if isinstance(value, date) else str(value)


def _join(words: Iterable[str]) -> str:
    shown = list(words)
    if len(shown) > _SHOWN:
        shown = [*shown[:_SHOWN], f"{len(shown) - _SHOWN} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}" if shown else "nothing"
