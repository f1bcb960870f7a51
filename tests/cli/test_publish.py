"""`publish` from outside: what is frozen, that it is the same bytes everywhere, what it refuses, and what it proves."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from dataflows.commands import publish as commands
from dataflows.model import publications
from tests.cli.test_json_shapes import faults_of
from tests.machine import CHECKOUT
from tests.packages import (
    COMPLAINT,
    DAY,
    DISTRICT,
    begin,
    check_sums,
    document_of,
    edit_word,
    files_in,
    manifest_of,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import DataflowsIn

HOLES = DISTRICT.replace("    inspection_procedure", "    transfer_statement").replace(
    "    amendment_procedure", "    copy_procedure"
)
SENT = ("--channel", "email", "--on", DAY, "--url", "https://oak.example/ferpa")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, dataflows_in: DataflowsIn) -> Path:
    """Give a folder with a catalog and a package of it, `out`; tests work on copies."""
    place = tmp_path_factory.mktemp("published")
    begin(place, dataflows_in)
    done = dataflows_in(place, "publish", "out", "--as-of", DAY, "--by", "Pat")
    assert done.returncode == 0, done.stderr
    return place


@pytest.fixture
def here(published: Path, tmp_path: Path) -> Path:
    shutil.copytree(published, tmp_path / "here")
    return tmp_path / "here"


def test_a_package_holds_every_document_in_every_home_language_and_format(published: Path) -> None:
    out = published / "out"
    manifest = manifest_of(out)
    kinds = {row["kind"] for row in manifest["documents"]}

    assert {"annual", "disclosures"} <= kinds
    assert not kinds & {"directory", "ppra", "recruiters", "vendor-letter", "breach"}
    for row in manifest["documents"]:
        assert row["state"] == "as generated"
        assert [file["format"] for file in row["files"]] == ["html", "pdf", "docx", "md", "txt"]
    assert {row["language"] for row in manifest["documents"]} == {"en", "es"}
    assert check_sums(out) == []
    listed = {line.split("  ", 1)[1] for line in (out / "SHA256SUMS").read_text(encoding="utf-8").splitlines()}
    assert listed == set(files_in(out)) - {"SHA256SUMS", "published.txt"}


def test_manifest_and_answers_keep_to_their_schemas(here: Path, dataflows_in: DataflowsIn) -> None:
    sent = edit_word((here / "out/annual/annual.en.docx").read_bytes(), ("If you ask,", "When you ask,"))
    (here / "annual-2026.docx").write_bytes(sent)
    made = dataflows_in(here, "publish", "out", "--sent", "annual=annual-2026.docx", *SENT, "--format", "json")
    proved = dataflows_in(here, "publish", "--verify", "out", "--format", "json")

    assert faults_of("publish", made.stdout) == []
    assert faults_of("publish-verify", proved.stdout) == []
    assert faults_of("publish-manifest", (here / "out/manifest.json").read_text(encoding="utf-8")) == []
    assert json.loads(proved.stdout)["ok"] is True


def test_the_frozen_catalog_is_what_plan_reads_and_has_no_publication_in_it(
    here: Path, dataflows_in: DataflowsIn
) -> None:
    text = (here / "out/catalog.yaml").read_text(encoding="utf-8")

    planned = dataflows_in(here, "plan", "--check", "out/catalog.yaml")

    assert planned.returncode == 0, planned.stdout
    assert "publications" not in text
    assert "Internal, for the office" in text
    assert "Internal" not in "".join(
        content.decode(errors="replace") for name, content in files_in(here / "out").items() if name != "catalog.yaml"
    )


def test_who_and_when_are_in_the_record_and_in_a_note_and_in_no_digest(
    published: Path, dataflows_in: DataflowsIn
) -> None:
    out = published / "out"
    note = (out / "published.txt").read_text(encoding="utf-8")
    entry = json.loads(dataflows_in(published, "log", "--format", "json").stdout)[0]
    shown = json.loads(dataflows_in(published, "show", f"annual-{DAY}", "--format", "json").stdout)

    assert "Pat: Published for 2026-27 as of 2026-08-14" in note
    assert entry["digest"] in note
    assert (entry["by"], entry["message"][:21]) == ("Pat", "Published for 2026-27")
    assert shown["fields"]["by"] == "Pat"
    assert "published.txt" not in (out / "SHA256SUMS").read_text(encoding="utf-8")
    assert "Pat" not in (out / "manifest.json").read_text(encoding="utf-8")


def test_an_equal_package_is_not_recorded_again_and_nothing_is_written_again(
    here: Path, dataflows_in: DataflowsIn
) -> None:
    stamps = {path: path.stat().st_mtime_ns for path in (here / "out").rglob("*") if path.is_file()}
    (here / "out/annual/annual.es.txt").unlink()

    done = dataflows_in(here, "publish", "out", "--as-of", DAY, "--by", "Another", "--format", "json")

    answer = json.loads(done.stdout)
    assert answer["written"] == ["annual/annual.es.txt"]
    assert answer["entry"] is None
    changed = {path.name for path, stamp in stamps.items() if path.stat().st_mtime_ns != stamp}
    assert changed == {"annual.es.txt"}
    assert len(json.loads(dataflows_in(here, "log", "--format", "json").stdout)) == 2
    assert dataflows_in(here, "publish", "--verify", "out").returncode == 0


def test_the_same_catalog_day_and_version_give_the_same_bytes_anywhere(
    published: Path, tmp_path: Path, dataflows_in: DataflowsIn
) -> None:
    """Another clock, zone, locale, order of hashes, mask, path, order of rows, and another past of the catalog."""
    place = tmp_path / "an other plåce"
    place.mkdir()
    head, lists = DISTRICT.split("schools:\n")
    schools, rest = lists.split("vendors:\n")
    vendors, flows = rest.split("flows:\n")
    turned = "".join(reversed(vendors.splitlines(keepends=True)))
    text = f"{head}flows:\n{flows}vendors:\n{turned}schools:\n{schools}"
    elsewhere = {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "LANG": "C",
        "PYTHONHASHSEED": "77",
        "SOURCE_DATE_EPOCH": "1900000000",
    }
    begin(place, dataflows_in, text.replace("Accounts", "Something else"))
    (place / "catalog.yaml").write_text(text, encoding="utf-8", newline="\n")
    assert dataflows_in(place, "apply", "catalog.yaml").returncode == 0
    mask = os.umask(0o077)
    try:
        done = dataflows_in(place, "publish", "deep/er/out", "--as-of", DAY, environment=elsewhere)
    finally:
        os.umask(mask)
    assert done.returncode == 0, done.stderr

    first, second = files_in(published / "out"), files_in(place / "deep/er/out")
    assert [name for name in first if name != "published.txt" and first[name] != second.get(name)] == []
    assert set(first) == set(second)


def test_every_hole_of_the_law_is_named_and_nothing_is_written(tmp_path: Path, dataflows_in: DataflowsIn) -> None:
    begin(tmp_path, dataflows_in, HOLES)
    before = files_in(tmp_path)

    done = dataflows_in(tmp_path, "publish", "out", "--as-of", DAY)

    assert done.returncode == 2
    assert "policies.inspection_procedure" in done.stderr
    assert "policies.amendment_procedure" in done.stderr
    assert "annual" in done.stderr
    assert files_in(tmp_path) == before


def test_a_document_can_be_left_out_and_the_manifest_says_so(here: Path, dataflows_in: DataflowsIn) -> None:
    done = dataflows_in(here, "publish", "less", "--as-of", DAY, "--without", "disclosures")
    wrong = dataflows_in(here, "publish", "none", "--as-of", DAY, "--without", "anual")

    assert done.returncode == 0, done.stderr
    assert "disclosures" in [row["kind"] for row in manifest_of(here / "less")["left_out"]]
    assert "Did you mean 'annual'?" in wrong.stderr
    assert wrong.returncode == 2


def test_a_district_is_frozen_in_its_own_look(here: Path, dataflows_in: DataflowsIn) -> None:
    (here / "look").mkdir()
    (here / "look" / "style.css").write_text(":root { --accent: #003366; }\n", encoding="utf-8", newline="\n")

    done = dataflows_in(here, "publish", "own", "--as-of", DAY, "--look", "look", "--without", "disclosures")

    assert done.returncode == 0, done.stderr
    assert "--accent: #003366" in (here / "own/annual/annual.en.html").read_text(encoding="utf-8")


def test_the_channels_are_the_words_of_the_model() -> None:
    assert commands.CHANNELS == publications.CHANNELS


BAD_FOLDERS = [
    ("a file", "is a file"),
    ("foreign", "is not empty, and holds no package"),
    ("a link", "is a symbolic link"),
    ("link inside", "is a symbolic link"),
    ("extra", "that are not the package's: notes.txt"),
    ("below a file", "can't be made or written"),
    ("cut off", "Another run is writing"),
]


@pytest.mark.parametrize(("what", "said"), BAD_FOLDERS, ids=[what for what, _said in BAD_FOLDERS])
def test_a_folder_that_is_none_of_a_package_is_refused(
    what: str, said: str, here: Path, dataflows_in: DataflowsIn
) -> None:
    target = "out"
    out = here / "out"
    if what == "a file":
        shutil.rmtree(out)
        out.write_text("mine", encoding="utf-8", newline="\n")
    elif what == "foreign":
        shutil.rmtree(out)
        out.mkdir()
        (out / "photo.txt").write_text("mine", encoding="utf-8", newline="\n")
    elif what == "a link":
        out.rename(here / "real")
        out.symlink_to(here / "real", target_is_directory=True)
    elif what == "link inside":
        (out / "annual" / "x").symlink_to("/etc")
    elif what == "extra":
        (out / "notes.txt").write_text("mine", encoding="utf-8", newline="\n")
    elif what == "below a file":
        target, said = "catalog.yaml/deep/out", "can't be written"
    else:
        (out / ".publishing").mkdir()
        (out / "annual/annual.en.txt").unlink()
    before = files_in(here)

    done = dataflows_in(here, "publish", target, "--as-of", DAY)

    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert files_in(here) == before


def test_a_full_disk_leaves_folder_and_record_as_they_were(here: Path) -> None:
    """A limit on the size of files stands in for the disk: no PDF fits."""
    before = files_in(here)
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (20000, resource.RLIM_INFINITY));"
    ignored = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
    program = f"{limit}{ignored}from dataflows.commands import main; main(['publish', 'new', '--as-of', '{DAY}'])"

    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=here,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )

    assert done.returncode in (2, 3)
    assert "can't be written" in done.stderr
    assert files_in(here) == before
    assert not (here / "new").exists()


def test_a_package_of_the_same_year_of_which_nothing_went_out_is_replaced(
    here: Path, dataflows_in: DataflowsIn
) -> None:
    text = DISTRICT.replace("Accounts", "Accounts and rosters")
    (here / "catalog.yaml").write_text(text, encoding="utf-8", newline="\n")
    dataflows_in(here, "apply", "catalog.yaml")

    done = dataflows_in(here, "publish", "out", "--as-of", DAY, "--format", "json")

    assert done.returncode == 0, done.stderr
    written = json.loads(done.stdout)["written"]
    assert "annual/annual.en.txt" not in written
    assert "disclosures/disclosures.en.txt" in written
    shown = json.loads(dataflows_in(here, "show", "annual", "--format", "json").stdout)
    assert {row["id"] for row in shown} == {f"annual-{DAY}", f"annual-{DAY}-2"}
    assert dataflows_in(here, "publish", "--verify", "out").returncode == 0


@pytest.mark.parametrize("why", ["another year", "sent"])
def test_a_package_that_went_out_or_is_of_another_year_stays(why: str, here: Path, dataflows_in: DataflowsIn) -> None:
    day = "2027-08-14" if why == "another year" else "2026-08-15"
    if why == "sent":
        dataflows_in(here, "publish", "out", "--sent", "annual=out/annual/annual.en.pdf", *SENT)
    before = files_in(here)

    done = dataflows_in(here, "publish", "out", "--as-of", day)

    assert done.returncode == 2
    assert "stays as it is" in done.stderr
    assert files_in(here) == before


WRONG = [
    ("--sent anual=f.docx", "There is no document called 'anual'. Did you mean 'annual'?"),
    ("--sent ppra=f.docx", "The package holds no 'ppra'. It holds: annual"),
    ("--sent annual", "does not say which document went out"),
    ("--sent annual:=f.docx", "is not a language tag"),
    ("--sent annual:english=f.docx", "'english' is not a language tag (BCP 47)"),
    ("--sent annual:ko=f.docx", "'ko' is no home language of this district; its languages are: en, es"),
    ("--sent annual=absent.docx", "absent.docx: There is no such file"),
    ("--sent annual=folder.pdf", "folder.pdf is a folder"),
    ("--sent annual=scan.pdf", "scan.pdf"),
    ("--sent annual=empty.txt", "This file is empty"),
    ("--sent annual=f.odt", "What went out is one of .html, .pdf, .docx, .md, .txt"),
    ("--sent annual=f.docx --on 2026-02-30", "'2026-02-30' is not a day"),
    ("--sent annual=f.docx --on 2199-01-01", "is yet to come"),
    ("--sent annual=f.docx --url ftp://oak.example", "has the scheme 'ftp'"),
    ("--sent annual=f.docx --url mailto:a@oak.example", "is no page of the web"),
    ("--sent annual=f.docx --url https://a:b@oak.example/", "is not an address"),
    ("--sent annual=f.docx --url javascript:alert(1)", "'javascript'"),
    ("--sent annual=f.docx --channel pigeon", "'pigeon'"),
    ("--sent annual=f.docx --as-of 2026-08-15", "holds the package of 2026-08-14, not of 2026-08-15"),
    ("--sent annual=f.docx --despite 078-05-1120", "social security number"),
    ("--channel email", "Name it with --sent KIND=FILE"),
    ("--verify --sent annual=f.docx", "--sent does not go with --verify"),
    ("--sent annual=f.docx --without annual", "Leave out --without"),
    ("--look nowhere", "nowhere"),
    ("--verify --diff 2025 2026", "two questions"),
    ("--language es", "--language goes with --diff only"),
    ("--diff 2025-26 2026-27 --format json", "Leave --format out"),
]


@pytest.mark.parametrize(("words", "said"), WRONG, ids=[words for words, _said in WRONG])
def test_what_is_wrong_is_refused_with_a_sentence_and_changes_nothing(
    words: str, said: str, here: Path, dataflows_in: DataflowsIn
) -> None:
    shutil.copy(here / "out/annual/annual.en.docx", here / "f.docx")
    (here / "f.odt").write_text("text", encoding="utf-8", newline="\n")
    (here / "empty.txt").write_text("\n", encoding="utf-8", newline="\n")
    (here / "folder.pdf").mkdir()
    (here / "scan.pdf").write_bytes(scan())
    before = files_in(here)

    done = dataflows_in(here, "publish", "out", *words.split())

    assert done.returncode == 2, done.stdout
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert files_in(here) == before


def scan() -> bytes:
    """Return a PDF of one page without any text, as a scanner makes it."""
    from tests.documents import pdf

    return pdf([[]])


def test_a_district_without_a_folder_or_catalog_is_told_so(tmp_path: Path, dataflows_in: DataflowsIn) -> None:
    assert dataflows_in(tmp_path, "publish").returncode == 2
    assert dataflows_in(tmp_path, "publish", "out").returncode == 3
    assert dataflows_in(tmp_path, "publish", "--verify", "out").returncode == 2
    (tmp_path / "out").mkdir()
    done = dataflows_in(tmp_path, "publish", "--verify", "out")
    assert done.returncode == 2
    assert "holds no package" in done.stderr


def test_a_file_that_lacks_an_item_is_published_only_despite_it_and_the_why_is_kept(
    here: Path, dataflows_in: DataflowsIn
) -> None:
    cut = edit_word((here / "out/annual/annual.en.docx").read_bytes(), (COMPLAINT, "Please note"))
    (here / "cut.docx").write_bytes(cut)
    before = files_in(here / "out")

    refused = dataflows_in(here, "publish", "out", "--sent", "annual=cut.docx", *SENT)
    after = files_in(here / "out")
    done = dataflows_in(
        here, "publish", "out", "--sent", "annual=cut.docx", *SENT, "--despite", "The printer had begun"
    )

    assert refused.returncode == 2
    assert "cut.docx: absent are 99.7(a)(2)(iv)" in refused.stderr
    assert after == before
    assert done.returncode == 0, done.stderr
    [sent] = document_of(here / "out", "annual", "en")["sent"]
    assert (sent["absent"], sent["despite"]) == (["99.7(a)(2)(iv)"], "The printer had begun")
    assert "The printer had begun" in dataflows_in(here, "log").stdout
    found = json.loads(dataflows_in(here, "audit", "--as-of", "2026-09-01", "--format", "json").stdout)["findings"]
    [finding] = [row for row in found if row["rule"] == "incomplete-notice-sent"]
    assert "The printer had begun" in finding["message"]
    assert finding["subject"] == {"kind": "publication", "id": f"annual-{DAY}"}


def test_several_files_go_out_and_more_is_said_of_one_later(here: Path, dataflows_in: DataflowsIn) -> None:
    shutil.copy(here / "out/annual/annual.es.md", here / "aviso.md")
    with (here / "aviso.md").open("a", encoding="utf-8", newline="\n") as notice:
        notice.write("\nGracias.\n")
    files = ("--sent", "annual=out/annual/annual.en.pdf", "--sent", "annual:es=aviso.md")
    first = dataflows_in(here, "publish", "out", *files)
    second = dataflows_in(here, "publish", "out", *files, *SENT)
    again = dataflows_in(here, "publish", "out", *files, *SENT, "--format", "json")
    mailed = dataflows_in(here, "publish", "out", *files[2:], "--channel", "mail", "--on", DAY)

    assert [done.returncode for done in (first, second, again, mailed)] == [0, 0, 0, 0]
    assert "how or when it went out is not stated" in first.stderr
    assert json.loads(again.stdout)["entry"] is None
    english, spanish = (document_of(here / "out", "annual", language) for language in ("en", "es"))
    assert english["state"] == "as generated"
    assert [row["file"] for row in english["sent"]] == ["annual/annual.en.pdf"]
    assert spanish["state"] == "as sent"
    assert [(row["file"], row["channels"]) for row in spanish["sent"]] == [
        ("annual/sent.es/aviso.md", ["email"]),
        ("annual/sent.es/aviso.md", ["mail"]),
    ]
    assert spanish["sent"][0]["differences"] == [
        {"change": "added", "sent": "Gracias.", "place": spanish["sent"][0]["differences"][0]["place"]}
    ]
    assert (here / "out/annual/sent.es/aviso.md").read_bytes() == (here / "aviso.md").read_bytes()
    assert check_sums(here / "out") == []
    assert dataflows_in(here, "publish", "--verify", "out").returncode == 0
    assert dataflows_in(here, "verify").returncode == 0


def test_verify_names_every_missing_altered_and_extra_file_with_no_catalog(
    here: Path, tmp_path: Path, dataflows_in: DataflowsIn
) -> None:
    out = tmp_path / "alone"
    shutil.copytree(here / "out", out)
    (out / "annual/annual.en.txt").unlink()
    (out / "annual/annual.es.pdf").write_bytes(b"%PDF-1.7 other")
    (out / "extra.txt").write_text("x", encoding="utf-8", newline="\n")
    (out / "disclosures/link").symlink_to("/etc/hostname")
    (out / "disclosures/disclosures.en.md").unlink()
    (out / "disclosures/disclosures.en.md").symlink_to(here / "out/disclosures/disclosures.en.md")

    done = dataflows_in(tmp_path, "publish", "--verify", "alone", "--format", "json")
    told = dataflows_in(tmp_path, "publish", "--verify", "alone")

    answer = json.loads(done.stdout)
    assert (done.returncode, told.returncode) == (1, 1)
    assert answer["missing"] == ["annual/annual.en.txt"]
    assert answer["altered"] == ["annual/annual.es.pdf", "disclosures/disclosures.en.md"]
    assert answer["extra"] == ["extra.txt", "disclosures/link (a symbolic link)"]
    assert answer["recorded"] is None
    assert "altered  annual/annual.es.pdf" in told.stdout


def test_digests_that_were_written_anew_agree_with_themselves_and_not_with_the_record(
    here: Path, dataflows_in: DataflowsIn
) -> None:
    out = here / "out"
    file = out / "annual/annual.en.txt"
    old = hashlib.sha256(file.read_bytes()).hexdigest()
    file.write_bytes(file.read_bytes().replace(b"45 days", b"90 days"))
    new = hashlib.sha256(file.read_bytes()).hexdigest()
    for name in ("manifest.json", "index.html", "SHA256SUMS"):
        text = (out / name).read_text(encoding="utf-8").replace(old, new)
        (out / name).write_text(text, encoding="utf-8", newline="\n")
    rewrite_sums(out)

    done = dataflows_in(here, "publish", "--verify", "out", "--format", "json")

    answer = json.loads(done.stdout)
    assert done.returncode == 1
    assert (answer["missing"], answer["altered"], answer["extra"]) == ([], [], [])
    assert answer["recorded"] is False
    assert any("annual/annual.en.txt" in problem for problem in answer["problems"])


def rewrite_sums(folder: Path) -> None:
    """Write the digests anew, as somebody would who wants to hide a change."""
    names = sorted(set(files_in(folder)) - {"SHA256SUMS", "published.txt"})
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")


HOSTILE = ["../secret.txt", "/etc/passwd", "annual/../../secret.txt", "a\\b", "C:evil", "", "a//b", "./a", "a\nb"]


@pytest.mark.parametrize("place", HOSTILE)
def test_a_manifest_that_points_out_of_the_folder_is_refused_and_nothing_outside_is_read(
    place: str, here: Path, dataflows_in: DataflowsIn
) -> None:
    (here / "secret.txt").write_text("secret", encoding="utf-8", newline="\n")
    out = here / "out"
    manifest = manifest_of(out)
    manifest["documents"][0]["files"][0]["file"] = place
    (out / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8", newline="\n")
    digest = hashlib.sha256(b"secret").hexdigest()
    if "\n" not in place:
        with (out / "SHA256SUMS").open("a", encoding="utf-8", newline="\n") as sums:
            sums.write(f"{digest}  {place}\n")

    done = dataflows_in(here, "publish", "--verify", "out")
    again = dataflows_in(here, "publish", "out", "--as-of", DAY)

    assert done.returncode == 1
    assert "manifest.json: documents.0.files.0.file" in done.stdout
    assert again.returncode == 2
    assert "Traceback" not in done.stderr + again.stderr


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"manifest": 2}', "[" * 5000, '{"manifest": 1, "documents": {"a": 1}}', "\x00\xff"]
)
def test_a_manifest_that_is_none_is_said_to_be_none(text: str, here: Path, dataflows_in: DataflowsIn) -> None:
    (here / "out/manifest.json").write_text(text, encoding="latin-1", newline="\n")

    done = dataflows_in(here, "publish", "--verify", "out", "--format", "json")

    answer = json.loads(done.stdout)
    assert done.returncode == 1
    assert answer["altered"] == ["manifest.json"]
    assert answer["package"] is None
    assert all(problem.startswith("manifest.json: ") for problem in answer["problems"])
    assert "Traceback" not in done.stderr


def test_a_catalog_that_is_named_must_be_there_and_know_the_package(
    here: Path, tmp_path: Path, dataflows_in: DataflowsIn
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    begin(other, dataflows_in, DISTRICT.replace("id: oak", "id: pine"))

    absent = dataflows_in(here, "publish", "--verify", "out", "--catalog", "none.db")
    strange = dataflows_in(here, "publish", "--verify", "out", "--catalog", str(other / "dataflows.db"))
    beside = dataflows_in(other, "publish", "--verify", str(here / "out"))

    assert absent.returncode == 3
    assert (strange.returncode, beside.returncode) == (1, 0)
    assert "knows no district 'oak'" in strange.stdout
    assert "Not set beside the record" in beside.stdout


def test_log_show_due_and_audit_know_what_was_published(here: Path, dataflows_in: DataflowsIn) -> None:
    def found(word: str) -> set[str]:
        done = dataflows_in(here, "audit", "--as-of", "2026-09-01", "--format", "json")
        return {row["rule"] for row in json.loads(done.stdout)["findings"] if word in row["rule"]}

    def due() -> set[str]:
        done = dataflows_in(here, "due", "--as-of", "2026-09-01", "--within", "400d", "--format", "json")
        return {row["topic"] for row in json.loads(done.stdout)}

    assert "annual-notice" not in due()
    assert found("annual-notice-missing") == set()
    assert found("never-sent") == {"package-never-sent"}
    dataflows_in(here, "publish", "out", "--sent", "annual=out/annual/annual.en.pdf", *SENT, "--by", "Kim")
    assert found("never-sent") == set()
    assert found("home-language") == {"home-language-unserved"}
    shown = dataflows_in(here, "show", "annual").stdout
    log = dataflows_in(here, "log").stdout
    for said in ("email", DAY, "https://oak.example/ferpa", "Kim", "annual"):
        assert said in shown
        assert said in log


def test_what_changed_is_written_from_two_frozen_catalogs(here: Path, dataflows_in: DataflowsIn) -> None:
    more = """\
