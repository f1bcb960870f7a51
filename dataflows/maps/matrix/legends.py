"""The words around the rows, in blocks whose lines are broken here: title, how to read it, notes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from dataflows.maps.matrix.shapes import METHODS
from dataflows.maps.matrix.words import counts_of, keyed, subtitle_of, title_of
from dataflows.maps.widths import width_of
from dataflows.model.sensitivities import SENSITIVITIES

if TYPE_CHECKING:
    from dataflows.maps.matrix.shapes import MatrixView

LEADING = 1.3
"""The distance of lines, in ems."""
_PAPER = 10.0
"""The largest type on paper; a screen's is larger."""


class BlockLine(NamedTuple):
    """A line of a block; a mark stands before it: a method's, or a sensitivity's."""

    text: str
    role: str = "text"
    """`title`, `subtitle`, `heading` or `text`."""
    mark: str = ""
    """A method or a sensitivity."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines below one another."""

    lines: tuple[BlockLine, ...]
    x: float
    y: float
    size: float
    indent: float = 0.0
    """The room for marks."""

    @property
    def leading(self) -> float:
        """Return the distance of its lines."""
        return self.size * LEADING

    @property
    def bottom(self) -> float:
        """Return where it ends."""
        return self.y + len(self.lines) * self.leading


def wrap_words(text: str, width: float, size: float, *, is_bold: bool = False) -> list[str]:
    """Break a text into lines of at most `width` points; a word that is longer is broken too."""
    lines, line = [], ""
    for piece in re.split(r"(?<= )", text):
        if width_of(line + piece.rstrip(), size, is_bold=is_bold) <= width:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
            line = ""
        for sign in piece:
            if line and width_of(line + sign, size, is_bold=is_bold) > width:
                lines.append(line)
                line = ""
            line += sign
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def title_blocks(view: MatrixView, x: float, y: float, width: float) -> tuple[Block, ...]:
    """Return title and subtitle."""
    title = title_of(view)
    big = next((size for size in (24.0, 20.0, 17.0) if width_of(title, size, is_bold=True) <= width), 14.0)
    lines = wrap_words(title, width, big, is_bold=True)
    first = Block(tuple(BlockLine(line, "title") for line in lines), x, y, big)
    text = f"{subtitle_of(view)} · {counts_of(view)}"
    below = tuple(BlockLine(line, "subtitle") for line in wrap_words(text, width, 10.5))
    return first, Block(below, x, first.bottom + 3, 10.5)


def legend_blocks(view: MatrixView, x: float, y: float, width: float, size: float) -> tuple[Block, ...]:
    """Return how to read the rows, the marks and the colours, side by side where there is room."""
    size = small_size(size) if size > _PAPER else min(max(7.0, size), 9.0)
    said = view.wording.matrix["legend"]
    gap, mark = 14.0, size * 1.6
    marks = _marked(said["marks"], [(method, view.wording.matrix["method_words"][method]) for method in _methods(view)])
    levels = _marked(said["levels"], [(level, view.wording.matrix["level_words"][level]) for level in _levels(view)])
    widest = [
        max(width_of(line.text, size, is_bold=line.role == "heading") for line in part) for part in (marks, levels)
    ]
    sides = sum(widest) + 2 * (gap + mark)
    is_beside = width - sides > 190
    how = [BlockLine(said["how"], "heading")]
    room = min(width - sides, 360.0) if is_beside else width
    for sentence in _sentences(view):
        how += [BlockLine(line) for line in wrap_words(sentence, room, size)]
    first = Block(tuple(how), x, y, size)
    left = x + room + gap if is_beside else x
    top = y if is_beside else first.bottom + 4
    marks = _wrapped(marks, width - mark - widest[1] - mark - gap if not is_beside else widest[0] + 1, size)
    second = Block(tuple(marks), left, top, size, mark)
    reach = max(width_of(line.text, size, is_bold=line.role == "heading") for line in marks) if marks else 0
    third = Block(tuple(levels), left + mark + reach + gap, top, size, mark)
    return tuple(block for block in (first, second, third) if len(block.lines) > 1)


def small_size(size: float) -> float:
    """Return the size of notes: small on paper, and that of all other words on a screen."""
    return size if size > _PAPER else 7.5


def _sentences(view: MatrixView) -> list[str]:
    said = view.wording.matrix["legend"]
    sentences = [said["row" if view.is_full else "group"]] if view.parties else []
    if any(party.exceptions for party in view.parties):
        sentences.append(said["exception"])
    if any(party.passes_to for party in view.parties):
        sentences.append(said["raised"])
    if view.compared_with:
        sentences.append(keyed(view, said, "change").format(day=view.wording.day(view.compared_with)))
    if view.findings:
        sentences.append(keyed(view, said, "found"))
    if view.by == "category" and view.columns:
        sentences.append(keyed(view, said, "fraction"))
    return sentences


def _marked(heading: str, marks: list[tuple[str, str]]) -> list[BlockLine]:
    return [BlockLine(heading, "heading"), *(BlockLine(text, "text", mark) for mark, text in marks)]


def _wrapped(lines: list[BlockLine], width: float, size: float) -> list[BlockLine]:
    """Break the lines of marks that are too wide; what follows has no mark."""
    found = []
    for line in lines:
        first, *others = wrap_words(line.text, width, size, is_bold=line.role == "heading")
        found += [line._replace(text=first), *(BlockLine(other, line.role) for other in others)]
    return found


def _methods(view: MatrixView) -> list[str]:
    used = {method for party in view.parties for methods in party.cells.values() for method in methods}
    return [method for method in METHODS if method in used]


def _levels(view: MatrixView) -> list[str]:
    used = {column.sensitivity for column in view.columns}
    return [level for level in SENSITIVITIES if level in used]
