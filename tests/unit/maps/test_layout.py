from __future__ import annotations

import json
from itertools import pairwise

import pytest

from dataflows.maps.chains import path_view
from dataflows.maps.dot import dot_source
from dataflows.maps.draw import render_dot
from dataflows.maps.layout import arrange, depths_of
from dataflows.maps.pdf import LETTER, choose_page
from dataflows.maps.surround import title_label
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


def test_a_way_between_two_vendors_reads_from_left_to_right_too() -> None:
    layout = layout_of(path_view(snapshot_of(chain(4)), "c0", "c3"))

    assert layout.columns == (("c0",), ("c1",), ("c2",), ("c3",))


def test_where_ways_of_different_length_meet_every_arrow_goes_to_the_right() -> None:
    """An arrow within a column would end beside its box."""
    text = """
vendors: [{id: a, name: A}, {id: b, name: B}, {id: c, name: C}, {id: d, name: D}]
flows:
  - {id: f1, to: a, elements: [email]}
  - {id: f2, from: a, to: b, elements: [email]}
  - {id: f3, from: b, to: d, elements: [email]}
  - {id: f4, to: c, elements: [email]}
  - {id: f5, from: c, to: d, elements: [email]}
"""
    view = path_view(snapshot_of(text), "oak", "d")
    places = layout_of(view).places

    assert all(places[edge.sender] < places[edge.receiver] for edge in view.edges)


@pytest.mark.parametrize("back", ["", "  - {id: f3, from: b, to: a, elements: [email]}\n"])
def test_where_arrows_go_round_each_box_is_still_placed_once(back: str) -> None:
    flows = "  - {id: f1, to: a, elements: [email]}\n  - {id: f2, from: a, to: b, elements: [email]}\n"
    layout = layout_of(
        network_view(snapshot_of(f"vendors: [{{id: a, name: A}}, {{id: b, name: B}}]\nflows:\n{flows}{back}"))
    )

    assert [len(column) for column in layout.columns] == [1, 1, 1]


def test_two_parties_whose_names_differ_in_case_alone_are_told_apart_in_every_map() -> None:
    catalog = """
vendors: [{id: a, name: Mathly}, {id: b, name: MATHLY}, {id: c, name: Other}]
flows:
  - {id: one, to: a, elements: [email]}
  - {id: two, to: b, elements: [email]}
  - {id: on, from: a, to: c, elements: [email]}
"""
    view = network_view(snapshot_of(catalog))

    assert {node.id: node.label for node in view.nodes if node.id in "abc"} == {
        "a": "Mathly (a)", "b": "MATHLY (b)", "c": "Other",
    }  # fmt: skip


def test_below_a_title_of_several_lines_there_is_room() -> None:
    name = "The Educational Learning Company for Reading, Writing and Arithmetic of North America"
    catalog = f"vendors: [{{id: a, name: '{name}'}}]\nflows: [{{id: f, to: a, elements: [email]}}]"
    theme = read_theme()
    short, long = (
        title_label(view, theme, columns=100)
        for view in (network_view(snapshot_of(catalog)), vendor_view(snapshot_of(catalog), "a"))
    )

    assert long.count('height="8"') == 1
    assert 'height="8"' not in short
