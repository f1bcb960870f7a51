"""Writes what is made from the code: the reference pages and the JSON Schema of the catalog file.

    python -m docs.make_reference

A test compares what is there with what this would write.
"""

from __future__ import annotations

import json
from pathlib import Path

from dataflows.model.json_schema import build_catalog_schema
from docs.making import (
    catalog_file,
    commands_page,
    json_page,
    notice_check_page,
    public_fields_page,
    rules_page,
    states_page,
    templates_page,
)

CHECKOUT = Path(__file__).resolve().parent.parent


def make_all() -> dict[str, str]:
    """Return every made file by its path in the checkout."""
    return {
        "schemas/imports/catalog.schema.json": json.dumps(build_catalog_schema(), indent=2, ensure_ascii=False) + "\n",
        "docs/reference/catalog-file.md": catalog_file.make_page(),
        "docs/reference/commands.md": commands_page.make_page(),
        "docs/reference/json.md": json_page.make_page(),
        "docs/reference/rules.md": rules_page.make_page(),
        "docs/reference/notice-check.md": notice_check_page.make_page(),
        "docs/reference/states.md": states_page.make_page(),
        "docs/reference/templates.md": templates_page.make_page(),
        "docs/reference/public-fields.md": public_fields_page.make_page(),
    }


def main() -> None:
    """Write them all."""
    for name, text in make_all().items():
        path = CHECKOUT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"wrote {name}")


if __name__ == "__main__":
    main()
