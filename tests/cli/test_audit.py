"""`audit` and `rules` as a person types them: the first screen, exit codes, forms, files."""

from __future__ import annotations

import json
from hashlib import sha256
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


OAK = "catalog: 1\ndistrict: {id: oak, name: Oak County Schools, state: MD}\nvendors: [{id: mathly, name: Mathly}]\n"


def test_a_comparison_says_what_was_closed_stayed_and_came(tmp_path: Path, dataflows_in: DataflowsIn) -> None:
    before = f"{OAK}flows: [{{id: f, to: mathly, elements: [email]}}]\n"
    (tmp_path / "a.yaml").write_text(before, encoding="utf-8")
    first, second = "{id: f, to: mathly, elements: [email], purpose: Math}", "{id: g, to: mathly, elements: [ssn]}"
    now = f"{OAK}flows: [{first}, {second}]\n"
    (tmp_path / "b.yaml").write_text(now, encoding="utf-8")
    for name, epoch in (("a", "1767268800"), ("b", "1769947200")):
        environment = {"SOURCE_DATE_EPOCH": epoch, "TZ": "UTC"}
        dataflows_in(tmp_path, "init", environment=environment)
        assert dataflows_in(tmp_path, "apply", f"{name}.yaml", environment=environment).returncode == 0
    words = ("audit", "--compare", "2026-01-15", "--as-of", "2026-02-15", "--format", "json")
    done = dataflows_in(tmp_path, *words, environment={"TZ": "UTC"})
    found = json.loads(done.stdout)
    pairs = {name: {(f["rule"], f["subject"]["id"]) for f in found[name]} for name in ("closed", "stayed", "came")}

    assert ("purpose-missing", "f") in pairs["closed"]
    assert ("missing-legal-basis", "f") in pairs["stayed"]
    assert ("ssn-shared", "g") in pairs["came"]


def test_a_pack_is_whole_and_the_same_seed_marks_the_same_flows(
    zoom: tuple[str, ...], tmp_path: Path, dataflows_in: DataflowsIn
) -> None:
    for name in ("one", "two"):
        dataflows_in(tmp_path, "audit", "--pack", name, "--sample", "3", "--seed", "7", *zoom)
    again = dataflows_in(tmp_path, "audit", "--pack", "one", *zoom)
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    sums = dict(
        line.split("  ")[::-1] for line in (tmp_path / "one/SHA256SUMS").read_text(encoding="utf-8").splitlines()
    )

    assert {"audit.html", "findings.csv", "flows.csv", "log.csv", "sample.csv", "vendors.csv", "waivers.csv"} <= {
        *names
    }
    assert {*sums} == {*names} - {"SHA256SUMS"}
    for name in names:
        content = (tmp_path / "one" / name).read_bytes()
        assert content == (tmp_path / "two" / name).read_bytes()
        assert name == "SHA256SUMS" or sha256(content).hexdigest() == sums[name]
    assert len((tmp_path / "one/sample.csv").read_text(encoding="utf-8").splitlines()) == 4
    assert "sha256:" in (tmp_path / "one/audit.html").read_text(encoding="utf-8")
    assert (again.returncode, "is not empty" in again.stderr) == (2, True)
