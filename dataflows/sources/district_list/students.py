"""Does a table list students? Then nothing of it is read, and no name of it is ever shown."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from dataflows.model.text import has_social_security_number
from dataflows.sources.district_list.days import is_day
from dataflows.sources.district_list.elements import read_elements
from dataflows.sources.district_list.headings import find_headings
from dataflows.sources.district_list.spellings import without_suffix
from dataflows.sources.district_list.words import is_mark, meanings, plain
from dataflows.sources.grid import column_cells
from dataflows.sources.roster import PERSON, find_roster

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dataflows.sources.grid import Grid, Row

_LOOKED_AT = 40
_LONGEST_HEADING = 60
_PART_OF_NAME = re.compile(
    r"(?:student )?(?:first|last|middle|fname|lname|f name|l name|given|family|full|legal)(?: name)?"
)
_STUDENTS = re.compile(
    r"(?:student|pupil|child|learner|scholar|estudiante|alumno)(?: (?:full |legal |first |last )?name)?"
    r"|name of (?:the )?(?:student|pupil|child)|nombre del (?:estudiante|alumno)"
)
_NAME = re.compile(r"[^\W\d_a-z][\w'’.-]*(?:,? [^\W\d_a-z][\w'’.-]*){1,3}")
"""Two to four words that begin with capitals: `Doe, Jane`, `Jane van Doe` is left to the others below the heading."""
_BORN = re.compile(r"(?:19[89]\d|20[0-3]\d)")
_OF_VENDORS = (
    "vendor",
    "website",
    "privacy policy",
    "terms of service",
    "elements",
    "agreement ends",
    "agreement starts",
)


def find_students(grid: Grid) -> str | None:
    """Return what tells that a table lists students; None for any other table."""
    for index, row in enumerate(grid.rows[:_LOOKED_AT]):
        if any(_names_persons(cell.text, grid.rows[index + 1 :], column) for column, cell in row.cells.items()):
            return "what each of them has"
        # Few rows are like headings of persons at all, so that the rows below are seldom looked at.
        if not (_by_headings([cell.text for cell in row.cells.values()]) or any(map(_beside_names, _texts(row)))):
            continue
        body = grid.rows[index + 1 :]
        headings = [cell.text for column, cell in row.cells.items() if not _is_marked(body, column)]
        if what := body and (_by_headings(headings) or _by_columns(row, body)):
            return what
    return _by_values(grid) if find_headings(grid.rows) is None else None


def _names_persons(heading: str, body: Sequence[Row], column: int) -> bool:
    """Tell whether a heading says that students stand below it, and what stands there looks like their names."""
    if len(heading) > _LONGEST_HEADING or not _STUDENTS.fullmatch(plain(heading)):
        return False
    texts = [cell.text for cell in column_cells(body[:_LOOKED_AT], column)]
    return _most(texts, lambda text: _NAME.fullmatch(text) is not None and not read_elements(text).elements)


def _by_headings(headings: list[str]) -> str | None:
    spelt = ["student name" if _PART_OF_NAME.fullmatch(plain(heading)) else heading for heading in headings]
    what = find_roster(spelt)
    return None if what == "grades" and _speaks_of_vendors(headings) else what


def _by_columns(row: Row, body: Sequence[Row]) -> str | None:
    """Look below headings for birth dates and student numbers: they are of persons, whatever stands beside them."""
    for column, cell in row.cells.items():
        what = _beside_names(cell.text)
        texts = [below.text for below in column_cells(body, column)] if what else []
        if what == "birth dates" and _most(texts, is_day):
            return what
        if what == "student numbers" and _most(texts, _is_number):
            return what
    return None


@lru_cache(maxsize=4096)
def _beside_names(text: str) -> str | None:
    """Return what a column below these words would tell of persons: birth dates, student numbers."""
    return find_roster(["student name", text]) if len(text) < _LONGEST_HEADING else None


def _texts(row: Row) -> list[str]:
    return [cell.text for cell in row.cells.values()]


def _is_marked(body: Sequence[Row], column: int) -> bool:
    """Tell whether a column below a heading holds marks only: then it says what is given, not whose."""
    texts = [cell.text.casefold() for cell in column_cells(body, column)]
    return not texts or all(is_mark(text) or (len(text) == 1 and not text.isalnum()) for text in texts)


def _speaks_of_vendors(headings: list[str]) -> bool:
    words = {plain(heading) for heading in headings}
    return any(not words.isdisjoint(meanings()[is_].sure) for is_ in _OF_VENDORS)


def _by_values(grid: Grid) -> str | None:
    """Look at tables without headings: `Doe, Jane` beside days of birth, or numbers like social security's."""
    rows = grid.rows[:500]
    columns = sorted({column for row in rows for column in row.cells})
    texts = {column: [cell.text for cell in column_cells(rows, column)] for column in columns}
    if not any(_most(texts[column], _is_person) for column in columns):
        return None
    for column in columns:
        if _most(texts[column], _is_birth):
            return "birth dates"
        if _most(texts[column], has_social_security_number):
            return "student numbers"
    return None


def _is_number(text: str) -> bool:
    return any(map(str.isdigit, text)) and len(text) > 2 and " " not in text


def _is_person(text: str) -> bool:
    return PERSON.fullmatch(text) is not None and without_suffix(text) == text


def _is_birth(text: str) -> bool:
    return is_day(text) and _BORN.search(text) is not None


def _most(texts: Sequence[str], test: Callable[[str], bool]) -> bool:
    return len(texts) > 1 and sum(map(test, texts)) * 5 > len(texts) * 3
