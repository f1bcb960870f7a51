"""The views that follow chains: everyone whom an element reaches, and every way from one party to another.

A chain carries one element all the way, each hop in force on the day, and never runs through the
district or its students, which have everything already.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dataflows.errors import UnknownIdError, UsageError
from dataflows.maps.groups import grouped_view, is_too_large
from dataflows.maps.layout import arrange
from dataflows.maps.merging import build_view, parties_of
from dataflows.maps.theme import read_theme
from dataflows.model.kinds import nearest
from dataflows.model.parties import STUDENTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from dataflows.maps.shapes import MapEdge, MapView
    from dataflows.maps.wording import Wording
    from dataflows.model.flows import Flow
    from dataflows.model.snapshot import Snapshot

_MOST_NAMED = 8
"""Elements that a row of a box names one by one; more are named by their categories."""

Hops = dict[str, set[str]]
"""By flow, the elements that a chain carries over it."""


def element_view(snapshot: Snapshot, elements: Sequence[str], name: str, wording: Wording | None = None) -> MapView:
    """Show every chain by which the elements, or narrower ones, get from the district or its students to anybody."""
    hops: Hops = {}
    asked = {narrow for id in elements for narrow in _narrower(snapshot, id)}
    carriers = _carriers(snapshot, asked)
    for element, flows in carriers.items():
        reached = _reach(snapshot, flows, _sources(snapshot), forwards=True)
        for flow in flows:
            if snapshot.sender_of(flow) in reached and not snapshot.is_source(flow.receiver):
                hops.setdefault(flow.id, set()).add(element)
    return _view(snapshot, "element", hops, wording, about=(name,), ends=(snapshot.district.id,))


def path_view(snapshot: Snapshot, start: str, end: str, wording: Wording | None = None) -> MapView:
    """Show every chain from one party to another; the district as the start stands for its students too.

    Raises UnknownIdError for a party that there isn't, UsageError where both are the same or the end is a source.
    """
    start, end = _party(snapshot, start), _party(snapshot, end)
    if start == end or snapshot.is_source(end):
        message = f"A path leads from one party to another that gets data, not from {start!r} to {end!r}."
        raise UsageError(message)
    starts = _sources(snapshot) if start == snapshot.district.id else {start}
    hops: Hops = {}
    elements = {element for flow in snapshot.flows for element in flow.elements}
    asked = {narrow for id in elements for narrow in _narrower(snapshot, id)}
    for element, flows in _carriers(snapshot, asked).items():
        ahead = _reach(snapshot, flows, starts, forwards=True)
        if end not in ahead:
            continue
        behind = _reach(snapshot, flows, {end}, forwards=False)
        for flow in flows:
            sender, receiver = snapshot.sender_of(flow), flow.receiver
            if sender in ahead and receiver in behind and sender != end and receiver not in starts:
                hops.setdefault(flow.id, set()).add(element)
    about = (snapshot.name_of(start), snapshot.name_of(end))
    return _view(snapshot, "path", hops, wording, about=about, ends=(start, end))


def _party(snapshot: Snapshot, word: str) -> str:
    """Return the party of a word: `vendor/zoom` and `zoom` are the same; raises UnknownIdError."""
    known = {snapshot.district.id, STUDENTS, *snapshot.vendors, *snapshot.parties}
    id = word.rpartition("/")[2]
    if id not in known:
        raise UnknownIdError("party", word, nearest(id, known))
    return id


def _sources(snapshot: Snapshot) -> set[str]:
    return {snapshot.district.id, STUDENTS}


def _narrower(snapshot: Snapshot, element: str) -> Iterable[str]:
    return (element, *snapshot.taxonomy.narrower_than(element)) if element in snapshot.taxonomy else (element,)


def _carriers(snapshot: Snapshot, asked: Collection[str]) -> dict[str, list[Flow]]:
    """Return the flows in force that carry each of the elements asked about."""
    found: dict[str, list[Flow]] = {}
    for flow in snapshot.flows:
        for element in {narrow for named in flow.elements for narrow in _narrower(snapshot, named)} & set(asked):
            found.setdefault(element, []).append(flow)
    return found


def _reach(snapshot: Snapshot, flows: Iterable[Flow], starts: Collection[str], *, forwards: bool) -> set[str]:
    """Return whom flows lead to from some parties, or whom they come from; no chain runs through a source."""
    beside: dict[str, list[str]] = {}
    for flow in flows:
        ends = (snapshot.sender_of(flow), flow.receiver)
        here, there = ends if forwards else ends[::-1]
        beside.setdefault(here, []).append(there)
    reached, todo = set(starts), sorted(starts)
    while todo:
        here = todo.pop()
        if snapshot.is_source(here) and here not in starts:
            continue
        for there in beside.get(here, ()):
            if there not in reached:
                reached.add(there)
                todo.append(there)
    return reached


def _view(
    snapshot: Snapshot,
    name: str,
    hops: Hops,
    wording: Wording | None,
    *,
    about: tuple[str, ...],
    ends: tuple[str, ...],
) -> MapView:
    """Return the map of the flows over which chains run, each with only the elements that they carry."""
    kept = {id: _narrowed(snapshot, snapshot.all_flows[id], hops[id]) for id in sorted(hops)}
    chained = replace(snapshot, all_flows=kept)
    ids = {*ends, *parties_of(chained, chained.flows)}
    view = build_view(chained, name, ids, chained.flows, wording=wording)
    view = replace(view, about=about)
    if is_too_large(view) or not arrange(view, read_theme()).fits:
        return grouped_view(chained, view)
    return _with_elements(view)


def _narrowed(snapshot: Snapshot, flow: Flow, carried: Collection[str]) -> Flow:
    """Return a flow with those of the elements it names that a chain carries, or of which it carries a part."""
    named = [id for id in flow.elements if not {id, *_narrower(snapshot, id)}.isdisjoint(carried)]
    return replace(flow, elements=tuple(named))


def _with_elements(view: MapView) -> MapView:
    """Let the rows of boxes name elements where they are few, for a chain is about these."""

    def named(edge: MapEdge) -> MapEdge:
        return replace(edge, typical=edge.elements) if len(edge.elements) <= _MOST_NAMED else edge

    names: Mapping[str, str] = {**view.elements, **view.categories}
    return replace(view, edges=tuple(named(edge) for edge in view.edges), categories=names)
