"""Which column is what? Proposed from its heading and its cells, with the reason and how sure it is."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dataflows.sources.district_list.cell_checks import (
    are_contracts,
    are_marks,
    cell_checks,
    fits,
    say_whether,
    texts_of,
)
from dataflows.sources.district_list.days import is_day
from dataflows.sources.district_list.elements import read_elements
from dataflows.sources.district_list.headings import holds
from dataflows.sources.district_list.mapping import NAMES, ColumnMap, names_receivers
from dataflows.sources.district_list.owned import find_element
from dataflows.sources.district_list.schedules import find_groups, find_receivers, group_headings, speaks_of_parents
from dataflows.sources.district_list.spellings import without_suffix
from dataflows.sources.district_list.values import find_basis, find_contract_kind, find_grade, find_mandate
from dataflows.sources.district_list.words import (
    BASIS,
    CONTRACT,
    ELEMENT,
    GRADE,
    MANDATE,
    MARKED,
    NOTHING,
    SCHOOL,
    is_mark,
    meanings,
    plain,
    plain_heading,
    says_nothing,
)
from dataflows.sources.grid import column_cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataflows.sources.district_list.headings import Headings
    from dataflows.sources.grid import Cell, Grid, Row

SURE, LIKELY, NOT_SURE = "sure", "likely", "not sure"
_RANK = {SURE: 0, LIKELY: 1, NOT_SURE: 2}
_LOOKED_AT = 500
"""So many cells are looked at for what a column is."""
_ASKED = re.compile(
    r"\(?\b(?:y\s*/\s*n|yes\s*/\s*no|collects|collected|shares|shared|uses|used|requires|required)\b\)?|[?*]",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^)]*\)")
_OF_PERSONS = re.compile(r"\b(?:contact|phone|email|fax|agreement in place|signer|signatory|login)\b")
_OF_HANDLING = re.compile(
    r"\b(?:how|where|destroy\w*|destruct\w*|delet\w*|dispos\w*|retain\w*|retention|redisclos\w*|secur\w*|encrypt\w*"
    r"|stor(?:ed?|age)|subcontract\w*|breach\w*|access)\b"
)
"""Words of headings that speak of how data is kept, and not of which data it is."""
_OF_CONTRACT = re.compile(r"\b(?:dpa|ndpa|agreement|contract)\b")
_SCHOOL = re.compile(r"\b(?:elementary|elem|middle|high|academy|hs|ms|es|jhs|school)\b", re.IGNORECASE)
_SORTS_OF_SCHOOLS = frozenset((
    "elementary", "elem", "middle", "high", "academy", "hs", "ms", "es", "jhs", "school", "only", "use", "used",
    "level", "grade", "approved", "official", "data", "district", "wide", "all", "student", "staff", "in", "at", "for",
    "the",
))  # fmt: skip
"""Words of headings that speak of schools, and name none."""
_COUNTS = re.compile(r"[#№\W_]+")
_MANY = frozenset(("elements", NOTHING, "note"))


def propose_columns(grid: Grid, headings: Headings | None) -> tuple[ColumnMap, ...]:
    """Return what each column of a table is taken for."""
    start = headings.at + 1 if headings else 0
    head = grid.rows[headings.at] if headings else None
    body = grid.rows[start:]
    columns = sorted({column for row in (*body, *([head] if head else [])) for column in row.cells})
    groups = group_headings(grid, headings.at) if headings else {}
    guesses = [_guess(head.text(column) if head else "", body, column, groups.get(column, "")) for column in columns]
    settled = find_groups(_settle(guesses), body)
    if not head or any(column.is_ in NAMES for column in settled):
        return settled
    settled = find_receivers(settled, grid.rows[: start - 1], body)
    return settled if any(names_receivers(column.is_) for column in settled) else _name_one(settled, body)


def _name_one(columns: tuple[ColumnMap, ...], body: Sequence[Row]) -> tuple[ColumnMap, ...]:
    """Take a column of short names below words that are not known for what is listed, where nothing else is."""
    found = list(columns)
    for index, column in enumerate(columns):
        texts = [cell.text for cell in column_cells(body, column.column)]
        guess = _by_name(column.heading, texts, column.column) if column.is_ == NOTHING else None
        if guess is not None and all(guess.is_ != other.is_ for other in found):
            found[index] = guess
    return tuple(found)


def _by_name(heading: str, texts: list[str], column: int) -> ColumnMap | None:
    """Return what a column of short names may list, with no word that says so."""
    known = [text for text in texts if not says_nothing(text)]
    is_short = all(len(text) <= 80 and "\n" not in text and not text.isdigit() for text in known)
    if not known or len(set(known)) * 2 <= len(known) or not is_short or all(map(is_day, known)):
        return None
    suffixed = sum(without_suffix(text) != text for text in known)
    is_ = "vendor" if suffixed * 4 > len(known) else "product"
    return ColumnMap(column, heading, is_, NOT_SURE, "its cells are short names, and nothing says of what")


def _guess(heading: str, body: Sequence[Row], column: int, group: str) -> list[ColumnMap]:
    """Return what a column may be, the best first; a heading of several columns above its own may say whose data."""
    cells = list(column_cells([row for row in body if not row.is_note], column))
    texts = [cell.text for cell in cells]
    if not heading and group:
        return [replace(guess, heading="") for guess in _by_heading(group, cells, column)] or _unknown(texts, column)
    if _COUNTS.fullmatch(heading) and all(text.rstrip(".").isdigit() for text in texts):
        return [ColumnMap(column, heading, NOTHING, NOT_SURE, "its cells are numbers that count the rows")]
    of_group = f"{group} {heading}" if group and speaks_of_parents(group) else ""
    if of_group and (marked := _by_marks(of_group, texts, column)):
        return [replace(marked, heading=heading)]
    found = _by_heading(heading, cells, column)
    if not any(guess.certainty == SURE for guess in found):
        found += _by_values(heading, texts[:_LOOKED_AT], column)
    if not found:
        found = _unknown(texts, column, heading)
    return sorted(found, key=lambda guess: _RANK[guess.certainty])


def _unknown(texts: list[str], column: int, heading: str = "") -> list[ColumnMap]:
    reason = "its cells are empty" if not texts else "neither the heading nor the cells say what it is"
    return [ColumnMap(column, heading, NOTHING, NOT_SURE, reason)]


def _by_heading(heading: str, cells: list[Cell], column: int) -> list[ColumnMap]:
    word = plain_heading(heading)
    if not word:
        return []
    outer = plain_heading(_BRACKETS.sub(" ", heading))
    if marked := _by_marks(heading, [cell.text for cell in cells], column):
        return [marked]
    found = []
    for named, certainty in _meanings_of(word, outer):
        is_ = "student data" if named == "elements" and say_whether([cell.text for cell in cells]) else named
        texts = texts_of(cells, is_)
        shown = (
            f'"{_one_line(heading)}" is a usual heading for it'
            if certainty == SURE
            else f'"{_one_line(heading)}" is like a heading for it'
        )
        is_fitting = fits(is_, texts, is_sure=certainty == SURE)
        if is_fitting is False:
            reason = f"{shown} ({is_}), but the cells are something else"
            found.append(ColumnMap(column, heading, NOTHING, NOT_SURE, reason))
        else:
            count = sum(map(cell_checks()[is_], texts)) if is_ in cell_checks() else len(texts)
            if not texts:
                certainty = NOT_SURE  # noqa: PLW2901  (an empty column gives way to one that says something)
            elif not count:
                certainty = LIKELY  # noqa: PLW2901
            more = (
                f", and {count} of {len(texts)} cells fit"
                if is_ in cell_checks() and texts
                else ""
                if texts
                else ", and its cells are empty"
            )
            found.append(ColumnMap(column, heading, is_, certainty, shown + more))
    return found


def _by_marks(heading: str, texts: list[str], column: int) -> ColumnMap | None:
    """Return what is marked in a column of marks: an element, a legal basis, who demands it, a contract."""
    is_, why = _of_marks(heading, texts) if are_marks(texts) else ("", "")
    is_of_status = plain_heading(heading) in meanings()["agreement status"].sure
    if not is_ and not is_of_status and (kind := find_contract_kind(heading)) and are_contracts(texts):
        is_, why = CONTRACT + kind, "says which contract there is"
    reason = f'its cells are marks, and "{_one_line(heading)}" {why}'
    return ColumnMap(column, heading, is_, SURE, reason) if is_ else None


def _of_marks(heading: str, texts: list[str]) -> tuple[str, str]:
    """Return what marks stand for below a heading, and why; empty where it can't be told."""
    if ids := _marked_element(heading):
        return ELEMENT + " and ".join(ids), "names what is marked"
    if texts and (citation := find_basis(heading)):
        return BASIS + citation, f"names the legal basis {citation}"
    if texts and (mandate := find_mandate(heading)):
        return MANDATE + mandate, "says who demands it"
    return _marked_place(heading, is_marked=any(map(is_mark, texts))), "names who uses it"


