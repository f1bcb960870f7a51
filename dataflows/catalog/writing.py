"""Writing a plan: the journal's versions, the tables' rows and the log's entry, in one transaction."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dataflows.catalog.bulk import array_items, chunks, execute, fetch, insert_rows, run_each, stream
from dataflows.catalog.log import Entry, digest_versions, read_head, write_entry
from dataflows.catalog.projection import EXPANDED, LINKS, MAIN, deletions, expand, targets_of
from dataflows.model.parties import STUDENTS
from dataflows.model.text import FIRST_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import sqlalchemy as sa

    from dataflows.catalog.staging import Staging
    from dataflows.model.taxonomy import Taxonomy

_REMOVED_BY_CHANGE = "action IN ('change', 'remove')"
_KEPT_BY_CHANGE = "action IN ('add', 'change')"


@dataclass(frozen=True, slots=True)
class Signature:
    """When, by whom and why an entry is written, and by which version of the program.

    `at` is ISO 8601 in UTC with microseconds, so that moments sort as text.
    """

    at: str
    by: str
    message: str
    program: str


def write_district(
    staging: Staging,
    district: str,
    signed: Signature,
    *,
    renames: Sequence[tuple[str, str, str]],
    taxonomy: Taxonomy,
) -> Entry:
    """Write what is staged for a district and append its entry to the log."""
    connection = staging.connection
    number, previous = read_head(connection, district)
    counts = {action: count for (where, action), count in staging.count().items() if where == district}
    entry = Entry(
        district=district,
        number=number + 1,
        at=signed.at,
        by=signed.by,
        message=signed.message,
        program=signed.program,
        renames=tuple(renames),
        added=counts.get("add", 0),
        changed=counts.get("change", 0),
        removed=counts.get("remove", 0),
        versions=digest_versions(_lines(connection, district)),
        previous=previous,
    )
    write_entry(connection, entry)
    _write_journal(connection, district, entry.number)
    _clear_tables(connection, district)
    _fill_tables(staging, district)
    _add_common_rows(connection, district, taxonomy)
    return entry


def _lines(connection: sa.Connection, district: str) -> Iterator[tuple[str, str, str]]:
    """Yield what the entry records and retires, sorted as `digest_versions` takes it."""
    collate = ' COLLATE "C"' if connection.dialect.name == "postgresql" else ""
    sql = (
        "SELECT list, id, CASE WHEN action = 'remove' THEN '' ELSE sha256 END FROM staged"
        f" WHERE district = ? AND ({_KEPT_BY_CHANGE} OR action = 'remove') ORDER BY list{collate}, id{collate}"
    )
    yield from stream(connection, sql, (district,))


def _write_journal(connection: sa.Connection, district: str, number: int) -> None:
    retired = fetch(connection, f"SELECT list, id FROM staged WHERE district = ? AND {_REMOVED_BY_CHANGE}", (district,))
    run_each(
        connection,
        "UPDATE journal SET retired_by = ? WHERE district = ? AND list = ? AND id = ? AND retired_by IS NULL",
        [(number, district, list_name, id) for list_name, id in retired],
    )
    execute(
        connection,
        "INSERT INTO journal (district, list, id, recorded_by, retired_by, body, sha256)"
        f" SELECT district, list, id, {number:d}, NULL, body, sha256 FROM staged"
        f" WHERE district = ? AND {_KEPT_BY_CHANGE}",
        (district,),
    )


def _clear_tables(connection: sa.Connection, district: str) -> None:
    """Take out the rows that change or go; what changes is filled in again from its new body.

    So is an element of the taxonomy to which the district adds for the first time.
    """
    which = f"({_REMOVED_BY_CHANGE} OR (action = 'add' AND list = 'elements'))"
    gone = fetch(connection, f"SELECT list, id FROM staged WHERE district = ? AND {which}", (district,))
    statements: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for list_name, id in gone:
        for sql, values in deletions(list_name, district, id):
            statements[sql].append(values)
    for sql, rows in statements.items():
        run_each(connection, sql, rows)


def _fill_tables(staging: Staging, district: str) -> None:
    for list_name in MAIN:
        for chunk in chunks(staging.bodies(district, list_name)):
            _fill_from(staging.connection, list_name, district, [json.loads(body) for _id, body in chunk])
        _fill_links(staging.connection, list_name, district)


def _fill_from(connection: sa.Connection, list_name: str, district: str, bodies: list[dict[str, Any]]) -> None:
    for target in targets_of(list_name):
        insert_rows(connection, target.table, target.columns, [target.row(district, body) for body in bodies])
    further: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for body in bodies:
        for table, values in expand(list_name, district, body):
            further[table].append(values)
    for table, rows in further.items():
        insert_rows(connection, table, EXPANDED[table], rows)


def _fill_links(connection: sa.Connection, list_name: str, district: str) -> None:
    for link in LINKS.get(list_name, ()):
        names = ["district", *([link.parent] if link.parent else []), *(["role"] if link.role else []), link.value]
        values = ["s.district", *(["s.id"] if link.parent else []), *([f"'{link.role}'"] if link.role else [])]
        execute(
            connection,
            f"INSERT INTO {link.table} ({', '.join(names)}) SELECT {', '.join(values)}, item.value"
            f" FROM staged s, {array_items(connection, link.path)}"
            f" WHERE s.district = ? AND s.list = ? AND s.{_KEPT_BY_CHANGE} ORDER BY s.id",
            (district, list_name),
        )


def _add_common_rows(connection: sa.Connection, district: str, taxonomy: Taxonomy) -> None:
    """Add what every district has without writing it, where it is not there yet."""
    for list_name, bodies in common_bodies(taxonomy).items():
        [target] = targets_of(list_name)
        known = {row[0] for row in fetch(connection, f"SELECT id FROM {target.table} WHERE district = ?", (district,))}
        rows = [target.row(district, body) for body in bodies if body["id"] not in known]
        insert_rows(connection, target.table, target.columns, rows)


def common_bodies(taxonomy: Taxonomy) -> dict[str, list[dict[str, Any]]]:
    """Return the rows that every district has without writing them: its students, and the taxonomy."""
    students = {"id": STUDENTS, "kind": "students", "name": "Students and parents"}
    elements = [
        {
            "id": element.id,
            "name": element.name.by_language.get(FIRST_LANGUAGE, element.name.by_language),
            "category": element.category,
            "broader": element.broader,
            "sensitivity": element.sensitivity,
        }
        for element in taxonomy.elements.values()
    ]
    return {"parties": [students], "elements": elements}
