"""Where the columns stand and how wide they are: their heads, codes, letters, numbers and fractions fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataflows.maps.narrow import Named, narrow_names
from dataflows.maps.widths import width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataflows.maps.matrix.shapes import Column, MatrixGroup, MatrixView

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
    drawn = [Named(column.name, column.id, column.code) for column in view.drawn]
    leads = [
        Named(view.categories.get(id, id), id, id) for id in dict.fromkeys(column.category for column in view.drawn)
    ]
    names = head_names(view, drawn, size)
    lead_names = dict(zip((lead.id for lead in leads), head_names(view, leads, lead_size(size)), strict=True))
    for column, name in zip(view.drawn, names, strict=True):
        is_first = view.by == "element" and column.category != category
        category = column.category
        lead = size * 1.25 if is_first else 0.0
        width = _width(view, column, size)
        lead_name = lead_names[category] if is_first else ""
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


def head_names(view: MatrixView, named: Sequence[Named], size: float) -> list[str]:
    """Return names that fit heads: themselves, else shorter ones, else cut off; no two read alike."""
    tallest = max(TALLEST_NAME, TALLEST_EMS * size)
    return narrow_names(view.wording, named, lambda text: width_of(text, size, is_bold=True) <= tallest)


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