def _marked_place(heading: str, *, is_marked: bool) -> str:
    """Return the grade or the school that a heading names: `K`, `Grade 3`, `Oak Elementary`; empty for another one."""
    text = _one_line(heading)
    if (grade := find_grade(text)) is not None:
        return GRADE + grade
    is_school = is_marked and _SCHOOL.search(text) is not None and not set(plain(text).split()) <= _SORTS_OF_SCHOOLS
    return SCHOOL + text if is_school and "?" not in text else ""


def _marked_element(heading: str) -> tuple[str, ...] | None:
    """Return the element that a heading names: `Name (Y/N)`, `Element: First Name`, `Collects e-mail?`."""
    bare = _ASKED.sub(" ", heading).strip(" ?:-–")
    for text in dict.fromkeys((heading, bare, re.split(r":\s|\s[-–—]\s|\n", bare)[-1])):
        if (ids := find_element(text)) is not None:
            return ids
    said = read_elements(bare)
    is_partial = said.unread or said.groups or said.of_staff or said.is_prose
    return None if is_partial else said.elements


def _meanings_of(word: str, outer: str) -> list[tuple[str, str]]:
    """Return what a heading may mean, with the certainty; a word that stands earlier goes first."""
    for heading in dict.fromkeys((word, outer)):
        sure = [(is_, SURE) for is_, meaning in meanings().items() if heading in meaning.sure]
        if sure:
            return sure
    if _OF_PERSONS.search(outer):
        return []
    likely = dict.fromkeys((*_likely(outer), *_likely(word)))
    unlikely = {"elements"} if _OF_HANDLING.search(outer) else {"status"} if _OF_CONTRACT.search(outer) else set()
    return [(is_, LIKELY) for is_ in likely if is_ not in unlikely]


