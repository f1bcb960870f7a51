"""Commands as a person runs them: exit codes, what goes to stdout and what to stderr, and no traceback."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from dataflows import commands
from tests.catalogs import OAK
from tests.cli.test_json_shapes import faults_of
from tests.machine import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import DataflowsIn

GOOD = f"""{OAK}schools: [{{id: elm, name: Elm, enrollment: 100}}]
vendors: [{{id: zoom, name: Zoom}}, {{id: aws, name: "=Amazon"}}]
agreements: [{{id: dpa, vendor: zoom, kind: dpa, expires: 2026-06-26}}]
flows:
  - {{id: f, to: zoom, elements: [email, student-id], agreement: dpa, starts: 2020-01-01, ends: 2026-06-26,
     retention_days: 10}}
  - {{id: g, from: zoom, to: aws, elements: [email], starts: 2020-01-01}}
"""


class Done(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Run the program within this process, in the test's folder, as its door does."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("DATAFLOWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)

    def call(*words: str | Path) -> Done:
        capfd.readouterr()
        code = commands.run([str(word) for word in words])
        sys.stdout.flush()
        out, err = capfd.readouterr()
        assert "Traceback" not in out + err
        assert code != 70, err
        return Done(code, out, err)

    return call


@pytest.fixture(scope="session")
def filled_catalog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a catalog that holds GOOD; tests copy it."""
    from dataflows import Catalog

    folder = tmp_path_factory.mktemp("filled")
    (folder / "good.yaml").write_text(GOOD, encoding="utf-8", newline="\n")
    Catalog.create(folder / "dataflows.db").apply(folder / "good.yaml", by="Tester")
    return folder / "dataflows.db"


@pytest.fixture
def filled(filled_catalog: Path, tmp_path: Path) -> Path:
    """Put a catalog with GOOD into the test's folder, under the name that commands expect."""
    shutil.copy(filled_catalog, tmp_path / "dataflows.db")
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8", newline="\n")
    return tmp_path


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_init_makes_a_catalog_and_does_nothing_the_second_time(run: Callable[..., Done], tmp_path: Path) -> None:
    first = run("init")
    before = digest(tmp_path / "dataflows.db")
    second = run("init")

    assert (first.code, first.out) == (0, "Made an empty catalog: dataflows.db\n")
    assert (second.code, second.out) == (0, "dataflows.db is a catalog already, at the newest schema.\n")
    assert digest(tmp_path / "dataflows.db") == before
    assert run("init", tmp_path / "none" / "x.db").code == 3
    assert run("init", tmp_path).code == 3


