"""The colours of the matrix (reports/map/palettes.json): light, dark, and print, which is grey."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING

from dataflows import assets
from dataflows.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

THEMES = ("light", "dark", "print")


@dataclass(frozen=True, slots=True)
class Level:
    """How a sensitivity looks: what fills a mark, its edge, and the letter on it."""

    fill: str
    edge: str
    text: str


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme."""

    paper: str
    ink: str
    quiet: str
    rule: str
    frame: str
    more: str
    less: str
    raised: str
    levels: Mapping[str, Level]


def page_colours(theme: str) -> str:
    """Return the style that gives a page its colours: a light one turns dark with its screen, on paper it is grey.

    Raises UsageError for a theme that there isn't.
    """
    own, dark, grey = (_as_style(read_palette(name)) for name in (theme, "dark", "print"))
    scheme = {"light": "light dark", "dark": "dark", "print": "light"}[theme]
    night = f"@media screen and (prefers-color-scheme: dark){{:root{{{dark}}}}}\n" if theme == "light" else ""
    # A mark's letter is white on what fills it, and a browser leaves out what fills on paper where it isn't told.
    paper = f"@media print{{:root{{{grey};print-color-adjust:exact;-webkit-print-color-adjust:exact}}}}\n"
    return f":root{{color-scheme:{scheme};{own}}}\n{night}{paper}"


def _as_style(palette: Palette) -> str:
    colours = asdict(palette)
    levels: dict[str, dict[str, str]] = colours.pop("levels")
    for name, level in levels.items():
        colours |= {f"{name}-{part}": colour for part, colour in level.items()}
    return ";".join(f"--{name}:{colour}" for name, colour in colours.items())


@cache
def read_palette(theme: str) -> Palette:
    """Return the colours of a theme; raises UsageError for one that there isn't."""
    if theme not in THEMES:
        raise UsageError(f"There is no theme called {theme!r}. There are: {', '.join(THEMES)}.")
    text = (assets.folder("reports") / "map" / "palettes.json").read_text(encoding="utf-8")
    tree = json.loads(text)[theme]
    levels = {name: Level(**colours) for name, colours in tree.pop("levels").items()}
    return Palette(**tree, levels=levels)
