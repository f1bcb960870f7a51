"""One CSV file as a sheet: its delimiter, its headers, its lines with their numbers."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from dataflows.errors import Location, Problem
from dataflows.sources.base import refuse_file
from dataflows.sources.flat import Column, Sheet, find_column, only_fields, unflatten
from dataflows.sources.table_file import Line
from dataflows.sources.table_headers import check_headers, columns_of_headers, find_path, find_roster_in
from dataflows.sources.texts import LARGEST, TextSource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.errors import InputError
    from dataflows.sources.base import Path as FieldPath

_DELIMITERS = (",", ";", "\t", "|")
_BEGINS = "A table begins with a line of headers: id,name."


@dataclass(slots=True)
class CsvSheet:
    """A CSV file that holds a sheet of the catalog."""

    file: str
    sheet: Sheet
    source: TextSource
    delimiter: str
    skip: int
    columns: list[Column | None]
    problems: list[Problem] = field(default_factory=list)
    _is_read: bool = False

    def lines(self, only: frozenset[str] | None = None) -> Iterator[Line]:
        """Yield the lines that are not blank, with `only` some fields; faults go to `problems`, the first time only."""
        headers = only_fields(self.columns, only)
        try:
            for number, cells in records(self.source, self.delimiter, self.skip):
                if number is None or not any(map(str.strip, cells)):
                    continue
                if len(cells) != len(headers):
                    self._check_width(number, cells)
                yield Line(number, unflatten(headers, cells))
        except _BrokenCsvError as broken:
            self._note(broken.line, None, broken.message, broken.hint)
        self._is_read = True

    def _check_width(self, number: int, cells: list[str]) -> None:
        extra = [cell for cell in cells[len(self.columns) :] if cell.strip()]
        if extra:
            message = f"The line has {len(cells)} cells, but there are {len(self.columns)} headers."
            self._note(
                number, len(self.columns) + 1, message, "Put a text that holds the separator in quotation marks."
            )

    def _note(self, line: int, column: int | None, message: str, hint: str | None) -> None:
        if not self._is_read:
            self.problems.append(Problem(Location(self.file, line, column), message, hint))

    def find(self, path: FieldPath) -> tuple[int, str] | None:
        """Return number and header of the column that holds a path within a row."""
        return find_path(self.columns, path)

    def place(self, line: int | None = None, column: int | None = None, where: str = "") -> Location:
        """Return a place in the file."""
        return Location(self.file, line, column, where)


class _BrokenCsvError(Exception):
    """The quotation marks of a file don't match."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message
        self.hint = hint


def records(source: TextSource, delimiter: str, skip: int = 0) -> Iterator[tuple[int, list[str]]]:
    """Yield each record after the header with the number of its first line."""
    csv.field_size_limit(LARGEST)
    with source.open() as stream:
        for _ in range(skip):
            stream.readline()
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        line = skip + 1
        try:
            next(reader, None)
            line = skip + reader.line_num + 1
            for cells in reader:
                yield line, cells
                line = skip + reader.line_num + 1
        except csv.Error as error:
            raise _explain(error, line) from None


def _explain(error: csv.Error, line: int) -> _BrokenCsvError:
    if "end of data" in str(error):
        message = "A quotation mark that opens in this line is never closed; the rest was not read."
        return _BrokenCsvError(line, message, "Close it.")
    message = "A quotation mark stands within a cell in quotation marks; the rest was not read."
    return _BrokenCsvError(line, message, 'Double it: "".')


def open_sheet(name: str, path: Path, sheet: Sheet | None) -> CsvSheet | None:
    """Open a CSV file; raises InputError where it can't be read, or must not be.

    Files whose name is no list's are looked at too: a list of students is refused for what it is.
    """
    source = TextSource(name, path, begins=_BEGINS, is_table=True)
    first = _first_lines(source)
    skip = 1 if first and first[0].lower().startswith("sep=") else 0
    marked = first[0].strip()[4:5] if skip else ""
    delimiter = marked or _find_delimiter(first[skip:], sheet)
    headers = _headers(source, delimiter, skip)
    roster = find_roster_in(sheet, headers)
    if roster:
        raise _refuse_roster(name, roster, skip + 1)
    if sheet is None:
        return None
    columns = columns_of_headers(sheet, headers)
    found = CsvSheet(name, sheet, source, delimiter, skip, columns)
    found.problems += check_headers(found, columns, headers, skip + 1)
    return found


def _refuse_roster(name: str, what: str, line: int) -> InputError:
    message = f"The table looks like a list of students: it has names beside {what}. Nothing of it was read."
    return refuse_file(
        name, message, "A catalog describes flows of data and never holds a student's record.", line=line
    )


def _first_lines(source: TextSource) -> list[str]:
    with source.open() as stream:
        return [line for line, _ in zip(stream, range(20), strict=False)]


def _find_delimiter(lines: list[str], sheet: Sheet | None) -> str:
    """Return the delimiter by which most headers are known; among equals, the one that splits most."""

    def score(delimiter: str) -> tuple[int, int]:
        headers = next(csv.reader(lines, delimiter=delimiter), [])
        return sum(bool(sheet and find_column(sheet, header)) for header in headers), len(headers)

    return max(_DELIMITERS, key=score)


def _headers(source: TextSource, delimiter: str, skip: int) -> list[str]:
    with source.open() as stream:
        for _ in range(skip):
            stream.readline()
        try:
            headers = next(csv.reader(stream, delimiter=delimiter, strict=True), [])
        except csv.Error as error:
            broken = _explain(error, skip + 1)
            raise refuse_file(source.name, broken.message, broken.hint, line=broken.line) from None
    if not any(map(str.strip, headers)):
        raise refuse_file(source.name, "The first line is blank; it holds the headers.", line=skip + 1)
    return headers


def check_unique_sheets(sheets: list[CsvSheet]) -> list[Problem]:
    """Refuse two files that hold the same sheet."""
    ordered = sorted(sheets, key=lambda sheet: (sheet.sheet.name, sheet.file))
    return [
        Problem(
            Location(second.file),
            f"The sheet {second.sheet.name!r} stands in {Path(first.file).name!r} too.",
            "Keep one of them.",
        )
        for first, second in pairwise(ordered)
        if first.sheet.name == second.sheet.name
    ]
