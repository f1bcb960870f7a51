"""What a screen reader says of a map: the same facts as the drawing, and those that it shortens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.maps.labels import clean
from dataflows.maps.marks import change_words, finding_lines
from dataflows.maps.phrases import carried_words, via_words

if TYPE_CHECKING:
    from dataflows.maps.shapes import MapEdge, MapMember, MapNode, MapView


def describe_map(view: MapView) -> str:
    """Say how large the map is, and what its notes say."""
    from dataflows.maps.surround import notes_of

    said, sentences = view.wording.words["describe"]["map"], " ".join(notes_of(view))
    return clean(said.format(parties=f"{view.counted:,}", edges=f"{len(view.edges):,}", sentences=sentences))


def describe_edge(view: MapView, edge: MapEdge) -> str:
    """Say everything of one arrow, in one sentence."""
    return clean(
        view.wording.words["describe"]["edge"].format(
            sender=view.name_of(edge.sender),
            receiver=view.name_of(edge.receiver),
            method=method_of(view, edge),
            categories=", ".join(view.categories.get(id, id) for id in edge.categories),
            elements=", ".join(view.elements.get(id, id) for id in edge.elements),
            flows=", ".join(edge.flows),
        )
    )


def method_of(view: MapView, edge: MapEdge) -> str:
    """Name the method of an arrow, and through whose service it runs."""
    method = method_word(view, edge.method)
    return change_words(view, edge, f"{method} {via_words(view, edge)}".rstrip())


def method_word(view: MapView, method: str) -> str:
    """Name a method in a word or two."""
    return str(view.wording.words["legend"][method]).partition(":")[0]


def describe_node(view: MapView, node: MapNode) -> str:
    """Say what kind of party stands in a box, and everyone in it."""
    words = view.wording.words
    found = "".join(f" {text.partition(' ')[2].capitalize()}." for _, text in finding_lines(view, node))
    kind = str(words["kinds"].get(node.kind, node.kind)).capitalize()
    if node.kind != "group":
        said = str(words["describe"]["node"].format(kind=kind)) + found
        is_carrier = bool(view.carried) and node.id == view.subject
        return clean(f"{said} {carried_words(view)}.") if is_carrier else said
    members = "; ".join(_member(view, member) for member in node.members)
    return clean(words["describe"]["members"].format(kind=kind, members=members) + found)


def _member(view: MapView, member: MapMember) -> str:
    said, parts = view.wording.words["describe"], [member.name]
    for sign, traits in ((said["more"], member.adds), (said["less"], member.removes)):
        names = [f"{view.categories.get(t.category, t.category)} ({method_word(view, t.method)})" for t in traits]
        parts += [f"{sign} {', '.join(names)}"] if names else []
    return ", ".join(parts)
