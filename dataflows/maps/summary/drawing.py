"""The summary as a drawing: bars at the left, in the middle and at the right, and bands between them (SVG)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET  # writes only

from dataflows.errors import UsageError
from dataflows.maps.labels import clean
from dataflows.maps.summary.facts import read_summary_words
from dataflows.maps.summary.strokes import Pen, Place, draw_band, shortened, wrapped, write_lines, write_text
from dataflows.maps.theme import read_theme
from dataflows.maps.widths import width_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dataflows.maps.summary.facts import Bar, Summary

Look = dict[str, Any]
"""The colours of a theme."""

WIDTH, HEIGHT = 1120.0, 720.0
_TOP, _LOW = 132.0, 700.0
_BAR = 14.0
_GAP = 10.0
_PLACES = (206.0, 524.0, 812.0)
"""Where the bars of the three columns stand."""
_LABELS = (180.0, 262.0, 284.0)
"""How wide the labels of each may be."""
_LEAST = 13.0
"""The least height of a label's place, in points: labels never lie on each other."""


@dataclass(frozen=True, slots=True)
class _Column:
    """How the bars of a column are drawn and named."""

    number: int
    look: Look
    words: Mapping[str, Any]


def colours_of_summary(theme: str) -> dict[str, str]:
    """Return what each colour of the light picture is in a theme."""
    themes = read_summary_words()["themes"]
    light, other = ({**look, **look["families"]} for look in (themes["light"], themes[theme]))
    return {colour: other[name] for name, colour in light.items() if name not in ("families", "opacity")}


def draw_summary(summary: Summary, theme: str) -> bytes:
    """Return the drawing in a theme; raises UsageError for one that there isn't."""
    words = summary.words
    if theme not in words["themes"]:
        raise UsageError(f"There is no theme called {theme!r}. There are: {', '.join(words['themes'])}.")
    look = words["themes"][theme]
    root = ET.Element("svg", _frame(look, str(words["language"])))
    _say(root, "summary", words["title"], describe_summary(summary))
    _heading(root, summary, look)
    scale = min((_scale(bars) for bars in summary.bars if bars), default=0.0)
    places = {bar.id: place for bars in summary.bars for bar, place in zip(bars, _stack(bars, scale), strict=True)}
    _bands(root, summary, places, scale, look)
    for number, bars in enumerate(summary.bars):
        for bar in bars:
            _bar(root, bar, places[bar.id], _Column(number, look, words))
    if not summary.bands:
        write_text(root, words["empty"], (24, _TOP), Pen(12, look["ink"]))
    ET.indent(root, space=" ")
    return ET.tostring(root, encoding="unicode").encode() + b"\n"


def describe_summary(summary: Summary) -> str:
    """Say in words all that the picture shows."""
    words = summary.words
    if not summary.bands:
        return str(words["empty"])
    labels = summary.labels
    groups = {bar.id: f"{bar.label} ({', '.join(bar.parties)})" for bar in summary.groups}
    told = [
        words["describe"].format(
            source=labels[band.source], family=labels[band.family], group=groups[band.group], count=band.count
        )
        for band in summary.bands
    ]
    return clean(" ".join([words["lead"], *told]))


def _frame(look: Look, language: str) -> dict[str, str]:
    return {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": f"0 0 {WIDTH:g} {HEIGHT:g}",
        "width": f"{WIDTH:g}",
        "height": f"{HEIGHT:g}",
        "lang": language,
        "role": "img",
        "style": f"max-width:100%;height:auto;background:{look['paper']}",
        "font-family": read_theme().web_fonts,
    }


def _say(element: ET.Element, name: str, title: str, text: str) -> None:
    ids = [f"dataflows-{name}-{part}" for part in ("title", "desc")]
    for id, tag, said in zip(ids, ("title", "desc"), (title, text), strict=True):
        ET.SubElement(element, tag, {"id": id}).text = clean(said)
    element.set("aria-labelledby", ids[0])
    element.set("aria-describedby", ids[1])


def _heading(root: ET.Element, summary: Summary, look: Look) -> None:
    words = summary.words
    write_text(root, words["title"], (24, 40), Pen(24, look["ink"], is_bold=True))
    write_text(root, shortened(str(words["subtitle"]), 12, WIDTH - 80), (24, 62), Pen(12, look["quiet"]))
    if not summary.bands:
        return
    write_text(root, words["lead"], (24, 82), Pen(12, look["quiet"]))
    for head, x, anchor in zip(words["heads"], (_PLACES[0], *_PLACES[1:]), ("end", "start", "start"), strict=True):
        write_text(root, head, (x - 2 if anchor == "end" else x, _TOP - 16), Pen(11, look["quiet"], True, anchor))


