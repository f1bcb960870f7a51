"""Groups of parties with nearly the same profile: k-medians by Hamming distance, in plain Python.

A profile is a whole number, a bit for each trait (a column by a method).  Centres are chosen greedily,
each the profile that spares the most exceptions, then moved to the medians of what is nearest to them.
Ties go to the first in order, so the same catalog gives the same groups.
"""

from __future__ import annotations

from heapq import heapify, heappop, heapreplace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_CANDIDATES = 400
"""So many profiles may become centres: those of most parties."""
_ROUNDS = 12


def cluster(weights: Mapping[int, int], centres: Sequence[int]) -> list[list[int]]:
    """Split profiles into at most as many groups as there are centres, which are moved to where they spare most.

    `weights` says how many parties have each profile.  Returns the profiles of each group, that of most parties first.
    """
    profiles = _in_order(weights)
    if len(profiles) <= len(centres):
        return [[profile] for profile in profiles]
    moved = list(centres)
    groups = _assign(profiles, moved)
    for _ in range(_ROUNDS):
        before, moved = moved, [median_of(group, weights) for group in groups if group]
        if moved == before:
            break
        groups = _assign(profiles, moved)
    found = [group for group in groups if group]
    return sorted(found, key=lambda group: (-sum(weights[profile] for profile in group), group[0]))


def median_of(profiles: Sequence[int], weights: Mapping[int, int]) -> int:
    """Return the traits that more than half of the parties have."""
    if len(profiles) == 1:
        return profiles[0]
    votes: dict[int, int] = {}
    for profile in profiles:
        left, weight = profile, weights[profile]
        while left:
            bit = left & -left
            votes[bit] = votes.get(bit, 0) + weight
            left ^= bit
    half = sum(weights[profile] for profile in profiles) / 2
    return sum(bit for bit, number in votes.items() if number > half)


def choose_centres(weights: Mapping[int, int], most: int) -> list[int]:
    """Choose centres one by one, each the one that spares most; the first of them are those of fewer groups.

    What a centre spares can only shrink as others are chosen, so only those at the head of the queue
    are reckoned anew (lazy greedy choice).
    """
    profiles = _in_order(weights)
    if not profiles:
        return []
    counts = [weights[profile] for profile in profiles]
    candidates = profiles[:MOST_CANDIDATES]
    first = min(
        candidates,
        key=lambda centre: sum((p ^ centre).bit_count() * n for p, n in zip(profiles, counts, strict=True)),
    )
    centres = [first]
    nearest = [(profile ^ first).bit_count() for profile in profiles]
    queue = [(-_spared(centre, profiles, counts, nearest), place) for place, centre in enumerate(candidates)]
    heapify(queue)
    while queue and len(centres) < most:
        _, place = queue[0]
        now = (-_spared(profiles[place], profiles, counts, nearest), place)
        if len(queue) > 1 and now > min(queue[1:3]):
            heapreplace(queue, now)
            continue
        heappop(queue)
        centres.append(profiles[place])
        nearest = [
            min(old, (profile ^ profiles[place]).bit_count()) for profile, old in zip(profiles, nearest, strict=True)
        ]
    return centres


def _in_order(weights: Mapping[int, int]) -> list[int]:
    return sorted(weights, key=lambda profile: (-weights[profile], profile))


def _spared(centre: int, profiles: list[int], counts: list[int], nearest: list[int]) -> int:
    return sum(
        (old - new) * number
        for profile, number, old in zip(profiles, counts, nearest, strict=True)
        if (new := (profile ^ centre).bit_count()) < old
    )


def _assign(profiles: list[int], centres: list[int]) -> list[list[int]]:
    """Put each profile with its nearest centre, the first of equals."""
    groups: list[list[int]] = [[] for _ in centres]
    for profile in profiles:
        distances = [(profile ^ centre).bit_count() for centre in centres]
        groups[distances.index(min(distances))].append(profile)
    return groups
