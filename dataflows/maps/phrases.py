"""What a row of a box says before its kinds of data: how they come, from whom, through whose service."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataflows.maps.shapes import MapEdge, MapView


def phrase_of(view: MapView, edge: MapEdge) -> str:
    """Say by which method, from whom, and through whose service data reaches a box."""
    words = view.wording.words
    phrase = str(words["rows"][edge.method]).format(sender=sender_words(view, edge))
    return f"{phrase} {via_words(view, edge)}".rstrip()


def via_words(view: MapView, edge: MapEdge) -> str:
    """Say through whose service an arrow's flows run, or nothing."""
    if not edge.via:
        return ""
    said = view.wording.words["via_partly" if edge.is_partly_via else "via"]
    return str(said.format(names=", ".join(view.carriers.get(id, id) for id in edge.via)))


def sender_words(view: MapView, edge: MapEdge) -> str:
    """Name the sender as a row does."""
    words = view.wording.words
    if edge.sender == edge.receiver:
        return str(words["within"])
    kind = next((node.kind for node in view.nodes if node.id == edge.sender), "")
    if kind == "group":
        return str(words["senders"]["group"].format(number=edge.sender.rpartition("-")[2]))
    return str(words["senders"].get(kind) or view.name_of(edge.sender))


def carried_words(view: MapView) -> str:
    """Say which flows run through the service of the party that the map is of."""
    ends = [
        f"{view.name_of(line['from'])} → {view.name_of(line['to'])}"
        for line in view.key
        if line["flow"] in view.carried
    ]
    return str(view.wording.words["carried"].format(flows=" · ".join(dict.fromkeys(ends))))
