"""The summary as a drawing that stands in a letter: as wide as its line, its words as large as those of a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET  # writes only

from dataflows.maps.labels import NO_BREAK_SPACE, clean
from dataflows.maps.summary.strokes import LINE, Pen, Place, draw_band, wrapped, write_lines, write_text
from dataflows.maps.theme import read_theme

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dataflows.maps.summary.facts import Bar, Summary

WIDTH = 482.0
"""Points: the line of a letter."""
_TOP, _MOST_HEIGHT = 15.0, 104.0
_BAR, _GAP = 7.0, 4.0
_PLACES = (122.0, 237.0, 364.0)
"""Where the bars of the three columns stand."""
_ROOMS = (115.0, 112.0, 107.0)
"""How wide the labels of each may be."""
_SIZE = 8.0
_MOST_LINES = 2
_STEPS = 40
"""Halvings of the scale: far finer than a line that is drawn."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing (SVG) and its size in points."""

    content: bytes
    width: float
    height: float


@dataclass(slots=True)
class _Place(Place):
    """A bar where it stands, with the lines of its label."""

    bar: Bar = field(kw_only=True)
    lines: list[str] = field(kw_only=True)

    def room(self, scale: float) -> float:
        return max(self.bar.count * scale, len(self.lines) * _SIZE * LINE)


def draw_small(summary: Summary, theme: str = "light") -> Drawing:
    """Return the picture of what goes where in the colours of a theme, on no ground; the summary has bands."""
    columns = [
        [_Place(bar=bar, lines=_label(bar, room, summary.words["bar"])) for bar in bars]
        for bars, room in zip(summary.bars, _ROOMS, strict=True)
    ]
    height = max(_MOST_HEIGHT, *(_height(column, 0.0) for column in columns))
    scale = min(_scale(column, height) for column in columns)
    tall = max(_height(column, scale) for column in columns)
    for column in columns:
        _stack(column, scale, tall)
    root = ET.Element("svg", _frame(_TOP + tall + 2, summary.words["language"]))
    look = summary.words["themes"][theme]
    for head, x, anchor in zip(summary.words["heads"], _heads(), ("end", "start", "start"), strict=True):
        write_text(root, head, (x, 8.0), Pen(_SIZE, look["quiet"], anchor=anchor))
    _bands(root, summary, columns, scale, look)
    for number, column in enumerate(columns):
        for place in column:
            _bar(root, place, number, look)
    content = ET.tostring(root, encoding="unicode").encode() + b"\n"
    return Drawing(content, WIDTH, _TOP + tall + 2)


def _frame(height: float, language: str) -> dict[str, str]:
    return {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": f"0 0 {WIDTH:g} {height:.1f}",
        "width": f"{WIDTH:g}",
        "height": f"{height:.1f}",
        "lang": language,
        "font-family": read_theme().web_fonts,
    }


def _heads() -> tuple[float, float, float]:
    return (_PLACES[0] + _BAR, *_PLACES[1:])


def _label(bar: Bar, room: float, pattern: str) -> list[str]:
    """Break a label into lines that fit; a name too long for them is cut off, and stands whole in the words."""
    count, name = f"{bar.count:,}", clean(bar.label)
    while len(lines := wrapped(_held(pattern.format(label=name, count=count), count), _SIZE, room)) > _MOST_LINES:
        name = name.removesuffix("…")[:-1].rstrip() + "…"
    return lines


def _held(label: str, count: str) -> str:
    """Keep a label's count beside its last word."""
    return f"{label.removesuffix(f' {count}')}{NO_BREAK_SPACE}{count}" if label.endswith(f" {count}") else label


def _height(column: Sequence[_Place], scale: float) -> float:
    return sum(place.room(scale) for place in column) + _GAP * (len(column) - 1)


def _scale(column: Sequence[_Place], height: float) -> float:
    """Return points a count with which a column is as tall as there is room."""
    low, high = 0.0, height / max(place.bar.count for place in column)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if _height(column, middle) <= height else (low, middle)
    return low


def _stack(column: Sequence[_Place], scale: float, tall: float) -> None:
    """Put the bars of a column one below the other, the column in the middle."""
    top = _TOP + (tall - _height(column, scale)) / 2
    for place in column:
        place.height = place.bar.count * scale
        place.top = top + (place.room(scale) - place.height) / 2
        top += place.room(scale) + _GAP


def _bands(
    root: ET.Element, summary: Summary, columns: Sequence[Sequence[_Place]], scale: float, look: Mapping[str, Any]
) -> None:
    """Draw the bands from the sources to the families, then those from there to the groups."""
    colours: Mapping[str, str] = look["families"]
    for number, ends in enumerate((("source", "family"), ("family", "group"))):
        counts, between = summary.joined(*ends), (_PLACES[number] + _BAR, _PLACES[number + 1])
        for start, end in product(columns[number], columns[number + 1]):
            if count := counts[start.bar.id, end.bar.id]:
                family = start if number else end
                paint = {"fill": colours[family.bar.id], "fill-opacity": "0.45"}
                draw_band(root, (start, end), between, count * scale, paint)


def _bar(root: ET.Element, place: _Place, number: int, look: Mapping[str, Any]) -> None:
    colour = look["families"][place.bar.id] if number == 1 else look["bar"]
    box = {"x": f"{_PLACES[number]:g}", "y": f"{place.top:.1f}", "width": f"{_BAR:g}"}
    ET.SubElement(root, "rect", {**box, "height": f"{max(place.height, 0.8):.1f}", "fill": colour})
    x, anchor = (_PLACES[0] - 5, "end") if number == 0 else (_PLACES[number] + _BAR + 5, "start")
    pen = Pen(_SIZE, look["ink"], is_bold=True, anchor=anchor, ground=look["paper"] if number == 1 else None)
    write_lines(root, place.lines, x, place.top + place.height / 2, pen)
