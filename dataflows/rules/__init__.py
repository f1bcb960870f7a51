"""The rules: pure functions from a snapshot to findings, a family a module, a page of data each in schemas/rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.rules import (
    agreement,
    basis,
    children,
    directory,
    incidents,
    minimization,
    notice,
    postings,
    publications,
    quality,
    records,
    redisclosure,
    staleness,
    states,
    waivers,
)

if TYPE_CHECKING:
    from dataflows.rules.base import Rule

FAMILIES: dict[str, tuple[Rule, ...]] = {
    "basis": basis.RULES,
    "redisclosure": redisclosure.RULES,
    "agreement": agreement.RULES,
    "minimization": minimization.RULES,
    "children": children.RULES,
    "directory": directory.RULES,
    "notice": notice.RULES,
    "publications": publications.RULES,
    "records": records.RULES,
    "staleness": staleness.RULES,
    "quality": quality.RULES,
    "incidents": incidents.RULES,
    "states": states.RULES,
    "postings": postings.RULES,
    "waivers": waivers.RULES,
}
"""Each family's rules, in the order of the law."""

RULES: tuple[Rule, ...] = tuple(rule for rules in FAMILIES.values() for rule in rules)
