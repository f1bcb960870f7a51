"""The page of a view: where heads, rows, names, numbers and notes stand, for one paper and one size of type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataflows.maps.matrix.entries import BOLD, marks_of, shown_name
from dataflows.maps.matrix.heads import head_height, place_columns
from dataflows.maps.matrix.legends import legend_blocks, small_size, title_blocks
from dataflows.maps.widths import width_of

if TYPE_CHECKING:
    from dataflows.maps.matrix.heads import PlacedColumn
    from dataflows.maps.matrix.legends import Block
    from dataflows.maps.matrix.shapes import MatrixView
    from dataflows.maps.wording import Wording

MARGIN = 28.0
FOOTER = 12.0
LEADING, TIGHT = 1.22, 1.16
"""The distance of lines in a row, in ems; the tight one is for the smallest type, in which it is a page or none."""
LEAST_NAMES, WIDEST_SINGLE = 250.0, 270.0
_GAP = 8.0
_TIGHT_BELOW = 8.0


@dataclass(frozen=True, slots=True)
class Frame:
    """Measures in points from the top left corner; `height` is endless on a screen."""

    wording: Wording
    width: float
    height: float
    size: float
    is_full: bool
    columns: tuple[PlacedColumn, ...]
    names_x: float
    names_width: float
    count_right: float
    """Where the number of a row's parties ends."""
    kinds_right: float
    """Where the number of a row's columns ends."""
    head_height: float
    titles: tuple[Block, ...]
    legend: tuple[Block, ...]
    heads_top: float
    """Where the heads of the first page begin."""
    margin: float = MARGIN

    @property
    def leading(self) -> float:
        """Return the distance of lines."""
        return self.size * (TIGHT if self.size < _TIGHT_BELOW else LEADING)

    @property
    def padding(self) -> float:
        """Return the room above and below the lines of a row."""
        return self.size * (0.04 if self.is_full else 0.18)

    @property
    def codes_height(self) -> float:
        """Return how high codes and letters of sensitivity below the heads are."""
        return self.size * 3.1

    @property
    def totals_height(self) -> float:
        """Return how high the numbers below the rows are, and the room below them."""
        digits = max((len(f"{placed.column.parties}") for placed in self.columns), default=1)
        return max(self.size * 1.8, digits * self.size * 0.62 + 6) + 10

    @property
    def bottom(self) -> float:
        """Return where notes and rows end."""
        return self.height - self.margin - FOOTER

    @property
    def note_columns(self) -> int:
        """Return in how many columns notes stand."""
        return max(1, int((self.width - 2 * self.margin) // (44 * small_size(self.size))))

    @property
    def note_gap(self) -> float:
        """Return the room between columns of notes."""
        return 22.0

    @property
    def note_width(self) -> float:
        """Return the width of a column of notes."""
        inner = self.width - 2 * self.margin - (self.note_columns - 1) * self.note_gap
        return inner / self.note_columns

    @property
    def needed_width(self) -> float:
        """Return the least width of the page that names and columns need."""
        if self.is_full:
            return self.kinds_right + self.margin
        return self.names_x + LEAST_NAMES + self.margin

    @property
    def is_wide_enough(self) -> bool:
        """Tell whether names and columns have room."""
        return self.needed_width <= self.width

    def top(self, *, is_first: bool) -> float:
        """Return where heads begin."""
        return self.heads_top if is_first else self.margin + 18

    def rows_top(self, *, is_first: bool) -> float:
        """Return where rows begin."""
        return self.top(is_first=is_first) + self.head_height + self.codes_height

    def row_height(self, lines: int) -> float:
        """Return how high a row of so many lines is."""
        return lines * self.leading + 2 * self.padding

    def lines_in(self, room: float) -> int:
        """Return how many lines a row may have in a room, with the numbers below it."""
        return max(0, int(min((room - self.totals_height - 2 * self.padding) / self.leading, 1e6)))


def frame_of(view: MatrixView, width: float, height: float, size: float, *, is_compact: bool = False) -> Frame:
    """Return the frame of a view on a page of this width and height, in type of this size.

    In a compact one the title stands beside the heads of the columns, not above them.
    """
    inner = width - 2 * MARGIN
    kinds = width_of("00", size) + 6
    if view.is_full:
        left, names = MARGIN, _single_width(view, size)
        columns = place_columns(view, MARGIN + names + _GAP, size)
        count = MARGIN + names
    else:
        count = MARGIN + max(width_of(f"{view.counted:,}", size, is_bold=True), 14.0)
        columns = place_columns(view, count + _GAP, size)
        left, names = 0.0, 0.0
    right = (columns[-1].right if columns else count + _GAP) + kinds
    if not view.is_full:
        left = right + _GAP
        names = max(width - MARGIN - left, 60.0)
    head = head_height(columns, size)
    is_compact = is_compact and not view.is_full
    titles = title_blocks(view, left if is_compact else MARGIN, MARGIN, names if is_compact else inner)
    below = titles[-1].bottom + (6 if is_compact else 12)
    top = MARGIN if is_compact else below
    if view.is_full:
        legend = legend_blocks(view, MARGIN, below, inner, size)
        top = max((block.bottom for block in legend), default=below) + 10
    else:
        legend = legend_blocks(view, left, below, names, size)
        top = max(top, max((block.bottom for block in legend), default=below) - head - size * 1.2)
    return Frame(
        view.wording, width, height, size, view.is_full, columns, left, names, count, right, head, titles, legend, top
    )


def _single_width(view: MatrixView, size: float) -> float:
    """Return the width that names of single rows need; a longer one takes two lines."""
    widest = 60.0
    for party in view.parties:
        width = width_of(shown_name(party.shown), size)
        for text, role in marks_of(view, party):
            width += width_of(text, max(size, 7.0), is_bold=role in BOLD) + 3
        widest = max(widest, width + 2)
    return min(widest, WIDEST_SINGLE)
