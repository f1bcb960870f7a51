"""Where the columns stand and how wide they are: their heads, codes, letters, numbers and fractions fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataflows.maps.widths import width_of

if TYPE_CHECKING:
    from dataflows.maps.matrix.shapes import Column, MatrixGroup, MatrixView
    from dataflows.maps.wording import Wording

TALLEST_NAME, TALLEST_EMS = 100.0, 12.0
"""Points, or ems if those are more, of a head that is written upwards; a longer name is shortened, whole in the key."""
BADGE, NARROW = 1.32, 0.98
"""The width of a mark, in ems of the text; the narrow one is for cells with several."""


@dataclass(frozen=True, slots=True)
class PlacedColumn:
    """A column on the page."""

    column: Column
    x: float
    """The left of its cells."""
    width: float
    lead: float
    """The room left of it for the name of its category; 0 for a column that goes on with the same one."""
    name: str
    lead_name: str
    size: float

    def badge(self, marks: int) -> float:
        """Return how wide one of so many marks is."""
        return self.size * (BADGE if marks < 2 else NARROW)

    @property
    def right(self) -> float:
        """Return where it ends."""
        return self.x + self.width


def place_columns(view: MatrixView, x: float, size: float) -> tuple[PlacedColumn, ...]:
    """Place the drawn columns from `x` on, those of one category side by side."""
    placed: list[PlacedColumn] = []
    category = None
    for column in view.drawn:
        is_first = view.by == "element" and column.category != category
        category = column.category
        lead = size * 1.25 if is_first else 0.0
        width = _width(view, column, size)
        name = head_name(view.wording, column.name, column.id, size)
        lead_name = _lead_name(view, category, size) if is_first else ""
        placed.append(PlacedColumn(column, x + lead, width, lead, name, lead_name, size))
        x += lead + width
    return tuple(placed)


def head_height(columns: tuple[PlacedColumn, ...], size: float) -> float:
    """Return how high the names of the columns are."""
    names = [width_of(placed.name, size) for placed in columns]
    leads = [width_of(placed.lead_name, lead_size(size), is_bold=True) for placed in columns]
    return max([*names, *leads, 4 * size])


def lead_size(size: float) -> float:
    """Return the size in which categories are named."""
    return max(7.0, size - 1)


def _lead_name(view: MatrixView, category: str, size: float) -> str:
    return head_name(view.wording, view.categories.get(category, category), category, lead_size(size))


def head_name(wording: Wording, name: str, id: str, size: float) -> str:
    """Return a name that fits a head: itself, else a shorter one, else the words of its id, else cut off."""
    tallest = max(TALLEST_NAME, TALLEST_EMS * size)
    for text in wording.short_names(name, id):
        if width_of(text, size, is_bold=True) <= tallest:
            return text
    text = name
    while width_of(f"{text}…", size, is_bold=True) > tallest:
        text = text[:-1]
    return f"{text.rstrip()}…"


def fraction_of(group: MatrixGroup, column: Column) -> str:
    """Say how many elements of a category the parties of a row get at most: `3/7`."""
    _, most = group.share_of(column.id)
    return f"{most}/{column.size}"


def _width(view: MatrixView, column: Column, size: float) -> float:
    cells = [group for group in view.groups if column.id in group.cells]
    most = max((len(group.cells[column.id]) for group in cells), default=1)
    marks = size * (BADGE if most < 2 else max(BADGE, most * NARROW))
    least = width_of(column.code, size, is_bold=True) + 2.4
    if view.by == "category":
        marks += max((width_of(fraction_of(group, column), size) for group in cells), default=0) + 3
    return max(marks + 1.6, least)
