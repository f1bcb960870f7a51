"""What the rows of a list say, until all of them were read: in memory, and beyond some thousands in a temporary file.

A vendor's rows may stand anywhere in a list, so that none of ours can be made before the last was
read.  The file has no name, and is gone with the program.
"""

from __future__ import annotations

import pickle
import tempfile
from array import array
from dataclasses import replace
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any

from dataflows.sources.grid import Grid, Row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataflows.sources.district_list.entries import Entry

MOST_KEPT = 10_000
"""Entries that are kept in memory; they take some 20 MB."""


class EntryStore:
    """Entries in the order of their list; each can be had again by its number."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self.owners: list[str] = []
        """The name of the vendor of each entry."""
        self._most = most
        self._kept: list[Entry] = []
        self._file: IO[bytes] | None = None
        self._offsets = array("Q")
        self._grids: list[Grid] = []

    def add(self, entries: Iterable[Entry]) -> None:
        """Add entries; of their tables only what names places is kept."""
        bare: dict[int, Grid] = {}
        for entry in entries:
            if id(entry.grid) not in bare:
                bare[id(entry.grid)] = replace(entry.grid, rows=())
            entry.grid = bare[id(entry.grid)]
            entry.row = Row(entry.row.number, {})
            self.owners.append(entry.owner)
            if len(self._kept) < self._most:
                self._kept.append(entry)
            else:
                self._write(entry)

    def load(self, numbers: Iterable[int]) -> list[Entry]:
        """Return entries by their numbers."""
        return [self._kept[number] if number < len(self._kept) else self._read(number) for number in numbers]

    def _write(self, entry: Entry) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115  (it lives as long as the store)
        stream = BytesIO()
        _Pickler(stream, self._grids).dump(entry)
        self._offsets.append(self._file.tell())
        self._file.write(stream.getbuffer())

    def _read(self, number: int) -> Entry:
        assert self._file is not None  # noqa: S101  (numbers beyond those kept were written)
        self._file.seek(self._offsets[number - len(self._kept)])
        entry: Entry = _Unpickler(self._file, self._grids).load()
        return entry


class _Pickler(pickle.Pickler):
    """Writes the number of a table in place of the table."""

    def __init__(self, stream: BytesIO, grids: list[Grid]) -> None:
        super().__init__(stream, pickle.HIGHEST_PROTOCOL)
        self._grids = grids

    def persistent_id(self, value: Any) -> int | None:
        """Return the number of a table; None for what is written out."""
        if not isinstance(value, Grid):
            return None
        if value not in self._grids[-1:]:
            self._grids.append(value)
        return len(self._grids) - 1


class _Unpickler(pickle.Unpickler):
    """Reads what this process wrote a moment ago; nothing of it comes from anywhere else."""

    def __init__(self, stream: IO[bytes], grids: list[Grid]) -> None:
        super().__init__(stream)
        self._grids = grids

    def persistent_load(self, number: Any) -> Grid:
        """Return the table of a number."""
        grid: Grid = self._grids[number]
        return grid
