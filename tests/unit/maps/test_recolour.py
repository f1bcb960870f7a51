"""A theme changes colours and nothing else; each keeps the contrast that reading needs."""

from __future__ import annotations

import re

import pytest

from dataflows.actions.draw_map import Style, draw_map
from dataflows.errors import UsageError
from dataflows.maps.recolour import colours_in, recolour_svg
from dataflows.maps.theme import read_colours
from tests.snapshots import snapshot_of
from tests.unit.maps.examples import VIDEO, large_district

THEMES = ("light", "dark", "print")
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
TEXTS = ("ink", "quiet")


def luminance(colour: str) -> float:
    """As WCAG 2.2 reckons it."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_can_be_read_on_its_ground(theme: str) -> None:
    colours = read_colours()[theme]
    paper, head = colours["colours.paper"], colours["colours.head"]
    texts = [colours["colours.ink"], colours["colours.quiet"]]
    marks = [colour for name, colour in colours.items() if name.startswith(("methods.", "findings."))]

    assert min(contrast(text, ground) for text in texts for ground in (paper, head)) >= 4.5
    assert min(contrast(mark, paper) for mark in marks) >= 4.5
    assert contrast(colours["colours.source_text"], colours["colours.source"]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_each_colour_has_one_meaning_at_a_time_in_another_theme(theme: str) -> None:
    light, other = read_colours()["light"], read_colours()[theme]

    assert light.keys() == other.keys()
    assert all(colours_in(theme)[light[name]] == other[name] for name in light)


def test_a_dark_map_has_no_colour_of_the_light_one_but_in_its_texts() -> None:
    text = VIDEO.replace("Meetly", 'Meetly color="#FFFFFF"') if "Meetly" in VIDEO else VIDEO
    drawn = draw_map(snapshot_of(VIDEO), "network", None, "svg", style=Style("dark")).decode()

    dark = {colour.upper() for colour in read_colours()["dark"].values()}
    assert text
    assert {colour.upper() for colour in COLOUR.findall(drawn)} <= dark


def test_a_theme_changes_nothing_but_colours() -> None:
    drawn = {
        theme: draw_map(snapshot_of(VIDEO), "network", None, "dot", style=Style(theme)).decode() for theme in THEMES
    }

    assert len({COLOUR.sub("#", source) for source in drawn.values()}) == 1
    assert len(set(drawn.values())) == 3


@pytest.mark.parametrize("theme", THEMES)
def test_a_finished_drawing_in_other_colours_is_as_if_laid_out_anew(theme: str) -> None:
    name = "'#FFFFFF background:#17212F fill=\"#17212f\"'"
    named = f"vendors: [{{id: a, name: {name}}}]\nflows: [{{id: f, to: a, elements: [email]}}]"
    for text in (VIDEO, large_district(30, 4), named):
        light, anew = (
            draw_map(snapshot_of(text), "network", None, "svg", style=Style(one)) for one in ("light", theme)
        )

        assert recolour_svg(light, theme) == anew


def test_an_unknown_theme_is_answered_with_those_that_there_are() -> None:
    with pytest.raises(UsageError, match="light, dark, print"):
        draw_map(snapshot_of(VIDEO), "network", None, "svg", style=Style("pink"))
