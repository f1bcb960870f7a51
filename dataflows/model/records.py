"""How the lists of the catalog are written down: a record class a list, a `field_of` a field.

One declaration serves everything: reading files, the canonical body, the JSON Schema, workbook
columns, the reference page and the frozen values that the rest of the program works with.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, dataclass_transform

from dataflows.model.frozen import frozen, puts_of
from dataflows.model.kinds import BadValueError, Kind, Unreadable, describe, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dataflows.model.kinds import Reading

R = TypeVar("R")


@frozen(kw_only=False)
class Field:
    """One field of a record: its name in the file, its kind, and what FIELDS says of it."""

    name: str
    attribute: str
    kind: Kind
    required: bool
    standard: Any
    """The canonical value that absence means; None where absence means not known."""
    about: str
    internal: bool
    """Never shown to families."""


def field_of(
    kind: Kind,
    about: str = "",
    *,
    name: str | None = None,
    required: bool = False,
    standard: Any = None,
    default: Any = None,
    internal: bool = False,
) -> Any:
    """Declare a field of a record; `default` is what the record holds where a body lacks it."""
    metadata = {"kind": kind, "name": name, "required": required, "standard": standard, "about": about}
    return dataclasses.field(default=default, metadata={**metadata, "internal": internal})


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: type[R]) -> type[R]:
    """Make a class a frozen record with slots, built by keywords."""
    return frozen(cls)


_KNOWN: dict[type, dict[str, Field]] = {}


def fields_of(cls: type) -> dict[str, Field]:
    """Return the fields of a record class by their names in the file, in order."""
    found = _KNOWN.get(cls)
    if found is None:
        found = _KNOWN[cls] = _read_fields(cls)
    return found


def _read_fields(cls: Any) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for item in dataclasses.fields(cls):
        if "kind" in item.metadata:
            meta = dict(item.metadata)
            name = meta.pop("name") or item.name
            found[name] = Field(name=name, attribute=item.name, **meta)
    return found


def load_record(cls: type[R], body: Mapping[str, Any]) -> R:
    """Build a record from its canonical body; raises KeyError for a field that the record lacks.

    It does what building by keywords does, in one pass: a catalog has hundreds of thousands of rows.
    """
    made = object.__new__(cls)
    met = 0
    for key, put, default, load in _plan_of(cls):
        if key in body:
            met += 1
            value = body[key]
            put(made, load(value) if load is not None else value)
        else:
            put(made, default)
    if met < len(body):
        raise KeyError(*(set(body) - set(fields_of(cls))))
    return made


_Step = tuple[str, "Callable[[Any, Any], None]", Any, "Callable[[Any], Any] | None"]
_PLANS: dict[type, tuple[_Step, ...]] = {}


def _plan_of(cls: type) -> tuple[_Step, ...]:
    """Return of each field its name in the file, what writes it, its default, and what loads its value, if anything."""
    found = _PLANS.get(cls)
    if found is None:
        puts = {name: (put, default) for name, put, default in puts_of(cls)}
        found = _PLANS[cls] = tuple(
            (name, *puts[field.attribute], None if type(field.kind).load is Kind.load else field.kind.load)
            for name, field in fields_of(cls).items()
        )
    return found


def parse_fields(cls: type, tree: Mapping[str, Any], reading: Reading) -> dict[str, Any]:
    """Read a mapping field by field into canonical values; what is cleared comes out as None.

    Unknown keys and bad values are refused through `reading`, each at its own path, and left out.
    """
    fields = fields_of(cls)
    body: dict[str, Any] = {}
    path = reading.path
    for key, raw in tree.items():
        field = fields.get(key)
        if raw is None and field is not None:
            body[key] = None
            continue
        path.append(key)
        if field is None:
            reading.refuse(f"There is no field called {key!r} here.", did_you_mean(str(key), fields))
        elif isinstance(raw, Unreadable):
            reading.refuse(raw.message, raw.hint)
        else:
            try:
                value = field.kind.parse(raw, reading)
                body[key] = None if value == field.standard else value
            except BadValueError as bad:
                reading.refuse(bad.message, bad.hint, *bad.path)
        path.pop()
    return body


def missing_fields(cls: type, body: Mapping[str, Any]) -> list[str]:
    """Return the names of the required fields that a canonical body lacks."""
    return [name for name, field in fields_of(cls).items() if field.required and body.get(name) is None]


@frozen(kw_only=False)
class Nested(Kind):
    """A mapping of named fields, met field by field when a file changes a row."""

    name: ClassVar[str] = "fields"
    record: type

    def parse(self, raw: object, reading: Reading) -> dict[str, Any]:
        if not isinstance(raw, dict):
            raise BadValueError(f"Expected a mapping of fields, found {describe(raw)}.", self._hint())
        return parse_fields(self.record, raw, reading)

    def _hint(self) -> str:
        return f"Write {{{', '.join(list(fields_of(self.record))[:3])}, ...}}."

    def load(self, value: Any) -> Any:
        return load_record(self.record, value)

    def schema(self) -> dict[str, Any]:
        return {"$ref": f"#/$defs/{self.record.__name__}"}


@frozen(kw_only=False)
class Rows(Kind):
    """A list of mappings that is one value: a file that names it replaces it whole."""

    name: ClassVar[str] = "rows"
    record: type
    plain: str | None = None
    """The field that a bare text stands for."""

    def parse(self, raw: object, reading: Reading) -> list[Any]:
        rows = [raw] if isinstance(raw, dict) else raw
        if not isinstance(rows, list):
            raise BadValueError(f"Expected a list, found {describe(raw)}.", "Write [{...}, ...].")
        found: list[Any] = []
        for index, row in enumerate(rows):
            reading.path.append(index)
            try:
                found.append(self._parse_row(row, reading))
            except BadValueError as bad:
                reading.refuse(bad.message, bad.hint, *bad.path)
            reading.path.pop()
        return found

    def _parse_row(self, row: object, reading: Reading) -> Any:
        if self.plain and not isinstance(row, dict | list):
            return fields_of(self.record)[self.plain].kind.parse(row, reading)
        if not isinstance(row, dict):
            raise BadValueError(f"Expected a mapping of fields, found {describe(row)}.")
        body = {key: value for key, value in parse_fields(self.record, row, reading).items() if value is not None}
        if self.plain and list(body) == [self.plain]:
            return body[self.plain]
        for name in missing_fields(self.record, body):
            if row.get(name) is None:
                raise BadValueError(f"The field {name!r} is missing.")
        if not body and not any(row.values()):
            raise BadValueError("This entry says nothing.", "Fill in one of its fields, or take it out.")
        return body

    def load(self, value: Any) -> tuple[Any, ...]:
        return tuple(
            load_record(self.record, row if isinstance(row, dict) else {str(self.plain): row}) for row in value
        )

    def schema(self) -> dict[str, Any]:
        row: dict[str, Any] = {"$ref": f"#/$defs/{self.record.__name__}"}
        if self.plain:
            row = {"anyOf": [{"type": "string"}, row]}
        return {"type": "array", "items": row}
