"""What several files of one run say of one district: they add to each other, and must not contradict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dataflows.model.records import Nested, fields_of

if TYPE_CHECKING:
    from collections.abc import Mapping


def join_said(record: type, first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Return what two files say together of one row, field by field; where they differ, the first stays."""
    joined = dict(second) | dict(first)
    for name in first.keys() & second.keys():
        kind = fields_of(record)[name].kind
        if isinstance(kind, Nested) and isinstance(first[name], dict) and isinstance(second[name], dict):
            joined[name] = join_said(kind.record, first[name], second[name])
    return joined


def find_contradictions(record: type, first: Mapping[str, Any], second: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """Return the paths of the fields of which two files say different things."""
    found: list[tuple[str, ...]] = []
    for name in second:
        if name not in first or first[name] == second[name]:
            continue
        kind = fields_of(record)[name].kind
        if isinstance(kind, Nested) and isinstance(first[name], dict) and isinstance(second[name], dict):
            found += [(name, *below) for below in find_contradictions(kind.record, first[name], second[name])]
        else:
            found.append((name,))
    return found
