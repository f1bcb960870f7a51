"""Finishes a map's SVG: what a screen reader says, widths that hold in any font, nothing that acts.

The engine's drawing is parsed and written anew: only elements and attributes that draw are kept.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET  # of what the engine wrote, with declarations refused before

from dataflows.maps.describe import describe_edge, describe_map, describe_node
from dataflows.maps.labels import clean as clean_text
from dataflows.maps.recolour import LIGHT
from dataflows.maps.surround import language_of, subtitle_of, title_of
from dataflows.maps.theme import read_colours, read_theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.maps.shapes import MapView

SVG = "http://www.w3.org/2000/svg"
PREFIX = "dataflows-map-"
_KEPT = {
    "g": {"id", "class", "transform"},
    "path": {"d", "fill", "stroke", "stroke-width", "stroke-dasharray"},
    "polygon": {"points", "fill", "stroke", "stroke-width", "stroke-dasharray"},
    "polyline": {"points", "fill", "stroke", "stroke-width", "stroke-dasharray"},
    "ellipse": {"cx", "cy", "rx", "ry", "fill", "stroke", "stroke-width"},
    "text": {"x", "y", "text-anchor", "font-size", "font-weight", "fill"},
}


def finish_svg(view: MapView, drawn: bytes, layout: bytes, theme: str = LIGHT) -> bytes:
    """Return the SVG of a view from the engine's SVG and its JSON, which states the width of each text."""
    text = re.sub(r"<!DOCTYPE[^>\[]*>", "", drawn.decode(), count=1)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        message = "The drawing engine's SVG declares entities."
        raise ValueError(message)
    root = ET.fromstring(text)  # noqa: S314
    widths = _widths(json.loads(layout))
    clean = ET.Element("svg", _frame(view, root, theme))
    _say(clean, "map", title_of(view), f"{subtitle_of(view)}. {describe_map(view)}")
    for child in root:
        clean.extend(_kept(child))
    _describe(view, clean)
    for element in clean.iter("text"):
        _fit(element, widths)
    ET.indent(clean, space=" ")
    return ET.tostring(clean, encoding="unicode").encode() + b"\n"


def _frame(view: MapView, root: ET.Element, theme: str) -> dict[str, str]:
    width, height = (float(root.attrib[name].removesuffix("pt")) for name in ("width", "height"))
    return {
        "xmlns": SVG,
        "viewBox": root.attrib["viewBox"],
        "width": f"{width * 4 / 3:.0f}",
        "height": f"{height * 4 / 3:.0f}",
        "lang": language_of(view),
        "role": "img",
        # A picture as wide as the window at most; its ground holds in a page of another colour and around the drawing.
        "style": f"max-width:100%;height:auto;background:{read_colours()[theme]['colours.paper']}",
        "font-family": read_theme().web_fonts,
    }


def _kept(element: ET.Element) -> Iterator[ET.Element]:
    """Yield what draws: an element with the attributes that it may have, or what a link holds."""
    name = str(element.tag).rpartition("}")[2]
    inner = [kept for child in element for kept in _kept(child)]
    if name in ("a", "svg"):
        yield from inner
    elif name in _KEPT:
        kept = {key: value for key, value in element.attrib.items() if key in _KEPT[name]}
        if "id" in kept:
            kept["id"] = PREFIX + kept["id"]
        if kept.get("font-weight") == "bold":
            kept["font-weight"] = "600"
        new = ET.Element(name, kept)
        new.text = element.text if name == "text" else None
        new.extend(inner)
        yield new


def _describe(view: MapView, root: ET.Element) -> None:
    """Give each box and arrow its title and description."""
    groups = {element.get("id", ""): element for element in root.iter("g")}
    for node in view.nodes:
        if (group := groups.get(f"{PREFIX}box-{node.id}")) is not None:
            _say(group, f"box-{node.id}", node.label, describe_node(view, node))
    for number, edge in enumerate(view.edges, 1):
        if (group := groups.get(f"{PREFIX}arrow-{number}")) is not None:
            title = f"{view.name_of(edge.sender)} → {view.name_of(edge.receiver)}"
            _say(group, f"arrow-{number}", title, describe_edge(view, edge))


def _say(element: ET.Element, name: str, title: str, text: str) -> None:
    ids = [f"{PREFIX}{name}-{part}" for part in ("title", "desc")]
    for place, (tag, said) in enumerate((("title", title), ("desc", text))):
        child = ET.Element(tag, {"id": ids[place]})
        child.text = clean_text(said)
        element.insert(place, child)
    element.set("role", "img" if name == "map" else "graphics-symbol img")
    element.set("aria-labelledby", ids[0])
    element.set("aria-describedby", ids[1])


def _widths(layout: Any) -> dict[tuple[str, str, str], float]:
    """Return the width of each text, by its place and words, from the engine's own drawing operations."""
    found: dict[tuple[str, str, str], float] = {}
    for holder in (layout, *layout.get("objects", ()), *layout.get("edges", ())):
        for operation in (*holder.get("_draw_", ()), *holder.get("_ldraw_", ())):
            if operation["op"] == "T":
                x, y = operation["pt"]
                found[_place(x, y, operation["text"])] = operation["width"]
    return found


def _place(x: float, y: float, text: str) -> tuple[str, str, str]:
    return f"{x:.1f}", f"{abs(y):.1f}", " ".join(text.split())


def _fit(element: ET.Element, widths: dict[tuple[str, str, str], float]) -> None:
    """State how wide a text is, so that a browser with other fonts keeps it in its box."""
    place = _place(float(element.attrib["x"]), float(element.attrib["y"]), element.text or "")
    if width := widths.get(place):
        element.set("textLength", f"{width:.2f}")
        element.set("lengthAdjust", "spacingAndGlyphs")
