"""The sentences of documents in a language, from the catalogs of translators (reports/locale, gettext).

Each document has a file of sentences of its own, and those that several share are in `shared`, so that
a language can be offered for some documents before it has all.

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

SHARED = "shared"
"""The file with what several documents say: kinds of data, grounds in law, offices, the page around."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language in which there are sentences for documents."""

    tag: str
    format: str
    """The locale by whose customs days, lists and numbers are written."""
    is_reviewed: bool
    """Whether a qualified person has reviewed the translation; the source has none."""
    files: tuple[str, ...] | None = None
    """The documents that it has, where it does not have all yet."""

    def has(self, file: str) -> bool:
        """Tell whether a document can be written in it."""
        return self.files is None or file in self.files


@cache
def languages() -> dict[str, Language]:
    """Return the languages of documents by tag, the templates' own first."""
    rows = json.loads((_folder() / "languages.json").read_text(encoding="utf-8"))
    return {
        tag: Language(
            tag, row["format"], bool(row.get("is_source") or row.get("reviewed")), _files(row.get("documents"))
        )
        for tag, row in rows.items()
    }


def find_language(tag: str) -> Language | None:
    """Return the language of a tag such as `es` or `es-MX`."""
    return languages().get(tag.partition("-")[0].lower())


def _files(documents: list[str] | None) -> tuple[str, ...] | None:
    return None if documents is None else (*documents, SHARED)


def file_of(template: str) -> str:
    """Return the file in which a template's sentences are translated, by its place in reports."""
    folder, _, name = template.rpartition("/")
    if folder == "notice" and name.endswith(".md.j2"):
        return name.removesuffix(".md.j2")
    return folder.partition("/")[0] if folder.startswith(("portal", "posting")) else SHARED


@cache
def translations(tag: str, file: str = SHARED) -> gettext.NullTranslations:
    """Return the sentences of a document in a language, with those shared; a missing one is the English one."""
    path = catalog_path(tag, file)
    said = compile_catalog(path.read_bytes()) if path.is_file() else gettext.NullTranslations()
    if file != SHARED:
        said.add_fallback(translations(tag))
    return said


@cache
def known_sentences(tag: str) -> frozenset[str]:
    """Return every sentence that a document in a language may hold, as it stands there."""
    is_source = not catalog_files(tag)
    other = next(tag for tag in languages() if catalog_files(tag))
    found: set[str] = set()
    for file in catalog_files(other if is_source else tag):
        for message in read_po(io.BytesIO(catalog_path(other if is_source else tag, file).read_bytes())):
            words = message.id if is_source else message.string
            found.update((words,) if isinstance(words, str) else words or ())
    return frozenset(found - {""})


def compile_catalog(content: bytes) -> gettext.GNUTranslations:
    """Return the sentences of a translator's file, without those marked fuzzy or gone."""
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(content)), use_fuzzy=False)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def catalog_path(tag: str, file: str) -> Path:
    """Return where a language has the sentences of a document."""
    return _folder() / tag / f"{file}.po"


def catalog_files(tag: str) -> list[str]:
    """Return the documents of which a language has the sentences, in order."""
    return sorted(path.stem for path in (_folder() / tag).glob("*.po"))


def _folder() -> Path:
    return assets.folder("reports") / "locale"
