"""Writes a catalog as a folder of CSV, as spreadsheet programs open it without asking."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from dataflows.sources.flat import sheets
from dataflows.sources.tables import Table, tables_of

if TYPE_CHECKING:
    from dataflows.sources.trees import Catalog

ENCODING = "utf-8-sig"
"""With a byte order mark: without it, Excel takes UTF-8 for the local code page."""

_ALWAYS = "district"
"""The sheet that every export has."""


def write_csv_folder(catalog: Catalog, folder: Path | str) -> None:
    """Write one file a list; in a folder that is an export already, take away those of lists without rows.

    Any other folder keeps the files that it has: they may be somebody's own.  Each file is written
    beside its name and moved there, so that none is ever half written.
    """
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    is_export = (target / f"{_ALWAYS}.csv").exists()
    written = {_write(target, table) for table in tables_of(catalog)}
    for name in sheets():
        if is_export and name not in written:
            (target / f"{name}.csv").unlink(missing_ok=True)


def _write(folder: Path, table: Table) -> str:
    path = folder / f"{table.name}.csv"
    partial = folder / f".{table.name}.csv.partial"
    try:
        with partial.open("w", encoding=ENCODING, newline="") as stream:
            writer = csv.DictWriter(stream, table.headers, restval="", lineterminator="\r\n")
            writer.writeheader()
            writer.writerows(table.lines())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return table.name
