"""Cells out of an Excel workbook: values as saved, days as days, merged cells filled, hidden sheets marked."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree.ElementTree import ParseError

from dataflows.sources.archives import check_workbook
from dataflows.sources.base import refuse_file
from dataflows.sources.grid import Cell, Grid, Row, clean, column_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dataflows.errors import InputError

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_NO_RESULT = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]+)(\d+)"[^>]*>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_WIDEST_MERGE = 100
_MOST_MERGED = 200_000
_BROKEN = (KeyError, ValueError, TypeError, AttributeError, IndexError, OverflowError, ParseError, OSError)


class _Extras(NamedTuple):
    """What openpyxl's read-only pass does not say of a sheet."""

    merged: list[tuple[int, int, int, int]]
    """First row, last row, first column, last column."""
    unsaved: dict[int, list[int]]
    """Columns, by row, of formulas whose result was not saved."""


def read_workbook_grids(name: str, data: bytes) -> list[Grid]:
    """Return the sheets of a workbook that hold anything; raises InputError."""
    check_workbook(name, data)
    extras = _read_extras(data)
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            grids = []
            for sheet in book.worksheets:
                sheet.reset_dimensions()
                rows = list(_rows(sheet, extras.get(sheet.title, _Extras([], {}))))
                is_hidden = sheet.sheet_state != "visible"
                grids.append(Grid(name, sheet.title, rows, is_hidden=is_hidden, is_sheet=True))
            book.close()
    except _BROKEN as fault:
        raise _broken(name) from fault
    if not any(grid.rows for grid in grids):
        raise refuse_file(name, "The workbook's sheets are all empty.", "Name the one with the list.")
    return grids


def _broken(name: str) -> InputError:
    return refuse_file(name, "The workbook is damaged: a part of it can't be read.", "Open it and save it anew.")


def _rows(sheet: Any, extras: _Extras) -> Iterator[Row]:
    owners, notes = _owners(extras.merged)
    masters: dict[tuple[int, int], Cell] = {}
    for cells in sheet.iter_rows():
        found: dict[int, Cell] = {}
        number = 0
        for raw in cells:
            if raw.value is None or raw.value == "":
                if not number:
                    number = getattr(raw, "row", 0) or 0
                continue
            number, column = raw.row, raw.column - 1
            if (cell := _cell(raw)) is not None:
                found[column] = cell
        for column in extras.unsaved.get(number, ()):
            fault = "the cell holds a formula whose result was not saved"
            found.setdefault(column, Cell("a formula", number, column, fault=fault))
        if owners and number:
            _fill(number, found, owners, masters)
        if found:
            yield Row(number, dict(sorted(found.items())), is_note=number in notes and len(found) == 1)


def _owners(merged: Iterable[tuple[int, int, int, int]]) -> tuple[dict[int, dict[int, tuple[int, int]]], set[int]]:
    """Return for each row the columns that a merged cell above fills, and the rows with a wide one."""
    owners: dict[int, dict[int, tuple[int, int]]] = {}
    notes: set[int] = set()
    count = 0
    for top, bottom, left, right in merged:
        if right > left:
            notes.add(top)
        for row in range(top + 1, bottom + 1):
            count += 1
            if count > _MOST_MERGED:
                return owners, notes
            owners.setdefault(row, {})[left] = (top, left)
        owners.setdefault(top, {})[left] = (top, left)
    return owners, notes


def _fill(
    number: int,
    found: dict[int, Cell],
    owners: dict[int, dict[int, tuple[int, int]]],
    masters: dict[tuple[int, int], Cell],
) -> None:
    """Let a cell that spans rows count for each of them."""
    is_blank = not found
    for column, master in owners.get(number, {}).items():
        if (number, column) == master:
            if column in found:
                masters[master] = found[column]
        elif column not in found and master in masters and not is_blank:
            found[column] = masters[master]


def _cell(raw: Any) -> Cell | None:
    value, line, column = raw.value, raw.row, raw.column - 1
    if raw.data_type == "e":
        return Cell(str(value), line, column, fault=f"the cell shows the error {value}")
    if isinstance(value, datetime):
        day = value.date()
        return Cell(day.isoformat(), line, column, day=day.isoformat())
    if isinstance(value, date):
        return Cell(value.isoformat(), line, column, day=value.isoformat())
    text = clean(_text_of(value))
    return Cell(text, line, column) if text else None


def _text_of(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, time | timedelta):
        return str(value)
    return str(value)


def _read_extras(data: bytes) -> dict[str, _Extras]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        relations = _relations(archive) if "xl/_rels/workbook.xml.rels" in names else {}
        text = archive.read("xl/workbook.xml").decode("utf-8", errors="replace")
        found = {}
        for match in _SHEET.finditer(text):
            attributes = dict(_ATTRIBUTE.findall(match[1]))
            target = relations.get(attributes.get("r:id", ""), "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if path in names:
                found[_unescape(attributes.get("name", ""))] = _extras_of(archive.read(path))
        return found


def _unescape(text: str) -> str:
    from html import unescape

    return unescape(text)


def _relations(archive: zipfile.ZipFile) -> dict[str, str]:
    text = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", errors="replace")
    found = {}
    for match in _RELATION.finditer(text):
        attributes = dict(_ATTRIBUTE.findall(match[1]))
        found[attributes.get("Id", "")] = attributes.get("Target", "")
    return found


def _extras_of(xml: bytes) -> _Extras:
    merged = []
    for left, top, right, bottom in _MERGED.findall(xml):
        first, last = column_number(left.decode()) or 0, column_number(right.decode()) or 0
        merged.append((int(top), int(bottom), first, last))
    unsaved: dict[int, list[int]] = {}
    if b"<f" in xml or b":f>" in xml:
        for column, row in _NO_RESULT.findall(xml):
            unsaved.setdefault(int(row), []).append(column_number(column.decode()) or 0)
    return _Extras(merged, unsaved)
