"""The look of maps: data in reports/map, never constants in Python."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from dataflows import assets

SOURCES = ("district", "students")
"""The kinds of boxes in which every flow of data begins."""


@dataclass(frozen=True, slots=True)
class MethodStyle:
    """How one method is drawn, so that it can be told apart without colour."""

    colour: str
    line: str
    mark: str
    sample: str
    arrow: str
    width: float


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours, type and lines of a map; sizes are in whole points, for the engine cuts off the rest."""

    font: str
    web_fonts: str
    sizes: dict[str, int]
    larger: tuple[dict[str, int], ...]
    colours: dict[str, str]
    spines: dict[str, str]
    methods: dict[str, MethodStyle]
    findings: dict[str, str]
    """The colour of what an audit found, by severity."""

    def spine_of(self, kind: str) -> str:
        """Return the colour of the bar at the left of a box."""
        return self.spines.get(kind, self.spines["other"])

    @property
    def enlarged(self) -> tuple[Theme, ...]:
        """The same look in larger type, largest first, for maps that have room for it."""
        return tuple(replace(self, sizes=sizes) for sizes in self.larger)


@cache
def read_theme() -> Theme:
    """Read the light theme."""
    tree = _read()
    del tree["themes"]
    tree["methods"] = {name: MethodStyle(**style) for name, style in tree["methods"].items()}
    tree["larger"] = tuple(tree["larger"])
    return Theme(**tree)


@cache
def read_colours() -> dict[str, dict[str, str]]:
    """Read every colour by what it stands for, in each theme."""
    tree = _read()
    light = {part: tree[part] for part in ("colours", "spines", "findings")}
    light["methods"] = {name: style["colour"] for name, style in tree["methods"].items()}
    return {
        theme: {f"{part}.{name}": colour for part, colours in parts.items() for name, colour in colours.items()}
        for theme, parts in {"light": light, **tree["themes"]}.items()
    }


def _read() -> dict[str, Any]:
    text = (assets.folder("reports") / "map" / "theme.json").read_text(encoding="utf-8")
    tree: dict[str, Any] = json.loads(text)
    return tree
