"""`breach` in a terminal: its forms, its files, and a sentence where something can't be."""

from __future__ import annotations

import csv
import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.cli.test_json_shapes import faults_of
from tests.notices import read_page

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import DataflowsIn

CATALOG = """\
catalog: 1
district: {id: oak, name: Oak County Schools, state: PA}
schools: [{id: high, name: Oak High, grades: 9-12, enrollment: 700}]
vendors: [{id: mathly, name: "Mathly | <b>Co</b>"}, {id: cloud, name: Cloud}]
agreements: [{id: a, vendor: mathly, kind: dpa, terms: {breach_notice_hours: 72, breach_starts: confirmation}}]
flows:
  - {id: f, to: mathly, elements: [name, ssn], starts: 2020-07-01, agreement: a}
  - {id: g, from: mathly, to: cloud, elements: [ssn], starts: 2021-07-01, ends: 2022-06-30, legal_basis: 99.33(b)}
"""
WORDS = ("breach", "mathly", "--occurred", "2026-08-20..2026-09-01", "--as-of", "2026-09-15")


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory, dataflows_in: DataflowsIn) -> Path:
    """Give a catalog that each test copies."""
    place = tmp_path_factory.mktemp("catalog")
    (place / "catalog.yaml").write_text(CATALOG, encoding="utf-8", newline="\n")
    for words in (("init",), ("apply", "catalog.yaml")):
        done = dataflows_in(place, *words)
        assert done.returncode == 0, done.stderr
    return place / "dataflows.db"


@pytest.fixture
def folder(catalog: Path, tmp_path: Path) -> Path:
    shutil.copy(catalog, tmp_path)
    return tmp_path


def test_the_json_keeps_to_its_shape(folder: Path, dataflows_in: DataflowsIn) -> None:
    done = dataflows_in(folder, *WORDS, "--determined", "2026-09-02", "--format", "json")

    assert done.returncode == 0, done.stderr
    assert faults_of("breach", done.stdout) == []
    answer = json.loads(done.stdout)
    assert answer["parties"] == ["cloud"]
    assert answer["students"] == 700
    assert {row["due"] for row in answer["deadlines"] if row["notify"].startswith("the district attorney")} == {
        "2026-09-08"
    }


def test_the_table_says_what_is_uncertain_and_which_holidays_were_left_out(
    folder: Path, dataflows_in: DataflowsIn
) -> None:
    done = dataflows_in(folder, *WORDS, "--determined", "2026-09-02")

    assert done.returncode == 0
    assert "Labor Day (2026-09-07)" in done.stdout
    assert "without federal holidays; the state's own are not known" in done.stdout
    assert "Former students   not known" in done.stdout
    assert "at most" not in done.stdout


def test_nothing_is_certain_of_a_clock_whose_start_is_not_known(folder: Path, dataflows_in: DataflowsIn) -> None:
    done = dataflows_in(folder, *WORDS, "--format", "json")
    rows = json.loads(done.stdout)["deadlines"]

    assert {row["due"] for row in rows} == {None}
    assert {row["missed_by"] for row in rows} == {None}


@pytest.fixture
def in_new_york(tmp_path: Path, dataflows_in: DataflowsIn) -> Path:
    (tmp_path / "catalog.yaml").write_text(CATALOG.replace("state: PA", "state: NY"), encoding="utf-8", newline="\n")
    for words in (("init",), ("apply", "catalog.yaml")):
        assert dataflows_in(tmp_path, *words).returncode == 0
    return tmp_path


def test_what_a_ransom_makes_due_is_said_before_and_counted_after_it_is_paid(
    in_new_york: Path, dataflows_in: DataflowsIn
) -> None:
    before = dataflows_in(in_new_york, *WORDS)
    after = dataflows_in(in_new_york, *WORDS, "--ransom-paid", "2026-09-10T16:00", "--format", "json")
    page = dataflows_in(in_new_york, *WORDS, "--format", "html")

    assert "within 24 hours, counted from the payment" in before.stdout
    assert "(if a ransom is paid)" in before.stdout
    assert "--ransom-paid" in before.stdout
    assert faults_of("breach", after.stdout) == []
    rows = [row for row in json.loads(after.stdout)["deadlines"] if row["starts_from"] == "ransom_paid"]
    assert {row["due"] for row in rows} == {"2026-09-11T16:00", "2026-10-10"}
    assert json.loads(after.stdout)["conditional_deadlines"] == []
    waiting = json.loads(dataflows_in(in_new_york, *WORDS, "--format", "json").stdout)
    assert {row["starts_from"] for row in waiting["conditional_deadlines"]} == {"ransom_paid"}
    assert "ransom_paid" not in {row["starts_from"] for row in waiting["deadlines"]}
    assert {row["basis"] for row in rows} == {"N.Y. Gen. Mun. Law 995-c"}
    assert "within 30 calendar days, counted from the payment" in page.stdout
    assert "if a ransom is paid" in page.stdout


def test_what_a_state_says_of_paying_a_ransom_is_told(tmp_path: Path, dataflows_in: DataflowsIn) -> None:
    (tmp_path / "catalog.yaml").write_text(CATALOG.replace("state: PA", "state: NC"), encoding="utf-8", newline="\n")
    for words in (("init",), ("apply", "catalog.yaml")):
        assert dataflows_in(tmp_path, *words).returncode == 0

    assert (
        "may neither pay a ransom nor talk with the attacker. (G.S. 143-800)" in dataflows_in(tmp_path, *WORDS).stdout
    )


