"""Catalogs in YAML, streamed: the C parser's events go straight into rows.

Every scalar is its text; only a plain null is None.  Nothing is guessed, so `no`, `1.10` and
`2020-03-30` are what is written.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from yaml import YAMLError
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from dataflows.sources.base import DEEPEST, RawRow
from dataflows.sources.tree_file import CannotGoOnError, TreeFile
from dataflows.sources.yaml_places import NULLS, event_reader, yaml_tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from yaml.events import Event

    from dataflows.sources.texts import TextSource
    from dataflows.sources.tokens import Token
    from dataflows.sources.tree_file import Cursor

_MAY_BE_MARK = re.compile(r"(?:^|[\s\[{,:?-])[&!]\S|<<")


class YamlFile(TreeFile):
    """A catalog in a YAML file."""

    def __init__(self, source: TextSource) -> None:
        super().__init__(source)
        self._has_marks = any(_has_marks(chunk) for chunk in source.chunks())

    @contextmanager
    def _open(self) -> Iterator[_Builder]:
        with self._source.open() as stream:
            yield _Builder(event_reader(stream), checked=self._has_marks)

    def _read_top(self, cursor: Cursor, *, only_district: bool) -> Iterator[RawRow]:
        try:
            yield from super()._read_top(cursor, only_district=only_district)
        except YAMLError:
            raise CannotGoOnError from None

    def _tokens(self) -> Iterator[Token]:
        return yaml_tokens(self._source)


def _has_marks(chunk: str) -> bool:
    """Tell whether a piece of the file may hold an anchor, a tag or a merge key."""
    return ("&" in chunk or "!" in chunk or "<<" in chunk) and _MAY_BE_MARK.search(chunk) is not None


class _Builder:
    """Builds values from events. Hot: a large catalog has four million of them."""

    def __init__(self, get: Callable[[], Any], *, checked: bool) -> None:
        self._get = self._checking(get) if checked else get
        self.is_odd = False

    def _checking(self, get: Callable[[], Any]) -> Callable[[], Any]:
        """Look at each event for what a catalog may not hold; files without & and ! skip this."""

        def checked() -> Any:
            event = get()
            is_merge = event.__class__ is ScalarEvent and event.value == "<<" and not event.style
            self.is_odd |= is_merge or bool(getattr(event, "anchor", None) or getattr(event, "tag", None))
            return event

        return checked

    def keys(self) -> Iterator[str]:
        """Yield the keys of the catalog; whoever gets one takes or skips its value."""
        self._open_top()
        while (event := self._get()).__class__ is not MappingEndEvent:
            if event.__class__ is ScalarEvent:
                yield str(event.value)
            else:
                self._skip_odd_key(event)
        self._close()

    def _open_top(self) -> None:
        while (event := self._get()).__class__ is not MappingStartEvent:
            if isinstance(event, ScalarEvent | SequenceStartEvent | AliasEvent | StreamEndEvent):
                raise CannotGoOnError

    def _close(self) -> None:
        """Read what comes after the catalog: nothing may."""
        while (event := self._get()).__class__ is not StreamEndEvent:
            if event.__class__ is not DocumentEndEvent:
                raise CannotGoOnError

    def skip(self) -> None:
        """Pass over a value."""
        self._skip_from(self._get())

    def value(self) -> Any:
        """Return the next value."""
        event = self._get()
        if event.__class__ is ScalarEvent:
            return None if event.value in NULLS and not event.style else event.value
        return self._collection(event, 1)

    def rows(self, name: str) -> Iterator[RawRow]:
        """Yield the rows of a list as they are read."""
        get = self._get
        start = get()
        if start.__class__ is not SequenceStartEvent:
            self.is_odd |= start.__class__ is not ScalarEvent or start.value not in NULLS or bool(start.style)
            self._skip_from(start)
            return
        index = 0
        while (event := get()).__class__ is not SequenceEndEvent:
            if event.__class__ is MappingStartEvent:
                yield RawRow(name, index, self._mapping(3))
            else:
                self.is_odd = True
                self._skip_from(event)
            index += 1

    def _mapping(self, depth: int) -> dict[str, Any]:
        get, scalar, nulls = self._get, ScalarEvent, NULLS
        tree: dict[str, Any] = {}
        while True:
            event = get()
            if event.__class__ is not scalar:
                if event.__class__ is MappingEndEvent:
                    return tree
                self._skip_odd_key(event)
                continue
            key = event.value
            event = get()
            if event.__class__ is scalar:
                value: Any = event.value
                if value in nulls and not event.style:
                    value = None
            elif event.__class__ is AliasEvent:
                self.is_odd = True
                continue
            else:
                value = self._collection(event, depth)
            if key in tree:
                self.is_odd = True
            else:
                tree[key] = value

    def _sequence(self, depth: int) -> list[Any]:
        get, scalar, nulls = self._get, ScalarEvent, NULLS
        found: list[Any] = []
        append = found.append
        while True:
            event = get()
            if event.__class__ is scalar:
                value = event.value
                append(None if value in nulls and not event.style else value)
            elif event.__class__ is SequenceEndEvent:
                return found
            elif event.__class__ is AliasEvent:
                self.is_odd = True
            else:
                append(self._collection(event, depth))

    def _collection(self, event: Event, depth: int) -> Any:
        if depth >= DEEPEST:
            raise CannotGoOnError
        if event.__class__ is MappingStartEvent:
            return self._mapping(depth + 1)
        if event.__class__ is SequenceStartEvent:
            return self._sequence(depth + 1)
        self.is_odd = True
        return None

    def _skip_odd_key(self, event: Event) -> None:
        """Pass over a key that is a list, a mapping or an alias, and its value."""
        self.is_odd = True
        self._skip_from(event)
        self._skip_from(self._get())

    def _skip_from(self, event: Event) -> None:
        depth = 0
        while True:
            if isinstance(event, CollectionStartEvent):
                depth += 1
                if depth > DEEPEST:
                    raise CannotGoOnError
            elif isinstance(event, CollectionEndEvent):
                depth -= 1
            if not depth:
                return
            event = self._get()
