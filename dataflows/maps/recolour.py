"""Gives a drawing the colours of another theme: dark, for a screen at night; print, which needs no colour.

A drawing is made in the light theme; each of its colours stands for a meaning, and has one in each theme.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dataflows.errors import UsageError
from dataflows.maps.theme import read_colours

if TYPE_CHECKING:
    from collections.abc import Mapping

LIGHT = "light"
_COLOUR_ATTRIBUTE = re.compile(r'(?<=color=")#[0-9A-F]{6}(?::#[0-9A-F]{6})*(?=")')
_COLOUR = re.compile(r"#[0-9A-F]{6}")
_TAG = re.compile(rb"<[^>]+>")
_PAINT = re.compile(rb'((?:fill|stroke)="|background:)(#[0-9A-Fa-f]{6})')


def recolour(source: str, theme: str) -> str:
    """Return DOT source in the colours of a theme; raises UsageError for one that there isn't.

    Only attributes of colour are touched: inside a text a quotation mark never stands bare.
    """
    colours = colours_in(theme)
    if theme == LIGHT:
        return source
    return _COLOUR_ATTRIBUTE.sub(lambda found: _COLOUR.sub(lambda one: colours[one[0]], found[0]), source)


def recolour_svg(svg: bytes, theme: str) -> bytes:
    """Return a finished drawing in the colours of a theme: the same bytes as if it were laid out anew."""
    if theme == LIGHT:
        return svg
    colours = colours_in(theme)

    def painted(found: re.Match[bytes]) -> bytes:
        colour = found[2].decode()
        there = colours.get(colour.upper(), colour)
        return found[1] + (there if found[1].startswith(b"back") else there.lower()).encode()

    return _TAG.sub(lambda tag: _PAINT.sub(painted, tag[0]), svg)


@cache
def colours_in(theme: str) -> Mapping[str, str]:
    """Return what each colour of the light theme is in another."""
    themes = read_colours()
    if theme not in themes:
        raise UsageError(f"There is no theme called {theme!r}. There are: {', '.join(themes)}.")
    return {themes[LIGHT][name]: colour for name, colour in themes[theme].items()}
