"""Cells out of an Excel workbook that is not ours: every sheet, as `xlsx_sheets` reads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dataflows.model.kinds import Unreadable
from dataflows.sources.base import printable, refuse_file
from dataflows.sources.grid import Cell, Grid, Row, clean
from dataflows.sources.xlsx_book import Book
from dataflows.sources.xlsx_cells import DayText, TruthText
from dataflows.sources.xlsx_sheets import SheetReader

if TYPE_CHECKING:
    from pathlib import Path

    from dataflows.sources.xlsx_book import SheetEntry
    from dataflows.sources.xlsx_cells import Value
    from dataflows.sources.xlsx_sheets import SheetRow

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")


def read_workbook_grids(name: str, path: Path) -> list[Grid]:
    """Return the sheets of a workbook; raises InputError where it can't be read, or holds nothing."""
    book = Book(name, path)
    grids = []
    for entry in book.sheets:
        wide = _wide_rows(book, entry)
        rows = [row for found in SheetReader(book, entry).rows() if (row := _row(found, wide)).cells]
        grids.append(Grid(name, printable(entry.name), rows, is_hidden=entry.is_hidden, sheet=entry.number))
    if not any(grid.rows for grid in grids):
        raise refuse_file(name, "The sheets of the workbook are empty.", "Name the workbook with the list.")
    return grids


def _wide_rows(book: Book, entry: SheetEntry) -> set[int]:
    """Return the rows in which one cell spans several columns."""
    found: set[int] = set()
    rest = b""
    for piece in book.archive.pieces(entry.part):
        text = rest + piece
        if b"mergeCell" in text:
            found.update(
                int(top) for left, top, right, bottom in _MERGED.findall(text) if top == bottom and left != right
            )
        rest = text[text.rfind(b"<") :][:200]
    return found


def _row(found: SheetRow, wide: set[int]) -> Row:
    cells = {}
    for column, value in sorted(found.values.items()):
        if (cell := _cell(value, found.number, column - 1)) is not None:
            cells[column - 1] = cell
    return Row(found.number, cells, is_note=found.number in wide and len(cells) == 1)


def _cell(value: Value, line: int, column: int) -> Cell | None:
    if isinstance(value, Unreadable):
        return Cell("", line, column, fault=value.message)
    if isinstance(value, DayText):
        day = str(value).partition("T")[0]
        return Cell(day, line, column, day=day)
    if isinstance(value, TruthText):
        return Cell("yes" if value == "true" else "no", line, column)
    text = clean(value)
    return Cell(text, line, column) if text else None
