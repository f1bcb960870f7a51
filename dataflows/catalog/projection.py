"""From a canonical body to the rows of the tables: the one direction in which they are filled.

The journal holds the body; the tables are its projection, and `verify` projects again to see
that nobody altered them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON

from dataflows.catalog import tables
from dataflows.catalog.canonical import canonical
from dataflows.catalog.columns import Base

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dataflows.catalog.canonical import Body


@dataclass(frozen=True, slots=True)
class Link:
    """A table with one row for each id in a list of ids of a body."""

    table: str
    parent: str
    value: str
    path: tuple[str, ...]
    role: str | None = None


LINKS: dict[str, tuple[Link, ...]] = {
    "district": (
        Link("directory_designations", "", "element", ("policies", "directory_information", "elements")),
    ),
    "agreements": (
        Link("agreement_elements", "agreement", "element", ("schedule",)),
        Link("agreement_subprocessors", "agreement", "party", ("subprocessors",)),
    ),
    "flows": (
        Link("flow_elements", "flow", "element", ("elements",)),
        Link("flow_required_elements", "flow", "element", ("required_elements",)),
        Link("flow_schools", "flow", "school", ("audience", "schools")),
    ),
    "releases": tuple(
        Link("release_parties", "release", "party", (role,), role)
        for role in ("parties", "redisclosed_to", "may_redisclose")
    ),
    "incidents": (Link("incident_elements", "incident", "element", ("elements",)),),
}  # fmt: skip

MAIN: dict[str, tuple[str, ...]] = {
    "district": ("districts", "parties"),
    "contacts": ("contacts",),
    "regulations": ("regulations",),
    "schools": ("schools",),
    "elements": ("elements",),
    "vendors": ("parties", "vendors"),
    "parties": ("parties",),
    "agreements": ("agreements",),
    "flows": ("flows",),
    "releases": ("releases",),
    "notices": ("notices",),
    "waivers": ("waivers",),
    "incidents": ("incidents",),
    "requests": ("requests",),
    "monitoring": ("monitoring",),
    "publications": ("publications",),
}
"""The tables that hold one row for each row of a list."""

_KEYS = {"sender": "from", "receiver": "to"}


@dataclass(frozen=True, slots=True)
class Target:
    """One table and how its rows are made of a body."""

    table: str
    columns: tuple[str, ...]
    row: Callable[[str, Body], tuple[Any, ...]]


@cache
def targets_of(list_name: str) -> tuple[Target, ...]:
    """Return the tables that hold one row for each row of a list, parents first."""
    return tuple(_target(list_name, table) for table in MAIN[list_name])


def _target(list_name: str, table_name: str) -> Target:
    table = Base.metadata.tables[table_name]
    names = tuple(column.name for column in table.columns)
    trees = frozenset(column.name for column in table.columns if isinstance(column.type, JSON))
    slots = {_KEYS.get(name, name): (place, name in trees) for place, name in enumerate(names)}
    fixed = _fixed_values(list_name, table_name)
    blank: list[Any] = [None] * len(names)
    sender = names.index("sender") if "sender" in names else None
    owner = names.index("district") if "district" in names else None

    def row(district: str, body: Body) -> tuple[Any, ...]:
        values = blank.copy()
        for key, value in body.items():
            slot = slots.get(key)
            if slot is not None:
                values[slot[0]] = canonical(value) if slot[1] else value
        for key, value in fixed.items():
            values[slots[key][0]] = value
        if owner is not None:
            values[owner] = district
        if sender is not None and values[sender] is None:
            values[sender] = district
        return tuple(values)

    return Target(table_name, names, row)


def _fixed_values(list_name: str, table_name: str) -> dict[str, Any]:
    if table_name == "parties" and list_name in ("district", "vendors"):
        kind = "district" if list_name == "district" else "vendor"
        return {"kind": kind, "note": None, "sources": None, "level": None, "role": None}
    return {}


def expand(list_name: str, district: str, body: Body) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield the further rows that a body has in tables of its nested values: table and tuple."""
    if list_name == "vendors":
        for position, product in enumerate(body.get("products", ())):
            fields = {"name": product} if isinstance(product, str) else product
            values = [fields.get(name) for name in EXPANDED["products"][3:]]
            yield "products", (district, body["id"], position, *values)
    elif list_name == "agreements":
        for term, value in body.get("terms", {}).items():
            yield "agreement_terms", (district, body["id"], term, canonical(value))
    elif list_name == "district":
        for name, text in body.get("policies", {}).items():
            if name != "directory_information":
                yield "policies", (district, name, canonical(text))


EXPANDED: dict[str, tuple[str, ...]] = {
    "products": tuple(column.name for column in tables.Product.__table__.columns),
    "agreement_terms": tuple(column.name for column in tables.AgreementTerm.__table__.columns),
    "policies": tuple(column.name for column in tables.Policy.__table__.columns),
}
"""Tables of nested values, and their columns."""

_PARENTS = {"products": "vendor", "agreement_terms": "agreement", "policies": ""}
_EXPANDED_BY = {"vendors": ("products",), "agreements": ("agreement_terms",), "district": ("policies",)}
_KEY_COLUMNS = {"contacts": "role", "districts": ""}


def deletions(list_name: str, district: str, id: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield the statements, with `?`, that take a row of a list out of the tables, children first."""
    for link in LINKS.get(list_name, ()):
        yield _delete(link.table, link.parent, district, id)
    for table in _EXPANDED_BY.get(list_name, ()):
        yield _delete(table, _PARENTS[table], district, id)
    for table in reversed(MAIN[list_name]):
        if table == "waivers":
            rule, _, subject = id.partition(":")
            sql = 'DELETE FROM waivers WHERE "district" = ? AND "rule" = ? AND "subject" = ?'
            yield sql, (district, rule, subject)
        elif table == "districts":
            yield 'DELETE FROM districts WHERE "id" = ?', (district,)
        else:
            yield _delete(table, _KEY_COLUMNS.get(table, "id"), district, id)


def _delete(table: str, column: str, district: str, id: str) -> tuple[str, tuple[Any, ...]]:
    if not column:
        return f'DELETE FROM {table} WHERE "district" = ?', (district,)
    return f'DELETE FROM {table} WHERE "district" = ? AND "{column}" = ?', (district, id)
