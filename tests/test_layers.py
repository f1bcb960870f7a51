"""The house stands as planned: floors, neighbours, homes of libraries, and what only doors may do."""

from __future__ import annotations

import pytest

from tests.layers import HOMES, find_all_faults, find_circles, find_faults, sources_of
from tests.machine import CHECKOUT


def test_every_import_goes_down() -> None:
    assert [str(fault) for fault in find_all_faults(CHECKOUT)] == []


def test_no_files_import_each_other() -> None:
    assert find_circles(sources_of(CHECKOUT)) == []


def test_a_circle_is_found_however_its_imports_are_written() -> None:
    sources = {
        "dataflows.a": "import dataflows.b",
        "dataflows.b": "def f():\n    from dataflows import c",
        "dataflows.c": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from dataflows.a import X",
        "dataflows.d": "from dataflows.a import X",
    }

    assert find_circles(sources) == [["dataflows.a", "dataflows.b", "dataflows.c"]]


def test_every_library_of_the_program_has_a_home() -> None:
    import tomllib

    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {text.split(">")[0].split("[")[0].split("=")[0].strip() for text in project["dependencies"]}
    modules = {"markdown-it-py": "markdown_it", "pyyaml": "yaml", "python-docx": "docx"}

    assert {modules.get(name, name.replace("-", "_")) for name in names} <= set(HOMES)


@pytest.mark.parametrize(
    ("file", "source", "message"),
    [
        ("dataflows/model/x.py", "import dataflows.catalog.tables", "model imports catalog, which is on a higher"),
        ("dataflows/model/x.py", "from dataflows import reporting", "model imports reporting, which is on a higher"),
        ("dataflows/model/x.py", "from ..actions import plan", "model imports actions, which is on a higher floor"),
        ("dataflows/graph/x.py", "from dataflows.catalog import log", "graph imports catalog, its neighbour"),
        ("dataflows/maps/__init__.py", "from ..rules import base", "maps imports rules, its neighbour"),
        ("dataflows/commands/x.py", "from dataflows.web import app", "commands imports web, its neighbour"),
        ("dataflows/attic/x.py", "from dataflows.model import text", "attic has no floor"),
        ("dataflows/model/x.py", "def f():\n    from dataflows.law import bases", "model imports law, which is on"),
        (
            "dataflows/model/x.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from dataflows.law import bases",
            "model imports law, which is on a higher floor",
        ),
        ("dataflows/actions/x.py", "import sqlalchemy.orm", "sqlalchemy is at home in catalog, migrations"),
        ("dataflows/catalog/x.py", "def f():\n    import networkx", "networkx is at home in graph, not in catalog"),
        ("dataflows/model/x.py", "import numpy", "numpy has no home"),
        ("dataflows/catalog/x.py", "import migrations.env", "migrations is not there when dataflows is installed"),
        ("migrations/versions/0001.py", "from dataflows.catalog import tables", "a migration imports nothing from"),
        ("dataflows/model/x.py", "print('hello')", "print() belongs to commands and web"),
        ("dataflows/actions/x.py", "import sys\nsys.exit(1)", "sys.exit() belongs to commands and web"),
        ("dataflows/actions/x.py", "import datetime\ndatetime.date.today()", "date.today() is asked in commands"),
        ("dataflows/actions/x.py", "from datetime import datetime\ndatetime.now()", "datetime.now() is asked in"),
        ("dataflows/maps/x.py", "HERE = __file__", "only assets builds a path from __file__"),
    ],
)
def test_what_breaks_the_plan_is_named_with_its_line(file: str, source: str, message: str) -> None:
    [fault] = find_faults(source, file)

    assert fault.message.startswith(message)
    assert fault.line == source.count("\n") + 1


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("dataflows/catalog/x.py", "import sqlalchemy as sa\nfrom dataflows.model.lists import LISTS"),
        ("dataflows/maps/x.py", "from dataflows import assets\nimport pygraphviz\nfrom dataflows.maps import view"),
        ("dataflows/commands/x.py", "import sys\nimport click\nfrom dataflows.actions import plan\nsys.exit(2)"),
        ("dataflows/commands/x.py", "from dataflows import __version__"),
        ("dataflows/__init__.py", "def f():\n    from dataflows.actions.api import Catalog"),
        ("cli.py", "from dataflows.commands import main"),
        ("migrations/env.py", "from alembic import context\nfrom dataflows.catalog.columns import Base"),
        ("dataflows/assets.py", "HERE = __file__"),
    ],
)
def test_what_keeps_to_the_plan_passes(file: str, source: str) -> None:
    assert find_faults(source, file) == []