catalog: 1
district: {id: oak, name: Oak County Schools, state: AK}
vendors: [{id: quizly, name: Quizly}]
flows:
  - {id: quizzes, from: students, to: quizly, method: collected, elements: [username], starts: 2026-09-01}
  - {id: hosting, to: hostly, elements: [first-name], ends: 2026-12-31, retention_days: 3650}
  - {id: rosters, to: mathly, elements: [first-name, last-name, email]}
"""
    (here / "more.yaml").write_text(more, encoding="utf-8", newline="\n")
    dataflows_in(here, "apply", "more.yaml")
    assert dataflows_in(here, "publish", "next", "--as-of", "2027-08-14").returncode == 0
    later = (
        "catalog: 1\ndistrict: {id: oak, name: Oak County Schools, state: AK}\nvendors: [{id: mathly, name: Renamed}]\n"
    )
    (here / "later.yaml").write_text(later, encoding="utf-8", newline="\n")
    dataflows_in(here, "apply", "later.yaml")

    english = dataflows_in(here, "publish", "--diff", "2026-27", "2027-28")
    spanish = dataflows_in(here, "publish", "--diff", "2026", "2027", "--language", "es", "-o", "cambios.docx")
    into = dataflows_in(here, "publish", "changes", "--diff", "2026-27", "2027-2028")

    for said in ("What changed since last year", "- Quizly", "- Hostly", "It may still have data until", "- Mathly"):
        assert said in english.stdout
    assert "Renamed" not in english.stdout
    assert spanish.returncode == 0
    assert (here / "cambios.docx").read_bytes().startswith(b"PK")
    assert into.returncode == 0
    assert set(files_in(here / "changes")) == {
        f"changes.{language}.{suffix}" for language in ("en", "es") for suffix in ("html", "pdf", "docx", "md", "txt")
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("2025-26 2026-27", "No package of 2025-26 was published. Published are: 2026-27."),
        ("2027 2026", "2027 does not come before 2026"),
        ("2026-28 2027", "'2026-28' is not a school year"),
        ("last this", "'last' is not a school year"),
        ("2026 2027 -o x.rtf", "can't be written as '.rtf'"),
    ],
)
def test_years_that_can_not_be_compared_are_refused(
    words: str, said: str, published: Path, dataflows_in: DataflowsIn
) -> None:
    done = dataflows_in(published, "publish", "--diff", *words.split())

    assert done.returncode == 2
    assert said in done.stderr
