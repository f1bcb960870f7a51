"""Cells out of text: CSV with any separator, tables of bars, and what was pasted from a page."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING

from dataflows.errors import Location, Problem
from dataflows.sources.base import refuse_file
from dataflows.sources.grid import Grid, make_row
from dataflows.sources.grid_bars import read_bar_grid
from dataflows.sources.plain_text import decode_text

if TYPE_CHECKING:
    from collections.abc import Sequence

_DELIMITERS = (",", "\t", ";", "|")
_MOST_FIELD = 1_000_000
_SAMPLE = 200


def read_text_grids(name: str, data: bytes, *, is_csv: bool) -> list[Grid]:
    """Return the tables of a text; raises InputError for what is no text."""
    text = decode_text(data)
    head = text[:20_000]
    unprintable = sum(1 for sign in head if sign == "\ufffd" or (sign < " " and sign not in "\t\r\n\f\v\x1c"))
    if unprintable * 20 > len(head):
        raise refuse_file(name, "The file is no text that can be read.", "Save the table as .xlsx or as CSV.")
    if not text.strip():
        raise refuse_file(name, "The file holds only blank lines.")
    lines = text.splitlines()
    if not is_csv and (grid := read_bar_grid(name, lines)):
        return [grid]
    delimiter = _find_delimiter(text, is_csv=is_csv)
    if delimiter:
        return [_csv_grid(name, text, delimiter, _encoding_notes(name, data))]
    from dataflows.sources.grid_lines import read_line_grids as read_lines

    return read_lines(name, [(number, line) for number, line in enumerate(lines, 1)])


def read_line_grids(name: str, lines: Sequence[tuple[int, str]]) -> list[Grid]:
    """Return the tables that lines of text hold."""
    from dataflows.sources.grid_lines import read_line_grids as read_lines

    return read_lines(name, lines)


def _encoding_notes(name: str, data: bytes) -> list[Problem]:
    try:
        data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if b"\0" in data[:200]:
            return []
        message = "The text is not in UTF-8; lines that are not were read as Windows-1252."
        return [Problem(Location(name, line), message, "Look at names with accents, or save it as 'CSV UTF-8'.")]
    return []


def _find_delimiter(text: str, *, is_csv: bool) -> str | None:
    """Return the separator by which most lines have the same number of cells; None where there is none."""
    first = text.split("\n", 1)[0].strip().lower()
    if first.startswith("sep=") and len(first) == 5:
        return first[4]
    best: tuple[float, int, str] | None = None
    for delimiter in _DELIMITERS:
        widths = [len(row) for _, row in read_records(text, delimiter, _SAMPLE) if any(map(str.strip, row))]
        wide = Counter(width for width in widths if width > 1)
        if not wide:
            continue
        share = sum(wide.values()) / len(widths)
        width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
        score = (count / len(widths), width, delimiter)
        is_table = (delimiter == "\t" and share >= 0.5) or (share >= 0.8 and count / len(widths) >= 0.6 and count > 1)
        if (is_csv or is_table) and (best is None or score[:2] > best[:2]):
            best = score
    if best:
        return best[2]
    return "," if is_csv else None


def read_records(
    text: str, delimiter: str, most: int | None = None, faults: dict[int, str] | None = None
) -> list[tuple[int, list[str]]]:
    """Return records with their first lines; what is odd about a line is put into `faults`.

    A quotation mark that is not closed would take the rows below it into one cell: such a line is read
    as if it had no quotation marks, and so is one with a cell that is too long.
    """
    csv.field_size_limit(_MOST_FIELD)
    lines = list(io.StringIO(text, newline=""))
    found: list[tuple[int, list[str]]] = []
    faults = {} if faults is None else faults
    start = 0
    while start < len(lines):
        begin = start
        reader = csv.reader(map(lines.__getitem__, range(begin, len(lines))), delimiter=delimiter, strict=True)
        try:
            for cells in reader:
                found.append((start + 1, cells))
                start = begin + reader.line_num
                if most is not None and len(found) >= most:
                    return found
        except csv.Error:
            is_odd_only = begin + reader.line_num == start + 1
            cells, fault = _odd_cells(lines[start], delimiter, is_bare=not is_odd_only)
            found.append((start + 1, cells))
            if fault:
                faults[start + 1] = fault
            start += 1
    return found


def _odd_cells(line: str, delimiter: str, *, is_bare: bool) -> tuple[list[str], str]:
    """Return the cells of a line whose quotation marks don't match, where `is_bare` as if they meant nothing."""
    try:
        cells = next(
            csv.reader([line], delimiter=delimiter, quoting=csv.QUOTE_NONE if is_bare else csv.QUOTE_MINIMAL), []
        )
    except csv.Error:
        return [], f"The line has a cell of more than {_MOST_FIELD:,} characters, so it was not read."
    said = "A quotation mark opens in this line and is not closed, so it was taken for a sign like others."
    return cells, said if is_bare else ""


def _csv_grid(name: str, text: str, delimiter: str, notes: list[Problem]) -> Grid:
    faults: dict[int, str] = {}
    records = read_records(text, delimiter, faults=faults)
    notes = [*notes, *(Problem(Location(name, line), message) for line, message in sorted(faults.items()))]
    if records and "".join(records[0][1]).strip().lower().startswith("sep="):
        records = records[1:]
    rows = [row for number, cells in records if (row := make_row(number, cells)).cells]
    return Grid(name, "", rows, problems=notes)
