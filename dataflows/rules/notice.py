"""The notice family: were families told of their rights, of surveys and marketing, and by texts that are whole?

What a notice itself says is read by `notice check`; here are the texts of the catalog that go into
one, and the record of those that were given (34 CFR 99.7, 20 USC 1232h).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dataflows.law.bases import overlays
from dataflows.law.element_sets import element_set
from dataflows.model.parties import STUDENTS
from dataflows.rules.base import ERROR, Fault, rule
from dataflows.rules.case import CONSENT, CONTRACTOR
from dataflows.rules.federal_notices import counted_notices
from dataflows.rules.posting_days import first_school_day
from dataflows.rules.settings import days, setting
from dataflows.rules.texts import names_one_ground_only, policy_texts, says_too_many_days, speaks_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.rules.case import Case

OFFICIALS = "99.31(a)(1)"
TRANSFER = "99.31(a)(2)"


@rule("NOT-001")
def annual_notice_missing(case: Case) -> Iterator[Fault]:
    """No annual notice for this school year, nor in the twelve months before the day."""
    if not counted_notices(case, "annual"):
        yield Fault(case.district, year=case.year.label)


def _empty(case: Case, name: str) -> bool:
    return not case.say(getattr(case.district.policies, name))


@rule("NOT-006")
def inspection_procedure_missing(case: Case) -> Iterator[Fault]:
    """The notice must hold the procedure itself."""
    if _empty(case, "inspection_procedure"):
        yield Fault(case.district, field="policies.inspection_procedure")


@rule("NOT-007")
def amendment_procedure_missing(case: Case) -> Iterator[Fault]:
    """The notice must hold the procedure itself."""
    if _empty(case, "amendment_procedure"):
        yield Fault(case.district, field="policies.amendment_procedure")


@rule("NOT-008")
def school_official_undefined(case: Case) -> Iterator[Fault]:
    """Somebody gets data as a school official, and nothing says who is one."""
    flows = list(case.below(OFFICIALS))
    if flows and _empty(case, "school_official_criteria"):
        yield Fault(case.district, field="policies.school_official_criteria", flows=flows)


@rule("NOT-009")
def educational_interest_undefined(case: Case) -> Iterator[Fault]:
    """Somebody gets data as a school official, and nothing says what a legitimate educational interest is."""
    flows = list(case.below(OFFICIALS))
    if flows and _empty(case, "legitimate_educational_interest"):
        yield Fault(case.district, field="policies.legitimate_educational_interest", flows=flows)


_MUST_INCLUDE = (
    "inspection_procedure",
    "amendment_procedure",
    "school_official_criteria",
    "legitimate_educational_interest",
)


@rule("NOT-010")
def policy_pointer_for_text(case: Case) -> Iterator[Fault]:
    """A text that only points to a policy, a code or a page."""
    for name, text in policy_texts(case, _MUST_INCLUDE):
        if len(text) < days("pointer_letters") and speaks_of(text, "pointer") and not speaks_of(text, "step"):
            yield Fault(case.district, field=name, text=text)


@rule("NOT-011")
def contractors_outside_criteria(case: Case) -> Iterator[Fault]:
    """Contractors get data as school officials, and the criteria name nobody but staff."""
    words = setting("contractor_words").get(case.district.first_language.partition("-")[0])
    text = case.say(case.district.policies.school_official_criteria).casefold()
    flows = list(case.on(CONTRACTOR))
    if flows and text and words and not any(word in text for word in words):
        yield Fault(case.district, field="policies.school_official_criteria", flows=flows)


@rule("NOT-012")
def access_slower_than_45_days(case: Case) -> Iterator[Fault]:
    """A procedure that lets a parent wait longer than 45 days, counted as days of the calendar."""
    for name, text in policy_texts(case, ("inspection_procedure", "copy_procedure")):
        if said := says_too_many_days(text):
            yield Fault(case.district, field=name, said=said)


@rule("NOT-014")
def former_complaint_office(case: Case) -> Iterator[Fault]:
    """A text that sends families to the office of before 2019."""
    for name, text in policy_texts(case):
        if speaks_of(text, "former-office"):
            yield Fault(case.district, field=name)


@rule("NOT-015")
def former_complaint_address(case: Case) -> Iterator[Fault]:
    """A text with an address that the Department left long ago."""
    for name, text in policy_texts(case):
        if speaks_of(text, "former-address"):
            yield Fault(case.district, field=name)


@rule("NOT-017")
def home_language_unserved(case: Case) -> Iterator[Fault]:
    """Families who speak another language at home, and no annual notice in it this year."""
    given = case.notices_for_year("annual")
    first = case.district.first_language
    served = {tag for notice in given for tag in (notice.languages or (first,))}
    bare = {tag.partition("-")[0] for tag in served}
    for language in case.district.home_languages if given else ():
        if language not in served and language.partition("-")[0] not in bare:
            yield Fault(case.district, field=f"home_languages.{language}", language=language)


@rule("NOT-019")
def transfer_statement_missing(case: Case) -> Iterator[Fault]:
    """Records follow students, and the notice does not say so: then each family is told each time."""
    flows = list(case.on(TRANSFER))
    if flows and _empty(case, "transfer_statement"):
        yield Fault(case.district, field="policies.transfer_statement", flows=flows)


@rule("NOT-021")
def half_amendment_right(case: Case) -> Iterator[Fault]:
    """A record may be wrong, misleading, or a violation of privacy; the text names the first alone."""
    for name, text in policy_texts(case, ("amendment_procedure",)):
        if names_one_ground_only(text):
            yield Fault(case.district, field=name)


@rule("NOT-022")
def ppra_notice_missing(case: Case) -> Iterator[Fault]:
    """No notice of the PPRA's rights for this school year."""
    if not case.notices_for_year("ppra"):
        yield Fault(case.district, field="policies.ppra_policy", year=case.year.label)


