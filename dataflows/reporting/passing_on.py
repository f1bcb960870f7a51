"""To whom a kind of data goes on from a party, down the whole chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.reporting.views import PurposeView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataflows.model.flows import Flow
    from dataflows.reporting.district_texts import Told
    from dataflows.reporting.telling import Teller


def find_onward(element: str, holders: Iterable[str], teller: Teller) -> tuple[PurposeView, ...]:
    """Return who gets the element, or a narrower one, from the holders on the snapshot's day.

    The district and its students are left out: what comes back to them is not passed on.
    """
    snapshot = teller.snapshot
    leaving: dict[str, list[Flow]] = {}  # a chain of a thousand hops would be looked through a thousand times
    for flow in snapshot.flows:
        if not snapshot.is_source(flow.receiver):
            leaving.setdefault(snapshot.sender_of(flow), []).append(flow)
    wanted = set(snapshot.taxonomy.narrower_than(element)) or {element}
    start = set(holders)
    waiting = [(holder, frozenset(wanted)) for holder in sorted(start)]
    seen: dict[str, set[str]] = {holder: set(wanted) for holder in start}
    purposes: dict[str, list[Told]] = {}
    while waiting:
        sender, has = waiting.pop()
        for flow in leaving.get(sender, ()):
            carried = {id for id in has if _carries(flow, id, teller)}
            if not carried:
                continue
            if flow.receiver not in start:
                known = purposes.setdefault(flow.receiver, [])
                purpose = teller.tell_if(f"flows.{flow.id}.purpose", flow.purpose)
                known += [purpose] if purpose and purpose not in known else []
            fresh = carried - seen.setdefault(flow.receiver, set())
            if fresh:
                seen[flow.receiver] |= fresh
                waiting.append((flow.receiver, frozenset(fresh)))
    named = ((teller.party(party), tuple(told)) for party, told in purposes.items())
    return tuple(PurposeView(name, told) for name, told in sorted(named, key=lambda pair: pair[0]))


def _carries(flow: Flow, element: str, teller: Teller) -> bool:
    """Tell whether a flow names the element or a broader one (INTERFACE.md, Words)."""
    chain = teller.snapshot.taxonomy.broader_than(element) or (element,)
    return any(id in flow.elements for id in chain)
