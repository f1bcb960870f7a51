"""map-columns: how a district's own list may be read, written down for a person to check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataflows.sources.district_list.known import NOTHING_KNOWN
from dataflows.sources.district_list.map_writer import format_mapping
from dataflows.sources.district_list.propose import propose_mapping

if TYPE_CHECKING:
    from dataflows.catalog.database import Address
    from dataflows.sources.district_list.known import Known
    from dataflows.sources.district_list.mapping import Mapping


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping, and its text."""

    mapping: Mapping
    text: str


def map_columns(file: str, target: str = "map.yaml", known: Known = NOTHING_KNOWN) -> Proposal:
    """Propose how a file is read; raises InputError where it can't be.

    `target` is where the text will stand; `known` is what a catalog holds, whose vendors and schools
    a name of the list may be.
    """
    mapping = propose_mapping(file, known)
    return Proposal(mapping, format_mapping(mapping, target))


def known_to(address: Address, district: str | None) -> Known:
    """Return what a catalog holds of vendors and schools; raises CatalogError, UsageError."""
    from dataflows.actions.mapped import read_known
    from dataflows.catalog.database import connect
    from dataflows.catalog.snapshots import choose_district, list_districts

    with connect(address) as connection:
        if district is None and not list_districts(connection):
            return NOTHING_KNOWN
        return read_known(connection, choose_district(connection, district))