def test_the_catalog_may_be_named_by_the_environment(
    run: Callable[..., Done], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATAFLOWS_CATALOG", f"sqlite:///{tmp_path}/other.db")

    assert run("init").code == 0
    assert (tmp_path / "other.db").exists()
    assert run("verify").out == "The catalog is empty; there is nothing to prove.\n"


def test_a_plan_reads_like_one(run: Callable[..., Done], filled: Path) -> None:
    (filled / "next.yaml").write_text(
        f"{OAK}vendors: [{{id: zoom, name: Zoom Video}}, {{id: new, name: New}}]\nschools: []\n",
        encoding="utf-8",
        newline="\n",
    )

    done = run("plan", "--replace", "next.yaml")

    assert done.code == 2
    assert "The vendor 'aws' would be removed" in done.err
    (filled / "next.yaml").write_text(
        f"{OAK}vendors: [{{id: zoom, name: Zoom Video}}, {{id: new, name: New}}, {{id: aws, name: A}}]\nschools: []\n",
        encoding="utf-8",
        newline="\n",
    )
    done = run("plan", "--replace", "next.yaml")
    assert done == Done(
        0,
        "  + vendor new\n"
        '  ~ vendor zoom\n      name  "Zoom" -> "Zoom Video"\n'
        '  ~ vendor aws\n      name  "=Amazon" -> "A"\n'
        "  - school elm\n\n"
        "Plan: 1 to add, 2 to change, 1 to remove.\n",
        "",
    )
    assert run("plan", "--check", "next.yaml").code == 1
    assert run("plan", "--check", "good.yaml") == Done(0, "No changes. The catalog holds what the files say.\n", "")


@pytest.mark.parametrize(
    ("option", "text", "said"),
    [
        ("--message", "For 219-09-9999", "social security number"),
        ("--message", "red \x1b[31m", "The message holds the control character U+001B."),
        ("--by", "A\x07", "The name of who applies holds the control character U+0007."),
    ],
)
def test_the_words_of_the_log_are_kept_to_what_a_catalog_may_hold(
    option: str, text: str, said: str, run: Callable[..., Done], tmp_path: Path
) -> None:
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8", newline="\n")
    run("init")

    done = run("apply", "good.yaml", option, text)

    assert done.code == 2
    assert said in done.err
    assert "7 to add" in run("plan", "good.yaml").out


def test_apply_says_what_it_did_and_which_entry_it_wrote(run: Callable[..., Done], tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8", newline="\n")
    run("init")

    done = run("apply", "good.yaml", "--message", "First", "--by", "Ana")

    assert done.code == 0
    assert "Applied: 7 to add, 0 to change, 0 to remove." in done.out
    assert "Entry 1 of the log of oak: sha256:" in done.out
    assert done.err == ""
    assert run("apply", "good.yaml").out == "Nothing to change.\n"
    [entry] = json.loads(run("log", "--format", "json").out)
    assert (entry["by"], entry["message"], entry["number"]) == ("Ana", "First", 1)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("holds", "holds email --as-of 2026-06-30"),
        ("diff", "diff --from 2020-01-01 --to 2026-12-31"),
        ("verify", "verify"),
        ("plan", "plan good.yaml"),
        ("plan", "plan good.yaml --replace"),
    ],
)
def test_json_keeps_to_its_schema_and_stands_alone_on_stdout(name: str, words: str, run: Callable[..., Done]) -> None:
    done = run(*words.split(), "--format", "json")

    assert (done.code, done.err) == (0, "")
    assert faults_of(name, done.out) == []


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("holds email --as-of 2026-06-30", 2),
        ("due --as-of 2026-06-01", 7),
        ("log", 1),
        ("diff --from 2019-01-01 --to 2026-12-31", 1),
    ],
)
def test_csv_is_one_table_with_headings(words: str, rows: int, run: Callable[..., Done]) -> None:
    done = run(*words.split(), "--format", "csv")

    lines = list(csv.reader(io.StringIO(done.out)))
    assert done.code == 0
    assert len({len(line) for line in lines}) == 1
    assert len(lines) == rows + 1


@pytest.mark.usefixtures("filled")
def test_csv_runs_nothing_in_a_spreadsheet(run: Callable[..., Done]) -> None:
    assert ",'=Amazon," in run("holds", "email", "--as-of", "2025-01-01", "--format", "csv").out


COMMANDS = [
    "holds email",
    "holds category:student-contact",
    "holds sensitivity:high",
    "show zoom",
    "show flow/f",
    "due",
    "map",
    "map network",
    "map vendor zoom",
    "log",
    "verify",
    "diff --from 2020-01-01 --to 2026-01-01",
    "export -",
    "export - --format json",
    "completion bash",
    "--version",
    "--help",
]


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("words", COMMANDS)
def test_a_command_ends_well_and_says_nothing_on_stderr(words: str, run: Callable[..., Done]) -> None:
    done = run(*words.split())

    assert (done.code, done.err) == (0, "")
    assert done.out.strip()


@pytest.mark.parametrize("words", [words for words in COMMANDS if not words.startswith(("-", "completion"))])
def test_a_command_without_a_catalog_says_how_to_make_one(words: str, run: Callable[..., Done]) -> None:
    done = run(*words.split())

    assert (done.code, done.out) == (3, "")
    assert done.err == "Error: There is no catalog at dataflows.db. Make one with: dataflows init dataflows.db\n"


@pytest.mark.parametrize("words", [words for words in COMMANDS if not words.startswith(("-", "completion", "verify"))])
def test_an_empty_catalog_says_how_to_fill_it(words: str, run: Callable[..., Done]) -> None:
    run("init")

    done = run(*words.split())

    assert (done.code, done.out) == (2, "")
    assert "Fill it with: dataflows apply FILE" in done.err


