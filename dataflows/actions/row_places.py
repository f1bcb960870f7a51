"""Where the rows of the files of one run stand, and which of them say that they were others."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple


class Place(NamedTuple):
    """Where a row stands: the number of the file, its list, and its number in the list."""

    file: int
    list: str
    number: int


class Places:
    """Where each id of the files stands; a place is packed into one number, as there may be a million."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, dict[str, int]] = defaultdict(dict)

    def ids(self, list_name: str) -> dict[str, int]:
        """Return the ids of a list that the files name."""
        return self._numbers[list_name]

    def put(self, list_name: str, id: str, file: int, number: int) -> None:
        """Note where an id stands."""
        self._numbers[list_name][id] = file << 40 | number

    def find(self, list_name: str, id: str) -> Place | None:
        """Return where an id stands, or None where the files don't name it."""
        packed = self._numbers[list_name].get(id)
        return None if packed is None else Place(packed >> 40, list_name, packed & (1 << 40) - 1)

    def get(self, list_name: str, id: str) -> Place:
        """Return where an id stands, which the files name."""
        packed = self._numbers[list_name][id]
        return Place(packed >> 40, list_name, packed & (1 << 40) - 1)


class Rename(NamedTuple):
    """A row says that it was another one."""

    list: str
    old: str
    new: str
    place: Place
