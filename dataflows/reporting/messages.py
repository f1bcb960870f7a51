"""The sentences of documents in a language, from the catalogs of translators (reports/locale, gettext).

The one thing to know: a translation that is marked fuzzy, or whose English has changed since, is never
used.  The English sentence stands in its place, and a test fails for a language that is offered.
"""

from __future__ import annotations

import gettext
import io
import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from dataflows import assets

if TYPE_CHECKING:
    from pathlib import Path

DOMAIN = "dataflows"


@dataclass(frozen=True, slots=True)
class Language:
    """A language in which there are sentences for all documents."""

    tag: str
    format: str
    """The locale by whose customs days, lists and numbers are written."""
    is_reviewed: bool
    """Whether a qualified person has reviewed the translation; the source has none."""


@cache
def languages() -> dict[str, Language]:
    """Return the languages of documents by tag, the templates' own first."""
    rows = json.loads((_folder() / "languages.json").read_text(encoding="utf-8"))
    return {
        tag: Language(tag, row["format"], bool(row.get("is_source") or row.get("reviewed")))
        for tag, row in rows.items()
    }


def find_language(tag: str) -> Language | None:
    """Return the language of a tag such as `es` or `es-MX`."""
    return languages().get(tag.partition("-")[0].lower())


@cache
def translations(tag: str) -> gettext.NullTranslations:
    """Return the sentences of a language; where one is missing it is the English one."""
    path = catalog_path(tag)
    return compile_catalog(path.read_bytes()) if path.is_file() else gettext.NullTranslations()


def compile_catalog(content: bytes) -> gettext.GNUTranslations:
    """Return the sentences of a translator's file, without those marked fuzzy or gone."""
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(content)), use_fuzzy=False)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def catalog_path(tag: str) -> Path:
    """Return where the catalog of a language lies."""
    return _folder() / tag / "LC_MESSAGES" / f"{DOMAIN}.po"


def _folder() -> Path:
    return assets.folder("reports") / "locale"
