"""Workbooks as catalogs: a sheet a list, read as any spreadsheet program leaves them.

The XML is read directly, in one pass that keeps no positions; a problem is named by sheet and cell
(`vendors!C14`).  What is odd and was read all the same is said in `notes`.
"""

from __future__ import annotations

from difflib import get_close_matches
from itertools import pairwise
from typing import TYPE_CHECKING

from dataflows.errors import InputError, Problem
from dataflows.sources.base import printable, refuse_file
from dataflows.sources.flat import Sheet, find_sheet, hint_of_sheet, sheets
from dataflows.sources.roster import find_roster
from dataflows.sources.table_file import TableFile
from dataflows.sources.table_headers import check_headers, columns_of_headers, find_roster_in
from dataflows.sources.xlsx_book import Book
from dataflows.sources.xlsx_labels import OWN_SHEETS, basis_labels
from dataflows.sources.xlsx_sheets import SheetReader, SheetRow, XlsxSheet, converters_of, first_rows, letters_of

if TYPE_CHECKING:
    from pathlib import Path

_NEARLY = 0.85
"""So like a list's must a sheet's name be to be taken for it: `venders` is, `Notes` beside `notices` is not."""
_NO_STUDENTS = "A catalog describes flows of data and never holds a student's record."


class XlsxFile(TableFile):
    """A catalog in a workbook."""

    def __init__(self, book: Book) -> None:
        self._notes: list[str] = []
        problems: list[Problem] = []
        self._book = book
        self._own = [sheet for entry in book.sheets if (sheet := self._open(SheetReader(book, entry), problems))]
        if not self._own and not problems:
            problems += _refuse_foreign(book)
        super().__init__(book.name, self._own, [*problems, *_find_doubles(self._own)])

    @property
    def share(self) -> float | None:
        """How much of the file was read, from 0 to 1, by the bytes of its sheets."""
        return self._book.archive.share

    @property
    def notes(self) -> list[str]:
        """What was read although a person may not see it; complete once `rows` was read."""
        found = list(self._notes)
        for sheet in self._own:
            name = printable(sheet.reader.entry.name)
            if sheet.reader.entry.is_hidden:
                found.append(f"The sheet {name!r} is hidden; it was read too.")
            if sheet.hidden_rows:
                rows = "1 hidden row" if sheet.hidden_rows == 1 else f"{sheet.hidden_rows} hidden rows"
                found.append(f"{rows} of the sheet {name!r} {'was' if sheet.hidden_rows == 1 else 'were'} read too.")
            if merged := sheet.reader.merged:
                block = merged[0]
                first = f"{name}!{letters_of(block.left)}{block.top}:{letters_of(block.right)}{block.bottom}"
                found.append(f"Merged cells count for each of their rows, as in {first}.")
        if self._book.has_external_links:
            found.append(
                "The workbook has links to other files; they were not followed, the values kept in it were read."
            )
        return [f"{self._book.name}: {note}" for note in found]

    def _open(self, reader: SheetReader, problems: list[Problem]) -> XlsxSheet | None:
        name = reader.entry.name
        sheet = find_sheet(name)
        if sheet is None and name.strip().lower() in OWN_SHEETS:
            return None
        rows = first_rows(reader)
        if not rows:
            return None
        if sheet is None:
            self._pass_over(reader, rows, problems)
            return None
        header = max(rows, key=lambda row: (_known_headers(sheet, row), -row.number))
        headers = _texts(header)
        if roster := find_roster_in(sheet, headers):
            problems.append(_refuse_roster(reader, header.number, roster))
            return None
        columns = columns_of_headers(sheet, headers)
        found = XlsxSheet(reader, sheet, header.number, columns, [])
        found.problems += check_headers(found, columns, headers, header.number)
        found.converters = converters_of(columns, self._book.date_order, basis_labels())
        return found

    def _pass_over(self, reader: SheetReader, rows: list[SheetRow], problems: list[Problem]) -> None:
        """Say that a sheet is no list's; refuse it where students are listed, or its name is nearly right."""
        for row in rows:
            if roster := find_roster(_texts(row)):
                problems.append(_refuse_roster(reader, row.number, roster))
                return
        name = reader.entry.name
        if get_close_matches(name.strip().lower(), sheets(), n=1, cutoff=_NEARLY):
            message = f"A catalog has no list called {name!r}, so the sheet was not read."
            problems.append(Problem(reader.place(), message, hint_of_sheet(name)))
        else:
            self._notes.append(f"The sheet {printable(name)!r} is not called after a list, so it was not read.")


def open_workbook(name: str, source: Path | bytes) -> XlsxFile:
    """Open a workbook for reading; raises InputError where it can't be read at all."""
    return XlsxFile(Book(name, source))


def _texts(row: SheetRow) -> list[str]:
    """Return a row's values as texts, from the first column."""
    values = row.values
    return [value if isinstance(value := values.get(n, ""), str) else "" for n in range(1, max(values) + 1)]


def _known_headers(sheet: Sheet, row: SheetRow) -> int:
    return sum(column is not None for column in columns_of_headers(sheet, _texts(row)))


def _refuse_roster(reader: SheetReader, row: int, what: str) -> Problem:
    message = f"The sheet looks like a list of students: it has names beside {what}. Nothing of it was read."
    return Problem(reader.place(row), message, _NO_STUDENTS)


def _refuse_foreign(book: Book) -> list[Problem]:
    """Refuse a workbook in which no sheet is a list's."""
    names = [printable(entry.name) for entry in book.sheets]
    message = "The workbook holds no sheet of a catalog."
    if names:
        message = f"No sheet of the workbook is called after a list: {', '.join(names[:10])}."
    error: InputError = refuse_file(book.name, message, hint_of_sheet(names[0] if names else ""))
    return list(error.problems)


def _find_doubles(found: list[XlsxSheet]) -> list[Problem]:
    """Refuse two sheets that hold the same list."""
    ordered = sorted(found, key=lambda sheet: (sheet.sheet.name, sheet.reader.entry.number))
    return [
        Problem(
            second.place(),
            f"The list {second.sheet.name!r} stands in the sheet {printable(first.reader.entry.name)!r} too.",
            "Keep one of them.",
        )
        for first, second in pairwise(ordered)
        if first.sheet.name == second.sheet.name
    ]
