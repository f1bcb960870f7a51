"""Story 4: what counsel changed is what is frozen, and a regulator can be shown that it went out, and where."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.packages import COMPLAINT, begin, check_sums, document_of, edit_word, files_in, manifest_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import DataflowsIn

NOW = {"SOURCE_DATE_EPOCH": "1786795200"}
"""The clock stands at noon of 15 August 2026."""
TAKEN_OUT = (
    (f"{COMPLAINT} if you believe", "Tell us if you believe"),
    (f"{COMPLAINT}.", "Tell us."),
)
SCHOOL_DAYS = ("no later than 45 days", "no later than 45 school days")
SOONER = ("no later than 45 days", "no later than 30 days")
LETTERHEAD = ("Your rights over", "From the desk of the Superintendent. Your rights over")
SENT = [
    "publish", "out", "--sent", "annual=annual-2026.docx", "--sent", "annual:es=aviso-2026.pdf", "--channel", "email",
    "--on", "2026-08-14", "--url", "https://district.example/ferpa", "--by", "Pat Privacy",
]  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, dataflows_in: DataflowsIn) -> Path:
    """Give the folder of the officer: a catalog that is in order, and the notice as the program wrote it."""
    place = tmp_path_factory.mktemp("office")
    begin(place, dataflows_in)
    for name, language in (("annual.docx", "en"), ("aviso-2026.pdf", "es")):
        words = ["notice", "annual", "-o", name, "--language", language, "--as-of", "2026-08-14"]
        done = dataflows_in(place, *words, environment=NOW)
        assert done.returncode == 0, done.stderr
    with (place / "aviso-2026.pdf").open("ab") as printed:
        printed.write(b"\n% what the printer adds\n")
    return place


@pytest.fixture
def here(office: Path, tmp_path: Path) -> Path:
    shutil.copytree(office, tmp_path / "here")
    return tmp_path / "here"


@pytest.fixture(scope="module")
def sent(office: Path, tmp_path_factory: pytest.TempPathFactory, dataflows_in: DataflowsIn) -> Path:
    """Give the folder after counsel's text was put right, went out, and was published."""
    place = tmp_path_factory.mktemp("sent") / "here"
    shutil.copytree(office, place)
    (place / "annual-2026.docx").write_bytes(edit_word((place / "annual.docx").read_bytes(), LETTERHEAD, SOONER))
    done = dataflows_in(place, *SENT, environment=NOW)
    assert done.returncode == 0, done.stderr
    return place


def test_what_counsel_took_out_and_turned_round_is_found(here: Path, dataflows_in: DataflowsIn) -> None:
    content = edit_word((here / "annual.docx").read_bytes(), LETTERHEAD, SCHOOL_DAYS, *TAKEN_OUT)
    (here / "annual-2026.docx").write_bytes(content)

    done = dataflows_in(here, "notice", "check", "annual-2026.docx", "--format", "json")

    checked = json.loads(done.stdout)
    assert done.returncode == 1
    assert [item["id"] for item in checked["items"] if not item["present"]] == ["99.7(a)(2)(iv)"]
    assert len(checked["items"]) == 7
    assert any("99.10(b)" in row["citation"] and "45 school days" in row["evidence"] for row in checked["findings"])


def test_a_file_that_fails_the_check_is_not_published_without_a_why(here: Path, dataflows_in: DataflowsIn) -> None:
    (here / "annual-2026.docx").write_bytes(edit_word((here / "annual.docx").read_bytes(), *TAKEN_OUT))
    before = files_in(here)

    refused = dataflows_in(here, *SENT, environment=NOW)
    after = files_in(here)
    done = dataflows_in(here, *SENT, "--despite", "The board meets on Monday", environment=NOW)

    assert refused.returncode == 2
    assert "99.7(a)(2)(iv)" in refused.stderr
    assert after == before
    assert done.returncode == 0
    [row] = json.loads(dataflows_in(here, "show", "annual", "--format", "json").stdout)["sent"][:1]
    assert (row["absent"], row["despite"]) == (["99.7(a)(2)(iv)"], "The board meets on Monday")


def test_what_is_against_the_law_beside_the_items_needs_a_why_too(here: Path, dataflows_in: DataflowsIn) -> None:
    (here / "annual-2026.docx").write_bytes(edit_word((here / "annual.docx").read_bytes(), SCHOOL_DAYS))
    before = files_in(here)

    checked = dataflows_in(here, "notice", "check", "annual-2026.docx")
    refused = dataflows_in(here, *SENT, environment=NOW)
    after = files_in(here)
    done = dataflows_in(here, *SENT, "--despite", "Counsel insists", environment=NOW)

    assert (checked.returncode, refused.returncode, done.returncode) == (1, 2, 0)
    assert "7 of 7 items of 34 CFR 99.7 are stated. Against the law beside them: NOT-012 (99.10(b))." in checked.stdout
    assert "annual-2026.docx: against the law is access-slower-than-45-days (99.10(b))" in refused.stderr
    assert after == before
    wrong = ["access-slower-than-45-days (99.10(b))"]
    [manifested] = document_of(here / "out", "annual", "en")["sent"]
    [shown, _spanish] = json.loads(dataflows_in(here, "show", "annual", "--format", "json").stdout)["sent"]
    found = json.loads(dataflows_in(here, "audit", "--as-of", "2026-09-01", "--format", "json").stdout)["findings"]
    [finding] = [row for row in found if row["rule"] == "incomplete-notice-sent"]
    for row in (manifested, shown):
        assert (row["faults"], row["despite"]) == (wrong, "Counsel insists")
    assert "has against the law access-slower-than-45-days (99.10(b)); it was" in finding["message"]
    assert "Counsel insists" in finding["message"]
    index = (here / "out/index.html").read_text(encoding="utf-8")
    assert "Against the law beside the items: access-slower-than-45-days (99.10(b))" in index
    assert dataflows_in(here, "publish", "--verify", "out").returncode == 0


