"""Any table as cells with their places: a workbook, CSV, a web page's tables, text pasted from a page.

What the cells mean is not decided here.  A district's own list is read by `district_list`, which
asks this for rows; blank cells are left out, so that coloured emptiness costs nothing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from dataflows.errors import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"))
_SPACES = re.compile(r"[^\S\n]+")


class Cell(NamedTuple):
    """What a person sees in a cell, and where it stands. A tuple, as a list has hundreds of thousands of them."""

    text: str
    line: int
    """Row of a sheet or line of a text, from 1."""
    column: int
    """From 0."""
    day: str | None = None
    """The day that the file itself says it is, YYYY-MM-DD."""
    fault: str = ""
    """Why the cell can't be read; its text is then what it holds instead."""
    link: str = ""
    """The address behind the text, where one is."""
    serial: str = ""
    """The day that its number would be where the file counts days otherwise than most."""


class Row(NamedTuple):
    """The filled cells of a row by column, from 0."""

    number: int
    cells: dict[int, Cell]
    is_note: bool = False
    """One cell that spans the table: a title, a heading of a section."""

    def text(self, column: int) -> str:
        """Return the text of a cell; empty where there is none."""
        cell = self.cells.get(column)
        return cell.text if cell else ""


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: a sheet, a table of a page, the table that a text holds."""

    file: str
    name: str
    """Of the sheet; empty where the file holds one table only."""
    rows: Sequence[Row]
    is_hidden: bool = False
    is_prose: bool = False
    """It holds lines only, of which no table can be made."""
    sheet: int | None = None
    """The number of the sheet, where cells go by letter and number, as in Excel."""
    counts_rows: bool = False
    """Rows are counted, as the lines of the file are nothing that a person sees."""
    problems: Sequence[Problem] = field(default=())

    def place(self, cell: Cell) -> Location:
        """Return where a cell stands, as a person finds it: `Apps!D7`."""
        if self.sheet is not None:
            where = f"{self.name}!{letters(cell.column)}{cell.line}"
            return Location(self.file, cell.line, cell.column + 1, where, self.sheet)
        if self.counts_rows:
            return Location(self.file, where=self._row_name(cell.line) + f", column {letters(cell.column)}")
        return Location(self.file, cell.line, cell.column + 1, self.name)

    def _row_name(self, number: int) -> str:
        return f"{self.name}, row {number}" if self.name else f"row {number}"

    def row_place(self, number: int) -> Location:
        """Return where a row stands."""
        if self.sheet is not None:
            return Location(self.file, number, None, f"{self.name}!{number}:{number}", self.sheet)
        if self.counts_rows:
            return Location(self.file, where=self._row_name(number))
        return Location(self.file, number, where=self.name)

    def whole(self) -> Location:
        """Return the place of the table as a whole."""
        return Location(self.file, where=self.name, sheet=self.sheet)

    def cell_name(self, cell: Cell) -> str:
        """Return the short name of a cell: `D7`, or `line 7`."""
        if self.sheet is not None:
            return f"{letters(cell.column)}{cell.line}"
        return f"row {cell.line}" if self.counts_rows else f"line {cell.line}"


def clean(text: str) -> str:
    """Return a text as a person sees it: one kind of space, nothing invisible, line breaks kept."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(_INVISIBLE)
    if not plain.isprintable():
        plain = "".join(c if c == "\n" or unicodedata.category(c) != "Cc" else " " for c in plain)
    return re.sub(r" ?\n ?", "\n", _SPACES.sub(" ", plain)).strip()


def letters(column: int) -> str:
    """Return the letters of a column of a sheet: 0 is A, 26 is AA."""
    text = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def column_number(text: str) -> int | None:
    """Return the number of a column from its letters, from 0; None where there is no such column."""
    if not re.fullmatch(r"[A-Za-z]{1,3}", text):
        return None
    number = 0
    for letter in text.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def make_row(number: int, texts: Iterable[str], *, is_note: bool = False) -> Row:
    """Return a row of texts; blank ones are left out."""
    filled = ((column, clean(text)) for column, text in enumerate(texts))
    return Row(number, {column: Cell(text, number, column) for column, text in filled if text}, is_note=is_note)


def column_cells(rows: Iterable[Row], column: int) -> Iterator[Cell]:
    """Yield the filled cells of a column."""
    for row in rows:
        if (cell := row.cells.get(column)) is not None:
            yield cell
