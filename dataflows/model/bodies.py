"""Canonical bodies: how a row is met by what a file says of it, and what is wrong with it whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dataflows.model.kinds import did_you_mean
from dataflows.model.list_kinds import Ref, SetOf
from dataflows.model.parties import STUDENTS
from dataflows.model.records import Nested, fields_of, missing_fields

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from dataflows.model.lists import ListSpec
    from dataflows.model.taxonomy import Taxonomy

Path = tuple[str | int, ...]


class RowProblem(NamedTuple):
    """What is wrong at a path within a row."""

    path: Path
    message: str
    hint: str | None = None


def merge_bodies(known: Mapping[str, Any], said: Mapping[str, Any], spec: ListSpec) -> dict[str, Any]:
    """Return what a row is after a file spoke of it: unnamed fields stay, None clears.

    Mappings of named fields are met field by field; anything else is one value.
    """
    return _merge(known, said, spec.record)


def _merge(known: Mapping[str, Any], said: Mapping[str, Any], record: type) -> dict[str, Any]:
    merged = dict(known)
    fields = fields_of(record)
    for key, value in said.items():
        if value is None:
            merged.pop(key, None)
            continue
        below = getattr(fields[key].kind, "record", None) if isinstance(value, dict) else None
        if below is None:
            merged[key] = value
        elif found := _merge(old if isinstance(old := known.get(key), dict) else {}, value, below):
            merged[key] = found
        else:
            merged.pop(key, None)
    return merged


_ORDERED = (
    ("flows", "starts", "ends"),
    ("agreements", "effective", "expires"),
    ("incidents", "occurred_from", "occurred_to"),
    ("monitoring", "starts", "ends"),
)


def check_body(
    spec: ListSpec, body: Mapping[str, Any], taxonomy: Taxonomy, *, district: str, cleared: Collection[str] = ()
) -> list[RowProblem]:
    """Return what is wrong with a whole row, whichever files it was written in.

    `cleared` are the fields that a file names without a value.
    """
    found = [
        RowProblem((name,), f"The field {name!r} is empty.", "Each row needs it; a word for nothing goes in quotes.")
        if name in cleared
        else RowProblem((), f"The field {name!r} is missing.", "Each row needs it.")
        for name in missing_fields(spec.record, body)
    ]
    for name, first, last in _ORDERED:
        if spec.name == name and body.get(first) and body.get(last) and str(body[last]) < str(body[first]):
            found.append(RowProblem((last,), f"It ends on {body[last]}, before it begins on {body[first]}."))
    if spec.name == "flows":
        found += _check_flow(body, district)
    elif spec.name == "elements":
        found += _check_element(body, taxonomy)
    elif spec.name in ("vendors", "parties") and body.get("id") in (STUDENTS, district):
        taken = "the district" if body["id"] == district else "the students themselves"
        found.append(RowProblem(("id",), f"The id {body['id']!r} stands for {taken}.", "Choose another id."))
    elif spec.name == "district":
        found += _check_district(body)
    return found


def _check_district(body: Mapping[str, Any]) -> Iterable[RowProblem]:
    if body.get("id") == STUDENTS:
        yield RowProblem(("id",), "The id 'students' stands for the students themselves.", "Choose another id.")
    if body.get("home_languages") == []:
        message = "The list names no language; the first one is that of plain texts."
        yield RowProblem(("home_languages",), message, "Write [en], or leave the field out.")


def _check_flow(body: Mapping[str, Any], district: str) -> Iterable[RowProblem]:
    sender = body.get("from") or district
    if sender == body.get("to"):
        yield RowProblem(("to",), f"The flow goes from {sender!r} to itself.", "Name another receiver.")
    if body.get("elements") == []:
        yield RowProblem(("elements",), "The flow carries no elements.", "Name at least one.")
    if body.get("via") is not None and body["via"] in (sender, body.get("to")):
        yield RowProblem(("via",), f"{body['via']!r} is an end of the flow, so it can't run via it.", "Leave it out.")


def _check_element(body: Mapping[str, Any], taxonomy: Taxonomy) -> Iterable[RowProblem]:
    known = taxonomy.elements.get(str(body.get("id")))
    if known is None:
        for name in ("name", "category", "sensitivity"):
            if body.get(name) is None:
                message = f"The field {name!r} is missing: the taxonomy has no element {body.get('id')!r}."
                yield RowProblem((), message, did_you_mean(str(body.get("id")), taxonomy.elements))
        return
    for name, value in (("category", known.category), ("broader", known.broader)):
        if body.get(name) is not None and body[name] != value:
            message = f"The taxonomy's element {known.id!r} has the {name} {value!r}, which stays."
            yield RowProblem((name,), message, "Leave it out, or choose an id of your own.")


def find_references(record: type, body: Mapping[str, Any]) -> Iterator[tuple[Path, str, str]]:
    """Yield each id that a body names: the path to it, the list it is of, and the id."""
    fields = fields_of(record)
    for key, value in body.items():
        kind = fields[key].kind
        for target, path, id in _references_in(kind, value):
            yield (key, *path), target, id


def _references_in(kind: Any, value: Any) -> Iterator[tuple[str, Path, str]]:
    if isinstance(kind, Ref):
        yield kind.target, (), value
    elif isinstance(kind, SetOf) and isinstance(kind.item, Ref) and value != "all":
        for index, id in enumerate(value):
            yield kind.item.target, (index,), id
    elif isinstance(kind, Nested):
        for path, target, id in find_references(kind.record, value):
            yield target, path, id


def rename_references(
    record: type, body: Mapping[str, Any], targets: Iterable[str], old: str, new: str
) -> dict[str, Any]:
    """Return a body in which an id of one of the lists `targets` is replaced by another."""
    fields = fields_of(record)
    return {key: _renamed(fields[key].kind, value, frozenset(targets), old, new) for key, value in body.items()}


def _renamed(kind: Any, value: Any, targets: frozenset[str], old: str, new: str) -> Any:
    if isinstance(kind, Ref) and kind.target in targets:
        return new if value == old else value
    if isinstance(kind, SetOf) and isinstance(kind.item, Ref) and kind.item.target in targets and value != "all":
        return sorted({new if id == old else id for id in value})
    if isinstance(kind, Nested):
        return rename_references(kind.record, value, targets, old, new)
    return value
