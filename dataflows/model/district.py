"""The district: its contacts, policies, schools and rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.model.form_kinds import Pattern, Url
from dataflows.model.grades import Enrollment, Grades, parse_grades
from dataflows.model.kinds import Choice, Day, Language, Line, Localized, PlainText, YesNo
from dataflows.model.list_kinds import ListOf, SetOf
from dataflows.model.records import Nested, Rows, field_of, record
from dataflows.model.shared import ELEMENTS, LINES, PARTIES, Guidance, Source, id_field, note_field, sources_field

if TYPE_CHECKING:
    from datetime import date

    from dataflows.model.text import Text

CONTACT_ROLES = (
    "records_custodian",
    "privacy_officer",
    "opt_out",
    "complaints",
    "it_security",
    "data_manager",
    "contract_inspection",
    "breach_response",
)
MONTH_DAY = Pattern(
    r"(0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|[12]\d)",
    "a month and day, MM-DD",
)
"""A day that its month has; February has 29, as some years have it."""


@record
class Contact:
    """The office or role that is answerable for something."""

    role: str = field_of(Choice(CONTACT_ROLES), "what it answers for", required=True)
    title: str = field_of(Line(), "name of the office or role", required=True)
    email: str | None = field_of(PlainText(contact=True), "shown to families")
    phone: str | None = field_of(PlainText(contact=True), "shown to families")
    url: str | None = field_of(Url(), "its page")
    address: str | None = field_of(PlainText(contact=True), "for letters")
    note: str | None = note_field()
    sources: tuple[Source, ...] = sources_field()


@record
class LimitedTo:
    """To whom and for what directory information may be disclosed (34 CFR 99.37(d))."""

    parties: tuple[str, ...] = field_of(PARTIES, "to whom only", default=())
    purposes: tuple[str, ...] = field_of(LINES, "for what only", default=())


@record
class DirectoryDesignation:
    """What the district designates as directory information for a school year (34 CFR 99.37)."""

    elements: tuple[str, ...] = field_of(ELEMENTS, "what is designated", default=())
    school_year: str | None = field_of(
        Pattern(r"20\d\d-(20)?\d\d", "a school year, as in 2026-27"), "for which year; absent: every year"
    )
    opt_out_by: date | None = field_of(Day(), "last day to opt out")
    opt_out_contact: str | None = field_of(Line(), "a contact's role")
    limited_to: LimitedTo | None = field_of(Nested(LimitedTo), "absent: not limited (99.37(d))")
    recipients: Text | None = field_of(Localized(), "who may get it, in words for families")
    id_needs_second_factor: bool | None = field_of(YesNo(), "an id opens no record without a PIN or password")
    adopted_on: date | None = field_of(Day(), "day on which it was adopted")


@record
class Policies:
    """The texts that notices must state, and those that they may."""

    school_official_criteria: Text | None = field_of(Localized(), "who is a school official (99.7(a)(3)(iii))")
    legitimate_educational_interest: Text | None = field_of(Localized(), "what one is (99.7(a)(3)(iii))")
    inspection_procedure: Text | None = field_of(Localized(), "how to inspect records (99.7(a)(3)(i))")
    amendment_procedure: Text | None = field_of(Localized(), "how to have records amended (99.7(a)(3)(ii))")
    transfer_statement: Text | None = field_of(Localized(), "that records follow a student (99.34(a)(1)(ii))")
    recruiter_notice: Text | None = field_of(Localized(), "20 USC 7908(a)(2)(B)")
    ppra_policy: Text | None = field_of(Localized(), "20 USC 1232h(c)")
    copy_procedure: Text | None = field_of(Localized(), "how to get copies")
    deletion_procedure: Text | None = field_of(Localized(), "how to ask for deletion")
    complaint_procedure: Text | None = field_of(Localized(), "how to complain to the district")
    bill_of_rights: Text | None = field_of(Localized(), "parents' bill of rights, where a state asks for one")
    breach_policy: Text | None = field_of(Localized(), "what the district does after a breach")
    directory_information: DirectoryDesignation | None = field_of(
        Nested(DirectoryDesignation), "what is designated (99.37)"
    )


@record
class SchoolYear:
    """First day, middle and last day of a school year, MM-DD."""

    starts: str = field_of(MONTH_DAY, "first day", standard="07-01", default="07-01")
    midyear: str | None = field_of(MONTH_DAY, "first day of the second half")
    ends: str = field_of(MONTH_DAY, "last day", standard="06-30", default="06-30")


@record
class Links:
    """Pages that state laws ask a district to have."""

    state_data_inventory: str | None = field_of(Url(), "the state's inventory of data")
    governance_plan: str | None = field_of(Url(), "the district's plan for its data")
    security_policy: str | None = field_of(Url(), "its security policy")
    privacy_page: str | None = field_of(Url(), "its page for families")


@record
class Regulation:
    """A district rule or state law that families are pointed to."""

    id: str = id_field()
    title: Text = field_of(Localized(), "as it is cited", required=True)
    about: Text | None = field_of(Localized(), "what it says, in a sentence")
    url: str | None = field_of(Url(), "where to read it")
    note: str | None = note_field()
    sources: tuple[Source, ...] = sources_field()


@record
class District:
    """The educational agency that keeps the catalog (an LEA, in the law's words)."""

    id: str = id_field()
    name: str = field_of(Line(), "as families know it", required=True)
    state: str = field_of(Pattern("[A-Z]{2}", "a two-letter postal code", upper=True), "postal code", required=True)
    nces_id: str | None = field_of(Pattern(r"\d{7}", "seven digits, as text"), "7 digits, as text")
    url: str | None = field_of(Url(), "the district's own site")
    home_languages: tuple[str, ...] = field_of(
        ListOf(Language()), "BCP 47; the first is that of plain texts", standard=["en"], default=("en",)
    )
    school_year: SchoolYear = field_of(Nested(SchoolYear), "its first day, middle and last day", default=SchoolYear())
    esea: bool = field_of(YesNo(), "takes money under the ESEA", standard=True, default=True)
    policies: Policies = field_of(Nested(Policies), "the texts that notices state", default=Policies())
    guidance: tuple[Guidance, ...] = field_of(
        Rows(Guidance), "what families are told beside the data", default=(), standard=[]
    )
    links: Links = field_of(Nested(Links), "pages that state laws ask for", default=Links())
    note: str | None = note_field()
    sources: tuple[Source, ...] = sources_field()

    @property
    def first_language(self) -> str:
        """Return the language of plain texts."""
        return self.home_languages[0]


@record
class School:
    """A part of the district, with its grades and how many students it has."""

    id: str = id_field()
    name: str = field_of(Line(), "as families know it", required=True)
    nces_id: str | None = field_of(Pattern(r"\d{12}", "twelve digits, as text"), "12 digits, as text")
    grades: str | None = field_of(Grades(), "`K-5`, `9-12`, `PK,K`", standard="all")
    enrollment: int | dict[str, int] | None = field_of(Enrollment(), "a number, or one a grade")
    address: str | None = field_of(PlainText(contact=True), "for letters")
    note: str | None = note_field()
    sources: tuple[Source, ...] = sources_field()

    @property
    def students(self) -> int | None:
        """Return how many students are enrolled, or None where that is not known."""
        return sum(self.enrollment.values()) if isinstance(self.enrollment, dict) else self.enrollment

    @property
    def grade_codes(self) -> tuple[str, ...]:
        """Return its grades one by one; none where they are not stated."""
        return parse_grades(self.grades) if self.grades else ()


@record
class Monitoring:
    """What the district watches on devices that it issues."""

    id: str = id_field()
    device: str = field_of(Line(), "district-issued kind", required=True)
    features: tuple[str, ...] = field_of(
        SetOf(Choice(("location", "audio_video", "keystrokes", "web"))), required=True, default=()
    )
    purpose: Text = field_of(Localized(), "what for, in words for families", required=True)
    provider: str | None = field_of(Line(), "whose software")
    basis: str | None = field_of(PlainText(), "what permits it")
    starts: date | None = field_of(Day(), "first day")
    ends: date | None = field_of(Day(), "last day")
    note: str | None = note_field()
    sources: tuple[Source, ...] = sources_field()
