"""A catalog as tables: which sheets, which columns, which lines. CSV and workbooks write these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from dataflows.model.lists import BY_NAME
from dataflows.model.records import Rows, fields_of
from dataflows.sources.cells import guard
from dataflows.sources.flat import IN, SOURCES, Sheet, columns_of, flatten, is_in_cell, sheets
from dataflows.sources.trees import ordered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dataflows.sources.trees import Catalog

    Lines: TypeAlias = Callable[[], Iterator[dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet to write: its headers, and its lines as often as asked."""

    name: str
    headers: tuple[str, ...]
    lines: Lines


def tables_of(catalog: Catalog) -> Iterator[Table]:
    """Yield the tables of a catalog; those without a line are left out."""
    for sheet in sheets().values():
        lines = lines_of(catalog, sheet)
        used = {header for line in lines() for header in line}
        if used:
            yield Table(sheet.name, tuple(sorted(used, key=order_of(sheet))), lines)


def lines_of(catalog: Catalog, sheet: Sheet) -> Lines:
    """Return what gives the lines of a sheet, by header, as often as asked."""
    if sheet.name == SOURCES:
        return lambda: _source_lines(catalog, sheet)
    if sheet.path:
        return lambda: _nested_lines(catalog, sheet)
    return lambda: (flatten(sheet.record, ordered(sheet.record, body)) for _, body in catalog.get(sheet.list, ()))


def _source_lines(catalog: Catalog, sheet: Sheet) -> Iterator[dict[str, str]]:
    for name, rows in catalog.items():
        for id, body in rows:
            for source in body.get(SOURCES, ()):
                yield {"list": name, "row": guard(id), **flatten(sheet.record, source)}


def _nested_lines(catalog: Catalog, sheet: Sheet) -> Iterator[dict[str, str]]:
    for id, body in catalog.get(sheet.list, ()):
        for item in _nested_rows(body, sheet):
            yield {IN: guard(id), **flatten(sheet.record, item)}


def _nested_rows(body: Mapping[str, Any], sheet: Sheet) -> list[Mapping[str, Any]]:
    """Return the mappings that a nested sheet holds of one row; texts in their cell are not among them."""
    found: Any = body
    for name in sheet.path:
        found = (found or {}).get(name)
    kind = _kind_at(BY_NAME[sheet.list].record, sheet.path)
    if not found or is_in_cell(kind, found):
        return []
    return [item if isinstance(item, dict) else {str(kind.plain): item} for item in found]


def _kind_at(record: Any, path: tuple[str, ...]) -> Rows:
    for name in path[:-1]:
        record = getattr(fields_of(record)[name].kind, "record", None)
    kind = fields_of(record)[path[-1]].kind
    if not isinstance(kind, Rows):
        raise TypeError(path)
    return kind


def order_of(sheet: Sheet) -> Callable[[str], tuple[int, str]]:
    """Return the key by which the headers of a sheet are sorted."""
    order = [*sheet.keys, *columns_of(sheet.record)]
    return lambda header: (order.index(header.partition("@")[0]), header)
