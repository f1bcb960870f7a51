"""What both pictures of the summary are drawn with: bands, texts that keep to their room, and lines of a label."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET  # writes only

from dataflows.maps.labels import clean
from dataflows.maps.widths import width_of

if TYPE_CHECKING:
    from collections.abc import Iterable

LINE = 1.2
"""Ems from a line of a label to the next."""
_ASCENT = 0.36
"""Ems from the middle of a line's letters down to the line on which they stand."""
_RIM, _TALL = 0.25, 1.3
"""Of the strip behind letters, in ems: how far it reaches beyond them, and how tall it is."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Pen:
    """How a text is written."""

    size: float
    colour: str
    is_bold: bool = False
    anchor: str = "start"
    ground: str | None = None
    """The colour of a strip behind the letters, which parts them from the bands below."""


@dataclass(slots=True)
class Place:
    """Where a bar stands, and how far its bands have come at either side."""

    top: float = 0.0
    height: float = 0.0
    used_left: float = 0.0
    used_right: float = 0.0


def draw_band(
    root: ET.Element, ends: tuple[Place, Place], between: tuple[float, float], width: float, paint: dict[str, str]
) -> None:
    """Draw a band of so much width from one bar to the other, below those that are there; `between` are its sides."""
    start, end = ends
    left, right = between
    high, low, middle = start.top + start.used_right, end.top + end.used_left, (left + right) / 2
    start.used_right += width
    end.used_left += width
    path = (
        f"M{left:.1f},{high:.1f}C{middle:.1f},{high:.1f} {middle:.1f},{low:.1f} {right:.1f},{low:.1f}"
        f"V{low + width:.1f}C{middle:.1f},{low + width:.1f} {middle:.1f},{high + width:.1f} "
        f"{left:.1f},{high + width:.1f}Z"
    )
    ET.SubElement(root, "path", {"d": path, **paint})


def write_lines(root: ET.Element, lines: list[str], x: float, middle: float, pen: Pen) -> None:
    """Write the lines of a label, their middle at a height."""
    first = middle - (len(lines) - 1) * pen.size * LINE / 2 + pen.size * _ASCENT
    for number, line in enumerate(lines):
        write_text(root, line, (x, first + number * pen.size * LINE), pen)


def write_text(root: ET.Element, text: str, at: Point, pen: Pen) -> None:
    """Write a text on one line; a browser without the typeface keeps it to the room that was reckoned for it."""
    said = clean(text)
    given = {"x": f"{at[0]:.1f}", "y": f"{at[1]:.1f}", "font-size": f"{pen.size:g}", "fill": pen.colour}
    given |= {"text-anchor": pen.anchor} | ({"font-weight": "600"} if pen.is_bold else {})
    if width := width_of(said, pen.size, is_bold=pen.is_bold):
        given |= {"textLength": f"{width:.2f}", "lengthAdjust": "spacingAndGlyphs"}
    if pen.ground:
        rim = pen.size * _RIM
        box = {"x": at[0] - rim, "y": at[1] - pen.size, "width": width + 2 * rim, "height": pen.size * _TALL}
        look = {"rx": "2", "fill": pen.ground, "fill-opacity": "0.84"}
        ET.SubElement(root, "rect", {name: f"{value:.1f}" for name, value in box.items()} | look)
    ET.SubElement(root, "text", given).text = said


def wrapped(text: str, size: float, room: float) -> list[str]:
    """Break a label into lines that fit; a word that is wider than a line is broken too."""
    lines: list[str] = []
    for word in text.split(" "):
        whole = f"{lines[-1]} {word}" if lines else word
        if lines and _wide(whole, size) <= room:
            lines[-1] = whole
        else:
            lines += _pieces(word, size, room)
    return lines


def _pieces(word: str, size: float, room: float) -> Iterable[str]:
    while _wide(word, size) > room and len(word) > 1:
        cut = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or _wide(word[:n], size) <= room)
        yield word[:cut]
        word = word[cut:]
    yield word


def _wide(text: str, size: float) -> float:
    return width_of(text, size, is_bold=True)


def shortened(text: str, size: float, room: float) -> str:
    """Cut a long name off; it stands whole in the description."""
    shown = clean(text)
    while _wide(shown, size) > room:
        shown = shown.removesuffix("…")[:-1].rstrip() + "…"
    return shown
