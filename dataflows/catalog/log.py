"""The log: one chain a district, each entry bound to its versions and to the entry before by SHA-256."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from dataflows.catalog.bulk import execute, fetch, stream
from dataflows.catalog.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import sqlalchemy as sa

GENESIS = "0" * 64
"""Stands before a chain's first entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One apply in one district. `versions` is the digest over what it recorded and retired."""

    district: str
    number: int
    at: str
    by: str
    message: str
    program: str
    renames: tuple[tuple[str, str, str], ...]
    added: int
    changed: int
    removed: int
    versions: str
    previous: str

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the entry in canonical JSON; the next entry names it."""
        return sha256(canonical(asdict(self)).encode()).hexdigest()


def digest_versions(lines: Iterable[tuple[str, str, str]]) -> str:
    """Return the digest over versions: each line is list, id and the body's SHA-256, empty where a row went.

    Lines come sorted by list and id.
    """
    total = sha256()
    for list_name, id, digest in lines:
        total.update(f"{list_name}\t{id}\t{digest}\n".encode())
    return total.hexdigest()


def read_head(connection: sa.Connection, district: str) -> tuple[int, str]:
    """Return number and digest of a district's newest entry; 0 and GENESIS before the first."""
    rows = fetch(connection, "SELECT number, digest FROM log_heads WHERE district = ?", (district,))
    return (rows[0][0], rows[0][1]) if rows else (0, GENESIS)


def write_entry(connection: sa.Connection, entry: Entry) -> None:
    """Append an entry and move the head to it."""
    values = (
        entry.district, entry.number, entry.at, entry.by, entry.message, entry.program, json.dumps(entry.renames),
        entry.added, entry.changed, entry.removed, entry.versions, entry.previous, entry.digest,
    )  # fmt: skip
    names = (
        'district, number, "at", "by", message, program, renames, added, changed, removed, versions, previous, digest'
    )
    execute(connection, f"INSERT INTO log_entries ({names}) VALUES ({', '.join('?' * len(values))})", values)
    execute(connection, "DELETE FROM log_heads WHERE district = ?", (entry.district,))
    execute(
        connection,
        "INSERT INTO log_heads (district, number, digest) VALUES (?, ?, ?)",
        (entry.district, entry.number, entry.digest),
    )


def read_entries(connection: sa.Connection, district: str) -> Iterator[tuple[Entry, str]]:
    """Yield each entry of a district, oldest first, with the digest that is stored beside it."""
    sql = (
        'SELECT district, number, "at", "by", message, program, renames, added, changed, removed, versions, previous,'
        " digest FROM log_entries WHERE district = ? ORDER BY number"
    )
    for row in stream(connection, sql, (district,)):
        *start, renames, added, changed, removed, versions, previous, digest = row
        names = ("district", "number", "at", "by", "message", "program")
        yield (
            Entry(
                **dict(zip(names, start, strict=True)),
                renames=_read_renames(renames),
                added=added,
                changed=changed,
                removed=removed,
                versions=versions,
                previous=previous,
            ),
            digest,
        )


def _read_renames(text: str) -> tuple[tuple[str, str, str], ...]:
    """Read the renames of an entry; what was not written so by us becomes one that no digest fits."""
    try:
        found = tuple((str(a), str(b), str(c)) for a, b, c in json.loads(text))
    except (ValueError, TypeError):
        return (("", str(text), ""),)
    return found if json.dumps(found) == text else (("", text, ""),)


def find_orphans(connection: sa.Connection, district: str) -> list[int]:
    """Return the numbers that the journal names and the log does not hold."""
    entry = "SELECT 1 FROM log_entries e WHERE e.district = j.district AND e.number = j."
    found: set[int] = set()
    for column in ("recorded_by", "retired_by"):
        sql = (
            f"SELECT DISTINCT j.{column} FROM journal j WHERE j.district = ? AND j.{column} IS NOT NULL"
            f" AND NOT EXISTS ({entry}{column})"
        )
        found |= {row[0] for row in fetch(connection, sql, (district,))}
    return sorted(found)


def find_overlaps(connection: sa.Connection, district: str) -> list[tuple[str, str, int]]:
    """Return list, id and entry of the versions that are said to hold beyond the next one of their row."""
    sql = (
        "SELECT j.list, j.id, j.recorded_by FROM journal j JOIN journal n ON n.district = j.district"
        " AND n.list = j.list AND n.id = j.id AND n.recorded_by > j.recorded_by"
        " WHERE j.district = ? AND (j.retired_by IS NULL OR j.retired_by > n.recorded_by)"
        " ORDER BY j.recorded_by, j.list, j.id"
    )
    return list(dict.fromkeys((row[0], row[1], row[2]) for row in fetch(connection, sql, (district,))))


def read_versions(connection: sa.Connection, district: str, number: int) -> Iterator[tuple[str, str, str]]:
    """Yield what an entry recorded and retired, as `digest_versions` takes it."""
    recorded = "SELECT list, id, sha256 FROM journal WHERE district = ? AND recorded_by = ?"
    gone = (
        "SELECT j.list, j.id, '' FROM journal j WHERE j.district = ? AND j.retired_by = ? AND NOT EXISTS (SELECT 1 FROM"
        " journal n WHERE n.district = j.district AND n.list = j.list AND n.id = j.id AND n.recorded_by = j.retired_by)"
    )
    rows = fetch(connection, recorded, (district, number)) + fetch(connection, gone, (district, number))
    yield from sorted((str(a), str(b), str(c)) for a, b, c in rows)
