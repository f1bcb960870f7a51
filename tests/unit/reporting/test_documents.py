"""The documents beside the annual notice say what the law asks for, read off the catalog, or refuse."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest

from dataflows.actions.write_notice import WrittenNotice, write_notice
from dataflows.errors import DocumentHoleError, NotOwedError, UsageError
from tests.machine import CHECKOUT
from tests.notices import MAPLE_DAY, POLICIES, foreign_tags, maple, read_page, write_kind
from tests.snapshots import snapshot_of
from tests.unit.reporting.test_notice_formats import HOSTILE, quoted

LAWFUL = (CHECKOUT / "tests" / "data" / "lawful.yaml").read_text(encoding="utf-8").replace("\ncatalog: 1\n", "\n")


def made(text: str, kind: str, day: str = "2026-08-15", **words: str) -> WrittenNotice:
    snapshot = snapshot_of(text, day)
    is_draft = words.pop("draft", "") == "yes"
    return write_notice(
        snapshot, kind, issued=snapshot.valid_on, suffix=words.pop("suffix", ".txt"), is_draft=is_draft, **words
    )


def text_of(text: str, kind: str, day: str = "2026-08-15", **words: str) -> str:
    return " ".join(made(text, kind, day, **words).content.decode().split())


def district(policies: str = "", rest: str = "") -> str:
    return f"district: {{policies: {{{policies}}}}}\n{rest}"


def test_the_directory_notice_names_types_right_period_and_receivers() -> None:
    text = " ".join(write_kind("directory", suffix=".txt").content.decode().split())

    for words in (
        "- Photos of your child",
        "You have the right to refuse to let us call any or all of these kinds of data directory information",
        "tell us in writing by September 30, 2026",
        "We give it only to Maple Grove Herald and Yearly Books",
        "- Yearly Books: The yearbook",
        "your no stays in force until you take it back",
        "show a school badge",
    ):
        assert words in text


def test_its_form_offers_everything_each_element_and_each_receiver() -> None:
    page = write_kind("directory").content.decode()
    form = page.split('<div class="form">')[1]

    assert form.count('type="checkbox"') == 1 + 6 + 1 + 2
    assert form.count('type="text"') == 6
    assert "<label" in form
    assert "Military recruiters" in form
    assert "Give this back by September 30, 2026." in form
    assert "<form" not in page


def test_a_district_without_high_schools_offers_no_choice_about_recruiters() -> None:
    policy = "directory_information: {elements: [name], opt_out_by: 2026-09-30}"

    assert "recruiters" not in text_of(district(policy, "schools: [{id: e, name: Elm, grades: K-8}]"), "directory")
    assert "recruiters" in text_of(district(policy, "schools: [{id: e, name: Elm, grades: K-12}]"), "directory")
    assert "recruiters" in text_of(district(policy, "schools: [{id: e, name: Elm}]"), "directory")


@pytest.mark.parametrize(
    ("policy", "field", "citation"),
    [
        ("elements: [name]", "opt_out_by", "34 CFR 99.37(a)(3)"),
        ("elements: [], opt_out_by: 2026-09-30", "elements", "34 CFR 99.37(a)(1)"),
        ("elements: [name], opt_out_by: 2026-08-01", "opt_out_by", "20 U.S.C. 1232g(a)(5)(B)"),
    ],
)
def test_a_directory_notice_with_a_hole_is_refused_and_its_draft_marks_it(
    policy: str, field: str, citation: str
) -> None:
    text = district(f"directory_information: {{{policy}}}")
    with pytest.raises(DocumentHoleError, match=re.escape(citation)) as caught:
        made(text, "directory")
    assert [hole for hole, _ in caught.value.holes] == [f"policies.directory_information.{field}"]
    assert "--draft" in str(caught.value)

    draft = made(text, "directory", draft="yes")
    assert draft.gaps == (f"policies.directory_information.{field}",)
    assert "[NOT KNOWN YET:" in draft.content.decode()


def test_without_a_designation_there_is_nothing_to_announce() -> None:
    with pytest.raises(NotOwedError, match="designates nothing as directory information"):
        made(district(), "directory")


def test_the_notice_about_surveys_has_areas_rights_activities_days_and_complaint() -> None:
    text = " ".join(write_kind("ppra", suffix=".txt").content.decode().split())

    for number in range(1, 9):
        assert f" {number}. " in text
    for words in (
        "We may not require it without your written consent",
        "surveys that someone else made",
        "materials that teachers use in lessons",
        "When: October 21, 2026",
        "When: Between February 1, 2027 and February 26, 2027",
        "Your choice: Only with your written consent.",
        "[ ] I consent to: Survey on beliefs",
        "[ ] My child may not take part in: Survey on health and habits",
        "within 180 days",
        "emancipated minor",
    ):
        assert words in text


SURVEY = "flows: [{id: s, from: students, to: v, elements: [survey-responses], purpose: Poll, survey: {areas: [sex]"
VENDOR = "vendors: [{id: v, name: Pollco}]\n"


def test_a_survey_without_any_day_is_a_hole_and_one_of_another_year_is_not_told() -> None:
    policy = "ppra_policy: You may see any survey."
    with pytest.raises(DocumentHoleError, match=r"flows\.s\.survey\.date: 20 U\.S\.C\. 1232h\(c\)\(2\)\(B\)"):
        made(district(policy, f"{VENDOR}{SURVEY}}}}}]"), "ppra")

    assert "Pollco" not in text_of(district(policy, f"{VENDOR}{SURVEY}, date: 2026-05-01}}}}]"), "ppra")
    assert "Pollco" not in text_of(district(policy, f"{VENDOR}{SURVEY}, date: 2027-09-01}}}}]"), "ppra")
    assert "When: September 1, 2026" in text_of(district(policy, f"{VENDOR}{SURVEY}, date: 2026-09-01}}}}]"), "ppra")


def test_a_notice_of_the_summer_tells_the_activities_of_the_year_that_comes() -> None:
    years = "district: {school_year: {starts: 08-20, ends: 06-10}, policies: {ppra_policy: You may see any survey.}}\n"
    text = text_of(f"{years}{VENDOR}{SURVEY}, date: 2027-04-01}}}}]", "ppra", "2026-07-15")

    assert "When: April 1, 2027" in text


def test_marketing_of_what_students_gave_is_an_activity() -> None:
    flow = "flows: [{id: m, from: students, to: v, elements: [name], purpose: Class rings, purpose_kind: marketing}]"
    text = text_of(district("ppra_policy: Ask us.", f"{VENDOR}{flow}"), "ppra")

    assert "Class rings (Pollco)" in text
    assert "When: All year" in text
    assert "no such marketing" not in text


def test_without_policies_on_surveys_there_is_no_notice_about_them() -> None:
    with pytest.raises(DocumentHoleError, match=r"policies\.ppra_policy: 20 U\.S\.C\. 1232h\(c\)\(2\)\(A\)"):
        made(district(), "ppra")


def test_the_notice_about_recruiters_says_the_law_whatever_the_directory_says() -> None:
    text = text_of("schools: [{id: h, name: High, grades: 9-12}]", "recruiters")

    for words in (
        "This notice is about students at High.",
        "Military recruiters get the same. They also get your child’s school e-mail address",
        "Then we will not give them out without your written consent.",
        "For military recruiters, your child may say no too, at any age.",
        "At 18, your child takes over this choice.",
        "20 U.S.C. 7908(a)(2) and 10 U.S.C. 503(c)(1)",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("schools: [{id: e, name: Elm, grades: K-8}]", "no school of the catalog teaches a grade from 9 to 12"),
        ("district: {esea: false}\nschools: [{id: h, name: High, grades: 9-12}]", "no money under the ESEA"),
    ],
)
def test_a_district_that_the_law_on_recruiters_does_not_reach_is_told_so(text: str, message: str) -> None:
    with pytest.raises(NotOwedError, match=message):
        made(text, "recruiters")


def test_the_directive_names_elements_agreement_day_subprocessors_and_what_to_do() -> None:
    snapshot = maple(date(2022, 5, 20))
    text = write_notice(snapshot, "disposition", vendor="observer", issued=snapshot.valid_on, suffix=".txt")
    shown = " ".join(text.content.decode().split())

    for words in (
        "It had to be gone by August 29, 2019.",
        "Agreement 15-114, from August 1, 2015 to June 30, 2019",
        "Name (first and/or last); State ID number; Date of birth",
        "August 29, 2019 (995 days ago)",
        "gives you 60 days after the end",
        "By our records these are: Archive Storage Co. 4.",
        "privacy@observer.example.com",
        "Certificate of disposal of student data",
        "Archive Storage Co.: destroyed on ____",
        "Signature of someone who may bind the company ____",
    ):
        assert words in shown


GONE = """
vendors: [{id: v, name: Gone Co}]
agreements: [{id: a, vendor: v, kind: dpa, expires: 2025-06-30, terms: {deletion_days: 60, disposition: return}}]
flows: [{id: f, to: v, elements: [name], agreement: a, ends: 2025-06-30%s}]
"""


def test_a_directive_is_refused_from_the_day_of_the_certificate_on() -> None:
    destroyed = GONE % ", destroyed: 2026-06-10"
    assert "Gone Co" in text_of(destroyed, "disposition", "2026-06-09", vendor="v")
    with pytest.raises(NotOwedError, match="nothing in the catalog shows that Gone Co has data on 2026-06-10"):
        made(destroyed, "disposition", "2026-06-10", vendor="v")


def test_what_the_retention_lets_go_on_paper_is_in_the_directive_until_somebody_certifies_it() -> None:
    text = text_of(GONE % ", retention_days: 10", "disposition", "2026-01-01", vendor="v")

    assert "It had to be gone by July 10, 2025." in text
    assert "1. Return the data to us, in a form that we can read." in text


def test_a_vendor_in_use_is_told_to_take_no_more() -> None:
    text = text_of("vendors: [{id: v, name: V}]\nflows: [{id: f, to: v, elements: [name]}]", "disposition", vendor="v")

    assert "This letter ends that" in text
    assert "No agreement on record" in text
    assert "It had to be gone" not in text


def test_vendors_and_the_office_are_written_to_in_english_unless_asked_otherwise() -> None:
    homes = (
        "district: {home_languages: [es, en]}\nvendors: [{id: v, name: V}]\nflows: [{id: f, to: v, elements: [name]}]"
    )

    assert made(homes, "disposition", vendor="v").language == "en"
    assert made(homes, "checklist").language == "en"
    assert made(homes, "checklist", language="es").language == "es"
    assert made(homes, "disclosures-summary").language == "es"


def test_the_three_states_of_a_vendor_are_told_apart_in_every_document_for_families() -> None:
    for kind in ("annual", "disclosures-summary", "disclosures"):
        snapshot = maple()
        text = write_notice(snapshot, kind, issued=MAPLE_DAY, suffix=".txt", language="en").content.decode()
        assert "Mathly" in text
        assert re.search(r"(no longer use|No longer used)", text)
        assert "Observer" in text.split("o longer use")[-1]
        assert "Chalkboard Supplies" in text


def test_a_summary_of_a_large_district_still_has_one_page() -> None:
    vendors = ", ".join(f"{{id: v{n}, name: Vendor Number {n}}}" for n in range(300))
    flows = ", ".join(f"{{id: f{n}, to: v{n}, elements: [name, ssn], purpose: Use {n}}}" for n in range(300))
    text = f"vendors: [{vendors}]\nflows: [{flows}]"
    few = f"vendors: [{', '.join(vendors.split(', {')[:1])}]\nflows: [{flows.split(', {id')[0]}]"

    assert pages(made(text, "disclosures-summary", suffix=".pdf").content) == 1
    assert pages(made(few, "disclosures-summary", suffix=".pdf").content) == 1
    assert "300; too many for this page" in text_of(text, "disclosures-summary")


def test_the_summary_in_word_is_set_closer_than_other_documents() -> None:
    """LibreOffice and Word have pages of their own; that it fits one was looked at with fonts wider than ours."""
    import docx

    text = "vendors: [{id: v, name: Mathly}]\nflows: [{id: f, to: v, elements: [name, ssn], purpose: To teach}]"
    summary, whole = (
        docx.Document(io.BytesIO(made(text, kind, suffix=".docx").content))
        for kind in ("disclosures-summary", "disclosures")
    )

    assert "Get data now: 1" in [line.text for line in summary.paragraphs]
    assert summary.tables[0].cell(1, 0).paragraphs[0].style.name == "Dense"
    assert summary.styles["Normal"].font.size < whole.styles["Normal"].font.size
    assert summary.sections[0].top_margin < whole.sections[0].top_margin


def pages(content: bytes) -> int:
    from tests.paper import poppler

    return int(re.search(r"Pages: +(\d+)", poppler("pdfinfo", content))[1])


def test_the_checklist_says_of_each_duty_where_when_by_which_law_and_whether_it_is_there() -> None:
    text = text_of(LAWFUL, "checklist", "2026-10-01")

    assert "Missing: 0." in text
    assert "(34 CFR 99.7(a)(1))" in text
    assert "Done, July 20, 2026" in text
    assert "elmvalley.example.org/ferpa" in text
    assert "8 NYCRR 121.3" in text
    assert "Not known" in text
    later = text_of(LAWFUL, "checklist", "2027-10-01")
    assert "Missing: 0." not in later


@pytest.mark.parametrize("state", ["NY", "IL", "MD", "CO", "CT", "CA", "UT", "LA", "OH", "MN", "TX", "WY"])
def test_the_checklist_of_any_state_has_one_page(state: str) -> None:
    text = LAWFUL.replace("state: NY", f"state: {state}")

    assert pages(made(text, "checklist", "2026-10-01", suffix=".pdf").content) == 1


def test_a_state_of_which_no_law_is_on_file_is_not_said_to_have_none() -> None:
    assert "That does not mean that there is none" in text_of("district: {state: PR}", "checklist")


def test_the_package_joins_what_applies_with_links_to_each_part() -> None:
    page = write_kind("package").content.decode()
    seen = read_page(page)
    links = [values["href"] for tag, values in seen.tags if tag == "a" and values["href"].startswith("#part")]
    ids = {values.get("id") for tag, values in seen.tags if tag == "h2"}

    assert seen.headings.count(1) == 1
    assert len(links) == 5
    assert {link[1:] for link in links} <= ids
    assert page.count('<img src="data:image/png;base64,') == 1


def test_a_package_leaves_out_what_is_not_owed_and_refuses_with_every_hole() -> None:
    text = f"district:\n  policies: {POLICIES}\nschools: [{{id: e, name: Elm, grades: K-5}}]"
    survey = "\nvendors: [{id: v, name: V}]\nflows: "
    survey += "[{id: f, from: students, to: v, elements: [name], survey: {areas: [sex]}}]"
    with pytest.raises(DocumentHoleError) as caught:
        made(text + survey, "package")
    assert "policies.ppra_policy" in [hole for hole, _ in caught.value.holes]

    whole = text_of(text.replace("policies:", "policies:\n    ppra_policy: You may see any survey.", 1), "package")
    assert "Your rights over your child’s school records" in whole
    assert "Recruiters and your child’s data" not in whole
    assert "What we may tell others about your child" not in whole


def test_a_package_leaves_out_what_publish_does_and_says_so_and_a_draft_has_it() -> None:
    directory = "directory_information: {elements: [name], opt_out_by: 2026-08-01}"
    text = f"district:\n  policies: {POLICIES}    {directory}\n"
    late, surveys = "What we may tell others about your child", "Your rights when schools ask private questions"
    written = made(text, "package")

    assert [caution.partition(" ")[0] for caution in written.cautions] == ["directory", "ppra"]
    assert "2026-08-01, is over on 2026-08-15" in written.cautions[0]
    assert "`audit` says so" in written.cautions[1]
    assert late not in written.content.decode()
    draft = text_of(text, "package", draft="yes")
    assert late in draft
    assert surveys in draft
    with pytest.raises(DocumentHoleError):
        made(text, "directory")


def test_words_that_a_document_does_not_take_are_refused() -> None:
    with pytest.raises(UsageError, match="Leave out --vendor"):
        made(district(), "directory", vendor="v")
    with pytest.raises(UsageError, match="--vendor ID"):
        made(district(), "disposition")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_only_a_text_in_each_of_them(text: str) -> None:
    said = quoted(text)
    yaml = f"""
