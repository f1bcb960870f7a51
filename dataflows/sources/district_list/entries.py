"""One row of a district's list, read by a mapping: what it says, with cells, and what of it was not understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dataflows.errors import Problem
from dataflows.law.bases import UnknownBasisError, resolve_basis
from dataflows.model.text import has_social_security_number
from dataflows.sources.base import printable
from dataflows.sources.district_list.days import NOT_CLEAR, read_day
from dataflows.sources.district_list.domains import find_addresses, host_of, vendor_domain
from dataflows.sources.district_list.elements import read_elements
from dataflows.sources.district_list.spellings import is_other_name, split_name
from dataflows.sources.district_list.values import AGREEMENT_WORDS, ALL_SCHOOLS, STATUS, find_grades
from dataflows.sources.district_list.words import (
    BASIS,
    ELEMENT,
    MARKS,
    NO_MARKS,
    NOTHING,
    plain,
    says_no_data,
    says_nothing,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dataflows.sources.district_list.mapping import ColumnMap, SheetMap
    from dataflows.sources.grid import Cell, Grid, Row

_NOTE_ROW = re.compile(
    r"(?:sub)?total\b|(?:last )?(?:updated|revised|modified)\b|notes?\b|page \d|legend\b|key\b|\*"
    r"|(?:elementary|secondary|middle|high|primary|district|k|grades?)\b.{0,12}\b(?:only|schools?|level|apps|software|\d+)$",
    re.IGNORECASE,
)
_SCHOOL_WORD = re.compile(r"\b(?:schools?|elementary|middle|high|academy|campus|primary|magnet)\b", re.IGNORECASE)
_BULLET = re.compile(r"^\s*[-*–—•●▪·]\s+")
_CITATION = re.compile(r"99\.\d+(?:\([A-Za-z0-9]+\))*")
DAYS = {
    "agreement starts": "effective",
    "agreement ends": "expires",
    "agreement signed": "signed",
    "reviewed on": "reviewed_on",
}
"""Meanings of columns of days, with the fields that they fill."""


@dataclass(slots=True)
class Entry:
    """What one row says."""

    grid: Grid
    row: Row
    product: str | None = None
    vendor: str | None = None
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
        self.left_out: list[Problem] = []
        self.problems: list[Problem] = []
        self._head = next((row for row in grid.rows if row.number == sheet.headings), None)

    def entries(self) -> Iterator[Entry]:
        """Yield what each row says, in the table's order."""
        self._mention_columns()
        for row in self.grid.rows:
            if self.sheet.headings is not None and row.number <= self.sheet.headings:
                continue
            if not row.cells or self._repeats_headings(row):
                continue
            if note := self._note_in(row):
                self._leave(note, f"{_shown(note.text)} stands between the rows, so it was not read")
                continue
            entry = self._read(row)
            if entry.owner:
                yield from _each_recipient(entry)
            else:
                first = next((cell for cell in row.cells.values() if not cell.fault), None)
                if first is not None:
                    self._leave(
                        first,
                        f"The row of {_shown(first.text)} names neither a vendor nor a product, so it was not read",
                    )

    def _mention_columns(self) -> None:
        """Say once of each column that is not read, that it isn't."""
        known = {column.column for column in self.sheet.columns if column.is_ != NOTHING}
        met: dict[int, int] = {}
        for row in self.grid.rows:
            if self.sheet.headings is None or row.number > self.sheet.headings:
                for column in row.cells:
                    met[column] = met.get(column, 0) + 1
        for column, count in sorted(met.items()):
            if column not in known and self._head is not None:
                cell = self._head.cells.get(column)
                what = f"The column {_shown(cell.text)}" if cell else "A column without a heading"
                place = self.grid.place(cell) if cell else self.grid.whole()
                cells = "1 cell is" if count == 1 else f"{count} cells are"
                self.left_out.append(
                    Problem(place, f"{what} was not read ({cells} filled): the mapping says nothing of it.")
                )

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
        if len(row.cells) != 1 or len(self.sheet.columns) < 2:
            return None
        [cell] = row.cells.values()
        is_name = any(
            c.column == cell.column and c.is_ in ("product", "vendor", "recipient") for c in self.sheet.columns
        )
        is_remark = len(cell.text) > 80 or cell.text.endswith((".", ":")) or _NOTE_ROW.match(cell.text)
        return cell if not is_name or is_remark else None

    def _read(self, row: Row) -> Entry:
        entry = Entry(self.grid, row)
        for column in self.sheet.columns:
            cell = row.cells.get(column.column)
            if cell is None or column.is_ == NOTHING:
                continue
            if cell.fault:
                self._leave(cell, cell.fault.rstrip("."))
            elif has_social_security_number(cell.text):
                message = "The cell holds what is written like a social security number."
                hint = "A catalog never holds a student's record; take the number out."
                self.problems.append(Problem(self.grid.place(cell), message, hint))
            else:
                self._read_cell(entry, column, cell)
        return entry

    def _read_cell(self, entry: Entry, column: ColumnMap, cell: Cell) -> None:
        if column.is_.startswith((ELEMENT, BASIS)):
            self._mark(entry, column.is_, cell)
            return
        if says_nothing(cell.text):
            self._leave(cell, f"{_shown(cell.text)} says nothing yet of the {column.is_}")
            return
        reader: Callable[[Entry, Cell], None] | None = getattr(self, f"_read_{column.is_.replace(' ', '_')}", None)
        if column.is_ in DAYS:
            self._read_day(entry, column.is_, cell)
        elif reader is not None:
            reader(entry, cell)
        else:
            self._put(entry, column.is_, cell.text, cell)

    def _mark(self, entry: Entry, is_: str, cell: Cell) -> None:
        """Read a mark that stands for an element or for a legal basis."""
        word = cell.text.casefold()
        if word in NO_MARKS:
            return
        if word not in MARKS:
            self._leave(cell, f"The mark {_shown(cell.text)} is neither X nor empty")
        elif is_.startswith(ELEMENT):
            entry.elements = tuple(dict.fromkeys((*entry.elements, is_.removeprefix(ELEMENT))))
            entry.cells.setdefault("elements", cell)
        elif "legal_basis" not in entry.texts:
            self._put(entry, "legal_basis", is_.removeprefix(BASIS), cell)
        else:
            self._leave(
                cell, f"The row marks a second legal basis, {is_.removeprefix(BASIS)}; a flow has one, the first"
            )

    def _read_day(self, entry: Entry, is_: str, cell: Cell) -> None:
        if cell.day:
            self._put(entry, DAYS[is_], cell.day, cell)
            return
        found = read_day(cell.text, self.sheet.dates or NOT_CLEAR)
        if found.day:
            self._put(entry, DAYS[is_], found.day, cell)
        elif found.is_ambiguous:
            hint = "Say in the mapping which comes first, dates: month/day or dates: day/month, or write YYYY-MM-DD."
            self.problems.append(Problem(self.grid.place(cell), f"{_sentence(found.fault)}.", hint))
        else:
            self._leave(cell, f"{_sentence(found.fault)}, so the {is_} is not known")

    def _read_product(self, entry: Entry, cell: Cell) -> None:
        name, brackets = split_name(_one_line(cell.text))
        entry.product = name
        entry.cells["product"] = cell
        self._read_brackets(entry, name, brackets, cell)

    def _read_vendor(self, entry: Entry, cell: Cell) -> None:
        name, brackets = split_name(_one_line(cell.text))
        entry.vendor = name
        entry.cells["vendor"] = cell
        self._read_brackets(entry, name, brackets, cell)

    def _read_recipient(self, entry: Entry, cell: Cell) -> None:
        names = [_BULLET.sub("", name).strip() for name in re.split(r"[;\n]", cell.text) if name.strip()]
        read = [split_name(_one_line(name)) for name in names if name]
        for name, brackets in read:
            self._read_brackets(entry, name, brackets, cell)
        entry.recipients = tuple(name for name, _ in read)
        entry.vendor = entry.recipients[0] if entry.recipients else None
        entry.cells["vendor"] = cell
        entry.is_recipient = True

    def _read_brackets(self, entry: Entry, name: str, brackets: tuple[str, ...], cell: Cell) -> None:
        for text in brackets:
            if is_other_name(name, text):
                entry.aliases = (*entry.aliases, text)
            elif _SCHOOL_WORD.search(text) and "schools" not in entry.cells:
                entry.schools = (*entry.schools, *_pieces(text))
                entry.cells["bracket"] = cell
            else:
                self._leave(
                    cell,
                    f"What stands in brackets, {_shown(text)}, was not read: it may be a maker, a product or a remark",
                )

    def _read_website(self, entry: Entry, cell: Cell) -> None:
        addresses = find_addresses(cell.text)
        entry.addresses = (*entry.addresses, *addresses)
        if addresses:
            entry.cells.setdefault("website", cell)
        else:
            self._leave(cell, f"{_shown(cell.text)} is no web address")

    def _read_privacy_policy(self, entry: Entry, cell: Cell) -> None:
        self._read_address(entry, "privacy_url", cell)

    def _read_terms_of_service(self, entry: Entry, cell: Cell) -> None:
        self._read_address(entry, "terms_url", cell)

    def _read_agreement_link(self, entry: Entry, cell: Cell) -> None:
        self._read_address(entry, "document_url", cell)

    def _read_address(self, entry: Entry, name: str, cell: Cell) -> None:
        addresses = find_addresses(cell.text)
        if addresses:
            self._put(entry, name, addresses[0], cell)
        else:
            self._leave(cell, f"{_shown(cell.text)} is no web address")

    def _read_elements(self, entry: Entry, cell: Cell) -> None:
        if says_no_data(cell.text):
            entry.takes_none = True
            entry.cells.setdefault("takes_none", cell)
            return
        said = read_elements(cell.text)
        entry.elements = tuple(dict.fromkeys((*entry.elements, *said.elements)))
        if said.elements:
            entry.cells.setdefault("elements", cell)
        if said.is_prose:
            self._leave(
                cell, f"The cell is text, not a list of data, so no element was read from it: {_shown(cell.text)}"
            )
        for piece in () if said.is_prose else said.unread:
            self._leave(cell, f"{_shown(piece)} names no element of the catalog")

    def _read_student_data(self, entry: Entry, cell: Cell) -> None:
        word = cell.text.casefold().strip(" .")
        if word in MARKS:
            entry.takes_some = True
        elif word in NO_MARKS or says_no_data(cell.text):
            entry.takes_none = True
            entry.cells.setdefault("takes_none", cell)
        else:
            self._leave(cell, f"{_shown(cell.text)} is neither yes nor no")

    def _read_schools(self, entry: Entry, cell: Cell) -> None:
        entry.cells["schools"] = cell
        if plain(cell.text) in ALL_SCHOOLS:
            entry.texts["all schools"] = "all"
        else:
            entry.schools = (cell.text, *_pieces(cell.text)) if len(_pieces(cell.text)) > 1 else (_one_line(cell.text),)

    def _read_grades(self, entry: Entry, cell: Cell) -> None:
        grades = find_grades(cell.text)
        if grades is None:
            self._leave(cell, f"{_shown(cell.text)} names no grades")
        elif grades != "all":
            self._put(entry, "grades", grades, cell)

    def _read_legal_basis(self, entry: Entry, cell: Cell) -> None:
        cited = dict.fromkeys(_CITATION.findall(re.sub(r"\s+(?=\()", "", cell.text)))
        for text in (cell.text, *(cited if len(cited) == 1 else ())):
            try:
                self._put(entry, "legal_basis", resolve_basis(text.strip(), "outside"), cell)
            except UnknownBasisError:
                continue
            return
        several = "names several paragraphs" if len(cited) > 1 else "names no single legal basis"
        self._leave(cell, f"{_shown(cell.text)} {several}, so none was taken")

    def _read_status(self, entry: Entry, cell: Cell) -> None:
        if (status := STATUS.get(plain(cell.text))) is not None:
            self._put(entry, "status", status, cell)
        else:
            self._leave(cell, f"{_shown(cell.text)} is no decision that the catalog has a word for")

    def _read_agreement_kind(self, entry: Entry, cell: Cell) -> None:
        if (kind := AGREEMENT_WORDS.get(plain(cell.text))) is not None:
            self._put(entry, "kind", kind, cell)
        else:
            self._leave(cell, f"{_shown(cell.text)} does not say which sort of agreement it is")

    def _read_category(self, entry: Entry, cell: Cell) -> None:  # noqa: ARG002  (each column's reader has one form)
        self._leave(cell, f"The category {_shown(cell.text)} was not read")

    def _read_student_population(self, entry: Entry, cell: Cell) -> None:  # noqa: ARG002
        self._leave(cell, f"{_shown(cell.text)} says in words whose data it is, and was not read")

    def _put(self, entry: Entry, name: str, text: str, cell: Cell) -> None:
        entry.texts[name] = text
        entry.cells[name] = cell

    def _leave(self, cell: Cell, message: str) -> None:
        self.left_out.append(Problem(self.grid.place(cell), f"{message}."))


def _each_recipient(entry: Entry) -> Iterator[Entry]:
    """Yield a row once for each who gets the data."""
    yield entry
    for name in entry.recipients[1:]:
        yield replace(entry, vendor=name, aliases=())


def _pieces(text: str) -> list[str]:
    return [piece.strip() for piece in re.split(r"[,;\n/&]|\band\b", text) if piece.strip()]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _shown(text: str) -> str:
    line = printable(_one_line(text))
    return f"{line!r}" if len(line) <= 80 else f"{line[:77]!r}..."


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
