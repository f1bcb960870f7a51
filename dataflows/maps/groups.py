"""Puts parties with nearly the same data into one box, where a map of single boxes can't be read.

What a party receives is a set of traits (from whom, by which method, which category).  Boxes are
chosen greedily so that few traits differ from what most members of a box have; each difference
stands beside the member's name, so the picture states every (party, category, method) exactly.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from dataflows.maps.merging import category_of, merge_flows
from dataflows.maps.shapes import MapEdge, MapMember, MapNode, MapView, Trait
from dataflows.model.parties import STUDENTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from dataflows.maps.wording import Wording
    from dataflows.model.snapshot import Snapshot

MOST_NODES = 32
MOST_EDGES = 60
MOST_GROUPS = 10
_ROUNDS = 8

Traits = frozenset[Trait]


def is_too_large(view: MapView) -> bool:
    """Tell whether a map of single boxes is past what a person can follow."""
    return len(view.nodes) > MOST_NODES or len(view.edges) > MOST_EDGES


def grouped_view(snapshot: Snapshot, view: MapView) -> MapView:
    """Return the view with shared boxes: the most boxes, at most ten, that keep to sixty arrows."""
    traits = traits_of(snapshot)
    parties = sorted(node.id for node in view.nodes if not snapshot.is_source(node.id))
    direct = [id for id in parties if any(trait.sender != "others" for trait in traits[id])]
    onward = [id for id in parties if id not in set(direct)]
    for count in range(MOST_GROUPS, 0, -1):
        groups = _split(direct, onward, count, traits)
        boxes = {id: f"group-{number}" for number, (_, members) in enumerate(groups, 1) for id in members}
        edges = merge_flows(snapshot, snapshot.flows, boxes)
        if len(edges) <= MOST_EDGES:
            break
    return _with_groups(snapshot, view, groups, edges, traits)


def cluster(parties: Collection[str], traits: Mapping[str, Traits], count: int) -> list[list[str]]:
    """Split parties into at most `count` groups with few differences inside each (k-medians, by trait).

    Ties go to the first by id, so the same catalog always gives the same groups.
    """
    profiles = Counter(traits[id] for id in parties)
    centres = _first_centres(profiles, count)
    for _ in range(_ROUNDS):
        homes = {profile: _nearest(profile, centres) for profile in profiles}
        moved = [
            _majority({profile: profiles[profile] for profile in profiles if homes[profile] == number})
            for number in range(len(centres))
        ]
        if moved == centres:
            break
        centres = moved
    groups: dict[int, list[str]] = defaultdict(list)
    for id in sorted(parties):
        groups[_nearest(traits[id], centres)].append(id)
    return sorted(groups.values(), key=lambda group: (-len(group), group))


def _first_centres(profiles: Counter[Traits], count: int) -> list[Traits]:
    """Choose profiles one by one, each the one that many parties are far from."""
    ordered = sorted(profiles, key=lambda profile: (-profiles[profile], sorted(profile)))
    centres = ordered[:1]
    distance = {profile: len(profile ^ centres[0]) for profile in ordered} if centres else {}
    while len(centres) < min(count, len(ordered)):
        chosen = max(ordered, key=lambda profile: profiles[profile] * distance[profile])
        centres.append(chosen)
        for profile in ordered:
            distance[profile] = min(distance[profile], len(profile ^ chosen))
    return centres


def _nearest(profile: Traits, centres: list[Traits]) -> int:
    return min(range(len(centres)), key=lambda number: (len(profile ^ centres[number]), number))


def _majority(profiles: Mapping[Traits, int]) -> Traits:
    """Return the traits that more than half of the parties have."""
    votes: Counter[Trait] = Counter()
    for profile, number in profiles.items():
        for trait in profile:
            votes[trait] += number
    half = sum(profiles.values()) / 2
    return frozenset(trait for trait, number in votes.items() if number > half)


def _split(
    direct: list[str], onward: list[str], count: int, traits: Mapping[str, Traits]
) -> list[tuple[str, list[str]]]:
    """Divide the boxes between those that receive from the sources and those that only others send to."""
    if not onward or not direct or count == 1:
        kind = "onward" if onward and not direct else "direct"
        return [(kind, group) for group in cluster([*direct, *onward], traits, count)]
    share = max(1, min(count - 1, round(count * len(onward) / (len(direct) + len(onward)))))
    groups = [("direct", group) for group in cluster(direct, traits, count - share)]
    return groups + [("onward", group) for group in cluster(onward, traits, share)]


def traits_of(snapshot: Snapshot) -> dict[str, Traits]:
    """Return what each party receives, and an empty set for those that only send."""
    found: dict[str, set[Trait]] = defaultdict(set)
    for flow in snapshot.flows:
        role = sender_role(snapshot.district.id, snapshot.sender_of(flow))
        for element in flow.elements:
            found[flow.receiver].add(Trait(role, str(flow.how), category_of(snapshot, element)))
        found.setdefault(snapshot.sender_of(flow), set())
    return {id: frozenset(traits) for id, traits in found.items()}


def sender_role(district: str, sender: str) -> str:
    """Return `district`, `students` or `others`."""
    if sender == district:
        return "district"
    return "students" if sender == STUDENTS else "others"


def _with_groups(
    snapshot: Snapshot,
    view: MapView,
    groups: list[tuple[str, list[str]]],
    edges: tuple[MapEdge, ...],
    traits: Mapping[str, Traits],
) -> MapView:
    sources = [node for node in view.nodes if snapshot.is_source(node.id)]
    sends_to: dict[str, set[str]] = defaultdict(set)
    for flow in snapshot.flows:
        if not snapshot.is_source(flow.receiver):
            sends_to[snapshot.sender_of(flow)].add(flow.receiver)
    names = {member.id: member.name for node in view.nodes for member in node.members}
    nodes, medians = [], {}
    for number, (kind, members) in enumerate(groups, 1):
        median = _majority(Counter(traits[id] for id in members))
        medians[f"group-{number}"] = median
        people = [
            MapMember(
                id,
                names[id],
                snapshot.kind_of(id),
                tuple(sorted(traits[id] - median)),
                tuple(sorted(median - traits[id])),
                tuple(sorted(sends_to[id])),
            )
            for id in members
        ]
        people.sort(key=lambda member: (member.name.casefold(), member.id))
        nodes.append(
            MapNode(f"group-{number}", "group", _label(view.wording, kind, number, len(people)), tuple(people))
        )
    shown = tuple(replace(edge, typical=_typical(snapshot, edge, medians)) for edge in edges)
    used = {trait.category for own in traits.values() for trait in own}
    codes = make_codes(
        {id: view.categories.get(id, id) for id in view.categories if id in used}
        | {id: id for id in sorted(used - set(view.categories))}
    )
    return replace(view, nodes=(*sources, *nodes), edges=shown, is_grouped=True, codes=codes)


def _typical(snapshot: Snapshot, edge: MapEdge, medians: Mapping[str, Traits]) -> tuple[str, ...]:
    """Return the categories of an arrow that most of the receiving box have."""
    if edge.receiver not in medians:
        return edge.categories
    role = sender_role(snapshot.district.id, edge.sender)
    median = medians[edge.receiver]
    return tuple(category for category in edge.categories if Trait(role, edge.method, category) in median)


def _label(wording: Wording, kind: str, number: int, count: int) -> str:
    words = wording.words["group"]
    return str(words[f"one_{kind}" if count == 1 else kind].format(number=number, count=count))


def make_codes(names: Mapping[str, str]) -> dict[str, str]:
    """Return a short code for each category, by its initials, no two alike."""
    codes: dict[str, str] = {}
    for id, name in names.items():
        for code in _spellings(name, id):
            if code not in codes.values():
                codes[id] = code
                break
    return codes


def _spellings(name: str, id: str) -> Iterable[str]:
    words = [word for word in name.replace("/", " ").replace("-", " ").split() if word[0].isalnum()] or [id]
    initials = "".join(word[0] for word in words).upper()[:3]
    yield initials
    last = words[-1]
    for end in range(2, len(last) + 1):
        yield initials[:-1] + last[:end].capitalize()
    number = 2
    while True:
        yield f"{initials}{number}"
        number += 1
