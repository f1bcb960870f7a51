"""Prints ratios, each against its baseline in the same run: python -m benchmarks [NAME ...]."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import CHECKOUT, Growth, Ratio, Run, compare, run
from benchmarks.searching import compare_searches

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = [sys.executable, "-c", "from dataflows.commands import main; main()"]
"""What the installed program does."""
BASELINES = str(CHECKOUT / "benchmarks" / "baselines.py")


def start(folder: Path) -> Iterator[Ratio]:
    """How long the program takes to say its version."""
    yield compare("--version / import click", 1.2, [*PROGRAM, "--version"], python("import click"), folder, 15)


def holds(folder: Path) -> Iterator[Ratio]:
    """`holds` on 7,500 flow-element rows, start included."""
    catalog = _load(folder, flows=1_400, vendors=300)
    ours = [*PROGRAM, "holds", "student-id", "--catalog", str(catalog)]
    yield compare("holds, 7,500 rows / imports", 1.15, ours, python("import click, sqlalchemy"), folder, 15)


def audit(folder: Path) -> Iterator[Ratio]:
    """`audit` on 7,500 flow-element rows against `holds` on the same catalog, start included; then its growth."""

    def command(catalog: Path) -> list[str]:
        return [*PROGRAM, "audit", "--fail-on", "never", "--catalog", str(catalog)]

    small = _load(folder, flows=1_400, vendors=300)
    baseline = [*PROGRAM, "holds", "student-id", "--catalog", str(small)]
    yield compare("audit, 7,500 rows / holds", 1.5, command(small), baseline, folder, 15)
    tenth, large = (
        _load(folder, flows=count, vendors=parties) for count, parties in ((13_768, 6_273), (137_680, 62_730))
    )
    yield compare("audit, 750,000 rows / 75,000 rows", 10, command(large), command(tenth), folder, 3)


def load(folder: Path) -> Iterator[Ratio]:
    """Plan and apply of 750,000 flow-element rows, with history and log, against `executemany` of the same rows."""
    rows = folder / "rows.json"
    count = _make(folder / "big.yaml", rows, flows=137_680, vendors=62_730)
    for suffix, aim in ((".yaml", 4.0), (".json", 3.0)):
        pairs = []
        for _ in range(3):
            catalog = folder / "big.db"
            catalog.unlink(missing_ok=True)
            run([*PROGRAM, "init", str(catalog)], folder)
            ours = run([*PROGRAM, "apply", f"big{suffix}", "--catalog", str(catalog)], folder)
            command = [sys.executable, BASELINES, "write-rows", str(rows)]
            seconds = float(
                subprocess.run(command, cwd=folder, check=True, capture_output=True, encoding="utf-8").stdout
            )
            pairs.append((ours, Run(seconds, 0)))
        yield Ratio(f"apply {suffix}, {count:,} rows / executemany", aim, tuple(pairs))


def workbook(folder: Path) -> Iterator[Ratio | Growth]:
    """`plan` of a workbook of 7,500 and of 100,000 rows, against openpyxl's read-only pass over its cells."""
    empty = folder / "empty.db"
    run([*PROGRAM, "init", str(empty)], folder)
    found = []
    for count, times in ((7_500, 7), (100_000, 1)):
        catalog = _load(folder, flows=count - 300, vendors=300)
        book = folder / f"book-{count}.xlsx"
        run([*PROGRAM, "export", str(book), "--catalog", str(catalog)], folder)
        ours = [*PROGRAM, "plan", str(book), "--catalog", str(empty)]
        baseline = [sys.executable, BASELINES, "read-workbook", str(book)]
        found.append(compare(f"plan .xlsx, {count:,} rows / openpyxl", 1.5, ours, baseline, folder, times))
        yield found[-1]
    yield Growth("plan .xlsx, KB a row", 1.0, found[0], found[1], 92_500)


