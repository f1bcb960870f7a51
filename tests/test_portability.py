"""Windows, macOS and Linux from one wheel, as far as one machine can tell."""

from __future__ import annotations

import ast
import os
import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.machine import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tests.conftest import DataflowsIn

RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}
LONGEST = 150
"""Characters of a path in the tree: a user's own folder comes before it, and Windows ends at 260."""
POSIX_ONLY = {"fcntl", "grp", "pwd", "resource", "termios", "tty", "pty", "syslog"}
TEXT_CALLS = {"read_text": ("encoding",), "write_text": ("encoding", "newline")}


def find_bad_names(names: Iterable[str]) -> list[str]:
    """Return the paths, with slashes, that Windows refuses or can't tell apart."""
    listed = list(names)
    folded = Counter(unicodedata.normalize("NFC", name).casefold() for name in listed)
    bad = [name for name in listed if folded[unicodedata.normalize("NFC", name).casefold()] > 1]
    bad += [name for name in listed if len(name) > LONGEST or any(map(is_refused, name.rstrip("/").split("/")))]
    return bad


def is_refused(part: str) -> bool:
    """Tell whether Windows takes no file of this name."""
    if part.split(".", maxsplit=1)[0].lower() in RESERVED or part[-1:] in (".", " "):
        return True
    return re.search(r'[<>:"|?*\\\x00-\x1f]', part) is not None


def tracked_files() -> list[str]:
    """Return the files of the checkout that belong to the project."""
    ignored = {"__pycache__", "build", "dist", "node_modules"}
    found = []
    for folder, folders, files in os.walk(CHECKOUT):
        folders[:] = [name for name in folders if name not in ignored and (not name.startswith(".") or name == ".ci")]
        base = os.path.relpath(folder, CHECKOUT).replace(os.sep, "/")
        found += [name if base == "." else f"{base}/{name}" for name in files]
    return found


def python_files() -> list[str]:
    """Return the Python files of the checkout."""
    return sorted(name for name in tracked_files() if name.endswith(".py"))


def find_careless_lines(source: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that read or write text without saying how, or that lean on one system."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            for fault in judge_call(node):
                yield node.lineno, fault
        elif isinstance(node, ast.Attribute) and ast.unparse(node) in ("os.linesep", "os.fork", "signal.SIGKILL"):
            yield node.lineno, f"{ast.unparse(node)} is not the same, or not there, on every system"


def judge_call(node: ast.Call) -> Iterator[str]:
    """Yield what is careless in one call."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    given = {keyword.arg for keyword in node.keywords}
    wanted = TEXT_CALLS.get(name, ()) if isinstance(node.func, ast.Attribute) else ()
    if name == "open":
        wanted = wanted_by_open(node)
    elif name in ("run", "Popen", "check_output") and {"text", "universal_newlines"} & given:
        wanted = ("encoding",)
    elif name in ("strftime", "__format__") and any("%-" in str(getattr(a, "value", "")) for a in node.args):
        yield "strftime's %- works on some systems only"
    for keyword in wanted:
        if keyword not in given and None not in given:
            yield f"{name}() without {keyword}="


def wanted_by_open(node: ast.Call) -> tuple[str, ...]:
    """Return the keywords that a call of open, or of a path's open, should have."""
    is_method = isinstance(node.func, ast.Attribute)
    places = node.args[:1] if is_method else node.args[1:2]
    given = places + [keyword.value for keyword in node.keywords if keyword.arg == "mode"]
    mode = given[0].value if given and isinstance(given[0], ast.Constant) else "r"
    if is_method and given and not (isinstance(mode, str) and re.fullmatch("[rwxabt+]{1,4}", mode)):
        return ()  # not a path's: an archive's member, a browser's page
    if isinstance(node.func, ast.Attribute) and not re.search("path|Path|folder|/", ast.unparse(node.func.value)):
        return ()
    if "b" in str(mode):
        return ()
    return ("encoding", "newline") if set(str(mode)) & set("wax+") else ("encoding",)


def test_text_is_read_and_written_the_same_way_everywhere() -> None:
    found = [
        f"{name}:{line}: {fault}"
        for name in python_files()
        for line, fault in find_careless_lines((CHECKOUT / name).read_text(encoding="utf-8"))
        if not (name.startswith("tests/") and fault.endswith("newline="))  # what a test writes, readers must take
    ]

    assert found == []


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("open('x')", ["open() without encoding="]),
        ("open('x', 'w')", ["open() without encoding=", "open() without newline="]),
        ("open('x', 'wb')", []),
        ("path.open()", ["open() without encoding="]),
        ("path.open('a', encoding='utf-8')", ["open() without newline="]),
        ("path.open('rb')", []),
        ("archive.open(member)", []),
        ("path.read_text()", ["read_text() without encoding="]),
        ("path.write_text('x', encoding='utf-8')", ["write_text() without newline="]),
        ("subprocess.run(words, text=True)", ["run() without encoding="]),
        ("day.strftime('%-d')", ["strftime's %- works on some systems only"]),
        ("'a' + os.linesep", ["os.linesep is not the same, or not there, on every system"]),
    ],
)
def test_careless_lines_are_found(source: str, faults: list[str]) -> None:
    assert [fault for _line, fault in find_careless_lines(source)] == faults


def test_no_module_needs_one_kind_of_system() -> None:
    for name in python_files():
        if name.startswith("dataflows/"):
            tree = ast.parse((CHECKOUT / name).read_text(encoding="utf-8"))
            imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}

            assert imported & POSIX_ONLY == set(), name


def test_no_name_in_the_tree_is_refused_by_windows() -> None:
    assert find_bad_names(tracked_files()) == []


def test_names_that_windows_refuses_are_found() -> None:
    bad = ["a/aux.txt", "con", "x:y.html", "end.", "Zoom.html", "zoom.html", "caf\u00e9", "cafe\u0301", "a" * 151]

    assert set(find_bad_names([*bad, "a/auxiliary.txt", "good.txt"])) == set(bad)


def test_the_demo_makes_only_names_that_windows_takes(demo: Path) -> None:
    made = [path.relative_to(demo).as_posix() for path in demo.rglob("*")]

    assert made
    assert find_bad_names(made) == []


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii"])
def test_any_script_can_be_printed_where_the_console_knows_few_characters(
    encoding: str, dataflows_in: DataflowsIn, tmp_path: Path
) -> None:
    (tmp_path / "catalog.yaml").write_text(SCRIPTS, encoding="utf-8", newline="\r\n")
    environment = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}

    for words in (("init",), ("apply", "catalog.yaml"), ("holds", "email"), ("show", "xuexiao")):
        done = dataflows_in(tmp_path, *words, environment=environment)

        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr


SCRIPTS = """\
catalog: 1
district: {id: oak, name: "Distrito Señal \u2013 \u5b66\u6821 \U0001f392", state: MD}
vendors:
  - {id: xuexiao, name: "\u5b66\u6821 \u062a\u0639\u0644\u0645 Caf\u00e9"}
flows:
  - {id: xuexiao-accounts, to: xuexiao, elements: [email], purpose: "\u2192 Accounts", legal_basis: school-official}
"""
