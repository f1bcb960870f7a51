"""A posting goes out although a fact is missing: it says so there, and the office gets a list with whom to ask."""

from __future__ import annotations

import pytest

from dataflows.errors import DocumentHoleError
from tests.postings import GAP, post, text_of

VENDORS = """
vendors:
  - {id: mathly, name: Mathly, address: "1 Main Street, Springfield", category: curriculum, relationship: contract}
  - {id: cloud, name: Cloudy}
"""
FLOW = "flows: [{id: f, to: mathly, elements: [name], purpose: Practice, agreement: dpa}]\n"
DPA = "agreements: [{{id: dpa, vendor: mathly, kind: dpa, {0}}}]\n"
URL = 'document_url: "https://example.org/dpa.pdf"'
POLICIES = "inspection_procedure: A, amendment_procedure: B, copy_procedure: C, deletion_procedure: D"
WHOLE = f"district: {{state: XX, home_languages: [en], policies: {{{POLICIES}}}}}\n{VENDORS}"


def missing(text: str, kind: str) -> list[tuple[str, str, str]]:
    return [(fact.about, fact.field, fact.ask) for fact in post(text, kind).missing]


def test_a_posting_that_has_everything_lacks_nothing() -> None:
    text = WHOLE.replace("  - {id: cloud, name: Cloudy}\n", "") + DPA.format(URL) + FLOW

    assert missing(text, "il-soppa") == []
    assert "Not yet available" not in text_of(text, "il-soppa")
    assert post(text, "il-soppa").gaps == ()


def test_what_a_vendor_lacks_stands_in_its_place_and_in_the_list() -> None:
    text = WHOLE.replace('address: "1 Main Street, Springfield", ', "").replace("  - {id: cloud, name: Cloudy}\n", "")
    text += DPA.format("expires: 2027-06-30") + FLOW

    assert f"- **Our agreement:** *{GAP}*\n- **Business address:** *{GAP}*" in text_of(text, "il-soppa")
    assert missing(text, "il-soppa") == [
        ("Mathly", "agreements.dpa.document_url", "contracts"),
        ("Mathly", "vendors.mathly.address", "vendor"),
    ]


def test_a_vendor_of_which_nothing_is_known_is_named_and_must_be_asked() -> None:
    assert ("Cloudy", "vendors.cloud.products.student_data", "vendor") in missing(WHOLE, "il-soppa")
    assert "- Cloudy" in text_of(WHOLE, "il-soppa").split("## Not known yet")[1]


def test_what_only_the_district_can_say_is_asked_of_the_district() -> None:
    text = VENDORS.replace("category: curriculum, relationship: contract", "") + DPA.format(URL) + FLOW

    assert ("Mathly", "vendors.mathly.category", "district") in missing(text, "oh-annual-contracts")
    assert ("Mathly", "vendors.mathly.relationship", "district") in missing(text, "co-transparency")
    assert any(field == "district.contacts.contract_inspection" for _, field, _ in missing(text, "oh-annual-contracts"))


@pytest.mark.parametrize(
    ("terms", "is_gap"),
    [
        ("{}", True),
        ("{disposition: destroy}", True),
        ("{deletion_days: 60}", True),
        ("{disposition: destroy, deletion_days: 60}", False),
        ("{disposition_description: It is shredded within a month.}", False),
    ],
)
def test_what_becomes_of_the_data_needs_what_and_when_or_a_text(terms: str, is_gap: bool) -> None:
    text = text_of(VENDORS + DPA.format(f"terms: {terms}") + FLOW, "ny-supplement")
    line = next(line for line in text.splitlines() if line.startswith("- **What becomes"))

    assert line.endswith(f"*{GAP}*") == is_gap


def test_half_of_a_fact_is_told_and_the_other_half_is_missing() -> None:
    text = VENDORS + DPA.format("effective: 2026-07-01, terms: {encryption_at_rest: false}") + FLOW
    told = text_of(text, "ny-supplement")

    assert f"- **How long the contract runs:** From July 1, 2026. *{GAP[:-1]}: its last day.*" in told
    assert f"- **How the data is encrypted:** Where it is kept: no. *{GAP[:-1]}: on its way.*" in told
    fields = [field for _, field, _ in missing(text, "ny-supplement")]
    assert "agreements.dpa.expires" in fields
    assert "agreements.dpa.terms.encryption_in_transit" in fields
    assert "agreements.dpa.terms.encryption_at_rest" not in fields