def lists(folder: Path) -> Iterator[Ratio | Growth]:
    """`plan` of a list of one's own, 7,500 and 100,000 rows, by its mapping, against openpyxl's read-only pass."""
    catalog = _load(folder, flows=1_400, vendors=300)
    found = []
    for count, times in ((7_500, 7), (100_000, 1)):
        book, mapping = folder / f"list-{count}.xlsx", folder / f"map-{count}.yaml"
        run([sys.executable, BASELINES, "write-list", str(book), str(count)], folder)
        run([*PROGRAM, "map-columns", str(book), "-o", str(mapping), "--catalog", str(catalog)], folder)
        ours = [*PROGRAM, "plan", str(book), "--mapping", str(mapping), "--catalog", str(catalog)]
        baseline = [sys.executable, BASELINES, "read-workbook", str(book)]
        found.append(compare(f"plan of a list, {count:,} rows / openpyxl", 1.5, ours, baseline, folder, times))
        yield found[-1]
    yield Growth("plan of a list, KB a row", 1.0, found[0], found[1], 92_500)


def narrow(folder: Path) -> Iterator[Ratio]:
    """`plan` of a workbook of 7,500 vendors with an id and a name, against openpyxl's read-only pass."""
    empty, book = folder / "empty.db", folder / "narrow.xlsx"
    run([*PROGRAM, "init", str(empty)], folder)
    run([sys.executable, BASELINES, "write-narrow", str(book), "7500"], folder)
    ours = [*PROGRAM, "plan", str(book), "--catalog", str(empty)]
    baseline = [sys.executable, BASELINES, "read-workbook", str(book)]
    yield compare("plan of a narrow .xlsx, 7,500 rows / openpyxl", 1.5, ours, baseline, folder)


def search(folder: Path) -> Iterator[Ratio]:
    """The search inside `holds` against recursive SQL written by hand."""
    yield from compare_searches(_load(folder, flows=1_400, vendors=300), 7_500)
    yield from compare_searches(_load(folder, flows=137_680, vendors=62_730), 750_000)


def maps(folder: Path) -> Iterator[Ratio]:
    """`map network` against Graphviz alone on the same DOT."""
    run([*PROGRAM, "demo", "demo"], folder)
    run([*PROGRAM, "demo", "demo", "--large"], folder)
    for name, catalog in (("the example", "demo/dataflows.db"), ("300 vendors", "demo/large.db")):
        common = ["map", "network", "--catalog", catalog, "-o"]
        run([*PROGRAM, *common, "map.dot"], folder)
        baseline = [sys.executable, BASELINES, "draw-dot", "map.dot"]
        yield compare(f"map network, {name} / Graphviz", 1.3, [*PROGRAM, *common, "map.svg"], baseline, folder)


def overview(folder: Path) -> Iterator[Ratio]:
    """`map overview` of 300 and of 1,000 vendors as PDF against `holds` on the same catalog, start included.

    The aims are 0.8 and 2 seconds where `holds` takes a quarter of one.
    """
    for vendors, aim in ((300, 3.2), (1_000, 8.0)):
        catalog = _invent(folder, vendors)
        ours = [*PROGRAM, "map", "overview", "--catalog", str(catalog), "-o", "overview.pdf"]
        baseline = [*PROGRAM, "holds", "student-id", "--catalog", str(catalog)]
        yield compare(f"map overview, {vendors:,} vendors / holds", aim, ours, baseline, folder)


def page(folder: Path) -> Iterator[Ratio]:
    """How soon the page of `map overview -o map.html` answers a keystroke, with 1,000 and with 5,000 vendors."""
    from benchmarks.typing_in_page import time_answers

    yield from time_answers(folder)


def documents(folder: Path) -> Iterator[Ratio]:
    """Notices a second, PDF against typst alone, 1,000 districts in one run, and a package of 300 vendors."""
    from benchmarks.documents import (
        compare_districts,
        compare_documents,
        compare_package,
        write_districts,
        write_large_district,
    )

    run([*PROGRAM, "demo", "letters"], folder)
    yield from compare_documents(folder / "letters" / "dataflows.db")
    many = folder / "many.db"
    run([*PROGRAM, "init", str(many)], folder)
    run([*PROGRAM, "apply", *write_districts(folder, 1_000), "--catalog", str(many)], folder)
    yield from compare_districts(folder, many)
    large = folder / "large.db"
    run([*PROGRAM, "init", str(large)], folder)
    for name in write_large_district(folder):
        run([*PROGRAM, "apply", name, "--catalog", str(large)], folder)
    yield from compare_package(large, "maple")


