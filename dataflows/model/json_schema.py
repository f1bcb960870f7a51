"""The JSON Schema of a catalog file, made from the same declarations that read it.

An editor that knows it completes and checks a catalog while it is written.  It is a little stricter
than the reader, which also takes other spellings (`NIST CSF` for `nist_csf`), and it can't see
across rows; `dataflows plan` judges.
"""

from __future__ import annotations

from typing import Any

from dataflows.model.lists import LISTS, ListSpec
from dataflows.model.records import Field, Nested, Rows, fields_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_LANGUAGE_TAG = "^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?$"
_TEXT_BY_LANGUAGE = {
    "description": "A text that families read: plain in the district's first language, or a text for each language.",
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "minProperties": 1,
            "patternProperties": {_LANGUAGE_TAG: {"type": ["string", "null"]}},
            "properties": {
                "reviewed": {
                    "description": "Who read the translation into a language, and on which day.",
                    "type": "object",
                    "patternProperties": {
                        _LANGUAGE_TAG: {
                            "type": "object",
                            "properties": {"by": {"type": "string"}, "date": {"type": "string", "format": "date"}},
                            "required": ["by"],
                            "additionalProperties": False,
                        }
                    },
                    "additionalProperties": False,
                }
            },
            "additionalProperties": False,
        },
    ],
}


def build_catalog_schema() -> dict[str, Any]:
    """Return the schema of a whole catalog file."""
    top = [spec for spec in LISTS if not spec.within_district and spec.name != "district"]
    properties: dict[str, Any] = {
        "catalog": {"description": "The version of the format.", "enum": [1, "1"]},
        "district": {"$ref": "#/$defs/District"},
    }
    properties |= {spec.name: _list_of(spec) for spec in top}
    return {
        "$schema": DIALECT,
        "$id": "urn:dataflows:schema:imports:catalog:1",
        "title": "A catalog of dataflows",
        "description": "What one district shares about students, with whom, why and on what legal basis.",
        "type": "object",
        "properties": properties,
        "required": ["catalog", "district"],
        "additionalProperties": False,
        "$defs": _definitions(),
    }


def _list_of(spec: ListSpec) -> dict[str, Any]:
    rows = {"type": "array", "items": {"$ref": f"#/$defs/{spec.record.__name__}"}}
    return _nullable(rows)


def _definitions() -> dict[str, Any]:
    found: dict[str, Any] = {"textByLanguage": _TEXT_BY_LANGUAGE}
    for spec in LISTS:
        found[spec.record.__name__] = _row_schema(spec)
        for record in nested_records(spec.record):
            found.setdefault(record.__name__, _record_schema(record))
    return dict(sorted(found.items()))


def nested_records(record: type) -> list[type]:
    """Return the classes of the mappings that stand in a record, at any depth, in order."""
    found: list[type] = []
    for field in fields_of(record).values():
        if isinstance(field.kind, Nested | Rows):
            below = field.kind.record
            found += [cls for cls in (below, *nested_records(below)) if cls not in found]
    return found


def _row_schema(spec: ListSpec) -> dict[str, Any]:
    schema = _record_schema(spec.record)
    if spec.name == "district":
        within = {below.name: _list_of(below) for below in LISTS if below.within_district}
        schema["properties"] = {**schema["properties"], **within}
    else:
        was = {"description": "The row's former id: renames that row, or merges it into this one.", "type": "string"}
        schema["properties"]["was"] = was
    return schema


def _record_schema(record: type) -> dict[str, Any]:
    fields = fields_of(record)
    schema: dict[str, Any] = {
        "description": (record.__doc__ or "").strip().splitlines()[0],
        "type": "object",
        "properties": {name: _field_schema(field) for name, field in fields.items()},
    }
    required = [name for name, field in fields.items() if field.required]
    if required:
        schema["required"] = required
    schema["additionalProperties"] = False
    return schema


def _field_schema(field: Field) -> dict[str, Any]:
    schema: dict[str, Any] = _for_any_dialect(field.kind.schema())
    if not field.required:
        schema = _nullable(schema)
    if field.about:
        schema = {"description": field.about, **schema}
    if field.standard is not None and field.standard != []:
        schema["default"] = field.standard
    return schema


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """Let a value be null too: null clears a field that the catalog has."""
    if "anyOf" in schema:
        return {**schema, "anyOf": [*schema["anyOf"], {"type": "null"}]}
    found: dict[str, Any] = dict(schema)
    if "enum" in schema:
        found["enum"] = [*schema["enum"], None]
    if "type" in schema:
        types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        found["type"] = [*types, "null"]
    return found if found != schema else {"anyOf": [schema, {"type": "null"}]}


def _for_any_dialect(value: Any) -> Any:
    """Write patterns so that every engine reads them: not all know a flag inside a group."""
    if isinstance(value, dict):
        return {
            key: _plain_pattern(item) if key == "pattern" else _for_any_dialect(item) for key, item in value.items()
        }
    return [_for_any_dialect(item) for item in value] if isinstance(value, list) else value


def _plain_pattern(pattern: str) -> str:
    if "(?i:" not in pattern:
        return pattern
    return pattern.replace("(?i:", "(?:").replace("a-z", "A-Za-z")
