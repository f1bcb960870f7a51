"""What changed since last year, for families: who is new, who is gone, who gets other kinds of data, what may go out.

Two frozen catalogs are set side by side, each on the day that its package is of.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from dataflows.graph.network import edges_of
from dataflows.graph.reach import find_holders
from dataflows.model.parties import STUDENTS
from dataflows.reporting.document import make_document
from dataflows.reporting.kinds import Order
from dataflows.reporting.telling import Teller

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from dataflows.graph.reach import Reach
    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.document import Document
    from dataflows.reporting.views import ContactView, ElementView

KIND = "changes"
V = TypeVar("V", "NewPartyView", "GonePartyView", "ChangedPartyView")


@dataclass(frozen=True, slots=True)
class NewPartyView:
    """A party that gets data now and got none then."""

    name: str
    elements: tuple[ElementView, ...]


@dataclass(frozen=True, slots=True)
class GonePartyView:
    """A party that got data then and gets none now."""

    name: str
    may_keep: tuple[ElementView, ...]
    """What it may still have; none where it has nothing left by our records."""
    until: date | None
    """The last day on which it may keep that, where our records name one."""


@dataclass(frozen=True, slots=True)
class ChangedPartyView:
    """A party that gets other kinds of data now than then."""

    name: str
    added: tuple[ElementView, ...]
    ended: tuple[ElementView, ...]


@dataclass(frozen=True, slots=True)
class DirectoryChangeView:
    """How directory information was designated anew."""

    added: tuple[ElementView, ...]
    ended: tuple[ElementView, ...]
    opt_out_by: date | None


@dataclass(frozen=True, slots=True)
class ChangesView:
    """All that changed between two years."""

    before: str
    after: str
    before_day: date
    after_day: date
    new: tuple[NewPartyView, ...]
    gone: tuple[GonePartyView, ...]
    changed: tuple[ChangedPartyView, ...]
    same: int
    """How many get what they got before."""
    directory: DirectoryChangeView | None
    contact: ContactView | None

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing changed."""
        return not (self.new or self.gone or self.changed or self.directory)


def compose_changes(before: Snapshot, after: Snapshot, years: tuple[str, str], language: str) -> Document:
    """Return the document about what changed between two frozen catalogs."""
    order = Order(KIND, after, language, after.valid_on)
    teller, former = Teller(after, language), Teller(before, language)
    changes = build_changes(former, teller, years)
    return make_document(order, "notice/changes.md.j2", teller, changes=changes)


def build_changes(former: Teller, teller: Teller, years: tuple[str, str]) -> ChangesView:
    """Return the view of what changed."""
    before, after = former.snapshot, teller.snapshot
    had, has = _held(before), _held(after)
    kept = _retained(after)
    changed = {party for party in had.keys() & has.keys() if had[party] != has[party]}
    return ChangesView(
        before=years[0],
        after=years[1],
        before_day=before.valid_on,
        after_day=after.valid_on,
        new=_sorted(NewPartyView(teller.party(id), _told(teller, has[id])) for id in has.keys() - had.keys()),
        gone=_sorted(_gone(id, former, teller, kept) for id in had.keys() - has.keys()),
        changed=_sorted(
            ChangedPartyView(teller.party(id), _told(teller, has[id] - had[id]), _told(former, had[id] - has[id]))
            for id in changed
        ),
        same=len(had.keys() & has.keys()) - len(changed),
        directory=_directory(former, teller),
        contact=teller.contact("privacy_officer", "records_custodian"),
    )


def _held(snapshot: Snapshot) -> dict[str, frozenset[str]]:
    """Return which elements reach each party on the snapshot's day, directly or down the chain."""
    reach = _reach(snapshot)
    return {row.party: frozenset(row.elements) for row in reach.holders}


def _reach(snapshot: Snapshot) -> Reach:
    sources = (snapshot.district.id, STUDENTS)
    return find_holders(
        edges_of(snapshot), sorted(snapshot.taxonomy.elements), snapshot.taxonomy, sources, snapshot.valid_on
    )


def _retained(snapshot: Snapshot) -> dict[str, tuple[frozenset[str], date | None]]:
    return {row.party: (frozenset(row.elements), row.until) for row in _reach(snapshot).retained}


def _gone(
    id: str, former: Teller, teller: Teller, kept: Mapping[str, tuple[frozenset[str], date | None]]
) -> GonePartyView:
    elements, until = kept.get(id, (frozenset(), None))
    known = id in teller.snapshot.vendors or id in teller.snapshot.parties
    return GonePartyView((teller if known else former).party(id), _told(teller, elements), until)


def _told(teller: Teller, ids: Iterable[str]) -> tuple[ElementView, ...]:
    return tuple(teller.element(id) for id in teller.elements(ids))


def _directory(former: Teller, teller: Teller) -> DirectoryChangeView | None:
    """Return what is designated anew or no more; None where that stayed as it was."""
    was, now = (
        frozenset(one.snapshot.district.policies.directory_information.elements)
        if one.snapshot.district.policies.directory_information
        else frozenset()
        for one in (former, teller)
    )
    if was == now:
        return None
    designation = teller.snapshot.district.policies.directory_information
    last = designation.opt_out_by if designation else None
    still = last if last and last >= teller.snapshot.valid_on else None
    return DirectoryChangeView(_told(teller, now - was), _told(former, was - now), still)


def _sorted(views: Iterable[V]) -> tuple[V, ...]:
    return tuple(sorted(views, key=lambda view: (view.name.casefold(), view.name)))
