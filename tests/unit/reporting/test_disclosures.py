"""A parent is told who has what, why and on what basis, from flows and audiences alone."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.notices import disclosures, read_page

SCHOOLS = """
schools:
  - {id: elm, name: Elm Elementary, grades: K-5}
  - {id: lake, name: Lake Middle, grades: 6-8}
"""
VENDORS = """
vendors:
  - {id: mathly, name: "Mathly Learning, Inc.", aliases: [Mathly]}
  - {id: cloud, name: Cloudy Hosting}
  - {id: deep, name: Deep Storage}
"""


def part(text: str, heading: str) -> str:
    """Return what stands below a heading of the second level."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    assert found, heading
    return found[1]


def test_a_district_that_shares_nothing_says_so() -> None:
    text = disclosures(SCHOOLS)

    assert "No one, by our records" in text
    assert "## Who gets data now" not in text
    assert not re.search(r"^#+ [^\n]*\n\n#", text, flags=re.MULTILINE)


def test_each_kind_of_data_is_told_once_a_purpose() -> None:
    """The trap: three flows that carry e-mail to one vendor for two purposes."""
    text = disclosures(
        VENDORS
        + """
flows:
  - {id: a, to: mathly, method: provided, elements: [email], purpose: Accounts}
  - {id: b, to: mathly, method: collected, from: students, elements: [email, name], purpose: Accounts}
  - {id: c, to: mathly, method: provided, elements: [email], purpose: Reports}
"""
    )

    assert text.count("e-mail address") == 2
    assert "| Accounts | Your child’s name; Your child’s e-mail address | We give it; Collected as" in text


def test_only_what_concerns_the_school_and_grade_is_told() -> None:
    flows = """
flows:
  - {id: a, to: mathly, elements: [email], audience: {schools: [lake], grades: 7}}
  - {id: b, to: cloud, elements: [photo], audience: {schools: [elm]}}
  - {id: c, to: deep, elements: [voice], audience: {grades: K-6}}
"""
    text = SCHOOLS + VENDORS + flows

    def told(*asked: str) -> list[str]:
        return re.findall("Mathly|Cloudy|Deep", part(disclosures(text, *asked), "Who gets data now"))[:4]

    assert set(told("lake", "7")) == {"Mathly"}
    assert set(told("lake", "6")) == {"Deep"}
    assert set(told("elm")) == {"Cloudy", "Deep"}
    assert "Cloudy" not in disclosures(text, "lake", "7")
    assert "Our records show 2 more" in disclosures(text, "lake", "7")


def test_a_chain_brings_a_childs_data_only_where_all_of_it_concerns_the_child() -> None:
    text = (
        SCHOOLS
        + VENDORS
        + """
flows:
  - {id: a, to: mathly, elements: [email], audience: {grades: 6}}
  - {id: b, from: mathly, to: cloud, elements: [email], audience: {grades: 7}}
  - {id: c, from: mathly, to: deep, elements: [email], audience: {grades: 6-7}}
"""
    )

    assert "### Cloudy" not in disclosures(text, "lake", "6")
    assert "### Deep Storage" in disclosures(text, "lake", "6")
    assert "Mathly" not in disclosures(text, "lake", "7")
    assert "### Cloudy" not in disclosures(text)
    assert "- Cloudy" in part(disclosures(text), "Not known yet")


def test_what_is_passed_on_is_told_down_the_chain_each_element_by_itself_and_cycles_end() -> None:
    text = disclosures(
        VENDORS
        + """
flows:
  - {id: a, to: mathly, elements: [name, email], purpose: Accounts}
  - {id: b, from: mathly, to: cloud, elements: [first-name, ssn], purpose: Hosting}
  - {id: c, from: cloud, to: deep, elements: [name], purpose: Backup}
  - {id: d, from: deep, to: mathly, elements: [name], purpose: Restoring}
  - {id: e, from: cloud, to: deep, elements: [email], purpose: Never arrives}
"""
    )

    below = part(text, "Who gets it from them")
    assert "**Passed on to:** Cloudy Hosting (Hosting); Deep Storage (Backup)" in part(text, "Who gets data now")
    assert "| Hosting | Your child’s first name | From Mathly |" in below
    assert "| Backup | Your child’s first name | From Cloudy Hosting |" in below
    assert "Never arrives" not in text
    assert "Social Security" not in text


