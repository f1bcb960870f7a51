"""What templates are given: frozen views, never records, snapshots or engines.

A view holds facts and texts; how they are said stands in the templates.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from dataflows.reporting.district_texts import Told


@dataclass(frozen=True, slots=True)
class ContactView:
    """An office to turn to."""

    title: str
    email: str | None
    phone: str | None
    phone_number: str | None
    """The digits, where the phone can be dialled from a link."""
    url: str | None
    address: tuple[str, ...]
    """Its lines."""


@dataclass(frozen=True, slots=True)
class DocumentView:
    """What every document says of itself and of the district."""

    district: str
    district_url: str | None
    language: str
    issued: date
    school_year: str
    languages: tuple[str, ...]
    """The home languages of the district's families (BCP 47)."""
    privacy_page: str | None
    contacts: dict[str, ContactView]
    """By role."""
    foreign_languages: tuple[str, ...] = ()
    """Languages other than the document's in which some of its texts are."""
    is_reviewed: bool = True
    """Whether a qualified person has reviewed all that is a translation in it."""
    is_draft: bool = False
    """Whether it may not go out as it is."""
    pictures: tuple[str, ...] = ()
    """The names of the pictures that it can show, such as `page-code`, which leads to `privacy_page`."""


@dataclass(frozen=True, slots=True)
class PurposeView:
    """Why something is passed on, and to whom."""

    party: str
    purposes: tuple[Told, ...]
    id: str = ""
    """The party's own, where a page of it can be linked to."""


@dataclass(frozen=True, slots=True)
class ElementView:
    """One kind of data."""

    id: str
    name: Told
    is_renamed: bool
    """Named by the district; otherwise the templates have a plainer name for families."""
    onward: tuple[PurposeView, ...] = ()


@dataclass(frozen=True, slots=True)
class AudienceView:
    """Whose data a flow carries; nothing stated means all students."""

    schools: tuple[str, ...] = ()
    grades: str | None = None

    @property
    def is_all(self) -> bool:
        """Tell whether it concerns every student."""
        return not self.schools and not self.grades


@dataclass(frozen=True, slots=True)
class BatchView:
    """Kinds of data that go the same way for the same purpose."""

    purpose: Told | None
    audience: AudienceView
    elements: tuple[ElementView, ...]
    keeps_days: int | None = None

    @property
    def is_passed_on(self) -> bool:
        """Tell whether any of it goes to somebody else."""
        return any(element.onward for element in self.elements)


@dataclass(frozen=True, slots=True)
class GroupView:
    """All that comes to a party in one way: provided, collected, contributed or unstated."""

    method: str
    sender: str
    """`district`, `students`, or `other`."""
    sender_name: str
    receiver_name: str
    batches: tuple[BatchView, ...]

    @property
    def elements(self) -> tuple[ElementView, ...]:
        """Return each kind of data once."""
        return tuple({element.id: element for batch in self.batches for element in batch.elements}.values())


@dataclass(frozen=True, slots=True)
class KeptView:
    """What a party got in a time that is over, and may still have."""

    elements: tuple[ElementView, ...]
    last_given: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class OptOutView:
    """Whether and how a family can keep a child out."""

    allowed: bool
    how: Told | None
    contact: ContactView | None
    purposes: tuple[Told, ...]
    """What it is about; none where it is all that there is."""


@dataclass(frozen=True, slots=True)
class ConsentView:
    """A use that waits for a signed consent."""

    form_url: str | None
    purposes: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class PromiseView:
    """One thing that an agreement binds a vendor to: the term's name, and its number if it has one."""

    term: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class GuidanceView:
    """What families are told beside the data."""

    text: Told
    url: str | None


@dataclass(frozen=True, slots=True)
class RegulationView:
    """A rule that families are pointed to."""

    title: Told
    about: Told | None
    url: str | None


@dataclass(frozen=True, slots=True)
class LinkView:
    """A page to read: what it is (`privacy`, `agreement`, ...) and where."""

    what: str
    url: str


@dataclass(frozen=True, slots=True)
class VendorLetterView:
    """All that a letter about one vendor says."""

    name: str
    short_name: str
    profile: Told | None
    products: tuple[str, ...]
    groups: tuple[GroupView, ...]
    own: tuple[GroupView, ...]
    """What the district itself gets through the vendor's service or back from it."""
    carried: tuple[GroupView, ...]
    """What runs through the vendor's service to somebody else."""
    kept: tuple[KeptView, ...]
    takes_no_data: bool
    audience: AudienceView
    opt_outs: tuple[OptOutView, ...]
    consents: tuple[ConsentView, ...]
    agreement_until: date | None
    promises: tuple[PromiseView, ...]
    guidance: dict[str, tuple[GuidanceView, ...]]
    """By topic; the vendor's before the district's."""
    regulations: tuple[RegulationView, ...]
    links: tuple[LinkView, ...]

    @property
    def elements(self) -> tuple[ElementView, ...]:
        """Return each kind of data that the vendor gets, once."""
        return tuple({element.id: element for group in self.groups for element in group.elements}.values())

    @property
    def purposes(self) -> tuple[Told, ...]:
        """Return each purpose once."""
        found = (batch.purpose for group in self.groups for batch in group.batches)
        return tuple(dict.fromkeys(purpose for purpose in found if purpose))

    @property
    def is_behind_others(self) -> bool:
        """Tell whether all that it gets comes from other companies."""
        return bool(self.groups) and not self.own and all(group.sender == "other" for group in self.groups)

    @property
    def keeps_days(self) -> int | None:
        """Return for how many days everything is kept after its end, where that is one number."""
        found = {batch.keeps_days for group in self.groups for batch in group.batches}
        return found.pop() if len(found) == 1 else None

    @property
    def onward(self) -> tuple[str, ...]:
        """Return the names of those to whom anything is passed on."""
        named = (onward.party for element in self.elements for onward in element.onward)
        return tuple(sorted(set(named)))


@dataclass(frozen=True, slots=True)
class DirectoryView:
    """What may be published without consent, and how to refuse (34 CFR 99.37)."""

    elements: tuple[ElementView, ...]
    opt_out_by: date | None
    contact: ContactView | None
    parties: tuple[str, ...]
    purposes: tuple[str, ...]
    recipients: Told | None


@dataclass(frozen=True, slots=True)
class ComplaintView:
    """Where the Department takes complaints about FERPA."""

    office: tuple[str, ...]
    """Name and address, line by line."""
    url: str | None
    email: str | None
    phone: str | None
    phone_number: str | None
    days: int
    """Within how many days of the fault to complain."""


@dataclass(frozen=True, slots=True)
class VendorStatesView:
    """The vendors in each state, by the names that families know."""

    now: tuple[str, ...]
    left: tuple[str, ...]
    """No longer used; may still hold data."""
    no_data: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnnualNoticeView:
    """All that the annual notice says (34 CFR 99.7)."""

    school_official_criteria: Told | None
    legitimate_educational_interest: Told | None
    inspection_procedure: Told | None
    amendment_procedure: Told | None
    transfer_statement: Told | None
    copy_procedure: Told | None
    complaint: ComplaintView
    directory: DirectoryView | None
    vendors: tuple[str, ...]
    """Companies that act as school officials on the day."""
    states: VendorStatesView
    regulations: tuple[RegulationView, ...]
