"""Which schools teach grades 9 to 12, so that recruiters may ask for their students (20 U.S.C. 7908)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.reporting.choices import purposes_of
from dataflows.reporting.views import PurposeView
from dataflows.rules.settings import setting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataflows.model.flows import Flow
    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.telling import Teller


def secondary_schools(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the names of the schools that are known to teach one of these grades."""
    grades = set(setting("secondary_grades"))
    return tuple(school.name for school in snapshot.schools.values() if grades & set(school.grade_codes))


def may_have_secondary(snapshot: Snapshot) -> bool:
    """Tell whether there may be such a school: one is known, or the grades of one are not stated."""
    schools = snapshot.schools.values()
    return bool(secondary_schools(snapshot)) or not all(school.grade_codes for school in schools) or not schools


def receivers_of(flows: Iterable[Flow], teller: Teller) -> tuple[PurposeView, ...]:
    """Return who gets what flows carry, and why, by name."""
    found: dict[str, list[Flow]] = {}
    for flow in flows:
        found.setdefault(flow.receiver, []).append(flow)
    named = (PurposeView(teller.party(party), purposes_of(into, teller)) for party, into in found.items())
    return tuple(sorted(named, key=lambda view: (view.party.casefold(), view.party)))
