"""Canonical bodies in the order in which a file shows them: lists, rows, fields as declared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from dataflows.model.grades import GRADES, Enrollment
from dataflows.model.kinds import Day
from dataflows.model.lists import LISTS
from dataflows.model.records import Nested, Rows, fields_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dataflows.model.kinds import Kind

Catalog: TypeAlias = "Mapping[str, Sequence[tuple[str, Mapping[str, Any]]]]"
"""Rows by list: ids and canonical bodies."""


class PlainDay(str):
    """A day in a field of days: a writer may leave it unquoted."""

    __slots__ = ()


def top_values(catalog: Catalog) -> Iterator[tuple[str, Any]]:
    """Yield the keys of a catalog file with their trees; the lists are iterators of rows."""
    yield "catalog", 1
    for spec in LISTS:
        if spec.name == "district":
            yield "district", _district(catalog)
        elif not spec.within_district and catalog.get(spec.name):
            yield spec.name, _rows(catalog, spec.name, spec.record)


def _district(catalog: Catalog) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for spec in LISTS:
        if spec.name == "district":
            for _, body in catalog.get(spec.name, ()):
                tree.update(ordered(spec.record, body))
        elif spec.within_district and catalog.get(spec.name):
            tree[spec.name] = list(_rows(catalog, spec.name, spec.record))
    last = ("policies", "regulations", "guidance", "links", "note", "sources")
    return {key: tree[key] for key in (*(k for k in tree if k not in last), *(k for k in last if k in tree))}


def _rows(catalog: Catalog, name: str, record: type) -> Iterator[dict[str, Any]]:
    return (ordered(record, body) for _, body in catalog[name])


def ordered(record: type, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a body with its fields in the order of their declaration."""
    fields = fields_of(record)
    tree = {name: _value(field.kind, body[name]) for name, field in fields.items() if name in body}
    tree.update({name: value for name, value in body.items() if name not in fields})
    return tree


def _value(kind: Kind, value: Any) -> Any:
    if isinstance(kind, Nested) and isinstance(value, dict):
        return ordered(kind.record, value)
    if isinstance(kind, Rows) and isinstance(value, list):
        return [ordered(kind.record, row) if isinstance(row, dict) else row for row in value]
    if isinstance(kind, Enrollment) and isinstance(value, dict):
        return {grade: value[grade] for grade in sorted(value, key=_grade_order)}
    if isinstance(kind, Day) and isinstance(value, str):
        return PlainDay(value)
    return value


def _grade_order(grade: str) -> tuple[int, str]:
    return (GRADES.index(grade) if grade in GRADES else len(GRADES), grade)
