"""What the files say, laid in a temporary table and set against what is known.

A staged row is the file's row in canonical form.  Three set-based statements tell what is the
same and what is new; only rows that differ from a known one are merged, in batches.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from dataflows.catalog.bulk import CHUNK, chunks, execute, fetch, insert_rows, run_each, stream
from dataflows.catalog.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import sqlalchemy as sa

    from dataflows.catalog.canonical import Body

_COLUMNS = ("seq", "district", "list", "id", "file", "place", "is_whole", "said", "sha256", "body", "action")


@dataclass(frozen=True, slots=True)
class StagedRow:
    """One row as a file says it; `place` is its number in the list of the file."""

    seq: int
    district: str
    list: str
    id: str
    file: int
    place: int
    said: Body
    known: Body | None


def digest(text: str) -> str:
    """Return the SHA-256 of a canonical body."""
    return sha256(text.encode()).hexdigest()


@dataclass(slots=True)
class Staging:
    """The temporary table of one plan."""

    connection: sa.Connection
    _waiting: list[tuple[Any, ...]] = field(default_factory=list)
    _seq: int = 0
    _has_journal: bool = True

    def create(self) -> None:
        """Make the temporary table; it goes with the transaction or the connection."""
        on_commit = " ON COMMIT DROP" if self.connection.dialect.name == "postgresql" else ""
        execute(
            self.connection,
            "CREATE TEMPORARY TABLE staged (seq INTEGER PRIMARY KEY, district TEXT, list TEXT, id TEXT, file INTEGER,"
            f" place INTEGER, is_whole INTEGER, said TEXT, sha256 TEXT, body TEXT, action TEXT){on_commit}",
        )
        self._has_journal = bool(fetch(self.connection, "SELECT 1 FROM journal LIMIT 1"))

    def add(self, district: str, list_name: str, id: str, file: int, place: int, said: Body, *, is_whole: bool) -> None:
        """Stage a row. `is_whole`: what it says is a whole body and in order, so it can stand as it is."""
        text = canonical(said)
        self._seq += 1
        is_new = is_whole and not self._has_journal
        found = digest(text) if is_whole else None
        row = (self._seq, district, list_name, id, file, place, int(is_whole))
        self._waiting.append((*row, None, found, text, "add") if is_new else (*row, text, found, None, None))
        if len(self._waiting) >= CHUNK:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        insert_rows(self.connection, "staged", _COLUMNS, self._waiting)
        self._waiting.clear()

    def compare(self) -> None:
        """Mark the staged rows that are the same as known ones, and those that are new."""
        self.flush()
        execute(self.connection, "CREATE INDEX ix_staged_key ON staged (district, list, id)")
        if self.connection.dialect.name == "postgresql":
            execute(self.connection, "ANALYZE staged")
        known = (
            "SELECT 1 FROM journal j WHERE j.district = staged.district AND j.list = staged.list"
            " AND j.id = staged.id AND j.retired_by IS NULL"
        )
        same = "UPDATE staged SET action = 'same' WHERE action IS NULL AND is_whole = 1"
        execute(self.connection, f"{same} AND EXISTS ({known} AND j.sha256 = staged.sha256)")
        new = f"UPDATE staged SET action = 'add', body = said WHERE action IS NULL AND NOT EXISTS ({known})"
        execute(self.connection, new)

    def unsettled(self) -> Iterator[StagedRow]:
        """Yield the rows that must be merged with a known one, and new ones that were not whole.

        They come in batches by number, so that what was yielded may be settled meanwhile.
        """
        sql = (
            "SELECT s.seq, s.district, s.list, s.id, s.file, s.place, s.said, j.body FROM staged s LEFT JOIN journal j"
            " ON j.district = s.district AND j.list = s.list AND j.id = s.id AND j.retired_by IS NULL"
            " WHERE s.seq > ? AND (s.action IS NULL OR (s.action = 'add' AND s.is_whole = 0))"
            f" ORDER BY s.seq LIMIT {CHUNK}"
        )
        last = 0
        while rows := fetch(self.connection, sql, (last,)):
            for seq, district, list_name, id, file, place, said, known in rows:
                body = json.loads(known) if known else None
                yield StagedRow(seq, district, list_name, id, file, place, json.loads(said), body)
            last = rows[-1][0]

    def settle(self, decided: Iterable[tuple[int, str, Body | None]]) -> None:
        """Write what was decided of staged rows: number, action, final body."""
        sql = "UPDATE staged SET action = ?, body = ?, sha256 = ? WHERE seq = ?"
        for chunk in chunks(decided):
            values = []
            for seq, action, body in chunk:
                text = canonical(body) if body is not None else None
                values.append((action, text, digest(text) if text is not None else None, seq))
            run_each(self.connection, sql, values)

    def put(self, district: str, list_name: str, id: str, action: str, body: Body | None) -> None:
        """Stage a row that no file holds: one that goes, or one that a rename reaches."""
        self._seq += 1
        text = canonical(body) if body is not None else None
        values = (self._seq, district, list_name, id, action, text, digest(text) if text is not None else None)
        execute(
            self.connection,
            "INSERT INTO staged (seq, district, list, id, file, place, is_whole, action, body, sha256)"
            " VALUES (?, ?, ?, ?, -1, 0, 1, ?, ?, ?)",
            values,
        )

    def move_waiver(self, district: str, id: str, moved: str, *, is_there: bool) -> None:
        """Let a staged waiver be about another row; where the files have that waiver too, that one stays."""
        self.flush()
        key = (district, id)
        if is_there:
            execute(self.connection, "DELETE FROM staged WHERE district = ? AND list = 'waivers' AND id = ?", key)
            return
        sql = "SELECT seq, said FROM staged WHERE district = ? AND list = 'waivers' AND id = ?"
        for seq, said in fetch(self.connection, sql, key):
            text = canonical({**json.loads(said), "subject": moved.partition(":")[2]})
            move = "UPDATE staged SET id = ?, said = ?, sha256 = ? WHERE seq = ?"
            execute(self.connection, move, (moved, text, digest(text), seq))

    def find_absent(self, district: str, list_name: str) -> list[str]:
        """Return the known ids of a list that no staged row names."""
        sql = (
            "SELECT j.id FROM journal j WHERE j.district = ? AND j.list = ? AND j.retired_by IS NULL AND NOT EXISTS"
            " (SELECT 1 FROM staged s WHERE s.district = j.district AND s.list = j.list AND s.id = j.id) ORDER BY j.id"
        )
        return [row[0] for row in fetch(self.connection, sql, (district, list_name))]

    def count(self) -> dict[tuple[str, str], int]:
        """Return how many rows there are of each district and action."""
        sql = "SELECT district, action, count(*) FROM staged GROUP BY district, action"
        return {(row[0], row[1]): row[2] for row in fetch(self.connection, sql)}

    def ids(self, action: str) -> Iterator[tuple[str, str, str]]:
        """Yield district, list and id of the rows with an action, in the files' order."""
        sql = "SELECT district, list, id FROM staged WHERE action = ? ORDER BY seq"
        yield from stream(self.connection, sql, (action,))

    def bodies(self, district: str, list_name: str) -> Iterator[tuple[str, str]]:
        """Yield id and final body of the rows of a list that are added or changed, by id."""
        sql = "SELECT id, body FROM staged WHERE district = ? AND list = ? AND action IN ('add', 'change') ORDER BY id"
        yield from stream(self.connection, sql, (district, list_name))
