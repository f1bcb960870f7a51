from __future__ import annotations

import json
from itertools import pairwise

import pytest

from dataflows.maps.dot import dot_source
from dataflows.maps.draw import render_dot
from dataflows.maps.layout import arrange, depths_of
from dataflows.maps.pdf import LETTER, choose_page
from dataflows.maps.theme import read_theme
from dataflows.maps.views import network_view, vendor_view
from tests.snapshots import snapshot_of
from tests.unit.maps.examples import CARRIED, VIDEO, chain, large_district, star


def layout_of(view):
    return arrange(view, read_theme())


def test_a_small_map_reads_from_left_to_right() -> None:
    layout = layout_of(network_view(snapshot_of(VIDEO)))

    assert layout.columns == (("oak", "students"), ("meetly", "state"), ("stratus",))
    assert layout.sides("oak", "meetly") == ("e", "w")
    assert layout.sides("meetly", "oak") == ("w", "e")


def test_a_larger_map_has_the_sources_in_the_middle_and_sides_of_about_a_height() -> None:
    view = network_view(snapshot_of(large_district(22, 4)))
    layout = layout_of(view)
    left, middle, right = layout.columns

    assert {"oak", "students"} < set(middle)
    assert all(node.startswith("v") for node in (*left, *right))
    assert abs(len(left) - len(right)) <= 3
    assert layout.fits


@pytest.mark.parametrize("text", [VIDEO, CARRIED, chain(12), star(9), large_district(22, 4), large_district(90, 9)])
def test_every_box_stands_once_and_in_its_own_column(text: str) -> None:
    view = network_view(snapshot_of(text))
    layout = layout_of(view)
    [drawn] = render_dot(dot_source(view), "json")
    across = {item["name"]: float(item["pos"].split(",")[0]) for item in json.loads(drawn)["objects"] if "pos" in item}

    assert sorted(id for column in layout.columns for id in column) == sorted(node.id for node in view.nodes)
    columns = [[across[id] for id in column] for column in layout.columns if column]
    assert all(max(left) < min(right) for left, right in pairwise(columns))


def test_a_long_chain_is_folded_into_three_columns() -> None:
    view = vendor_view(snapshot_of(chain(12)), "c11")
    layout = layout_of(view)

    assert depths_of(view)["c11"] == 12
    assert len(layout.columns) == 3
    places = [layout.places[f"c{number}"] for number in range(12)]
    assert all(place == 1 for place in places[1::2])
    assert all(place != 1 for place in places[::2])


def test_the_dot_source_has_no_edge_between_parties_that_is_no_arrow() -> None:
    view = network_view(snapshot_of(large_district(22, 4)))
    lines = [line for line in dot_source(view).splitlines() if " -> " in line and not line.startswith("\t\t")]

    arrows = [line for line in lines if "id=" in line]
    assert len(arrows) == len(view.edges)
    assert all("_column" in line for line in lines if line not in arrows)


def test_a_small_map_is_set_in_larger_type_and_a_large_one_in_the_usual() -> None:
    small, large = (layout_of(network_view(snapshot_of(text))) for text in (VIDEO, large_district(22, 4)))

    assert small.theme.sizes["name"] > large.theme.sizes["name"] == read_theme().sizes["name"]
    assert max(size.columns for size in small.sizes.values()) < max(size.columns for size in large.sizes.values())


@pytest.mark.parametrize("text", [VIDEO, CARRIED, star(2)])
def test_a_small_map_prints_names_that_are_read_at_arms_length(text: str) -> None:
    view = network_view(snapshot_of(text))
    theme = layout_of(view).theme
    [drawn] = render_dot(dot_source(view), "json")
    width, height = (float(side) for side in json.loads(drawn)["bb"].split(",")[2:])
    scale, paper = choose_page(width, height, theme)

    assert paper == LETTER[::-1]
    assert 10 < theme.sizes["name"] * scale <= 14
    assert theme.sizes["text"] * scale >= 9
