"""Files that are a district's own lists: opened with their mapping, and told what the catalog holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dataflows.catalog.bulk import fetch
from dataflows.model.lists import BY_NAME
from dataflows.sources.files import open_catalog_file
from dataflows.sources.names import ALIAS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataflows.actions.labels import Labels
    from dataflows.catalog.database import Connection
    from dataflows.sources.base import CatalogFile
    from dataflows.sources.district_list.known import Known
    from dataflows.sources.district_list.mapped_file import MappedFile
    from dataflows.sources.district_list.mapping import Mapping

_TREES = (".yaml", ".yml", ".json")


def open_file(name: str, mapping: Mapping | None) -> CatalogFile:
    """Open a file; the mapping is for what is no catalog file by its name. Raises InputError."""
    if mapping is None or Path(name).suffix.lower() in _TREES or Path(name).is_dir():
        return open_catalog_file(name)
    from dataflows.sources.district_list.mapped_file import MappedFile

    return MappedFile(name, mapping)


def as_own_list(file: CatalogFile, mapping: Mapping | None, labels: Labels) -> MappedFile | None:
    """Return a file as what it is where it is read by the mapping, and labels its rows; None for a catalog file.

    What reads such lists is loaded only where there is one.
    """
    if mapping is None:
        return None
    from dataflows.sources.district_list.mapped_file import MappedFile

    if not isinstance(file, MappedFile):
        return None
    file.tell_label = lambda list_name, id, text: labels.add(BY_NAME[list_name].kind, id, text)
    return file


def tell_known(
    connection: Connection, district: str, own: MappedFile | None, names: Iterable[tuple[str, str, str]]
) -> list[tuple[str, str, str]]:
    """Tell a list in a district's own words what the catalog holds; return the names, which may be asked for once."""
    found = list(names)
    vendors = _vendors(connection, district)
    others = [("vendor", str(alias), id) for id, body in vendors.items() for alias in body.get("aliases", ())]
    if own is not None:
        from dataflows.sources.district_list.known import Known

        own.meet(Known((*found, *others), vendors, district))
        return found
    return [*found, *((ALIAS, name, id) for _, name, id in others)]


def read_known(connection: Connection, district: str) -> Known:
    """Return the vendors and schools that a list's names may point at."""
    from dataflows.sources.district_list.known import Known

    sql = "SELECT id, name FROM schools WHERE district = ?"
    schools = tuple(("school", str(name), str(id)) for id, name in fetch(connection, sql, (district,)))
    return Known(schools, _vendors(connection, district), district)


def _vendors(connection: Connection, district: str) -> dict[str, dict[str, Any]]:
    sql = "SELECT id, body FROM journal WHERE district = ? AND list = 'vendors' AND retired_by IS NULL"
    return {id: json.loads(body) for id, body in fetch(connection, sql, (district,))}
