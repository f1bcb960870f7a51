"""The reference page of what the portal shows: a table a list, from the one list of public fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.model.lists import BY_NAME
from dataflows.model.records import Nested, Rows, fields_of
from dataflows.reporting.portal.public_fields import PUBLIC, PUBLIC_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.model.records import Field

HEAD = """\
# What the portal shows

<!-- Made by `python -m docs.make_reference` from dataflows/reporting/portal/public_fields.py. Change that. -->

`portal` makes its pages, letters, maps and files of data from these fields of the catalog alone.
A field that is not here is not read, so it can't slip out; a new field stays inside until it is put on the list.
A test fills every field of every list with a mark of its own and looks for each mark in every file of a site.
"""
NEVER = """\
## What is never shown

No row is shown of: {lists}.
Of every list, `note` and `sources` stay inside, and so does who reviewed a translation.
What `publish`, `notice` and `audit` write is made from the whole catalog; this page is about the portal only.
"""


def make_page() -> str:
    """Return the page."""
    sections = [HEAD]
    for name, public in PUBLIC.items():
        if public:
            sections.append(make_section(name, public))
    lists = ", ".join(f"`{name}`" for name, public in PUBLIC.items() if not public)
    return "\n".join([*sections, NEVER.format(lists=lists)])


def make_section(name: str, public: tuple[str, ...]) -> str:
    """Return the section of one list: what is shown of its rows, and what is not."""
    fields = dict(paths_of(BY_NAME[name].record))
    rows = "\n".join(f"| `{path}` | {fields[path].about} |" for path in public)
    inside = [f"`{path}`" for path in fields if path not in public]
    roles = f"\nOnly the offices {', '.join(f'`{role}`' for role in PUBLIC_ROLES)}.\n" if name == "contacts" else ""
    return f"## {name}\n{roles}\n| shown | what it is |\n| --- | --- |\n{rows}\n\nNot shown: {', '.join(inside)}.\n"


def paths_of(record: type, path: str = "") -> Iterator[tuple[str, Field]]:
    """Yield every field of a list by its path, those within fields too."""
    for name, item in fields_of(record).items():
        if isinstance(item.kind, Nested | Rows):
            yield from paths_of(item.kind.record, f"{path}{name}.")
        else:
            yield f"{path}{name}", item
