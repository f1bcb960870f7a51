"""What `publish` leaves in the catalog: which documents were frozen, and how they went out.

No file sets these rows, and no export holds them; the journal keeps their versions and the log
chains them as it does every other list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from dataflows.model.events import MEANS, Notice
from dataflows.model.form_kinds import Url
from dataflows.model.kinds import Choice, Count, Day, Language, Line, Slug, YesNo
from dataflows.model.list_kinds import ListOf, SetOf
from dataflows.model.records import Rows, field_of, record
from dataflows.model.shared import DIGEST, id_field

if TYPE_CHECKING:
    from datetime import date

CHANNELS = MEANS
"""How a document reaches families; the same words as for notices that were given otherwise."""


@record
class PublishedFile:
    """One file of a document, as it was generated."""

    language: str = field_of(Language(), "in which it is written", required=True)
    format: str = field_of(Line(), "html, pdf, docx, md or txt", required=True)
    file: str = field_of(Line(), "its place in the package's folder", required=True)
    sha256: str = field_of(DIGEST, "of its bytes", required=True)


@record
class Sending:
    """The file that really went out in one language: how, when, and who said so."""

    language: str = field_of(Language(), "in which it is written", required=True)
    file: str = field_of(Line(), "its place in the package's folder", required=True)
    sha256: str = field_of(DIGEST, "of the bytes that went out", required=True)
    edited: bool = field_of(YesNo(), "it has other bytes than ours", required=True, default=False)
    channels: tuple[str, ...] = field_of(SetOf(Choice(CHANNELS)), "how it went out", default=(), standard=[])
    date: date | None = field_of(Day(), "the day on which it went out")
    url: str | None = field_of(Url(), "where it is posted")
    differences: int | None = field_of(Count(), "places at which its text differs from ours; absent: not compared")
    absent: tuple[str, ...] = field_of(
        ListOf(Line()), "what the law wants in it and it does not state", default=(), standard=[]
    )
    faults: tuple[str, ...] = field_of(
        ListOf(Line()), "what in it is against the law, with its citation", default=(), standard=[]
    )
    despite: str | None = field_of(Line(), "why it was published all the same")
    by: str = field_of(Line(), "who recorded it", required=True, default="")
    at: str = field_of(Line(), "when, in UTC", required=True, default="")


@record
class Publication:
    """A document as it was frozen by `publish`, in all its languages and formats."""

    id: str = id_field()
    kind: str = field_of(Slug(), "annual, directory, disclosures, ...", required=True)
    frozen_on: date = field_of(Day(), "the day that the package is of", name="issued", required=True)
    school_year: str = field_of(Line(), "for which year", required=True)
    written_in: tuple[str, ...] = field_of(
        ListOf(Language()), "in which it was written", name="languages", default=(), standard=[]
    )
    formats: tuple[str, ...] = field_of(ListOf(Line()), "in which it was written", default=(), standard=[])
    package_sha256: str = field_of(DIGEST, "of the package's generated files and catalog", required=True)
    catalog_sha256: str = field_of(DIGEST, "of the catalog as it was frozen", required=True)
    files: tuple[PublishedFile, ...] = field_of(Rows(PublishedFile), "as generated", default=(), standard=[])
    sent: tuple[Sending, ...] = field_of(Rows(Sending), "as sent", default=(), standard=[])
    by: str = field_of(Line(), "who published it", required=True, default="")
    at: str = field_of(Line(), "when, in UTC", required=True, default="")

    @property
    def issued(self) -> date:
        """Return the first day on which it went out, or, where nobody said so yet, the day that it is of."""
        return self.sent_on or self.frozen_on

    @property
    def sent_on(self) -> date | None:
        """Return the first day on which it went out, as far as it is known."""
        return min((row.date for row in self.sent if row.date), default=None)

    @property
    def channels(self) -> tuple[str, ...]:
        """Return every way in which it went out."""
        return tuple(sorted({channel for row in self.sent for channel in row.channels}))

    @property
    def url(self) -> str | None:
        """Return where it is posted: the last address that was recorded."""
        return next((row.url for row in reversed(self.sent) if row.url), None)

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages in which families got it: those sent, and before any was, those written."""
        return tuple(dict.fromkeys(row.language for row in self.sent)) or self.written_in


Given: TypeAlias = Notice | Publication
"""A notice that was given: by `publish`, or otherwise."""
