"""Groups of elements that a law names, such as those that may be no directory information."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dataflows.law.documents import read_law

if TYPE_CHECKING:
    from collections.abc import Mapping


def element_set(name: str) -> frozenset[str]:
    """Return the elements of a group; every narrower one belongs to it too. Raises KeyError."""
    return _sets()[name]


@cache
def _sets() -> Mapping[str, frozenset[str]]:
    return {row["id"]: frozenset(row["elements"]) for row in read_law("element-sets")["sets"]}
