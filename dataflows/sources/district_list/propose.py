"""A district's list → a mapping for a person to check."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dataflows.errors import InputError, Problem
from dataflows.sources.base import refuse_file
from dataflows.sources.district_list.columns import NOT_SURE, propose_columns
from dataflows.sources.district_list.days import find_order
from dataflows.sources.district_list.entries import DAYS, EntryReader
from dataflows.sources.district_list.headings import find_headings
from dataflows.sources.district_list.mapping import AGREEMENT_KIND, ColumnMap, Mapping, SheetMap
from dataflows.sources.district_list.students import find_students
from dataflows.sources.district_list.vendors import propose_vendors
from dataflows.sources.district_list.words import NOTHING
from dataflows.sources.grid import read_grids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataflows.sources.district_list.entries import Entry
    from dataflows.sources.district_list.headings import Headings
    from dataflows.sources.grid import Grid

_PROSE = ColumnMap(0, "", NOTHING, NOT_SURE, "the text holds no table, form or list that can be told apart")
_MOST_UNREAD = 100
NAMES = ("product", "vendor", "recipient")


def propose_mapping(name: str) -> Mapping:
    """Return how a file may be read; raises InputError where nothing in it can be."""
    proposal = _Proposal([grid for grid in read_grids(name) if grid.rows])
    for grid in proposal.grids:
        proposal.take(grid)
    if not proposal.sheets:
        raise _nothing(name, proposal.refused)
    vendors, look_alikes = propose_vendors(proposal.entries)
    has_contracts = any(column.is_.startswith("agreement ") for sheet in proposal.sheets for column in sheet.columns)
    notes = [str(problem) for grid in proposal.grids for problem in grid.problems]
    remarks = (*map(str, proposal.refused), *proposal.remarks, *notes, *look_alikes)
    kind = AGREEMENT_KIND if has_contracts else None
    return Mapping(name, tuple(proposal.sheets), vendors, kind, remarks)


@dataclass(slots=True)
class _Proposal:
    """What was found so far, table by table."""

    grids: list[Grid]
    sheets: list[SheetMap] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)

    def take(self, grid: Grid) -> None:
        """Propose how a table is read, or say why it is not."""
        if problem := refuse_students(grid):
            self.refused.append(problem)
            return
        headings = None if grid.is_prose else find_headings(grid.rows)
        columns = (_PROSE,) if grid.is_prose else propose_columns(grid, headings)
        if grid.is_hidden:
            self.remarks.append(f"{grid.whole()}: The sheet is hidden. It is read too; strike it out if that is wrong.")
        if not any(column.is_ in NAMES for column in columns):
            self.remarks.append(f"{grid.whole()}: No column holds names of vendors or products, so nothing is read.")
            if len(self.grids) > 1:
                return
        sheet = _sheet(grid, headings, _worth_showing(columns, self.remarks, grid))
        self.sheets.append(sheet)
        self.entries += EntryReader(grid, sheet).entries()


def _worth_showing(columns: tuple[ColumnMap, ...], remarks: list[str], grid: Grid) -> tuple[ColumnMap, ...]:
    """Leave out of the mapping what would only fill it: columns beyond the hundredth that are not read."""
    kept = [column for number, column in enumerate(columns) if column.is_ != NOTHING or number < _MOST_UNREAD]
    if len(kept) < len(columns):
        remarks.append(f"{grid.whole()}: {len(columns) - len(kept):,} more columns are not read.")
    return tuple(kept)


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
    return refuse_file(
        name, "The file holds no table that can be read.", "Name the file with the list of vendors or apps."
    )


def _sheet(grid: Grid, headings: Headings | None, columns: tuple[ColumnMap, ...]) -> SheetMap:
    number = grid.rows[headings.at].number if headings else None
    remarks = []
    above = grid.rows[: headings.at] if headings else ()
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
