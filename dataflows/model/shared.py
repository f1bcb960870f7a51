"""Fields and small records that several lists have: sources, notes, guidance, contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dataflows.model.form_kinds import Pattern, Url
from dataflows.model.kinds import Choice, Day, Line, Localized, PlainText, Slug
from dataflows.model.list_kinds import ListOf, Ref, SetOf
from dataflows.model.records import Rows, field_of, record

if TYPE_CHECKING:
    from datetime import date

    from dataflows.model.text import Text

TOPICS = ("risk", "choice", "conduct", "monitoring", "security", "more")
DIGEST = Pattern(r"[0-9a-f]{64}", "a SHA-256 digest of 64 hexadecimal digits")
ELEMENTS = SetOf(Ref("element"))
PARTIES = SetOf(Ref("party"))
LINES = ListOf(Line())


@record
class Source:
    """Where a fact is written."""

    title: str | None = field_of(PlainText(), "of the page or document")
    url: str | None = field_of(Url(), "where it is")
    seen: date | None = field_of(Day(), "day on which it was read there")


@record
class Guidance:
    """What families are told beside the data."""

    topic: str = field_of(Choice(TOPICS), "where in a letter it stands", required=True)
    text: Text = field_of(Localized(), "what families are told", required=True)
    url: str | None = field_of(Url(), "where to read more")


def sources_field() -> Any:
    """Declare `sources`, which every row may have."""
    return field_of(Rows(Source), "where the fact is written", default=(), standard=[])


def note_field() -> Any:
    """Declare `note`, which every row may have and no document for families shows."""
    return field_of(PlainText(), "internal; never shown to families", internal=True)


def id_field() -> Any:
    """Declare the id of a row."""
    return field_of(Slug(), "stable for ever", required=True)
