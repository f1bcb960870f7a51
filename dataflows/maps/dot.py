"""A view as DOT: title and legend above, boxes from left to right, notes below.

Each box lists what reaches it, one row for each arrow, and the arrow ends at its row: so the
categories stand beside the arrow's head and no label can lie across a line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import graphviz

from dataflows.maps.boxes import box
from dataflows.maps.labels import clean
from dataflows.maps.surround import notes_label, title_label
from dataflows.maps.theme import Theme, read_theme

if TYPE_CHECKING:
    from dataflows.maps.shapes import MapEdge, MapView

BOX = "box-{}"
ARROW = "arrow-{}"


def dot_source(view: MapView) -> str:
    """Return the DOT source of a view; the same view gives the same text."""
    theme = read_theme()
    graph = graphviz.Digraph(
        "map",
        graph_attr=_page(view, theme),
        node_attr={"shape": "plain", "fontname": theme.font, "fontsize": f"{theme.sizes['text']:g}"},
        edge_attr={"fontname": theme.font, "arrowsize": "0.7"},
    )
    sources = {node.id for node in view.nodes if node.kind in ("district", "students")}
    with graph.subgraph(name="cluster_map") as inner:
        notes = notes_label(view, theme)
        inner.attr(label=notes, labelloc="b", labeljust="l", pencolor="none", margin="14")
        for node in view.nodes:
            inner.node(node.id, box(view, node, theme), id=BOX.format(node.id), tooltip=_attribute(node.label))
    for number, edge in enumerate(view.edges, 1):
        if edge.sender != edge.receiver:
            is_return = edge.receiver in sources and edge.sender not in sources
            # What comes back to the district runs against the reading direction, and must move no box.
            weight = {"constraint": "false"} if is_return else {}
            graph.edge(*_ends(number, edge, is_return=is_return), **_line(view, number, edge, theme), **weight)
    return str(graph.source)


def _page(view: MapView, theme: Theme) -> dict[str, str]:
    return {
        "rankdir": "LR",
        "label": title_label(view, theme),
        "labelloc": "t",
        "labeljust": "l",
        "fontname": theme.font,
        "bgcolor": theme.colours["paper"],
        "nodesep": "0.16",
        "ranksep": "1.3",
        "pad": "0.4",
        "outputorder": "edgesfirst",
        "charset": "UTF-8",
    }


def _ends(number: int, edge: MapEdge, *, is_return: bool) -> tuple[str, str]:
    """Return the ports of an arrow: out at the right and in at the left, the other way for what comes back."""
    if is_return:
        return f"{edge.sender}:out:w", f"{edge.receiver}:in{number}:e"
    return f"{edge.sender}:out:e", f"{edge.receiver}:in{number}:w"


def _line(view: MapView, number: int, edge: MapEdge, theme: Theme) -> dict[str, str]:
    style = theme.methods[edge.method]
    words = " · ".join(view.categories.get(id, id) for id in edge.categories)
    double = style.line == "double"
    return {
        "id": ARROW.format(number),
        "color": f"{style.colour}:{theme.colours['paper']}:{style.colour}" if double else style.colour,
        "style": "solid" if double else style.line,
        "penwidth": f"{style.width:g}",
        "arrowhead": style.arrow,
        "tooltip": _attribute(f"{view.name_of(edge.sender)} → {view.name_of(edge.receiver)}, {edge.method}: {words}"),
    }


def _attribute(text: str) -> str:
    """Make a plain text fit for an attribute: on one line, no backslash of its own meaning, never HTML."""
    fit: str = graphviz.escape(clean(text).replace("&", "&amp;"))  # a str of a kind that is never taken for HTML
    return fit
