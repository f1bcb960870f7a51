"""A district's list → a mapping for a person to check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.errors import InputError, Problem
from dataflows.sources.base import refuse_file
from dataflows.sources.district_list.days import find_order
from dataflows.sources.district_list.entries import DAYS, EntryReader
from dataflows.sources.district_list.headings import find_headings, propose_columns
from dataflows.sources.district_list.mapping import AGREEMENT_KIND, ColumnMap, Mapping, SheetMap
from dataflows.sources.district_list.students import find_students
from dataflows.sources.district_list.vendors import propose_vendors
from dataflows.sources.grid import read_grids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataflows.sources.district_list.headings import Headings
    from dataflows.sources.grid import Grid

NAMES = ("product", "vendor", "recipient")


def propose_mapping(name: str) -> Mapping:
    """Return how a file may be read; raises InputError where nothing in it can be."""
    grids = read_grids(name)
    sheets: list[SheetMap] = []
    remarks: list[str] = []
    refused: list[Problem] = []
    entries = []
    for grid in grids:
        if not grid.rows:
            continue
        if problem := refuse_students(grid):
            refused.append(problem)
            continue
        headings = find_headings(grid.rows)
        columns = propose_columns(grid, headings)
        if grid.is_hidden:
            remarks.append(f"{grid.whole()}: The sheet is hidden. It is read too; strike it out if that is not meant.")
        if not any(column.is_ in NAMES for column in columns):
            remarks.append(f"{grid.whole()}: No column holds names of vendors or products, so nothing here is read.")
            columns = tuple(columns)
            if len(grids) > 1:
                continue
        sheet = _sheet(grid, headings, columns)
        sheets.append(sheet)
        entries += list(EntryReader(grid, sheet).entries())
    if not sheets:
        raise _nothing(name, refused)
    vendors, warnings = propose_vendors(entries)
    has_contracts = any(column.is_.startswith("agreement ") for sheet in sheets for column in sheet.columns)
    remarks += [str(problem) for problem in refused]
    notes = [str(problem) for grid in grids for problem in grid.problems]
    return Mapping(
        name,
        tuple(sheets),
        vendors,
        AGREEMENT_KIND if has_contracts else None,
        tuple([*remarks, *notes, *warnings]),
        tuple([*(str(problem) for problem in refused), *remarks[: len(remarks) - len(refused)], *notes, *warnings]),
    )


def refuse_students(grid: Grid) -> Problem | None:
    """Return why a table is not read: it lists students."""
    what = find_students(grid)
    if what is None:
        return None
    message = f"The table looks like a list of students: it has names beside {what}. Nothing of it was read."
    return Problem(grid.whole(), message, "A catalog describes flows of data and never holds a student's record.")


def _nothing(name: str, refused: list[Problem]) -> InputError:
    if refused:
        return InputError(refused)
    return refuse_file(name, "The file holds no table that can be read.", "Name the file with the list of vendors or apps.")


def _sheet(grid: Grid, headings: Headings | None, columns: tuple[ColumnMap, ...]) -> SheetMap:
    number = grid.rows[headings.index].number if headings else None
    remarks = []
    above = grid.rows[: headings.index] if headings else ()
    for row in above:
        first = next(iter(row.cells.values()))
        remarks.append(f"Not read, above the headings: {grid.cell_name(first)} {' '.join(first.text.split())[:80]!r}.")
    if headings is None:
        remarks.append("No row looks like headings; what the columns are is taken from their cells.")
    order = find_order(_dates(grid, number, columns))
    if order is None:
        return SheetMap(grid.name, number, columns, remarks=tuple(remarks))
    reason = f"Dates are taken as {order.order}: {order.because}"
    if order.order == "not clear":
        reason = f"Dates that may be either are refused, as {order.because}. Write month/day or day/month"
    return SheetMap(grid.name, number, columns, order.order, reason, tuple(remarks))


def _dates(grid: Grid, start: int | None, columns: Sequence[ColumnMap]) -> list[str]:
    wanted = [column.column for column in columns if column.is_ in DAYS]
    rows = [row for row in grid.rows if start is None or row.number > start]
    return [row.cells[column].text for row in rows for column in wanted if column in row.cells]


