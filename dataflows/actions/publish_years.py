"""`publish --diff`: what changed between two published years, as a document for families.

A frozen catalog is read from the record: the journal knows every row as it was when the package was published.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataflows.actions.publish_choice import languages_of
from dataflows.actions.publish_folder import check_target, look_into, staged
from dataflows.actions.publish_record import LIST
from dataflows.actions.write_notice import WrittenNotice
from dataflows.catalog.bulk import fetch
from dataflows.catalog.database import connect
from dataflows.catalog.snapshots import choose_district, read_bodies
from dataflows.errors import OutputError, UsageError
from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.model.publications import Publication
from dataflows.model.records import load_record
from dataflows.model.snapshot import build_snapshot
from dataflows.reporting.changes import KIND, compose_changes
from dataflows.reporting.document import SUFFIXES, write_document
from dataflows.reporting.messages import find_language, languages

if TYPE_CHECKING:
    from pathlib import Path

    from dataflows.catalog.database import Address, Connection
    from dataflows.model.snapshot import Snapshot

_YEAR = re.compile(r"(20\d\d)(?:-(?:20)?(\d\d))?")


@dataclass(frozen=True, slots=True)
class _Frozen:
    year: str
    snapshot: Snapshot


def write_changes(
    address: Address, district: str | None, years: tuple[str, str], *, language: str | None, suffix: str
) -> WrittenNotice:
    """Return the document about two years in one language and format; raises UsageError."""
    suffix = suffix.lower()
    if suffix not in SUFFIXES:
        message = f"What changed can't be written as {suffix!r}. Choose a name that ends in: {', '.join(SUFFIXES)}."
        raise UsageError(message)
    before, after = read_years(address, district, years)
    document = compose_changes(before.snapshot, after.snapshot, (before.year, after.year), _language(after, language))
    return WrittenNotice(
        KIND,
        document.language,
        suffix,
        write_document(document, suffix),
        document.missing_translations,
        is_reviewed=document.is_reviewed,
    )


def write_changes_into(address: Address, district: str | None, years: tuple[str, str], folder: Path) -> tuple[str, ...]:
    """Write it in every home language and format into an empty folder; return the files' names."""
    check_target(folder)
    found = look_into(folder)
    if found.files or found.odd:
        raise OutputError(f"The folder {folder} is not empty. Name one that is not there yet, or a file with -o.")
    before, after = read_years(address, district, years)
    made: dict[str, bytes] = {}
    for tag in _home_languages(after):
        document = compose_changes(before.snapshot, after.snapshot, (before.year, after.year), tag)
        made |= {f"{KIND}.{document.language}{suffix}": write_document(document, suffix) for suffix in SUFFIXES}
    with staged(folder) as stage:
        stage.write(made)
        stage.move_in({})
    return tuple(sorted(made))


def read_years(address: Address, district: str | None, years: tuple[str, str]) -> tuple[_Frozen, _Frozen]:
    """Return the frozen catalogs of two years, in their order; raises UsageError for one that was not published."""
    labels = [_label(year) for year in years]
    if labels[0] >= labels[1]:
        raise UsageError(f"{years[0]} does not come before {years[1]}. Give the earlier year first.")
    with connect(address) as connection:
        chosen = choose_district(connection, district)
        first, second = (_read_year(connection, chosen, label) for label in labels)
    return first, second


def _label(text: str) -> str:
    """Return the name of a school year: `2026`, `2026-27` and `2026-2027` are one."""
    found = _YEAR.fullmatch(text.strip())
    following = f"{(int(found[1]) + 1) % 100:02}" if found else ""
    if not found or (found[2] and found[2] != following):
        raise UsageError(f"{text!r} is not a school year. Write 2026-27.")
    return f"{found[1]}-{following}"


def _read_year(connection: Connection, district: str, label: str) -> _Frozen:
    published = [load_record(Publication, body) for _id, body in read_bodies(connection, district).get(LIST, ())]
    rows = [row for row in published if row.school_year == label]
    if not rows:
        known = sorted({row.school_year for row in published})
        said = f"Published are: {', '.join(known)}." if known else "None was; publish a package first."
        raise UsageError(f"No package of {label} was published. {said}")
    row = max(rows, key=_order)
    sql = "SELECT min(recorded_by) FROM journal WHERE district = ? AND list = ? AND id = ?"
    entry = fetch(connection, sql, (district, LIST, row.id))[0][0]
    bodies = read_bodies(connection, district, entry)
    return _Frozen(label, build_snapshot(bodies, taxonomy=builtin_taxonomy(), valid_on=row.frozen_on))


def _order(row: Publication) -> tuple[bool, str, str]:
    """What went out counts before what did not, then the newest."""
    return bool(row.sent), row.frozen_on.isoformat(), row.at


def _language(after: _Frozen, asked: str | None) -> str:
    known = [tag for tag, language in languages().items() if language.has(KIND)]
    if asked is None:
        return _home_languages(after)[0]
    found = find_language(asked)
    if found is None or not found.has(KIND):
        raise UsageError(f"What changed can't be written in {asked!r} yet. Its languages are: {', '.join(known)}.")
    return "-".join((found.tag, *asked.split("-")[1:]))


def _home_languages(after: _Frozen) -> tuple[str, ...]:
    return languages_of(after.snapshot, KIND)[0]
