"""Words of a district's list for what the catalog has a word of its own for: decisions, agreements, grades, schools."""

from __future__ import annotations

import re

from dataflows.law.bases import UnknownBasisError, resolve_basis
from dataflows.model.grades import format_grades, parse_grade_range

STATUS = {
    "approved": "approved", "yes": "approved", "y": "approved", "active": "approved", "vetted": "approved",
    "accepted": "approved", "allowed": "approved", "denied": "prohibited", "prohibited": "prohibited",
    "rejected": "prohibited", "not approved": "prohibited", "blocked": "prohibited", "banned": "prohibited",
    "do not use": "prohibited", "not allowed": "prohibited", "retired": "retired", "discontinued": "retired",
    "no longer used": "retired", "inactive": "retired",
}  # fmt: skip
AGREEMENT_WORDS = {
    "ndpa": "ndpa", "dpa": "dpa", "data privacy agreement": "dpa", "data sharing agreement": "dpa", "mou": "mou",
    "memorandum of understanding": "mou", "term of service": "terms", "term": "terms",
    "click through": "terms", "click wrap": "terms", "research agreement": "research", "consent": "consent",
}  # fmt: skip
ALL_SCHOOLS = frozenset(
    (
        "all",
        "all school",
        "district",
        "districtwide",
        "district wide",
        "all site",
        "all campus",
        "all building",
        "everywhere",
        "system wide",
        "systemwide",
    )
)


def find_grades(text: str) -> str | None:
    """Return the grades that a cell names, in the short form; `all`, or None where it names none."""
    plain_text = re.sub(r"(?i)\b(?:grades?|levels?)\b\s*:?|(?<=\d)(?:st|nd|rd|th)\b", "", text)
    if plain_text.strip().lower() in ("all", ""):
        return "all" if plain_text.strip() else None
    found: set[str] = set()
    try:
        for part in re.split(r"[,;&\n]|\band\b", plain_text):
            if part.strip():
                found.update(parse_grade_range(part.strip()))
    except ValueError:
        return None
    return format_grades(found) if found else None


def find_basis(text: str) -> str | None:
    """Return the citation that a text names as it stands; None where it names none."""
    try:
        return resolve_basis(" ".join(text.replace("/", " ").split()), "outside")
    except UnknownBasisError:
        return None
