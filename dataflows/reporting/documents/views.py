"""What the templates of these documents are given: frozen views, never records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from dataflows.reporting.disclosure_views import DisclosuresView
    from dataflows.reporting.district_texts import Told
    from dataflows.reporting.views import (
        AudienceView,
        ComplaintView,
        ContactView,
        ElementView,
        OptOutView,
        PurposeView,
    )


@dataclass(frozen=True, slots=True)
class DirectoryNoticeView:
    """The notice of directory information (34 CFR 99.37(a))."""

    elements: tuple[ElementView, ...]
    opt_out_by: date | None
    contact: ContactView | None
    school_year: str
    parties: tuple[str, ...]
    """To whom alone it is given (99.37(d))."""
    purposes: tuple[str, ...]
    """For what alone."""
    recipients: Told | None
    """Who may get it, in the district's words."""
    receivers: tuple[PurposeView, ...]
    """Who gets some of it now, by the catalog."""
    has_recruiters: bool
    """Whether recruiters may ask for lists of students, so that both can be refused at once."""


@dataclass(frozen=True, slots=True)
class RecruiterNoticeView:
    """The notice about recruiters (20 U.S.C. 7908(a)(2)(B), 10 U.S.C. 503(c)(1)(B))."""

    schools: tuple[str, ...]
    """Those with grades 9 to 12; none where no school states its grades."""
    text: Told | None
    contact: ContactView | None
    receivers: tuple[PurposeView, ...]


@dataclass(frozen=True, slots=True)
class ActivityView:
    """An activity of which families are told by its day (20 U.S.C. 1232h(c)(2)(C))."""

    kind: str
    """`survey` or `marketing`."""
    party: str
    purpose: Told | None
    areas: tuple[str, ...]
    audience: AudienceView
    day: date | None
    """The day; else the time in which it is expected."""
    starts: date | None
    ends: date | None
    is_dated: bool
    """Whether anything is known of when it is."""
    needs_consent: bool
    """Required, and paid for by the Department: only with written consent (1232h(b))."""
    choice: OptOutView | None


@dataclass(frozen=True, slots=True)
class PpraView:
    """The notice of rights about surveys, marketing and exams (20 U.S.C. 1232h(c)(2))."""

    policy: Told | None
    activities: tuple[ActivityView, ...]
    contact: ContactView | None
    complaint: ComplaintView


@dataclass(frozen=True, slots=True)
class LeftView:
    """What a vendor got under one agreement, or under none, and by when it had to be gone."""

    agreement: str | None
    number: str | None
    effective: date | None
    ended: date | None
    """The last day of the agreement, where it has one."""
    elements: tuple[ElementView, ...]
    first_given: date | None
    last_given: date | None
    """None: data still goes there."""
    deletion_days: int | None
    due: date | None
    overdue_days: int
    disposition: str | None
    """`destroy`, `return` or `transfer`; None: the agreement does not say."""
    description: Told | None
    url: str | None


@dataclass(frozen=True, slots=True)
class LawView:
    """What a law says, in our words."""

    cite: str
    says: Told


@dataclass(frozen=True, slots=True)
class DispositionView:
    """The directive to a vendor at the end, and the certificate that it gives back."""

    vendor: str
    address: tuple[str, ...]
    emails: tuple[str, ...]
    parts: tuple[LeftView, ...]
    subprocessors: tuple[str, ...]
    """To whom it passed data on, or may have, by the catalog and its agreements."""
    bases: tuple[tuple[str, Told], ...]
    """On what in the law it was given: the citation as readers write it, and its title in English."""
    laws: tuple[LawView, ...]
    """What the state says of the end."""
    contact: ContactView | None

    @property
    def is_in_use(self) -> bool:
        """Tell whether some of it still goes there."""
        return any(part.last_given is None for part in self.parts)

    @property
    def due(self) -> tuple[LeftView, ...]:
        """Return what had to be gone already."""
        return tuple(part for part in self.parts if part.overdue_days)


@dataclass(frozen=True, slots=True)
class DutyView:
    """Something that is looked for each year: where it must be, by when, whether it is there."""

    id: str
    """By which the catalog records it as a notice."""
    name: Told | None
    """What it is called, where its law's words alone don't say it."""
    says: Told
    cite: str
    is_certain: bool
    where: str
    """`families`, or a word of the law's data: `website`, `mail or email`, `state`, ...; nothing where none is said."""
    due: date | None
    is_written: bool
    """Whether this program writes it, as the kind of document of that id."""
    state: str
    """`done`, `missing`, `unknown`, `unsent` (frozen only), `faulty` (sent so), `nothing` (to post)."""
    done_on: date | None
    url: str | None
    frequency: str = "yearly"
    """`always`, `once` (for each agreement), `yearly` or `twice a year`."""
    left: tuple[str, ...] = ()
    """Whose agreements are not posted, or who came after the posting."""


@dataclass(frozen=True, slots=True)
class ChecklistView:
    """What the law looks for each year, federal and of the state."""

    state: str
    is_known: bool
    """False: there is no file of the state's law."""
    federal: tuple[DutyView, ...]
    own: tuple[DutyView, ...]
    year: str

    @property
    def duties(self) -> tuple[DutyView, ...]:
        """Return all of them."""
        return (*self.federal, *self.own)


@dataclass(frozen=True, slots=True)
class RowView:
    """One receiver in a table of a page."""

    name: str
    purposes: tuple[Told, ...]
    more_purposes: int
    """How many more there are."""
    kinds: int
    may_refuse: bool
    is_private: bool
    """Whether it gets one of the most private kinds of data."""


@dataclass(frozen=True, slots=True)
class BandsView:
    """A bar of the picture of what goes where, and the families of data in its bands."""

    label: str
    count: str
    """Counts are written as the language writes numbers."""
    families: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FlowPictureView:
    """What the picture shows, for who does not see it."""

    title: str
    lead: str
    heads: tuple[str, ...]
    sources: tuple[BandsView, ...]
    """By how data comes."""
    groups: tuple[BandsView, ...]
    """By who gets it."""


@dataclass(frozen=True, slots=True)
class SummaryView:
    """What stands on the page."""

    whole: DisclosuresView
    rows: tuple[RowView, ...]
    """Who gets data now, where so many have room on a page."""
    now: tuple[str, ...]
    """Their names, where there are more; none where there are too many even for that."""
    left: tuple[str, ...]
    no_data: tuple[str, ...]
    not_known: tuple[str, ...]
    picture: FlowPictureView | None
    """What the picture shows, where there is room for one."""
