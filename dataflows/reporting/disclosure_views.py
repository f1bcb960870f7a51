"""What the template of the disclosures to one school and grade is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from dataflows.reporting.district_texts import Told
    from dataflows.reporting.views import AudienceView, ConsentView, ElementView, OptOutView, PurposeView


@dataclass(frozen=True, slots=True)
class WayView:
    """How something comes to a party: by which method, from whom, through whose service."""

    method: str
    sender: str
    """`district`, `students`, or `other`."""
    sender_name: str
    carrier: str | None = None
    sender_id: str = ""
    """Of the party that sends, where a page of it can be linked to."""


@dataclass(frozen=True, slots=True)
class UseView:
    """Everything that a party gets for one purpose; each kind of data once."""

    purpose: Told | None
    elements: tuple[ElementView, ...]
    ways: tuple[WayView, ...]
    audiences: tuple[AudienceView, ...]
    """Whose data, where the document is about all students; none where it is everybody's."""


@dataclass(frozen=True, slots=True)
class BasisView:
    """What in the law permits some uses; nothing is known where there is no citation."""

    citation: str | None
    """As readers write it."""
    families: str | None = None
    """The end of a sentence that begins "This is allowed"; None for a paragraph above several."""
    title: str | None = None
    is_certain: bool = True
    onward: str | None = None
    """What permits that the receiver gets it from somebody who has it for the district."""
    purposes: tuple[Told, ...] = ()
    """What it is about; none where it is all that there is."""


@dataclass(frozen=True, slots=True)
class AgreementView:
    """A written agreement: until when (None: no end is stated), where to read it."""

    expires: date | None
    has_ended: bool
    url: str | None
    partner: str | None = None
    """With whom it is, where that is somebody else: the one from whom the receiver gets the data."""
    deletion_days: int | None = None
    """Within how many days after its end it wants the data deleted; None: our records do not say."""


@dataclass(frozen=True, slots=True)
class KeptUseView:
    """What a party got for one purpose in a time that is over, and may still have."""

    purpose: Told | None
    elements: tuple[ElementView, ...]
    last_given: date | None
    until: date | None
    """The last day on which it may be kept; None: our records name none."""
    deletion_due: date | None
    """By which day an agreement demanded that it be deleted, where that day is over."""


@dataclass(frozen=True, slots=True)
class HolderView:
    """A party that gets data now, or that got it and may still have it."""

    name: str
    full_name: str
    is_company: bool
    uses: tuple[UseView, ...]
    passed_on: tuple[PurposeView, ...]
    bases: tuple[BasisView, ...]
    agreements: tuple[AgreementView, ...]
    opt_outs: tuple[OptOutView, ...]
    consents: tuple[ConsentView, ...]
    keeps_days: tuple[int | None, ...]
    """For how many days it is kept after its end, each once; None: our records do not say."""
    kept: tuple[KeptUseView, ...]

    @property
    def elements(self) -> tuple[ElementView, ...]:
        """Return each kind of data that it gets, once."""
        return tuple({element.id: element for use in self.uses for element in use.elements}.values())

    @property
    def deletion_days(self) -> int | None:
        """Return within how many days after the end of the agreements all is deleted, where they say one number."""
        promised = {agreement.deletion_days for agreement in self.agreements}
        return promised.pop() if len(promised) == 1 else None

    @property
    def senders(self) -> tuple[tuple[str, str], ...]:
        """Return from whom it gets data: `district`, `students` or `other`, and the name."""
        return tuple(sorted({(way.sender, way.sender_name) for use in self.uses for way in use.ways}))

    @property
    def is_direct(self) -> bool:
        """Tell whether anything comes straight from the district or its students."""
        return any(kind != "other" for kind, _ in self.senders)

    @property
    def may_refuse(self) -> bool:
        """Tell whether a family can say no to some of it."""
        return any(choice.allowed for choice in self.opt_outs) or bool(self.consents)


@dataclass(frozen=True, slots=True)
class NoDataView:
    """A vendor, or some of its products, that takes no data about students."""

    name: str
    products: tuple[str, ...]
    """None where it is all that the vendor offers."""


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """One entry of the record that 34 CFR 99.32 asks for, about a population."""

    party: str
    others: tuple[str, ...]
    date: date
    requested_by: str | None
    interest: str
    threat: str | None
    redisclosed_to: tuple[str, ...]
    may_redisclose: tuple[str, ...]
    refused: bool


@dataclass(frozen=True, slots=True)
class CountView:
    """One of the most private kinds of data, and how many get it."""

    element: ElementView
    holders: int


@dataclass(frozen=True, slots=True)
class DisclosuresView:
    """All that is told to a parent who asks who has a child's data."""

    school: str | None
    grade: str | None
    direct: tuple[HolderView, ...]
    """Who gets data from the district or its students, by name."""
    indirect: tuple[HolderView, ...]
    """Who gets it only from them."""
    left: tuple[HolderView, ...]
    """Who gets nothing any more, and may still have data."""
    no_data: tuple[NoDataView, ...]
    not_known: tuple[str, ...]
    """Vendors of which the records say neither that they get data nor that they don't."""
    private: tuple[CountView, ...]
    releases: tuple[ReleaseView, ...]
    unrecorded: tuple[str, ...]
    """Receivers of what the law wants recorded, without an entry."""
    others: int
    """How many more get or keep data of other schools or grades only."""

    @property
    def holders(self) -> tuple[HolderView, ...]:
        """Return everybody who gets data on the day."""
        return (*self.direct, *self.indirect)

    @property
    def companies(self) -> int:
        """Return how many of them are companies."""
        return sum(holder.is_company for holder in self.holders)

    @property
    def refusable(self) -> int:
        """Return to how many of them a family can say no, to some of it at least."""
        return sum(holder.may_refuse for holder in self.holders)
