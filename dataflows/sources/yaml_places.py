"""The careful reading of YAML: every event with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from dataflows.model.kinds import shown
from dataflows.sources.tokens import Token
from dataflows.sources.yaml_faults import explain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from yaml.events import Event

    from dataflows.sources.texts import TextSource

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Only its parser is used: PyYAML's own building of values guesses types and is slow."""

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
"""What stands for nothing, unquoted; every other scalar is its text."""

_MOST_MARKS = 10


def event_reader(stream: TextIO) -> Callable[[], Event | None]:
    """Return a function that gives the next event of a stream."""
    get: Callable[[], Event | None] = LOADER(stream).get_event
    return get


def scalar_value(event: ScalarEvent) -> str | None:
    """Return a scalar's text, or None for a plain word for nothing."""
    return None if event.value in NULLS and not event.style else str(event.value)


def yaml_tokens(source: TextSource) -> Iterator[Token]:
    """Yield the tokens of a YAML file, anchors, tags and syntax faults among them."""
    with source.open() as stream:
        try:
            yield from _Adapter(event_reader(stream)).tokens()
        except yaml.YAMLError as error:
            yield explain(error, source)


class _Adapter:
    """Turns PyYAML's events into tokens."""

    def __init__(self, get: Callable[[], Event | None]) -> None:
        self._get = get
        self._documents = 0
        self._marks = 0

    def tokens(self) -> Iterator[Token]:
        while (event := self._get()) is not None:
            mark = event.start_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            if getattr(event, "anchor", None) is not None or getattr(event, "tag", None) is not None:
                yield from self._marks_of(event, line, column)
            if isinstance(event, ScalarEvent):
                yield Token("scalar", line, column, scalar_value(event))
            elif isinstance(event, MappingStartEvent | SequenceStartEvent):
                yield Token("{" if isinstance(event, MappingStartEvent) else "[", line, column)
            elif isinstance(event, MappingEndEvent | SequenceEndEvent):
                yield Token("}" if isinstance(event, MappingEndEvent) else "]", line, column)
            elif isinstance(event, AliasEvent):
                yield Token("gap", line, column)
            elif isinstance(event, DocumentStartEvent):
                self._documents += 1
                if self._documents > 1:
                    message = "A second YAML document begins here (---); a file holds one catalog."
                    yield Token("stop", line, column, message, "Split the file; one run takes several.")
                    return
        if not self._documents:
            yield Token("stop", 1, 1, "The file holds only comments: it has no rows.", "Begin it with 'catalog: 1'.")

    def _marks_of(self, event: Event, line: int, column: int) -> Iterator[Token]:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor is not None and self._marks <= _MOST_MARKS:
            self._marks += 1
            sign = f"alias *{anchor}" if isinstance(event, AliasEvent) else f"anchor &{anchor}"
            message = f"Here is the {sign}; aliases and anchors are not read, and what it stands for was left out."
            if not isinstance(event, AliasEvent):
                message = f"Here is the {sign}; anchors and aliases are not read."
            elif self._marks > _MOST_MARKS:
                message = f"Here is the {sign}; aliases are not read, and further ones are not listed."
            yield Token("fault", line, column, message, "Write the value out, or quote a text that begins with & or *.")
        if tag is not None:
            message = f"Here is the tag {shown(tag.replace('tag:yaml.org,2002:', '!!'))}; tags are not read."
            yield Token("fault", line, column, message, "Leave it out, or quote a text that begins with '!'.")