def _likely(heading: str) -> list[str]:
    """Return the meanings of which a heading holds a word, by where the word stands."""
    found = []
    for is_, meaning in meanings().items():
        held = [text for text in meaning.likely if holds(heading, text)]
        if held:
            found.append((min(f" {heading} ".index(f" {text} ") for text in held), -max(map(len, held)), is_))
    return [is_ for _, _, is_ in sorted(found)]


def _by_values(heading: str, texts: list[str], column: int) -> list[ColumnMap]:
    known = [text for text in texts if not says_nothing(text)]
    if not known:
        return []
    for is_ in ("website", "agreement ends", "grades", "elements"):
        count = sum(map(cell_checks()[is_], known))
        if 2 * count <= len(known):
            continue
        if is_ == "agreement ends":
            reason = f"{count} of {len(known)} cells are dates, and nothing says of what"
            return [ColumnMap(column, heading, NOTHING, NOT_SURE, reason)]
        if heading and count == 1:
            return []
        reason = f"{count} of {len(known)} cells are {_NAMES[is_]}"
        return [ColumnMap(column, heading, is_, LIKELY if count > 1 else NOT_SURE, reason)]
    named = None if heading else _by_name(heading, known, column)
    return [named] if named else []


_NAMES = {"website": "web addresses", "grades": "grades", "elements": "kinds of data"}


def _settle(guesses: list[list[ColumnMap]]) -> tuple[ColumnMap, ...]:
    """Let each meaning be one column's: the surest one's, then the first one's."""
    taken: dict[str, ColumnMap] = {}
    chosen: dict[int, ColumnMap] = {}
    order = sorted(
        (guess for of_column in guesses for guess in of_column), key=lambda g: (_RANK[g.certainty], g.column)
    )
    for offered in order:
        if offered.column in chosen:
            continue
        if offered.is_ in taken and offered.is_ not in _MANY and not offered.is_.startswith(MARKED):
            continue
        taken.setdefault(offered.is_, offered)
        chosen[offered.column] = offered
    found = []
    for of_column in guesses:
        first = of_column[0]
        guess: ColumnMap | None = chosen.get(first.column)
        reason = f"another column is taken for its {first.is_}"
        found.append(guess or ColumnMap(first.column, first.heading, NOTHING, NOT_SURE, reason))
    return tuple(found)


def _one_line(text: str) -> str:
    return " ".join(text.split())[:60]