def test_three_states_of_a_vendor_are_told_apart_and_what_is_not_known_too() -> None:
    text = disclosures(
        """
vendors:
  - {id: mathly, name: Mathly, products: [{name: Practice, student_data: "yes"}, {name: Rooms, student_data: none}]}
  - {id: left, name: Leftly}
  - {id: gone, name: Gonely}
  - {id: clock, name: Clockly, products: [{name: Clock, student_data: none}]}
  - {id: hudl, name: Hudly}
  - {id: stopped, name: Stoppedly, products: [{name: S, status: prohibited}]}
  - {id: soon, name: Soonly}
flows:
  - {id: a, to: mathly, elements: [email]}
  - {id: b, to: left, elements: [name], ends: 2019-06-30, purpose: Ratings}
  - {id: c, to: gone, elements: [name], ends: 2019-06-30, destroyed: 2020-01-01}
  - {id: d, to: soon, elements: [name], starts: 2027-01-01}
"""
    )

    assert "### Mathly" in part(text, "Who gets data now")
    left = part(text, "No longer used; may still hold data")
    assert "| Ratings | Your child’s name | June 30, 2019 | No end is on record" in left
    assert re.findall(r"^- (.*)$", part(text, "Take no data about students"), re.MULTILINE) == [
        "Clockly", "Mathly: Rooms"
    ]  # fmt: skip
    assert re.findall(r"^- (.*)$", part(text, "Not known yet"), re.MULTILINE) == ["Hudly"]
    assert not re.search("Gonely|Stoppedly|Soonly", text)


def test_what_a_vendor_still_in_use_kept_from_before_is_told_with_it() -> None:
    text = disclosures(
        VENDORS
        + """
flows:
  - {id: a, to: mathly, elements: [email], retention_days: 30}
  - {id: b, to: mathly, elements: [email, photo], ends: 2026-08-15, retention_days: 30}
"""
    )

    assert "No longer used" not in text.split("## Who gets data now")[1]
    assert "still be kept:** Photos of your child. Last given: August 15, 2026." in text
    assert "Kept until: September 14, 2026" in text


def test_a_deletion_that_an_agreement_set_and_nobody_proved_is_told() -> None:
    text = disclosures(
        VENDORS
        + """
agreements: [{id: m, vendor: mathly, kind: dpa, expires: 2019-06-30, terms: {deletion_days: 60}}]
flows: [{id: a, to: mathly, elements: [name], ends: 2019-06-30, agreement: m}]
"""
    )

    assert "It had to delete it by August 29, 2019. We have no proof yet that it did" in text
    assert "**Agreement:** It ended on June 30, 2019." in text


@pytest.mark.parametrize(
    ("basis", "sentence"),
    [
        ("legal_basis: school-official", "This is allowed because the receiver does a job for the schools"),
        ("legal_basis: school-official", "(34 CFR 99.31(a)(1)(i)(B))."),
        ("legal_basis: not-education-record", "neither made nor keep this information (34 CFR 99.3)."),
        ("legal_basis: study", "We rely on the rule “Studies for the district” (34 CFR 99.31(a)(6))."),
        ("legal_basis: 99.33(a)(2)", "How the law is meant here is not fully settled."),
        ("legal_basis: 99.33(b), onward_basis: 99.31(a)(2)", "may have it because the student is enrolling"),
        ("purpose: Accounts", "Our records do not yet say which law allows this."),
    ],
)
def test_the_basis_is_told_in_plain_words_or_said_to_be_unknown(basis: str, sentence: str) -> None:
    text = disclosures(VENDORS + f"flows: [{{id: a, to: mathly, elements: [email], {basis}}}]", suffix=".txt")

    assert sentence in " ".join(text.split())


def test_two_bases_of_one_vendor_say_what_each_is_about() -> None:
    text = disclosures(
        VENDORS
        + """
flows:
  - {id: a, to: mathly, elements: [email], purpose: Accounts, legal_basis: school-official}
  - {id: b, to: mathly, elements: [photo], purpose: Yearbook, legal_basis: 99.37}
"""
    )

    assert re.search(r"directory information.*This is about: Yearbook", text)
    assert re.search(r"does a job for the schools.*This is about: Accounts", text)


