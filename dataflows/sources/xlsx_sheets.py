"""A sheet of a workbook: where its headers stand, its rows, and the places of its cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from dataflows.errors import InputError, Location, Problem
from dataflows.model.kinds import Unreadable
from dataflows.sources.base import printable
from dataflows.sources.flat import Column, blank_tree, only_fields, unflatten_cells
from dataflows.sources.table_file import Line
from dataflows.sources.table_headers import MOST_SAID, find_path
from dataflows.sources.xlsx_book import MOST_COLUMNS
from dataflows.sources.xlsx_cells import CellReader, Convert, Value, converter_of, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dataflows.sources.flat import Sheet
    from dataflows.sources.xlsx_book import Book, SheetEntry

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")
_DIGITS = "0123456789"
MOST_MERGED = 100_000
MOST_KEPT = 100_000
"""Cells of a sheet that is kept after its first reading; they take some 10 MB."""


class SheetRow(NamedTuple):
    """One row that holds something: its number from 1, and its values by column from 1."""

    number: int
    values: dict[int, Value]
    is_hidden: bool = False


class Merged(NamedTuple):
    """A block of cells that show one value: its first and last column and row."""

    left: int
    top: int
    right: int
    bottom: int


class SheetReader:
    """Reads the rows of one sheet as often as asked; remembers where they end."""

    def __init__(self, book: Book, entry: SheetEntry) -> None:
        self.book = book
        self.entry = entry
        self._last: int | None = None
        self._kept: list[SheetRow] | None = None

    def rows(self) -> Iterator[SheetRow]:
        """Yield the rows that hold something; a merged value stands in each row of its block.

        A sheet is read more than once (its headers, its names, its rows), so a small one is kept.
        """
        if self._kept is not None:
            yield from self._kept
            return
        kept: list[SheetRow] | None = []
        cells = last = 0
        tops = _by_top(self.merged)
        open_blocks: list[tuple[Merged, Value]] = []
        for row in self._own_rows():
            if tops or open_blocks:
                open_blocks = _fill(row, open_blocks, tops)
            last = row.number
            cells += len(row.values)
            if cells > MOST_KEPT:
                kept = None
            elif kept is not None:
                kept.append(row)
            yield row
        self._last, self._kept = last, kept

    def _own_rows(self) -> Iterator[SheetRow]:
        number = 0
        reader: CellReader | None = None
        for element in self.book.children(self.entry.part, ("sheetData",)):
            if reader is None:
                reader = CellReader(self.book, element.tag[: -len("row")])
            written = element.get("r")
            number = int(written) if written is not None and written.isdecimal() else number + 1
            if self._last is not None and number > self._last:
                return
            if not len(element):
                continue
            values = _read_cells(element, reader)
            if values:
                yield SheetRow(number, values, element.get("hidden", "0") in ("1", "true"))

    @cached_property
    def merged(self) -> list[Merged]:
        """The blocks of merged cells that reach over several rows."""
        found: list[Merged] = []
        rest = b""
        for piece in self.book.archive.pieces(self.entry.part):
            text = rest + piece
            if b"mergeCell" in text:
                for left, top, right, bottom in _MERGED.findall(text):
                    if int(bottom) > int(top):
                        found.append(Merged(number_of(left.decode()), int(top), number_of(right.decode()), int(bottom)))
            rest = text[text.rfind(b"<") :][:200]
        return found[:MOST_MERGED]

    def place(self, row: int | None = None, column: int | None = None) -> Location:
        """Return a place in the sheet, as a person finds it: `vendors!C14`."""
        where = printable(self.entry.name)
        if row is not None:
            where += f"!{letters_of(column or 1)}{row}"
        return Location(self.book.name, row, column, where, self.entry.number)


def _by_top(merged: list[Merged]) -> dict[int, list[Merged]]:
    found: dict[int, list[Merged]] = {}
    for block in merged:
        found.setdefault(block.top, []).append(block)
    return found


def _fill(row: SheetRow, blocks: list[tuple[Merged, Value]], tops: dict[int, Any]) -> list[tuple[Merged, Value]]:
    """Put merged values into a row; return the blocks that go on below it."""
    going = [(block, value) for block, value in blocks if block.bottom >= row.number]
    for block, value in going:
        row.values.setdefault(block.left, value)
    new = [block for block in tops.pop(row.number, ()) if block.left in row.values]
    return going + [(block, row.values[block.left]) for block in new]


def _read_cells(row: Any, reader: CellReader) -> dict[int, Value]:
    values: dict[int, Value] = {}
    column = 0
    read, numbers = reader.read, _NUMBERS
    for cell in row:
        place = cell.get("r")
        if place is None:
            column += 1
        else:
            letters = place.rstrip(_DIGITS)
            column = numbers.get(letters) or _learn(letters)
        if len(cell):
            value = read(cell)
            if value != "":
                values[column] = value
    return values


_NUMBERS: dict[str, int] = {}
"""Column numbers by letters, as far as they were met."""


def _learn(letters: str) -> int:
    number = number_of(letters)
    _NUMBERS[letters] = number
    return number


def number_of(letters: str) -> int:
    """Return the number of a column, from 1: `AA` is 27."""
    number = 0
    for letter in letters[:3].upper():
        number = number * 26 + ord(letter) - 64
    return min(max(number, 1), MOST_COLUMNS)


def letters_of(number: int) -> str:
    """Return the letters of a column: 27 is `AA`."""
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


@dataclass(slots=True)
class XlsxSheet:
    """A sheet of a workbook that holds a sheet of the catalog."""

    reader: SheetReader
    sheet: Sheet
    header_row: int
    columns: list[Column | None]
    """From the first column of the workbook's sheet."""
    converters: list[Convert | None]
    problems: list[Problem] = field(default_factory=list)
    hidden_rows: int = 0
    _is_read: bool = False

    def lines(self, only: frozenset[str] | None = None) -> Iterator[Line]:
        """Yield the lines that are not blank, with `only` some fields; faults go to `problems`, the first time only."""
        try:
            yield from self._lines(only_fields(self.columns, only))
        except InputError as error:
            self.problems += [] if self._is_read else error.problems
        self._is_read = True

    def _lines(self, columns: list[Column | None]) -> Iterator[Line]:
        hidden = beside = 0
        width = len(columns)
        known = {n: (c, self.converters[n - 1] or plain) for n, c in enumerate(columns, 1) if c is not None}
        blank = blank_tree(columns)
        for row in self.reader.rows():
            if row.number <= self.header_row:
                continue
            cells: list[tuple[Column, Value]] = []
            is_filled = False
            for n, value in row.values.items():
                if n in known:
                    column, convert = known[n]
                    made = convert(value)
                    cells.append((column, made))
                    is_filled = is_filled or isinstance(made, Unreadable) or bool(made.strip())
            if is_filled:
                hidden += row.is_hidden
                yield Line(row.number, unflatten_cells(cells, blank))
            if not self._is_read and beside < MOST_SAID:
                beside += self._check_width(row, width)
        self.hidden_rows = hidden

    def _check_width(self, row: SheetRow, width: int) -> bool:
        beyond = min((n for n in row.values if n > width), default=None)
        if beyond is not None:
            message = "The cell stands beside the table, in a column without a header."
            self.problems.append(
                Problem(self.reader.place(row.number, beyond), message, "Clear it, or write the header.")
            )
        return beyond is not None

    def find(self, path: tuple[str | int, ...]) -> tuple[int, str] | None:
        """Return number and header of the column that holds a path within a row."""
        return find_path(self.columns, path)

    def place(self, line: int | None = None, column: int | None = None, where: str = "") -> Location:  # noqa: ARG002
        """Return a place in the sheet; the cell says all, and a row's is that of its first column."""
        first = next((number for number, found in enumerate(self.columns, 1) if found), 1)
        return self.reader.place(line, column or first)


def converters_of(columns: list[Column | None], order: str | None, bases: Mapping[str, str]) -> list[Convert | None]:
    """Return what each column makes of its cells."""
    return [converter_of(column.kind, order, bases) if column and not column.review else None for column in columns]


def first_rows(reader: SheetReader, most: int = 30) -> list[SheetRow]:
    """Return the first rows that hold something."""
    return list(islice(reader.rows(), most))