def test_how_subcontractors_are_held_to_the_law_is_asked_only_where_there_are_some() -> None:
    alone = VENDORS + DPA.format("").replace(", }", "}") + FLOW
    passing = alone.replace("flows: [", "flows: [{id: h, from: mathly, to: cloud, elements: [name]}, ")
    allowed = VENDORS + DPA.format("subprocessors: [cloud]") + FLOW
    field = ("Mathly", "agreements.dpa.terms.subcontractor_oversight", "vendor")

    assert field not in missing(alone, "ny-supplement")
    assert "No one, by our records." in text_of(alone, "ny-supplement")
    assert field in missing(passing, "ny-supplement")
    assert field in missing(allowed, "ny-supplement")
    assert f"The contract also allows: Cloudy. *{GAP}*" in text_of(allowed, "ny-supplement")


def test_the_districts_own_way_to_correct_stands_in_for_the_agreements() -> None:
    district = "district: {state: XX, home_languages: [en], policies: {amendment_procedure: Write to us.}}\n"
    own = text_of(district + VENDORS + DPA.format("terms: {}") + FLOW, "ny-supplement")
    named = text_of(district + VENDORS + DPA.format("terms: {accuracy_challenge: Ask Mathly.}") + FLOW, "ny-supplement")

    assert "By our own procedure, which is below." in own
    assert "## Our own procedure to correct records\n\nWrite to us." in own
    assert "- **How to challenge data that is wrong:** Ask Mathly." in named
    assert "own procedure" not in named


def test_a_vendor_with_data_and_no_contract_is_on_the_list_and_says_so() -> None:
    text = VENDORS + "flows: [{id: f, to: mathly, elements: [name], purpose: P}]"
    told = text_of(text, "ny-supplement")

    assert "### Mathly\n\nIt gets data, and no contract is on record." in told
    assert "- **Get data, with no contract on record**\\\n  1" in told
    assert ("Mathly", "flows.f.agreement", "contracts") in missing(text, "ny-supplement")


def test_each_contract_of_a_vendor_has_a_block_with_what_flows_under_it() -> None:
    text = (
        VENDORS
        + """
agreements: [{id: one, vendor: mathly, kind: dpa, number: 17}, {id: two, vendor: mathly, kind: dpa}]
flows:
  - {id: f, to: mathly, elements: [name], purpose: Practice, agreement: one}
  - {id: g, to: mathly, elements: [email], purpose: Mail, agreement: two}
"""
    )
    one, two = text_of(text, "ct-contract-notice").split("### Mathly, contract ")[1:]

    assert one.startswith("17")
    assert "Practice" in one and "Mail" not in one  # noqa: PT018
    assert two.startswith("two")
    assert "Mail" in two and "Practice" not in two  # noqa: PT018


def test_a_redacted_contract_says_so() -> None:
    text = VENDORS + DPA.format(f"{URL}, redacted: true, number: 17") + FLOW

    assert "[Read contract 17](https://example.org/dpa.pdf) (some parts are blacked out)" in text_of(text, "il-soppa")


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("ny-bill-of-rights", "policies.bill_of_rights"),
        ("oh-annual-monitoring", "monitoring"),
        ("ct-annual-url", "links.privacy_page"),
    ],
)
def test_what_is_the_document_itself_refuses_unless_it_is_a_draft(kind: str, field: str) -> None:
    with pytest.raises(DocumentHoleError, match=field):
        post(VENDORS, kind)
    draft = post(VENDORS, kind, is_draft=True)

    assert "**DRAFT.**" in draft.content.decode()
    assert any(field in gap for gap in draft.gaps)


def test_what_nobody_has_read_in_a_source_is_told_to_the_office_alone() -> None:
    made = post(VENDORS, "md-digital-tools")

    assert len(made.cautions) == 3
    assert all("was not read in a source" in caution for caution in made.cautions)
    assert "counsel" not in made.content.decode()


def test_a_day_before_the_law_is_told_to_the_office() -> None:
    from datetime import date

    [caution] = post(VENDORS, "il-soppa", day=date(2021, 6, 30)).cautions
    assert "held from 2021-07-01 until now, not on 2021-06-30" in caution
    assert post(VENDORS, "il-soppa").cautions == ()
