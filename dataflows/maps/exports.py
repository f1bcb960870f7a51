"""A view in forms for other programs: JSON and GraphML."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET  # writes only

if TYPE_CHECKING:
    from dataflows.maps.shapes import MapView

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_FIELDS = {
    "graph": ("view", "as_of", "district"),
    "node": ("kind", "name", "box"),
    "edge": ("method", "via", "categories", "elements", "purpose", "legal_basis", "agreement", "starts", "ends"),
}


def export_json(view: MapView) -> bytes:
    """Return the view's JSON, as INTERFACE.md shapes it."""
    return (json.dumps(view.to_json(), ensure_ascii=False, indent=2) + "\n").encode()


def export_graphml(view: MapView) -> bytes:
    """Return a directed multigraph: a node a party, an edge a flow, every attribute a text.

    Lists are ids separated by `;`; what is not known is left out; `box` names a shared box.
    """
    root = ET.Element("graphml", {"xmlns": _NAMESPACE})
    for owner, names in _FIELDS.items():
        for name in names:
            given = {"id": f"{owner}-{name}", "for": owner, "attr.name": name, "attr.type": "string"}
            ET.SubElement(root, "key", given)
    graph = ET.SubElement(root, "graph", {"id": "map", "edgedefault": "directed"})
    _data(graph, "graph", {"view": view.view, "as_of": view.as_of.isoformat(), "district": view.district})
    for node in view.nodes:
        for member in node.members:
            box = node.id if node.kind == "group" else None
            element = ET.SubElement(graph, "node", {"id": member.id})
            _data(element, "node", {"kind": member.kind, "name": member.name, "box": box})
    for line in view.key:
        ends = {"id": line["flow"], "source": line["from"], "target": line["to"]}
        headings = dict.fromkeys(view.headings[element] for element in line["elements"])
        lists = {"elements": ";".join(line["elements"]), "categories": ";".join(headings)}
        _data(ET.SubElement(graph, "edge", ends), "edge", {**line, **lists})
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _data(element: ET.Element, owner: str, values: dict[str, Any]) -> None:
    for name in _FIELDS[owner]:
        if values[name] is not None:
            ET.SubElement(element, "data", {"key": f"{owner}-{name}"}).text = values[name]
