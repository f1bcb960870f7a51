"""The texts that the cells of a workbook share: in memory, and beyond some thousands in a temporary file.

A large workbook has a text of its own for nearly every row (an id, a name), and most of them are
read once.  Cells name them nearly in the order in which they are numbered, so the file holds
them in groups of neighbours.  It has no name, and is gone with the program.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, overload

from dataflows.sources.scratch import ScratchFile

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_KEPT = 20_000
"""Texts that stay in memory; they take some 2 MB."""
_GROUP = 64
"""So many neighbours are read at once."""
_GROUPS_AT_HAND = 256


def keep_texts(texts: Iterable[str], most: int = MOST_KEPT) -> Sequence[str]:
    """Return texts by their numbers: as a list where there are few, and otherwise from a temporary file."""
    rest = iter(texts)
    first = []
    for text in rest:
        first.append(text)
        if len(first) > most:
            return _Filed(chain(first, rest))
    return first


class _Filed(Sequence[str]):
    """Texts in a temporary file."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._file = ScratchFile()
        self._starts = array("Q")
        self._length = 0
        group: list[str] = []
        for text in texts:
            group.append(text)
            if len(group) == _GROUP:
                self._write(group)
                group = []
        self._write(group)
        self._group = lru_cache(_GROUPS_AT_HAND)(self._read)

    def __len__(self) -> int:
        """Return how many texts there are."""
        return self._length

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[str]: ...
    def __getitem__(self, number: int | slice) -> str | Sequence[str]:
        """Return the text of a number; raises IndexError where there is none."""
        if isinstance(number, slice):
            return [self[n] for n in range(*number.indices(self._length))]
        if number < 0:
            number += self._length
        if not 0 <= number < self._length:
            raise IndexError(number)
        return self._group(number // _GROUP)[number % _GROUP]

    def _write(self, group: list[str]) -> None:
        self._starts.append(self._file.put(group))
        self._length += len(group)

    def _read(self, group: int) -> list[str]:
        found: list[str] = self._file.get(self._starts[group])
        return found
