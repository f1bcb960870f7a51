"""The reference page of the catalog file: a table a list, from the classes that read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.model.form_kinds import Pattern
from dataflows.model.json_schema import nested_records
from dataflows.model.kinds import Choice
from dataflows.model.list_kinds import ListOf, Ref, SetOf
from dataflows.model.lists import LISTS
from dataflows.model.records import Field, Nested, Rows, fields_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.model.kinds import Kind

HEAD = """\
# The catalog file

<!-- Made by `python -m docs.make_reference` from dataflows/model. Change the declarations there, not this page. -->

A catalog is a YAML file, the same tree as JSON, or a folder of CSV files, one a list.
Little is required: write down what you know.
An absent fact is never guessed.
`catalog: 1` and `district` come first in YAML and JSON.
[The JSON Schema](../../schemas/imports/catalog.schema.json) says the same to an editor.

Every row has an id that stays: lower-case letters, digits and hyphens.
`null`, or an empty cell, clears a field; a field that a row leaves out stays as it is.
`was: OLD-ID` in a row renames that row, or merges it into this one.
"""
WORDS = {
    "text": "text",
    "line": "text of one or more characters",
    "text by language": "[text by language](#text-by-language)",
    "id": "id",
    "day": "day",
    "day or moment": "day, or day and time",
    "yes or no": "yes or no",
    "number": "whole number",
    "address": "address (http, https, mailto, tel)",
    "language": "language tag",
    "grades": "grades: `K-5`, `PK,K`, `all`",
    "enrollment": "number, or number by grade",
    "legal basis": "citation, or its short name",
}
TAIL = """\
## text by language

A text that families read is plain, in the first of the district's `home_languages`, or a mapping:
`{en: "...", es: "..."}`.
`reviewed: {es: {by: ..., date: ...}}` beside the languages says who read a translation, and when.
"""


def make_page() -> str:
    """Return the page."""
    sections = [HEAD]
    described: set[type] = set()
    for spec in LISTS:
        path = f"district.{spec.name}" if spec.within_district else spec.name
        sections.append(make_section(path, spec.record))
        for record in nested_records(spec.record):
            if record not in described:
                described.add(record)
                sections.append(make_section(heading_of(record), record))
    return "\n".join([*sections, TAIL])


def heading_of(record: type) -> str:
    """Return the heading of a mapping inside rows: `LimitedTo` is `limited to`."""
    name = record.__name__
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()


def make_section(heading: str, record: type) -> str:
    """Return the section of a list or of a mapping."""
    about = (record.__doc__ or "").strip().splitlines()[0]
    rows = "\n".join(make_rows(record))
    return f"## {heading}\n\n{about}\n\n| field | holds | what for |\n| --- | --- | --- |\n{rows}\n"


def make_rows(record: type) -> Iterator[str]:
    """Yield a row of the table for each field."""
    for field in fields_of(record).values():
        name = f"**`{field.name}`**" if field.required else f"`{field.name}`"
        yield f"| {name} | {describe(field.kind)} | {purpose_of(field)} |"


def purpose_of(field: Field) -> str:
    """Return what a field is for, whether it is required, and what its absence means."""
    parts = [field.about] if field.about else []
    if field.required:
        parts.append("required")
    if field.standard not in (None, []):
        standard = field.standard if not isinstance(field.standard, list) else ", ".join(field.standard)
        parts.append(f"default {'yes' if standard is True else f'`{standard}`'}")
    return "; ".join(parts).replace("|", "\\|")


def describe(kind: Kind) -> str:
    """Return in a person's words what a kind of value is."""
    if isinstance(kind, Choice):
        return "one of " + ", ".join(f"`{option}`" for option in kind.options)
    if isinstance(kind, Pattern):
        return kind.says
    if isinstance(kind, Ref):
        return f"id of {article(kind.target)}"
    if isinstance(kind, SetOf | ListOf):
        items = f"list of: {describe(kind.item)}"
        return f"`all`, or {items}" if isinstance(kind, SetOf) and kind.or_all else items
    if isinstance(kind, Nested | Rows):
        link = f"[{heading_of(kind.record)}](#{heading_of(kind.record).replace(' ', '-')})"
        return f"fields: {link}" if isinstance(kind, Nested) else f"list of {link}"
    return WORDS[kind.name]


def article(word: str) -> str:
    """Put the right article before a word."""
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"
