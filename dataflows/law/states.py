"""The states and territories: postal code, name, and the number with which their NCES ids begin."""

from __future__ import annotations

import csv
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from dataflows import assets

if TYPE_CHECKING:
    from collections.abc import Mapping


class State(NamedTuple):
    """A state, a territory, or the District of Columbia; `fips` keeps its leading zero."""

    code: str
    name: str
    fips: str


@cache
def states() -> Mapping[str, State]:
    """Return the states by postal code, sorted by FIPS code."""
    path = assets.folder("schemas") / "law" / "states.csv"
    with path.open(encoding="utf-8", newline="") as file:
        found = (State(row["code"], row["name"], row["fips"]) for row in csv.DictReader(file))
        return MappingProxyType({state.code: state for state in found})


def states_of_nces_id(nces_id: str) -> tuple[State, ...]:
    """Return the states with whose number an id of a district or a school begins: one, or none."""
    return tuple(state for state in states().values() if nces_id.startswith(state.fips))


def fits_state(nces_id: str, code: str) -> bool:
    """Tell whether an NCES id may be one of a state's; true where the postal code is not known here."""
    state = states().get(code)
    return state is None or nces_id.startswith(state.fips)
