"""`audit` and `rules` as a person types them: the first screen, exit codes, forms, files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import DataflowsIn

DAY = "2026-11-02"
WORDS = ("--as-of", DAY)


@pytest.fixture
def zoom(demo: Path) -> tuple[str, ...]:
    return ("--catalog", str(demo / "dataflows.db"), *WORDS)


@pytest.mark.parametrize(("fail_on", "code"), [("error", 1), ("warning", 1), ("info", 1), ("never", 0)])
def test_the_exit_code_is_what_was_asked_for(
    fail_on: str, code: int, zoom: tuple[str, ...], tmp_path: Path, dataflows_in: DataflowsIn
) -> None:
    assert dataflows_in(tmp_path, "audit", "--fail-on", fail_on, *zoom).returncode == code


def test_it_opens_with_what_to_do_and_who_must_do_it(
    zoom: tuple[str, ...], tmp_path: Path, dataflows_in: DataflowsIn
) -> None:
    done = dataflows_in(tmp_path, "audit", *zoom)
    first = done.stdout.splitlines()

    assert first[0].startswith(f"Montgomery County Public Schools, on {DAY}: ")
    assert "We:" in first
    assert len([line for line in first if line.endswith("]")]) <= 10
    assert "dataflows audit --all" in first[-1]
    assert done.stderr == ""


def test_all_findings_come_with_their_law_and_effect(
    zoom: tuple[str, ...], tmp_path: Path, dataflows_in: DataflowsIn
) -> None:
    for group in ("cure", "vendor", "citation", "rule"):
        shown = dataflows_in(tmp_path, "audit", "--all", "--group", group, *zoom).stdout

        assert "AGR-018 unsigned-agreement" in shown
        assert "34 CFR 99.7(a)(1)" in shown
        assert "3,736 students; since 2020-03-30" in shown


def test_the_suffix_of_the_file_says_the_form(zoom: tuple[str, ...], tmp_path: Path, dataflows_in: DataflowsIn) -> None:
    for name in ("a.json", "a.csv", "a.sarif", "a.html"):
        assert dataflows_in(tmp_path, "audit", "-o", name, *zoom).returncode == 1
    refused = dataflows_in(tmp_path, "audit", "-o", "a.pdf", *zoom)

    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["as_of"] == DAY
    assert json.loads((tmp_path / "a.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").startswith("severity,rule,")
    assert (refused.returncode, "can't be written as 'pdf'" in refused.stderr) == (2, True)
    assert not (tmp_path / "a.pdf").exists()


def test_rules_lists_explains_and_offers_the_nearest(tmp_path: Path, dataflows_in: DataflowsIn) -> None:
    listed = dataflows_in(tmp_path, "rules", *WORDS)
    by_code = dataflows_in(tmp_path, "rules", "agr-009")
    misspelt = dataflows_in(tmp_path, "rules", "lapsed-agrement")

    assert "AGR-009  lapsed-agreement" in listed.stdout
    assert by_code.stdout == dataflows_in(tmp_path, "rules", "lapsed-agreement").stdout
    assert "Fails:" in by_code.stdout
    assert (misspelt.returncode, "Did you mean 'lapsed-agreement'?" in misspelt.stderr) == (2, True)


def test_the_law_of_another_day_is_another_law(tmp_path: Path, dataflows_in: DataflowsIn) -> None:
    def law(day: str) -> set[str]:
        done = dataflows_in(tmp_path, "rules", "--law", "--as-of", day, "--format", "json")
        return {row["citation"] for row in json.loads(done.stdout)}

    assert "34 CFR 99.31(a)(1)(i)(B)" in law("2010-01-01")
    assert "34 CFR 99.31(a)(1)(i)(B)" not in law("2008-01-01")
    assert "no-written-retention-policy" not in dataflows_in(tmp_path, "rules", "--as-of", "2026-04-21").stdout
    assert "no-written-retention-policy" in dataflows_in(tmp_path, "rules", "--as-of", "2026-04-22").stdout
