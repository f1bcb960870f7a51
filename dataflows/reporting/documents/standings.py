"""Is what the law looks for there?  Read off the rules by which `audit` finds it, so that the two agree.

A document that was frozen and never marked as sent is not given; one that went out without something
that the law wants in it, or with something against it, is faulty.  What the catalog can't show is not
known, which is not missing.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from dataflows.model.agreements import Agreement
from dataflows.model.publications import Publication
from dataflows.rules.federal_notices import counted_notices
from dataflows.rules.posted import (
    contracts_of,
    demanded_postings,
    is_linked,
    is_posted,
    newest_notice,
    unposted,
)
from dataflows.rules.postings import NOT_YET, late_posting, posting_omits_holder
from dataflows.rules.publications import is_faulty, is_unsent

if TYPE_CHECKING:
    from datetime import date

    from dataflows.law.state_law import Posting
    from dataflows.model.publications import Given
    from dataflows.rules.case import Case

DONE, MISSING, UNKNOWN = "done", "missing", "unknown"
UNSENT = "unsent"
"""It was frozen, and nothing shows that it went out."""
FAULTY = "faulty"
"""It went out without something that the law wants in it, or with something against it."""
NOTHING = "nothing"
"""There is nothing to post: no agreement is on record."""
_TO_THE_STATE = "state"


class Standing(NamedTuple):
    """Whether something is there, since when, where, and whom it leaves out."""

    state: str
    on: date | None = None
    url: str | None = None
    left: tuple[str, ...] = ()
    """Vendors whose agreements are not posted, or who came after the posting."""


def notice_standing(case: Case, kind: str) -> Standing:
    """Return whether a notice of federal law was given for the school year of the case's day."""
    return _of_given(case, counted_notices(case, kind)) or Standing(MISSING)


class PostingStandings:
    """Whether each posting that the state wants is there; the rules are run once for all of them."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._late: set[str] = set()
        self._left: defaultdict[str, set[str]] = defaultdict(set)
        self._late_contracts: set[str] = set()
        for fault in late_posting.check(case):
            if fault.facts["late"] == NOT_YET and isinstance(fault.row, Agreement):
                self._late_contracts.add(fault.row.vendor)
            elif fault.facts["late"] == NOT_YET:
                self._late.add(str(fault.field).removeprefix("postings."))
        for fault in posting_omits_holder.check(case):
            self._left[fault.facts["posting"]].update(fault.facts["others"])

    def of(self, posting: Posting) -> Standing:
        """Return whether a posting is there."""
        found = self._given(posting)
        if found.state == DONE and posting.id in self._late:
            return Standing(MISSING)
        left = set(self._left[posting.id])
        if posting.scope == "agreement" and found.state == DONE and not is_linked(self._case, posting):
            left |= self._late_contracts
        return Standing(MISSING, left=tuple(sorted(left))) if found.state == DONE and left else found

    def _given(self, posting: Posting) -> Standing:
        case = self._case
        newest = newest_notice(case, posting)
        given = _of_given(case, [newest]) if newest else None
        if given and given.state == DONE:
            return given
        if is_linked(case, posting):
            return Standing(DONE, None, _link_of(case, posting) or case.district.links.privacy_page)
        if posting.scope == "agreement":
            left = unposted(case, posting)
            if left:
                return given or Standing(MISSING, left=tuple(sorted({row.vendor for row in left})))
            return Standing(DONE if any(is_posted(case, row) for row in contracts_of(case)) else NOTHING)
        return given or Standing(UNKNOWN if posting.where == _TO_THE_STATE else MISSING)


def posting_standings(case: Case) -> list[tuple[Posting, Standing]]:
    """Return what the state wants posted or sent, and whether it is."""
    standings = PostingStandings(case)
    return [(posting, standings.of(posting)) for posting in demanded_postings(case)]


def _of_given(case: Case, given: list[Given]) -> Standing | None:
    """Return how what was given stands: the newest that went out, else the newest; None where nothing was."""
    if not given:
        return None
    sent = [one for one in given if not (isinstance(one, Publication) and is_unsent(case, one))]
    newest = (sent or given)[-1]
    if not sent:
        return Standing(UNSENT, newest.issued, None)
    is_faulty_now = isinstance(newest, Publication) and any(is_faulty(newest, row) for row in newest.sent)
    return Standing(FAULTY if is_faulty_now else DONE, newest.issued, newest.url)


def _link_of(case: Case, posting: Posting) -> str | None:
    sources = (source for field in posting.fields for source in field.from_ if source.startswith("district.links."))
    found = (getattr(case.district.links, source.rpartition(".")[2]) for source in sources)
    return next((url for url in found if url), None)
