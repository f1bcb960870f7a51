"""The waivers family: is what somebody accepted still accepted, and is it still there?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.rules.base import Fault, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.model.events import Waiver
    from dataflows.rules.case import Case


@rule("WAI-001")
def waiver_expired(case: Case) -> Iterator[Fault]:
    """Waivers that ran out: what they accepted counts again."""
    for waiver in case.waivers.values():
        if waiver.until < case.valid_on:
            yield _fault(waiver)


@rule("WAI-002")
def waiver_of_unknown_rule(case: Case) -> Iterator[Fault]:
    """Waivers that name a rule which is not there, so that they accept nothing."""
    from dataflows.rules import RULES

    known = {name for rule in RULES for name in (rule.name, rule.code.lower())}
    for waiver in case.waivers.values():
        if waiver.rule not in known:
            yield _fault(waiver)


@rule("WAI-003")
def waiver_of_unknown_subject(case: Case) -> Iterator[Fault]:
    """Waivers whose subject is not in the catalog any more."""
    for waiver in case.waivers.values():
        kind, slash, id = waiver.subject.partition("/")
        if not (is_known(case, waiver.subject) or (slash and kind and is_known(case, id))):
            yield _fault(waiver)


def _fault(waiver: Waiver) -> Fault:
    return Fault(waiver, rule=waiver.rule, subject=waiver.subject, by=waiver.by, until=waiver.until, reason=waiver.why)


def is_known(case: Case, id: str) -> bool:
    """Tell whether an id names a row of any list, the district, or a text of its."""
    lists = (
        case.contacts, case.schools, case.vendors, case.parties, case.agreements, case.all_flows, case.releases,
        case.notices, case.incidents, case.requests, case.monitoring, case.waivers, case.regulations, case.publications,
        case.taxonomy.elements,
    )  # fmt: skip
    return id == case.district.id or "." in id or id == "home_languages" or any(id in rows for rows in lists)


RULES = (waiver_expired, waiver_of_unknown_rule, waiver_of_unknown_subject)
