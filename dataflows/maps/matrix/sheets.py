"""Lays the matrix out on pages: which lines, where, in which size. Paper and screen draw the same layout.

The largest type that keeps to the pages allowed is taken, never below seven points.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, inf
from typing import TYPE_CHECKING

from dataflows.maps.matrix.entries import entry_lines
from dataflows.maps.matrix.frames import FOOTER, Frame, frame_of
from dataflows.maps.matrix.notes import note_blocks, place_notes
from dataflows.maps.widths import width_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dataflows.maps.matrix.entries import Line
    from dataflows.maps.matrix.legends import Block
    from dataflows.maps.matrix.shapes import MatrixGroup, MatrixView

LETTER, TABLOID, ANSI_C = (612.0, 792.0), (792.0, 1224.0), (1224.0, 1584.0)
SCREEN_WIDTH, SCREEN_SIZE = 1400.0, 10.5
PICTURE_SIZE = 8.0
LARGE_SIZES, SIZES = (10.0, 9.0, 8.0), (10.0, 9.0, 8.5, 8.0, 7.5, 7.0)
_COMPACT_BELOW = 8.0
"""Rather than in smaller type, the title is set beside the heads of the columns."""
ROWS_A_PAGE = 100
"""Of a matrix with a row a party."""
_PARTIES_A_PAGE = 400
"""Of an overview: three pages hold a thousand vendors and those behind them."""


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row, or a part of one that goes on over pages."""

    group: MatrixGroup
    y: float
    height: float
    lines: tuple[Line, ...]
    is_continued: bool


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A page: rows, the numbers below the last one, notes."""

    rows: tuple[PlacedRow, ...]
    is_first: bool
    top: float
    """Where the heads begin."""
    totals_y: float | None
    notes: tuple[Block, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A view laid out."""

    view: MatrixView
    frame: Frame
    pages: tuple[SheetPage, ...]


def lay_out(view: MatrixView) -> Sheet:
    """Lay a view out on paper: letter where it is small, else tabloid, else as wide as it must be."""
    most = pages_allowed(view)
    last = None
    for width, height, size, is_compact in _papers(view):
        frame = frame_of(view, width, height, size, is_compact=is_compact)
        if last is not None and not frame.is_wide_enough:
            continue
        last = Sheet(view, frame, tuple(_pages(view, frame)))
        if len(last.pages) <= most and frame.is_wide_enough:
            return last
    if last is None or not last.frame.is_wide_enough:
        frame = frame_of(view, *_wide_paper(view), SIZES[-1])
        last = Sheet(view, frame, tuple(_pages(view, frame)))
    return last


def lay_out_screen(view: MatrixView) -> Sheet:
    """Lay a view out on one endless page, in type for a screen."""
    width = SCREEN_WIDTH
    frame = frame_of(view, width, inf, SCREEN_SIZE)
    if not frame.is_wide_enough:
        frame = frame_of(view, frame.needed_width, inf, SCREEN_SIZE)
    return Sheet(view, frame, tuple(_pages(view, frame)))


def lay_out_picture(view: MatrixView) -> Sheet:
    """Lay a view out on one endless page, in the type of a sheet of paper."""
    frame = lay_out(view).frame
    endless = frame_of(view, frame.width, inf, max(frame.size, PICTURE_SIZE))
    if not endless.is_wide_enough:
        endless = frame_of(view, frame.width, inf, frame.size)
    return Sheet(view, endless, tuple(_pages(view, endless)))


def fits(view: MatrixView) -> bool:
    """Tell whether an overview keeps to its pages in seven points."""
    frame = frame_of(view, *TABLOID[::-1], SIZES[-1], is_compact=True)
    return sum(1 for _ in _pages(view, frame)) <= pages_allowed(view)


def could_fit(view: MatrixView) -> bool:
    """Tell whether the names of an overview, in one row without an exception, would keep to its pages."""
    frame = frame_of(view, *TABLOID[::-1], SIZES[-1], is_compact=True)
    room = frame.bottom - frame.rows_top(is_first=False) - frame.totals_height
    width = sum(width_of(f"{party.shown} · ", frame.size) for party in view.parties)
    return width / frame.names_width * frame.leading < room * pages_allowed(view)


def pages_allowed(view: MatrixView) -> int:
    """Return how many pages a view may take."""
    share = ROWS_A_PAGE if view.is_full else _PARTIES_A_PAGE
    return max(1, ceil(len(view.parties) / share))


def _papers(view: MatrixView) -> Iterator[tuple[float, float, float, bool]]:
    """Yield width, height, size of type and whether it is compact, the handsomest first."""
    for size in LARGE_SIZES:
        yield (*LETTER[::-1], size, False)
    if not view.is_full:
        for is_compact in (False, True):
            for size in SIZES:
                if size >= _COMPACT_BELOW or is_compact:
                    yield (*TABLOID[::-1], size, is_compact)
        return
    for paper in (TABLOID, ANSI_C[::-1]):
        for size in SIZES:
            yield (*paper, size, False)


def _wide_paper(view: MatrixView) -> tuple[float, float]:
    """Return paper that is as wide as the columns need."""
    needed = frame_of(view, *ANSI_C[::-1], SIZES[-1]).needed_width
    return max(needed, TABLOID[1]), ANSI_C[0] if view.is_full else TABLOID[0]


def _pages(view: MatrixView, frame: Frame) -> Iterator[SheetPage]:
    """Yield the pages: rows until one is full, then the numbers, then the notes, on more pages where they need it."""
    blocks = note_blocks(view, frame)
    rows: list[PlacedRow] = []
    is_first = True
    y = frame.rows_top(is_first=True)
    for group in view.groups:
        lines = entry_lines(view, group, frame.names_width, frame.size)
        is_continued = False
        while lines:
            room = frame.lines_in(frame.bottom - y)
            is_whole_page = not rows
            if room < len(lines) and not (is_whole_page or _may_split(lines, room, frame)):
                yield SheetPage(tuple(rows), is_first, frame.top(is_first=is_first), None, (), frame.height)
                rows, is_first = [], False
                y = frame.rows_top(is_first=False)
                continue
            taken = max(1, min(room, len(lines)))
            height = frame.row_height(taken)
            rows.append(PlacedRow(group, y, height, lines[:taken], is_continued))
            y += height
            lines, is_continued = lines[taken:], True
    yield from _endings(frame, rows, blocks, y, is_first=is_first)


def _may_split(lines: Sequence[Line], room: int, frame: Frame) -> bool:
    """Tell whether a row may go on over the page: one that would not fit any page by itself."""
    return room > 4 and frame.row_height(len(lines)) > frame.bottom - frame.rows_top(is_first=False)


def _endings(
    frame: Frame, rows: list[PlacedRow], blocks: list[Block], y: float, *, is_first: bool
) -> Iterator[SheetPage]:
    """Yield the last page of rows, with as many notes as fit, and pages for the others."""
    top = frame.top(is_first=is_first)
    totals = y if rows else None
    y += frame.totals_height if rows else 0.0
    while True:
        fitting, blocks = place_notes(blocks, frame, y)
        end = max((block.bottom for block in fitting), default=y)
        height = frame.height if frame.height != inf else end + frame.margin + FOOTER
        yield SheetPage(tuple(rows), is_first, top, totals, fitting, height)
        if not blocks:
            return
        rows, is_first, totals = [], False, None
        y = frame.top(is_first=False)
        top = y
