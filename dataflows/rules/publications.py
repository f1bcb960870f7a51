"""The publications family: can what families were given be shown, and did what was frozen go out?

A package that `publish` froze proves what was written.  That it reached anybody is known only once
somebody says which file went out, how and when.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from dataflows.rules.base import Fault, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.model.publications import Publication, Sending
    from dataflows.rules.case import Case

OWED = ("annual", "directory", "ppra", "recruiters")
"""The notices that federal law has every district give, each on its own."""
WHOLE = "package"
"""The document in which they are joined: who sent that has sent them."""


@rule("NOT-030")
def notice_not_frozen(case: Case) -> Iterator[Fault]:
    """Notices of this year of which neither a package nor a digest is kept: what they said can't be shown."""
    published = {row.kind for row in _of_this_year(case)}
    for notice in case.notices.values():
        is_kept = notice.kind in published or notice.document_sha256 is not None
        if notice.kind in OWED and not is_kept and notice in case.notices_for_year(notice.kind):
            yield Fault(notice, notice=notice.kind, issued=notice.issued)


@rule("PUB-001")
def package_never_sent(case: Case) -> Iterator[Fault]:
    """A package of this year of which nothing was ever marked as sent, and nothing was given otherwise."""
    rows = _newest_package(case)
    if rows and not any(row.sent for row in rows) and not any(_is_given_otherwise(case, row) for row in rows):
        first = min(rows, key=lambda row: (OWED.index(row.kind) if row.kind in OWED else len(OWED), row.kind))
        kinds = tuple(row.kind for row in rows)
        yield Fault(first, kinds=kinds, frozen=first.frozen_on, year=first.school_year)


@rule("PUB-002")
def document_never_sent(case: Case) -> Iterator[Fault]:
    """A notice that is owed and was frozen, while only other documents of its package went out."""
    rows = _newest_package(case)
    is_joined = any(row.kind == WHOLE and row.sent for row in rows)
    if is_joined or not any(row.sent or _is_given_otherwise(case, row) for row in rows):
        return
    for row in rows:
        if row.kind in OWED and not row.sent and not _is_given_otherwise(case, row):
            yield Fault(row, kind=row.kind, frozen=row.frozen_on, year=row.school_year)


@rule("PUB-003")
def incomplete_notice_sent(case: Case) -> Iterator[Fault]:
    """A notice that went out without something that the law wants in it, and no whole one after it."""
    for row in _of_this_year(case):
        for sent in row.sent:
            if sent.absent and not _is_made_good(row, sent):
                yield Fault(row, language=sent.language, absent=sent.absent, reason=sent.despite)


def _of_this_year(case: Case) -> list[Publication]:
    """Return the publications for the school year of the day, and for a year that was prepared before it began."""
    known = (row for row in case.publications.values() if row.frozen_on <= case.valid_on)
    return [row for row in known if row.school_year >= case.year.label]


def _newest_package(case: Case) -> list[Publication]:
    """Return the rows of the package that was frozen last: it takes the place of those before it."""
    rows = sorted(_of_this_year(case), key=lambda row: (row.frozen_on, row.at, row.package_sha256), reverse=True)
    for _package, group in groupby(rows, key=lambda row: row.package_sha256):
        return sorted(group, key=lambda row: row.id)
    return []


def _is_given_otherwise(case: Case, row: Publication) -> bool:
    """Tell whether a document went out by another package of the year, or by no package."""
    others = (other for other in _of_this_year(case) if other.kind == row.kind and other.sent)
    return any(others) or any(notice.kind == row.kind for notice in case.notices.values() if _is_of(case, notice.id))


def _is_of(case: Case, id: str) -> bool:
    notice = case.notices[id]
    return notice in case.notices_for_year(notice.kind)


def _is_made_good(row: Publication, faulty: Sending) -> bool:
    """Tell whether a whole notice in the same language went out on the same day or later."""
    day = faulty.date
    return any(
        other.language == faulty.language and not other.absent and (day is None or (other.date or day) >= day)
        for other in row.sent
    )


RULES = (notice_not_frozen, package_never_sent, document_never_sent, incomplete_notice_sent)
