"""A letter about a vendor says what its flows say, and nothing stands where nothing is known."""

from __future__ import annotations

import re

from dataflows.law.taxonomy import builtin_taxonomy
from tests.notices import letter

VENDOR = (
    "vendors: [{id: mathly, name: Mathly LLC}, {id: cloud, name: Cloudy Hosting}, {id: deep, name: Deep Storage}]\n"
)


def test_a_vendor_of_which_nothing_is_known_gets_a_letter_without_empty_parts() -> None:
    text = letter(VENDOR)

    assert "Our records show no data about students that goes to Mathly LLC" in text
    assert "Your rights" in text
    for part in ("What is shared, and why", "Your choices", "What we ask", "The rules", "Read more", "Whom to ask"):
        assert f"## {part}" not in text
    assert not re.search(r"^#+ [^\n]*\n\n#", text, flags=re.MULTILINE)


def test_a_product_that_takes_no_data_is_said_to_take_none() -> None:
    text = letter("vendors: [{id: mathly, name: Mathly, products: [{name: Rooms, student_data: none}]}]")

    assert "None. Mathly takes no data about students." in text


def test_one_element_is_one_kind() -> None:
    text = letter(VENDOR + "flows: [{id: a, to: mathly, method: provided, elements: [email], purpose: Accounts}]")

    assert "1 kind of data that we give" in text
    assert "### What we give Mathly LLC" in text
    assert "**Why:** Accounts" in text
    assert "- Your child’s e-mail address" in text
    assert "Passed on to" not in text


def test_every_element_of_the_taxonomy_has_a_plain_name() -> None:
    taxonomy = builtin_taxonomy()
    ids = ", ".join(taxonomy.elements)
    text = letter(VENDOR + f"flows: [{{id: a, to: mathly, method: provided, elements: [{ids}]}}]")

    assert text.count("\n- Your child’s") > 20
    plain = [id for id, element in taxonomy.elements.items() if f"\n- {element.name.pick('en', 'en')[0]}\n" in text]
    assert len(plain) < 12
    assert f"{len(taxonomy.elements)} kinds of data" in text


def test_a_name_that_the_district_gave_wins() -> None:
    text = letter(
        VENDOR
        + "elements: [{id: email, name: School mail}, {id: pin, name: Lunch PIN, category: other, sensitivity: low}]\n"
        + "flows: [{id: a, to: mathly, elements: [email, pin]}]"
    )

    assert "- School mail" in text
    assert "- Lunch PIN" in text


def test_an_element_is_listed_once_a_purpose() -> None:
    text = letter(
        VENDOR
        + """
flows:
  - {id: a, to: mathly, method: provided, elements: [email], purpose: Accounts}
  - {id: b, to: mathly, method: provided, elements: [email, name], purpose: Accounts}
  - {id: c, to: mathly, method: provided, elements: [email], purpose: Reports}
"""
    )

    assert text.count("e-mail address") == 2
    assert text.count("**Why:** Accounts") == 1


def test_what_is_passed_on_is_told_down_the_whole_chain_and_cycles_end() -> None:
    text = letter(
        VENDOR
        + """
flows:
  - {id: a, to: mathly, method: provided, elements: [name, email]}
  - {id: b, from: mathly, to: cloud, elements: [first-name], purpose: Hosting}
  - {id: c, from: cloud, to: deep, elements: [name], purpose: Backup}
  - {id: d, from: deep, to: mathly, elements: [name]}
  - {id: e, from: mathly, to: oak, elements: [email], purpose: Reports to us}
  - {id: f, from: cloud, to: deep, elements: [email], purpose: Never arrives}
"""
    )

    assert "| Your child’s name | Cloudy Hosting: Hosting; Deep Storage: Backup |" in text
    assert "| Your child’s e-mail address | No one |" in text
    assert "Never arrives" not in text.split("### What Mathly LLC gets from")[0]


