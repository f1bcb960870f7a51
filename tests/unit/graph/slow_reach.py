"""Holding and retaining, written plainly from the definitions of INTERFACE.md: slow, and easy to check.

Days are whole numbers from 0 to LAST; a missing start is before day 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

FIRST_DAY = date(2026, 1, 1)
LAST = 9
BEFORE = -1


@dataclass(frozen=True)
class PlainFlow:
    id: str
    sender: str
    receiver: str
    elements: tuple[str, ...]
    starts: int | None
    ends: int | None
    retention_days: int | None
    destroyed: int | None

    def in_force(self, day: int) -> bool:
        return (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)

    def keeps(self, day: int) -> bool:
        if self.destroyed is not None and day >= self.destroyed:
            return False
        if self.in_force(day):
            return True
        ended = self.ends is not None and self.ends < day
        return ended and (self.retention_days is None or day <= self.ends + self.retention_days)

    def last_kept(self) -> int | None:
        days = []
        if self.ends is not None and self.retention_days is not None:
            days.append(self.ends + self.retention_days)
        if self.destroyed is not None:
            days.append(self.destroyed - 1)
        return min(days) if days else None


def day_of(number: int) -> date:
    return FIRST_DAY + timedelta(days=number)


class Plain:
    """Every answer by trying everything: sets of (party, element, day), and all chains up to a length."""

    def __init__(self, flows: list[PlainFlow], broader: dict[str, str | None], sources: set[str]) -> None:
        self.flows, self.broader, self.sources = flows, broader, sources
        self.parties = {party for flow in flows for party in (flow.sender, flow.receiver)} | sources

    def upward(self, element: str) -> set[str]:
        chain = set()
        current: str | None = element
        while current is not None:
            chain.add(current)
            current = self.broader[current]
        return chain

    def wanted(self, asked: set[str]) -> set[str]:
        return {element for element in self.broader if self.upward(element) & asked}

    def carries(self, flow: PlainFlow, element: str) -> bool:
        return bool(set(flow.elements) & self.upward(element))

    def held(self, element: str, day: int) -> set[str]:
        have = set(self.sources)
        while True:
            more = {f.receiver for f in self.flows if f.in_force(day) and f.sender in have and self.carries(f, element)}
            if more <= have:
                return have - self.sources
            have |= more

    def arrival(self, element: str, until: int = LAST) -> dict[str, int]:
        """Day by day: what is there stays; within a day, until nothing changes."""
        arrived = dict.fromkeys(self.sources, BEFORE)
        for day in range(BEFORE, until + 1):
            changed = True
            while changed:
                changed = False
                for flow in self.flows:
                    if (
                        flow.in_force(day)
                        and self.carries(flow, element)
                        and flow.sender in arrived
                        and flow.receiver not in arrived
                    ):
                        arrived[flow.receiver] = day
                        changed = True
        return arrived

    def keepers(self, element: str, day: int) -> dict[str, list[PlainFlow]]:
        """By party, the flows whose load of this element is kept on the day; holders not left out."""
        arrived = self.arrival(element, day)
        kept: dict[str, list[PlainFlow]] = {}
        for flow in self.flows:
            if (
                flow.receiver not in self.sources
                and self.carries(flow, element)
                and flow.sender in arrived
                and (flow.starts is None or flow.starts <= day)
                and (flow.ends is None or flow.ends >= arrived[flow.sender])
                and flow.keeps(day)
            ):
                kept.setdefault(flow.receiver, []).append(flow)
        return kept

    def uncovered(self, elements: set[str]) -> tuple[str, ...]:
        return tuple(sorted(e for e in elements if not (self.upward(e) - {e}) & elements))

    def chains(self, hops: int) -> list[list[PlainFlow]]:
        """All chains of exactly so many flows that begin at a source."""
        if hops == 0:
            return [[]]
        return [
            [*chain, flow]
            for chain in self.chains(hops - 1)
            for flow in self.flows
            if (flow.sender == chain[-1].receiver if chain else flow.sender in self.sources)
        ]

    def first_path(self, fits) -> tuple[str, ...]:
        """The path of the fewest flows that fits, the first by id."""
        for hops in range(1, len(self.parties) + 1):
            paths = [(c[0].sender, *(f.receiver for f in c)) for c in self.chains(hops) if fits(c)]
            if paths:
                return min(paths)
        raise AssertionError

    def holders(self, asked: set[str], day: int) -> list[tuple]:
        held = {element: self.held(element, day) for element in self.wanted(asked)}
        rows = []
        for party in set().union(*held.values()):
            elements = {e for e, parties in held.items() if party in parties}
            path = self.first_path(
                lambda c, party=party, elements=elements: (
                    c[-1].receiver == party
                    and any(all(f.in_force(day) and self.carries(f, e) for f in c) for e in elements)
                )
            )
            flows = {
                f.id
                for f in self.flows
                for e in elements
                if f.receiver == party and f.in_force(day) and self.carries(f, e)
                if f.sender in self.sources or f.sender in held[e]
            }
            rows.append((len(path) - 1, party, self.uncovered(elements), path, tuple(sorted(flows)), None))
        return sorted(rows)

    def retained(self, asked: set[str], day: int) -> list[tuple]:
        wanted = self.wanted(asked)
        holders = {party for e in wanted for party in self.held(e, day)}
        kept = {e: self.keepers(e, day) for e in wanted}
        rows = []
        for party in {party for by_party in kept.values() for party in by_party} - holders:
            pairs = [(e, flow) for e in wanted for flow in kept[e].get(party, [])]
            elements = {e for e, _ in pairs}
            came = {
                (e, flow): max(self.arrival(e, day)[flow.sender], flow.starts if flow.starts is not None else BEFORE)
                for e, flow in pairs
            }
            earliest = min(came.values())
            path = self.first_path(
                lambda c, pairs=pairs, earliest=earliest: any(
                    (e, c[-1]) in pairs and self.comes_on(c, e) == earliest for e in wanted
                )
            )
            ends = [flow.last_kept() for _, flow in pairs]
            until = None if None in ends else max(ends)
            flows = tuple(sorted({flow.id for _, flow in pairs}))
            rows.append((len(path) - 1, party, self.uncovered(elements), path, flows, until))
        return sorted(rows)

    def comes_on(self, chain: list[PlainFlow], element: str) -> int | None:
        """The day on which the element comes by this chain, each flow taken as soon as possible."""
        day = BEFORE
        for flow in chain:
            day = max(day, flow.starts if flow.starts is not None else BEFORE)
            if not self.carries(flow, element) or (flow.ends is not None and day > flow.ends):
                return None
        assert all(a.receiver == b.sender for a, b in pairwise(chain))
        return day

    def had(self, party: str, first: int, last: int) -> tuple[str, ...]:
        """What a party held or retained on some day."""
        return self.uncovered(
            {
                e
                for e in self.broader
                for day in range(first, last + 1)
                if party in self.held(e, day) or party in self.keepers(e, day)
            }
        )
