"""Writes a document for families from what the catalog says on a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataflows.errors import UnknownIdError, UsageError
from dataflows.model.kinds import nearest
from dataflows.reporting.notice import (
    LANGUAGES,
    SUFFIXES,
    compose_annual_notice,
    compose_vendor_letter,
    write_document,
)

if TYPE_CHECKING:
    from datetime import date

    from dataflows.model.parties import Vendor
    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.notice import Document

KINDS = ("annual", "vendor-letter")


@dataclass(frozen=True, slots=True)
class WrittenNotice:
    """A document as bytes, and what is to be said beside it."""

    kind: str
    language: str
    suffix: str
    content: bytes
    missing_translations: tuple[str, ...]
    """Fields whose texts lack the language and are shown in another."""


def write_notice(
    snapshot: Snapshot,
    kind: str,
    *,
    issued: date,
    vendor: str | None = None,
    language: str | None = None,
    suffix: str = ".html",
) -> WrittenNotice:
    """Return a document as it is issued on a day, which `snapshot` is of too in the ordinary case.

    Raises UsageError, UnknownIdError, DocumentHoleError.
    """
    suffix = suffix.lower()
    if suffix not in SUFFIXES:
        message = f"A notice can't be written as {suffix!r}. Choose a name that ends in one of: {', '.join(SUFFIXES)}."
        raise UsageError(message)
    document = _compose(snapshot, kind, vendor, language=_language(snapshot, language), issued=issued)
    content = write_document(document, suffix)
    return WrittenNotice(kind, document.language, suffix, content, document.missing_translations)


def _compose(snapshot: Snapshot, kind: str, vendor: str | None, *, language: str, issued: date) -> Document:
    if kind == "annual":
        if vendor is not None:
            raise UsageError("The annual notice is about no vendor. Leave out --vendor.")
        return compose_annual_notice(snapshot, language=language, issued=issued)
    if kind == "vendor-letter":
        if vendor is None:
            raise UsageError("A letter is about one vendor. Say which with --vendor ID.")
        return compose_vendor_letter(snapshot, _vendor(snapshot, vendor), language=language, issued=issued)
    similar = nearest(kind, KINDS)
    hint = f" Did you mean {similar!r}?" if similar else ""
    message = f"There is no notice called {kind!r}.{hint} The kinds are: {', '.join(KINDS)}."
    raise UsageError(message)


def _vendor(snapshot: Snapshot, key: str) -> Vendor:
    """Return the vendor of an id; `vendor/zoom` says the same as `zoom`."""
    id = key.removeprefix("vendor/")
    if id not in snapshot.vendors:
        raise UnknownIdError("vendor", id, nearest(id, snapshot.vendors))
    return snapshot.vendors[id]


def _language(snapshot: Snapshot, asked: str | None) -> str:
    """Return the language to write in: as asked, else the first home language that there are sentences for."""
    if asked is None:
        homes = (tag for tag in snapshot.district.home_languages if tag.partition("-")[0] in LANGUAGES)
        return next(homes, LANGUAGES[0])
    if asked.partition("-")[0].lower() not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        message = f"Notices can't be written in {asked!r} yet. The languages are: {known}."
        raise UsageError(message)
    return asked
