"""What `show` answers: the fields of one row in the file's order, and lists of what points at it."""

from __future__ import annotations

from dataclasses import dataclass, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dataflows.model.records import Nested, fields_of
from dataflows.model.text import FIRST_LANGUAGE, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_ACRONYMS = {
    "ai": "AI", "coppa": "COPPA", "esea": "ESEA", "ferpa": "FERPA", "id": "ID", "ids": "IDs", "nces": "NCES",
    "ndpa": "NDPA", "it": "IT", "ppra": "PPRA", "sha256": "SHA-256", "url": "URL",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownField:
    """One field: its name in the file (`terms.deletion_days`), a plain label, its value as JSON."""

    name: str
    label: str
    value: Any


@dataclass(frozen=True, slots=True)
class Section:
    """A list of what points at the row. Each of `rows` has a JSON value a column."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def to_json(self) -> list[dict[str, Any]]:
        """Return each row as a mapping by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything about one row, on one day."""

    kind: str
    id: str
    name: str
    as_of: date
    fields: tuple[ShownField, ...]
    sections: tuple[Section, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it for `--format json`; empty lists are there too."""
        return {
            "kind": self.kind,
            "id": self.id,
            "name": self.name,
            "as_of": self.as_of.isoformat(),
            "fields": {field.name: field.value for field in self.fields},
            **{section.key: section.to_json() for section in self.sections},
        }


def section_of(key: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], title: str = "") -> Section:
    """Build a section; its title is made from its key where none is given."""
    return Section(key, title or label_of(key), tuple(columns), tuple(tuple(row) for row in rows))


def label_of(name: str) -> str:
    """Return a plain label for a field's name: `terms.deletion_days` is `Terms: deletion days`."""
    parts = [" ".join(_ACRONYMS.get(word, word) for word in part.split("_")) for part in name.split(".")]
    label = ": ".join(parts)
    return label[:1].upper() + label[1:]


def fields_in(record: Any, prefix: str = "") -> Iterator[ShownField]:
    """Return what a record states, in the file's order; what is not known is left out."""
    for name, field in fields_of(type(record)).items():
        value = getattr(record, field.attribute)
        if isinstance(field.kind, Nested):
            if value is not None:
                yield from fields_in(value, f"{prefix}{name}.")
        elif value is not None and (value != () or field.required):
            yield ShownField(f"{prefix}{name}", label_of(f"{prefix}{name}"), json_of(value))


def json_of(value: Any) -> Any:
    """Return a value of a record as JSON: days as ISO texts, a text in one language as a string."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Text):
        texts = value.by_language
        return texts[FIRST_LANGUAGE] if list(texts) == [FIRST_LANGUAGE] else dict(texts)
    if isinstance(value, tuple):
        return [json_of(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        stated = ((name, getattr(value, field.attribute)) for name, field in fields_of(type(value)).items())
        return {name: json_of(item) for name, item in stated if item not in (None, ())}
    return value
