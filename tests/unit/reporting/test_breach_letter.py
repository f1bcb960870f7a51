"""The letter about a breach and the incident sheet say what is known, and mark what is not."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pdfua
import pytest

from dataflows.actions.breach import Asked, find_breach
from dataflows.actions.breach_sheet import write_sheet
from dataflows.actions.write_notice import WrittenNotice, write_notice
from tests.notices import read_page, words_of_markdown, words_of_text
from tests.snapshots import snapshot_of
from tests.unit.reporting.test_notice_formats import HOSTILE, quoted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DAY = date(2026, 9, 15)
CATALOG = """
district:
  name: Elm Valley Central Schools
  state: NY
  url: https://elm.example
  contacts: [{role: breach_response, title: Incident Office, email: incidents@elm.example, phone: 518-555-0100}]
schools:
  - {id: high, name: Elm High, grades: 9-12, enrollment: 700}
  - {id: elementary, name: Elm Elementary, grades: K-8, enrollment: 540}
vendors: [{id: ledger, name: Ledger SIS}, {id: cloud, name: Cloudy Hosting}]
agreements: [{id: ledger-2015, vendor: ledger, kind: dpa, terms: {breach_notice_hours: 72}}]
flows:
  - {id: sis, to: ledger, elements: [name, date-of-birth, email, password], starts: 2015-08-01}
  - {id: sis-old, to: ledger, elements: [ssn], starts: 2010-08-01, ends: 2021-06-30}
  - {id: hosting, from: ledger, to: cloud, elements: [name, email], starts: 2015-08-01}
incidents:
  - id: night
    party: ledger
    occurred_from: 2026-08-20
    vendor_discovered: 2026-09-01
    vendor_notified: 2026-09-04T15:30
    discovered: 2026-09-04T15:30
    notices: [{to: NYSED, date: 2026-09-14}]
"""


def letter(text: str = CATALOG, suffix: str = ".md") -> WrittenNotice:
    return write_notice(snapshot_of(text, DAY.isoformat()), "breach", issued=DAY, suffix=suffix, incident="night")


def sheet(text: str = CATALOG, suffix: str = ".md") -> str:
    snapshot = snapshot_of(text, DAY.isoformat())
    return write_sheet(snapshot, find_breach(snapshot, "ledger", Asked(incident="night")), suffix).decode()


@pytest.mark.parametrize("suffix", [".html", ".md", ".txt"])
def test_the_letter_and_the_sheet_stay_as_they_were_read(
    suffix: str, golden: Callable[[str, str | bytes], None]
) -> None:
    golden(f"notice/breach{suffix}", letter(suffix=suffix).content)
    golden(f"incident/sheet{suffix}", sheet(suffix=suffix).encode())


def test_the_pages_are_whole() -> None:
    for page in (letter(suffix=".html").content.decode(), sheet(suffix=".html")):
        assert read_page(page).faults == []


def test_every_gap_is_listed_and_marked() -> None:
    made = letter()
    text = made.content.decode()

    assert made.gaps == (
        "incidents.night.occurred_to",
        "incidents.night.elements",
        "incidents.night.students_former",
        "district.policies.breach_policy",
    )
    assert text.count("NOT KNOWN YET") >= len(made.gaps)
    assert text.startswith("**DRAFT.**")
    assert "# DRAFT:" in text
    assert "It happened from August 20, 2026 to" in text


def test_without_a_gap_it_is_no_draft_and_says_the_measures() -> None:
    whole = CATALOG.replace(
        "party: ledger\n    occurred_from",
        "party: ledger\n    occurred_to: 2026-09-01\n    elements: [name, ssn]\n"
        "    students_former: 2100\n    occurred_from",
    ).replace("state: NY", "state: NY\n  policies: {breach_policy: We closed the account.}")
    made = letter(whole)
    text = made.content.decode()

    assert made.gaps == ()
    assert "DRAFT" not in text
    assert "We closed the account." in text
    assert "2,100" in text
    assert "e-mail" not in text.split("## What data")[1].split("## Whose")[0]
    assert "freeze your child’s credit" in text
    assert "Change the password" not in text


def test_a_letter_without_anybody_to_ask_says_so() -> None:
    made = letter(CATALOG.replace("breach_response", "opt_out"))

    assert "district.contacts.breach_response" in made.gaps
    assert "[NOT KNOWN YET: whom to ask]" in made.content.decode().replace("\\", "")


def test_no_text_counts_those_who_are_enrolled_as_the_most() -> None:
    for text in (letter().content.decode(), sheet()):
        assert "1,240" in text
        assert "at most" not in text
        assert "up to" not in text


def test_the_sheet_of_an_earlier_day_tells_only_whom_the_district_had_told_by_then() -> None:
    later = CATALOG.replace("date: 2026-09-14}", "date: 2026-09-14}, {to: families, date: 2026-09-18}")

    assert "NYSED: September 14, 2026" in sheet(later)
    assert "September 18, 2026" not in sheet(later)


def test_the_letter_is_written_in_spanish_too() -> None:
    snapshot = snapshot_of(CATALOG, DAY.isoformat())
    made = write_notice(snapshot, "breach", issued=DAY, suffix=".txt", incident="night", language="es")

    text = " ".join(made.content.decode().split())
    assert "BORRADOR" in text
    assert "AÚN NO SE SABE" in text
    assert "1,240" in text
    assert "NOT KNOWN" not in text


def test_the_sheet_lists_what_is_kept_who_else_has_it_and_who_was_told() -> None:
    text = sheet()

    assert "kept from sis-old; destruction not recorded; last given on June 30, 2021" in text
    assert "Cloudy Hosting: Name (first and/or last); Student e-mail address" in text
    assert "NYSED: September 14, 2026" in text
    assert "not certain: ask counsel" in text


@pytest.mark.parametrize("language", ["en", "es"])
def test_all_formats_of_the_letter_say_the_same(language: str, tmp_path: Path) -> None:
    made = {suffix: written(language, suffix) for suffix in (".html", ".md", ".txt", ".pdf", ".docx")}
    page = read_page(made[".html"].decode())
    path = tmp_path / "letter.pdf"
    path.write_bytes(made[".pdf"])

    assert page.faults == []
    assert words_of_markdown(made[".md"].decode()) == Counter(page.words)
    assert words_of_text(made[".txt"].decode()) == Counter(page.words)
    assert [str(found) for found in pdfua.validate(str(path)).findings] == []
    assert made[".docx"].startswith(b"PK")


def written(language: str, suffix: str) -> bytes:
    snapshot = snapshot_of(CATALOG, DAY.isoformat())
    return write_notice(snapshot, "breach", issued=DAY, suffix=suffix, incident="night", language=language).content


def test_the_spanish_letter_stays_as_it_was_read(golden: Callable[[str, str | bytes], None]) -> None:
    golden("notice/breach.es.txt", written("es", ".txt"))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_in_the_letter_is_only_a_text(text: str) -> None:
    hostile = CATALOG.replace("name: Ledger SIS", f"name: {quoted(text)}").replace(
        "state: NY", f"state: NY\n  policies: {{breach_policy: {quoted(text)}}}"
    )
    page = read_page(letter(hostile, ".html").content.decode())

    assert page.faults == []
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "img", "b", "iframe"})
