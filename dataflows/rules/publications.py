"""The publications family: can what families were given be shown, and did what was frozen go out?

A package that `publish` froze proves what was written.  That it reached anybody is known only once
somebody says which file went out, how and when.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from dataflows.rules.base import Fault, rule
from dataflows.rules.posted import demanded_postings, is_shown

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
    """A notice or posting that is owed and was frozen, while only other documents of its package went out."""
    rows = _newest_package(case)
    if not any(row.sent or _is_given_otherwise(case, row) for row in rows):
        return
    cites = {posting.id: posting.cite for posting in demanded_postings(case) if not is_shown(case, posting)}
    for row in rows:
        if row.kind in (*OWED, *cites) and is_unsent(case, row):
            yield Fault(row, citation=cites.get(row.kind), kind=row.kind, frozen=row.frozen_on, year=row.school_year)


def is_unsent(case: Case, row: Publication) -> bool:
    """Tell whether a document was frozen, and nothing shows that it went out: alone, in the whole, or otherwise."""
    joined = (
        other
        for other in case.publications.values()
        if other.kind == WHOLE and other.package_sha256 == row.package_sha256 and other.sent
    )
    is_joined = row.kind in OWED and any(joined)
    return not row.sent and not is_joined and not _is_given_otherwise(case, row)


@rule("PUB-003")
def incomplete_notice_sent(case: Case) -> Iterator[Fault]:
    """A notice that went out without what the law wants in it or with what is against it, and no right one after it."""
    for row in _of_this_year(case):
        for sent in row.sent:
            if is_faulty(row, sent):
                yield Fault(row, language=sent.language, lack=_lack(sent), reason=sent.despite)


def is_faulty(row: Publication, sent: Sending) -> bool:
    """Tell whether what went out lacks what the law wants or has what is against it, and no right one followed."""
    return bool(sent.absent or sent.faults) and not _is_made_good(row, sent)


def _lack(sent: Sending) -> str:
    """Say what is wrong with a notice that went out."""
    lists = (("does not state", sent.absent), ("has against the law", sent.faults))
    return " and ".join(f"{words} {', '.join(found)}" for words, found in lists if found)


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
        other.language == faulty.language
        and not (other.absent or other.faults)
        and (day is None or (other.date or day) >= day)
        for other in row.sent
    )


RULES = (notice_not_frozen, package_never_sent, document_never_sent, incomplete_notice_sent)
