"""`notice KIND --every-district`: one document for each district of a catalog in one run, whole or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from tests.conftest import DataflowsIn

POLICIES = """\
    inspection_procedure: "Write to the principal. Say which records you want to see."
    amendment_procedure: "Write to the principal. Say which part is wrong and why."
    school_official_criteria: "A school official is a teacher, a principal, or a company that works for us."
    legitimate_educational_interest: "An official has one if he or she needs to review a record to do the job."
"""
DAY = ("--as-of", "2026-09-01")


def district(id: str, state: str = "IL", policies: str = POLICIES, rest: str = "") -> str:
    head = f"catalog: 1\ndistrict:\n  id: {id}\n  name: {id.title()} Schools\n  state: {state}\n"
    return head + (f"  policies:\n{policies}" if policies else "") + rest


@pytest.fixture
def folder(tmp_path: Path, dataflows_in: DataflowsIn) -> Path:
    """A catalog of three districts, two of Illinois and one of Ohio with elementary schools only."""
    (tmp_path / "elm.yaml").write_text(district("elm"), encoding="utf-8")
    (tmp_path / "oak.yaml").write_text(district("oak"), encoding="utf-8")
    schools = "schools: [{id: one, name: One, grades: K-5}]\n"
    (tmp_path / "yew.yaml").write_text(district("yew", "OH", rest=schools), encoding="utf-8")
    assert dataflows_in(tmp_path, "init").returncode == 0
    for name in ("elm", "oak", "yew"):
        assert dataflows_in(tmp_path, "apply", f"{name}.yaml").returncode == 0
    return tmp_path


@pytest.fixture
def write(folder: Path, dataflows_in: DataflowsIn) -> Write:
    def run(kind: str, *words: str) -> subprocess.CompletedProcess[str]:
        return dataflows_in(folder, "notice", kind, "--every-district", "-o", "out", *DAY, *words)

    return run


if TYPE_CHECKING:
    from collections.abc import Callable

    Write = Callable[..., subprocess.CompletedProcess[str]]


def names(folder: Path) -> list[str]:
    out = folder / "out"
    return sorted(path.name for path in out.iterdir()) if out.exists() else []


def test_each_district_gets_its_own_and_a_second_run_changes_nothing(folder: Path, write: Write) -> None:
    first = write("annual")
    assert (first.returncode, names(folder)) == (0, ["elm.html", "oak.html", "yew.html"])
    assert "3 files, 3 changed" in first.stderr
    assert "Oak Schools" in (folder / "out" / "oak.html").read_text(encoding="utf-8")
    times = {name: (folder / "out" / name).stat().st_mtime_ns for name in names(folder)}

    again = write("annual")
    assert "3 files, 0 changed" in again.stderr
    assert {name: (folder / "out" / name).stat().st_mtime_ns for name in names(folder)} == times


def test_it_writes_what_the_notice_of_one_district_is(folder: Path, write: Write, dataflows_in: DataflowsIn) -> None:
    assert write("annual", "--format", "docx").returncode == 0
    assert dataflows_in(folder, "notice", "annual", "--district", "oak", *DAY, "-o", "one.docx").returncode == 0

    assert (folder / "out" / "oak.docx").read_bytes() == (folder / "one.docx").read_bytes()


def test_the_holes_of_all_districts_are_named_and_nothing_is_written(
    folder: Path, write: Write, dataflows_in: DataflowsIn
) -> None:
    lacking = POLICIES.replace("    inspection_procedure", "    copy_procedure")
    for name, policies in (("ash", lacking), ("fir", "")):
        (folder / f"{name}.yaml").write_text(district(name, policies=policies), encoding="utf-8")
        assert dataflows_in(folder, "apply", f"{name}.yaml").returncode == 0
    done = write("annual")

    assert (done.returncode, names(folder)) == (2, [])
    assert "ash: The annual notice can't be written" in done.stderr
    assert "fir: The annual notice can't be written" in done.stderr
    assert "elm" not in done.stderr
    assert "Nothing was written, for the documents of 2 districts have holes." in done.stderr
    drafts = write("annual", "--draft")
    assert (drafts.returncode, len(names(folder))) == (0, 5)
    assert "ash.html:\nWarning: this is a DRAFT" in drafts.stderr.replace("warning", "Warning")


def test_a_posting_with_gaps_goes_out_for_each_district_of_its_state_and_exits_with_1(
    folder: Path, write: Write
) -> None:
    done = write("il-soppa")

    assert (done.returncode, names(folder)) == (1, ["elm.html", "oak.html"])
    assert "elm.html:\n" in done.stderr
    assert "not yet available" in done.stderr
    assert "yew is left out. Its state, OH, does not ask for it." in done.stderr


def test_a_district_that_owes_no_such_notice_is_left_out_and_named(folder: Path, write: Write) -> None:
    done = write("recruiters", "--format", "txt")

    assert (done.returncode, names(folder)) == (0, ["elm.txt", "oak.txt"])
    assert "yew is left out." in done.stderr
    assert "no school of the catalog teaches a grade from 9 to 12" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("annual", "--district", "oak"), "With --every-district, --district has no meaning"),
        (("vendor-letter", "--vendor", "mathly"), "With --every-district, --vendor has no meaning"),
        (("vendor-letter",), "is about one vendor"),
        (("annual", "--format", "xls"), "can't be written as '.xls'"),
        (("anual",), "Did you mean 'annual'?"),
        (("ny-supplement",), "No district of the catalog owes `notice ny-supplement`"),
        (("annual", "-o", "-"), "Say into which folder the documents go"),
    ],
)
def test_words_that_have_no_meaning_here_are_refused(
    folder: Path, write: Write, words: tuple[str, ...], said: str
) -> None:
    done = write(*words)

    assert (done.returncode, names(folder)) == (2, [])
    assert said in done.stderr


def test_a_folder_that_can_not_be_written_to_is_said_and_left_as_it_was(folder: Path, write: Write) -> None:
    (folder / "out").write_text("in the way", encoding="utf-8")
    done = write("annual")
    assert done.returncode == 2
    assert "The folder out can't be made" in done.stderr

    (folder / "out").unlink()
    (folder / "out" / "yew.html").mkdir(parents=True)
    done = write("annual")
    assert done.returncode == 2
    assert "yew.html can't be written: a folder is in its place" in done.stderr
    assert names(folder) == ["yew.html"]


def test_a_look_of_its_own_stands_in_each_of_them(folder: Path, write: Write) -> None:
    (folder / "look").mkdir()
    (folder / "look" / "style.css").write_text("h1 { color: #003366; }\n", encoding="utf-8")

    assert write("annual", "--look", "look").returncode == 0
    for name in names(folder):
        assert "h1 { color: #003366; }" in (folder / "out" / name).read_text(encoding="utf-8")