def test_the_very_bytes_lie_beside_ours_and_the_manifest_tells_them_apart(sent: Path) -> None:
    out = sent / "out"
    english, spanish = (document_of(out, "annual", language) for language in ("en", "es"))

    [docx], [pdf] = english["sent"], spanish["sent"]
    assert (out / docx["file"]).read_bytes() == (sent / "annual-2026.docx").read_bytes()
    assert (out / pdf["file"]).read_bytes() == (sent / "aviso-2026.pdf").read_bytes()
    assert (docx["file"].rpartition("/")[2], pdf["file"].rpartition("/")[2]) == ("annual-2026.docx", "aviso-2026.pdf")
    assert (out / "annual/annual.en.docx").read_bytes() == (sent / "annual.docx").read_bytes()
    states = {(row["kind"], row["language"]): row["state"] for row in manifest_of(out)["documents"]}
    assert {key for key, state in states.items() if state == "as sent"} == {("annual", "en"), ("annual", "es")}
    assert set(states.values()) == {"as sent", "as generated"}


def test_what_was_edited_is_listed_place_by_place(sent: Path) -> None:
    english, spanish = (document_of(sent / "out", "annual", language)["sent"][0] for language in ("en", "es"))

    texts = [(row["change"], row.get("ours", ""), row.get("sent", "")) for row in english["differences"]]
    assert ("added", "", "From the desk of the Superintendent.") in texts
    [changed] = [row for row in texts if row[0] == "changed"]
    assert "no later than 45 days after" in changed[1]
    assert "no later than 30 days after" in changed[2]
    assert len(texts) == 2
    assert "differences" not in spanish


def test_a_regulator_is_shown_that_it_went_out_and_where(sent: Path, dataflows_in: DataflowsIn) -> None:
    shown = json.loads(dataflows_in(sent, "show", "annual", "--format", "json").stdout)
    told = dataflows_in(sent, "show", "annual").stdout
    log = dataflows_in(sent, "log").stdout

    assert shown["fields"]["kind"] == "annual"
    assert shown["fields"]["languages"] == ["en", "es"]
    for row in shown["sent"]:
        assert row["channels"] == ["email"]
        assert (row["date"], row["url"], row["by"]) == ("2026-08-14", "https://district.example/ferpa", "Pat Privacy")
    for said in ("email", "2026-08-14", "https://district.example/ferpa", "Pat Privacy"):
        assert said in told
        assert said in log
        assert said in (sent / "out/published.txt").read_text(encoding="utf-8")
    index = (sent / "out/index.html").read_text(encoding="utf-8")
    for said in (
        "by e-mail, on August 14, 2026",
        "https://district.example/ferpa",
        "annual-2026.docx",
        "30 days",
    ):
        assert said in index


def test_the_folder_proves_itself_without_this_program(sent: Path) -> None:
    assert check_sums(sent / "out") == []
    program = shutil.which("sha256sum") or shutil.which("shasum")
    assert program, "There is neither sha256sum nor shasum here."
    words = (
        [program, "-c", "SHA256SUMS"] if program.endswith("sha256sum") else [program, "-a", "256", "-c", "SHA256SUMS"]
    )
    done = subprocess.run(words, cwd=sent / "out", capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stdout


def test_one_changed_byte_is_named(sent: Path, tmp_path: Path, dataflows_in: DataflowsIn) -> None:
    shutil.copytree(sent, tmp_path / "copy")
    place = document_of(sent / "out", "annual", "es")["sent"][0]["file"]
    file = tmp_path / "copy" / "out" / place
    content = bytearray(file.read_bytes())
    content[100] ^= 1
    file.write_bytes(content)

    whole = dataflows_in(sent, "publish", "--verify", "out")
    done = dataflows_in(tmp_path / "copy", "publish", "--verify", "out")

    assert (whole.returncode, done.returncode) == (0, 1)
    assert "aviso-2026.pdf" in done.stdout
    assert "whole" in whole.stdout


def test_a_package_that_was_only_generated_is_a_finding_of_its_own(
    here: Path, sent: Path, dataflows_in: DataflowsIn
) -> None:
    assert dataflows_in(here, "publish", "out", environment=NOW).returncode == 0

    def rules(place: Path) -> set[str]:
        done = dataflows_in(place, "audit", "--format", "json", "--as-of", "2026-09-01")
        return {row["rule"] for row in json.loads(done.stdout)["findings"]}

    def topics(place: Path) -> set[str]:
        done = dataflows_in(place, "due", "--format", "json", "--as-of", "2026-09-01", "--within", "400d")
        return {row["topic"] for row in json.loads(done.stdout)}

    assert "package-never-sent" in rules(here)
    assert not {"package-never-sent", "annual-notice-missing", "home-language-unserved"} & rules(sent)
    assert "annual-notice" not in topics(sent)
    assert dataflows_in(sent, "verify").returncode == 0
