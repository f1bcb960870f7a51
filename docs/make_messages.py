"""Brings the catalogs of sentences (reports/locale) up to the templates and the law's data, for translators.

    python -m docs.make_messages

New sentences are added without a translation, changed ones are marked fuzzy, gone ones are left out.
A fuzzy translation is never used in a document, and a test fails until somebody has settled it.
"""

from __future__ import annotations

import io

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from dataflows import assets
from dataflows.law.bases import basis_groups, legal_bases
from dataflows.reporting.messages import DOMAIN, catalog_path, languages

KEYWORDS = {"_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
INSIDE = ("incident/", "audit/", "notice-check/")
"""Templates of what only the district's staff reads: they are English."""
FAMILIES = "Says why something is allowed, in the words of families; it follows “This is allowed”."
GROUP = "The title of a paragraph of the law above several."


def find_messages() -> Catalog:
    """Return every sentence that a family may read, with where it stands."""
    catalog = Catalog(project=DOMAIN, charset="utf-8", fuzzy=False)
    reports = assets.folder("reports")
    found = extract_from_dir(str(reports), method_map=[("**.j2", "jinja2")], keywords=KEYWORDS, comment_tags=())
    for file, _, message, _, context in sorted(found, key=lambda row: (row[0], row[1])):
        place = file.replace("\\", "/")
        if not place.startswith(INSIDE):
            catalog.add(message, context=context, locations=[(f"reports/{place}", 0)])
    law = [("schemas/law/legal-bases.yaml", 0)]
    for basis in legal_bases().values():
        catalog.add(basis.families, context=basis.citation, locations=law, auto_comments=[FAMILIES])
    for group in basis_groups().values():
        catalog.add(group.title, context=group.citation, locations=law, auto_comments=[GROUP])
    return catalog


def read_catalog(tag: str) -> Catalog:
    """Return the catalog of a language as it lies in reports/locale."""
    with catalog_path(tag).open("rb") as file:
        return read_po(file, locale=tag, abort_invalid=True)


def write_catalog(catalog: Catalog) -> str:
    """Return a catalog as text: in one order, without line numbers that change every day."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=110, ignore_obsolete=True, include_lineno=False)
    return buffer.getvalue().decode()


def main() -> None:
    """Update each catalog."""
    for tag in languages():
        if catalog_path(tag).is_file():
            catalog = read_catalog(tag)
            catalog.update(find_messages(), update_creation_date=False)
            catalog_path(tag).write_text(write_catalog(catalog), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
