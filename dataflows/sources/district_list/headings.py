"""Where are the headings? In the row whose words are most like headings, wherever it stands."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dataflows.sources.district_list.days import is_day
from dataflows.sources.district_list.domains import find_addresses
from dataflows.sources.district_list.elements import read_elements
from dataflows.sources.district_list.owned import find_element
from dataflows.sources.district_list.words import is_mark, meanings, plain, plain_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataflows.sources.grid import Row

_LOOKED_AT = 60
"""So many rows are looked at for the headings."""
_MOST_ROWS = 2_000
"""So many are looked at for whether a list has one column only."""
_LONGEST = 120


class Headings(NamedTuple):
    """The row of the headings: its number in the grid's rows, and how many of its words are known."""

    at: int
    score: int


def find_headings(rows: Sequence[Row]) -> Headings | None:
    """Return the row whose words are most like headings; None where no row is like one."""
    best: Headings | None = None
    rows = rows[:_MOST_ROWS]
    for index, row in enumerate(rows[:_LOOKED_AT]):
        texts = [cell.text for cell in row.cells.values()]
        if not texts or max(map(len, texts)) > _LONGEST * 2 or row.is_note:
            continue
        score = sum(_score(text) for text in texts if len(text) <= _LONGEST)
        known = sum(_score(text) > 0 for text in texts)
        sure = sum(_score(text) == 2 for text in texts if len(text) <= _LONGEST)
        is_most = 2 * known >= len(texts) or sure >= 2
        if known >= 2 and is_most and score >= 3 and (best is None or score > best.score):
            best = Headings(index, score)
    return (_lone_heading(rows) or _first_row(rows) or _odd_row(rows)) if best is None else _second_row(rows, best)


def _first_row(rows: Sequence[Row]) -> Headings | None:
    """Return the first row of several cells where one is certainly a word for vendors or apps: `app_name | count`."""
    index = next((n for n, row in enumerate(rows[:_LOOKED_AT]) if len(row.cells) > 1), None)
    if index is None or index + 1 >= len(rows):
        return None
    texts = [cell.text for cell in rows[index].cells.values()]
    is_named = any(plain_heading(text) in meanings()[is_].sure for text in texts for is_ in ("vendor", "product"))
    is_body = any(is_day(text) or find_addresses(text) or text.isdigit() or is_mark(text) for text in texts)
    return Headings(index, 2) if is_named and not is_body else None


def _odd_row(rows: Sequence[Row]) -> Headings | None:
    """Return the first row of several cells where a column below it holds days, addresses or data, and it doesn't."""
    index = next((n for n, row in enumerate(rows[:_LOOKED_AT]) if len(row.cells) > 1), None)
    if index is None or any(is_day(cell.text) or find_addresses(cell.text) for cell in rows[index].cells.values()):
        return None
    for column, cell in rows[index].cells.items():
        below = [row.text(column) for row in rows[index + 1 : _LOOKED_AT] if row.text(column) and len(row.cells) > 1]
        for check in (is_day, lambda text: bool(find_addresses(text)), lambda text: bool(read_elements(text).elements)):
            if len(below) > 1 and all(map(check, below)) and not check(cell.text):
                return Headings(index, 1)
    return None


def _second_row(rows: Sequence[Row], best: Headings) -> Headings:
    """Return the lower row where headings take two: cells that span both stand in both."""
    if best.at + 2 >= len(rows):
        return best  # The last row is none of headings: nothing stands below it.
    upper, lower = rows[best.at], rows[best.at + 1]
    spanning = sum(upper.text(column) == cell.text for column, cell in lower.cells.items())
    return Headings(best.at + 1, best.score) if spanning and lower.number == upper.number + 1 else best


def _lone_heading(rows: Sequence[Row]) -> Headings | None:
    """Return the heading of a list of one column: a word for vendors or apps above short names."""
    for index, row in enumerate(rows[:_LOOKED_AT]):
        if len(row.cells) == 1 and len(rows) > index + 1:
            [cell] = row.cells.values()
            is_list = all(set(other.cells) <= {cell.column} for other in rows)
            if is_list and any(plain(cell.text) in meanings()[is_].sure for is_ in ("vendor", "product")):
                return Headings(index, 2)
    return None


@lru_cache(maxsize=4096)
def _score(heading: str) -> int:
    if is_mark(heading):
        return 0  # `No` may stand above numbers, and far more often stands in a cell.
    word = plain_heading(heading)
    if not word:
        return 2 if heading.strip() == "#" else 0
    sure, likely = _words()
    if word in sure:
        return 2
    if find_element(heading) is not None:
        return 1
    return int(any(holds(word, text) for text in likely))


@cache
def _words() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the words of all meanings: those that are a heading, and those that a heading holds."""
    known = meanings().values()
    return frozenset().union(*(one.sure for one in known)), tuple(text for one in known for text in one.likely)


def holds(word: str, likely: str) -> bool:
    """Tell whether a heading has a word, or several in a row."""
    return f" {likely} " in f" {word} "