def portal(folder: Path) -> Iterator[Ratio]:
    """`portal` of 300 and of 5,000 vendors, everything included, against rendering its pages by Jinja2 alone.

    And a second run, in which nothing has changed, against the first.
    """
    run([*PROGRAM, "demo", "demo", "--large"], folder)
    large, first, again = folder / "demo" / "large.db", [], []
    for number in range(3):
        ours, by_jinja = _portal(folder, large, f"site-{number}"), _pages_by_jinja(large)
        first.append((ours, by_jinja))
        again.append((_portal(folder, large, f"site-{number}"), ours))
    yield Ratio("portal, 300 vendors / its pages by Jinja2", 20, tuple(first))
    yield Ratio("portal again, nothing changed / the first run", 0.6, tuple(again))
    huge = _invent(folder, 5_000)
    yield Ratio(
        "portal, 5,000 vendors / its pages by Jinja2", 20, ((_portal(folder, huge, "site"), _pages_by_jinja(huge)),)
    )


def _portal(folder: Path, catalog: Path, site: str) -> Run:
    return run([*PROGRAM, "portal", site, "--catalog", str(catalog)], folder)


def _pages_by_jinja(catalog: Path) -> Run:
    command = [sys.executable, "-m", "benchmarks.portal_pages", str(catalog)]
    done = subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True, encoding="utf-8")
    return Run(float(done.stdout), 0)


def _invent(folder: Path, vendors: int) -> Path:
    """Make the catalog of an invented district."""
    code = (
        "import sys\n"
        "from dataflows.actions.sample import invent_catalog\n"
        "from dataflows.sources.yaml_writer import write_yaml\n"
        "write_yaml(invent_catalog(int(sys.argv[1]), 1), open(sys.argv[2], 'w', encoding='utf-8', newline='\\n'))"
    )
    source, catalog = folder / f"invented-{vendors}.yaml", folder / f"invented-{vendors}.db"
    run([*python(code), str(vendors), str(source)], folder)
    run([*PROGRAM, "init", str(catalog)], folder)
    run([*PROGRAM, "apply", str(source), "--catalog", str(catalog)], folder)
    return catalog


def _make(yaml: Path, rows: Path, *, flows: int, vendors: int) -> int:
    """Write a district in a process of its own: a process started from a large one is accounted as large."""
    command = [sys.executable, "-m", "benchmarks.districts", str(yaml), str(rows), str(flows), str(vendors)]
    return int(subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True, encoding="utf-8").stdout)


def python(code: str) -> list[str]:
    """Return the command that runs a line of Python."""
    return [sys.executable, "-c", code]


def _load(folder: Path, *, flows: int, vendors: int) -> Path:
    catalog = folder / f"district-{flows}.db"
    if not catalog.exists():
        source = folder / f"district-{flows}.yaml"
        _make(source, folder / "unused.json", flows=flows, vendors=vendors)
        run([*PROGRAM, "init", str(catalog)], folder)
        run([*PROGRAM, "apply", str(source), "--catalog", str(catalog)], folder)
    return catalog


BENCHMARKS = {
    "start": start,
    "holds": holds,
    "audit": audit,
    "search": search,
    "maps": maps,
    "portal": portal,
    "overview": overview,
    "page": page,
    "load": load,
    "workbook": workbook,
    "lists": lists,
    "narrow": narrow,
    "documents": documents,
}


def main(names: list[str]) -> None:
    """Run the named benchmarks, or all."""
    unknown = set(names) - set(BENCHMARKS)
    if unknown:
        sys.exit(f"There is no benchmark {', '.join(sorted(unknown))}. There are: {', '.join(BENCHMARKS)}.")
    with tempfile.TemporaryDirectory() as folder:
        for name in names or BENCHMARKS:
            for ratio in BENCHMARKS[name](Path(folder)):
                print(ratio, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
