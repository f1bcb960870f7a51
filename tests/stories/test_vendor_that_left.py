"""The vendor that left and kept the data: nobody looked, and a parent finds it on the list all the same."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import DataflowsIn

CATALOG = """\
catalog: 1
district: {id: prairie, name: Prairie View Schools, state: IL}
vendors:
  - {id: ratewell, name: Ratewell}
  - {id: mathly, name: Mathly}
agreements:
  - {id: ratewell-2015, vendor: ratewell, kind: dpa, expires: 2019-06-30, terms: {deletion_days: 60}}
flows:
  - id: ratings
    to: ratewell
    elements: [name, date-of-birth, state-student-id]
    purpose: Teacher evaluation
    agreement: ratewell-2015
    starts: 2015-08-01
    ends: 2019-06-30
  - {id: practice, to: mathly, elements: [name], purpose: Practice, starts: 2018-08-01}
"""
DESTROYED = """\
catalog: 1
district: {id: prairie, name: Prairie View Schools, state: IL}
flows:
  - id: ratings
    destroyed: 2022-06-10
    sources: [{title: Certificate of destruction, seen: 2022-06-12}]
"""
HEADING = "## No longer used; may still hold data"


@pytest.fixture
def folder(tmp_path: Path, dataflows_in: DataflowsIn) -> Path:
    (tmp_path / "prairie.yaml").write_text(CATALOG, encoding="utf-8", newline="\n")
    (tmp_path / "destroyed.yaml").write_text(DESTROYED, encoding="utf-8", newline="\n")
    assert dataflows_in(tmp_path, "init").returncode == 0
    assert dataflows_in(tmp_path, "apply", "prairie.yaml").returncode == 0
    return tmp_path


def ask(folder: Path, dataflows_in: DataflowsIn, words: str) -> str:
    done = dataflows_in(folder, *words.split())
    assert done.returncode == 0, done.stderr
    return done.stdout


def disclosures(folder: Path, dataflows_in: DataflowsIn, day: str) -> str:
    return ask(folder, dataflows_in, f"notice disclosures --format md --as-of {day}")


def test_holds_shows_it_as_retaining_without_an_end(folder: Path, dataflows_in: DataflowsIn) -> None:
    answer = json.loads(ask(folder, dataflows_in, "holds state-student-id --as-of 2022-05-20 --format json"))

    assert answer["holders"] == []
    assert [(row["party"], row["until"]) for row in answer["retained"]] == [("ratewell", None)]


def test_the_disclosures_list_it_under_a_heading_of_its_own(folder: Path, dataflows_in: DataflowsIn) -> None:
    text = disclosures(folder, dataflows_in, "2022-05-20")
    before, left = text.split(HEADING + "\n")
    left = left.split("\n## ")[0]

    assert "### Mathly" in before
    assert "### Ratewell" not in before
    assert "### Mathly" not in left
    for words in ("### Ratewell", "name", "date of birth", "state ID number", "June 30, 2019", "August 29, 2019"):
        assert words in left


def soppa(folder: Path, dataflows_in: DataflowsIn, day: str) -> str:
    done = dataflows_in(folder, "notice", "il-soppa", "--format", "md", "--as-of", day)
    assert done.returncode == 1, "addresses and the parents' procedures are missing"
    return done.stdout


def test_illinoiss_posting_lists_it_under_that_heading_too(folder: Path, dataflows_in: DataflowsIn) -> None:
    text = soppa(folder, dataflows_in, "2022-05-20")
    before, left = text.split(HEADING + "\n")
    left = left.split("\n## ")[0]

    assert "### Mathly" in before
    assert "### Ratewell" not in before
    assert "### Mathly" not in left
    for words in ("### Ratewell", "name", "date of birth", "state ID number", "June 30, 2019", "August 29, 2019"):
        assert words in left


def test_from_the_day_of_its_destruction_on_it_is_in_neither(folder: Path, dataflows_in: DataflowsIn) -> None:
    ask(folder, dataflows_in, "apply destroyed.yaml")

    assert "### Ratewell" in disclosures(folder, dataflows_in, "2022-06-01")
    assert "Ratewell" not in disclosures(folder, dataflows_in, "2022-07-01")
    assert "### Ratewell" in soppa(folder, dataflows_in, "2022-06-01")
    assert "Ratewell" not in soppa(folder, dataflows_in, "2022-07-01")
    later = json.loads(ask(folder, dataflows_in, "holds state-student-id --as-of 2022-07-01 --format json"))
    assert later["retained"] == []


def test_the_portal_lists_it_until_that_day_and_no_file_of_it_names_it_after(
    folder: Path, dataflows_in: DataflowsIn
) -> None:
    ask(folder, dataflows_in, "apply destroyed.yaml")
    for day in ("2022-06-01", "2022-07-01"):
        ask(folder, dataflows_in, f"portal {day} --as-of {day}")
    named = {
        day: [path for path in (folder / day).rglob("*") if path.is_file() and b"Ratewell" in path.read_bytes()]
        for day in ("2022-06-01", "2022-07-01")
    }

    assert any(path.suffix == ".html" for path in named["2022-06-01"])
    assert named["2022-07-01"] == []


def kept(folder: Path, dataflows_in: DataflowsIn, day: str) -> list[dict[str, Any]]:
    words = f"audit --as-of {day} --format json --fail-on never"
    found = json.loads(ask(folder, dataflows_in, words))["findings"]
    return [row for row in found if row["rule"] == "undeleted-after-end"]


def test_the_audit_names_vendor_and_agreement_and_the_day_it_was_due(folder: Path, dataflows_in: DataflowsIn) -> None:
    assert kept(folder, dataflows_in, "2019-08-29") == []
    [found] = kept(folder, dataflows_in, "2022-05-20")

    assert found["subject"] == {"kind": "flow", "id": "ratings"}
    assert set(found["elements"]) == {"date-of-birth", "name", "state-student-id"}
    for words in ("Ratewell", "ratewell-2015", "2019-08-29"):
        assert words in found["message"]


def test_the_audit_stops_on_the_day_of_the_certificate(folder: Path, dataflows_in: DataflowsIn) -> None:
    ask(folder, dataflows_in, "apply destroyed.yaml")

    assert len(kept(folder, dataflows_in, "2022-06-01")) == 1
    assert kept(folder, dataflows_in, "2022-07-01") == []
