"""Are the cells of a column what its heading says? Addresses, days, grades, kinds of data, marks."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dataflows.sources.district_list.days import NOT_CLEAR, is_day, read_day, read_span, says_no_end
from dataflows.sources.district_list.domains import find_addresses
from dataflows.sources.district_list.elements import read_elements
from dataflows.sources.district_list.mapping import NAMES
from dataflows.sources.district_list.values import (
    HOSTED,
    find_contract_kind,
    find_decision,
    find_grade,
    find_grades,
    says_signed,
)
from dataflows.sources.district_list.words import NOTHING, is_mark, is_yes, plain, says_no_data, says_nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dataflows.sources.grid import Cell

DATES = ("agreement starts", "agreement ends", "agreement signed", "reviewed on")
_ADDRESSES = ("website", "privacy policy", "terms of service", "agreement link")
_OF_MARKS = frozenset(("student data", "status", "given", "agreement status", NOTHING, "note"))
_OF_GRADES = ("lowest grade", "highest grade", "grades")
LONGEST_NAME = 90
_SCHOOL = re.compile(
    r"\b(?:school|elementary|middle|high|academy|campus|elem|all|hs|ms|es|district|escuela|todas)\b", re.IGNORECASE
)


@cache
def cell_checks() -> Mapping[str, Callable[[str], bool]]:
    """Return what tells of one cell whether it fits, by what a column may be."""
    return {
        **dict.fromkeys(_ADDRESSES, lambda text: bool(find_addresses(text))),
        **dict.fromkeys(DATES, _is_typed_day),
        "agreement term": lambda text: read_span(text) is not None,
        "grades": lambda text: find_grades(text) is not None,
        "lowest grade": lambda text: find_grade(text) is not None,
        "highest grade": lambda text: find_grade(text) is not None,
        "schools": lambda text: _SCHOOL.search(text) is not None,
        "elements": says_data,
        "student data": lambda text: is_mark(text) or says_no_data(text),
        "given": is_mark,
        "agreement status": lambda text: is_mark(text) or says_signed(text) is not None,
        "hosted": lambda text: plain(text) in HOSTED,
        "status": lambda text: find_decision(text) is not None,
    }


def _is_typed_day(text: str) -> bool:
    return is_day(text) or (text.isdigit() and read_day(text, NOT_CLEAR).day is not None)


def says_data(text: str) -> bool:
    """Tell whether a cell names data, a group of it, or says that there is none."""
    said = read_elements(text)
    return bool(said.elements or said.groups) or says_no_data(text)


def texts_of(cells: Sequence[Cell], is_: str) -> list[str]:
    """Return what the cells say where they are of a meaning: the address behind `Link` is one."""
    if is_ in _ADDRESSES:
        return [cell.link if cell.link and not find_addresses(cell.text) else cell.text for cell in cells]
    return [cell.text for cell in cells]


def fits(is_: str, texts: list[str], *, is_sure: bool = True) -> bool | None:
    """Tell whether the cells are what the heading says; None where they don't tell."""
    known = [text for text in texts if not says_nothing(text)]
    if is_ in DATES:
        known = [text for text in known if not says_no_end(text)]
    if not known:
        return None
    if all(map(is_mark, known)):
        return _marks_fit(is_, known)
    return _words_fit(is_, known, is_sure=is_sure)


def _marks_fit(is_: str, known: list[str]) -> bool:
    """Tell whether a column that holds marks only may be of a meaning: 1 is a grade too."""
    if is_ == "elements":
        return any(map(says_no_data, known))
    return is_ in _OF_MARKS or (is_ in _OF_GRADES and _all_fit(is_, known))


def _words_fit(is_: str, known: list[str], *, is_sure: bool) -> bool | None:
    if is_ in ("student data", "given"):
        return _all_fit(is_, known)
    if is_ in ("lowest grade", "highest grade"):
        return 2 * sum(map(cell_checks()[is_], known)) > len(known)
    if is_ in ("hosted", "status", "agreement status"):
        return any(map(cell_checks()[is_], known)) or (None if is_sure else False)
    if is_ in (*_ADDRESSES, "grades", "agreement term", *DATES):
        return any(map(cell_checks()[is_], known))
    if is_ in NAMES:
        addresses = sum(bool(find_addresses(text)) for text in known)
        is_of_links = any("://" in text for text in known) or 2 * addresses > len(known)
        return any(map(_may_be_name, known)) and (is_sure or not is_of_links)
    return False if is_ == "student population" and all(text.isdigit() for text in known) else None


def _all_fit(is_: str, texts: list[str]) -> bool:
    return all(map(cell_checks()[is_], texts))


def _may_be_name(text: str) -> bool:
    return len(text) <= LONGEST_NAME and not is_day(text) and not is_mark(text)


def say_whether(texts: list[str]) -> bool:
    """Tell whether cells say yes and no, rather than which data: `Yes`, `No PII collected`."""
    known = [text for text in texts if not says_nothing(text)]
    is_plain = all(is_mark(text) or says_no_data(text) for text in known)
    return bool(known) and is_plain and any(is_mark(text) and text.casefold() != "none" for text in known)


def are_marks(texts: list[str]) -> bool:
    """Tell whether cells hold marks, or nothing at all."""
    known = [text for text in texts if not says_nothing(text)]
    return (
        not known
        or sum(map(is_mark, known)) * 2 > len(known)
        or all(len(text) == 1 and not text.isdigit() for text in known)
    )


def are_contracts(texts: list[str]) -> bool:
    """Tell whether cells say whether there is a contract: yes and no, `Executed`, `NDPA`; some cell says yes."""
    known = [text for text in texts if not says_nothing(text)]
    said = [is_yes(text) or says_signed(text) is True or find_contract_kind(text) is not None for text in known]
    is_told = [is_mark(text) or says_signed(text) is not None for text in known]
    return any(said) and all(map(max, said, is_told))