@pytest.mark.parametrize("words", [words for words in COMMANDS if not words.startswith(("-", "completion", "verify"))])
def test_with_several_districts_one_must_be_chosen(words: str, run: Callable[..., Done], filled: Path) -> None:
    (filled / "elm.yaml").write_text(OAK.replace("id: oak", "id: elm"), encoding="utf-8", newline="\n")
    assert run("apply", "elm.yaml").code == 0

    done = run(*words.split())

    assert (done.code, done.out) == (2, "")
    assert "--district: elm, oak" in done.err
    assert run(*words.split(), "--district", "oak").code == 0
    wrong = run(*words.split(), "--district", "oka")
    assert (wrong.code, wrong.err) == (2, "Error: There is no district called 'oka'. Did you mean 'oak'?\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("plam good.yaml", "There is no command 'plam'. Did you mean 'plan'?"),
        ("nothing-like-it", "There is no command 'nothing-like-it'. See: dataflows --help"),
        ("plan", "Missing argument"),
        ("plan --nope x", "No such option"),
        ("holds", "Missing argument"),
        ("holds e-mial", "'e-mail'"),
        ("holds category:student-contac", "student-contact"),
        ("holds sensitivity:enormous", "sensitivity"),
        ("show zom", "Did you mean 'zoom'?"),
        ("show vendor/zom", "zoom"),
        ("due --within soon", "'soon' is not a number of days. Write 60d or 8w."),
        ("due --as-of 2026-02-30", "'2026-02-30' is not a day."),
        ("due --as-of 2026-W01-1", "is not a day"),
        ("due --as-of tomorrow", "Write YYYY-MM-DD"),
        ("due --as-of 9999-12-31", "The year of 9999-12-31 lies outside 1900 to 2200."),
        ("diff --from 0001-01-01 --to 2026-01-01", "The year of 0001-01-01 lies outside 1900 to 2200."),
        ("holds email --known-at 9999-12-31", "The year of 9999-12-31 lies outside 1900 to 2200."),
        ("holds email --known-at never", "'never' is not a moment."),
        ("holds email --known-at 1999-01-01", "Nothing was known of oak"),
        ("holds email --format xml", "'xml' is not one of"),
        ("diff --from 2026-02-01 --to 2026-01-01", "lies before"),
        ("diff --from 2026-02-01", "Missing option '--to'"),
        ("map nothing", "nothing"),
        ("map vendor zom", "zom"),
        ("map vendor", "vendor"),
        ("map network -o out", "no suffix"),
        ("map network -o out.docx", "docx"),
        ("notice nothing", "nothing"),
        ("notice vendor-letter", "vendor"),
        ("notice vendor-letter --vendor zom", "zom"),
        ("notice annual", "policies."),
        ("export out.docx", "'.docx'"),
        ("export none/out.yaml", "none/out.yaml can't be written: No such file or directory."),
        ("map network -o none/out.svg", "none/out.svg can't be written: No such file or directory."),
        ("map network -o good.yaml/out.svg", "can't be written"),
        ("export good.yaml/out", "can't be written"),
        ("plan absent.yaml", "absent.yaml: There is no such file."),
        ("plan god.yaml", "Did you mean 'good.yaml'?"),
        ("apply absent.yaml", "1 problem; nothing was written."),
        ("holds email --catalog mysql://x", "SQLite or PostgreSQL"),
        ("completion csh", "csh"),
    ],
)
def test_what_cannot_be_is_a_sentence_and_exit_code_2(
    words: str, said: str, run: Callable[..., Done], filled: Path
) -> None:
    before = {path.name: digest(path) for path in filled.iterdir()}

    done = run(*words.split())

    assert (done.code, done.out) == (2, ""), done
    assert said in done.err
    assert {path.name: digest(path) for path in filled.iterdir()} == before


@pytest.mark.parametrize(
    "words",
    [
        "due --as-of 2200-12-31",
        "due --as-of 1900-01-01",
        "due --within 99999w",
        "holds email --as-of 1900-01-01",
        "show zoom --as-of 2200-12-31",
        "map network --as-of 1900-01-01",
        "diff --from 1900-01-01 --to 2200-12-31",
        "holds email --known-at 2200-12-31",
        "holds email --known-at 2200-12-31T23:59:59-12:00",
    ],
)
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati"])
def test_the_ends_of_the_calendar_are_days_too(words: str, zone: str, filled: Path, dataflows_in: DataflowsIn) -> None:
    done = dataflows_in(filled, *words.split(), environment={"TZ": zone})

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("zone", ["Pacific/Honolulu", "Pacific/Kiritimati"])
def test_a_last_day_is_whole_whatever_the_zone(zone: str, filled: Path, dataflows_in: DataflowsIn) -> None:
    def holders(day: str) -> list[str]:
        done = dataflows_in(filled, "holds", "student-id", "--as-of", day, "--format", "json", environment={"TZ": zone})
        return [row["party"] for row in json.loads(done.stdout)["holders"]]

    assert holders("2026-06-26") == ["zoom"]
    assert holders("2026-06-27") == []


