"""What is peculiar to one state: breaches, definitions, tools, terms, devices, categories."""

from __future__ import annotations

import csv
import io
import re

import pytest

from tests.postings import GAP, post, text_of, written

SCHOOL = "schools: [{id: a, name: A, enrollment: 1000}]\nvendors: [{id: m, name: Mathly}, {id: n, name: Nexly}]\n"


@pytest.mark.parametrize(
    ("incident", "is_listed"),
    [
        ("discovered: 2026-01-10, students: 100", True),
        ("discovered: 2026-01-10, students: 99", False),
        ("discovered: 2026-01-10", True),
        ("discovered: 2021-09-01, students: 500", True),
        ("discovered: 2021-08-31, students: 500", False),
        ("discovered: 2021-09-10, occurred_to: 2021-06-30, students: 500", False),
        ("discovered: 2026-09-02, students: 500", False),
        ("discovered: 2026-01-10, students: 500, hold_until: 2026-09-01", False),
        ("discovered: 2026-01-10, students: 500, hold_until: 2026-08-31", True),
    ],
)
def test_illinois_lists_breaches_of_five_years_and_ten_percent(incident: str, is_listed: bool) -> None:
    text = text_of(f"{SCHOOL}incidents: [{{id: i, party: m, {incident}}}]", "il-soppa")

    assert ("none that this list must name" not in text) == is_listed
    assert bool(re.search(r"^\| Mathly \|", text, re.MULTILINE)) == is_listed


def test_illinois_leaves_out_the_number_where_the_general_breach_law_is_concerned() -> None:
    incident = "discovered: 2026-01-10, students: 400, occurred_from: 2026-01-02, elements: [name, {}]"
    told = [
        text_of(f"{SCHOOL}incidents: [{{id: i, party: m, {incident.format(e)}}}]", "il-soppa") for e in ("email", "ssn")
    ]

    assert "| Mathly | January 2, 2026 | 400 students |" in told[0]
    assert "| Mathly | January 2, 2026 | Not stated here, as the law asks |" in told[1]


def test_colorado_tells_contract_and_on_demand_providers_apart() -> None:
    text = written("co-transparency")
    under_contract, on_demand = (
        text.split(f"## {heading}\n")[1].split("\n## ")[0] for heading in ("Contract providers", "On-demand providers")
    )

    assert re.findall("^### (.*)$", under_contract, re.MULTILINE) == ["Mathly", "Testwell"]
    assert re.findall("^### (.*)$", on_demand, re.MULTILINE) == ["Clicky Quiz"]
    assert "The contract:" not in on_demand
    assert "## On-demand services that we no longer use\n\n- Clicky Quiz: Clicky Old" in text


@pytest.mark.parametrize("kind", ["oh-annual-contracts", "mn-annual-contracts"])
def test_ohio_and_minnesota_name_those_for_lessons_and_tests_and_those_not_sorted_yet(kind: str) -> None:
    categories = {"m": "testing", "n": "communication"}
    vendors = ", ".join(f"{{id: {id}, name: {id.upper()}ly, category: {name}}}" for id, name in categories.items())
    flows = ", ".join(f"{{id: {id}, to: {id}, elements: [name]}}" for id in ("m", "n", "o"))
    text = text_of(f"vendors: [{vendors}, {{id: o, name: Oly}}]\nflows: [{flows}]", kind)
    sorted_, others = text.split("## Companies for lessons, tests, and assessments\n")[1].split("## Other companies")

    assert re.findall("^### (.*)$", sorted_, re.MULTILINE) == ["Mly"]
    assert re.findall("^### (.*)$", others, re.MULTILINE) == ["Oly"]
    assert "Nly" not in text


def test_louisiana_tells_agencies_too_and_asks_no_address_of_them() -> None:
    text = written("la-transfers")
    block = text.split("### State Department of Education\n")[1].split("\n###")[0]

    assert "34 CFR 99.31(a)(3)(iv)" in block
    assert GAP not in block
    assert "Who it is" not in block


def test_utah_defines_what_is_built_in_by_plain_words_and_asks_for_what_is_the_districts_own() -> None:
    text = written("ut-metadata-dictionary")

    assert "| Date of birth | Your child’s date of birth |" in text
    assert f"| Lunch PIN | *{GAP}* |" in text
    assert "Given by" not in text


def test_utah_tells_who_must_give_data_where_that_is_known() -> None:
    text = text_of(
        "elements: [{id: date-of-birth, necessity: optional, definition: The day.}]\n"
        "vendors: [{id: m, name: M}]\nflows: [{id: f, to: m, elements: [date-of-birth, email]}]",
        "ut-metadata-dictionary",
    )

    assert "| Kind of data | What it is | Given by |\n| --- | --- | --- |" in text
    assert "| Date of birth | The day. | Those who choose to |" in text
    assert "| Student e-mail address | Your child’s e-mail address | Not stated |" in text