def test_flows_that_ended_are_told_apart_and_those_to_come_are_not_told() -> None:
    text = letter(
        VENDOR
        + """
flows:
  - {id: a, to: mathly, method: provided, elements: [email]}
  - {id: b, to: mathly, elements: [email, ssn], ends: 2026-06-30}
  - {id: c, to: mathly, elements: [health], ends: 2025-06-30, retention_days: 30}
  - {id: d, to: mathly, elements: [photo], ends: 2026-08-30, retention_days: 30}
  - {id: e, to: mathly, elements: [voice], ends: 2026-08-30, destroyed: 2026-08-31}
  - {id: f, to: mathly, elements: [biometric], starts: 2027-01-01}
"""
    )

    kept = text.split("may still be kept")[1].split("\n## ")[0]
    assert "Social Security number" in kept
    assert "no proof yet that it was deleted" in kept
    assert "Photos" in kept
    assert "may keep it until September 29, 2026" in kept
    assert "e-mail" not in kept
    assert not re.search("Health|voice|Fingerprints", text)


def test_choices_are_told_by_what_they_are_about() -> None:
    flows = """
flows:
  - {id: a, to: mathly, elements: [email], purpose: Accounts, opt_out: {allowed: false}}
  - id: b
    to: mathly
    elements: [photo]
    purpose: Yearbook
    opt_out: {allowed: true, how: Write to us., contact: opt_out}
"""
    contacts = "district: {contacts: [{role: opt_out, title: Front Office, phone: 301-555-0100}]}\n"
    text = letter(contacts + VENDOR + flows)

    assert "To some of it. See “Your choices”." in text
    assert "You can opt out.** This is about: Yearbook. Write to us. Contact: Front Office, [301-555-0100]" in text
    assert "cannot opt out of this part, because your child needs it for school: Accounts." in text


def test_a_consent_is_asked_for_with_its_form() -> None:
    flow = "flows: [{id: a, to: mathly, elements: [photo], consent: {needed: true, form_url: https://a.example/f}}]"
    text = letter(VENDOR + flow)

    assert "We need your signed consent first." in text
    assert "[Open the consent form](https://a.example/f)" in text


def test_promises_are_those_that_every_agreement_in_force_makes() -> None:
    text = letter(
        VENDOR
        + """
agreements:
  - id: one
    vendor: mathly
    kind: dpa
    expires: 2027-06-30
    terms: {sale_prohibited: true, deletion_days: 1, advertising_prohibited: targeted}
  - {id: two, vendor: mathly, kind: dpa, terms: {sale_prohibited: true, deletion_days: 1, audit_right: true}}
  - {id: old, vendor: mathly, kind: dpa, expires: 2020-06-30, terms: {encryption_at_rest: true}}
flows:
  - {id: a, to: mathly, elements: [email], agreement: one}
  - {id: b, to: mathly, elements: [name], agreement: two}
  - {id: c, to: mathly, elements: [photo], agreement: old}
"""
    )

    assert "may not sell it;" in text
    assert "within 1 day when we ask" in text
    assert not re.search("encrypt|aim ads|let us check all", text)


def test_what_the_district_collects_and_what_passes_through_are_told_apart() -> None:
    text = letter(
        VENDOR
        + """
flows:
  - {id: a, from: students, to: oak, via: mathly, method: collected, elements: [username], purpose: Safety}
  - {id: b, from: mathly, to: oak, elements: [course-grades], purpose: Report cards}
  - {id: c, to: cloud, via: mathly, method: provided, elements: [email], purpose: Rosters}
"""
    )

    own = text.split("## What we collect ourselves")[1].split("\n## ")[0]
    assert "Your child’s username" in own
    assert "Mathly LLC sends this back to us." in own
    assert "### What we give Cloudy Hosting" in text.split("## What only passes through")[1]


def test_an_audience_is_told_where_it_is_not_everybody() -> None:
    text = letter(
        "schools: [{id: oak-hs, name: Oak High, grades: 9-12}]\n"
        + VENDOR
        + "flows: [{id: a, to: mathly, elements: [email], audience: {schools: [oak-hs], grades: 9-10}}]"
    )

    assert "Students in grades 9-10 at Oak High" in text


def test_a_company_behind_another_is_not_said_to_be_used_by_the_schools() -> None:
    text = letter(
        VENDOR
        + """
flows:
  - {id: a, to: mathly, elements: [email]}
  - {id: b, from: mathly, to: cloud, elements: [email], purpose: Hosting}
""",
        vendor="cloud",
    )

    assert "Cloudy Hosting works for a company that our schools use." in text
    assert "### What Cloudy Hosting gets from Mathly LLC" in text
