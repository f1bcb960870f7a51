"""The text of a PDF's page whose two columns are drawn line by line across: each column is read by itself.

Most programs draw one column after the other, and their order is kept. Some draw the first line of both, then
the second of both; read in that order, two texts run into each other.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pypdf import PageObject

_SAME_LINE = 2.0
"""Points by which the pieces of a line may differ in height, or a column's beginnings sideways."""
_NARROWEST = 100.0
"""Points: what begins nearer to the left margin is no second column."""
_FEWEST_ROWS = 5
_SHARE = 0.6
"""Of a page's lines, so many must go on at one and the same place."""
_SHORTEST = 18
"""Letters of the usual line of a column; the cells of a table are shorter."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text as it is drawn at once, and where it begins, in points."""

    text: str
    x: float
    y: float


def read_page(page: PageObject) -> str:
    """Return the text of a page, column by column where its columns are drawn across."""
    pieces: list[Piece] = []

    def note(text: str, cm: Sequence[float], tm: Sequence[float], *_: Any) -> None:
        if text.strip():
            x = cm[0] * tm[4] + cm[2] * tm[5] + cm[4]
            y = cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
            pieces.append(Piece(text, x, y))

    whole = page.extract_text(visitor_text=note)
    gutter = find_gutter(pieces)
    if gutter is None:
        return whole
    left = [piece for piece in pieces if piece.x < gutter]
    right = [piece for piece in pieces if piece.x >= gutter]
    return f"{_lines(left)}\n\n{_lines(right)}"


def find_gutter(pieces: Sequence[Piece]) -> float | None:
    """Return where a second column begins whose lines are drawn right after those of the first; None without one."""
    rows = _rows(pieces)
    if len(rows) < _FEWEST_ROWS:
        return None
    margin = min(piece.x for piece in pieces)
    places = Counter(
        round(piece.x / _SAME_LINE) for row in rows for piece in row[1:] if piece.x > max(margin + _NARROWEST, row[0].x)
    )
    if not places:
        return None
    place, times = max(places.items(), key=lambda found: (found[1], -found[0]))
    gutter = (place - 1) * _SAME_LINE
    split = [(_width(row, gutter, left=True), _width(row, gutter, left=False)) for row in rows]
    both = [(left, right) for left, right in split if left and right]
    if times < max(_FEWEST_ROWS, _SHARE * len(rows)) or not both:
        return None
    is_text = median(left for left, _ in both) >= _SHORTEST and median(right for _, right in both) >= _SHORTEST
    return gutter if is_text else None


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the pieces that follow each other at one height."""
    rows: list[list[Piece]] = []
    for piece in pieces:
        if rows and abs(rows[-1][-1].y - piece.y) <= _SAME_LINE:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _width(row: Sequence[Piece], gutter: float, *, left: bool) -> int:
    """Return how many letters a row has on one side."""
    return sum(len(piece.text.strip()) for piece in row if (piece.x < gutter) == left)


def _lines(pieces: Sequence[Piece]) -> str:
    return "\n".join("".join(piece.text for piece in row).strip() for row in _rows(pieces))
