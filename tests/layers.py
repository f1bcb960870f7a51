"""Reads the imports of the package from its syntax trees and holds them against the house's plan.

Every import counts: lazy ones inside functions, and those for the type checker alone.
"""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FLOORS: tuple[tuple[str, ...], ...] = (
    ("errors",),
    ("assets",),
    ("typesetting",),
    ("model",),
    ("law",),
    ("sources", "catalog", "graph"),
    ("rules", "maps", "checking"),
    ("reporting",),
    ("actions",),
    ("commands", "web", "migrations"),
    ("__main__", "cli"),
)
"""Rooms by floor, lowest first. A room imports from lower floors; neighbours don't know each other."""

HOMES: dict[str, tuple[str, ...]] = {
    "alembic": ("catalog", "migrations", "migrations/versions"),
    "babel": ("reporting",),
    "click": ("commands",),
    "defusedxml": ("sources",),
    "docx": ("reporting",),
    "graphviz": ("maps",),
    "jinja2": ("reporting",),
    "lxml": ("sources",),
    "markdown_it": ("reporting",),
    "markupsafe": ("reporting",),
    "networkx": ("graph",),
    "openpyxl": ("sources",),
    "psycopg": ("catalog",),
    "publicsuffixlist": ("sources",),
    "pygraphviz": ("maps",),
    "pypdf": ("sources",),
    "python_calamine": ("sources",),
    "segno": ("reporting",),
    "sqlalchemy": ("catalog", "migrations", "migrations/versions"),
    "typst": ("typesetting",),
    "yaml": ("law", "sources"),
}
"""The rooms that may import a library. One that is not listed has no home yet: decide it here."""

NEVER = ("cli", "migrations", "reports", "schemas", "tests", "benchmarks", "docs")
"""What lies beside the package in a checkout and is not there when it is installed."""

CLOCKS = frozenset({"date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time", "getpass.getuser"})
DOORS = ("dataflows/actions/api.py",)
"""Modules below commands and web that a caller meets first, so that they may ask the clock for a default."""
EXITS = frozenset({"sys.exit", "os._exit", "exit", "quit", "print", "input"})


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that breaks the plan."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


def floor_of(room: str) -> int:
    """Return the number of a room's floor; raises KeyError for a room without one."""
    for number, rooms in enumerate(FLOORS):
        if room in rooms:
            return number
    raise KeyError(room)


def room_of(file: str) -> str:
    """Return the room of a file: `dataflows/model/text.py` is in model, `cli.py` in cli."""
    parts = file.removesuffix(".py").split("/")
    if parts[0] == "migrations":
        return "/".join(parts[:-1])
    return parts[1] if parts[0] == "dataflows" and len(parts) > 1 else parts[0]


def imported_names(tree: ast.AST, file: str) -> Iterator[tuple[int, str]]:
    """Yield each import of a module with its line: `from dataflows import assets` is `dataflows.assets`."""
    package = file.removesuffix(".py").removesuffix("/__init__").split("/")
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                up = len(package) - node.level + (1 if file.endswith("__init__.py") else 0)
                base = ".".join([*package[:up], *([base] if base else [])])
            if base in ("dataflows", ""):
                for alias in node.names:
                    yield node.lineno, f"dataflows.{alias.name}"
            else:
                yield node.lineno, base


def find_faults(source: str, file: str) -> list[Fault]:
    """Return what breaks the plan in one module; `file` is its path from the checkout, with slashes."""
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        return [Fault(file, error.lineno or 1, f"Python {sys.version_info[0]}.{sys.version_info[1]}: {error.msg}")]
    room = room_of(file)
    if file == "dataflows/__init__.py":
        room = "__main__"  # the package's door: it hands out the Python API, lazily
    found = []
    for line, name in imported_names(tree, file):
        message = judge_import(room, name)
        if message:
            found.append(Fault(file, line, message))
    if room not in ("commands", "web", "__main__", "cli"):
        faults = (Fault(file, line, message) for line, message in find_habits(tree, room))
        found += [fault for fault in faults if file not in DOORS or "is asked in" not in fault.message]
    return found


def judge_import(room: str, name: str) -> str | None:
    """Say what is wrong with an import in a room, if anything is."""
    top, _, rest = name.partition(".")
    if top == "dataflows":
        return judge_room(room, rest.partition(".")[0])
    if top in NEVER and (room, top) != ("cli", "dataflows"):
        return f"{top} is not there when dataflows is installed; ask assets.folder for its files"
    if top in sys.stdlib_module_names:
        return None
    if top not in HOMES:
        return f"{top} has no home; decide it in tests/layers.py and in pyproject.toml"
    if room not in HOMES[top]:
        return f"{top} is at home in {', '.join(HOMES[top])}, not in {room}"
    return None


def judge_room(room: str, other: str) -> str | None:
    """Say what is wrong with one room's import of another."""
    if room == "migrations/versions":
        return "a migration imports nothing from dataflows: the tables of its day are written in it"
    if other in ("", "__version__", room):
        return None
    try:
        here, there = floor_of(room), floor_of(other)
    except KeyError as unknown:
        return f"{unknown.args[0]} has no floor; decide it in tests/layers.py"
    if there > here:
        return f"{room} imports {other}, which is on a higher floor"
    if there == here:
        return f"{room} imports {other}, its neighbour on the same floor"
    return None


def find_habits(tree: ast.AST, room: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that print, exit, ask for the time or the user, or say where the code lies."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = dotted(node.func)
            short = ".".join(called.split(".")[-2:])
            if called in EXITS:
                yield node.lineno, f"{called}() belongs to commands and web"
            elif short in CLOCKS:
                yield node.lineno, f"{short}() is asked in commands and web only; take it as a parameter"
        elif isinstance(node, ast.Name) and node.id == "__file__" and room != "assets":
            yield node.lineno, "only assets builds a path from __file__; ask assets.folder"


def dotted(node: ast.AST) -> str:
    """Return `a.b.c` of a name or an attribute; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else node.attr
    return ""


def imported_modules(source: str, known: frozenset[str]) -> Iterator[str]:
    """Yield which of the known modules a source imports: lazily and for the type checker alone, too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                if found := next((name for name in (whole, node.module) if name in known), None):
                    yield found


def find_circles(sources: dict[str, str]) -> list[list[str]]:
    """Return the modules that import each other in a circle, each circle sorted; `sources` are texts by module.

    A package's own file lists what is in the package, and doesn't count.
    """
    known = frozenset(sources)
    graph = nx.DiGraph()
    graph.add_edges_from((name, other) for name, text in sources.items() for other in imported_modules(text, known))
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    return sorted(sorted(circle) for circle in nx.strongly_connected_components(graph) if len(circle) > 1)


def sources_of(checkout: Path) -> dict[str, str]:
    """Return the package's modules with their texts, but for those that only list a package."""
    paths = [path for path in checkout.glob("dataflows/**/*.py") if path.name != "__init__.py"]
    names = {path: ".".join(path.relative_to(checkout).with_suffix("").parts) for path in paths}
    return {name: path.read_text(encoding="utf-8") for path, name in names.items()}


def find_all_faults(checkout: Path) -> list[Fault]:
    """Return every fault of the package, the migrations and the door."""
    files = [*checkout.glob("dataflows/**/*.py"), *checkout.glob("migrations/**/*.py"), checkout / "cli.py"]
    found = []
    for path in sorted(files):
        relative = path.relative_to(checkout).as_posix()
        found += find_faults(path.read_text(encoding="utf-8"), relative)
    return found
