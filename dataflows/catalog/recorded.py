"""Which entry of the log last set each row: where an auditor finds who wrote it, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.catalog.bulk import stream

if TYPE_CHECKING:
    import sqlalchemy as sa


def read_recorders(connection: sa.Connection, district: str, entry: int | None = None) -> dict[tuple[str, str], int]:
    """Return by list and id the number of the entry that recorded the row as it is now, or was after an entry."""
    sql = "SELECT list, id, recorded_by FROM journal WHERE district = ? AND "
    if entry is None:
        rows = stream(connection, f"{sql}retired_by IS NULL", (district,))
    else:
        known = "recorded_by <= ? AND (retired_by IS NULL OR retired_by > ?)"
        rows = stream(connection, sql + known, (district, entry, entry))
    return {(name, id): number for name, id, number in rows}
