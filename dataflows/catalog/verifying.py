"""Do the tables hold what the journal says? Each row is projected again and compared."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON

from dataflows.catalog.bulk import fetch
from dataflows.catalog.columns import Base
from dataflows.catalog.projection import EXPANDED, LINKS, MAIN, expand, targets_of
from dataflows.catalog.snapshots import stream_bodies
from dataflows.catalog.writing import common_bodies

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlalchemy as sa

    from dataflows.model.taxonomy import Taxonomy


def find_altered_rows(connection: sa.Connection, district: str, taxonomy: Taxonomy) -> Iterator[tuple[str, str]]:
    """Yield each table that differs from the journal, and what differs: a row too many, or one too few.

    Rows that every district has without writing them (`common_bodies`) follow the program's version.
    """
    common = {
        (targets_of(name)[0].table, body["id"]) for name, bodies in common_bodies(taxonomy).items() for body in bodies
    }
    for table, (columns, wanted) in sorted(_expected_rows(connection, district).items()):
        recorded = {row[1] for row in wanted if len(row) > 1}
        stored = {
            row
            for row in _stored_rows(connection, district, table, columns)
            if row[1] in recorded or (table, row[1]) not in common
        }
        for row in sorted(wanted - stored, key=str)[:3]:
            yield table, f"a row is missing or altered ({_shown(row)})"
        for row in sorted(stored - wanted, key=str)[:3]:
            yield table, f"a row is altered, or was not recorded ({_shown(row)})"


def _expected_rows(connection: sa.Connection, district: str) -> dict[str, tuple[tuple[str, ...], set[Any]]]:
    columns: dict[str, tuple[str, ...]] = {}
    rows: defaultdict[str, set[Any]] = defaultdict(set)
    for name in MAIN:
        columns |= {target.table: target.columns for target in targets_of(name)}
        for link in LINKS.get(name, ()):
            columns[link.table] = tuple(n for n in ("district", link.parent, link.role and "role", link.value) if n)
    columns |= EXPANDED
    for name, id, text in stream_bodies(connection, district):
        body = json.loads(text)
        for target in targets_of(name):
            rows[target.table].add(target.row(district, body))
        for table, values in expand(name, district, body):
            rows[table].add(values)
        for link in LINKS.get(name, ()):
            start = tuple(n for n in (district, link.parent and id, link.role) if n)
            rows[link.table] |= {(*start, item) for item in _at(body, link.path)}
    return {table: (names, {_plain(row) for row in rows[table]}) for table, names in columns.items()}


def _at(body: dict[str, Any], path: tuple[str, ...]) -> list[str]:
    value: Any = body
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, list) else []


def _stored_rows(connection: sa.Connection, district: str, table: str, columns: tuple[str, ...]) -> set[Any]:
    names = ", ".join(f'"{name}"' for name in columns)
    key = "id" if table == "districts" else "district"
    types = Base.metadata.tables[table].columns
    trees = [isinstance(types[name].type, JSON) for name in columns]
    is_text = connection.dialect.name == "sqlite"
    found = set()
    for row in fetch(connection, f'SELECT {names} FROM {table} WHERE "{key}" = ?', (district,)):
        values = [
            _decoded(value, is_text=is_text) if is_tree and value is not None else value
            for value, is_tree in zip(row, trees, strict=True)
        ]
        found.add(_plain(tuple(values)))
    return found


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


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Make rows of both engines comparable: days as text, truth values as numbers."""
    return tuple(int(v) if isinstance(v, bool) else v.isoformat() if isinstance(v, date) else v for v in row)


def _shown(row: tuple[Any, ...]) -> str:
    text = ", ".join(str(value) for value in row[1:4] if value is not None)
    return text if len(text) <= 80 else f"{text[:77]}..."