district:
  name: {said}
  home_languages: [en]
  contacts: [{{role: opt_out, title: {said}, email: {said}, phone: {said}, address: {said}}}]
  policies:
    ppra_policy: {said}
    recruiter_notice: {said}
    directory_information: {{elements: [pin], opt_out_by: 2026-09-30, recipients: {said}}}
elements: [{{id: pin, name: {said}, category: other, sensitivity: low}}]
schools: [{{id: h, name: {said}, grades: 9-12}}]
vendors: [{{id: v, name: {said}, address: {said}, contacts: [{{role: privacy, email: {said}}}]}}]
agreements: [{{id: a, vendor: v, kind: dpa, number: {said}, terms: {{disposition_description: {said}}}}}]
flows:
  - {{id: f, to: v, elements: [pin], purpose: {said}, legal_basis: 99.37, agreement: a}}
  - {{id: s, from: students, to: v, elements: [pin], purpose: {said}, survey: {{areas: [sex], date: 2026-10-01}}}}
"""
    for kind in ("directory", "ppra", "recruiters", "disposition", "disclosures-summary", "checklist", "package"):
        words = {"vendor": "v"} if kind == "disposition" else {}
        seen = read_page(made(yaml, kind, suffix=".html", draft="yes", **words).content.decode())
        assert seen.faults == []
        assert foreign_tags(seen) == set()
        assert not [values for _, values in seen.tags if any(name.startswith("on") for name in values)]


def test_a_name_of_any_length_and_a_long_form_stay_on_their_pages() -> None:
    elements = ", ".join(f"e{number}" for number in range(40))
    rows = ", ".join(
        f"{{id: e{number}, name: Kind of data number {number}, category: other, sensitivity: low}}"
        for number in range(40)
    )
    policy = f"directory_information: {{elements: [{elements}], opt_out_by: 2026-09-30}}"
    content = made(f"{district(policy)}elements: [{rows}]", "directory", suffix=".pdf").content

    assert pages(content) <= 4