def test_the_default_day_is_the_local_calendars_and_is_printed(filled: Path, dataflows_in: DataflowsIn) -> None:
    from datetime import UTC, datetime, timedelta

    days = {}
    for zone, hours in (("Pacific/Honolulu", -10), ("Pacific/Kiritimati", 14)):
        before = (datetime.now(UTC) + timedelta(hours=hours)).date().isoformat()
        said = dataflows_in(filled, "holds", "email", environment={"TZ": zone}).stdout.splitlines()[0]
        after = (datetime.now(UTC) + timedelta(hours=hours)).date().isoformat()
        days[zone] = said
        assert said in (f"email, on {before}", f"email, on {after}")
    assert len(set(days.values())) == 2


def test_verify_ends_with_1_where_the_record_is_broken(run: Callable[..., Done], filled: Path) -> None:
    import sqlite3

    with sqlite3.connect(filled / "dataflows.db") as other:
        other.execute("UPDATE vendors SET name = 'X' WHERE id = 'zoom'")
    other.close()

    done = run("verify")

    assert done.code == 1
    assert done.out.startswith(
        "oak: NOT whole, from entry 1 of 1 on.\n  The table vendors does not hold what the journal says"
    )
    broken = run("verify", "--format", "json")
    assert broken.code == 1
    assert faults_of("verify", broken.out) == []
    assert json.loads(broken.out)["first_bad"] == 1


def test_a_body_that_is_no_json_any_more_is_no_traceback_anywhere(run: Callable[..., Done], filled: Path) -> None:
    import sqlite3

    with sqlite3.connect(filled / "dataflows.db") as other:
        other.execute("UPDATE journal SET body = '{' WHERE id = 'zoom'")
    other.close()

    (filled / "changed.yaml").write_text(GOOD.replace("name: Zoom", "name: Zoo"), encoding="utf-8", newline="\n")
    for words in ("show zoom", "due", "map network", "export -", "plan changed.yaml"):
        done = run(*words.split())
        assert done.code == 3, (words, done)
        assert "dataflows verify" in done.err
    assert run("verify").code == 1


@pytest.mark.usefixtures("filled")
def test_due_fails_on_request(run: Callable[..., Done]) -> None:
    words = ("due", "--as-of", "2026-09-01", "--fail-on", "overdue")

    assert run(*words).code == 1
    assert run(*words[:3]).code == 0


