"""Does a table list students? Then nothing of it is read, and no name of it is ever shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dataflows.model.text import has_social_security_number
from dataflows.sources.district_list.days import is_day
from dataflows.sources.district_list.words import MARKS, NO_MARKS, meanings, plain
from dataflows.sources.grid import column_cells
from dataflows.sources.roster import find_roster

if TYPE_CHECKING:
    from dataflows.sources.grid import Grid, Row

_LOOKED_AT = 40
_PERSON = re.compile(r"[^\W\d_][\w'’.-]+(?: [\w'’.-]+)?, ?[^\W\d_][\w'’.-]*(?: [^\W\d_]\.?[\w'’-]*)?")
_BORN = re.compile(r"(?:19[89]\d|20[0-3]\d)")
_OF_VENDORS = ("vendor", "website", "privacy policy", "terms of service", "elements", "agreement ends", "agreement starts")


def find_students(grid: Grid) -> str | None:
    """Return what stands beside names in a table of students; None for any other table."""
    for index, row in enumerate(grid.rows[:_LOOKED_AT]):
        body = grid.rows[index + 1 :]
        headings = [cell.text for column, cell in row.cells.items() if not _is_marked(body, column)]
        what = find_roster(headings)
        if what is None or (what == "grades" and _speaks_of_vendors(headings)):
            continue
        if body:
            return what
    return _by_values(grid)


def _is_marked(body: tuple[Row, ...] | list[Row] | object, column: int) -> bool:
    """Tell whether a column below a heading holds marks only: then it says what is given, not whose."""
    texts = [cell.text.casefold() for cell in column_cells(body, column)]  # type: ignore[arg-type]
    return all(text in MARKS | NO_MARKS or len(text) == 1 and not text.isdigit() for text in texts)


def _speaks_of_vendors(headings: list[str]) -> bool:
    words = {plain(heading) for heading in headings}
    return any(not words.isdisjoint(meanings()[is_].sure) for is_ in _OF_VENDORS)


def _by_values(grid: Grid) -> str | None:
    """Look at tables without headings: `Doe, Jane` beside days of birth, or numbers like social security's."""
    columns = sorted({column for row in grid.rows[:500] for column in row.cells})
    texts = {column: [cell.text for cell in column_cells(grid.rows[:500], column)] for column in columns}
    people = [column for column in columns if _share(texts[column], lambda text: bool(_PERSON.fullmatch(text))) > 0.6]
    if not people:
        return None
    for column in columns:
        if _share(texts[column], lambda text: is_day(text) and bool(_BORN.search(text))) > 0.6:
            return "birth dates"
        if _share(texts[column], has_social_security_number) > 0.6:
            return "student numbers"
    return None


def _share(texts: list[str], test: object) -> float:
    return sum(bool(test(text)) for text in texts) / len(texts) if len(texts) > 1 and callable(test) else 0.0
