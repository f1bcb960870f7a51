"""Where the boxes of a map stand: in columns, few and even, so that the whole fits a page.

A small map reads from left to right: the sources, whom they send to, and those behind.  A larger
one has the sources in the middle and their receivers at both sides of them, so that no arrow
crosses a column; those behind the receivers stand in the middle again, those behind these at the
sides, and so on.  A chain of any length thus takes three columns.

A small map is set in the largest type with which it still fits a letter page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataflows.maps.box_size import BoxSize
from dataflows.maps.boxes import height_of
from dataflows.maps.theme import SOURCES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dataflows.maps.shapes import MapEdge, MapNode, MapView
    from dataflows.maps.theme import Theme

LETTER_HEIGHT = 560.0
TABLOID_HEIGHT = 755.0
"""The points that a column may take beside title and notes, on paper turned to landscape at its least scale."""
ROOMY_HEIGHT = 480.0
"""The points that a column may take in larger type, which is printed at nearly its full size."""
GAP = 6.0
"""Points between two boxes of a column."""


SOURCE = BoxSize(140, 36)
"""A district, and students, to which nothing comes."""
FED_SOURCE = BoxSize(190, 48)
SMALL = BoxSize(250, 63, across=2)
"""In a small map, the boxes of a source and of a receiver."""
SIDES = (BoxSize(400, 102), BoxSize(450, 115))
MIDDLE = BoxSize(330, 84)
"""In a large map; the second at the sides where the first would make the columns too high."""
SHARED_SIDE = BoxSize(480, 122, across=4)
SHARED_MIDDLE = BoxSize(205, 52)
"""In a map of shared boxes."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a map from left to right, each of them the ids of its boxes, and how wide the boxes are."""

    columns: tuple[tuple[str, ...], ...]
    places: Mapping[str, int]
    sizes: Mapping[str, BoxSize]
    theme: Theme
    """The look, in the type for which the boxes are made."""
    is_centred: bool
    fits: bool
    """Whether it is likely to fit a tabloid page."""

    @property
    def note_columns(self) -> int:
        """The columns of text that fit below the boxes."""
        if self.is_centred:
            return 300
        widest = max((size.columns for size in self.sizes.values()), default=SMALL.columns)
        return widest * max(2, len(self.columns))

    def is_mirrored(self, node: str) -> bool:
        """Tell whether arrows reach a box from its right, for it stands left of the sources."""
        return self.is_centred and self.places[node] == 0

    def sides(self, sender: str, receiver: str) -> tuple[str, str]:
        """Return at which sides (`e`, `w`) an arrow leaves its sender and reaches its receiver."""
        first, last = self.places[sender], self.places[receiver]
        if first < last:
            return "e", "w"
        if first > last:
            return "w", "e"
        return ("w", "w") if self.is_centred and first == len(self.columns) - 1 else ("e", "e")


def arrange(view: MapView, theme: Theme) -> Layout:
    """Place the boxes of a view."""
    depths = depths_of(view)
    for placed in (_stages_of(view, depths), depths) if not view.is_grouped else ():
        if (small := _arrange_small(view, theme, placed)) is not None:
            return small
    for side in (SHARED_SIDE,) if view.is_grouped else SIDES:
        sizes = _centred_sizes(view, depths, side)
        heights = _heights(view, theme, sizes)
        columns = _three_columns(view, depths, heights)
        layout = _layout(columns, sizes, heights, TABLOID_HEIGHT, theme, is_centred=True)
        if layout.fits:
            break
    return layout


def _arrange_small(view: MapView, theme: Theme, depths: Mapping[str, int]) -> Layout | None:
    """Place the boxes from left to right, in the largest type that fits; None where no type does."""
    columns = [[node.id for node in view.nodes if depths[node.id] == depth] for depth in sorted({*depths.values()})]
    if len(columns) > 4:
        return None
    usual = {node.id: _size(view, node, SMALL, FED_SOURCE) for node in view.nodes}
    # Two columns leave much of a letter page's width to spare, three a little; four stand on tabloid paper.
    stretch = 1.5 if len(columns) < 3 else 1.1
    for larger in theme.enlarged if len(columns) < 4 else theme.enlarged[-1:]:
        text = larger.sizes["text"], theme.sizes["text"]
        roomy = {id: FED_SOURCE if size == SOURCE else size for id, size in usual.items()}
        sizes = {id: size.in_type(*text, stretch=stretch) for id, size in roomy.items()}
        layout = _layout(columns, sizes, _heights(view, larger, sizes), ROOMY_HEIGHT, larger, is_centred=False)
        if layout.fits:
            return layout
    limit = LETTER_HEIGHT if len(columns) < 4 else TABLOID_HEIGHT
    layout = _layout(columns, usual, _heights(view, theme, usual), limit, theme, is_centred=False)
    return layout if layout.fits else None


