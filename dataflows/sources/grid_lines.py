"""Cells out of lines that were pasted from a page: what was a table, a form or a list is one again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.sources.grid import Grid, make_row

if TYPE_CHECKING:
    from collections.abc import Sequence


def read_line_grids(name: str, lines: Sequence[tuple[int, str]]) -> list[Grid]:
    """Return the tables that lines of text hold."""
    return [Grid(name, "", [row for number, line in lines if (row := make_row(number, [line])).cells])]
