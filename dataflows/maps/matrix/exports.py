"""The overview and the matrix as JSON, in INTERFACE.md's shapes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataflows.maps.matrix.shapes import KeyLine, MatrixView


def export_matrix_json(view: MatrixView) -> bytes:
    """Return the overview's own shape, or that of the other maps with the matrix's columns and rows beside it."""
    tree = view.to_json() if view.view == "overview" else _matrix_json(view)
    return (json.dumps(tree, ensure_ascii=False, indent=2) + "\n").encode()


def _matrix_json(view: MatrixView) -> dict[str, Any]:
    shape = view.to_json()
    kinds = {party.id: party.kind for party in view.parties}
    ends = {id: None for line in view.key for id in (line.sender, line.receiver)}
    rows = {party.id: {column: list(methods) for column, methods in party.cells.items()} for party in view.parties}
    return {
        "view": view.view,
        "as_of": shape["as_of"],
        "nodes": [
            {"id": id, "kind": kinds.get(id, _source_kind(view, id)), "label": view.names[id], "members": [id]}
            for id in sorted(ends)
        ],
        "edges": _edges(view),
        "columns": shape["columns"],
        "rows": [{"party": party, "cells": cells} for party, cells in rows.items()],
        "key": shape["key"],
        **view.beside_to_json(),
    }


def _source_kind(view: MatrixView, id: str) -> str:
    return "district" if id == view.district_id else "students"


def _edges(view: MatrixView) -> list[dict[str, Any]]:
    """Merge flows by (from, to, method, via)."""
    merged: dict[tuple[str, str, str, str], list[KeyLine]] = {}
    for line in view.key:
        merged.setdefault((line.sender, line.receiver, line.method, line.via or ""), []).append(line)
    edges = []
    for (sender, receiver, method, via), lines in sorted(merged.items()):
        found = {element for line in lines for element in line.elements}
        elements = [element for element in view.elements if element in found]
        categories = dict.fromkeys(view.elements[element].category for element in elements)
        edges.append(
            {
                "from": sender,
                "to": receiver,
                "method": method,
                "categories": list(categories),
                "elements": elements,
                "flows": sorted(line.flow for line in lines),
                **({"via": [via]} if via else {}),
            }
        )
    return edges
