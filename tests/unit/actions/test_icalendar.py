"""The calendar file is what RFC 5545 asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from dataflows.actions.icalendar import format_ics
from dataflows.model.due import Due

STAMP = datetime(2026, 10, 1, 12, 30, tzinfo=UTC)
ITEM = Due(date(2026, 12, 31), "The agreement ends", "agreement", "a", "agreement-ends", "99.33(b)")


def ics(*items: Due, stamped: datetime = STAMP) -> str:
    return format_ics(items, district="oak", name="Oak, due", stamped=stamped)


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def uids(text: str) -> list[str]:
    return [line for line in unfolded(text) if line.startswith("UID:")]


def test_an_item_is_a_whole_day() -> None:
    lines = unfolded(ics(ITEM))

    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "X-WR-CALNAME:Oak\\, due" in lines
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines
    assert "DESCRIPTION:agreement/a (99.33(b))" in lines


def test_the_stamp_is_in_utc() -> None:
    local = STAMP.astimezone(timezone(timedelta(hours=-5)))

    assert "DTSTAMP:20261001T123000Z" in unfolded(ics(ITEM, stamped=local))


def test_an_entry_keeps_its_uid_when_its_day_moves() -> None:
    moved = replace(ITEM, day=date(2027, 6, 30), what="It ends later", overdue=True)

    assert uids(ics(ITEM)) == uids(ics(moved))


def test_no_two_entries_share_a_uid() -> None:
    items = [ITEM, ITEM, replace(ITEM, part="x"), replace(ITEM, id="b"), replace(ITEM, topic="deletion")]

    assert len(set(uids(ics(*items)))) == len(items)


@given(st.text(st.characters(blacklist_categories=["Cc", "Cs"]) | st.sampled_from("\n\t;,\\")))
def test_any_text_survives_and_no_line_is_too_long(text: str) -> None:
    whole = ics(replace(ITEM, what=text))

    assert all(len(line.encode()) <= 75 for line in whole.split("\r\n"))
    [summary] = [line for line in unfolded(whole) if line.startswith("SUMMARY:")]
    plain = summary[8:].replace("\\\\", "\0").replace("\\n", "\n").replace("\\;", ";").replace("\\,", ",")
    assert plain.replace("\0", "\\") == "\n".join(text.splitlines())
