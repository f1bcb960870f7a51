"""The part of a district's flows that one party is about, so that what is told of it costs what it has.

A letter or a map of one vendor looks through all flows that it is given, many times.  In a district of
thousands of vendors that would be thousands of times thousands: so each is given its own flows alone,
down the chains that lead from it and up those that lead to it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from dataflows.model.flows import Flow
    from dataflows.model.snapshot import Snapshot


class Surroundings:
    """The flows of a snapshot by their ends."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._leaving: dict[str, list[Flow]] = {}
        self._entering: dict[str, list[Flow]] = {}
        self._through: dict[str, list[Flow]] = {}
        for flow in snapshot.all_flows.values():
            self._leaving.setdefault(snapshot.sender_of(flow), []).append(flow)
            self._entering.setdefault(flow.receiver, []).append(flow)
            if flow.via:
                self._through.setdefault(flow.via, []).append(flow)

    def of(self, party: str) -> Snapshot:
        """Return the snapshot with no other flows than those that lead to a party, through it, or from it."""
        through = self._through.get(party, [])
        found = {flow.id for flow in through}
        down = {party, *(flow.receiver for flow in through)}
        up = {party, *(self._snapshot.sender_of(flow) for flow in through)}
        found |= self._follow(down, self._leaving, lambda flow: flow.receiver)
        found |= self._follow(up, self._entering, self._snapshot.sender_of)
        flows = self._snapshot.all_flows
        return replace(self._snapshot, all_flows={id: flows[id] for id in sorted(found)})

    def _follow(self, start: Iterable[str], flows: Mapping[str, list[Flow]], end_of: Callable[[Flow], str]) -> set[str]:
        """Return the flows that are met from some parties on; the district and its students end a chain."""
        waiting = [id for id in start if not self._snapshot.is_source(id)]
        seen, found = set(waiting), set[str]()
        while waiting:
            for flow in flows.get(waiting.pop(), ()):
                found.add(flow.id)
                next_one = end_of(flow)
                if next_one not in seen and not self._snapshot.is_source(next_one):
                    seen.add(next_one)
                    waiting.append(next_one)
        return found
