"""Do the tables hold what the journal says? Each row is projected again and compared."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON

from dataflows.catalog.bulk import stream
from dataflows.catalog.columns import Base
from dataflows.catalog.projection import EXPANDED, LINKS, MAIN, expand, targets_of
from dataflows.catalog.snapshots import stream_bodies
from dataflows.catalog.writing import common_bodies

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    import sqlalchemy as sa

    from dataflows.model.taxonomy import Taxonomy


def find_altered_rows(connection: sa.Connection, district: str, taxonomy: Taxonomy) -> Iterator[tuple[str, str]]:
    """Yield each table that differs from the journal, and what differs: a row too many, or one too few.

    Rows that every district has without writing them (`common_bodies`) follow the program's version.
    Sums of hashes tell which tables differ, so that memory stays flat; only those are compared row by row.
    """
    common = {
        (targets_of(name)[0].table, body["id"]) for name, bodies in common_bodies(taxonomy).items() for body in bodies
    }
    columns = _columns()
    wanted: Counter[str] = Counter()
    for table, row in _expected_rows(connection, district):
        wanted[table] += hash(row) + _ONE_ROW
    for table in sorted(columns):
        if any(name == table for name, _id in common) or wanted[table] != sum(
            hash(row) + _ONE_ROW for row in _stored_rows(connection, district, table, columns[table])
        ):
            yield from _compare(connection, district, table, common)


_ONE_ROW = 1 << 64
"""Makes a sum of hashes count its rows too."""


def _compare(
    connection: sa.Connection, district: str, table: str, common: Collection[tuple[str, Any]]
) -> Iterator[tuple[str, str]]:
    wanted = {row for name, row in _expected_rows(connection, district, table) if name == table}
    recorded = {row[1] for row in wanted if len(row) > 1}
    stored = {
        row
        for row in _stored_rows(connection, district, table, _columns()[table])
        if row[1] in recorded or (table, row[1]) not in common
    }
    for row in sorted(wanted - stored, key=str)[:3]:
        yield table, f"a row is missing or altered ({_shown(row)})"
    for row in sorted(stored - wanted, key=str)[:3]:
        yield table, f"a row is altered, or was not recorded ({_shown(row)})"


def _columns() -> dict[str, tuple[str, ...]]:
    """Return every table that is filled from bodies, with its columns."""
    columns: dict[str, tuple[str, ...]] = {}
    for name in MAIN:
        columns |= {target.table: target.columns for target in targets_of(name)}
        for link in LINKS.get(name, ()):
            columns[link.table] = tuple(n for n in ("district", link.parent, link.role and "role", link.value) if n)
    return columns | EXPANDED


def _expected_rows(
    connection: sa.Connection, district: str, only: str | None = None
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield the rows that the journal's bodies make: the table, and the row; of one table, or of all."""
    for name, id, text in stream_bodies(connection, district):
        body = json.loads(text)
        for target in targets_of(name):
            if only in (None, target.table):
                yield target.table, _plain(target.row(district, body))
        for table, values in expand(name, district, body):
            yield table, _plain(values)
        for link in LINKS.get(name, ()):
            start = tuple(n for n in (district, link.parent and id, link.role) if n)
            for item in _at(body, link.path):
                yield link.table, (*start, item)


def _at(body: dict[str, Any], path: tuple[str, ...]) -> list[str]:
    value: Any = body
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, list) else []


def _stored_rows(
    connection: sa.Connection, district: str, table: str, columns: tuple[str, ...]
) -> Iterator[tuple[Any, ...]]:
    names = ", ".join(f'"{name}"' for name in columns)
    key = "id" if table == "districts" else "district"
    types = Base.metadata.tables[table].columns
    trees = [place for place, name in enumerate(columns) if isinstance(types[name].type, JSON)]
    is_text = connection.dialect.name == "sqlite"
    for row in stream(connection, f'SELECT {names} FROM {table} WHERE "{key}" = ?', (district,)):
        values = list(row)
        for place in trees:
            if values[place] is not None:
                values[place] = _decoded(values[place], is_text=is_text)
        yield _plain(values)


def _decoded(value: Any, *, is_text: bool) -> Any:
    """Return a tree's canonical text; what is no JSON any more as it is, which no wanted row is."""
    if not is_text or not isinstance(value, str):
        return _encode(value)  # SQLite gives a plain number back as a number
    try:
        return _encode(json.loads(value))
    except (ValueError, TypeError):
        return (value,)


def _encode(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _plain(row: Iterable[Any]) -> tuple[Any, ...]:
    """Make rows of both engines comparable: days as text, truth values as numbers."""
    return tuple(int(v) if isinstance(v, bool) else v.isoformat() if isinstance(v, date) else v for v in row)


def _shown(row: tuple[Any, ...]) -> str:
    text = ", ".join(str(value) for value in row[1:4] if value is not None)
    return text if len(text) <= 80 else f"{text[:77]}..."
