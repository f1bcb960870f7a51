"""Moving many rows at once, on SQLite and on PostgreSQL: the one place where the two differ in speed.

Values are plain: text, numbers, truth values, None; days and trees go as text, as both engines take them.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import sqlalchemy as sa

CHUNK = 5_000


def chunks(rows: Iterable[Any], size: int = CHUNK) -> Iterator[list[Any]]:
    """Yield a sequence in lists of at most `size`."""
    iterator = iter(rows)
    while chunk := list(islice(iterator, size)):
        yield chunk


def insert_rows(connection: sa.Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert plain tuples; COPY on PostgreSQL."""
    if not rows:
        return
    names = ", ".join(f'"{name}"' for name in columns)
    if connection.dialect.name == "postgresql":
        cursor = connection.connection.cursor()
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(columns))
    connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(rows))


def run_each(connection: sa.Connection, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Run a statement with `?` for each tuple."""
    if rows:
        connection.exec_driver_sql(_marked(connection, sql), list(rows))


def fetch(connection: sa.Connection, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
    """Return all rows of a query with `?` for each value."""
    return list(connection.exec_driver_sql(_marked(connection, sql), values).all())


def stream(connection: sa.Connection, sql: str, values: tuple[Any, ...] = ()) -> Iterator[Any]:
    """Yield the rows of a query without holding them all."""
    options = {"stream_results": True, "max_row_buffer": CHUNK}
    with connection.exec_driver_sql(_marked(connection, sql), values, execution_options=options) as rows:
        yield from rows


def execute(connection: sa.Connection, sql: str, values: tuple[Any, ...] = ()) -> None:
    """Run one statement with `?` for each value."""
    connection.exec_driver_sql(_marked(connection, sql), values)


def _marked(connection: sa.Connection, sql: str) -> str:
    return sql.replace("?", "%s") if connection.dialect.name == "postgresql" else sql


def array_items(connection: sa.Connection, path: Sequence[str]) -> str:
    """Return the FROM item that yields each text of a list in the JSON text `s.body`, as `item.value`."""
    if connection.dialect.name == "postgresql":
        return f"jsonb_array_elements_text(s.body::jsonb #> '{{{','.join(path)}}}') AS item(value)"
    return f"json_each(s.body, '$.{'.'.join(path)}') AS item"
