"""Writes a document for families from what the catalog says on a day."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from dataflows.errors import UnknownIdError, UsageError
from dataflows.law.states import states
from dataflows.model.audiences import schools_of
from dataflows.model.flows import Audience
from dataflows.model.grades import parse_grade
from dataflows.model.kinds import nearest
from dataflows.reporting.composing import compose
from dataflows.reporting.document import SUFFIXES, TABLE_SUFFIX, write_document
from dataflows.reporting.kinds import KINDS, About, Order, Reader
from dataflows.reporting.messages import find_language, languages

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dataflows.model.district import District
    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.look import Look
    from dataflows.reporting.postings.missing import MissingFact


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
    missing: tuple[MissingFact, ...] = ()
    """What a posting that goes out all the same says is not yet available, and who must be asked."""
    cautions: tuple[str, ...] = ()
    """What the office should know of the law behind it."""


def write_notice(
    snapshot: Snapshot,
    kind: str,
    *,
    issued: date,
    language: str | None = None,
    suffix: str = ".html",
    is_draft: bool = False,
    look: Look | None = None,
    **about: str | None,
) -> WrittenNotice:
    """Return a document as it is issued on a day, which `snapshot` is of too in the ordinary case.

    `about` holds words of `About`, as they are typed. Raises UsageError, UnknownIdError, DocumentHoleError.
    """
    suffix = suffix.lower()
    check_suffix(kind, suffix)
    check_kind(kind, {word for word, value in about.items() if value is not None})
    check_state(kind, snapshot.district)
    subject = _find_subject(snapshot, about)
    document = compose(Order(kind, snapshot, _language(snapshot, kind, language), issued, subject, is_draft, look))
    return WrittenNotice(
        kind,
        document.language,
        suffix,
        write_document(document, suffix),
        document.missing_translations,
        gaps=document.gaps,
        is_reviewed=document.is_reviewed,
        missing=document.missing,
        cautions=document.cautions,
    )


def check_suffix(kind: str, suffix: str) -> None:
    """Raise UsageError for a format in which a kind can't be written."""
    is_table = kind in KINDS and KINDS[kind].is_table
    known = (*SUFFIXES, TABLE_SUFFIX) if is_table else SUFFIXES
    if suffix in known:
        return
    if suffix == TABLE_SUFFIX:
        tables = " and ".join(f"`notice {name}`" for name, row in KINDS.items() if row.is_table)
        raise UsageError(f"Only {tables} can be written as {TABLE_SUFFIX}. Choose one of: {', '.join(known)}.")
    raise UsageError(f"A notice can't be written as {suffix!r}. Choose a name that ends in one of: {', '.join(known)}.")


def check_kind(kind: str, words: set[str]) -> None:
    """Raise UsageError for a kind that there isn't, and for words of `About` that don't go with it."""
    if kind not in KINDS:
        similar = nearest(kind, KINDS)
        hint = f" Did you mean {similar!r}?" if similar else ""
        raise UsageError(f"There is no notice called {kind!r}.{hint} The kinds are: {', '.join(KINDS)}.")
    row = KINDS[kind]
    for word in row.needs:
        if word not in words:
            raise UsageError(f"`notice {kind}` is about one {word}. Say which with --{word} ID.")
    for field in fields(About):
        if field.name in words and field.name not in (*row.needs, *row.takes):
            others = " and ".join(name for name, one in KINDS.items() if field.name in (*one.needs, *one.takes))
            raise UsageError(
                f"`notice {kind}` is not about one {field.name}: {others} can be. Leave out --{field.name}."
            )


def is_asked_for(kind: str, district: District) -> bool:
    """Tell whether a kind is none of the postings that only another state asks for."""
    asking = KINDS[kind].states
    return not asking or district.state in asking


def check_state(kind: str, district: District) -> None:
    """Raise UsageError for a posting that another state asks for; the sentence names those of the district's state."""
    asking = KINDS[kind].states
    if is_asked_for(kind, district):
        return
    ours = [name for name, row in KINDS.items() if district.state in row.states]
    here = states()[district.state].name if district.state in states() else district.state
    there = " and ".join(states()[code].name for code in asking)
    known = f"For {here} there are: {', '.join(ours)}." if ours else f"For {here} the program knows no posting."
    raise UsageError(f"`notice {kind}` is what {there} asks for, and {district.name} is in {here}. {known}")


def _find_subject(snapshot: Snapshot, about: dict[str, str | None]) -> About:
    """Return what the words name; raises UnknownIdError, UsageError. `vendor/zoom` says the same as `zoom`."""
    school, grade = find_students(snapshot, about.get("school"), about.get("grade"))
    return About(
        vendor=_find_id(snapshot.vendors, "vendor", about.get("vendor")),
        incident=_find_id(snapshot.incidents, "incident", about.get("incident")),
        school=school,
        grade=grade,
    )


def _find_id(rows: Mapping[str, object], kind: str, key: str | None) -> str | None:
    if key is None:
        return None
    id = key.removeprefix(f"{kind}/")
    if id not in rows:
        raise UnknownIdError(kind, id, nearest(id, rows))
    return id


def find_students(snapshot: Snapshot, school: str | None, grade: str | None) -> tuple[str | None, str | None]:
    """Return a school's id and a grade's code; raises UnknownIdError, UsageError where no student can be meant."""
    id = _find_id(snapshot.schools, "school", school)
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


def _language(snapshot: Snapshot, kind: str, asked: str | None) -> str:
    """Return the language to write in: as asked, else the first home language that has the document's sentences.

    Vendors and the office speak no home language: what they get is English unless another is asked for.
    """
    known = [tag for tag, language in languages().items() if language.has(kind)]
    if asked is None and KINDS[kind].reader in (Reader.VENDOR, Reader.OFFICE):
        return known[0]
    if asked is None:
        homes = (tag for tag in snapshot.district.home_languages if (found := find_language(tag)) and found.has(kind))
        return next(homes, known[0])
    found = find_language(asked)
    if found is None or not found.has(kind):
        message = f"`notice {kind}` can't be written in {asked!r} yet. Its languages are: {', '.join(known)}."
        raise UsageError(message)
    _, hyphen, region = asked.partition("-")
    return f"{found.tag}{hyphen}{region}"
