"""What YAML and JSON have in common: the outer levels of a catalog, read through a cursor.

The first reading keeps no positions and only notes that something is odd; `places` then reads
again and says what and where.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Protocol

from dataflows.sources.base import DISTRICT_LISTS, TOP_LISTS, Path, RawRow
from dataflows.sources.places import Walk, find_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

    from dataflows.errors import Location, Problem
    from dataflows.sources.texts import TextSource
    from dataflows.sources.tokens import Token


class CannotGoOnError(Exception):
    """The rest of the file can't be read; `places` will say why."""


class Cursor(Protocol):
    """Steps through the outer levels of a catalog; raises CannotGoOnError."""

    is_odd: bool
    """Something was met that a catalog may not hold; it was left out."""

    def keys(self) -> Iterator[str]:
        """Yield the keys of the catalog; whoever gets one takes or skips its value."""

    def value(self) -> Any:
        """Return the next value whole."""

    def skip(self) -> None:
        """Pass over the next value."""

    def rows(self, name: str) -> Iterator[RawRow]:
        """Yield the rows of the list that comes next."""


class TreeFile(ABC):
    """A catalog in one tree."""

    is_table = False
    notes: list[str] = []  # noqa: RUF012  (never filled: a tree hides nothing)

    def __init__(self, source: TextSource) -> None:
        self.name = source.name
        self.problems: list[Problem] = []
        self._source = source
        self._lists: set[str] = set()
        self._district: dict[str, Any] | None = None
        self._district_known = False
        self._explained = False

    @abstractmethod
    def _open(self) -> AbstractContextManager[Cursor]:
        """Open the file for a first, fast reading."""

    @abstractmethod
    def _tokens(self) -> Iterator[Token]:
        """Read the file again, with the place of everything."""

    def district(self) -> dict[str, Any] | None:
        """Return the district's own fields, wherever in the file they stand."""
        if not self._district_known:
            for _ in self._read(only_district=True):
                pass
        if self._district is None:
            self._explain()
        return self._district

    def rows(self) -> Iterator[RawRow]:
        """Yield the rows of all lists as they are read."""
        return self._read(only_district=False)

    def lists(self) -> set[str]:
        """Return which lists the file holds, `district` among them, once `rows` was read."""
        return set(self._lists)

    def locate(self, paths: Iterable[Path]) -> dict[Path, Location]:
        """Return the place of each path, from a second reading."""
        return find_places(self.name, self._tokens(), paths)

    def _read(self, *, only_district: bool) -> Iterator[RawRow]:
        with self._open() as cursor:
            try:
                yield from self._read_top(cursor, only_district=only_district)
            except CannotGoOnError:
                cursor.is_odd = True
        if not only_district:
            self._district_known = True
            if cursor.is_odd:
                self._explain()

    def _read_top(self, cursor: Cursor, *, only_district: bool) -> Iterator[RawRow]:
        seen: set[str] = set()
        for key in cursor.keys():  # noqa: SIM118 - it is no dict
            if key in seen:
                cursor.is_odd = True
                cursor.skip()
            elif key == "district":
                yield from self._take_district(cursor)
                if only_district:
                    return
            elif key in TOP_LISTS and not only_district:
                self._lists.add(key)
                yield from cursor.rows(key)
            elif key == "catalog" and not only_district:
                version = cursor.value()
                cursor.is_odd |= version is True or str(version) != "1"
            else:
                cursor.is_odd |= key not in TOP_LISTS
                cursor.skip()
            seen.add(key)
        cursor.is_odd |= not {"catalog", "district"} <= seen

    def _take_district(self, cursor: Cursor) -> Iterator[RawRow]:
        tree = cursor.value()
        self._district_known = True
        if not isinstance(tree, dict):
            cursor.is_odd = True
            return
        self._lists.add("district")
        self._district = {key: value for key, value in tree.items() if key not in DISTRICT_LISTS}
        for name in DISTRICT_LISTS:
            if name in tree:
                self._lists.add(name)
                yield from _rows_of(name, tree[name], cursor)

    def _explain(self) -> None:
        """Find out what is wrong with the file's form, in a second reading."""
        if not self._explained:
            self._explained = True
            self.problems += Walk(self.name).through(self._tokens()).problems()


def _rows_of(name: str, found: Any, cursor: Cursor) -> Iterator[RawRow]:
    if not isinstance(found, list):
        cursor.is_odd |= found is not None
        return
    for index, row in enumerate(found):
        if isinstance(row, dict):
            yield RawRow(name, index, row)
        else:
            cursor.is_odd = True
