"""Catalogs in JSON, row by row with the library's own scanner; the tree is never whole in memory."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from dataflows.sources.base import RawRow
from dataflows.sources.json_places import json_tokens
from dataflows.sources.tree_file import CannotGoOnError, TreeFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dataflows.sources.tokens import Token


class JsonFile(TreeFile):
    """A catalog in a JSON file."""

    @contextmanager
    def _open(self) -> Iterator[_Scanner]:
        yield _Scanner(self._source.read())

    def _tokens(self) -> Iterator[Token]:
        return json_tokens(self._source.read())


_SPACE = re.compile(r"[ \t\n\r]*").match


class _Scanner:
    """Steps through the outer levels of a catalog; the library's scanner reads each row."""

    def __init__(self, text: str) -> None:
        self.is_odd = False
        self._text = text
        self._at = 0
        decoder = json.JSONDecoder(object_pairs_hook=self._take_pairs, parse_constant=self._refuse_constant)
        self._scan: Callable[[str, int], tuple[Any, int]] = decoder.raw_decode

    def _take_pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        tree = dict(pairs)
        if len(tree) != len(pairs):
            self.is_odd = True
            tree = dict(reversed(pairs))
        return tree

    def _refuse_constant(self, word: str) -> Any:
        raise ValueError(word)

    def value(self) -> Any:
        """Return the next value."""
        try:
            value, self._at = self._scan(self._text, self._skip_space())
        except (ValueError, RecursionError):
            raise CannotGoOnError from None
        return value

    def skip(self) -> None:
        """Pass over a value."""
        self.value()

    def keys(self) -> Iterator[str]:
        """Yield the keys of the catalog; whoever gets one reads its value before the next."""
        for _ in self._items("{", "}"):
            key = self.value()
            if not isinstance(key, str):
                raise CannotGoOnError
            self._expect(":")
            yield key
        if self._skip_space() != len(self._text):
            raise CannotGoOnError

    def rows(self, name: str) -> Iterator[RawRow]:
        """Yield the rows of a list as they are read."""
        if not self._text.startswith("[", self._skip_space()):
            self.is_odd |= self.value() is not None
            return
        for index, _ in enumerate(self._items("[", "]")):
            row = self.value()
            if isinstance(row, dict):
                yield RawRow(name, index, row)
            else:
                self.is_odd = True

    def _items(self, opening: str, closing: str) -> Iterator[None]:
        """Stop before each item of a mapping or list; whoever iterates reads the item."""
        self._expect(opening)
        if self._text.startswith(closing, self._skip_space()):
            self._at += 1
            return
        while True:
            self._skip_space()
            yield
            if self._text.startswith(closing, self._skip_space()):
                self._at += 1
                return
            self._expect(",")

    def _expect(self, sign: str) -> None:
        if not self._text.startswith(sign, self._skip_space()):
            raise CannotGoOnError
        self._at += 1

    def _skip_space(self) -> int:
        found = _SPACE(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at
