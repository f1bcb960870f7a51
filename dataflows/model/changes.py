"""What differs between two canonical bodies of one row, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dataflows.model.records import Nested, fields_of

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Change:
    """A row whose fields go from an old to a new value; None is absent."""

    kind: str
    id: str
    fields: dict[str, tuple[Any, Any]]


def compare_bodies(record: type, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return each field that differs with its old and new value; a field inside another is `terms.audit_right`."""
    found: dict[str, tuple[Any, Any]] = {}
    for name, field in fields_of(record).items():
        before, after = old.get(name), new.get(name)
        if before == after:
            continue
        if isinstance(field.kind, Nested):
            inner = compare_bodies(field.kind.record, before or {}, after or {})
            found |= {f"{name}.{below}": pair for below, pair in inner.items()}
        else:
            found[name] = (before, after)
    return found
