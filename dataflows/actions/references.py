"""Ids that rows name and that the files of the run do not hold: are they in the catalog?"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from dataflows.catalog.bulk import chunks, fetch
from dataflows.model.kinds import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from dataflows.catalog.database import Connection
    from dataflows.sources.rows import Reference

_TABLES = {
    "party": "parties",
    "vendor": "vendors",
    "school": "schools",
    "element": "elements",
    "agreement": "agreements",
    "flow": "flows",
}


def find_unknown(
    connection: Connection, district: str, known: Mapping[str, Collection[str]], references: Iterable[Reference]
) -> set[tuple[str, str]]:
    """Return the references, as target and id, that neither the files nor the catalog know."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for reference in references:
        if reference.key not in known.get(reference.target, ()):
            wanted[reference.target].add(reference.key)
    unknown: set[tuple[str, str]] = set()
    for target, keys in wanted.items():
        found: set[str] = set()
        for chunk in chunks(sorted(keys), 500):
            found |= _find(connection, district, target, chunk)
        unknown |= {(target, key) for key in keys - found}
    return unknown


def _find(connection: Connection, district: str, target: str, keys: list[str]) -> set[str]:
    table = _TABLES.get(target)
    if table is None:
        return set()
    marks = ", ".join("?" * len(keys))
    sql = f"SELECT id FROM {table} WHERE district = ? AND id IN ({marks})"  # noqa: S608
    return {row[0] for row in fetch(connection, sql, (district, *keys))}


def nearest_known(
    connection: Connection, district: str, known: Mapping[str, Collection[str]], reference: Reference
) -> str | None:
    """Return the hint with the nearest right spelling of an unknown id."""
    words = set(known.get(reference.target, ()))
    if table := _TABLES.get(reference.target):
        sql = f"SELECT id FROM {table} WHERE district = ?"  # noqa: S608
        words |= {row[0] for row in fetch(connection, sql, (district,))}
    return did_you_mean(reference.key, words)
