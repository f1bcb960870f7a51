"""The colours of the matrix (reports/map/palettes.json): light, dark, and print, which is grey."""

from __future__ import annotations

import json
from dataclasses import dataclass
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


@cache
def read_palette(theme: str) -> Palette:
    """Return the colours of a theme; raises UsageError for one that there isn't."""
    if theme not in THEMES:
        raise UsageError(f"There is no theme called {theme!r}. There are: {', '.join(THEMES)}.")
    text = (assets.folder("reports") / "map" / "palettes.json").read_text(encoding="utf-8")
    tree = json.loads(text)[theme]
    levels = {name: Level(**colours) for name, colours in tree.pop("levels").items()}
    return Palette(**tree, levels=levels)
