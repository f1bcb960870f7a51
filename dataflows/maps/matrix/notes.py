"""The notes below the rows: their lines, and where they stand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dataflows.maps.matrix.legends import Block, BlockLine, small_size, wrap_words
from dataflows.maps.matrix.words import notes_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataflows.maps.matrix.frames import Frame
    from dataflows.maps.matrix.shapes import MatrixView

_WHOLE = 12
"""A note of fewer lines is not divided."""


def note_blocks(view: MatrixView, frame: Frame) -> list[Block]:
    """Return the notes below the rows, in the width of a column of text; their places are still open."""
    blocks, size, width = [], small_size(frame.size), frame.note_width
    for heading, text in notes_of(view):
        heads = wrap_words(heading, width, size, is_bold=True) if heading else []
        lines = [BlockLine(line, "heading") for line in heads]
        lines += [BlockLine(line) for line in wrap_words(text, width, size)]
        blocks.append(Block(tuple(lines), 0.0, 0.0, size))
    return blocks


def place_notes(blocks: Iterable[Block], frame: Frame, y: float) -> tuple[tuple[Block, ...], list[Block]]:
    """Place notes from `y` on, each in the shortest column; return those placed, and the rest for another page."""
    columns = [y] * frame.note_columns
    placed: list[Block] = []
    rest: list[Block] = []
    for block in blocks:
        todo = block
        while todo.lines:
            place = min(range(len(columns)), key=lambda number: (columns[number], number))
            room = int(min(len(todo.lines), (frame.bottom - columns[place]) / todo.leading))
            if rest or room < min(len(todo.lines), _WHOLE):
                rest.append(todo)
                break
            x = frame.margin + place * (frame.note_width + frame.note_gap)
            part = replace(todo, lines=todo.lines[:room], x=x, y=columns[place])
            placed.append(part)
            columns[place] = part.bottom + part.leading * 0.7
            todo = replace(todo, lines=todo.lines[room:])
    return tuple(placed), rest
