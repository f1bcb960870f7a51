"""How fast documents are written: one notice, PDF against typst alone, all districts in one run, a whole package."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from benchmarks.districts import write_district
from benchmarks.measure import CHECKOUT, Ratio, Run
from dataflows import assets
from dataflows.actions.asking import read_snapshot
from dataflows.actions.publish_making import make_package
from dataflows.actions.write_notice import write_notice
from dataflows.actions.write_notices import EachOrder, write_notices
from dataflows.catalog.database import Address, connect
from dataflows.catalog.snapshots import read_bodies
from dataflows.reporting.composing import compose
from dataflows.reporting.document import SUFFIXES, facts_of, write_document
from dataflows.reporting.kinds import Order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

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
        count = len(write_notices(address, folder / "notices", EachOrder("annual", DAY)).made)
        run = Run(time.process_time() - start, 0)
        yield Ratio(f"{count:,} districts, {name} run / each alone", 1.3, ((run, Run(one * count, 0)),))


def compare_package(catalog: Path, district: str) -> Iterator[Ratio]:
    """Set a package against the sum of its parts: each document in each language by itself, in every format."""
    address = Address.parse(str(catalog))
    snapshot = read_snapshot(address, district, DAY)
    with connect(address) as connection:
        bodies = read_bodies(connection, district)
    parts = [(row["kind"], row["language"]) for row in make_package(snapshot, bodies).manifest["documents"]]

    def write_parts() -> None:
        for kind, language in parts:
            document = compose(Order(kind, snapshot, language, DAY))
            for suffix in SUFFIXES:
                write_document(document, suffix)

    pairs = []
    for _ in range(3):
        ours = _seconds(lambda: make_package(snapshot, bodies), times=1)
        pairs.append((Run(ours, 0), Run(_seconds(write_parts, times=1), 0)))
    vendors = len(snapshot.vendors)
    yield Ratio(f"package of {vendors} vendors, {len(parts)} documents / parts", 1.3, tuple(pairs))


def write_districts(folder: Path, count: int) -> list[str]:
    """Write the example's catalog for so many districts; return the files' names."""
    text = (assets.folder("schemas") / "examples" / "zoom-2020.yaml").read_text(encoding="utf-8")
    names = [f"district-{number}.yaml" for number in range(count)]
    for number, name in enumerate(names):
        (folder / name).write_text(text.replace("mcps", f"district-{number}"), encoding="utf-8", newline="\n")
    return names


def write_large_district(folder: Path) -> list[str]:
    """Write a district that owes every document to families who speak two languages, with 300 vendors; the files."""
    source = (CHECKOUT / "tests" / "data" / "maple.yaml").read_text(encoding="utf-8")
    (folder / "maple.yaml").write_text(f"catalog: 1\n{source}", encoding="utf-8", newline="\n")
    more = folder / "more.yaml"
    write_district(more, folder / "more-rows.json", flows=1_400, vendors=300)
    text = more.read_text(encoding="utf-8").replace(
        "district: {id: big, name: Big County Schools, state: MD}", "district: {id: maple}"
    )
    more.write_text(text, encoding="utf-8", newline="\n")
    return ["maple.yaml", "more.yaml"]


def seconds_a_notice(snapshot: Snapshot, suffix: str) -> float:
    """Return the processor time of one annual notice, when all has been loaded; each is of another district."""
    return _seconds_each(lambda one: write_notice(one, "annual", issued=DAY, suffix=suffix), _districts(snapshot))


def _districts(snapshot: Snapshot) -> list[Snapshot]:
    """Return districts alike but for their names: what is kept from one document must not make up the next."""
    names = (f"{snapshot.district.name} {number}" for number in range(_TIMES + 1))
    return [replace(snapshot, district=replace(snapshot.district, name=name)) for name in names]


T = TypeVar("T")


def _seconds_each(write: Callable[[T], object], things: list[T]) -> float:
    """Return the processor time that a call takes, each with another thing, when all has been loaded."""
    first, *others = things
    write(first)
    start = time.process_time()
    for thing in others:
        write(thing)
    return (time.process_time() - start) / len(others)


def _seconds(write: Callable[[], object], *, times: int) -> float:
    """Return the processor time that one call takes, when all has been loaded."""
    return _seconds_each(lambda _: write(), [None] * (times + 1))


def _typst_alone(snapshot: Snapshot) -> float:
    """Return how long the typesetter takes for the same texts, begun anew for each, without anything of ours."""
    from dataflows.reporting.writers.typst import write_typst
    from dataflows.typesetting import Shop

    documents = [compose(Order("annual", one, "en", DAY)) for one in _districts(snapshot)]
    sources = [write_typst(document.tree, facts_of(document)) for document in documents]
    pictures = {name: picture.content for name, picture in documents[0].pictures.items()}
    anew = partial(Shop, with_system_fonts=False)
    return _seconds_each(lambda source: anew().compile(source, pictures, format="pdf", pdf_standards=["ua-1"]), sources)
