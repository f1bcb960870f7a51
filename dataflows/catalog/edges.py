"""The fast way to flows: one indexed query for those that carry some elements. Core only, no records."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from dataflows.catalog.bulk import chunks, fetch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import sqlalchemy as sa


class FlowRow(NamedTuple):
    """A flow with those of its elements that were asked for; days as YYYY-MM-DD."""

    flow: str
    sender: str
    receiver: str
    elements: tuple[str, ...]
    starts: str | None
    ends: str | None
    retention_days: int | None
    destroyed: str | None
    legal_basis: str | None
    agreement: str | None


def read_flows_carrying(connection: sa.Connection, district: str, elements: Collection[str]) -> Iterator[FlowRow]:
    """Yield the flows of a district that name one of the elements, ended ones too, by id."""
    marks = ", ".join("?" * len(elements))
    sql = (
        "SELECT f.id, f.sender, f.receiver, f.starts, f.ends, f.retention_days, f.destroyed, f.legal_basis,"
        " f.agreement, e.element FROM flow_elements e JOIN flows f ON f.district = e.district AND f.id = e.flow"
        f" WHERE e.district = ? AND e.element IN ({marks}) ORDER BY f.id"
    )
    rows = fetch(connection, sql, (district, *elements))
    is_text = connection.dialect.name == "sqlite"
    for _flow, group in groupby(rows, key=lambda row: row[0]):
        same = list(group)
        id, sender, receiver, starts, ends, retention, destroyed, basis, agreement, _element = same[0]
        if not is_text:
            starts, ends, destroyed = (day and day.isoformat() for day in (starts, ends, destroyed))
        named = tuple(row[9] for row in same)
        yield FlowRow(id, sender, receiver, named, starts, ends, retention, destroyed, basis, agreement)


def read_element_bodies(connection: sa.Connection, district: str) -> list[dict[str, Any]]:
    """Return the canonical bodies of the district's own elements and additions, by id."""
    sql = "SELECT body FROM journal WHERE district = ? AND list = 'elements' AND retired_by IS NULL ORDER BY id"
    return [json.loads(row[0]) for row in fetch(connection, sql, (district,))]


def read_party_names(connection: sa.Connection, district: str, ids: Collection[str]) -> dict[str, str]:
    """Return the names of parties by id."""
    found: dict[str, str] = {}
    for chunk in chunks(sorted(ids), 500):
        marks = ", ".join("?" * len(chunk))
        sql = f"SELECT id, name FROM parties WHERE district = ? AND id IN ({marks})"
        found |= {row[0]: row[1] for row in fetch(connection, sql, (district, *chunk))}
    return found
