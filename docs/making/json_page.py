"""The reference page of the JSON that commands print, from the schemas in schemas/exports."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dataflows import assets
from dataflows.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = """\
# JSON

<!-- Made by `python -m docs.make_reference` from schemas/exports. Change the schemas there, not this page. -->

What commands print with `--format json`, one shape a command.
Further fields may come; none of these goes or changes its meaning.
"""


def make_page() -> str:
    """Return the page; a shape whose command this version lacks is left out."""
    folder = assets.folder("schemas") / "exports"
    sections = [HEAD]
    for path in sorted(folder.glob("*.schema.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        if schema["title"].split()[0] in COMMANDS and schema["title"] not in NOT_YET:
            sections.append(make_section(schema, path.name))
    return "\n".join(sections)


NOT_YET = ("notice check",)
"""Shapes that are fixed, of subcommands that this version lacks."""


def make_section(schema: dict[str, Any], name: str) -> str:
    """Return the section of one shape."""
    rows = "\n".join(f"| `{path}` | {kind} | {about} |" for path, kind, about in make_rows(schema, schema, ""))
    link = f"[{name}](../../schemas/exports/{name})"
    head = "| field | holds | meaning |\n| --- | --- | --- |"
    return f"## {schema['title']}\n\n{schema['description']}\n\n{head}\n{rows}\n\nSchema: {link}\n"


def make_rows(schema: dict[str, Any], whole: dict[str, Any], path: str) -> Iterator[tuple[str, str, str]]:
    """Yield path, kind and meaning of each field, those of items below `name[]`."""
    if "$ref" in schema:
        schema = whole["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    for choice in schema.get("anyOf", ()):
        yield from make_rows(choice, whole, path)
    for name, below in schema.get("properties", {}).items():
        here = f"{path}.{name}" if path else name
        if name not in schema.get("required", ()):
            yield here, kind_of(below), f"{below.get('description', '')} May be absent.".strip()
        else:
            yield here, kind_of(below), below.get("description", "")
        yield from make_rows(below, whole, here)
    if isinstance(schema.get("items"), dict):
        yield from make_rows(schema["items"], whole, f"{path}[]")


def kind_of(schema: dict[str, Any]) -> str:
    """Return in a word or two what a value is."""
    if "enum" in schema:
        return "one of " + ", ".join(f"`{item}`" for item in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if "$ref" in schema:
        return "object"
    if schema.get("type") == "array" and schema.get("items"):
        return f"list of {kind_of(schema['items'])}"
    types = schema.get("type", "object")
    kinds = [types] if isinstance(types, str) else types
    if schema.get("format") == "date":
        kinds = ["day" if kind == "string" else kind for kind in kinds]
    return " or ".join(str(kind) for kind in kinds)
