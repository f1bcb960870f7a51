"""`audit` and `rules` as a person types them: the first screen, exit codes, forms, files."""

from __future__ import annotations

import csv
import io
import json
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from dataflows.model.lists import IN_JOURNAL

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


def test_a_comparison_with_a_day_before_the_log_judges_it_by_what_is_known_now_and_says_so(
    tmp_path: Path, dataflows_in: DataflowsIn
) -> None:
    flows = """flows:
  - {id: f, to: mathly, elements: [email], starts: 2025-08-01, ends: 2025-12-31}
  - {id: g, to: mathly, elements: [ssn], starts: 2026-02-01}
"""
    (tmp_path / "a.yaml").write_text(OAK + flows, encoding="utf-8")
    environment = {"SOURCE_DATE_EPOCH": "1772600000", "TZ": "UTC"}  # 2026-03-04
    dataflows_in(tmp_path, "init", environment=environment)
    dataflows_in(tmp_path, "apply", "a.yaml", environment=environment)
    words = ("audit", "--compare", "2025-10-01", "--as-of", "2026-02-15")
    told = "The log begins on 2026-03-04, so what was known on 2025-10-01 is not on record"
    done = dataflows_in(tmp_path, *words, "--format", "json")
    found = json.loads(done.stdout)
    page = dataflows_in(tmp_path, *words, "--format", "html").stdout
    later = dataflows_in(tmp_path, "audit", "--compare", "2026-03-04", "--as-of", "2026-03-10", "--format", "json")

    assert found["log_begins"] == "2026-03-04"
    assert "ssn-shared" in {f["rule"] for f in found["came"]}
    assert "f" in {f["subject"]["id"] for f in found["closed"]}
    assert told in " ".join(done.stderr.split())
    assert told in " ".join(page.split())
    assert told in " ".join(dataflows_in(tmp_path, *words).stdout.split())
    assert json.loads(later.stdout)["log_begins"] is None


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a sheet of a pack."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


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

    assert {"audit.html", "findings.csv", "log.csv", "rules.csv", "sample.csv"} <= {*names}
    assert {f"{spec}.csv" for spec in IN_JOURNAL} <= {*names}
    assert {*sums} == {*names} - {"SHA256SUMS"}
    for name in names:
        content = (tmp_path / "one" / name).read_bytes()
        assert content == (tmp_path / "two" / name).read_bytes()
        assert name == "SHA256SUMS" or sha256(content).hexdigest() == sums[name]
    drawn = {row["flow"] for row in rows_of(tmp_path / "one/sample.csv")}
    flows = [row["id"] for row in rows_of(tmp_path / "one/flows.csv")]
    assert drawn == set(sorted(flows, key=lambda id: sha256(f"7:{id}".encode()).hexdigest())[:3])
    assert (again.returncode, "is not empty" in again.stderr) == (2, True)


def test_a_pack_has_the_place_of_each_finding(zoom: tuple[str, ...], tmp_path: Path, dataflows_in: DataflowsIn) -> None:
    dataflows_in(tmp_path, "audit", "--pack", "pack", *zoom)
    page = (tmp_path / "pack/audit.html").read_text(encoding="utf-8")
    [entry] = rows_of(tmp_path / "pack/log.csv")
    rules = {row["rule"] for row in rows_of(tmp_path / "pack/rules.csv")}

    for row in rows_of(tmp_path / "pack/findings.csv"):
        record = rows_of(tmp_path / "pack" / row["file"])[int(row["row"]) - 2]
        assert record.get("id", record.get("role")) == row["id"]
        assert (row["entry"], row["recorded_at"], row["recorded_by"]) == (entry["entry"], entry["at"], entry["by"])
        assert row["rule"] in rules
    assert entry["digest"] in page
    assert "compared with no outside list" in page
    assert "Letter to parents" in " ".join(row["sources"] for row in rows_of(tmp_path / "pack/findings.csv"))


