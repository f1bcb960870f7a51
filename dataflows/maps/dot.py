"""A view as DOT: title and legend above, boxes in columns, notes below.

Each box lists what reaches it, one row for each arrow, and the arrow ends at its row: so the
categories stand beside the arrow's head and no label can lie across a line.  The columns are
ours (layout.py): unseen edges hold them in their order, and no arrow moves a box out of its own.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import graphviz

from dataflows.maps.boxes import box
from dataflows.maps.describe import method_of
from dataflows.maps.labels import clean
from dataflows.maps.layout import GAP, Layout, arrange
from dataflows.maps.surround import notes_label, title_label
from dataflows.maps.theme import Theme, read_theme

if TYPE_CHECKING:
    from dataflows.maps.shapes import MapEdge, MapView

BOX = "box-{}"
ARROW = "arrow-{}"
COLUMN = "_column{}"
"""Never an id of the catalog: those have no underscore."""


def dot_source(view: MapView) -> str:
    """Return the DOT source of a view; the same view gives the same text."""
    layout = arrange(view, read_theme())
    theme = layout.theme
    graph = graphviz.Digraph(
        "map",
        graph_attr=_page(view, theme, layout),
        node_attr={"shape": "plain", "fontname": theme.font, "fontsize": f"{theme.sizes['text']}"},
        edge_attr={"fontname": theme.font, "arrowsize": "0.6"},
    )
    with graph.subgraph(name="cluster_map") as inner:
        notes = notes_label(view, theme, layout.note_columns)
        inner.attr(label=notes, labelloc="b", labeljust="l", pencolor="none", margin="4")
        _add_boxes(inner, view, theme, layout)
    for number, edge in enumerate(view.edges, 1):
        if edge.sender != edge.receiver:
            out, into = layout.sides(edge.sender, edge.receiver)
            ends = f"{edge.sender}:out:{out}", f"{edge.receiver}:in{number}:{into}"
            graph.edge(*ends, **_line(view, number, edge, theme))
    return str(graph.source)


def _add_boxes(graph: graphviz.Digraph, view: MapView, theme: Theme, layout: Layout) -> None:
    """Add the columns, each a rank with an unseen node; the edges between these hold the columns in order.

    The engine turns what runs against the order of an earlier edge, so the unseen ones come first.
    """
    nodes = {node.id: node for node in view.nodes}
    places = [COLUMN.format(number) for number in range(len(layout.columns))]
    unseen = {"style": "invis", "shape": "point", "width": "0", "height": "0", "label": ""}
    for place in places:
        graph.node(place, **unseen)
    for left, right in pairwise(places):
        graph.edge(left, right, style="invis")
    for place, column in zip(places, layout.columns, strict=True):
        with graph.subgraph() as rank:
            rank.attr(rank="same")
            rank.node(place)
            for id in column:
                node = nodes[id]
                label = box(view, node, theme, layout.sizes[id], is_mirrored=layout.is_mirrored(id))
                rank.node(id, label, id=BOX.format(id), tooltip=_attribute(node.label))


def _page(view: MapView, theme: Theme, layout: Layout) -> dict[str, str]:
    return {
        "rankdir": "LR",
        "label": title_label(view, theme, columns=layout.note_columns),
        "labelloc": "t",
        "labeljust": "l",
        "fontname": theme.font,
        "fontsize": f"{theme.sizes['small']}",
        "bgcolor": theme.colours["paper"],
        "nodesep": f"{GAP / 72:g}",
        "ranksep": "0.66",
        "pad": "0.1",
        "margin": "0",
        "outputorder": "edgesfirst",
        "charset": "UTF-8",
    }


def _line(view: MapView, number: int, edge: MapEdge, theme: Theme) -> dict[str, str]:
    style = theme.methods[edge.method]
    is_old = view.compared_with is not None and not edge.change
    colour, width = (theme.colours["rule"], 1.0) if is_old else (style.colour, style.width)
    words = " · ".join(view.categories.get(id, id) for id in edge.categories)
    ends = f"{view.name_of(edge.sender)} → {view.name_of(edge.receiver)}"
    double = style.line == "double"
    return {
        "id": ARROW.format(number),
        "color": f"{colour}:{theme.colours['paper']}:{colour}" if double else colour,
        "style": "solid" if double else style.line,
        "penwidth": f"{width:g}",
        "arrowhead": style.arrow,
        "tooltip": _attribute(f"{ends}, {method_of(view, edge)}: {words}"),
    }


def _attribute(text: str) -> str:
    """Make a plain text fit for an attribute: on one line, no backslash of its own meaning, never HTML."""
    fit: str = graphviz.escape(clean(text).replace("&", "&amp;"))  # a str of a kind that is never taken for HTML
    return fit
