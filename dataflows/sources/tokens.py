"""The words in which the careful readers of YAML and JSON speak to `places`: tokens with a place."""

from __future__ import annotations

from typing import Any, NamedTuple


class Token(NamedTuple):
    """One piece of a tree: its kind, line and column from 1, and its value.

    Kinds: `{`, `}`, `[`, `]`, `scalar` (also a key), `gap` (a value left
    out), `fault` (a problem there; reading goes on)
    and `stop` (a problem that ends the reading).
    """

    kind: str
    line: int
    column: int
    value: Any = None
    """A scalar's value, or a fault's sentence."""
    hint: str | None = None