def test_a_pack_with_fewer_flows_than_asked_for_marks_them_all(tmp_path: Path, dataflows_in: DataflowsIn) -> None:
    flows = ", ".join(f"{{id: f{number}, to: mathly, elements: [email]}}" for number in range(3))
    (tmp_path / "a.yaml").write_text(f"{OAK}flows: [{flows}]\n", encoding="utf-8")
    dataflows_in(tmp_path, "init")
    dataflows_in(tmp_path, "apply", "a.yaml")
    dataflows_in(tmp_path, "audit", "--pack", "pack", "--sample", "25", "--seed", "7")

    assert [row["flow"] for row in rows_of(tmp_path / "pack/sample.csv")] == ["f0", "f1", "f2"]


def test_a_pack_as_known_then_has_the_lists_and_the_log_of_then(tmp_path: Path, dataflows_in: DataflowsIn) -> None:
    for number, epoch in ((1, "1767268800"), (2, "1769947200")):
        text = f"{OAK}flows: [{{id: f{number}, to: mathly, elements: [email]}}]\n"
        (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
        environment = {"SOURCE_DATE_EPOCH": epoch, "TZ": "UTC"}
        dataflows_in(tmp_path, "init", environment=environment)
        dataflows_in(tmp_path, "apply", "a.yaml", "--by", f"Officer {number}", environment=environment)
    for name, words in (("then", ("--known-at", "2026-01-15")), ("now", ())):
        done = dataflows_in(
            tmp_path, "audit", "--pack", name, "--as-of", "2026-03-01", *words, environment={"TZ": "UTC"}
        )
        assert done.returncode == 1, done.stderr
    found = {
        name: {row["recorded_by"] for row in rows_of(tmp_path / name / "findings.csv") if row["kind"] == "flow"}
        for name in ("then", "now")
    }

    assert [row["id"] for row in rows_of(tmp_path / "then/flows.csv")] == ["f1"]
    assert [row["entry"] for row in rows_of(tmp_path / "then/log.csv")] == ["1"]
    assert [row["entry"] for row in rows_of(tmp_path / "now/log.csv")] == ["2", "1"]
    assert found == {"then": {"Officer 1"}, "now": {"Officer 1", "Officer 2"}}


APPS = """\
application,host,school,users,e-mail
Mathly,us02.mathly.com,Oak High,412,ann@pupil.example
Kahoot!,play.kahoot.it,Oak High,230,bob@pupil.example
Kahoot!,kahoot.com,Elm Elementary,88,cem@pupil.example
"""


def test_a_pack_says_what_the_catalog_was_compared_with_and_when(tmp_path: Path, dataflows_in: DataflowsIn) -> None:
    """STORIES.md 5: the auditor's first question is whether the list is complete."""
    vendors = "[{id: mathly, name: Mathly, domains: [mathly.com]}, {id: lexia, name: Lexia}]"
    (tmp_path / "a.yaml").write_text(f"{OAK.partition('vendors')[0]}vendors: {vendors}\n", encoding="utf-8")
    (tmp_path / "apps.csv").write_text(APPS, encoding="utf-8")
    dataflows_in(tmp_path, "init")
    dataflows_in(tmp_path, "apply", "a.yaml")
    environment = {"SOURCE_DATE_EPOCH": "1769947200"}
    words = ("audit", "--pack", "pack", "--compared-with", "apps.csv", "--as-of", "2026-01-15")
    done = dataflows_in(tmp_path, *words, environment=environment)
    found = {(row["where"], row["name_on_list"], row["vendor"]) for row in rows_of(tmp_path / "pack/comparison.csv")}
    page = " ".join((tmp_path / "pack/audit.html").read_text(encoding="utf-8").split())

    assert done.returncode == 1, done.stderr
    assert found == {("both", "Mathly", "mathly"), ("list only", "Kahoot!", ""), ("catalog only", "", "lexia")}
    assert "compared with a list from outside on 2026-02-01: apps.csv, 3 rows" in page
    assert sha256((tmp_path / "apps.csv").read_bytes()).hexdigest() in page
    assert not [path for path in (tmp_path / "pack").iterdir() if b"pupil.example" in path.read_bytes()]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--sample 3", "Say where to with --pack"),
        ("--compared-with apps.csv", "Say where to with --pack"),
        ("--pack new --seed 3", "Say how many with --sample"),
        ("--pack new --sample 0", "0 is not in the range"),
        ("--pack new --format json", "Leave --format out"),
        ("--pack new -o a.html", "Leave -o out"),
        ("--pack new --all", "Leave --all out"),
        ("--pack new --compare 2026-01-01", "Compare in a run of its own"),
        ("--pack new --compared-with absent.csv", "There is no such file"),
        ("--pack new --compared-with pupils.csv", "looks like a list of students"),
        ("--pack pupils.csv", "can't be made"),
        ("--pack new --known-at 1999-01-01", "Nothing was known"),
        ("--compare 2027-01-01", "an earlier day than the one asked about"),
        ("--compare 2026-01-01 --all", "Leave --all out"),
        ("--compare 1998-01-01 --known-at 1999-01-01", "Nothing was known"),
        ("--group vendor", "Add one of them"),
        ("--group vendor --format csv", "Add one of them"),
        ("--compare 2026-01-01 --group vendor", "Leave --group out"),
        ("-o report", "Add .json, .csv, .sarif or .html"),
    ],
)
def test_options_that_mean_nothing_together_are_refused_and_nothing_is_written(
    words: str, said: str, zoom: tuple[str, ...], tmp_path: Path, dataflows_in: DataflowsIn
) -> None:
    (tmp_path / "pupils.csv").write_text(
        "First name,Last name,Birth date,Grade\nA,B,2010-01-02,3\nC,D,2011-01-02,4\nE,F,2011-03-02,4\n",
        encoding="utf-8",
    )
    (tmp_path / "apps.csv").write_text(APPS, encoding="utf-8")
    before = sorted(tmp_path.iterdir())

    done = dataflows_in(tmp_path, "audit", *words.split(), *zoom)

    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(tmp_path.iterdir()) == before


