"""One row of a district's list, read by a mapping: what it says, with cells, and what of it was not understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dataflows.errors import Problem
from dataflows.model.grades import GRADES, format_grades
from dataflows.model.text import has_social_security_number
from dataflows.sources.district_list.domains import host_of, vendor_domain
from dataflows.sources.district_list.entry_cells import DAYS, EntryCells, shown
from dataflows.sources.district_list.mapping import NAMES
from dataflows.sources.district_list.spellings import vendor_key
from dataflows.sources.district_list.words import UNREAD, is_section
from dataflows.sources.grid import Cell, letters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.sources.district_list.mapping import SheetMap
    from dataflows.sources.grid import Grid, Row

__all__ = ["DAYS", "NAMES", "Entry", "EntryReader"]
_TOTAL = re.compile(r"(?:sub-?|grand )?totals?\b[\s:=\d]*(?:apps|vendors|products|rows|entries)?", re.IGNORECASE)
_NOTE_ROW = re.compile(
    r"(?:sub|grand )?totals?\b|(?:last |list )?(?:updated|revised|modified|as of|current as of)\b|notes?\b|page \d"
    r"|legend\b|key\b|\*|(?:prepared|compiled|maintained|created|approved|submitted) by\b|contacts?\b|questions\b"
    r"|for more info|source\b|(?:this|these|the following|below|above|please|if you|see) \w|[A-Z0-9]$"
    r"|[A-Z]\s*[-–]\s*[A-Z]$"
    r"|(?:elementary|secondary|middle|high|primary|district|k|grades?)\b.{0,12}\b(?:only|schools?|level|apps|software|\d+)$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Entry:
    """What one row says."""

    grid: Grid
    row: Row
    product: str | None = None
    vendor: str | None = None
    maker: str | None = None
    """Who the product's own cell says makes it: `Kahoot! (Kahoot AS)`."""
    aliases: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    takes_none: bool = False
    takes_some: bool = False
    schools: tuple[str, ...] = ()
    is_recipient: bool = False
    """The list says only who gets the data: a vendor, or somebody else."""
    recipients: tuple[str, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)
    """What else it says, by field: purpose, grades, effective, expires, status, ..."""
    cells: dict[str, Cell] = field(default_factory=dict)
    """The cell in which each field stands."""

    @property
    def owner(self) -> str:
        """Return the name by which its vendor goes: its own, or the product's where none is named."""
        return self.vendor or self.product or ""

    @property
    def domains(self) -> tuple[str, ...]:
        """Return the registered domains of its addresses."""
        found = (vendor_domain(host_of(address)) for address in self.addresses)
        return tuple(dict.fromkeys(domain for domain in found if domain))


