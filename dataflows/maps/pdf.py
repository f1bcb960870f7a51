"""Sets a map's drawing on its page: a tagged PDF with title, language, and all that it shows in words (PDF/UA-1)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET  # of our own drawing

from dataflows.maps.describe import describe_edge, describe_map, describe_node
from dataflows.maps.layout import arrange
from dataflows.maps.scripts import set_scripts_apart
from dataflows.maps.surround import language_of, subtitle_of, title_of
from dataflows.maps.theme import read_colours, read_theme
from dataflows.maps.widths import width_of
from dataflows.typesetting import set_pdf, set_png

if TYPE_CHECKING:
    from datetime import date

    from dataflows.maps.shapes import MapView
    from dataflows.maps.theme import Theme

LETTER = (612.0, 792.0)
TABLOID = (792.0, 1224.0)
ANSI_C = (1224.0, 1584.0)
MARGIN = 18.0
LEAST_POINTS = 7.0
"""The least size of printed text."""
MOST_SCALE = 1.35
MOST_POINTS = 14.0
"""The largest that a party's name is printed; a title is larger."""

_PICTURE = "map.svg"
_SOURCE = """#set document(title: {title}, author: {author}, date: datetime({day}))
#set page({page}, fill: rgb({paper}))
#set text(lang: {lang}, region: {region}, font: {font})
#align(center, image("map.svg", {size}, alt: {alt}))
"""
_SIGNS = re.compile("([\u2500-\u27bf]+)")
_SIGN_FONT = "DejaVu Sans Mono"
"""The typesetter's own, for signs that the map's font lacks."""
_SIGN_WIDTH = 0.602
"""Ems."""
_SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """What a drawing is printed with; sizes are in points."""

    title: str
    author: str
    day: date
    language: str
    paper: tuple[float, float]
    ground: str
    """The colour of the paper."""
    size: tuple[float, float]
    """Of the drawing."""
    in_words: str
    """All that the drawing shows."""


def finish_pdf(view: MapView, svg: bytes, theme: str) -> bytes:
    """Return a drawing on its page: letter or tabloid, upright or across, or as large as it needs to be."""
    width, height = size_of(svg)
    scale, paper = choose_page(width, height, arrange(view, read_theme()).theme)
    sheet = Print(
        title=f"{title_of(view)} · {subtitle_of(view)}",
        author=view.district,
        day=view.as_of,
        language=language_of(view),
        paper=paper,
        ground=read_colours()[theme]["colours.paper"],
        size=(width * scale, height * scale),
        in_words=_in_words(view),
    )
    return set_drawing(sheet, svg)


def size_of(svg: bytes) -> tuple[float, float]:
    """Return width and height of a drawing of ours."""
    width, height = ET.fromstring(svg).attrib["viewBox"].split()[2:]  # noqa: S314
    return float(width), float(height)


def set_drawing(sheet: Print, svg: bytes, suffix: str = "pdf") -> bytes:
    """Return a drawing of ours on its page as a tagged PDF (PDF/UA-1), or as PNG."""
    language, _, region = sheet.language.partition("-")
    words = _SOURCE.format(
        title=_text(sheet.title),
        author=_text(sheet.author),
        day=f"year: {sheet.day.year}, month: {sheet.day.month}, day: {sheet.day.day}",
        page=f"width: {sheet.paper[0]}pt, height: {sheet.paper[1]}pt, margin: {MARGIN}pt",
        paper=_text(sheet.ground),
        lang=_text(language),
        region=_text(region) if region else "none",
        font=_text(read_theme().font),
        size=f"width: {sheet.size[0]:.3f}pt, height: {sheet.size[1]:.3f}pt",
        alt=_text(sheet.in_words),
    )
    root = ET.fromstring(svg)  # noqa: S314
    _set_signs_apart(root)
    with_others = set_scripts_apart(root)
    pictures = {_PICTURE: ET.tostring(root)}
    if suffix == "png":
        return set_png(words, pictures=pictures, with_machine_fonts=with_others)
    return set_pdf(words, pictures, with_machine_fonts=with_others)


def _text(text: str) -> str:
    """Return a text as typst writes it."""
    return json.dumps(text, ensure_ascii=False)


def _in_words(view: MapView) -> str:
    """Say all that the drawing shows."""
    boxes = (f"{node.label}: {describe_node(view, node)}" for node in view.nodes)
    return " ".join([f"{title_of(view)}. {describe_map(view)}", *boxes, *(describe_edge(view, e) for e in view.edges)])


def _set_signs_apart(root: ET.Element) -> None:
    """Set each sign, and what comes after it, at a place of its own.

    In one run of text the typesetter would set all of it in whatever font has the sign.
    """
    for element in root.iter(f"{_SVG}text"):
        pieces = _SIGNS.split(element.text or "")
        if len(pieces) > 1:
            _set_apart(element, pieces)


def _set_apart(element: ET.Element, pieces: list[str]) -> None:
    size, is_bold = float(element.get("font-size", "12")), element.get("font-weight") == "600"
    widths = [
        len(piece) * size * _SIGN_WIDTH if number % 2 else width_of(piece, size, is_bold=is_bold)
        for number, piece in enumerate(pieces)
    ]
    before = {"end": sum(widths), "middle": sum(widths) / 2}.get(element.get("text-anchor", "start"), 0.0)
    x = float(element.get("x", "0")) - before
    for name in ("textLength", "lengthAdjust"):
        element.attrib.pop(name, None)
    element.set("text-anchor", "start")
    element.text = None
    for number, (piece, width) in enumerate(zip(pieces, widths, strict=True)):
        if said := piece.strip():
            indent = width_of(piece[: len(piece) - len(piece.lstrip())], size, is_bold=is_bold)
            look = {"font-family": _SIGN_FONT} if number % 2 else {}
            ET.SubElement(element, f"{_SVG}tspan", {"x": f"{x + indent:.2f}", **look}).text = said
        x += width


def choose_page(width: float, height: float, theme: Theme) -> tuple[float, tuple[float, float]]:
    """Return scale and paper, in points: the smallest paper on which no text is below 7 points."""
    least = LEAST_POINTS / min(theme.sizes.values())
    most = min(MOST_SCALE, MOST_POINTS / theme.sizes["name"])
    for short, long in (LETTER, TABLOID, ANSI_C):
        for paper in ((long, short), (short, long)) if width > height else ((short, long), (long, short)):
            scale = min((paper[0] - 2 * MARGIN) / width, (paper[1] - 2 * MARGIN) / height)
            if scale >= least:
                return min(scale, most), paper
    return 1.0, (width + 2 * MARGIN, height + 2 * MARGIN)
