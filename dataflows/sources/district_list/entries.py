"""One row of a district's list, read by a mapping: what it says, with cells, and what of it was not understood."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dataflows.errors import Problem
from dataflows.model.grades import GRADES, format_grades
from dataflows.model.text import has_social_security_number
from dataflows.sources.district_list.cell_checks import says_data
from dataflows.sources.district_list.domains import host_of
from dataflows.sources.district_list.entry import Entry
from dataflows.sources.district_list.entry_cells import EntryCells
from dataflows.sources.district_list.entry_marks import shown
from dataflows.sources.district_list.mapping import NAMES
from dataflows.sources.district_list.schedules import find_in_group
from dataflows.sources.district_list.spellings import vendor_key
from dataflows.sources.district_list.words import DATA_GROUP, GIVEN, GIVEN_TO, UNREAD, is_section
from dataflows.sources.grid import Cell, letters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.sources.district_list.mapping import SheetMap
    from dataflows.sources.grid import Grid, Row

_LOOKED_AT = 200
_SECTION = re.compile(
    r"(?:contracted|on[- ]demand|approved|denied|unapproved|not approved|prohibited|pending|district\S*|school\S*|other"
    r"|current|additional|new|free|paid|core|supplemental|elementary|secondary|middle|high|third[- ]party|state|local"
    r"|all|vetted)"
    r"\b.{0,40}\b(?:providers|vendors|operators|apps|tools|websites|sites|programs|resources|products|services|companies"
    r"|contracts|agreements|software|subscriptions|applications|contractors)(?: \(.*\)|:)?",
    re.IGNORECASE,
)
"""Headings of sections: `On-demand providers (no contract)`."""
_TOTAL = re.compile(r"(?:sub-?|grand )?totals?\b[\s:=\d]*(?:apps|vendors|products|rows|entries)?", re.IGNORECASE)
_NOTE_ROW = re.compile(
    r"(?:sub|grand )?totals?\b|(?:last |list )?(?:updated|revised|modified|as of|current as of)\b"
    r"|notes?\b(?![-–]\w)|page \d"
    r"|legend\b|key\b|\*|(?:prepared|compiled|maintained|created|approved|submitted) by\b|contacts?\b|questions\b"
    r"|(?:sites|tools|apps|programs|vendors|contractors|websites|items|products|services|companies)\b.{0,20}"
    r"\b(?:below|above|listed|used|marked|are|in)\b"
    r"|showing \d|previous.{0,20}next\b|back to top\b|search\b|\d+ (?:of|records|results|entries|items)\b"
    r"|for more info|source\b|(?:this|these|the following|below|above|please|if you|see) \w|[A-Z0-9]$"
    r"|[A-Z]\s*[-–]\s*[A-Z]$"
    r"|(?:elementary|secondary|middle|high|primary|district|k|grades?)\b.{0,12}\b(?:only|schools?|level|apps|software|\d+)$",
    re.IGNORECASE,
)

_SENTENCE = re.compile(
    r"(?i:(?:(?:special|important|please|general|other|additional|editor['’]?s?) )?(?:notes?|nota|reminder|attention"
    r"|disclaimer|important|warning|n\.?b\.?|nota especial|aviso|importante)(?:\s*[:!]\s*|\s+[-–—]\s+)\S.*)"
    r"|(?i:.*\b(?:the following|listed (?:below|above)|(?:see|as|shown) (?:below|above)|(?:pending|awaiting|under)"
    r" (?:review|approval|signature)|(?:los|las) siguientes|a continuación|pendientes? de)\b.*)"
    r"|(?:\S+ ){2,}(?:are|is|were|was|have|has|will|must|should|may|can|están|son|deben|requieren?|requires?|needs?)"
    r"(?: \S+){2,}"
)
"""A sentence, or the heading of what follows: `Special note: the following are pending review`."""


class EntryReader:
    """Reads the rows of one table by its mapping; keeps what is left out, and what is refused."""

    def __init__(self, grid: Grid, sheet: SheetMap) -> None:
        self.grid = grid
        self.sheet = sheet
        self._cells = EntryCells(grid, sheet)
        read = [column for column in sheet.columns if column.is_ not in UNREAD]
        read.sort(key=lambda column: column.is_ != DATA_GROUP)  # The group goes before what it tells apart.
        self._readers = [
            (column.column, column.blank == "above" or column.is_ == DATA_GROUP, self._cells.reader_of(column))
            for column in read
        ]
        self._groups = [column.column for column in read if column.is_ == DATA_GROUP]
        self._given = sheet.find(GIVEN)
        self._boxes = {c.column for c in read if c.is_.startswith(GIVEN_TO)}
        self._data = {c.column for c in read if c.is_ in ("elements", DATA_GROUP)} if self._boxes else set()
        self._read_numbers = frozenset(column.column for column in read)
        self._has_names = sheet.has_names
        self._head = next((row for row in grid.rows if row.number == sheet.headings), None)
        self._above: dict[int, Cell] = {}
        self._are_shouted: bool | None = None

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
        unmarked = 0
        for row in self.grid.rows:
            if self.sheet.headings is not None and row.number <= self.sheet.headings:
                continue
            self._count_unread(row, met)
            if not row.cells or self._repeats_headings(row):
                continue
            if self._is_unmarked(row):
                unmarked += 1
                self._above.update((column, row.cells[column]) for column in self._groups if column in row.cells)
                continue
            if note := self._note_in(row):
                self._above.update((column, row.cells[column]) for column in self._groups if column in row.cells)
                self._cells.leave(note, f"{shown(note.text)} stands between the rows, so it was not read")
                continue
            entry = self._read(row)
            if entry.receivers:
                yield from _each_receiver(entry)
            elif entry.owner:
                yield from _each_recipient(entry)
            else:
                self._mention_nameless(row)
        self._mention_unmarked(unmarked)
        meanings = {column.column: column.is_ for column in self.sheet.columns}
        for column, count in sorted(met.items()):
            self._mention_column(self._head.cells.get(column) if self._head else None, count, meanings.get(column, ""))

    def _is_unmarked(self, row: Row) -> bool:
        """Tell whether a row is one of a schedule of data whose boxes are all empty."""
        if not self._boxes or not self._data.issuperset(row.cells):
            return False
        groups = [row.cells.get(column) or self._above.get(column, _NONE) for column in self._groups]
        texts = [cell.text for column, cell in row.cells.items() if column not in self._groups]
        group = groups[0].text if groups else ""
        return not texts or any(find_in_group(group, text) or says_data(text) for text in texts)

    def _mention_unmarked(self, count: int) -> None:
        if count:
            rows = "1 row names" if count == 1 else f"{count} rows name"
            message = f"{rows} data without a mark, so it was not taken: an empty box says that it is not given."
            cell = self._head.cells.get(min(self._boxes)) if self._head else None
            self.left_out.append(Problem(self.grid.place(cell) if cell else self.grid.whole(), message))

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
        is_remark = is_remark or _NOTE_ROW.match(cell.text) is not None or self._is_shouted(cell)
        is_remark = is_remark or any(pattern.fullmatch(cell.text) for pattern in (_SECTION, _SENTENCE))
        return cell if not is_name or is_remark else None

    def _is_shouted(self, cell: Cell) -> bool:
        """Tell whether a lone cell is in capitals, of several words, where the names of other rows are not."""
        if not cell.text.isupper() or len(cell.text.split()) < 2:
            return False
        if self._are_shouted is None:
            column = cell.column
            names = [row.text(column) for row in self.grid.rows[:_LOOKED_AT] if len(row.cells) > 1 and row.text(column)]
            self._are_shouted = 3 * sum(map(str.isupper, names)) > len(names)
        return not self._are_shouted

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
        if entry.is_unsigned:
            self._cells.leave_contract(entry)
        if self.sheet.status and (cell := entry.cells.get("product") or entry.cells.get("vendor")):
            entry.texts.setdefault("status", self.sheet.status)
            entry.cells.setdefault("status", cell)
        if self._given is not None and not entry.is_given:
            entry.elements, entry.takes_some, entry.takes_none = (), False, False
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
        if entry.marked_schools and not entry.schools:
            entry.schools = (", ".join(entry.marked_schools), *entry.marked_schools)
        if entry.marked_grades:
            entry.texts.setdefault("grades", format_grades(set(entry.marked_grades)))
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


def _each_receiver(entry: Entry) -> Iterator[Entry]:
    """Yield a row of data once for each vendor that has a mark in it."""
    for name, cell, is_given in entry.receivers:
        elements = entry.elements if is_given else ()
        yield replace(
            entry,
            vendor=name,
            elements=elements,
            takes_none=entry.takes_none and is_given,
            takes_some=entry.takes_some and is_given,
            receivers=(),
            cells={**entry.cells, "vendor": cell},
        )


def _each_recipient(entry: Entry) -> Iterator[Entry]:
    """Yield a row once for each who gets the data."""
    yield entry
    for name in entry.recipients[1:]:
        yield replace(entry, vendor=name, aliases=())
