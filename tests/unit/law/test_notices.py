"""The items of the annual notice and the office for complaints, as they held on a day."""

from __future__ import annotations

from datetime import date

import pytest

from dataflows.law.notices import annual_notice_items, complaint_contact, notice_giving

DAY = date(2026, 9, 1)


def test_the_seven_items_stand_in_the_order_of_the_regulation() -> None:
    assert [item.id for item in annual_notice_items(DAY)] == [
        "99.7(a)(2)(i)",
        "99.7(a)(2)(ii)",
        "99.7(a)(2)(iii)",
        "99.7(a)(2)(iv)",
        "99.7(a)(3)(i)",
        "99.7(a)(3)(ii)",
        "99.7(a)(3)(iii)",
    ]


def test_today_s_items_hold_from_the_rule_of_1996() -> None:
    assert annual_notice_items(date(1996, 12, 22)) == ()
    assert len(annual_notice_items(date(1996, 12, 23))) == 7


def test_the_last_item_applies_where_school_officials_receive_data() -> None:
    *always, last = annual_notice_items(DAY)

    assert {item.applies_below for item in always} == {None}
    assert last.applies_below == "99.31(a)(1)"
    assert [statement.field for statement in last.must_say] == list(last.fields)


def test_procedures_and_criteria_come_from_the_district_s_texts() -> None:
    fields = [name for item in annual_notice_items(DAY) for name in item.fields]

    assert fields == [
        "policies.inspection_procedure",
        "policies.amendment_procedure",
        "policies.school_official_criteria",
        "policies.legitimate_educational_interest",
    ]


def test_giving_the_notice_has_four_conditions() -> None:
    assert [item.id for item in notice_giving(DAY)] == ["99.7(a)(1)", "99.7(b)", "99.7(b)(1)", "99.7(b)(2)"]


@pytest.mark.parametrize(
    ("day", "office"),
    [
        (date(2018, 12, 31), "Family Policy Compliance Office"),
        (date(2019, 1, 1), "Student Privacy Policy Office"),
        (DAY, "Student Privacy Policy Office"),
    ],
)
def test_complaints_go_to_the_office_of_the_day(day: date, office: str) -> None:
    assert complaint_contact(day).office == office


def test_the_office_of_today_is_marked_as_not_certain_and_has_a_page() -> None:
    contact = complaint_contact(DAY)

    assert not contact.certain
    assert contact.url == "https://studentprivacy.ed.gov/file-a-complaint"
    assert "address" in contact.unconfirmed
    assert contact.days_to_complain == 180
