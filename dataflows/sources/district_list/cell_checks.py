"""Are the cells of a column what its heading says? Addresses, days, grades, kinds of data, marks."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dataflows.sources.district_list.days import is_day
from dataflows.sources.district_list.domains import find_addresses
from dataflows.sources.district_list.elements import read_elements
from dataflows.sources.district_list.values import find_grades
from dataflows.sources.district_list.words import MARKS, NO_MARKS, NOTHING, says_no_data, says_nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DATES = ("agreement starts", "agreement ends", "agreement signed", "reviewed on")
LONGEST_NAME = 90
_SCHOOL = re.compile(r"\b(?:school|elementary|middle|high|academy|campus|elem|all|hs|ms|es|district)\b", re.IGNORECASE)


@cache
def cell_checks() -> Mapping[str, Callable[[str], bool]]:
    """Return what tells of one cell whether it fits, by what a column may be."""
    return {
        "website": lambda text: bool(find_addresses(text)),
        "privacy policy": lambda text: bool(find_addresses(text)),
        "terms of service": lambda text: bool(find_addresses(text)),
        "agreement link": lambda text: bool(find_addresses(text)),
        **dict.fromkeys(DATES, is_day),
        "grades": lambda text: find_grades(text) is not None,
        "schools": lambda text: _SCHOOL.search(text) is not None,
        "elements": lambda text: bool(read_elements(text).elements) or says_no_data(text),
        "student data": lambda text: text.casefold() in MARKS | NO_MARKS,
    }


def fits(is_: str, texts: list[str]) -> bool | None:
    """Tell whether the cells are what the heading says; None where they don't tell."""
    known = [text for text in texts if not says_nothing(text)]
    if not known:
        return None
    if all(text.casefold() in MARKS | NO_MARKS for text in known):
        return is_ in ("student data", "status", NOTHING, "note") or (
            is_ == "elements" and any(map(says_no_data, known))
        )
    if is_ == "student data":
        return all(map(cell_checks()[is_], known))
    if is_ in ("website", "privacy policy", "terms of service", "agreement link", "grades", *DATES):
        return any(map(cell_checks()[is_], known))
    return any(map(_may_be_name, known)) if is_ in ("product", "vendor", "recipient") else None


def _may_be_name(text: str) -> bool:
    return len(text) <= LONGEST_NAME and not is_day(text)


def are_marks(texts: list[str]) -> bool:
    """Tell whether cells hold marks, or nothing at all."""
    known = [text for text in texts if not says_nothing(text)]
    return (
        not known
        or sum(text.casefold() in MARKS | NO_MARKS for text in known) * 2 > len(known)
        or all(len(text) == 1 and not text.isdigit() for text in known)
    )
