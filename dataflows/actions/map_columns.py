"""map-columns: how a district's own list may be read, written down for a person to check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataflows.sources.district_list.map_writer import format_mapping
from dataflows.sources.district_list.propose import propose_mapping

if TYPE_CHECKING:
    from dataflows.sources.district_list.mapping import Mapping


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping, and its text."""

    mapping: Mapping
    text: str


def map_columns(file: str, target: str = "map.yaml") -> Proposal:
    """Propose how a file is read; raises InputError where it can't be. `target` is where the text will stand."""
    mapping = propose_mapping(file)
    return Proposal(mapping, format_mapping(mapping, target))
