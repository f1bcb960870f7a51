"""What a map is made of: boxes, merged arrows, and the key that lists every flow by itself.

Flows are merged by (from, to, method); nothing that a map merges, shortens or groups is
lost, for `key` holds it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from dataflows.maps.theme import SOURCES
from dataflows.maps.wording import Wording, our_wording

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


class Trait(NamedTuple):
    """One thing that a party has in a map: a category, by a method, from the district, students or others."""

    sender: str
    method: str
    category: str


@dataclass(frozen=True, slots=True)
class MapMember:
    """A party in a box: its name, and in a shared box what sets it apart from the others."""

    id: str
    name: str
    kind: str
    adds: tuple[Trait, ...] = ()
    removes: tuple[Trait, ...] = ()
    sends_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MapNode:
    """A box: one party, or several that share it."""

    id: str
    kind: str
    label: str
    members: tuple[MapMember, ...]


@dataclass(frozen=True, slots=True)
class MapEdge:
    """All flows from one box to another by one method.

    `categories` and `elements` are all that flow; `typical` are the categories that most
    members of the box receive (the same, where a box holds one party).  `via` are the vendors
    through whose services they run; `is_partly_via` where some of them don't.
    """

    sender: str
    receiver: str
    method: str
    categories: tuple[str, ...]
    elements: tuple[str, ...]
    flows: tuple[str, ...]
    typical: tuple[str, ...]
    via: tuple[str, ...] = ()
    is_partly_via: bool = False
    change: str = ""
    """In a map that is compared with another day: `added`, `ended`, `changed`, or nothing."""


class MapFinding(NamedTuple):
    """What a rule says about a party of the map, or about what reaches it."""

    party: str
    severity: str
    rule: str
    subject: str
    text: str
    """What to do about it, in a few words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """A map of one day. Names are in the language of its snapshot."""

    view: str
    as_of: date
    district: str
    subject: str | None = None
    about: tuple[str, ...] = ()
    """The names in the title of a map that is not of one party."""
    nodes: tuple[MapNode, ...]
    edges: tuple[MapEdge, ...]
    key: tuple[dict[str, Any], ...]
    categories: Mapping[str, str]
    elements: Mapping[str, str]
    headings: Mapping[str, str]
    """The category of each element that flows."""
    unconnected: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    """The flows that run through the service of the subject."""
    carriers: Mapping[str, str] = field(default_factory=dict)
    """The names of vendors through whose services flows run."""
    language: str = "en"
    wording: Wording = field(default_factory=our_wording)
    is_grouped: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)
    compared_with: date | None = None
    findings: tuple[MapFinding, ...] = ()
    """Most severe first."""
    has_findings: bool = False
    """Whether the map says what an audit found, be it nothing."""

    def to_json(self) -> dict[str, Any]:
        """Return INTERFACE's shape for maps, with the exceptions of shared boxes and the key beside it."""
        tree: dict[str, Any] = {
            "view": self.view,
            "as_of": self.as_of.isoformat(),
            "nodes": [_node_json(node) for node in self.nodes],
            "edges": [_edge_json(edge) for edge in self.edges],
            "key": list(self.key),
        }
        if self.compared_with:
            tree["compared_with"] = self.compared_with.isoformat()
        if self.has_findings:
            tree["findings"] = [finding._asdict() for finding in self.findings]
        if self.is_grouped:
            members = [member for node in self.nodes for member in node.members]
            tree["exceptions"] = {m.id: _exceptions(m) for m in members if m.adds or m.removes}
        return tree

    @property
    def counted(self) -> int:
        """How many parties data goes to, as the overview counts them: not the district, nor its students."""
        sources = {node.id for node in self.nodes if node.kind in SOURCES}
        return len({line["to"] for line in self.key} - sources)

    def name_of(self, node: str) -> str:
        """Return the label of a box."""
        return next((item.label for item in self.nodes if item.id == node), node)


def _node_json(node: MapNode) -> dict[str, Any]:
    return {"id": node.id, "kind": node.kind, "label": node.label, "members": [m.id for m in node.members]}


def _edge_json(edge: MapEdge) -> dict[str, Any]:
    return {
        "from": edge.sender,
        "to": edge.receiver,
        "method": edge.method,
        "categories": list(edge.categories),
        "elements": list(edge.elements),
        "flows": list(edge.flows),
        **({"via": list(edge.via)} if edge.via else {}),
        **({"change": edge.change} if edge.change else {}),
    }


def _exceptions(member: MapMember) -> dict[str, Any]:
    def by_category(traits: tuple[Trait, ...]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for trait in traits:
            found.setdefault(trait.category, []).append(trait.method)
        return {category: sorted(set(methods)) for category, methods in sorted(found.items())}

    return {"add": by_category(member.adds), "remove": by_category(member.removes)}