def test_releases_are_shown_for_what_the_law_wants_recorded_and_a_missing_entry_is_said() -> None:
    text = disclosures(
        VENDORS
        + """
parties:
  - {id: msde, name: State Department, kind: agency, level: state}
  - {id: court, name: County Court, kind: court}
flows:
  - {id: s, to: msde, elements: [test-scores], legal_basis: 99.31(a)(3)(iv)}
  - {id: o, to: court, elements: [conduct], legal_basis: 99.31(a)(9)(i)}
  - {id: m, to: mathly, elements: [email], legal_basis: school-official}
  - {id: n, from: mathly, to: cloud, elements: [email], legal_basis: 99.33(b)}
releases:
  - {id: r1, flow: s, date: 2026-02-01, interest: A study, requested_by: Test Office, parties: [msde],
     may_redisclose: [deep]}
  - {id: r2, flow: s, date: 2026-03-01, interest: More, refused: true, note: secret words}
  - {id: r3, flow: m, date: 2026-02-01, interest: Needless}
  - {id: r4, flow: s, date: 2027-02-01, interest: Later}
"""
    )

    log = part(text, "Our log of releases")
    assert "| State Department | February 1, 2026 | A study | Asked for by Test Office." in log
    assert "May be passed on to Deep Storage." in log
    assert "| State Department | March 1, 2026 | More | We said no." in log
    assert "no entry yet for: County Court." in log
    assert not re.search("Needless|Later|secret", text)


def test_whose_data_it_is_stands_there_only_where_everybody_is_meant() -> None:
    text = SCHOOLS + VENDORS + "flows: [{id: a, to: mathly, elements: [email], audience: {schools: [lake]}}]"

    assert "Students at Lake Middle" in disclosures(text)
    assert "Students at Lake Middle" not in disclosures(text, "lake")


def test_what_is_found_by_a_consent_or_can_be_refused_is_told() -> None:
    text = disclosures(
        VENDORS
        + """
flows:
  - {id: a, to: mathly, elements: [photo], consent: {needed: true, form_url: "https://a.example/f"}}
  - {id: b, to: cloud, elements: [email], opt_out: {allowed: true, how: Write to us.}}
  - {id: c, to: deep, elements: [email], opt_out: {allowed: false}}
"""
    )

    assert "[Open the consent form](https://a.example/f)" in text
    assert "**Can you say no?** Yes. Write to us." in text
    assert "**Can you say no?** No. Your child needs it for school." in text
    assert "2 of 3, for some or all of it" in text


def test_three_hundred_vendors_are_all_there_and_the_page_is_sound() -> None:
    names = [f"Vendor {number:03}" for number in range(300)]
    vendors = "\n".join(f"  - {{id: v{number}, name: {name}}}" for number, name in enumerate(names))
    flows = "\n".join(f"  - {{id: f{number}, to: v{number}, elements: [email, name]}}" for number in range(300))
    html = disclosures(f"vendors:\n{vendors}\nflows:\n{flows}", suffix=".html")

    page = read_page(html)
    assert page.faults == []
    assert all(f">{name}</h3>" in html for name in names)
    assert "300 companies" in html
    assert all(values.get("scope") in ("col", "row") for tag, values in page.tags if tag == "th")
    assert len([tag for tag, _ in page.tags if tag == "th"]) == 300 * 4


def test_an_earlier_day_tells_what_was_so_then() -> None:
    text = VENDORS + "flows: [{id: a, to: mathly, elements: [email], starts: 2026-01-01}]"

    assert "### Mathly" in disclosures(text)
    assert "### Mathly" not in disclosures(text, day=date(2025, 12, 31))


def test_what_comes_only_through_another_is_refused_there_and_is_part_of_that_agreement() -> None:
    text = disclosures(
        VENDORS
        + """
agreements: [{id: m, vendor: mathly, kind: dpa, expires: 2027-06-30}]
flows:
  - {id: a, to: mathly, elements: [email], agreement: m, opt_out: {allowed: true}}
  - {id: b, from: mathly, to: cloud, elements: [email], agreement: m}
"""
    )

    below = part(text, "Who gets it from them")
    assert "**Agreement:** Part of our agreement with Mathly, until June 30, 2027." in below
    assert "That depends on those from whom it gets the data: Mathly." in below
    assert "| Cloudy Hosting | 1 kind of data | Mathly | See: Mathly |" in text
    assert "| Mathly | 1 kind of data | us | Yes, to some of it |" in text


def test_a_vendor_that_only_carries_or_is_promised_what_nobody_has_is_not_known() -> None:
    text = disclosures(
        VENDORS
        + """
flows:
  - {id: a, from: students, to: oak, via: mathly, method: collected, elements: [username]}
  - {id: b, from: cloud, to: deep, elements: [email]}
"""
    )

    assert re.findall(r"^- (.*)$", part(text, "Not known yet"), re.MULTILINE) == [
        "Cloudy Hosting", "Deep Storage", "Mathly"
    ]  # fmt: skip
    assert "No one, by our records" in text
