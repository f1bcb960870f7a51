"""The views of a map: everyone (`network`), and one vendor with its chains (`vendor`)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dataflows.errors import UnknownIdError
from dataflows.maps.groups import grouped_view, is_too_large
from dataflows.maps.layout import arrange
from dataflows.maps.merging import build_view, parties_of
from dataflows.maps.theme import read_theme
from dataflows.model.kinds import nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from dataflows.maps.shapes import MapView
    from dataflows.maps.wording import Wording
    from dataflows.model.flows import Flow
    from dataflows.model.snapshot import Snapshot


def network_view(snapshot: Snapshot, wording: Wording | None = None) -> MapView:
    """Show everyone that a flow in force touches; parties with like data share a box where there are too many."""
    flows = snapshot.flows
    ids = {snapshot.district.id, *parties_of(snapshot, flows)}
    known = {**snapshot.vendors, **snapshot.parties}
    touched = ids | {flow.via for flow in flows}
    unconnected = tuple(sorted(snapshot.name_of(id) for id in known if id not in touched))
    view = build_view(snapshot, "network", ids, flows, unconnected=unconnected, wording=wording)
    is_single = not is_too_large(view) and arrange(view, read_theme()).fits
    return view if is_single else grouped_view(snapshot, view)


def vendor_view(snapshot: Snapshot, vendor_id: str, wording: Wording | None = None) -> MapView:
    """Show one vendor (or other party): by which chains data reaches it, where it goes from there, what it carries."""
    known = {**snapshot.vendors, **snapshot.parties}
    if vendor_id not in known:
        raise UnknownIdError("vendor", vendor_id, nearest(vendor_id, known))
    chains = (_chain(snapshot, vendor_id, forwards=forwards) for forwards in (False, True))
    carried = [flow for flow in snapshot.flows if flow.via == vendor_id]
    flows = {flow.id: flow for chain in (*chains, carried) for flow in chain}
    chosen = [flows[id] for id in sorted(flows)]
    ids = {snapshot.district.id, vendor_id, *parties_of(snapshot, chosen)}
    through = tuple(sorted(flow.id for flow in carried))
    view = build_view(snapshot, "vendor", ids, chosen, subject=vendor_id, wording=wording)
    return replace(view, carried=through)


def _chain(snapshot: Snapshot, party: str, *, forwards: bool) -> list[Flow]:
    """Follow flows from party to party while they carry an element in common; the sources end a chain."""
    flows_at: dict[str, list[Flow]] = {}
    for flow in snapshot.flows:
        flows_at.setdefault(snapshot.sender_of(flow) if forwards else flow.receiver, []).append(flow)
    carried_by = _carrier(snapshot)
    found: dict[str, Flow] = {}
    seen: dict[str, set[str]] = {}
    todo: list[tuple[str, frozenset[str] | None]] = [(party, None)]
    while todo:
        here, arrived = todo.pop()
        for flow in flows_at.get(here, ()):
            common = carried_by(flow) if arrived is None else carried_by(flow) & arrived
            if not common:
                continue
            found[flow.id] = flow
            there = flow.receiver if forwards else snapshot.sender_of(flow)
            if not snapshot.is_source(there) and not common <= seen.setdefault(there, set()):
                seen[there] |= common
                todo.append((there, common))
    return list(found.values())


def _carrier(snapshot: Snapshot) -> Callable[[Flow], frozenset[str]]:
    """Return a function that says what a flow carries: the elements that it names, and every narrower one."""
    narrower: dict[str, tuple[str, ...]] = {}

    def carried(flow: Flow) -> frozenset[str]:
        for element in flow.elements:
            if element not in narrower:
                narrower[element] = (element, *snapshot.taxonomy.narrower_than(element))
        return frozenset(id for element in flow.elements for id in narrower[element])

    return carried
