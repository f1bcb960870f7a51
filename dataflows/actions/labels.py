"""What rows of a plan say in a few words: a person knows names, and the ids of her own list are new to her.

There may be some hundred thousand, each read once at the end: beyond some thousands they lie in a
temporary database of SQLite, which has no name and is gone with the program.
"""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Iterator, Mapping

from dataflows.sources.scratch import no_room

MOST_KEPT = 20_000
"""Texts that are kept in memory; they take some 5 MB."""


class Labels(Mapping[tuple[str, str], str]):
    """Texts by kind and id."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._texts: dict[tuple[str, str], str] = {}
        self._filed: sqlite3.Connection | None = None

    def add(self, kind: str, id: str, text: str) -> None:
        """Add the text of a row; a later one takes the place of an earlier one."""
        self._texts[kind, id] = text
        if len(self._texts) > self._most:
            self._file()

    def _file(self) -> None:
        """Move what waits to the temporary database; raises OutputError where there is no room."""
        try:
            self._write()
        except sqlite3.Error as error:
            raise no_room(str(error)) from error

    def _write(self) -> None:
        if self._filed is None:
            self._filed = sqlite3.connect("", isolation_level=None, check_same_thread=False)
            weakref.finalize(self, self._filed.close)
            self._filed.execute(
                "CREATE TABLE label (kind TEXT, id TEXT, text TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID"
            )
        rows = ((kind, id, text) for (kind, id), text in self._texts.items())
        self._filed.execute("BEGIN")
        self._filed.executemany("INSERT OR REPLACE INTO label VALUES (?, ?, ?)", rows)
        self._filed.execute("COMMIT")
        self._texts = {}

    def __getitem__(self, key: tuple[str, str]) -> str:
        """Return the text of a row; raises KeyError where it has none."""
        if key in self._texts or self._filed is None:
            return self._texts[key]
        found = self._filed.execute("SELECT text FROM label WHERE kind = ? AND id = ?", key).fetchone()
        if found is None:
            raise KeyError(key)
        return str(found[0])

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Yield kind and id of the rows that have a text."""
        if self._filed is None:
            yield from self._texts
            return
        self._file()
        yield from self._filed.execute("SELECT kind, id FROM label")

    def __len__(self) -> int:
        """Return how many rows have a text."""
        if self._filed is None:
            return len(self._texts)
        self._file()
        return int(self._filed.execute("SELECT count(*) FROM label").fetchone()[0])
