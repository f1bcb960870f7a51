"""The night of 7 January: a vendor writes that it was broken into, and the officer acts on it."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import DataflowsIn

CATALOG = """\
catalog: 1
district:
  id: elm
  name: Elm Valley Central Schools
  state: NY
  contacts: [{role: privacy_officer, title: Data Protection Officer, email: dpo@elm.example}]
schools:
  - {id: elm-high, name: Elm High, grades: 9-12, enrollment: 700}
  - {id: elm-elementary, name: Elm Elementary, grades: K-8, enrollment: 540}
vendors: [{id: sis-vendor, name: Ledger SIS}]
agreements:
  - id: sis-2015
    vendor: sis-vendor
    kind: dpa
    effective: 2015-08-01
    terms: {breach_notice_hours: 72, breach_starts: discovery}
flows:
  - id: sis
    to: sis-vendor
    elements: [name, home-address, date-of-birth, local-student-id]
    starts: 2015-08-01
    agreement: sis-2015
  - {id: sis-old, to: sis-vendor, elements: [ssn], starts: 2010-08-01, ends: 2021-06-30}
  - {id: sis-brief, to: sis-vendor, elements: [gender], starts: 2024-09-01, ends: 2024-12-22, retention_days: 0}
"""
NIGHT = [
    "breach",
    "sis-vendor",
    "--occurred",
    "2024-12-19..2024-12-28",
    "--vendor-discovered",
    "2024-12-28",
    "--vendor-notice",
    "2025-01-07T16:00",
    "--as-of",
    "2025-01-07",
]
A_YEAR_LATER = [word.replace("2025-", "2026-").replace("2024-", "2025-") for word in NIGHT]
HELD = """\
catalog: 1
district: {id: elm, name: Elm Valley Central Schools, state: NY}
incidents: [{id: sis-vendor-2025-01-07, party: sis-vendor, discovered: "2025-01-07T16:00", HERE}]
"""


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


def answer(folder: Path, dataflows_in: DataflowsIn, words: list[str]) -> dict[str, Any]:
    done = dataflows_in(folder, *words, "--format", "json")
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_exposed_is_what_was_there_on_any_day_since_the_intrusion_began(
    folder: Path, dataflows_in: DataflowsIn
) -> None:
    found = answer(folder, dataflows_in, NIGHT)

    assert found["occurred"] == ["2024-12-19", "2024-12-28"]
    assert found["elements"] == ["date-of-birth", "gender", "home-address", "local-student-id", "name", "ssn"]
    retained = {(row["element"], row["flow"], row["until"], row["last_given"]) for row in found["retained"]}
    assert retained == {
        ("ssn", "sis-old", None, "2021-06-30"),
        ("gender", "sis-brief", "2024-12-22", "2024-12-22"),
    }


def test_every_deadline_is_there_and_what_was_missed(folder: Path, dataflows_in: DataflowsIn) -> None:
    found = answer(folder, dataflows_in, NIGHT)

    rows = [(row["by"], row["due"], row["missed_by"], row["certain"]) for row in found["deadlines"]]
    assert rows == [
        ("vendor", "2024-12-31", 7, True),
        ("vendor", "2025-01-04", 3, True),
        ("district", "2025-01-17", None, True),
        ("district", "2025-03-08", None, True),
        ("district", None, None, False),
    ]
    assert "Homeland" not in json.dumps(found)


def test_a_year_later_the_newer_law_has_its_line(folder: Path, dataflows_in: DataflowsIn) -> None:
    found = answer(folder, dataflows_in, A_YEAR_LATER)

    [row] = [row for row in found["deadlines"] if "Homeland" in row["notify"]]
    assert (row["by"], row["due"], row["certain"]) == ("district", "2026-01-10T16:00", True)


def test_students_are_counted_and_former_ones_are_not_known_anywhere(folder: Path, dataflows_in: DataflowsIn) -> None:
    found = answer(folder, dataflows_in, NIGHT)
    table = dataflows_in(folder, *NIGHT, "-o", "sheet.html", "--incident-file", "incident.yaml")
    sheet = (folder / "sheet.html").read_text(encoding="utf-8")

    assert (found["students"], found["students_former"]) == (1240, None)
    assert re.search(r"Students now +1,240\n", table.stdout)
    assert re.search(r"Former students +not known\n", table.stdout)
    assert "Former students" in sheet
    assert "not known" in sheet
    assert not re.search("at most|up to 1,240", table.stdout + sheet)


def test_the_letter_is_a_draft_until_what_is_missing_is_known(folder: Path, dataflows_in: DataflowsIn) -> None:
    dataflows_in(folder, *NIGHT, "--incident-file", "incident.yaml")
    assert dataflows_in(folder, "apply", "incident.yaml").returncode == 0
    words = ("notice", "breach", "--incident", "sis-vendor-2025-01-07", "--language", "en", "--as-of", "2025-01-08")

    written = dataflows_in(folder, *words, "-o", "letter.docx")
    assert written.returncode == 0
    assert "DRAFT" in written.stderr
    assert zipfile.is_zipfile(folder / "letter.docx")
    draft = dataflows_in(folder, *words)
    assert draft.returncode == 0, draft.stderr
    assert "DRAFT" in draft.stdout
    assert "NOT KNOWN YET: number of records" in " ".join(draft.stdout.split())
    for said in (
        "from December 19, 2024 to December 28, 2024",
        "found this on December 28, 2024",
        "Your child’s Social Security number",
        "What is being done",
        "Whom to ask",
        "Data Protection Officer",
        "Text for the website",
    ):
        assert said in " ".join(draft.stdout.split())
    assert "at most" not in draft.stdout

    known = HELD.replace("HERE", "students_former: 3100")
    policy = "district: {id: elm, name: Elm Valley Central Schools, state: NY, policies: {breach_policy: We act.}}"
    known = re.sub(r"district: .*", policy, known)
    (folder / "known.yaml").write_text(known, encoding="utf-8", newline="\n")
    assert dataflows_in(folder, "apply", "known.yaml").returncode == 0
    letter = dataflows_in(folder, *words)
    assert "DRAFT" not in letter.stdout + letter.stderr
    assert "NOT KNOWN" not in letter.stdout
    assert "3,100" in letter.stdout


def test_what_was_told_late_stays_late_after_it_was_told(folder: Path, dataflows_in: DataflowsIn) -> None:
    dataflows_in(folder, *NIGHT, "--incident-file", "incident.yaml")
    dataflows_in(folder, "apply", "incident.yaml")
    due = dataflows_in(folder, "due", "--as-of", "2025-01-08", "--format", "json")
    assert [row["day"] for row in json.loads(due.stdout) if row["topic"] == "incident-clock"] == [
        "2025-01-17",
        "2025-03-08",
    ]

    told = HELD.replace("HERE", "closed: 2025-04-01, notices: [{to: the state, date: 2025-01-27, how: their form}]")
    (folder / "told.yaml").write_text(told, encoding="utf-8", newline="\n")
    assert dataflows_in(folder, "apply", "told.yaml").returncode == 0
    words = ["breach", "sis-vendor", "--incident", "sis-vendor-2025-01-07", "--as-of", "2025-05-01"]
    rows = {row["basis"]: row for row in answer(folder, dataflows_in, words)["deadlines"]}

    assert (rows["8 NYCRR 121.10(b)"]["told"], rows["8 NYCRR 121.10(b)"]["missed_by"]) == ("2025-01-27", 10)


def late_findings(folder: Path, dataflows_in: DataflowsIn, day: str) -> list[dict[str, Any]]:
    """Return what `audit` says of the state that was told late, on a day."""
    done = dataflows_in(folder, "audit", "--as-of", day, "--format", "json", "--fail-on", "never")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["findings"]
    cited = "8 NYCRR 121.10(b)"
    return [row for row in found if row["rule"] == "late-notice-to-state" and cited in row["citation"]]


def test_the_audit_says_what_was_told_late_while_it_is_open_and_after(folder: Path, dataflows_in: DataflowsIn) -> None:
    """The state had to know by 2025-01-17, and is told on 2025-01-27."""
    dataflows_in(folder, *NIGHT, "--incident-file", "incident.yaml")
    dataflows_in(folder, "apply", "incident.yaml")
    assert late_findings(folder, dataflows_in, "2025-01-17") == []
    [untold] = late_findings(folder, dataflows_in, "2025-01-20")
    assert (untold["severity"], "3 days later" in untold["message"]) == ("error", True)

    told = HELD.replace("HERE", "notices: [{to: the state, date: 2025-01-27, how: their form}]")
    (folder / "told.yaml").write_text(told, encoding="utf-8", newline="\n")
    assert dataflows_in(folder, "apply", "told.yaml").returncode == 0
    [late] = late_findings(folder, dataflows_in, "2025-01-28")
    assert "done 10 days late, on 2025-01-27" in late["message"]
    assert late["severity"] == "info"

    closed = HELD.replace("HERE", "closed: 2025-04-01")
    (folder / "closed.yaml").write_text(closed, encoding="utf-8", newline="\n")
    assert dataflows_in(folder, "apply", "closed.yaml").returncode == 0
    for day in ("2025-05-01", "2028-01-01"):
        [past] = late_findings(folder, dataflows_in, day)
        assert (past["severity"], past["message"]) == ("info", late["message"])
