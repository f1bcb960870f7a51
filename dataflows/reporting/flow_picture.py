"""The picture of a document that says how much of what goes where: bands from how data comes to who gets it.

It is the summary of maps, drawn so small that it stands in a letter: its words are as large as those of a table.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET  # writes only

from dataflows.maps.labels import NO_BREAK_SPACE, clean
from dataflows.maps.theme import read_theme
from dataflows.maps.widths import width_of
from dataflows.reporting.pictures import Picture

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dataflows.maps.summary.facts import Bar, Summary

WIDTH = 482.0
"""Points: the line of a letter."""
_TOP, _MOST_HEIGHT = 15.0, 104.0
_BAR, _GAP = 7.0, 4.0
_PLACES = (122.0, 237.0, 364.0)
"""Where the bars of the three columns stand."""
_ROOMS = (115.0, 112.0, 107.0)
"""How wide the labels of each may be."""
_SIZE, _LINE = 8.0, 9.6
_MOST_LINES = 2
_STEPS = 40
"""Halvings of the scale: far finer than a line that is drawn."""


@dataclass(slots=True)
class _Place:
    """A bar where it stands, with the lines of its label, and how far its bands have come at either side."""

    bar: Bar
    lines: list[str]
    top: float = 0.0
    height: float = 0.0
    left: float = 0.0
    right: float = 0.0

    def room(self, scale: float) -> float:
        return max(self.bar.count * scale, len(self.lines) * _LINE)


def draw_flows(summary: Summary) -> Picture:
    """Return the picture of what goes where; the summary has bands."""
    columns = [
        [_Place(bar, _label(bar, room, summary.words["bar"])) for bar in bars]
        for bars, room in zip((summary.sources, summary.families, summary.groups), _ROOMS, strict=True)
    ]
    height = max(_MOST_HEIGHT, *(_height(column, 0.0) for column in columns))
    scale = min(_scale(column, height) for column in columns)
    tall = max(_height(column, scale) for column in columns)
    for column in columns:
        _stack(column, scale, tall)
    root = ET.Element("svg", _frame(_TOP + tall + 2, summary.words["language"]))
    look = summary.words["themes"]["light"]
    for head, x, anchor in zip(summary.words["heads"], _heads(), ("end", "start", "start"), strict=True):
        _text(root, head, (x, 8.0), look["quiet"], anchor)
    _bands(root, summary, columns, scale)
    for number, column in enumerate(columns):
        for place in column:
            _bar(root, place, number, look)
    content = ET.tostring(root, encoding="unicode").encode() + b"\n"
    return Picture(content, "svg", WIDTH, _TOP + tall + 2)


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
    while len(lines := _wrapped(_held(pattern.format(label=name, count=count), count), room)) > _MOST_LINES:
        name = name.removesuffix("…")[:-1].rstrip() + "…"
    return lines


def _held(label: str, count: str) -> str:
    """Keep a label's count beside its last word."""
    return f"{label.removesuffix(f' {count}')}{NO_BREAK_SPACE}{count}" if label.endswith(f" {count}") else label


def _wrapped(text: str, room: float) -> list[str]:
    lines: list[str] = []
    for word in text.split(" "):
        whole = f"{lines[-1]} {word}" if lines else word
        if lines and _wide(whole) <= room:
            lines[-1] = whole
        else:
            lines += _pieces(word, room)
    return lines


def _pieces(word: str, room: float) -> Iterable[str]:
    """Break a word that is wider than a line."""
    while _wide(word) > room:
        cut = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or _wide(word[:n]) <= room)
        yield word[:cut]
        word = word[cut:]
    yield word


def _wide(text: str) -> float:
    return width_of(text, _SIZE, is_bold=True)


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


def _bands(root: ET.Element, summary: Summary, columns: Sequence[Sequence[_Place]], scale: float) -> None:
    """Draw the bands from the sources to the families, then those from there to the groups."""
    colours: Mapping[str, str] = summary.words["themes"]["light"]["families"]
    starts, families, groups = columns
    ends = (
        (starts, families, Counter[tuple[str, str]](), 0),
        (families, groups, Counter[tuple[str, str]](), 1),
    )
    for band in summary.bands:
        ends[0][2][band.source, band.family] += band.count
        ends[1][2][band.family, band.group] += band.count
    for left, right, counts, number in ends:
        for start in left:
            for end in right:
                if count := counts[start.bar.id, end.bar.id]:
                    family = start if number else end
                    _band(root, (start, end), (number, count * scale), colours[family.bar.id])


def _band(root: ET.Element, ends: tuple[_Place, _Place], drawn: tuple[int, float], colour: str) -> None:
    (start, end), (number, width) = ends, drawn
    left, right = _PLACES[number] + _BAR, _PLACES[number + 1]
    high, low, middle = start.top + start.right, end.top + end.left, (left + right) / 2
    start.right += width
    end.left += width
    path = (
        f"M{left:.1f},{high:.1f}C{middle:.1f},{high:.1f} {middle:.1f},{low:.1f} {right:.1f},{low:.1f}"
        f"V{low + width:.1f}C{middle:.1f},{low + width:.1f} {middle:.1f},{high + width:.1f} "
        f"{left:.1f},{high + width:.1f}Z"
    )
    ET.SubElement(root, "path", {"d": path, "fill": colour, "fill-opacity": "0.45"})


def _bar(root: ET.Element, place: _Place, number: int, look: Mapping[str, object]) -> None:
    families = look["families"]
    colour = families[place.bar.id] if number == 1 and isinstance(families, dict) else look["bar"]
    box = {"x": f"{_PLACES[number]:g}", "y": f"{place.top:.1f}", "width": f"{_BAR:g}"}
    ET.SubElement(root, "rect", {**box, "height": f"{max(place.height, 0.8):.1f}", "fill": str(colour)})
    x, anchor = (_PLACES[0] - 5, "end") if number == 0 else (_PLACES[number] + _BAR + 5, "start")
    first = place.top + place.height / 2 - (len(place.lines) - 1) * _LINE / 2 + _SIZE * 0.36
    for row, line in enumerate(place.lines):
        at = (x, first + row * _LINE)
        if number == 1:
            _ground(root, line, at, str(look["paper"]))
        _text(root, line, at, str(look["ink"]), anchor, is_bold=True)


def _ground(root: ET.Element, text: str, at: tuple[float, float], colour: str) -> None:
    """Draw a strip behind the letters, which parts them from the bands below."""
    box = {"x": at[0] - 2, "y": at[1] - _SIZE * 0.9, "width": _wide(text) + 4, "height": _SIZE * 1.2}
    look = {"rx": "1.5", "fill": colour, "fill-opacity": "0.85"}
    ET.SubElement(root, "rect", {name: f"{value:.1f}" for name, value in box.items()} | look)


def _text(
    root: ET.Element, text: str, at: tuple[float, float], colour: str, anchor: str, *, is_bold: bool = False
) -> None:
    given = {"x": f"{at[0]:.1f}", "y": f"{at[1]:.1f}", "font-size": f"{_SIZE:g}", "fill": colour}
    given |= {"text-anchor": anchor} | ({"font-weight": "600"} if is_bold else {})
    # A browser without the typeface keeps each text to the room that was reckoned for it.
    width = width_of(text, _SIZE, is_bold=is_bold)
    given |= {"textLength": f"{width:.2f}", "lengthAdjust": "spacingAndGlyphs"}
    ET.SubElement(root, "text", given).text = clean(text)
