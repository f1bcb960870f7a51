"""A district's list → a mapping for a person to check."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dataflows.errors import InputError, Problem
from dataflows.sources.base import refuse_file
from dataflows.sources.district_list.columns import NOT_SURE, propose_columns
from dataflows.sources.district_list.days import find_order, read_span
from dataflows.sources.district_list.entries import EntryReader
from dataflows.sources.district_list.entry_cells import DAYS
from dataflows.sources.district_list.headings import find_headings
from dataflows.sources.district_list.known import NOTHING_KNOWN, Known, propose_schools
from dataflows.sources.district_list.mapping import AGREEMENT_KIND, ColumnMap, Mapping, SheetMap, names_receivers
from dataflows.sources.district_list.students import find_students
from dataflows.sources.district_list.values import find_sheet_decision
from dataflows.sources.district_list.vendors import propose_vendors
from dataflows.sources.district_list.words import CONTRACT, NOTHING, plain
from dataflows.sources.grid import Row
from dataflows.sources.grid_files import read_grids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataflows.sources.district_list.entry import Entry
    from dataflows.sources.district_list.headings import Headings
    from dataflows.sources.grid import Grid

_PROSE = ColumnMap(0, "", NOTHING, NOT_SURE, "the text holds no table, form or list that can be told apart")
_MOST_UNREAD = 100


def propose_mapping(name: str, known: Known = NOTHING_KNOWN) -> Mapping:
    """Return how a file may be read, beside what a catalog holds; raises InputError where nothing in it can be."""
    proposal = _Proposal([grid for grid in read_grids(name) if grid.rows])
    for grid in proposal.grids:
        proposal.take(grid)
    proposal.settle()
    if not proposal.sheets:
        raise _nothing(name, proposal.refused)
    vendors, look_alikes = propose_vendors(proposal.entries, known)
    schools = propose_schools((name for entry in proposal.entries for name in entry.schools), known)
    notes = [str(problem) for grid in proposal.grids for problem in grid.problems]
    remarks = (*map(str, proposal.refused), *proposal.remarks, *notes, *look_alikes)
    return Mapping(name, tuple(proposal.sheets), vendors, _contract_kind(proposal.sheets), remarks, schools)


def _contract_kind(sheets: Sequence[SheetMap]) -> str | None:
    """Return of what sort contracts are, where the headings of their columns say so; None where there are none."""
    columns = [
        column for sheet in sheets for column in sheet.columns if column.is_.startswith(("agreement ", CONTRACT))
    ]
    if not columns:
        return None
    words = {word for column in columns for word in plain(column.heading).split()}
    named = {kind for word, kind in (("ndpa", "ndpa"), ("dpa", "dpa"), ("mou", "mou")) if word in words}
    marked = {column.is_.removeprefix(CONTRACT) for column in columns if column.is_.startswith(CONTRACT)}
    return named.pop() if len(named) == 1 and named >= marked else AGREEMENT_KIND


@dataclass(slots=True)
class _Proposal:
    """What was found so far, table by table."""

    grids: list[Grid]
    taken: list[tuple[Grid, SheetMap]] = field(default_factory=list)
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
        has_names = any(names_receivers(column.is_) for column in columns)
        if not has_names and not any(column.is_ == "website" for column in columns):
            self.remarks.append(f"{grid.whole()}: No column holds names of vendors or products, so nothing is read.")
            if len(self.grids) > 1:
                return
        elif not has_names:
            self.remarks.append(
                f"{grid.whole()}: No column holds names, so an address stands for the name of what it is."
            )
        self.taken.append((grid, _sheet(grid, headings, _worth_showing(columns, self.remarks, grid))))

    def settle(self) -> None:
        """Keep the tables that are lists: beside one with headings, a sheet without any is something else."""
        has_list = any(sheet.headings is not None and sheet.has_names for _, sheet in self.taken)
        for grid, sheet in self.taken:
            is_sheet = grid.sheet is not None or grid.counts_rows
            if has_list and is_sheet and sheet.headings is None:
                self.remarks.append(f"{grid.whole()}: No row looks like the headings of a list, so nothing is read.")
                continue
            if grid.is_hidden:
                self.remarks.append(
                    f"{grid.whole()}: The sheet is hidden. It is read too; strike it out if that is wrong."
                )
            self.sheets.append(sheet)
            entries = [_only_names(entry) for entry in EntryReader(grid, sheet).entries()]
            self._mention_blanks(grid, sheet, entries)
            self.entries += entries

    def _mention_blanks(self, grid: Grid, sheet: SheetMap, entries: list[Entry]) -> None:
        nameless = [entry for entry in entries if entry.vendor is None]
        if sheet.find("vendor") is not None and nameless:
            count = "1 row names" if len(nameless) == 1 else f"{len(nameless)} rows name"
            first = grid.cell_name(nameless[0].cells["product"])
            self.remarks.append(
                f"{grid.whole()}: {count} no vendor (the first is {first}), so the product's name stands for it. Where"
                " an empty cell means the vendor above, write blank: above into the line of that column."
            )


def _only_names(entry: Entry) -> Entry:
    """Return of an entry what names are proposed by; a list may be long."""
    entry.row = Row(entry.row.number, {})
    entry.texts = {}
    entry.cells = {name: cell for name, cell in entry.cells.items() if name in ("vendor", "product", "website")}
    return entry


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
        texts = dict.fromkeys(" ".join(cell.text.split())[:80] for cell in row.cells.values())
        remarks.append(f"Not read, above the headings: {grid.cell_name(first)} {', '.join(map(repr, texts))}.")
    if headings is None:
        remarks.append("No row looks like headings; what the columns are is taken from their cells.")
    has_status = any(column.is_ == "status" for column in columns)
    status = None if has_status else find_sheet_decision(grid.name)
    order = find_order(_dates(grid, number, columns))
    if order is None:
        return SheetMap(grid.name, number, columns, remarks=tuple(remarks), status=status)
    reason = f"Dates are taken as {order.order}: {order.because}"
    if order.order == "not clear":
        reason = f"Dates that may be either are refused, as {order.because}. Write month/day or day/month"
    return SheetMap(grid.name, number, columns, order.order, reason, tuple(remarks), status)


def _dates(grid: Grid, start: int | None, columns: Sequence[ColumnMap]) -> list[str]:
    wanted = [column.column for column in columns if column.is_ in DAYS or column.is_ == "agreement term"]
    rows = [row for row in grid.rows if start is None or row.number > start]
    texts = [row.cells[column].text for row in rows for column in wanted if column in row.cells]
    return [day for text in texts for day in (read_span(text) or (text,))]
