"""Cells out of an Excel workbook that is not ours: every sheet, as `xlsx_sheets` reads it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, overload

from dataflows.model.kinds import Unreadable
from dataflows.sources.base import printable, refuse_file
from dataflows.sources.grid import Cell, Grid, Row, clean
from dataflows.sources.xlsx_book import Book
from dataflows.sources.xlsx_cells import DayText, NumberText, TruthText
from dataflows.sources.xlsx_dates import format_serial
from dataflows.sources.xlsx_sheets import SheetReader, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dataflows.sources.xlsx_book import SheetEntry
    from dataflows.sources.xlsx_cells import Value
    from dataflows.sources.xlsx_sheets import SheetRow

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")

_HYPERLINK = re.compile(rb"<(?:\w+:)?hyperlink\s[^>]*>")
_PLACE = re.compile(rb"\sref=[\"']([A-Z]{1,3})(\d{1,7})[\"':]")
_ID = re.compile(rb"\s\w+:id=[\"']([^\"']+)[\"']")
_MOST_LINKS = 100_000
MOST_ROWS = 20_000
MOST_CELLS = 100_000
"""So many rows, with so many cells, of a sheet are kept; they take some 25 MB."""


def read_workbook_grids(name: str, source: Path | bytes) -> list[Grid]:
    """Return the sheets of a workbook; raises InputError where it can't be read, or holds nothing."""
    book = Book(name, source)
    grids = []
    for entry in book.sheets:
        rows = SheetRows(SheetReader(book, entry), _after_rows(book, entry))
        grids.append(Grid(name, printable(entry.name), rows, is_hidden=entry.is_hidden, sheet=entry.number))
    if not any(grid.rows for grid in grids):
        raise refuse_file(name, "The sheets of the workbook are empty.", "Name the workbook with the list.")
    return grids


class SheetRows(Sequence[Row]):
    """The rows of a sheet: the first ones are kept, the others are read again each time that they are asked for."""

    def __init__(self, reader: SheetReader, after: _After) -> None:
        self._reader = reader
        self._after = after
        self._kept: list[Row] | None = None
        self._is_whole = False

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows with anything in them."""
        kept = self._first()
        return iter(kept) if self._is_whole else self._read()

    def __len__(self) -> int:
        """Return how many rows there are; all of them are read for it."""
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        """Tell whether there is a row."""
        return bool(self._first())

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        """Return a row of the first ones, or several of them: by these it is told what a sheet is."""
        return self._first()[index]

    def _first(self) -> list[Row]:
        if self._kept is None:
            self._kept = []
            cells = 0
            for row in self._read():
                cells += len(row.cells)
                if len(self._kept) >= MOST_ROWS or cells > MOST_CELLS:
                    return self._kept
                self._kept.append(row)
            self._is_whole = True
        return self._kept

    def _read(self) -> Iterator[Row]:
        for found in self._reader.rows():
            if (row := _row(found, self._after)).cells:
                yield row


class _After(NamedTuple):
    """What a sheet says of its cells after its rows."""

    wide: set[int]
    """Rows in which one cell spans several columns."""
    links: dict[tuple[int, int], str]
    """Addresses behind cells, by row from 1 and column from 0."""
    from_1904: bool


def _after_rows(book: Book, entry: SheetEntry) -> _After:
    wide: set[int] = set()
    ids: dict[tuple[int, int], str] = {}
    rest = b""
    for piece in book.archive.pieces(entry.part):
        text = rest + piece
        if b"mergeCell" in text:
            wide.update(
                int(top) for left, top, right, bottom in _MERGED.findall(text) if top == bottom and left != right
            )
        if b"hyperlink" in text and len(ids) < _MOST_LINKS:
            for tag in _HYPERLINK.findall(text):
                place, id = _PLACE.search(tag), _ID.search(tag)
                if place and id:
                    ids[int(place[2]), number_of(place[1].decode()) - 1] = id[1].decode()
        rest = text[text.rfind(b"<") :][:1_000]
    targets = book.addresses(entry.part) if ids else {}
    links = {place: targets[id] for place, id in ids.items() if id in targets}
    return _After(wide, links, book.from_1904)


def _row(found: SheetRow, after: _After) -> Row:
    cells = {}
    line, links, from_1904 = found.number, after.links, after.from_1904
    for column, value in sorted(found.values.items()):
        if (cell := _cell(value, line, column - 1)) is not None:
            if links and (link := links.get((line, column - 1))):
                cell = cell._replace(link=link)
            if from_1904 and isinstance(value, NumberText) and (day := _day_1904(value)):
                cell = cell._replace(serial=day)
            cells[column - 1] = cell
    return Row(line, cells, is_note=line in after.wide and len(cells) == 1)


def _day_1904(value: str) -> str | None:
    """Return the day that a number without a date format would be in a book that counts from 1904."""
    return format_serial(float(value), from_1904=True) if value.isdigit() and len(value) == 5 else None


def _cell(value: Value, line: int, column: int) -> Cell | None:
    if type(value) is str:
        text = _clean(value)
        return Cell(text, line, column) if text else None
    if isinstance(value, Unreadable):
        return Cell("", line, column, fault=value.message)
    if isinstance(value, DayText):
        day = str(value).partition("T")[0]
        return Cell(day, line, column, day=day)
    if isinstance(value, TruthText):
        return Cell("yes" if value == "true" else "no", line, column)
    text = clean(value)
    return Cell(text, line, column) if text else None


_clean = lru_cache(maxsize=4096)(clean)
"""Texts of lists are met again and again."""
