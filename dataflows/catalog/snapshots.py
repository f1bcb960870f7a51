"""Reading the catalog: which districts there are, canonical bodies, and snapshots from them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from dataflows.catalog.bulk import fetch, stream
from dataflows.errors import CatalogError, UnknownIdError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import sqlalchemy as sa

Bodies = dict[str, list[tuple[str, dict[str, Any]]]]


def list_districts(connection: sa.Connection) -> list[str]:
    """Return the ids of the districts that the catalog holds now."""
    return [row[0] for row in fetch(connection, "SELECT id FROM districts ORDER BY id")]


def choose_district(connection: sa.Connection, wanted: str | None) -> str:
    """Return the district that a command is about; raises where that is not clear."""
    known = list_districts(connection)
    if wanted is not None:
        if wanted not in known:
            from dataflows.model.kinds import nearest

            raise UnknownIdError("district", wanted, nearest(wanted, known))
        return wanted
    if len(known) == 1:
        return known[0]
    if not known:
        raise UsageError("The catalog is empty. Fill it with: dataflows apply FILE")
    raise UsageError(f"The catalog holds several districts; choose one with --district: {', '.join(known)}.")


def entry_known_at(connection: sa.Connection, district: str, known_at: datetime) -> int:
    """Return the number of the newest entry recorded at a moment or before; raises UsageError before the first."""
    sql = 'SELECT max(number) FROM log_entries WHERE district = ? AND "at" <= ?'
    moment = known_at.astimezone(UTC).isoformat(timespec="microseconds")
    number = fetch(connection, sql, (district, moment))[0][0]
    if number is None:
        raise UsageError(f"Nothing was known of {district} at {known_at.isoformat()}: its log begins later.")
    return int(number)


def log_begins(connection: sa.Connection, district: str) -> datetime | None:
    """Return the moment of the first entry of a district's log; None where it has none."""
    first = fetch(connection, 'SELECT min("at") FROM log_entries WHERE district = ?', (district,))[0][0]
    return datetime.fromisoformat(first) if first else None


def read_bodies(connection: sa.Connection, district: str, entry: int | None = None) -> Bodies:
    """Return every row's canonical body by list, sorted by id: now, or as after an entry of the log."""
    found: Bodies = {}
    for list_name, id, body in stream_bodies(connection, district, entry):
        found.setdefault(list_name, []).append((id, json.loads(body)))
    for rows in found.values():
        rows.sort(key=itemgetter(0))  # a database sorts by the rules of its own locale
    if "district" not in found:
        raise CatalogError(f"The record of {district} is not whole: its own row is absent. See: dataflows verify")
    return found


def stream_bodies(connection: sa.Connection, district: str, entry: int | None = None) -> Iterator[tuple[str, str, str]]:
    """Yield list, id and canonical JSON of every row."""
    sql = "SELECT list, id, body FROM journal WHERE district = ? AND "
    if entry is None:
        yield from stream(connection, f"{sql}retired_by IS NULL ORDER BY list, id", (district,))
    else:
        known = "recorded_by <= ? AND (retired_by IS NULL OR retired_by > ?) ORDER BY list, id"
        yield from stream(connection, sql + known, (district, entry, entry))


def read_ids(connection: sa.Connection, lists: Sequence[str], begun: str, most: int) -> list[str]:
    """Return the ids that begin so and that rows have now, in these lists or in all, of every district."""
    among = f" AND list IN ({', '.join('?' * len(lists))})" if lists else ""
    sql = f"SELECT DISTINCT id FROM journal WHERE retired_by IS NULL AND id LIKE ?{among} ORDER BY id LIMIT ?"
    escaped = begun.replace("%", "").replace("_", "")
    return [row[0] for row in fetch(connection, sql, (f"{escaped}%", *lists, most))]
