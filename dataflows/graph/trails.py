"""The chain by which an element came on the earliest day: the fewest flows, then the first by id.

A chain goes over time: whoever sends must have the element by then.  The search goes back from the
receiver, one flow a level, and notes by which day each sender had to have the element at the
latest; the first level that meets a source has the fewest flows.  Then it goes forward and takes
the first party by id each time.  A sender's own earliest arrival is no help here: it may have come
by more flows than a later arrival that was still in time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.graph.edges import ALWAYS, NEVER

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from dataflows.graph.edges import Load

Entering = dict[str, list["Load"]]


def first_trail(
    party: str,
    day: str,
    bit: int,
    last_hops: Iterable[Load],
    entering: Mapping[str, Sequence[Load]],
    sources: Collection[str],
) -> tuple[str, ...]:
    """Return the parties from a source to `party`, where the element of `bit` arrived on `day`.

    The last flow is one of `last_hops`; `entering` has all flows by receiver. Such a chain must exist.
    """
    deadlines = [{party: day}]
    hops: list[Entering] = [{party: [load for load in last_hops if load.bits & bit]}]
    while True:
        before = _latest_days(deadlines[-1], hops[-1], bit)
        deadlines.append(before)
        if not before.keys().isdisjoint(sources):
            break
        hops.append({receiver: [load for load in entering.get(receiver, ()) if load.bits & bit] for receiver in before})
    return _walk(min(before.keys() & set(sources)), deadlines, hops)


def _latest_days(deadline: dict[str, str], hops: Entering, bit: int) -> dict[str, str]:
    """Return the day by which each sender had to have the element, for one of the receivers' deadlines."""
    latest: dict[str, str] = {}
    for receiver, loads in hops.items():
        for edge, bits in loads:
            day = min(edge.ends or NEVER, deadline[receiver])
            if bits & bit and (edge.starts or ALWAYS) <= day and day >= latest.get(edge.sender, ALWAYS):
                latest[edge.sender] = day
    return latest


def _walk(source: str, deadlines: list[dict[str, str]], hops: list[Entering]) -> tuple[str, ...]:
    """Go forward from the source, each time to the first party by id that is still in time."""
    path, today = [source], ALWAYS
    for deadline, entering in zip(reversed(deadlines[:-1]), reversed(hops), strict=True):
        reached: dict[str, str] = {}
        for receiver, loads in entering.items():
            for edge, _ in loads:
                day = max(today, edge.starts or ALWAYS)
                if edge.sender == path[-1] and day <= min(edge.ends or NEVER, deadline[receiver]):
                    reached[receiver] = min(day, reached.get(receiver, NEVER))
        path.append(min(reached))
        today = reached[path[-1]]
    return tuple(path)
