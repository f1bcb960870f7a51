"""The annual notice states each item of 34 CFR 99.7, or says which text is absent."""

from __future__ import annotations

import re
from datetime import date

import pytest

from dataflows.errors import DocumentHoleError
from tests.notices import POLICIES, annual


@pytest.mark.parametrize(
    ("field", "citation"),
    [
        ("inspection_procedure", "99.7(a)(3)(i)"),
        ("amendment_procedure", "99.7(a)(3)(ii)"),
        ("school_official_criteria", "99.7(a)(3)(iii)"),
        ("legitimate_educational_interest", "99.7(a)(3)(iii)"),
    ],
)
@pytest.mark.parametrize("left", [None, '"  "'])
def test_a_missing_or_blank_text_is_an_error_with_its_field_and_citation(
    field: str, citation: str, left: str | None
) -> None:
    lines = [line for line in POLICIES.splitlines() if field not in line]
    lines += [f"    {field}: {left}"] if left else []
    text = "district:\n  policies:\n" + "\n".join(line for line in lines if line)

    with pytest.raises(DocumentHoleError, match=re.escape(citation)) as caught:
        annual(text)

    assert [hole for hole, _ in caught.value.holes] == [f"policies.{field}"]
    assert caught.value.exit_code == 2


def test_all_holes_are_named_at_once() -> None:
    with pytest.raises(DocumentHoleError) as caught:
        annual("district: {policies: {directory_information: {elements: [name]}}}")

    assert len(caught.value.holes) == 5


def test_each_item_of_99_7_is_there() -> None:
    text = annual("")

    for words in (
        "right to inspect and review your child’s education records",
        "no later than 45 days after we get your request",
        "right to ask us to amend (change) your child’s education records if you believe",
        "inaccurate, misleading, or in violation of your child’s privacy rights",
        "right to give written consent before we disclose (share) personally identifiable information",
        "right to file a complaint with the U.S. Department of Education",
        "Say which records you want to see",
        "Say which part is wrong and why",
        "A school official is a teacher",
        "needs to review a record to do the job",
        "When a student turns 18",
    ):
        assert words in text


def test_the_office_for_complaints_is_the_one_of_the_day() -> None:
    assert "Student Privacy Policy Office" in annual("", day=date(2026, 9, 1))
    assert "Family Policy Compliance Office" in annual("", day=date(2016, 9, 1))


def test_what_is_not_recorded_is_not_mentioned() -> None:
    text = annual("")

    assert not re.search("Directory|Companies|changes schools|Whom to ask|The rules", text)
    assert not re.search(r"^#+ [^\n]*\n\n##? ", text, flags=re.MULTILINE)


def test_directory_information_is_told_with_the_right_to_refuse() -> None:
    text = annual(
        f"""
district:
  contacts: [{{role: opt_out, title: Front Office, email: front@example.org}}]
  policies: {POLICIES}
    directory_information: {{elements: [photo, name], opt_out_by: 2026-09-30, limited_to: {{purposes: [The yearbook]}}}}
"""
    )

    part = text.split("## Directory information")[1].split("\n## ")[0]
    assert "- Your child’s name\n- Photos of your child" in part
    assert "You have the right to refuse.** If you do not want us to give out any or all of this" in part
    assert "in writing by September 30, 2026" in part
    assert "Front Office, <front@example.org>" in part
    assert "only for these purposes: The yearbook" in part


def test_companies_that_are_school_officials_on_the_day_are_named() -> None:
    text = annual(
        f"""
district:
  policies: {POLICIES}
vendors: [{{id: mathly, name: Mathly Inc.}}, {{id: old, name: Oldly}}, {{id: free, name: Freely}}]
flows:
  - {{id: a, to: mathly, elements: [name], legal_basis: school-official}}
  - {{id: b, to: old, elements: [name], legal_basis: school-official, ends: 2020-01-01}}
  - {{id: c, to: free, elements: [name]}}
"""
    )

    assert "one company gets student data" in text
    assert "- Mathly Inc.\n" in text
    assert "They may still hold data that they got before: Oldly." in text
    assert text.count("Oldly") == 1
    assert "Freely" not in text


def test_a_summer_notice_is_for_the_year_that_comes() -> None:
    assert "School year 2026–27" in annual("", day=date(2026, 7, 1))
    assert "School year 2025–26" in annual("", day=date(2026, 6, 30))
    years = f"district:\n  school_year: {{starts: 08-25, ends: 06-15}}\n  policies: {POLICIES}"
    assert "School year 2026–27" in annual(years, day=date(2026, 8, 14))
