"""A form in two columns as a row of a list: what a sheet, a table or a file of labels and values says of one vendor.

The labels become the headings and the values the cells below them; each keeps the place in which it
stands.  The same labels again begin the next row.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dataflows.sources.grid import Cell, Row
from dataflows.sources.grid_line import NAMES, sure_meaning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataflows.sources.grid import Grid

_MOST_ROWS = 500
_LONGEST_LABEL = 120
_FEWEST = 3
"""So many labels whose meaning is known make a form."""


def as_list(grid: Grid) -> Grid:
    """Return a form as a list with a row for each time that it is filled in; any other table as it is."""
    if grid.is_prose or len(grid.rows) > _MOST_ROWS or not (pairs := _pairs(grid.rows)):
        return grid
    labels = list(dict.fromkeys(label for label, _, _ in pairs))
    meanings = {sure_meaning(label) for label in labels} - {None}
    known = sum(sure_meaning(label) is not None for label, _, _ in pairs)
    if len(meanings) < _FEWEST or meanings.isdisjoint(NAMES) or known * 2 < len(pairs):
        return grid
    return replace(grid, rows=_rows(grid.rows, pairs, labels))


def _pairs(rows: Sequence[Row]) -> list[tuple[str, Cell, Cell | None]]:
    """Return label, its cell and its value of each row that has them; none where the rows are no form's."""
    filled = [row for row in rows if not row.is_note and len(row.cells) > 1]
    if len(filled) < _FEWEST or any(len(row.cells) != 2 for row in filled):
        return []
    first, second = sorted(filled[0].cells)
    if any(set(row.cells) != {first, second} for row in filled):
        return []
    found = []
    for row in rows:
        label = row.cells.get(first)
        is_label = label is not None and (second in row.cells or sure_meaning(label.text.strip(" :")) is not None)
        if label is not None and is_label and len(label.text) <= _LONGEST_LABEL:
            found.append((label.text.strip(" :"), label, row.cells.get(second)))
    return found


def _rows(rows: Sequence[Row], pairs: list[tuple[str, Cell, Cell | None]], labels: list[str]) -> list[Row]:
    """Return the notes, the headings and a row for each record, numbered so that the headings go before them."""
    used = {cell.line for _, cell, _ in pairs}
    start = pairs[0][1].line
    named: dict[str, Cell] = {}
    records: list[dict[int, Cell]] = []
    for label, cell, value in pairs:
        named.setdefault(label, cell)
        column = labels.index(label)
        if not records or label == labels[0] or column in records[-1]:
            records.append({})
        if value is not None:
            records[-1][column] = value
    head = Row(start, {n: named[label]._replace(text=label) for n, label in enumerate(labels)})
    notes = [row for row in rows if row.number not in used]
    body = [
        Row(max(start + 1, min(cell.line for cell in record.values())), dict(sorted(record.items())))
        for record in records
        if record
    ]
    before = [row for row in notes if row.number < start]
    after = [row._replace(is_note=True) for row in notes if row.number > start]
    return [*before, head, *sorted([*body, *after], key=lambda row: row.number)]
