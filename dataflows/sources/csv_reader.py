"""Catalogs as a folder of CSV files, one a list, or as one such file.

No type is inferred: `0100005` stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.errors import InputError, Location, Problem
from dataflows.sources.base import refuse_file
from dataflows.sources.csv_sheets import CsvSheet, check_unique_sheets, open_sheet
from dataflows.sources.flat import find_sheet, hint_of_sheet
from dataflows.sources.table_file import TableFile

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Sequence


class CsvFile(TableFile):
    """A catalog in CSV files."""

    def __init__(self, name: str, sheets: Sequence[CsvSheet], problems: Sequence[Problem]) -> None:
        super().__init__(name, sheets, problems)
        self._notes = [sheet.source.note for sheet in sheets if sheet.source.note]

    @property
    def notes(self) -> list[str]:
        """Which files are in another encoding than most."""
        return self._notes


def open_csv(name: str, files: Sequence[pathlib.Path]) -> CsvFile:
    """Open the CSV files of a folder, or one alone; raises InputError where there is none."""
    if not files:
        raise refuse_file(name, "The folder holds no CSV file.", "A folder of CSV has one file a list: vendors.csv.")
    problems: list[Problem] = []
    sheets = [sheet for file in files if (sheet := _open(name if str(file) == name else str(file), file, problems))]
    return CsvFile(name, sheets, [*problems, *check_unique_sheets(sheets)])


def _open(name: str, file: pathlib.Path, problems: list[Problem]) -> CsvSheet | None:
    sheet = find_sheet(file.stem)
    try:
        found = open_sheet(name, file, sheet)
    except InputError as error:
        problems += error.problems
        return None
    if sheet is None:
        message = f"A catalog has no list called {file.stem!r}, so the file was not read."
        problems.append(Problem(Location(name), message, hint_of_sheet(file.stem)))
    return found
