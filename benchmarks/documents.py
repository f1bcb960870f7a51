"""How fast documents are written: notices a second, PDF against typst alone, and all districts in one run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from benchmarks.measure import Ratio, Run
from dataflows import assets
from dataflows.actions.asking import read_snapshot
from dataflows.actions.write_notice import write_notice
from dataflows.actions.write_notices import write_notices
from dataflows.catalog.database import Address
from dataflows.model.snapshot import Snapshot

DAY = date(2026, 9, 1)
_SECONDS_A_NOTICE = 1 / 300
_SECONDS_A_PDF = 1 / 40
_TIMES = 60


def compare_documents(catalog: Path) -> Iterator[Ratio]:
    """Yield each figure of one document against what it is set against; a rate is set against its aim."""
    snapshot = read_snapshot(Address.parse(str(catalog)), None, DAY)
    html, pdf = seconds_a_notice(snapshot, ".html"), seconds_a_notice(snapshot, ".pdf")
    yield Ratio("annual notice, HTML / a 300th of a second", 1.0, ((Run(html, 0), Run(_SECONDS_A_NOTICE, 0)),))
    yield Ratio("annual notice, PDF / a 40th of a second", 1.0, ((Run(pdf, 0), Run(_SECONDS_A_PDF, 0)),))
    yield Ratio("annual notice, PDF / typst alone", 1.5, ((Run(pdf, 0), Run(_typst_alone(snapshot), 0)),))


def compare_districts(folder: Path, catalog: Path) -> Iterator[Ratio]:
    """Set the notices of all districts of a catalog against as many times one notice; then a second run."""
    address = Address.parse(str(catalog))
    one = seconds_a_notice(read_snapshot(address, "district-0", DAY), ".html")
    for name in ("first", "second"):
        start = time.process_time()
        written = write_notices(address, "annual", folder / "notices", day=DAY, suffix=".html")
        run = Run(time.process_time() - start, 0)
        yield Ratio(f"{written.all:,} districts, {name} run / each alone", 1.3, ((run, Run(one * written.all, 0)),))


def write_districts(folder: Path, count: int) -> list[str]:
    """Write the example's catalog for so many districts; return the files' names."""
    text = (assets.folder("schemas") / "examples" / "zoom-2020.yaml").read_text(encoding="utf-8")
    names = [f"district-{number}.yaml" for number in range(count)]
    for number, name in enumerate(names):
        (folder / name).write_text(text.replace("mcps", f"district-{number}"), encoding="utf-8", newline="\n")
    return names


def seconds_a_notice(snapshot: Snapshot, suffix: str) -> float:
    """Return the processor time of one annual notice, when all has been loaded."""
    return _seconds(lambda: write_notice(snapshot, "annual", issued=DAY, suffix=suffix))


def _seconds(write: Callable[[], object]) -> float:
    """Return the processor time that one call takes, when all has been loaded."""
    write()
    start = time.process_time()
    for _ in range(_TIMES):
        write()
    return (time.process_time() - start) / _TIMES


def _typst_alone(snapshot: Snapshot) -> float:
    """Return how long the typesetter takes for the same text, without anything of ours before it."""
    from dataflows.reporting.document import facts_of
    from dataflows.reporting.kinds import Order, compose
    from dataflows.reporting.writers.typst import write_typst
    from dataflows.typesetting import set_pdf

    document = compose(Order("annual", snapshot, "en", DAY))
    source = write_typst(document.tree, facts_of(document))
    pictures = {name: picture.content for name, picture in document.pictures.items()}
    return _seconds(lambda: set_pdf(source, pictures))
