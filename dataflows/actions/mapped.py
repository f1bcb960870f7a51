"""Files that are a district's own lists: opened with their mapping, and told what the catalog holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from dataflows.catalog.bulk import fetch
from dataflows.sources.district_list.catalog_rows import Known
from dataflows.sources.district_list.mapped_file import MappedFile
from dataflows.sources.files import open_catalog_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataflows.catalog.database import Connection
    from dataflows.sources.base import CatalogFile
    from dataflows.sources.district_list.mapping import Mapping

_TREES = (".yaml", ".yml", ".json")


def open_file(name: str, mapping: Mapping | None) -> CatalogFile:
    """Open a file; the mapping is for what is no catalog file by its name. Raises InputError."""
    if mapping is None or Path(name).suffix.lower() in _TREES or Path(name).is_dir():
        return open_catalog_file(name)
    return MappedFile(name, mapping)


def tell_known(
    connection: Connection, district: str, file: CatalogFile, names: Iterable[tuple[str, str, str]]
) -> list[tuple[str, str, str]]:
    """Tell a list in a district's own words what the catalog holds; return the names, which may be asked for once."""
    found = list(names)
    if isinstance(file, MappedFile):
        sql = "SELECT id, body FROM journal WHERE district = ? AND list = 'vendors' AND retired_by IS NULL"
        vendors = {id: json.loads(body) for id, body in fetch(connection, sql, (district,))}
        others = [("vendor", alias, id) for id, body in vendors.items() for alias in body.get("aliases", ())]
        file.meet(Known((*found, *others), vendors, district))
    return found
