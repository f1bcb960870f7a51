"""What was known when: the log, whether the record is whole, and what changed between two days."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dataflows.catalog.bulk import fetch, stream
from dataflows.catalog.database import connect
from dataflows.catalog.log import (
    GENESIS,
    digest_versions,
    find_orphans,
    find_overlaps,
    read_entries,
    read_head,
    read_versions,
)
from dataflows.catalog.snapshots import choose_district, list_districts, read_bodies
from dataflows.catalog.staging import digest
from dataflows.catalog.verifying import find_altered_rows
from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.model.changes import compare_bodies
from dataflows.model.flows import Flow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dataflows.catalog.database import Address, Connection
    from dataflows.catalog.log import Entry


def read_log(address: Address, district: str | None) -> list[Entry]:
    """Return a district's log, newest entry first."""
    with connect(address) as connection:
        chosen = choose_district(connection, district)
        return [entry for entry, _digest in read_entries(connection, chosen)][::-1]


@dataclass(frozen=True, slots=True)
class Verified:
    """Whether one district's record is whole; `reasons` says what was found."""

    district: str
    ok: bool
    entries: int
    head: str
    first_bad: int | None
    reasons: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the shape that INTERFACE fixes for `verify`, with the reasons."""
        head = f"sha256:{self.head}"
        found = {"ok": self.ok, "entries": self.entries, "head": head, "first_bad": self.first_bad}
        return {**found, "reasons": list(self.reasons)}


def verify_catalog(address: Address, district: str | None) -> list[Verified]:
    """Prove, for one district or all, that log, journal and tables agree."""
    with connect(address) as connection:
        if district is not None:
            wanted = [choose_district(connection, district)]
        else:
            logged = {row[0] for row in fetch(connection, "SELECT district FROM log_heads")}
            logged |= {row[0] for row in fetch(connection, "SELECT DISTINCT district FROM log_entries")}
            logged |= {row[0] for row in fetch(connection, "SELECT DISTINCT district FROM journal")}
            wanted = sorted(logged | set(list_districts(connection)))
        return [_verify(connection, id) for id in wanted]


_Fault = tuple[int, str]
"""The number of the entry that is broken, and how."""


def _verify(connection: Connection, district: str) -> Verified:
    faults: list[_Fault] = []
    count, head = _walk_chain(connection, district, faults)
    faults += _faults_of_journal(connection, district)
    faults += _faults_of_tables(connection, district, count)
    first = min((number for number, _reason in faults), default=None)
    return Verified(district, not faults, count, head, first, tuple(reason for _number, reason in faults))


def _walk_chain(connection: Connection, district: str, faults: list[_Fault]) -> tuple[int, str]:
    """Follow the log from its beginning and note what is broken; return number and digest of the head."""
    previous, count = GENESIS, 0
    for entry, stored in read_entries(connection, district):
        count += 1
        if entry.number != count:
            faults.append((count, f"Entry {count} is missing: the log goes on with {entry.number}."))
            count = entry.number
        if entry.digest != stored or entry.previous != previous:
            faults.append((count, f"Entry {count} was altered, or does not follow the one before it."))
        elif digest_versions(read_versions(connection, district, count)) != entry.versions:
            faults.append((count, f"The versions that entry {count} recorded were altered."))
        previous = stored
    number, head = read_head(connection, district)
    if (number, head) != (count, previous):
        faults.append((min(number, count) + 1, f"The log ends with entry {count}, but its head says {number}."))
    return count, head


def _faults_of_journal(connection: Connection, district: str) -> Iterator[_Fault]:
    for number in find_orphans(connection, district):
        yield number, f"The journal names entry {number}, which the log does not hold."
    for name, id, number in find_overlaps(connection, district):
        yield number, f"The version of {name} {id!r} of entry {number} is said to hold beyond the next."
    for name, id, number in _find_altered_versions(connection, district):
        yield number, f"The body of {name} {id!r} of entry {number} does not match its digest."


def _faults_of_tables(connection: Connection, district: str, newest: int) -> Iterator[_Fault]:
    try:
        for table, what in find_altered_rows(connection, district, builtin_taxonomy()):
            yield newest, f"The table {table} does not hold what the journal says: {what}."
    except (ValueError, KeyError, TypeError, AttributeError):
        # A body that is no body any more can't be set against the tables; the journal's faults name it.
        yield newest, "The tables could not be set against the journal, which is damaged."


def _find_altered_versions(connection: Connection, district: str) -> list[tuple[str, str, int]]:
    sql = "SELECT list, id, recorded_by, body, sha256 FROM journal WHERE district = ? ORDER BY recorded_by, list, id"
    return [
        (name, id, number)
        for name, id, number, body, sha256 in stream(connection, sql, (district,))
        if not isinstance(body, str) or digest(body) != sha256
    ]


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed in the flows between two days."""

    start: date
    end: date
    added: tuple[str, ...]
    ended: tuple[str, ...]
    changed: tuple[tuple[str, tuple[str, ...]], ...]

    def to_json(self) -> dict[str, Any]:
        """Return the shape that INTERFACE fixes for `diff`."""
        return {
            "from": self.start.isoformat(),
            "to": self.end.isoformat(),
            "added": list(self.added),
            "ended": list(self.ended),
            "changed": [{"flow": flow, "fields": list(fields)} for flow, fields in self.changed],
        }


def compare_days(address: Address, district: str | None, start: date, end: date) -> Difference:
    """Return which flows are in force on one day only, and which were corrected between the two.

    Both days are seen as the catalog knows them now; `changed` compares what was known at the
    end of each day.
    """
    with connect(address) as connection:
        chosen = choose_district(connection, district)
        now = dict(read_bodies(connection, chosen).get("flows", ()))
        known = [_known_by_end_of(connection, chosen, day) for day in (start, end)]
    on_start = {id for id, body in now.items() if _in_force(body, start)}
    on_end = {id for id, body in now.items() if _in_force(body, end)}
    changed = []
    for id in sorted(on_start & on_end):
        before, after = (bodies.get(id) for bodies in known)
        if before is not None and after is not None and before != after:
            changed.append((id, tuple(compare_bodies(Flow, before, after))))
    return Difference(start, end, tuple(sorted(on_end - on_start)), tuple(sorted(on_start - on_end)), tuple(changed))


def _in_force(body: dict[str, Any], day: date) -> bool:
    text = day.isoformat()
    return bool((body.get("starts") or "") <= text <= (body.get("ends") or "9999"))


def _known_by_end_of(connection: Connection, district: str, day: date) -> dict[str, dict[str, Any]]:
    """Return the flows as they were known when a day ended, in UTC."""
    sql = 'SELECT max(number) FROM log_entries WHERE district = ? AND "at" < ?'
    number = fetch(connection, sql, (district, f"{day.isoformat()}T24"))[0][0]
    if number is None:
        return {}
    sql = (
        "SELECT id, body FROM journal WHERE district = ? AND list = 'flows' AND recorded_by <= ?"
        " AND (retired_by IS NULL OR retired_by > ?)"
    )
    return {id: json.loads(body) for id, body in fetch(connection, sql, (district, number, number))}
