"""Where are the headings, and which column is what? Proposed from headings and values, with the reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dataflows.model.grades import parse_grade_range
from dataflows.sources.district_list.days import is_day
from dataflows.sources.district_list.domains import find_addresses
from dataflows.sources.district_list.elements import find_element, read_elements
from dataflows.sources.district_list.mapping import ColumnMap
from dataflows.sources.district_list.spellings import without_suffix
from dataflows.sources.district_list.words import (
    ELEMENT,
    MARKS,
    NO_MARKS,
    NOTHING,
    meanings,
    plain,
    says_no_data,
    says_nothing,
)
from dataflows.sources.grid import column_cells

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dataflows.sources.grid import Grid, Row

SURE, LIKELY, NOT_SURE = "sure", "likely", "not sure"
_RANK = {SURE: 0, LIKELY: 1, NOT_SURE: 2}
_LOOKED_AT = 60
"""So many rows are looked at for the headings."""
_LONGEST = 120
_DATES = ("agreement starts", "agreement ends", "agreement signed", "reviewed on")
_MANY = frozenset(("elements", NOTHING, "note"))
_SCHOOL = re.compile(r"\b(?:school|elementary|middle|high|academy|campus|elem|all|hs|ms|es|district)\b", re.IGNORECASE)


class Headings(NamedTuple):
    """The row of the headings: its number in the grid's rows, and how many of its words are known."""

    index: int
    score: int


def find_headings(rows: Sequence[Row]) -> Headings | None:
    """Return the row whose words are most like headings; None where no row is like one."""
    best: Headings | None = None
    for index, row in enumerate(rows[:_LOOKED_AT]):
        texts = [cell.text for cell in row.cells.values()]
        if not texts or max(map(len, texts)) > _LONGEST * 2 or row.is_note:
            continue
        score = sum(_score(text) for text in texts if len(text) <= _LONGEST)
        known = sum(_score(text) > 0 for text in texts)
        is_most = 2 * known >= len(texts)
        if known >= 2 and is_most and score >= 3 and (best is None or score > best.score):
            best = Headings(index, score)
    if best is None:
        return _lone_heading(rows)
    return best


def _lone_heading(rows: Sequence[Row]) -> Headings | None:
    """Return the heading of a list of one column: a word for vendors or apps above short names."""
    for index, row in enumerate(rows[:_LOOKED_AT]):
        if len(row.cells) == 1 and len(rows) > index + 1:
            [cell] = row.cells.values()
            is_list = all(set(other.cells) <= {cell.column} for other in rows)
            if is_list and any(plain(cell.text) in meanings()[is_].sure for is_ in ("vendor", "product")):
                return Headings(index, 2)
    return None


def _score(heading: str) -> int:
    word = plain(heading)
    if any(word in meaning.sure for meaning in meanings().values()):
        return 2
    if find_element(heading) is not None:
        return 1
    return int(any(_holds(word, likely) for meaning in meanings().values() for likely in meaning.likely))


def _holds(word: str, likely: str) -> bool:
    return f" {likely} " in f" {word} "


def propose_columns(grid: Grid, headings: Headings | None) -> tuple[ColumnMap, ...]:
    """Return what each column of a table is taken for."""
    start = headings.index + 1 if headings else 0
    head = grid.rows[headings.index] if headings else None
    body = grid.rows[start:]
    columns = sorted({column for row in (*body, *([head] if head else [])) for column in row.cells})
    guesses = [_guess(head.text(column) if head else "", body, column) for column in columns]
    return _settle(guesses)


def _guess(heading: str, body: Sequence[Row], column: int) -> list[ColumnMap]:
    """Return what a column may be, the best first."""
    texts = [cell.text for cell in column_cells(body, column)]
    found = [*_by_heading(heading, texts, column), *_by_values(heading, texts, column)]
    if not found:
        reason = "its cells are empty" if not texts else "neither the heading nor the cells say what it is"
        found.append(ColumnMap(column, heading, NOTHING, NOT_SURE, reason))
    return sorted(found, key=lambda guess: _RANK[guess.certainty])


def _by_heading(heading: str, texts: list[str], column: int) -> list[ColumnMap]:
    word = plain(heading)
    if not word:
        return []
    if (ids := find_element(heading)) is not None and len(ids) == 1 and _are_marks(texts):
        reason = f'its cells are marks, and "{_one_line(heading)}" names what is marked'
        return [ColumnMap(column, heading, ELEMENT + ids[0], SURE, reason)]
    found = []
    for is_, meaning in meanings().items():
        certainty = SURE if word in meaning.sure else None
        if certainty is None and any(_holds(word, likely) for likely in meaning.likely):
            certainty = LIKELY
        if certainty is None:
            continue
        shown = f'"{_one_line(heading)}" is a usual heading for it' if certainty == SURE else f'"{_one_line(heading)}" is like a heading for it'
        fits = _fits(is_, texts)
        if fits is False:
            reason = f"{shown}, but the cells are something else"
            found.append(ColumnMap(column, heading, is_, NOT_SURE, reason))
        else:
            more = f", and {sum(map(_checks()[is_], texts))} of {len(texts)} cells fit" if fits and is_ in _checks() else ""
            found.append(ColumnMap(column, heading, is_, certainty, shown + more))
    return found