def _centred_sizes(view: MapView, depths: Mapping[str, int], side: BoxSize) -> dict[str, BoxSize]:
    middle = SHARED_MIDDLE if view.is_grouped else MIDDLE
    return {node.id: side if depths[node.id] % 2 else _size(view, node, middle, middle) for node in view.nodes}


def _size(view: MapView, node: MapNode, usual: BoxSize, source: BoxSize) -> BoxSize:
    if node.kind not in SOURCES:
        return usual
    return source if any(edge.receiver == node.id for edge in view.edges) else SOURCE


def _heights(view: MapView, theme: Theme, sizes: Mapping[str, BoxSize]) -> dict[str, float]:
    return {node.id: height_of(view, node, theme, sizes[node.id]) for node in view.nodes}


def depths_of(view: MapView) -> dict[str, int]:
    """Return how many arrows each box is away from the sources, which are at 0; 1 where none leads there.

    Where there is no source, as on the way from one vendor to another, it begins with those to whom nothing comes.
    """
    reached = {edge.receiver for edge in view.edges}
    sources = {node.id for node in view.nodes if node.kind in SOURCES} or {
        node.id for node in view.nodes if node.id not in reached
    }
    beside = _neighbours(view.edges)
    depths = dict.fromkeys(sorted(sources), 0)
    todo = sorted(sources)
    for here in todo:
        for there in beside.get(here, ()):
            if there not in depths:
                depths[there] = depths[here] + 1
                todo.append(there)
    return depths | {node.id: 1 for node in view.nodes if node.id not in depths}


def _stages_of(view: MapView, depths: Mapping[str, int]) -> Mapping[str, int]:
    """Return the depths with each box right of all from which arrows reach it; as they are where arrows go round."""
    stages = dict(depths)
    arrows = [(e.sender, e.receiver) for e in view.edges if e.sender != e.receiver and depths[e.receiver]]
    for _ in view.nodes:
        late = [(sender, receiver) for sender, receiver in arrows if stages[receiver] <= stages[sender]]
        if not late:
            return stages
        for sender, receiver in late:
            stages[receiver] = max(stages[receiver], stages[sender] + 1)
    return depths


def _neighbours(edges: tuple[MapEdge, ...]) -> dict[str, list[str]]:
    beside: dict[str, list[str]] = {}
    for edge in edges:
        beside.setdefault(edge.sender, []).append(edge.receiver)
        beside.setdefault(edge.receiver, []).append(edge.sender)
    return beside


def _three_columns(view: MapView, depths: Mapping[str, int], heights: Mapping[str, float]) -> list[list[str]]:
    """Put boxes at an even depth in the middle, the others at both sides, which are as high as each other."""
    middle = [node.id for node in view.nodes if depths[node.id] % 2 == 0]
    others = [node.id for node in view.nodes if depths[node.id] % 2]
    left = _half(others, heights)
    return [[id for id in others if id in left], middle, [id for id in others if id not in left]]


def _half(boxes: list[str], heights: Mapping[str, float]) -> set[str]:
    """Choose boxes that together are as nearly as can be half as high as all."""
    reached: dict[int, tuple[str, ...]] = {0: ()}
    for id in boxes:
        step = round(heights[id] + GAP)
        for height, chosen in list(reached.items()):
            reached.setdefault(height + step, (*chosen, id))
    return set(reached[min(reached, key=lambda height: abs(2 * height - max(reached)))])


def _height(column: list[str], heights: Mapping[str, float]) -> float:
    return sum(heights[id] + GAP for id in column)


def _layout(
    columns: list[list[str]],
    sizes: Mapping[str, BoxSize],
    heights: Mapping[str, float],
    limit: float,
    theme: Theme,
    *,
    is_centred: bool,
) -> Layout:
    places = {id: number for number, column in enumerate(columns) for id in column}
    fits = max((_height(column, heights) for column in columns), default=0.0) <= limit
    return Layout(tuple(tuple(column) for column in columns), places, sizes, theme, is_centred, fits)
