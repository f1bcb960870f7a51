"""Habits of the house that can be counted: sizes, the first line, and what no file may name."""

from __future__ import annotations

import ast
import re

from tests.machine import CHECKOUT
from tests.test_portability import tracked_files

LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
FOREIGN = re.compile(r"pypi\.org|pythonhosted|npmjs|(?<![\w.])/(?:work|root|home/\w+)/")
"""Hosts of registries and paths of somebody's machine."""
WRITTEN = (".py", ".md", ".toml", ".yaml", ".yml", ".json", ".cfg", ".ini", ".txt", ".jinja", ".css", ".csv", ".ipynb")


def package_files() -> list[str]:
    """Return the modules of the package."""
    return [name for name in tracked_files() if name.startswith("dataflows/") and name.endswith(".py")]


def read(name: str) -> str:
    return (CHECKOUT / name).read_text(encoding="utf-8")


def test_a_module_answers_one_question() -> None:
    lengths = {name: read(name).count("\n") for name in package_files()}

    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_functions_are_short() -> None:
    long = [
        f"{name}:{node.lineno}: {node.name} has {length} lines"
        for name in package_files()
        for node in ast.walk(ast.parse(read(name)))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    ]

    assert long == []


def test_every_module_begins_the_same_way() -> None:
    for name in package_files():
        source = read(name)
        tree = ast.parse(source)

        assert ast.get_docstring(tree), name
        assert len(tree.body) == 1 or "from __future__ import annotations" in source, name


def test_no_file_names_a_registry_or_somebodys_machine() -> None:
    found = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name in tracked_files()
        if name.endswith(WRITTEN) and not name.startswith(("tests/data/bad/", "tests/test_habits.py"))
        for number, line in enumerate(read(name).splitlines(), start=1)
        if FOREIGN.search(line)
    ]

    assert found == []
