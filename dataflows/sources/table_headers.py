"""What the headers of a sheet mean, and what is wrong with them. CSV and workbooks share this."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dataflows.errors import Problem
from dataflows.model.kinds import shown
from dataflows.sources.flat import Column, Sheet, find_column, hint_of_column
from dataflows.sources.roster import find_roster, is_record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataflows.sources.base import Path
    from dataflows.sources.table_file import TableSheet

MOST_SAID = 20
"""So many unknown headers are named one by one; a sheet may have ten thousand."""
_NAMES = re.compile(r"(.+?)\s*\(names?\)", re.IGNORECASE)
_EXEMPT = ("contacts", "vendors.contacts")
"""Sheets of staff: names beside numbers are meant there."""


def name_header(header: str, *, is_list: bool = False) -> str:
    """Return the header of the column that shows the names beside a column of ids; readers leave it out."""
    return f"{header} (names)" if is_list else f"{header} (name)"


def shows_names(sheet: Sheet, header: str) -> bool:
    """Tell whether a header is that of a column of names beside ids, which says nothing itself."""
    found = _NAMES.fullmatch(header.strip())
    return found is not None and find_column(sheet, found[1]) is not None


def columns_of_headers(sheet: Sheet, headers: Sequence[str]) -> list[Column | None]:
    """Return what each header means; a mark of a required column, `id *`, does not count."""
    return [find_column(sheet, header.strip().rstrip("* ")) for header in headers]


def find_roster_in(sheet: Sheet | None, headers: Sequence[str]) -> str | None:
    """Return what stands beside names where the headers are those of a list of students."""
    if sheet is not None and sheet.name in _EXEMPT:
        return None
    if is_record(headers):
        return "birth dates"
    return find_roster(headers, [header for header in headers if sheet and find_column(sheet, header)])


def check_headers(
    sheet: TableSheet, columns: list[Column | None], headers: Sequence[str], line: int, first: int = 1
) -> list[Problem]:
    """Return what is wrong with headers that mean nothing, or the same twice; the latter are left out of `columns`.

    `first` is the number of the first column.
    """
    problems: list[Problem] = []
    seen: set[tuple[tuple[str, ...], str, str]] = set()
    unknown: list[tuple[int, str]] = []
    for index, (header, column) in enumerate(zip(headers, columns, strict=True)):
        if column is None:
            if header.strip() and not shows_names(sheet.sheet, header):
                unknown.append((index, header))
            continue
        key = (column.path, column.language, column.review)
        if key in seen:
            message = f"The column {shown(header)} stands there twice."
            problems.append(Problem(sheet.place(line, index + first), message, "Keep one of them."))
            columns[index] = None
        seen.add(key)
    for index, header in unknown[:MOST_SAID]:
        message = f"The sheet {sheet.sheet.name!r} has no column {shown(header)}."
        problems.append(Problem(sheet.place(line, index + first), message, hint_of_column(sheet.sheet, header)))
    if len(unknown) > MOST_SAID:
        message = f"The sheet {sheet.sheet.name!r} has {len(unknown) - MOST_SAID:,} more columns that it doesn't know."
        problems.append(Problem(sheet.place(line, unknown[MOST_SAID][0] + first), message, "Take them out."))
    present = {column.header for column in columns if column}
    for key_column in sheet.sheet.keys:
        if key_column not in present:
            message = f"The column {key_column!r} is missing: it says to which row a line belongs."
            problems.append(Problem(sheet.place(line), message, "Add it."))
    return sorted(problems, key=lambda problem: problem.location.column or 1 << 20)


def find_path(columns: Sequence[Column | None], path: Path, first: int = 1) -> tuple[int, str] | None:
    """Return number and header of the column that holds a path within a row."""
    best: tuple[int, int, str] | None = None
    for number, column in enumerate(columns, first):
        if column is None or column.path != path[: len(column.path)]:
            continue
        rest = path[len(column.path) :]
        fits = len(column.path) + (1 if rest and rest[-1] == column.language else 0)
        if best is None or fits > best[0]:
            best = (fits, number, column.header)
    return best[1:] if best else None
