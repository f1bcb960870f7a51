"""Draws a laid out view for screens: our own SVG, with real text, and with what a screen reader says of each row.

It holds no script, no link and no style but attributes, so it can stand in any page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET  # writes only

from dataflows.maps.labels import clean
from dataflows.maps.matrix.entries import BOLD, raised_size
from dataflows.maps.matrix.heads import fraction_of, lead_size
from dataflows.maps.matrix.telling import describe_row
from dataflows.maps.matrix.words import count_of, counts_of, language_of, rule_of, subtitle_of, title_of
from dataflows.maps.theme import read_theme

if TYPE_CHECKING:
    from dataflows.maps.matrix.entries import Piece
    from dataflows.maps.matrix.heads import PlacedColumn
    from dataflows.maps.matrix.legends import Block, BlockLine
    from dataflows.maps.matrix.sheets import PlacedRow, Sheet
    from dataflows.maps.palettes import Palette
    from dataflows.maps.wording import Wording

PREFIX = "dataflows-matrix-"
_BASELINE = 0.35
"""How far the baseline lies below the middle of a line, in ems."""


class Drawing:
    """An SVG that grows: shapes and texts in the colours of a palette, and in the words of a language."""

    def __init__(self, palette: Palette, wording: Wording) -> None:
        self.palette, self.wording = palette, wording
        self.root = ET.Element("svg")

    def rect(self, parent: ET.Element, box: tuple[float, float, float, float], **look: str) -> None:
        """Draw a rectangle: x, y, width, height."""
        names = ("x", "y", "width", "height")
        ET.SubElement(parent, "rect", {**{n: _number(v) for n, v in zip(names, box, strict=True)}, **_dashed(look)})

    def line(self, parent: ET.Element, ends: tuple[float, float, float, float], colour: str, width: str) -> None:
        """Draw a straight line: from x, y to x, y."""
        names = ("x1", "y1", "x2", "y2")
        placed = {name: _number(value) for name, value in zip(names, ends, strict=True)}
        ET.SubElement(parent, "line", {**placed, "stroke": colour, "stroke-width": width})

    def text(self, parent: ET.Element, at: tuple[float, float], said: str, size: float, **look: str) -> ET.Element:
        """Write a text, its baseline at x, y."""
        given = {"x": _number(at[0]), "y": _number(at[1]), "font-size": _number(size), **_dashed(look)}
        element = ET.SubElement(parent, "text", given)
        element.text = clean(said)
        return element


def draw_svg(sheet: Sheet, palette: Palette) -> bytes:
    """Return the SVG of a sheet of one page; the same view gives the same bytes."""
    view, frame = sheet.view, sheet.frame
    [page] = sheet.pages
    drawing = Drawing(palette, view.wording)
    root = drawing.root
    size = _number(frame.width), _number(page.height)
    root.attrib |= {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": f"0 0 {size[0]} {size[1]}",
        "width": size[0],
        "height": size[1],
        "lang": language_of(view),
        "style": f"max-width:100%;height:auto;background:{palette.paper}",
        "font-family": read_theme().web_fonts,
        "fill": palette.ink,
    }
    _say(root, "map", title_of(view), f"{subtitle_of(view)}. {counts_of(view)}. {rule_of(view)}")
    drawing.rect(root, (0, 0, frame.width, page.height), fill=palette.paper)
    for block in (*frame.titles, *frame.legend, *page.notes):
        _draw_block(drawing, block)
    if page.rows:
        _draw_heads(drawing, sheet, page.top)
        for number, row in enumerate(page.rows, 1):
            _draw_row(drawing, sheet, row, number)
        _draw_totals(drawing, sheet, page.totals_y or 0.0)
    ET.indent(root, space=" ")
    return ET.tostring(root, encoding="unicode").encode() + b"\n"


def _draw_block(drawing: Drawing, block: Block) -> None:
    group = ET.SubElement(drawing.root, "g")
    for number, line in enumerate(block.lines):
        middle = block.y + (number + 0.5) * block.leading
        at = block.x + (0 if line.role == "heading" else block.indent), middle + block.size * _BASELINE
        colour = {"subtitle": drawing.palette.quiet, "heading": drawing.palette.frame}.get(line.role)
        look = {"fill": colour} if colour else {}
        if line.role in ("title", "heading"):
            look["font_weight"] = "600"
        drawing.text(group, at, line.text, block.size, **look)
        if line.mark:
            _draw_sample(drawing, group, block, line, middle)


def _draw_sample(drawing: Drawing, group: ET.Element, block: Block, line: BlockLine, middle: float) -> None:
    said, width, height = drawing.wording.matrix, block.size * 1.25, block.size * 1.1
    box = block.x, middle - height / 2, width, height
    if line.mark in said["letters"]:
        _draw_mark(drawing, group, box, line.mark, ("medium", str(said["letters"][line.mark]), block.size))
    else:
        _draw_chip(drawing, group, box, line.mark, block.size)


def _draw_chip(
    drawing: Drawing, group: ET.Element, box: tuple[float, float, float, float], level: str, size: float
) -> None:
    look = drawing.palette.levels[level]
    drawing.rect(group, box, rx="1", fill=look.fill, stroke=look.edge, stroke_width="0.6")
    at = box[0] + box[2] / 2, box[1] + box[3] / 2 + size * 0.31
    letter = str(drawing.wording.matrix["levels"][level])
    drawing.text(group, at, letter, size * 0.88, font_weight="600", text_anchor="middle", fill=look.text)


def _draw_mark(
    drawing: Drawing,
    group: ET.Element,
    box: tuple[float, float, float, float],
    method: str,
    what: tuple[str, str, float],
) -> None:
    """Draw a mark: its shape is the method, its colour the sensitivity, its letter at the top."""
    level, letter, size = what
    x, y, width, height = box
    palette, look = drawing.palette, drawing.palette.levels[level]
    ink = palette.ink if method in ("collected", "unstated") else look.text
    if method == "collected":
        drawing.rect(group, box, rx=_number(width / 2), fill=palette.paper, stroke=look.edge, stroke_width="1.6")
    elif method == "unstated":
        dashed = {"stroke_dasharray": "2 1.6", "stroke_width": "1.1"}
        drawing.rect(group, box, fill=palette.paper, stroke=look.edge, **dashed)
    elif method == "contributed":
        roof = min(height * 0.3, size * 0.42)
        corners = [(x, y + roof), (x + width / 2, y), (x + width, y + roof), (x + width, y + height), (x, y + height)]
        points = " ".join(f"{_number(left)},{_number(top)}" for left, top in corners)
        look_ = {"points": points, "fill": look.fill, "stroke": look.edge, "stroke-width": "0.6"}
        ET.SubElement(group, "polygon", look_)
    else:
        drawing.rect(group, box, rx="1", fill=look.fill, stroke=look.edge, stroke_width="0.6")
    at = x + width / 2, y + min(height, size * 1.22) / 2 + size * (0.36 if method == "contributed" else 0.31)
    drawing.text(group, at, letter, size * 0.88, font_weight="600", text_anchor="middle", fill=ink)


def _draw_heads(drawing: Drawing, sheet: Sheet, top: float) -> None:
    frame, palette, said = sheet.frame, drawing.palette, drawing.wording.matrix
    group = ET.SubElement(drawing.root, "g")
    low = top + frame.head_height
    rows_top = low + frame.codes_height
    label = rows_top - frame.size * 0.5
    for placed in frame.columns:
        _draw_head(drawing, group, placed, (low, frame.size))
    if frame.is_full:
        drawing.text(group, (frame.margin, label), said["table"]["party"], frame.size, fill=palette.quiet)
    else:
        _upright(drawing, group, (frame.margin + frame.size, label), said["margins"]["count"], frame.size)
        drawing.text(group, (frame.names_x, label), said["margins"]["names"], frame.size, fill=palette.quiet)
    _upright(drawing, group, (frame.kinds_right, label), said["margins"]["kinds"], frame.size)
    drawing.line(group, (frame.margin, rows_top, _right(sheet), rows_top), palette.frame, "1.2")


def _draw_head(drawing: Drawing, group: ET.Element, placed: PlacedColumn, at: tuple[float, float]) -> None:
    low, size = at
    centre = placed.x + placed.width / 2
    if placed.lead_name:
        _upright(drawing, group, (placed.x - placed.lead + lead_size(size), low), placed.lead_name, lead_size(size))
    _upright(drawing, group, (centre + size * _BASELINE, low), placed.name, size, drawing.palette.ink)
    code = centre, low + size * 1.35
    drawing.text(group, code, placed.column.code, size, font_weight="600", text_anchor="middle")
    box = placed.x + 0.8, low + size * 1.62, placed.width - 1.6, size * 1.25
    _draw_chip(drawing, group, box, placed.column.sensitivity, size)


def _upright(
    drawing: Drawing, group: ET.Element, at: tuple[float, float], said: str, size: float, colour: str | None = None
) -> None:
    """Write upwards from x, y."""
    turn = f"rotate(-90 {_number(at[0])} {_number(at[1])})"
    drawing.text(group, at, said, size, transform=turn, fill=colour or drawing.palette.quiet)


def _draw_row(drawing: Drawing, sheet: Sheet, row: PlacedRow, number: int) -> None:
    frame, palette = sheet.frame, drawing.palette
    group = ET.SubElement(drawing.root, "g")
    title, text = describe_row(sheet.view, row.group, number)
    _say(group, f"row-{number}", title, text)
    if number > 1:
        drawing.line(group, (frame.margin, row.y, _right(sheet), row.y), palette.rule, "0.6")
    base = row.y + frame.padding + frame.leading / 2 + frame.size * _BASELINE
    for placed in frame.columns:
        _draw_cell(drawing, group, sheet, (row, placed))
    if not frame.is_full:
        look = {"text_anchor": "end", "font_weight": "600"}
        drawing.text(group, (frame.count_right, base), count_of(drawing.wording, row.group), frame.size, **look)
    columns = str(len(row.group.cells))
    drawing.text(group, (frame.kinds_right, base), columns, frame.size, text_anchor="end", fill=palette.quiet)
    for place, line in enumerate(row.lines):
        for piece in line:
            _draw_piece(drawing, group, piece, (frame.names_x + piece.x, base + place * frame.leading, frame.size))


def _draw_piece(drawing: Drawing, group: ET.Element, piece: Piece, at: tuple[float, float, float]) -> None:
    x, y, size = at
    palette = drawing.palette
    colours = {"name": palette.ink, "raised": palette.raised, "more": palette.more, "less": palette.less}
    colours |= {"added": palette.raised, "ended": palette.less, "changed": palette.frame, "found": palette.ink}
    look = {"fill": colours.get(piece.role, palette.quiet)}
    if piece.role == "raised":
        y, size = y - size * 0.28, raised_size(size)
    if piece.role in BOLD:
        look["font_weight"] = "600"
    element = drawing.text(group, (x, y), piece.text, size, **look)
    if piece.role != "dot":
        # A browser with another font keeps it in its place.
        element.attrib |= {"textLength": _number(piece.width), "lengthAdjust": "spacingAndGlyphs"}


def _draw_cell(drawing: Drawing, group: ET.Element, sheet: Sheet, where: tuple[PlacedRow, PlacedColumn]) -> None:
    row, placed = where
    frame, column = sheet.frame, placed.column
    methods = row.group.cells.get(column.id, ())
    if not methods:
        return
    badge = placed.badge(len(methods))
    x = placed.x + 0.8
    if column.kind == "element":
        x = placed.x + (placed.width - badge * len(methods)) / 2
    y, height = row.y + frame.padding / 2, row.height - frame.padding
    for method in methods:
        letter = str(drawing.wording.matrix["letters"][method])
        _draw_mark(drawing, group, (x + 0.4, y, badge - 0.8, height), method, (column.sensitivity, letter, frame.size))
        x += badge
    if column.kind == "category":
        base = row.y + frame.padding + frame.leading / 2 + frame.size * _BASELINE
        drawing.text(group, (x + 1.2, base), fraction_of(row.group, column), frame.size)


def _draw_totals(drawing: Drawing, sheet: Sheet, y: float) -> None:
    frame, palette, said = sheet.frame, drawing.palette, drawing.wording.matrix
    group = ET.SubElement(drawing.root, "g")
    drawing.line(group, (frame.margin, y, _right(sheet), y), palette.frame, "1.2")
    for placed in frame.columns:
        number, centre = str(placed.column.parties), placed.x + placed.width / 2
        if len(number) * frame.size * 0.6 > placed.width:
            at = centre + frame.size * _BASELINE, y + 4 + len(number) * frame.size * 0.6
            _upright(drawing, group, at, number, frame.size, palette.ink)
        else:
            drawing.text(group, (centre, y + frame.size * 1.4), number, frame.size, text_anchor="middle")
    base = y + frame.size * 1.4
    if frame.is_full:
        drawing.text(group, (frame.margin, base), said["margins"]["total"], frame.size, fill=palette.quiet)
        return
    whole = f"{sheet.view.counted:,}"
    drawing.text(group, (frame.count_right, base), whole, frame.size, text_anchor="end", font_weight="600")
    drawing.text(group, (frame.names_x, base), said["margins"]["total"], frame.size, fill=palette.quiet)


def _right(sheet: Sheet) -> float:
    frame = sheet.frame
    return frame.kinds_right if frame.is_full else frame.names_x + frame.names_width


def _say(element: ET.Element, name: str, title: str, text: str) -> None:
    """Give an element its title and description."""
    ids = [f"{PREFIX}{name}-{part}" for part in ("title", "desc")]
    for place, (tag, said) in enumerate((("title", title), ("desc", text))):
        child = ET.Element(tag, {"id": ids[place]})
        child.text = clean(said)
        element.insert(place, child)
    element.set("role", "img" if name == "map" else "graphics-symbol img")
    element.set("aria-labelledby", ids[0])
    element.set("aria-describedby", ids[1])


def _dashed(look: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in look.items()}


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