@rule("NOT-023")
def late_ppra_notice(case: Case) -> Iterator[Fault]:
    """The notice came long after the beginning of the school year."""
    given = case.notices_for_year("ppra")
    began = first_school_day(case.year.starts)
    if given and given[0].issued > began + timedelta(days("ppra_notice_days")):
        yield Fault(given[0], issued=given[0].issued, began=began)


@rule("NOT-024")
def protected_survey_undated(case: Case) -> Iterator[Fault]:
    """Families are told the days of a survey on protected areas at the beginning of the year."""
    for flow in case.flows:
        if flow.survey and flow.survey.areas and flow.survey.date is None:
            yield Fault(flow, areas=flow.survey.areas)


@rule("NOT-025")
def protected_survey_without_opt_out(case: Case) -> Iterator[Fault]:
    """A survey on protected areas that families can't refuse; one that needs consent is NOT-026's."""
    for flow in case.flows:
        if flow.survey and flow.survey.areas and not flow.opt_out.allowed and not _has_consent(case, flow.id):
            yield Fault(flow, areas=flow.survey.areas)


@rule("NOT-026")
def protected_survey_without_consent(case: Case) -> Iterator[Fault]:
    """A survey that students must take, paid for by the Department, needs written consent before it."""
    for flow in case.flows:
        survey = flow.survey
        if survey and survey.areas and survey.required and survey.ed_funded and not _has_consent(case, flow.id):
            yield Fault(flow, areas=survey.areas)


def _has_consent(case: Case, id: str) -> bool:
    flow = case.all_flows[id]
    agreement = case.agreement_of(flow)
    return (
        flow.legal_basis == CONSENT
        or bool(flow.consent and flow.consent.needed)
        or bool(agreement and agreement.kind == "consent")
    )


@rule("NOT-027")
def survey_areas_unreviewed(case: Case) -> Iterator[Fault]:
    """Answers to a survey flow, and nobody noted whether it asks about a protected area."""
    for flow in case.flows:
        found = case.named(flow, overlays()["ppra"].elements)
        comes_back = case.is_source(flow.receiver) and flow.sender != STUDENTS
        if found and flow.survey is None and not comes_back:
            yield Fault(flow, elements=found)


@rule("NOT-028")
def student_data_for_marketing(case: Case) -> Iterator[Fault]:
    """Personal information for marketing, with no notice of it or no way to refuse."""
    has_notice = bool(case.notices_for_year("ppra"))
    for flow, found in case.carrying(element_set("ppra-personal")):
        if flow.purpose_kind == "marketing" and not (has_notice and flow.opt_out.allowed):
            severity = ERROR if flow.method in ("collected", "contributed") else None
            yield Fault(flow, elements=found, severity=severity)


@rule("NOT-029")
def notice_older_than_policy(case: Case) -> Iterator[Fault]:
    """A designation that was adopted after the notice of it went out."""
    designation = case.district.policies.directory_information
    given = case.notices_for_year("directory", "directory-information")
    if designation and designation.adopted_on and given and given[-1].issued < designation.adopted_on:
        field = "policies.directory_information"
        yield Fault(case.district, field=field, issued=given[-1].issued, adopted=designation.adopted_on)


RULES = (
    annual_notice_missing,
    inspection_procedure_missing,
    amendment_procedure_missing,
    school_official_undefined,
    educational_interest_undefined,
    policy_pointer_for_text,
    contractors_outside_criteria,
    access_slower_than_45_days,
    former_complaint_office,
    former_complaint_address,
    home_language_unserved,
    transfer_statement_missing,
    half_amendment_right,
    ppra_notice_missing,
    late_ppra_notice,
    protected_survey_undated,
    protected_survey_without_opt_out,
    protected_survey_without_consent,
    survey_areas_unreviewed,
    student_data_for_marketing,
    notice_older_than_policy,
)