def _by_values(heading: str, texts: list[str], column: int) -> list[ColumnMap]:
    known = [text for text in texts if not says_nothing(text)]
    if not known:
        return []
    for is_ in ("website", "agreement ends", "grades", "elements"):
        count = sum(map(_checks()[is_], known))
        if 2 * count <= len(known):
            continue
        if is_ == "agreement ends":
            reason = f"{count} of {len(known)} cells are dates, and nothing says of what"
            return [ColumnMap(column, heading, NOTHING, NOT_SURE, reason)]
        reason = f"{count} of {len(known)} cells are {_NAMES[is_]}"
        return [ColumnMap(column, heading, is_, LIKELY if count > 1 else NOT_SURE, reason)]
    if not heading and len(set(known)) * 2 > len(known) and all(len(text) <= 80 and "\n" not in text for text in known):
        suffixed = sum(without_suffix(text) != text for text in known)
        is_ = "vendor" if suffixed * 4 > len(known) else "product"
        return [ColumnMap(column, heading, is_, NOT_SURE, "its cells are short names, and nothing says of what")]
    return []


_NAMES = {"website": "web addresses", "grades": "grades", "elements": "kinds of data"}


def _checks() -> dict[str, Callable[[str], bool]]:
    return {
        "website": lambda text: bool(find_addresses(text)),
        "privacy policy": lambda text: bool(find_addresses(text)),
        "terms of service": lambda text: bool(find_addresses(text)),
        "agreement link": lambda text: bool(find_addresses(text)),
        **dict.fromkeys(_DATES, is_day),
        "grades": _are_grades,
        "schools": lambda text: _SCHOOL.search(text) is not None,
        "elements": lambda text: bool(read_elements(text).elements) or says_no_data(text),
        "student data": lambda text: text.casefold() in MARKS | NO_MARKS,
    }


def _fits(is_: str, texts: list[str]) -> bool | None:
    """Tell whether the cells are what the heading says; None where they don't tell."""
    known = [text for text in texts if not says_nothing(text)]
    if not known:
        return None
    if is_ == "student data":
        return all(map(_checks()[is_], known))
    if is_ in ("website", "privacy policy", "terms of service", "agreement link", *_DATES):
        return any(map(_checks()[is_], known))
    if is_ == "grades":
        return any(map(_are_grades, known))
    if is_ == "elements":
        return not all(text.casefold() in (MARKS | NO_MARKS) - {"none"} for text in known)
    if is_ in ("product", "vendor", "recipient"):
        return not all(map(is_day, known)) and not all(text.casefold() in MARKS | NO_MARKS for text in known)
    return None


def _are_marks(texts: list[str]) -> bool:
    known = [text for text in texts if not says_nothing(text)]
    return not known or sum(text.casefold() in MARKS | NO_MARKS for text in known) * 2 > len(known) or all(len(text) == 1 for text in known)


def _are_grades(text: str) -> bool:
    try:
        for part in re.split(r"[,;&]|\band\b", re.sub(r"(?i)\bgrades?\b|(?<=\d)(?:st|nd|rd|th)\b", "", text)):
            if part.strip().lower() != "all":
                parse_grade_range(part.strip())
    except ValueError:
        return False
    return True


def _settle(guesses: list[list[ColumnMap]]) -> tuple[ColumnMap, ...]:
    """Let each meaning be one column's: the surest one's, then the first one's."""
    taken: dict[str, ColumnMap] = {}
    chosen: dict[int, ColumnMap] = {}
    order = sorted((guess for of_column in guesses for guess in of_column), key=lambda g: (_RANK[g.certainty], g.column))
    for guess in order:
        if guess.column in chosen:
            continue
        if guess.is_ in taken and guess.is_ not in _MANY and not guess.is_.startswith(ELEMENT):
            continue
        taken.setdefault(guess.is_, guess)
        chosen[guess.column] = guess
    found = []
    for of_column in guesses:
        first = of_column[0]
        guess = chosen.get(first.column)
        if guess is None:
            reason = f"another column is taken for its {first.is_}"
            guess = ColumnMap(first.column, first.heading, NOTHING, NOT_SURE, reason)
        found.append(guess)
    return _named_by(tuple(found))


def _named_by(columns: tuple[ColumnMap, ...]) -> tuple[ColumnMap, ...]:
    """Mind that a bare `Name` or `Title` beside apps and vendors is neither."""
    return columns


def _one_line(text: str) -> str:
    return " ".join(text.split())[:60]
