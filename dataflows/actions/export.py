"""Writes one district's catalog as a file: YAML, JSON, a workbook, or a folder of CSV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dataflows.catalog.database import connect
from dataflows.catalog.snapshots import choose_district, entry_known_at, read_bodies
from dataflows.errors import OutputError, UsageError
from dataflows.model.lists import BY_NAME
from dataflows.sources.csv_writer import write_csv_folder
from dataflows.sources.json_writer import write_json
from dataflows.sources.yaml_writer import write_yaml

if TYPE_CHECKING:
    from datetime import datetime
    from typing import TextIO

    from dataflows.catalog.database import Address
    from dataflows.catalog.snapshots import Bodies

SUFFIXES = (".yaml", ".yml", ".json", ".xlsx")


def read_catalog(address: Address, district: str | None, known_at: datetime | None = None) -> Bodies:
    """Return a district's canonical bodies by list, now or as known at a moment."""
    with connect(address) as connection:
        chosen = choose_district(connection, district)
        entry = entry_known_at(connection, chosen, known_at) if known_at else None
        return _without_records(read_bodies(connection, chosen, entry))


def _without_records(bodies: Bodies) -> Bodies:
    """Return the lists that a file holds: what commands record, such as publications, is not among them."""
    return {name: rows for name, rows in bodies.items() if name in BY_NAME}


def export_catalog(bodies: Bodies, target: str) -> None:
    """Write bodies to a file by its suffix, or into a folder where the name has none."""
    bodies = _without_records(bodies)
    path = Path(target)
    if path.suffix.lower() not in (*SUFFIXES, ""):
        wanted = ", ".join(SUFFIXES)
        raise UsageError(f"Can't export to {path.suffix!r}. Use one of {wanted}, or a name without a suffix for CSV.")
    try:
        if path.suffix == "":
            write_csv_folder(bodies, path)
        else:
            _write_whole(path, bodies)
    except OSError as error:
        raise OutputError(f"{path} can't be written: {error.strerror or error}.") from None


def _write_whole(path: Path, bodies: Bodies) -> None:
    """Write beside the target and move it there, so that no half a file is ever found."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        if path.suffix.lower() == ".xlsx":
            _write_workbook(partial, bodies)
        else:
            with partial.open("w", encoding="utf-8", newline="\n") as file:
                write_text(bodies, path.suffix.lower(), file)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _write_workbook(path: Path, bodies: Bodies) -> None:
    from dataflows.sources.xlsx_writer import TooLongError, write_workbook

    try:
        write_workbook(bodies, path)
    except TooLongError as error:
        raise OutputError(f"{error} Export as YAML, or shorten it.") from None


def write_text(bodies: Bodies, suffix: str, file: TextIO) -> None:
    """Write bodies as YAML or JSON to an open file."""
    (write_json if suffix == ".json" else write_yaml)(bodies, file)
