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


def dot_source(view: MapView) -> str:
    """Return the DOT source of a view; the same view gives the same text."""
    theme = read_theme()
    layout = arrange(view, theme)
    graph = graphviz.Digraph(
        "map",
        graph_attr=_page(view, theme, layout),
        node_attr={"shape": "plain", "fontname": theme.font, "fontsize": f"{theme.sizes['text']:g}"},
        edge_attr={"fontname": theme.font, "arrowsize": "0.6"},
    )
    with graph.subgraph(name="cluster_map") as inner:
        notes = notes_label(view, theme, layout.note_columns)
        inner.attr(label=notes, labelloc="b", labeljust="l", pencolor="none", margin="4")
        _add_boxes(inner, view, theme, layout)
    for number, edge in enumerate(view.edges, 1):
        if edge.sender != edge.receiver:
            _add_arrow(graph, view, number, theme, layout)
    return str(graph.source)


def _add_arrow(graph: graphviz.Digraph, view: MapView, number: int, theme: Theme, layout: Layout) -> None:
    """Draw an arrow; one that runs from right to left may not rank its ends, so an unseen one does it in its place."""
    edge = view.edges[number - 1]
    out, into = layout.sides(edge.sender, edge.receiver)
    first, last = f"{edge.sender}:out:{out}", f"{edge.receiver}:in{number}:{into}"
    is_onward = layout.places[edge.sender] < layout.places[edge.receiver]
    graph.edge(first, last, **_line(view, number, edge, theme), constraint=str(is_onward).lower())
    if layout.places[edge.sender] > layout.places[edge.receiver]:
        graph.edge(last, first, style="invis")


def _add_boxes(graph: graphviz.Digraph, view: MapView, theme: Theme, layout: Layout) -> None:
    nodes = {node.id: node for node in view.nodes}
    for column in layout.columns:
        with graph.subgraph() as rank:
            rank.attr(rank="same")
            for id in column:
                node = nodes[id]
                label = box(view, node, theme, layout.sizes[id], is_mirrored=layout.is_mirrored(id))
                rank.node(id, label, id=BOX.format(id), tooltip=_attribute(node.label))
    filled = [column for column in layout.columns if column]
    for left, right in pairwise(filled):
        graph.edge(left[0], right[0], style="invis", weight="0")


def _page(view: MapView, theme: Theme, layout: Layout) -> dict[str, str]:
    return {
        "rankdir": "LR",
        "label": title_label(view, theme, is_wide=layout.is_wide),
        "labelloc": "t",
        "labeljust": "l",
        "fontname": theme.font,
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
    words = " · ".join(view.categories.get(id, id) for id in edge.categories)
    ends = f"{view.name_of(edge.sender)} → {view.name_of(edge.receiver)}"
    double = style.line == "double"
    return {
        "id": ARROW.format(number),
        "color": f"{style.colour}:{theme.colours['paper']}:{style.colour}" if double else style.colour,
        "style": "solid" if double else style.line,
        "penwidth": f"{style.width:g}",
        "arrowhead": style.arrow,
        "tooltip": _attribute(f"{ends}, {method_of(edge)}: {words}"),
    }


def _attribute(text: str) -> str:
    """Make a plain text fit for an attribute: on one line, no backslash of its own meaning, never HTML."""
    fit: str = graphviz.escape(clean(text).replace("&", "&amp;"))  # a str of a kind that is never taken for HTML
    return fit