class EntryReader:
    """Reads the rows of one table by its mapping; keeps what is left out, and what is refused."""

    def __init__(self, grid: Grid, sheet: SheetMap) -> None:
        self.grid = grid
        self.sheet = sheet
        self._cells = EntryCells(grid, sheet)
        read = [column for column in sheet.columns if column.is_ not in UNREAD]
        self._readers = [(column.column, column.blank == "above", self._cells.reader_of(column)) for column in read]
        self._read_numbers = frozenset(column.column for column in read)
        self._has_names = sheet.has_names
        self._head = next((row for row in grid.rows if row.number == sheet.headings), None)
        self._above: dict[int, Cell] = {}

    @property
    def left_out(self) -> list[Problem]:
        """What was not read, with its place."""
        return self._cells.left_out

    @property
    def problems(self) -> list[Problem]:
        """What is refused, with its place."""
        return self._cells.problems

    def entries(self) -> Iterator[Entry]:
        """Yield what each row says, in the table's order."""
        met: dict[int, int] = {}
        for row in self.grid.rows:
            if self.sheet.headings is not None and row.number <= self.sheet.headings:
                continue
            self._count_unread(row, met)
            if not row.cells or self._repeats_headings(row):
                continue
            if note := self._note_in(row):
                self._cells.leave(note, f"{shown(note.text)} stands between the rows, so it was not read")
                continue
            entry = self._read(row)
            if entry.owner:
                yield from _each_recipient(entry)
            else:
                self._mention_nameless(row)
        meanings = {column.column: column.is_ for column in self.sheet.columns}
        for column, count in sorted(met.items()):
            self._mention_column(self._head.cells.get(column) if self._head else None, count, meanings.get(column, ""))

    def _mention_nameless(self, row: Row) -> None:
        first = next((cell for cell in row.cells.values() if not cell.fault), None)
        if first is not None:
            message = f"The row of {shown(first.text)} names neither a vendor nor a product, so it was not read"
            self._cells.leave(first, message)

    def _count_unread(self, row: Row, met: dict[int, int]) -> None:
        """Count the cells of columns that are not read; where no heading names a column, say it of each cell."""
        for column, cell in row.cells.items():
            if column in self._read_numbers:
                continue
            if self._head is not None:
                met[column] = met.get(column, 0) + 1
            elif self._has_names and not row.is_note:
                message = f"was not read: the mapping says nothing of column {letters(cell.column)}"
                self._cells.leave(cell, f"{shown(cell.text)} {message}")

    def _mention_column(self, cell: Cell | None, count: int, is_: str) -> None:
        what = f"The column {shown(cell.text)}" if cell else "A column without a heading"
        place = self.grid.place(cell) if cell else self.grid.whole()
        cells = "1 cell is" if count == 1 else f"{count} cells are"
        why = f"the catalog has no place for its {is_}" if is_ in UNREAD[1:] else "the mapping says nothing of it"
        self.left_out.append(Problem(place, f"{what} was not read ({cells} filled): {why}."))

    def _repeats_headings(self, row: Row) -> bool:
        return (
            self._head is not None
            and len(row.cells) > 1
            and all(cell.text == self._head.text(column) for column, cell in row.cells.items())
        )

    def _note_in(self, row: Row) -> Cell | None:
        """Return the cell of a row that is a remark or the heading of a section."""
        if row.is_note:
            return next(iter(row.cells.values()))
        first = next(iter(row.cells.values()))
        if _TOTAL.fullmatch(first.text) and any(
            c.column == first.column and c.is_ in NAMES for c in self.sheet.columns
        ):
            return first
        if len(row.cells) != 1 or len(self.sheet.columns) < 2:
            return None
        [cell] = row.cells.values()
        names = NAMES if self._has_names else ("website",)
        is_name = any(c.column == cell.column and c.is_ in names for c in self.sheet.columns)
        is_remark = len(cell.text) > 80 or cell.text.endswith((".", ":")) or is_section(cell.text)
        is_remark = is_remark or _NOTE_ROW.match(cell.text) is not None
        return cell if not is_name or is_remark else None

    def _read(self, row: Row) -> Entry:
        entry = Entry(self.grid, row)
        for number, takes_above, read in self._readers:
            cell = row.cells.get(number)
            if takes_above:
                cell = self._above[number] = cell or self._above.get(number, _NONE)
            if cell is None or cell is _NONE:
                continue
            if cell.fault:
                self._cells.leave(cell, cell.fault.rstrip("."))
            elif has_social_security_number(cell.text):
                message = "The cell holds what is written like a social security number."
                hint = "A catalog never holds a student's record; take the number out."
                self.problems.append(Problem(self.grid.place(cell), message, hint))
            else:
                read(entry, cell)
        self._finish(entry)
        return entry

    def _finish(self, entry: Entry) -> None:
        """Join what stands in several cells: the maker in the product's cell, the lowest and the highest grade."""
        self._join_grades(entry)
        if entry.maker and entry.vendor is None:
            entry.vendor = entry.maker
            entry.cells["vendor"] = entry.cells["product"]
        elif entry.maker and vendor_key(entry.maker) != vendor_key(entry.vendor or ""):
            message = f"The maker {shown(entry.maker)} was not read: the row has a vendor"
            self._cells.leave(entry.cells["product"], message)
        if not entry.owner and not self._has_names and entry.addresses:
            entry.product = next(iter(entry.domains), host_of(entry.addresses[0]))
            entry.cells["product"] = entry.cells["website"]

    def _join_grades(self, entry: Entry) -> None:
        low, high = entry.texts.pop("lowest grade", None), entry.texts.pop("highest grade", None)
        if "grades" in entry.texts or not (low or high):
            return
        if low and high and GRADES.index(low) <= GRADES.index(high):
            entry.texts["grades"] = format_grades(set(GRADES[GRADES.index(low) : GRADES.index(high) + 1]))
            entry.cells["grades"] = entry.cells["lowest grade"]
            return
        cell = entry.cells["lowest grade" if low else "highest grade"]
        why = "is higher than the highest" if low and high else "stands alone; which grades are meant takes both"
        self._cells.leave(cell, f"The grade {shown(cell.text)} {why}")


_NONE = Cell("", 0, 0)


def _each_recipient(entry: Entry) -> Iterator[Entry]:
    """Yield a row once for each who gets the data."""
    yield entry
    for name in entry.recipients[1:]:
        yield replace(entry, vendor=name, aliases=())
