"""Lays out tables and fields of text, so that a terminal of any width shows them whole."""

from __future__ import annotations

import textwrap
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

BETWEEN = 2
LONGEST_WORD = 24
"""A column is made no narrower than its longest word, up to so many columns."""
SHORT = 72
"""What is shorter stays on one line, though it has parts."""


def format_table(headings: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> Iterator[str]:
    """Yield the lines of a table.

    Where the columns are wider than the room (0: no end), the widest are wrapped; where even their
    words don't fit, each row becomes a block with a line for each column.
    """
    table = [list(headings), *(list(row) for row in rows)]
    widths = [max(map(width_of, column)) for column in zip(*table, strict=True)]
    if room and sum(widths) + BETWEEN * (len(widths) - 1) > room:
        least = [_least(column) for column in zip(*table, strict=True)]
        if sum(least) + BETWEEN * (len(least) - 1) > room:
            yield from _blocks(headings, rows, room)
            return
        widths = _narrow(widths, least, room)
    for row in (table[0], ["-" * width for width in widths], *table[1:]):
        yield from _wrapped(row, widths)


def format_field(label: str, value: Any, *, width: int, room: int, show: Callable[[Any], str]) -> Iterator[str]:
    """Yield the lines of a field: its label, and beside it a value, whose parts have lines of their own."""
    lines = [part for line in _parts(value, show) for part in _wrap(line, room - width - 4 if room else 0)]
    for number, line in enumerate(lines):
        yield f"  {(label if not number else '').ljust(width)}  {line}".rstrip()


def width_of(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(map(bool, map(unicodedata.combining, text)))


def _least(column: Sequence[str]) -> int:
    longest = max((width_of(word) for text in column[1:] for word in text.split()), default=0)
    return max(width_of(column[0]), min(longest, LONGEST_WORD))


def _narrow(widths: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Take from the widest columns that may be narrower until all fit."""
    fit = list(widths)
    while sum(fit) + BETWEEN * (len(fit) - 1) > room:
        fit[max((width, place) for place, width in enumerate(fit) if width > least[place])[1]] -= 1
    return fit


def _wrapped(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """Yield a row's lines, as many as its longest cell takes."""
    cells = [_wrap(text, width) for text, width in zip(row, widths, strict=True)]
    for number in range(max(map(len, cells), default=0)):
        texts = [cell[number] if number < len(cell) else "" for cell in cells]
        padded = (text + " " * (width - width_of(text)) for text, width in zip(texts, widths, strict=True))
        yield (" " * BETWEEN).join(padded).rstrip()


def _blocks(headings: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> Iterator[str]:
    width = max(map(width_of, headings))
    for number, row in enumerate(rows):
        if number:
            yield ""
        for heading, text in zip(headings, row, strict=True):
            if text in ("", "-"):
                continue
            for place, line in enumerate(_wrap(text, max(room - width - BETWEEN, 20))):
                yield f"{(heading if not place else '').ljust(width)}  {line}".rstrip()


def _wrap(text: str, width: int) -> list[str]:
    if not width or width_of(text) <= width:
        return [text]
    indent = text[: len(text) - len(text.lstrip(" -"))]
    return textwrap.wrap(
        text, max(width, 20 + len(indent)) if indent else max(width, 1),
        subsequent_indent=" " * len(indent), break_on_hyphens=False,
    )  # fmt: skip


def _parts(value: Any, show: Callable[[Any], str]) -> list[str]:
    """Return a value's lines: what has parts in parts has them below each other, as in the catalog file."""
    if isinstance(value, dict) and (_is_deep(value) or len(show(value)) > SHORT):
        lines: list[str] = []
        for key, inner in value.items():
            first, *rest = _parts(inner, show)
            lines += [f"{key}:", f"  {first}", *(f"  {line}" for line in rest)] if rest else [f"{key}: {first}"]
        return lines
    if isinstance(value, list | tuple) and any(isinstance(item, dict) for item in value):
        listed = [_parts(item, show) for item in value]
        return [f"{'- ' if not place else '  '}{line}" for lines in listed for place, line in enumerate(lines)]
    return [show(value)]


def _is_deep(value: dict[str, Any]) -> bool:
    return any(isinstance(inner, dict | list | tuple) for inner in value.values())
