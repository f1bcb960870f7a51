"""The order of rows in which blocks show: a chain from neighbour to nearest neighbour, then untwisted (2-opt)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_WINDOW = 60
"""The longest stretch that is turned round; a shorter one where there are thousands of rows."""
_PASSES = 4
_EFFORT = 60_000


def seriate(profiles: Sequence[int]) -> list[int]:
    """Return the places of profiles in an order in which neighbours differ little; the fullest comes first."""
    if len(profiles) < 3:
        return sorted(range(len(profiles)), key=lambda place: (-profiles[place].bit_count(), place))
    order = _chain(profiles)
    for _ in range(_PASSES):
        if not _untwist(order, profiles):
            break
    return order


def _chain(profiles: Sequence[int]) -> list[int]:
    left = sorted(range(len(profiles)), key=lambda place: (-profiles[place].bit_count(), place))
    order = [left.pop(0)]
    while left:
        here = profiles[order[-1]]
        distances = [(profiles[place] ^ here).bit_count() for place in left]
        order.append(left.pop(distances.index(min(distances))))
    return order


def _untwist(order: list[int], profiles: Sequence[int]) -> bool:
    """Turn each stretch round that lies better so, the first row staying; tell whether any did."""
    has_changed = False
    window = max(5, min(_WINDOW, _EFFORT // len(order)))
    for start in range(1, len(order) - 1):
        for end in range(start + 1, min(start + window, len(order))):
            before, first, last = profiles[order[start - 1]], profiles[order[start]], profiles[order[end]]
            old, new = (before ^ first).bit_count(), (before ^ last).bit_count()
            if end + 1 < len(order):
                after = profiles[order[end + 1]]
                old += (last ^ after).bit_count()
                new += (first ^ after).bit_count()
            if new < old:
                order[start : end + 1] = reversed(order[start : end + 1])
                has_changed = True
    return has_changed
