"""Writes a document for families from what the catalog says on a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataflows.errors import UnknownIdError, UsageError
from dataflows.model.audiences import schools_of
from dataflows.model.flows import Audience
from dataflows.model.grades import parse_grade
from dataflows.model.kinds import nearest
from dataflows.reporting.messages import find_language, languages
from dataflows.reporting.notice import (
    SUFFIXES,
    compose_annual_notice,
    compose_breach_letter,
    compose_disclosures,
    compose_vendor_letter,
    write_document,
)

if TYPE_CHECKING:
    from datetime import date

    from dataflows.model.events import Incident
    from dataflows.model.parties import Vendor
    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.notice import Document

KINDS = ("annual", "vendor-letter", "disclosures", "breach")


@dataclass(frozen=True, slots=True)
class About:
    """Whom or what a document is about, as the caller typed it."""

    vendor: str | None = None
    school: str | None = None
    grade: str | None = None
    incident: str | None = None


@dataclass(frozen=True, slots=True)
class WrittenNotice:
    """A document as bytes, and what is to be said beside it."""

    kind: str
    language: str
    suffix: str
    content: bytes
    missing_translations: tuple[str, ...]
    """Fields whose texts lack the language and are shown in another."""
    gaps: tuple[str, ...] = ()
    """Fields that are not known yet: the document is a draft until they are."""
    is_reviewed: bool = True
    """Whether a qualified person has reviewed all that is a translation in it."""


def write_notice(
    snapshot: Snapshot,
    kind: str,
    *,
    issued: date,
    language: str | None = None,
    suffix: str = ".html",
    **about: str | None,
) -> WrittenNotice:
    """Return a document as it is issued on a day, which `snapshot` is of too in the ordinary case.

    `about` holds words of `About`. Raises UsageError, UnknownIdError, DocumentHoleError.
    """
    suffix = suffix.lower()
    if suffix not in SUFFIXES:
        message = f"A notice can't be written as {suffix!r}. Choose a name that ends in one of: {', '.join(SUFFIXES)}."
        raise UsageError(message)
    document = _compose(snapshot, kind, About(**about), language=_language(snapshot, language), issued=issued)
    content = write_document(document, suffix)
    return WrittenNotice(
        kind,
        document.language,
        suffix,
        content,
        document.missing_translations,
        gaps=document.gaps,
        is_reviewed=document.is_reviewed,
    )


def _compose(snapshot: Snapshot, kind: str, about: About, *, language: str, issued: date) -> Document:
    _check_words(kind, about)
    if kind == "annual":
        return compose_annual_notice(snapshot, language=language, issued=issued)
    if kind == "disclosures":
        school, grade = find_students(snapshot, about.school, about.grade)
        return compose_disclosures(snapshot, school, grade, language=language, issued=issued)
    if kind == "breach":
        return compose_breach_letter(snapshot, _incident(snapshot, about.incident), language=language, issued=issued)
    return compose_vendor_letter(snapshot, _vendor(snapshot, about.vendor or ""), language=language, issued=issued)


def _check_words(kind: str, about: About) -> None:
    """Raise UsageError for a kind that there isn't, and for words that don't go with it."""
    if kind not in KINDS:
        similar = nearest(kind, KINDS)
        hint = f" Did you mean {similar!r}?" if similar else ""
        raise UsageError(f"There is no notice called {kind!r}.{hint} The kinds are: {', '.join(KINDS)}.")
    if kind == "vendor-letter" and about.vendor is None:
        raise UsageError("A letter is about one vendor. Say which with --vendor ID.")
    if kind == "annual" and about.vendor is not None:
        raise UsageError("The annual notice is about no vendor. Leave out --vendor.")
    if kind == "disclosures" and about.vendor is not None:
        raise UsageError("The disclosures are about all vendors. Leave out --vendor, or write the vendor-letter.")
    if kind == "breach" and about.incident is None:
        raise UsageError("A letter about a breach is about one incident. Say which with --incident ID.")
    if kind != "breach" and about.incident is not None:
        raise UsageError("Only the letter about a breach is about an incident. Leave out --incident.")
    if kind == "breach" and about.vendor is not None:
        raise UsageError("The incident says where it happened. Leave out --vendor.")
    if kind != "disclosures" and (about.school is not None or about.grade is not None):
        raise UsageError("Only the disclosures are about one school or grade. Leave out --school and --grade.")


def find_students(snapshot: Snapshot, school: str | None, grade: str | None) -> tuple[str | None, str | None]:
    """Return a school's id and a grade's code; raises UnknownIdError, UsageError where no student can be meant."""
    id = school.removeprefix("school/") if school is not None else None
    if id is not None and id not in snapshot.schools:
        raise UnknownIdError("school", id, nearest(id, snapshot.schools))
    if grade is None:
        return id, None
    try:
        code = parse_grade(grade)
    except ValueError:
        raise UsageError(f"{grade!r} is not a grade. Write PK, K or 1 to 13.") from None
    asked = Audience(schools=(id,) if id else None, grades=code)
    if snapshot.schools and not any(schools_of(asked, snapshot.schools)):
        where = (
            f"{snapshot.schools[id].name} has the grades {snapshot.schools[id].grades}" if id else "no school has it"
        )
        raise UsageError(f"There is no grade {code} here: {where}.")
    return id, code


def _incident(snapshot: Snapshot, key: str | None) -> Incident:
    """Return the incident of an id; `incident/x` says the same as `x`."""
    id = (key or "").removeprefix("incident/")
    if id not in snapshot.incidents:
        raise UnknownIdError("incident", id, nearest(id, snapshot.incidents))
    return snapshot.incidents[id]


def _vendor(snapshot: Snapshot, key: str) -> Vendor:
    """Return the vendor of an id; `vendor/zoom` says the same as `zoom`."""
    id = key.removeprefix("vendor/")
    if id not in snapshot.vendors:
        raise UnknownIdError("vendor", id, nearest(id, snapshot.vendors))
    return snapshot.vendors[id]


def _language(snapshot: Snapshot, asked: str | None) -> str:
    """Return the language to write in: as asked, else the first home language that there are sentences for."""
    if asked is None:
        homes = (tag for tag in snapshot.district.home_languages if find_language(tag))
        return next(homes, next(iter(languages())))
    found = find_language(asked)
    if found is None:
        known = ", ".join(languages())
        message = f"Notices can't be written in {asked!r} yet. The languages are: {known}."
        raise UsageError(message)
    _, hyphen, region = asked.partition("-")
    return f"{found.tag}{hyphen}{region}"
