"""The picture of the rows: our own SVG in two parts, so that the heads of the columns can stay in sight.

It has classes and no colours: the page's style gives them, in light and dark.  A mark's shape is how data gets
there, its letter says so too; the colour is the category's sensitivity, which has its letter below the name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET  # writes only

from dataflows.maps.labels import clean
from dataflows.maps.narrow import Named, narrow_names
from dataflows.model.sensitivities import SENSITIVITIES
from dataflows.model.text import columns_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dataflows.maps.page.rows import PageRow
    from dataflows.maps.page.shapes import PageColumn
    from dataflows.maps.wording import Wording

NAMES, COLUMN, ROW = 176, 21, 20
"""Points of the names' room, of a column's width and of a row's height."""
HEADS, MARK = 162, 16
SIGNS = 25
"""So many columns of text fit the names' room."""
_LONGEST_HEAD = 22


def geometry() -> dict[str, int]:
    """Return the measures that the script draws by, too."""
    return {"names": NAMES, "column": COLUMN, "row": ROW, "mark": MARK, "signs": SIGNS}


def draw_heads(columns: Sequence[PageColumn], wording: Wording) -> str:
    """Return the SVG of the columns' names, written upwards, each above the letter of its sensitivity."""
    width = NAMES + COLUMN * len(columns) + 2
    root = ET.Element("svg", {"viewBox": f"0 0 {width} {HEADS}", "width": f"{width}", "height": f"{HEADS}"})
    root.attrib |= {"class": "heads", "aria-hidden": "true"}
    named = [Named(column.name, column.id, column.id) for column in columns]
    names = narrow_names(wording, named, lambda text: columns_of(text) <= _LONGEST_HEAD)
    for place, column in enumerate(columns):
        level = SENSITIVITIES[column.level]
        middle = NAMES + COLUMN * place + COLUMN // 2
        group = ET.SubElement(root, "g", {"class": "head", "data-c": f"{place}"})
        turn = f"rotate(-90 {middle + 4} {HEADS - 24})"
        text = ET.SubElement(group, "text", {"x": f"{middle + 4}", "y": f"{HEADS - 24}", "transform": turn})
        text.text = names[place]
        ET.SubElement(group, "title").text = column.name
        box = {"x": f"{middle - 8}", "y": f"{HEADS - 19}", "width": f"{MARK}", "height": f"{MARK}", "rx": "2"}
        ET.SubElement(group, "rect", {**box, "class": f"k {level}"})
        chip = ET.SubElement(group, "text", {"x": f"{middle}", "y": f"{HEADS - 7}", "class": f"t {level}"})
        chip.text = str(wording.page["letters"][level])
    return ET.tostring(root, encoding="unicode")


def draw_rows(columns: Sequence[PageColumn], rows: Sequence[PageRow], letters: Mapping[str, str], about: str) -> str:
    """Return the SVG of the rows; `about` is what a screen reader says of it, for the table has the same facts."""
    width, height = NAMES + COLUMN * len(columns) + 2, ROW * len(rows)
    root = ET.Element("svg", {"viewBox": f"0 0 {width} {height}", "width": f"{width}", "height": f"{height}"})
    root.attrib |= {"id": "picture", "class": "rows", "role": "img", "aria-label": about}
    for place, row in enumerate(rows):
        group = ET.SubElement(root, "g", {"class": "row", "transform": f"translate(0 {place * ROW})"})
        ET.SubElement(group, "rect", {"class": "band", "width": f"{width}", "height": f"{ROW}"})
        name = ET.SubElement(group, "text", {"x": "4", "y": "14", "class": "name"})
        name.text = shorten(row.party.name, SIGNS)
        for shape in draw_marks(columns, row, letters):
            ET.SubElement(group, shape.pop("tag"), shape.pop("attributes")).text = shape.pop("text")
    return ET.tostring(root, encoding="unicode")


def draw_marks(columns: Sequence[PageColumn], row: PageRow, letters: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the marks of a row: for each way and sensitivity one path of all its shapes, and their letters."""
    shapes: dict[tuple[str, str], tuple[list[str], list[float]]] = {}
    for cell in row.cells:
        level = SENSITIVITIES[columns[cell.column].level]
        left, width = NAMES + COLUMN * cell.column, COLUMN - 1
        each = MARK if len(cell.marks) == 1 else width // len(cell.marks)
        start = left + (COLUMN - each * len(cell.marks)) // 2
        for number, mark in enumerate(cell.marks):
            paths, middles = shapes.setdefault((mark, level), ([], []))
            paths.append(outline(mark, start + number * each, each - (len(cell.marks) > 1)))
            middles.append(start + number * each + (each - (len(cell.marks) > 1)) / 2)
    drawn: list[dict[str, Any]] = []
    for (mark, level), (paths, middles) in shapes.items():
        drawn.append({"tag": "path", "text": None, "attributes": {"class": f"k {mark} {level}", "d": "".join(paths)}})
        at = " ".join(f"{middle:g}" for middle in middles)
        letter = {"class": f"t {mark} {level}", "x": at, "y": "14"}
        drawn.append({"tag": "text", "text": letters[mark] * len(middles), "attributes": letter})
    return drawn


def outline(mark: str, x: int, width: int) -> str:
    """Return the path of a mark's shape in a row: its left and its width are given."""
    top, height = 2, MARK
    if mark == "collected":
        half = width / 2
        arc = f"a{half:g} {half:g} 0 0 1"
        side = height - width
        return f"M{x} {top + half:g}{arc}{width} 0v{side}{arc}{-width} 0z"
    if mark == "contributed":
        return f"M{x} {top + 5}l{width / 2:g} -5l{width / 2:g} 5v{height - 5}h{-width}z"
    if mark == "passed":
        return f"M{x} {top}h{width - 5}l5 {height // 2}l-5 {height // 2}h{5 - width}z"
    return f"M{x} {top}h{width}v{height}h{-width}z"


def shorten(text: str, most: int) -> str:
    """Cut a text off where it is wider than so many columns; wide signs take two."""
    text = clean(text)
    if columns_of(text) <= most:
        return text
    kept, used = "", 0
    for sign in text:
        used += columns_of(sign)
        if used > most - 1:
            break
        kept += sign
    return f"{kept.rstrip()}…"
