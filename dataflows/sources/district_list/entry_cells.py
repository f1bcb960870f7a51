"""One cell of a district's list, read by what its column is: into the entry of its row, or into what is left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dataflows.errors import Problem
from dataflows.sources.district_list.days import NOT_CLEAR, read_day, read_span, says_no_end
from dataflows.sources.district_list.domains import find_addresses, host_of, names_host, vendor_domain
from dataflows.sources.district_list.elements import Said, more_of_none, read_elements
from dataflows.sources.district_list.entry_marks import EntryMarks, one_line, shown
from dataflows.sources.district_list.schedules import find_in_group, speaks_of_parents
from dataflows.sources.district_list.spellings import is_other_name, split_maker, split_name
from dataflows.sources.district_list.values import (
    ALL_SCHOOLS,
    HOSTED,
    find_bases,
    find_contract_kind,
    find_decision,
    find_grade,
    find_grades,
    find_mandate,
)
from dataflows.sources.district_list.words import (
    is_mark,
    is_yes,
    meanings,
    plain,
    says_no_data,
    says_nothing,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from dataflows.sources.district_list.entry import Entry
    from dataflows.sources.district_list.mapping import ColumnMap
    from dataflows.sources.grid import Cell

_SCHOOL_WORD = re.compile(r"\b(?:schools?|elementary|middle|high|academy|campus|primary|magnet)\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[(\[]")
_BULLET = re.compile(r"^\s*[-*–—•●▪·]\s+")
DAYS = {
    "agreement starts": "effective",
    "agreement ends": "expires",
    "agreement signed": "signed",
    "reviewed on": "reviewed_on",
}
"""Meanings of columns of days, with the fields that they fill."""
_ADDRESSES = {"privacy policy": "privacy_url", "terms of service": "terms_url", "agreement link": "document_url"}


class EntryCells(EntryMarks):
    """Reads the cells of one table by its mapping; keeps what is left out, and what is refused."""

    def reader_of(self, column: ColumnMap) -> Callable[[Entry, Cell], None]:
        """Return what reads the cells of a column into the entry of their row."""
        if (read_mark := self._reader_of_marks(column)) is not None:
            return read_mark
        is_ = column.is_
        if is_ in _ADDRESSES:
            return lambda entry, cell: self._put_address(entry, _ADDRESSES[is_], cell)
        read = self._reader_of_words(is_, column.heading)
        about = meanings()[is_].about

        def read_or_leave(entry: Entry, cell: Cell) -> None:
            if says_nothing(cell.text):
                self.leave(cell, f"{shown(cell.text)} says nothing yet about {about}")
            else:
                read(entry, cell)

        return read_or_leave

    def _reader_of_words(self, is_: str, heading: str) -> Callable[[Entry, Cell], None]:
        """Return what reads the cells of a column that say something."""
        if is_ in DAYS:
            return lambda entry, cell: self._read_day(entry, is_, cell)
        if is_ == "status":
            return lambda entry, cell: self._read_status(entry, heading, cell)
        reader: Callable[[Entry, Cell], None] | None = getattr(self, f"_read_{is_.replace(' ', '_')}", None)
        return reader or (lambda entry, cell: self._put(entry, is_, cell.text, cell))

    def _read_day(self, entry: Entry, is_: str, cell: Cell) -> None:
        if day := cell.day or cell.serial:
            self._put(entry, DAYS[is_], day, cell)
            return
        found = read_day(cell.text, self.sheet.dates or NOT_CLEAR)
        if found.day:
            self._put(entry, DAYS[is_], found.day, cell)
        elif found.is_ambiguous:
            hint = "Say in the mapping which comes first, dates: month/day or dates: day/month, or write YYYY-MM-DD."
            self.problems.append(Problem(self.grid.place(cell), f"{_sentence(found.fault)}.", hint))
        elif says_no_end(cell.text):
            self.leave(cell, f"{shown(cell.text)} states no day, so {meanings()[is_].about} is not known")
        else:
            self.leave(cell, f"{_sentence(found.fault)}, so {meanings()[is_].about} is not known")

    def _read_agreement_term(self, entry: Entry, cell: Cell) -> None:
        """Read a first and a last day in one cell."""
        span = read_span(cell.text)
        days = [read_day(text, self.sheet.dates or NOT_CLEAR) for text in span or ()]
        if span and all(found.day for found in days):
            for name, found in zip(("effective", "expires"), days, strict=True):
                self._put(entry, name, str(found.day), cell)
        elif any(found.is_ambiguous for found in days):
            hint = "Say in the mapping which comes first, dates: month/day or dates: day/month, or write YYYY-MM-DD."
            self.problems.append(Problem(self.grid.place(cell), f"{shown(cell.text)} may be read two ways.", hint))
        else:
            self.leave(cell, f"{shown(cell.text)} is no first and last day, so the contract's days are not known")

    def _read_product(self, entry: Entry, cell: Cell) -> None:
        name = split_name(one_line(cell.text))
        entry.product, entry.maker = split_maker(name.name)
        entry.cells["product"] = cell
        self._read_brackets(entry, entry.product, name.others, name.brackets, cell)
        self._read_link(entry, entry.product, cell)

    def _read_vendor(self, entry: Entry, cell: Cell) -> None:
        name = split_name(one_line(cell.text))
        addresses = find_addresses(name.name) if " " not in name.name else []
        entry.vendor = name.name
        entry.cells["vendor"] = cell
        if addresses and not entry.addresses:
            entry.addresses = tuple(addresses)
            entry.cells.setdefault("website", cell)
        self._read_brackets(entry, name.name, name.others, name.brackets, cell)
        self._read_link(entry, name.name, cell)

    def _read_recipient(self, entry: Entry, cell: Cell) -> None:
        names = [_BULLET.sub("", name).strip() for name in re.split(r"[;\n]", cell.text) if name.strip()]
        read = [split_name(one_line(name)) for name in names if name]
        for name in read:
            self._read_brackets(entry, name.name, name.others, name.brackets, cell)
        entry.recipients = tuple(name.name for name in read)
        entry.vendor = entry.recipients[0] if entry.recipients else None
        entry.cells["vendor"] = cell
        entry.is_recipient = True

    def _read_brackets(
        self, entry: Entry, name: str, others: tuple[str, ...], brackets: tuple[str, ...], cell: Cell
    ) -> None:
        entry.aliases = (*entry.aliases, *others)
        for text in brackets:
            is_maker = entry.maker is None and cell is entry.cells.get("product") and split_maker(f"x by {text}")[1]
            if is_maker:
                entry.maker = text
            elif is_other_name(name, text):
                entry.aliases = (*entry.aliases, text)
            elif _SCHOOL_WORD.search(text) and "schools" not in entry.cells:
                entry.schools = (*entry.schools, *pieces_of(text))
                entry.cells["bracket"] = cell
            else:
                entry.brackets = (*entry.brackets, text)
                where = "in brackets" if _IN_BRACKETS.search(cell.text) else "behind the name"
                message = "was not read: it may be a maker, a product or a remark"
                self.leave(cell, f"What stands {where}, {shown(text)}, {message}")

    def _read_link(self, entry: Entry, name: str, cell: Cell) -> None:
        """Take the address behind a name where its host bears the name; others may lead anywhere."""
        found = find_addresses(cell.link)
        if not found:
            return
        if names_host(name, host_of(found[0])):
            entry.addresses = (*entry.addresses, found[0])
            entry.cells.setdefault("website", cell)
        else:
            self.leave(cell, f"The link behind {shown(cell.text)}, {shown(cell.link)}, was not read")

    def _read_website(self, entry: Entry, cell: Cell) -> None:
        addresses = find_addresses(cell.text) or find_addresses(cell.link)
        entry.addresses = (*entry.addresses, *addresses)
        if addresses:
            entry.cells.setdefault("website", cell)
        else:
            self.leave(cell, f"{shown(cell.text)} is no web address")
        for address in addresses:
            if vendor_domain(host_of(address)) is None:
                self.leave(cell, f"At {shown(address)} many offer their things, so it names no vendor's domain")

    def _put_address(self, entry: Entry, name: str, cell: Cell) -> None:
        addresses = find_addresses(cell.text) or find_addresses(cell.link)
        if addresses:
            self._put(entry, name, addresses[0], cell)
            for other in addresses[1:]:
                self.leave(cell, f"A second address, {shown(other)}, was not read")
        else:
            says = "says nothing yet" if says_nothing(cell.text) else "is no web address"
            self.leave(cell, f"{shown(cell.text)} {says}")

    def _read_elements(self, entry: Entry, cell: Cell) -> None:
        if says_no_data(cell.text) or (more := more_of_none(cell.text)):
            entry.takes_none = True
            entry.cells.setdefault("takes_none", cell)
            if not says_no_data(cell.text):
                self.leave(cell, f"{shown(more)} was not read: it says more of data that is not taken")
            return
        said = self._say_in_group(entry.group, cell.text)
        entry.elements = tuple(dict.fromkeys((*entry.elements, *said.elements)))
        entry.takes_some |= bool(said.groups) or said.of_students
        if said.elements:
            entry.cells.setdefault("elements", cell)
        elif said.of_students:
            entry.cells.setdefault("takes_some", cell)
        if said.is_prose:
            self.leave(
                cell, f"The cell is text, not a list of data, so no element was read from it: {shown(cell.text)}"
            )
        for piece in said.groups:
            self.leave(cell, f"{shown(piece)} names a group of data and not which, so it was not read")
        for piece in said.of_staff:
            self.leave(cell, f"{shown(piece)} speaks of staff, whose data is no student's, so it was not read")
        for piece in () if said.is_prose else said.unread:
            self.leave(cell, f"{shown(piece)} names no element of the catalog")

    def _say_in_group(self, group: str, text: str) -> Said:
        """Read a cell of data within the group of its row: an address of parents is no student's."""
        if group and (ids := find_in_group(group, text)) is not None:
            return Said(ids, ())
        return Said((), (text,)) if group and speaks_of_parents(group) else read_elements(text)

    def _read_student_data(self, entry: Entry, cell: Cell) -> None:
        if says_no_data(cell.text) or (is_mark(cell.text) and not is_yes(cell.text)):
            entry.takes_none = True
            entry.cells.setdefault("takes_none", cell)
        elif is_mark(cell.text):
            entry.takes_some = True
            entry.cells.setdefault("takes_some", cell)
        else:
            self.leave(cell, f"{shown(cell.text)} is neither yes nor no")

    def _read_schools(self, entry: Entry, cell: Cell) -> None:
        entry.cells["schools"] = cell
        if plain(cell.text) in ALL_SCHOOLS:
            entry.texts["all schools"] = "all"
        else:
            pieces = pieces_of(cell.text)
            entry.schools = (cell.text, *pieces) if len(pieces) > 1 else (one_line(cell.text),)

    def _read_grades(self, entry: Entry, cell: Cell) -> None:
        grades = find_grades(cell.text)
        if grades is None:
            self.leave(cell, f"{shown(cell.text)} names no grades")
        elif grades != "all":
            self._put(entry, "grades", grades, cell)
        else:
            entry.cells["grades"] = cell

    def _read_lowest_grade(self, entry: Entry, cell: Cell) -> None:
        self._read_grade(entry, "lowest grade", cell)

    def _read_highest_grade(self, entry: Entry, cell: Cell) -> None:
        self._read_grade(entry, "highest grade", cell)

    def _read_grade(self, entry: Entry, name: str, cell: Cell) -> None:
        if (grade := find_grade(cell.text)) is not None:
            self._put(entry, name, grade, cell)
        else:
            self.leave(cell, f"{shown(cell.text)} names no grade")

    def _read_legal_basis(self, entry: Entry, cell: Cell) -> None:
        found, unread = find_bases(cell.text)
        for citation in found:
            self._put_first(entry, "legal_basis", citation, cell)
        if not found:
            self.leave(cell, f"{shown(cell.text)} names no legal basis, so none was taken")
        else:
            for piece in unread:
                self.leave(cell, f"{shown(piece)} names no legal basis of its own")

    def _read_mandate(self, entry: Entry, cell: Cell) -> None:
        if (mandate := find_mandate(cell.text)) is not None:
            self._put_first(entry, "mandate", mandate, cell)
        else:
            self.leave(cell, f"{shown(cell.text)} does not say whether federal, state or local rules demand it")

    def _read_status(self, entry: Entry, heading: str, cell: Cell) -> None:
        found = find_decision(cell.text, heading)
        if found is None:
            self.leave(cell, f"{shown(cell.text)} is no decision that the catalog has a word for")
            return
        self._put(entry, "status", found.status, cell)
        if found.condition:
            entry.texts.setdefault("conditions", found.condition)
            entry.cells.setdefault("conditions", cell)

    def _read_hosted(self, entry: Entry, cell: Cell) -> None:
        if (hosted := HOSTED.get(plain(cell.text))) is not None:
            self._put(entry, "hosted", hosted, cell)
        else:
            self.leave(cell, f"{shown(cell.text)} does not say whether the vendor or the district runs it")

    def _read_agreement_kind(self, entry: Entry, cell: Cell) -> None:
        if (kind := find_contract_kind(cell.text)) is not None:
            self._put(entry, "kind", kind, cell)
        else:
            self.leave(cell, f"{shown(cell.text)} does not say which sort of agreement it is")


def pieces_of(text: str) -> list[str]:
    """Return the pieces of a list of names."""
    return [piece.strip() for piece in re.split(r"[,;\n/&]|\band\b", text) if piece.strip()]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