def bomb() -> str:
    lines = ["a: &a0 [x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    return OAK + "\n".join(lines) + "\n"


BAD: dict[str, tuple[str | bytes, str]] = {
    "empty.yaml": ("", "The file is empty."),
    "binary.yaml": (bytes(range(256)), "does not fit UTF-8"),
    "zip.yaml": (b"PK\x03\x04" + b"x" * 100, "not text"),
    "bomb.yaml": (bomb(), "lias"),
    "bomb-in-text.yaml": (f"{OAK.replace('MD', 'MD, note: &n [a]')}vendors: *n\n", "lias"),
    "deep.yaml": ("[" * 5_000, "deep"),
    "deep-dashes.yaml": ("".join(f"{'  ' * n}-\n" for n in range(1_100)), "deep"),
    "deep.json": ("[" * 5_000, "deep"),
    "deep-closed.json": ('{"catalog": ' + "[" * 5_000 + "]" * 5_000 + "}", "deep"),
    "two.yaml": (f"{OAK}---\n{OAK}", "document"),
    "keys.yaml": (f"{OAK}vendors: [{{id: a, name: A, name: B}}]\n", "'name'"),
    "keys.json": ('{"catalog": 1, "district": {"id": "oak", "name": "A", "name": "B", "state": "MD"}}', "'name'"),
    "unknown-key.yaml": (f"{OAK}vendros: []\n", "Did you mean 'vendors'?"),
    "unknown-field.yaml": (f"{OAK}vendors: [{{id: a, nmae: A}}]\n", "Did you mean 'name'?"),
    "unknown-term.yaml": (
        f"{OAK}agreements: [{{id: a, vendor: zoom, kind: dpa, terms: {{audit: yes}}}}]\n",
        "no field called 'audit'",
    ),
    "day.yaml": (f"{OAK}flows: [{{id: f, starts: 2026-02-30}}]\n", "There is no day 2026-02-30."),
    "order.yaml": (f"{OAK}flows: [{{id: f, starts: 2026-02-02, ends: 2026-02-01}}]\n", "before it begins"),
    "agreement.yaml": (
        f"{OAK}flows: [{{id: g, from: oak, to: aws, agreement: dpa}}]\n",
        "Agreement 'dpa' is with 'zoom'",
    ),
    "case.yaml": (f"{OAK}vendors: [{{id: Zoom, name: Zoom}}]\n", "Write 'zoom'."),
    "form.yaml": (f"{OAK}vendors: [{{id: sen\u0303or, name: S}}]\n", "Write 'senor'."),
    "link.yaml": (
        f"{OAK}vendors: [{{id: a, name: A, url: 'javascript:alert(1)'}}]\n",
        "Use one of: http, https, mailto, tel.",
    ),
    "control.yaml": (f'{OAK}vendors: [{{id: a, name: "A\\x07"}}]\n', "U+0007"),
    "raw-control.yaml": (f"{OAK}vendors: [{{id: a, name: A\x07}}]\n", "U+0007"),
    "itself.yaml": (f"{OAK}flows: [{{id: f, to: oak}}]\n", "to itself"),
    "tag.yaml": (f"{OAK}vendors: !!python/object/apply:os.system ['true']\n", "tag"),
    "no-district.yaml": ("catalog: 1\n", "district"),
    "version.yaml": (OAK.replace("catalog: 1", "catalog: 2"), "catalog"),
    "list.yaml": ("- a\n", "mapping"),
    "text.yaml": ("hello\n", ""),
    "null.yaml": ("null\n", ""),
    "open.yaml": (f"{OAK}vendors: [{{id: a\n", ""),
    "vendors.csv": ("", "The file is empty."),
    "flows.csv": ("id,to\nf,nobody\n", "There is no party called 'nobody'."),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("command", ["plan", "apply"])
def test_bad_input_is_a_sentence_with_its_place_and_writes_nothing(
    name: str, command: str, run: Callable[..., Done], filled: Path
) -> None:
    content, said = BAD[name]
    (filled / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    before = digest(filled / "dataflows.db")

    done = run(command, name)

    assert (done.code, done.out) == (2, ""), done
    assert said in done.err
    assert all(line.startswith((name, "Error: ")) for line in done.err.splitlines()), done.err
    assert done.err.splitlines()[-1].endswith("nothing was written.")
    for word in ("Exception", "RecursionError", "yaml.", "JSONDecode", "sqlite"):
        assert word not in done.err
    assert digest(filled / "dataflows.db") == before
    if command == "plan":
        shown = run("plan", name, "--format", "json")
        assert shown.code == 2
        assert faults_of("plan", shown.out) == []
        assert len(json.loads(shown.out)["problems"]) == len(done.err.splitlines()) - 1


def test_a_file_beyond_the_limit_is_refused_by_its_size(run: Callable[..., Done], filled: Path) -> None:
    with (filled / "large.yaml").open("wb") as file:
        file.truncate(513 * 1024 * 1024)

    done = run("apply", "large.yaml")

    assert done.code == 2
    assert "at most 536,870,912 (512 MB) are read" in done.err


@pytest.mark.usefixtures("filled")
def test_interrupting_ends_with_130(run: Callable[..., Done], monkeypatch: pytest.MonkeyPatch) -> None:
    from dataflows.actions import history

    def interrupt(*_rest: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(history, "read_log", interrupt)

    done = run("log")

    assert (done.code, done.out, done.err.strip()) == (130, "", "Interrupted.")


def start(folder: Path, *words: str, **options: int) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DATAFLOWS_")}
    return subprocess.Popen(
        [sys.executable, "-m", "dataflows", *words],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(CHECKOUT)},
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        **options,
    )


@pytest.mark.parametrize(
    "words", ["log", "export -", "holds email --format json", "map network --format svg", "due --format csv", "--help"]
)
def test_a_pipe_that_is_closed_early_is_no_fault(words: str, filled: Path) -> None:
    process = start(filled, *words.split(), stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    _out, err = process.communicate()

    assert (process.returncode, err) == (0, b"")


@pytest.mark.parametrize("words", ["log", "export -", "map network --format svg"])
def test_an_output_that_takes_nothing_is_a_sentence(words: str, filled: Path) -> None:
    device = Path("/dev/full")
    if not device.exists():  # only Linux has it; elsewhere a closed descriptor stands for it
        return
    with device.open("wb") as full:
        process = start(filled, *words.split(), stdout=full.fileno())
        _out, err = process.communicate()

    assert process.returncode == 2
    assert b"No space left on device" in err
    assert err.count(b"\n") == 1


@pytest.mark.parametrize(
    "words", ["holds email", "holds email --format json", "export -", "show zoom", "map network", "plan nosuch.yaml"]
)
def test_a_program_that_was_started_without_streams_has_no_fault_of_its_own(words: str, filled: Path) -> None:
    """As by `pythonw` on Windows, or by a shell's `>&- 2>&-`."""
    closing = "import os, sys; os.close(1); os.close(2); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DATAFLOWS_")}
    done = subprocess.run(
        [sys.executable, "-c", closing, "-m", "dataflows", *words.split()],
        cwd=filled,
        env={**environment, "PYTHONPATH": str(CHECKOUT)},
        check=False,
    )

    assert done.returncode == (2 if "nosuch" in words else 0)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
@pytest.mark.parametrize(
    "words", ["export -", "export - --format json", "show zoom --format json", "holds email --format csv"]
)
def test_data_for_programs_is_the_same_on_every_machine(words: str, encoding: str, filled: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DATAFLOWS_")}
    outs = [
        subprocess.run(
            [sys.executable, "-m", "dataflows", *words.split()],
            cwd=filled,
            env={**environment, "PYTHONPATH": str(CHECKOUT), "PYTHONIOENCODING": chosen},
            check=True,
            capture_output=True,
        ).stdout
        for chosen in ("utf-8", encoding)
    ]

    assert outs[0] == outs[1]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("ho", ["plain,holds"]),
        ("holds student-", ["plain,student-id", "plain,student-work", "plain,student-work-other"]),
        ("holds category:att", ["plain,category:attendance"]),
        ("show el", ["plain,elm"]),
        ("map vendor zoo", ["plain,zoom"]),
        ("notice ven", ["plain,vendor-letter"]),
        ("notice annual --vendor zoo", ["plain,zoom"]),
        ("map net", ["plain,network"]),
        ("plan oa", ["file,oa"]),
        ("export --catalog x.db", ["file,x.db"]),
        ("show --catalog absent.db z", []),
    ],
)
def test_a_shell_completes_words_ids_and_files(words: str, offered: list[str], filled: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DATAFLOWS_")}
    line = ["dataflows", *words.split(" ")]
    asked = {"_DATAFLOWS_COMPLETE": "bash_complete", "COMP_WORDS": " ".join(line), "COMP_CWORD": str(len(line) - 1)}
    done = subprocess.run(
        [sys.executable, "-c", "from dataflows.commands import main; main()"],
        cwd=filled,
        env={**environment, "PYTHONPATH": str(CHECKOUT), **asked},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.stdout.split() == offered
    assert done.stderr == ""


def test_the_standard_input_is_a_file_too(filled: Path) -> None:
    text = f"{OAK}vendors: [{{id: zoom, name: Zoom Video}}]\n"
    done = subprocess.run(
        [sys.executable, "-m", "dataflows", "plan", "-"],
        cwd=filled,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        input=text.encode(),
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert b"~ vendor zoom" in done.stdout


def test_no_progress_is_shown_where_nobody_watches(
    run: Callable[..., Done], filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataflows.commands import progress

    rows = "".join(f"  - {{id: v{number}, name: V{number}}}\n" for number in range(6_000))
    (filled / "long.yaml").write_text(f"{OAK}vendors:\n{rows}", encoding="utf-8", newline="\n")
    monkeypatch.setattr(progress, "_AFTER", 0.0)
    monkeypatch.setattr(progress, "_EACH", 0.01)

    quiet = run("plan", "long.yaml")
    monkeypatch.setattr(progress, "is_terminal", lambda: True)
    told = run("plan", "long.yaml")

    assert quiet.err == ""
    assert "long.yaml  5,500 rows" in told.err
    assert told.err.endswith("\r")


def test_an_export_and_what_is_known_of_it(run: Callable[..., Done], filled: Path) -> None:
    done = run("export", "out.yaml")

    assert (done.code, done.out, done.err) == (0, "", "Wrote out.yaml: 7 rows.\n")
    assert run("plan", "out.yaml").out.startswith("No changes.")
    moment = json.loads(run("log", "--format", "json").out)[0]["at"]
    assert run("export", "-", "--known-at", moment).out == (filled / "out.yaml").read_text(encoding="utf-8")
    assert not [path for path in filled.iterdir() if path.name.endswith(".partial")]
