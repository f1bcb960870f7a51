"""What the rows of a list say, until all of them were read: in memory, and beyond some thousands in a temporary file.

A vendor's rows may stand anywhere in a list, so that none of ours can be made before the last was
read.
"""

from __future__ import annotations

from array import array
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from dataflows.sources.district_list.entry import Entry
from dataflows.sources.grid import Grid, Row
from dataflows.sources.scratch import ScratchFile

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_KEPT = 8_000
"""Entries that are kept in memory; they take some 16 MB."""
_FIELDS = tuple(item.name for item in fields(Entry) if item.name not in ("grid", "row"))


class EntryStore:
    """Entries in the order of their list; each can be had again by its number."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self.owners: list[str] = []
        """The name of the vendor of each entry."""
        self._names: dict[str, str] = {}
        """Each of these names once, however many rows have it."""
        self._most = most
        self._kept: list[Entry] = []
        self._file: ScratchFile | None = None
        self._offsets = array("Q")
        self._grids: list[Grid] = []

    def add(self, entries: Iterable[Entry]) -> None:
        """Add entries of one table, of which only what names places is kept."""
        bare: Grid | None = None
        for entry in entries:
            if bare is None:
                bare = replace(entry.grid, rows=())
                self._grids.append(bare)
            entry.grid = bare
            entry.row = Row(entry.row.number, {})
            self.owners.append(self._names.setdefault(entry.owner, entry.owner))
            if self._file is None and len(self._kept) < self._most:
                self._kept.append(entry)
            else:
                self._write(entry)

    def load(self, numbers: Iterable[int]) -> list[Entry]:
        """Return entries by their numbers."""
        return [self._kept[number] if self._file is None else self._read(self._file, number) for number in numbers]

    def _write(self, entry: Entry) -> None:
        """Write an entry to the file; the first one takes those with it that were kept until then."""
        if self._file is None:
            self._file = ScratchFile()
            for other in self._kept:
                self._write(other)
            self._kept = []
        said = [getattr(entry, name) for name in _FIELDS]
        self._offsets.append(self._file.put((self._grids.index(entry.grid), entry.row.number, said)))

    def _read(self, file: ScratchFile, number: int) -> Entry:
        grid, row, said = file.get(self._offsets[number])
        return Entry(self._grids[grid], Row(row, {}), **dict(zip(_FIELDS, said, strict=True)))
