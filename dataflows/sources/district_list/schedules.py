"""Lists that name data row by row: schedules of data with boxes to tick, groups of data, vendors across the top.

A row of such a list is one kind of data.  Who gets it stands in the heading of a column of marks,
or once above the table: `Provider: Clever`.  A group beside or above may say whose data it is, as
an e-mail address of a parent is another thing than a student's.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from dataflows.sources.district_list.cell_checks import are_marks
from dataflows.sources.district_list.elements import read_elements
from dataflows.sources.district_list.owned import find_element
from dataflows.sources.district_list.owners import PARENTS, STUDENTS, kinds_in
from dataflows.sources.district_list.words import DATA_GROUP, GIVEN, GIVEN_TO, NOTHING, is_mark, plain
from dataflows.sources.grid import column_cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dataflows.sources.district_list.mapping import ColumnMap
    from dataflows.sources.grid import Grid, Row

_GROUP = re.compile(r"\b(?:category|categorie|group|kind|class|type|section|area)\b")
_HOMES = re.compile(r"\b(?:family|emergency)\b")
_TOLD = re.compile(
    r"(?i:(?:name of )?(?:the )?(?:provider|vendor|company|operator|contractor|service provider)(?: name)?)\s*:\s*"
    r"(?P<name>\S.{0,90}?)(?=\s+[A-Z][\w/]*(?: [A-Za-z]\w*)?\s*:|$)"
)
_LABEL = re.compile(r"(?:name of )?(?:the )?(?:provider|vendor|company|operator|contractor)(?: name)?", re.IGNORECASE)
_LONGEST_NAME = 90


def group_headings(grid: Grid, at: int) -> dict[int, str]:
    """Return by column what the row right above the headings says of it: a heading of several columns."""
    if at == 0 or grid.rows[at - 1].is_note or grid.rows[at - 1].number != grid.rows[at].number - 1:
        return {}
    upper, lower = grid.rows[at - 1], grid.rows[at]
    if len(upper.cells) < 2:
        return {}
    columns = sorted({*lower.cells, *upper.cells})
    found: dict[int, str] = {}
    text = ""
    for column in columns:
        text = upper.text(column) or (text if column in lower.cells else "")
        if text and text != lower.text(column):
            found[column] = text
    return {column: text for column, text in found.items() if column in lower.cells or column in upper.cells}


def speaks_of_parents(text: str) -> bool:
    """Tell whether a group of data is of parents, and of no students."""
    kinds = kinds_in(text)
    return STUDENTS not in kinds and (PARENTS in kinds or _HOMES.search(plain(text)) is not None)


def find_in_group(group: str, text: str) -> tuple[str, ...] | None:
    """Return the elements that a phrase names within its group: `Email` of a parent, `First and/or Last` of a name."""
    alone = find_element(text)
    if alone is not None and not speaks_of_parents(group):
        return alone
    return find_element(f"{group} {text}") or (alone if not group or _is_of_parents(alone) else None)


def _is_of_parents(ids: tuple[str, ...] | None) -> bool:
    return all(id.startswith(("parent-", "emergency", "custody")) for id in ids or ())


def find_groups(columns: tuple[ColumnMap, ...], body: Sequence[Row]) -> tuple[ColumnMap, ...]:
    """Take a column of groups for what it is where another column names the data itself."""
    named = [column for column in columns if column.is_ == "elements"]
    shares = {column.column: _share([cell.text for cell in column_cells(body, column.column)]) for column in named}
    found = list(columns)
    for index, column in enumerate(columns):
        others = [
            other for other in named if other is not column and shares[other.column] > shares.get(column.column, 1)
        ]
        if column.is_ == "elements" and others and _GROUP.search(plain(column.heading)):
            reason = f"{column.heading!r} names groups of data, and {others[0].heading!r} says which"
            found[index] = replace(column, is_=DATA_GROUP, reason=reason)
    return tuple(found)


def _share(texts: Sequence[str]) -> float:
    """Return the share of cells that name data."""
    return sum(bool(read_elements(text).elements) for text in texts) / len(texts) if texts else 0.0


def find_receivers(columns: tuple[ColumnMap, ...], above: Sequence[Row], body: Sequence[Row]) -> tuple[ColumnMap, ...]:
    """Take columns of marks beside a column of data for those of the vendors that their headings, or a line, name."""
    if not any(column.is_ == "elements" for column in columns):
        return columns
    marked = [column for column in columns if column.is_ == GIVEN]
    if marked:
        name = _told_above(above)
        if len(marked) > 1 or name is None:
            return columns
        reason = f"its cells are marks, and above the table stands that {name!r} is who gets the data"
        return _replaced(columns, [replace(marked[0], is_=GIVEN_TO + name, reason=reason)])
    found = [column for column in columns if column.is_ == NOTHING and _may_be_receiver(column, body)]
    return _replaced(
        columns,
        [
            replace(
                column,
                is_=GIVEN_TO + _one_line(column.heading),
                certainty="likely",
                reason="its cells are marks beside kinds of data, so its heading is who gets them",
            )
            for column in found
        ],
    )


def _may_be_receiver(column: ColumnMap, body: Sequence[Row]) -> bool:
    texts = [cell.text for cell in column_cells([row for row in body if not row.is_note], column.column)]
    is_marked = bool(texts) and are_marks(texts) and any(map(is_mark, texts))
    return is_marked and 1 < len(column.heading) <= _LONGEST_NAME and "?" not in column.heading


def _replaced(columns: Iterable[ColumnMap], others: Iterable[ColumnMap]) -> tuple[ColumnMap, ...]:
    new = {column.column: column for column in others}
    return tuple(new.get(column.column, column) for column in columns)


def _told_above(rows: Iterable[Row]) -> str | None:
    """Return the one vendor of whom the lines above a table speak: `Provider: Clever`; None where it isn't one."""
    names: set[str] = set()
    for row in rows:
        texts = [cell.text for cell in row.cells.values()]
        names.update(_one_line(match["name"]) for text in texts for match in _TOLD.finditer(text))
        names.update(
            _one_line(name)
            for label, name in pairwise(texts)
            if _LABEL.fullmatch(label.strip(" :")) and len(name) <= _LONGEST_NAME
        )
    return names.pop() if len(names) == 1 else None


def _one_line(text: str) -> str:
    return " ".join(text.split()).strip(" ,;")
