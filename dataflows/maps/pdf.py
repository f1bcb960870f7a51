"""Sets a map's drawing on its page: a tagged PDF with title, language, and all that it shows in words (PDF/UA-1)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET  # of our own drawing

from dataflows.maps.describe import describe_edge, describe_map, describe_node
from dataflows.maps.layout import arrange
from dataflows.maps.surround import language_of, subtitle_of, title_of
from dataflows.maps.theme import read_colours, read_theme
from dataflows.typesetting import set_pdf

if TYPE_CHECKING:
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
"""The typesetter's own, for signs that the map's font lacks: else it would set the words beside them in another."""


def finish_pdf(view: MapView, svg: bytes, theme: str) -> bytes:
    """Return a drawing on its page: letter or tabloid, upright or across, or as large as it needs to be."""
    root = ET.fromstring(svg)  # noqa: S314
    width, height = (float(number) for number in root.attrib["viewBox"].split()[2:])
    scale, paper = choose_page(width, height, arrange(view, read_theme()).theme)
    language, _, region = language_of(view).partition("-")
    words = _SOURCE.format(
        title=_text(f"{title_of(view)} · {subtitle_of(view)}"),
        author=_text(view.district),
        day=f"year: {view.as_of.year}, month: {view.as_of.month}, day: {view.as_of.day}",
        page=f"width: {paper[0]}pt, height: {paper[1]}pt, margin: {MARGIN}pt",
        paper=_text(read_colours()[theme]["colours.paper"]),
        lang=_text(language),
        region=_text(region) if region else "none",
        font=_text(read_theme().font),
        size=f"width: {width * scale:.3f}pt, height: {height * scale:.3f}pt",
        alt=_text(_in_words(view)),
    )
    return set_pdf(words, {_PICTURE: _with_signs_apart(root)})


def _text(text: str) -> str:
    """Return a text as typst writes it."""
    return json.dumps(text, ensure_ascii=False)


def _in_words(view: MapView) -> str:
    """Say all that the drawing shows."""
    boxes = (f"{node.label}: {describe_node(view, node)}" for node in view.nodes)
    return " ".join([f"{title_of(view)}. {describe_map(view)}", *boxes, *(describe_edge(view, e) for e in view.edges)])


def _with_signs_apart(root: ET.Element) -> bytes:
    for element in root.iter("{http://www.w3.org/2000/svg}text"):
        pieces = _SIGNS.split(element.text or "")
        if len(pieces) > 1:
            element.attrib.pop("textLength", None)
            element.text = pieces[0]
            for sign, rest in zip(pieces[1::2], pieces[2::2], strict=True):
                part = ET.SubElement(element, "{http://www.w3.org/2000/svg}tspan", {"font-family": _SIGN_FONT})
                part.text, part.tail = sign, rest
    return ET.tostring(root)


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
