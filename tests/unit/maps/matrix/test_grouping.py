from __future__ import annotations

import random
from collections import Counter
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.maps.matrix.clustering import choose_centres, cluster, median_of
from dataflows.maps.matrix.codes import category_codes, element_codes, make_codes
from dataflows.maps.matrix.seriation import seriate

PROFILES = st.lists(st.integers(0, 2**12 - 1), min_size=1, max_size=40)


def cost(groups: list[list[int]], weights: Counter[int]) -> int:
    """Return how many traits differ from the medians."""
    return sum(
        (profile ^ median_of(group, weights)).bit_count() * weights[profile] for group in groups for profile in group
    )


@given(PROFILES, st.integers(1, 12))
def test_every_profile_is_in_one_group_and_there_are_no_more_than_asked_for(profiles: list[int], most: int) -> None:
    weights = Counter(profiles)
    groups = cluster(weights, choose_centres(weights, most))

    assert sorted(profile for group in groups for profile in group) == sorted(weights)
    assert len(groups) <= most or len(groups) == 1


@given(PROFILES)
def test_where_there_is_room_each_profile_is_a_group_of_its_own(profiles: list[int]) -> None:
    weights = Counter(profiles)

    assert all(len(group) == 1 for group in cluster(weights, choose_centres(weights, 40)))


@given(st.lists(st.integers(0, 63), min_size=1, max_size=9))
def test_a_median_is_the_profile_with_the_fewest_differences(profiles: list[int]) -> None:
    weights = Counter(profiles)
    best = min(sum((p ^ other).bit_count() for p in profiles) for other in range(64))

    assert sum((p ^ median_of(list(weights), weights)).bit_count() for p in profiles) == best


@given(st.lists(st.integers(0, 255), min_size=3, max_size=8, unique=True))
def test_two_groups_cost_at_most_twice_what_the_best_two_cost(profiles: list[int]) -> None:
    weights = Counter(profiles)
    splits = (
        [list(part), [profile for profile in profiles if profile not in part]]
        for size in range(1, len(profiles))
        for part in combinations(profiles, size)
    )
    best = min(cost(split, weights) for split in splits)

    assert cost(cluster(weights, choose_centres(weights, 2)), weights) <= 2 * best + 2


def test_groups_do_not_depend_on_the_order_of_parties() -> None:
    profiles = [random.Random(1).getrandbits(20) for _ in range(200)]  # noqa: S311
    shuffled = sorted(profiles)

    one, two = Counter(profiles), Counter(shuffled)
    assert cluster(one, choose_centres(one, 10)) == cluster(two, choose_centres(two, 10))


def test_centres_of_fewer_groups_are_the_first_of_those_of_more() -> None:
    weights = Counter(random.Random(2).getrandbits(16) for _ in range(120))  # noqa: S311

    assert choose_centres(weights, 20)[:7] == choose_centres(weights, 7)


@given(st.lists(st.integers(0, 2**10 - 1), max_size=30))
def test_an_order_has_every_row_once(profiles: list[int]) -> None:
    assert sorted(seriate(profiles)) == list(range(len(profiles)))


def test_blocks_that_were_shuffled_stand_together_again() -> None:
    blocks = [0b111100000000, 0b000011110000, 0b000000001111]
    rows = [block ^ (1 << number) for block in blocks for number in range(3)]
    random.Random(3).shuffle(rows)  # noqa: S311
    order = [max(range(3), key=lambda b, row=rows[place]: (blocks[b] & row).bit_count()) for place in seriate(rows)]

    assert sum(left != right for left, right in pairwise(order)) == 2


def test_codes_are_unique_short_and_lower_case() -> None:
    taxonomy = builtin_taxonomy()
    codes = element_codes(taxonomy, ["x", "x-1", "district-own-element"])

    assert len(set(codes.values())) == len(codes) == len(taxonomy.elements) + 3
    assert all(code == code.lower() and 1 < len(code) <= 3 for code in codes.values())
    assert codes["first-name"] == "fn"
    categories = category_codes(taxonomy)
    assert len(set(categories.values())) == len(categories)
    assert not set(categories.values()) & set(codes.values())


def test_a_districts_own_elements_change_no_code_of_the_taxonomy() -> None:
    taxonomy = builtin_taxonomy()
    own = element_codes(taxonomy, ["aa-fn", "first-nights"])

    assert {id: own[id] for id in taxonomy.elements} == element_codes(taxonomy, [])


@pytest.mark.parametrize("ids", [["a"], ["a", "a-b", "ab", "abc", "a-b-c"], [f"same-{n}" for n in range(50)]])
def test_any_ids_get_codes_of_their_own(ids: list[str]) -> None:
    assert len(set(make_codes(ids).values())) == len(ids)