def test_utah_lists_who_gets_data_from_others_too() -> None:
    assert "### Cloudy Hosting\n\n- **Purpose:** Hosting" in written("ut-metadata-dictionary")


def test_utahs_spreadsheet_has_a_row_for_each_use_and_runs_nothing() -> None:
    flow = (
        "{id: f, to: m, elements: [name, email], purpose: P, mandate: state, mandate_cite: Code 1, legal_basis: 99.30}"
    )
    made = post(f"vendors: [{{id: m, name: '=1+1'}}]\nflows: [{flow}]", "ut-metadata-dictionary", suffix=".csv")
    assert made.content.startswith(b"\xef\xbb\xbf")
    [row] = csv.DictReader(io.StringIO(made.content.decode("utf-8-sig")))

    assert row == {
        "recipient": "'=1+1",
        "purpose": "P",
        "federal": "",
        "state": "Code 1",
        "local": "",
        "permitted_by": "34 CFR 99.30",
        "data_elements": "Name (first and/or last); Student e-mail address",
    }


def test_marylands_list_tells_tools_by_what_was_decided_about_them() -> None:
    text = written("md-digital-tools")
    approved, unapproved, undecided = re.split("^## ", text, flags=re.MULTILINE)[1:4]

    assert re.findall(r"^\| (\w[^|]*) \|", approved, re.MULTILINE)[1:] == [
        "Clock", "Mathly Practice", "Mathly Rooms", "Testwell Online",
    ]  # fmt: skip
    assert "| Mathly Rooms | Mathly Learning, Inc. | Not stated | None |" in approved
    assert "| Clicky | Clicky Quiz |" in unapproved
    assert "| Hudly Video | Hudly |" in undecided
    assert "Clicky Old" not in text


def test_marylands_spreadsheet_has_a_row_for_each_tool() -> None:
    rows = list(csv.DictReader(io.StringIO(written("md-digital-tools", ".csv").removeprefix("\ufeff"))))

    assert [row["tool"] for row in rows] == [
        "Clicky", "Clock", "Hudly Video", "Mathly Practice", "Mathly Rooms", "Testwell Online",
    ]  # fmt: skip
    assert rows[0]["status"] == "known_unapproved"
    assert rows[2]["status"] == GAP


def test_a_tool_is_told_what_flows_to_it_and_not_to_its_sister() -> None:
    text = text_of(
        "vendors: [{id: m, name: M, products: [{name: One, status: approved}, {name: Two, status: approved}]}]\n"
        "flows: [{id: f, to: m, product: One, elements: [name], purpose: P},"
        " {id: g, to: m, elements: [email], purpose: Q}]",
        "md-digital-tools",
    )

    assert "| One | M | P; Q | Name (first and/or last); Student e-mail address |" in text
    assert "| Two | M | Q | Student e-mail address |" in text


def test_californias_checklist_never_takes_what_is_not_on_record_for_a_no() -> None:
    text = written("ca-contract-checklist")

    assert "| Mathly, 2025-17 | June 30, 2028 | 5 | 1 | 5 |" in text
    assert "| Testwell, tester-2026 | Not on record | 0 | 0 | 11 |" in text
    assert "| Cal. Ed. Code 49073.1(b)(5) | Those people are trained. | **No** |" in text
    assert "## Get data without a contract\n\n- Clicky Quiz" in text
    assert "held against Cal. Ed. Code 49073.1(b)." in text


def test_no_advertising_at_all_is_enough_where_targeted_advertising_is_banned() -> None:
    line = "No targeted advertising with what the records say. *Not read in a source: ask counsel.*"
    answers = {"all": "Yes", "targeted": "Yes", "none": "**No**"}
    for value, answer in answers.items():
        text = text_of(
            "vendors: [{id: m, name: M}]\nflows: [{id: f, to: m, elements: [name], agreement: d}]\n"
            f"agreements: [{{id: d, vendor: m, kind: dpa, terms: {{advertising_prohibited: {value}}}}}]",
            "ca-contract-checklist",
        )
        assert f"{line} | {answer} |" in text


def test_ohios_notice_of_monitoring_tells_what_is_in_force_on_the_day() -> None:
    rows = (
        "{id: a, device: Laptops, features: [keystrokes, audio_video], purpose: P, provider: W}, "
        "{id: b, device: Phones, features: [web], purpose: Q, ends: 2026-08-31}"
    )
    text = text_of(f"monitoring: [{rows}]", "oh-annual-monitoring")

    assert "| Laptops | sound or pictures of its microphone or camera; what is typed | P | W |" in text
    assert "Phones" not in text