def _scale(bars: tuple[Bar, ...]) -> float:
    """Return points a count: as much as the column has room for beside its gaps and least heights."""
    room = _LOW - _TOP - _GAP * (len(bars) - 1)
    counts = sorted(bar.count for bar in bars)
    for small in range(len(counts)):
        rest = sum(counts[small:])
        scale = (room - small * _least(bars)) / rest if rest else 0.0
        if counts[small] * scale >= _least(bars):
            return scale
    return room / sum(counts) if sum(counts) else 0.0


def _least(bars: tuple[Bar, ...]) -> float:
    return 2 * _LEAST if any(bar.parties for bar in bars) else _LEAST


def _stack(bars: tuple[Bar, ...], scale: float) -> list[Place]:
    """Return where the bars of a column stand, one below the other, the column in the middle of the height."""
    rooms = [max(bar.count * scale, _least(bars)) for bar in bars]
    total = sum(rooms) + _GAP * (len(bars) - 1)
    top, places = _TOP + max(0.0, (_LOW - _TOP - total) / 2), []
    for bar, room in zip(bars, rooms, strict=True):
        height = bar.count * scale
        places.append(Place(top + (room - height) / 2, height))
        top += room + _GAP
    return places


def _bands(root: ET.Element, summary: Summary, places: Mapping[str, Place], scale: float, look: Look) -> None:
    """Draw first the bands from the sources to the families, then those from there to the groups."""
    for number, ends in enumerate((("source", "family"), ("family", "group"))):
        between = (_PLACES[number] + _BAR, _PLACES[number + 1])
        for (left, right), count in sorted(summary.joined(*ends).items(), key=lambda item: _order(summary, item[0])):
            colour = look["families"][left if number else right]
            paint = {"fill": colour, "fill-opacity": look["opacity"], "stroke": colour, "stroke-width": "0.4"}
            draw_band(root, (places[left], places[right]), between, count * scale, paint)


def _order(summary: Summary, ends: tuple[str, str]) -> tuple[int, int]:
    place = {bar.id: n for bars in summary.bars for n, bar in enumerate(bars)}
    return place[ends[0]], place[ends[1]]


def _bar(root: ET.Element, bar: Bar, place: Place, drawn: _Column) -> None:
    column, look, words = drawn.number, drawn.look, drawn.words
    colour = look["families"][bar.id] if column == 1 else look["bar"]
    box = {"x": f"{_PLACES[column]:g}", "y": f"{place.top:.1f}", "width": f"{_BAR:g}"}
    ET.SubElement(root, "rect", {**box, "height": f"{max(place.height, 0.8):.1f}", "fill": colour})
    label = words["bar"].format(label=bar.label, count=f"{bar.count:,}")
    middle = place.top + place.height / 2
    if column == 0:
        pen = Pen(12, look["ink"], is_bold=True, anchor="end")
        write_lines(root, wrapped(clean(label), 12, _LABELS[0]), _PLACES[0] - 8, middle, pen)
    elif column == 1:
        pen = Pen(12, look["ink"], is_bold=True, ground=look["paper"])
        write_lines(root, wrapped(clean(label), 12, _LABELS[1]), _PLACES[1] + _BAR + 7, middle, pen)
    else:
        x, is_alone = _PLACES[2] + _BAR + 8, bar.parties == (bar.label,)
        label = words["bar"].format(label=shortened(bar.label, 12, _LABELS[2] - 40), count=f"{bar.count:,}")
        write_text(root, label, (x, middle + (4 if is_alone else -2)), Pen(12, look["ink"], is_bold=True))
        if not is_alone:
            write_text(
                root, _some(bar.parties, 10, _LABELS[2], words["parties"]), (x, middle + 11), Pen(10, look["quiet"])
            )


def _some(names: tuple[str, ...], size: float, room: float, words: Mapping[str, str]) -> str:
    """Name as many parties as fit, and count the others."""
    for shown in range(len(names), 0, -1):
        listed = ", ".join(clean(name) for name in names[:shown])
        if shown < len(names):
            listed = words["more"].format(names=listed, count=len(names) - shown)
        said = str(words["one" if len(names) == 1 else "many"].format(count=len(names), names=listed))
        if width_of(said, size) <= room:
            return said
    longest = shortened(names[0], size, room * 0.6)
    listed = longest if len(names) == 1 else words["more"].format(names=longest, count=len(names) - 1)
    return str(words["one" if len(names) == 1 else "many"].format(count=len(names), names=listed))