def test_a_comparison_comes_in_every_form_and_knows_waivers(tmp_path: Path, dataflows_in: DataflowsIn) -> None:
    """A finding that was waived meanwhile stayed, says so, and is not in the exit code."""
    bare = "[{id: f, to: mathly, elements: [email], purpose: Math, legal_basis: not-education-record}]"
    waiver = "{rule: education-record-disowned, subject: f, by: Counsel, why: Under way, until: 2026-12-31}"
    for text, epoch in ((f"flows: {bare}\n", "1767268800"), (f"waivers: [{waiver}]\n", "1769947200")):
        (tmp_path / "a.yaml").write_text(f"{OAK}{text}", encoding="utf-8")
        environment = {"SOURCE_DATE_EPOCH": epoch, "TZ": "UTC"}
        dataflows_in(tmp_path, "init", environment=environment)
        dataflows_in(tmp_path, "apply", "a.yaml", environment=environment)
    words = ("audit", "--compare", "2026-01-15", "--as-of", "2026-02-15")
    made = {}
    for format_ in ("json", "csv", "sarif", "html", "table"):
        done = dataflows_in(tmp_path, *words, "--format", format_, environment={"TZ": "UTC"})
        assert done.returncode == 1, done.stderr
        made[format_] = done.stdout
    found = json.loads(made["json"])
    [stayed] = [row for row in found["stayed"] if row["rule"] == "education-record-disowned"]
    rows = list(csv.DictReader(io.StringIO(made["csv"])))
    states = {row["ruleId"]: row["baselineState"] for row in json.loads(made["sarif"])["runs"][0]["results"]}
    counts = {state: len(found[state]) for state in ("closed", "came", "stayed")}

    assert (stayed["waived"], found["summary"]["waived"]) == (True, 1)
    assert found["summary"] == {**counts, "waived": 1}
    assert len(rows) == sum(counts.values())
    assert [row["waived_by"] for row in rows if row["rule"] == "education-record-disowned"] == ["Counsel"]
    assert states["education-record-disowned"] == "unchanged"
    assert "waived until 2026-12-31" in made["table"]
    assert made["html"].count("<article") == len(rows)
    assert dataflows_in(tmp_path, *words, "-o", "c.html", environment={"TZ": "UTC"}).returncode == 1
    assert (tmp_path / "c.html").read_text(encoding="utf-8") == made["html"]