def test_the_deadlines_can_be_had_as_csv(folder: Path, dataflows_in: DataflowsIn) -> None:
    done = dataflows_in(folder, *WORDS, "--determined", "2026-09-02", "--format", "csv")

    head, *rows = csv.DictReader(done.stdout.splitlines()).fieldnames or (), *csv.DictReader(done.stdout.splitlines())
    assert {"by", "notify", "due", "missed_by"} <= set(head)
    assert {row["due"] for row in rows} >= {"2026-09-08", "2026-09-14"}


@pytest.mark.parametrize("form", ["html", "md", "txt"])
def test_the_sheet_is_written_in_each_form(folder: Path, dataflows_in: DataflowsIn, form: str) -> None:
    done = dataflows_in(folder, *WORDS, "-o", f"sheet.{form}")

    assert done.returncode == 0, done.stderr
    text = (folder / f"sheet.{form}").read_text(encoding="utf-8")
    assert "not known" in text
    assert "<b>Co</b>" not in text or form == "txt"


def test_the_page_is_whole(folder: Path, dataflows_in: DataflowsIn) -> None:
    done = dataflows_in(folder, *WORDS, "--determined", "2026-09-02", "--format", "html")

    page = read_page(done.stdout)
    assert page.faults == []
    assert {"Incident", "700"} <= set(page.words)


def test_the_incident_file_can_be_planned_and_changes_nothing_twice(folder: Path, dataflows_in: DataflowsIn) -> None:
    dataflows_in(folder, *WORDS, "--vendor-notice", "2026-09-04T15:30", "--incident-file", "incident.yaml")

    first = dataflows_in(folder, "apply", "incident.yaml")
    again = dataflows_in(folder, "plan", "incident.yaml")
    assert first.returncode == 0, first.stderr
    assert "1 to add" in first.stdout
    assert "No changes." in again.stdout
    asked = dataflows_in(folder, "breach", "mathly", "--as-of", "2026-09-16", "--format", "json")
    assert json.loads(asked.stdout)["occurred"] == ["2026-08-20", "2026-09-01"]
    assert "taken from the incident mathly-2026-09-04" in asked.stderr


def test_due_lists_the_clocks_of_an_open_incident_until_it_is_closed(folder: Path, dataflows_in: DataflowsIn) -> None:
    incident = """\
catalog: 1
district: {id: oak, name: Oak County Schools, state: PA}
incidents:
  - id: i
    party: mathly
    occurred_from: 2026-08-20
    discovered: 2026-09-01
    determined: 2026-09-02
    closed: 2026-09-20
"""
    (folder / "incident.yaml").write_text(incident, encoding="utf-8", newline="\n")
    dataflows_in(folder, "apply", "incident.yaml")

    found = dataflows_in(folder, "due", "--as-of", "2026-09-15", "--format", "json")
    clocks = [row for row in json.loads(found.stdout) if row["topic"] == "incident-clock"]
    assert [(row["day"], row["citation"], row["overdue"]) for row in clocks] == [
        ("2026-09-05", "agreement a", True),
        ("2026-09-08", "73 P.S. 2303", True),
        ("2026-09-14", "73 P.S. 2303", True),
        ("2026-09-14", "73 P.S. 2303", True),
    ]
    later = dataflows_in(folder, "due", "--as-of", "2026-09-20", "--format", "json")
    assert "incident-clock" not in later.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("breach", "mathy"), "Did you mean 'mathly'"),
        (("breach", "mathly", "--occurred", "2026-08-20-2026-09-01"), "2024-12-19..2024-12-28"),
        (("breach", "mathly", "--occurred", "2026-08-20.."), "2024-12-19..2024-12-28"),
        (("breach", "mathly", "--vendor-notice", "yesterday"), "2025-01-07T16:00"),
        (("breach", "mathly", "--occurred", "2026-08-20..2026-10-01"), "later --as-of"),
        (("breach", "mathly", "-o", "sheet.doc"), "a name that ends in one of: .html"),
        (("breach", "mathly", "--incident-file", "i.csv"), ".yaml, .yml, .json"),
        (("notice", "breach"), "--incident ID"),
        (("notice", "breach", "--incident", "nothing"), "no incident called 'nothing'"),
        (("notice", "annual", "--incident", "i"), "Leave out --incident"),
    ],
)
def test_words_that_do_not_fit_are_answered_with_what_would(
    folder: Path, dataflows_in: DataflowsIn, words: tuple[str, ...], message: str
) -> None:
    done = dataflows_in(folder, *words, "--as-of", "2026-09-15")

    assert done.returncode == 2
    assert message in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_when_somebody_was_told_stands_in_the_table_and_every_clock_in_the_csv(
    in_new_york: Path, dataflows_in: DataflowsIn
) -> None:
    table, sheet = (dataflows_in(in_new_york, *WORDS, "--format", form).stdout for form in ("table", "csv"))

    assert re.search(r"DUE +MISSED +TOLD +BY", table)
    assert sheet.count("ransom_paid") == 2


def test_a_moment_from_which_no_law_counts_is_said_and_a_time_zone_is_refused(
    in_new_york: Path, dataflows_in: DataflowsIn
) -> None:
    said = dataflows_in(in_new_york, *WORDS, "--device-reached", "2026-09-02").stdout
    refused = dataflows_in(in_new_york, *WORDS, "--ransom-paid", "2026-09-02T08:00+05:00")

    assert "No law of NY that is on file here and held on that day counts from --device-reached." in said
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "names a time zone. Write the district's own time: 2025-01-07T16:00." in refused.stderr
