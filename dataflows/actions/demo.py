"""Builds the example of 2020 end to end into a folder, or a large invented district to play with.

It ends with the maps and the portal: the site that a district would put on its web server.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataflows import __version__, assets
from dataflows.actions.asking import ask_holds, read_snapshot
from dataflows.actions.audit import audit_snapshot, render_audit
from dataflows.actions.draw_map import draw_map, draw_view_as, find_view
from dataflows.actions.files import make_folder, write_whole
from dataflows.actions.plan import Request, apply_files
from dataflows.actions.portal import Asked, write_portal
from dataflows.actions.write_notice import write_notice
from dataflows.catalog.database import Address
from dataflows.catalog.migrate import create_catalog
from dataflows.catalog.writing import Signature

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from dataflows.model.snapshot import Snapshot

VENDOR = "zoom"
PORTAL = "portal"
ELEMENT = "student-id"


@dataclass(frozen=True, slots=True)
class Made:
    """One thing that the demo made, and what it is in a few words."""

    path: Path
    what: str


def build_demo(folder: Path, now: datetime, by: str) -> list[Made]:
    """Build the example: catalog, letter, notice, findings, maps, portal; run again, the catalog stays as it is."""
    make_folder(folder)
    source = folder / "zoom-2020.yaml"
    write_whole(source, (assets.folder("schemas") / "examples" / "zoom-2020.yaml").read_bytes())
    address = _apply(folder / "dataflows.db", source, now, by, "The letter of April 2020")
    snapshot = read_snapshot(address, None, now.date())
    made = [
        Made(source, "what the district told parents in April 2020, as a catalog file"),
        Made(folder / "dataflows.db", "the catalog made from it, with its log"),
    ]
    for name, content, what in (*_documents(snapshot, now), *_findings(snapshot), *_maps(snapshot)):
        write_whole(folder / name, content)
        made.append(Made(folder / name, what))
    write_portal(address, None, folder / PORTAL, Asked(as_of=now.date()))
    return [*made, Made(folder / PORTAL, "the site for families: who gets what data, and why")]


def build_large(folder: Path, now: datetime, by: str, vendors: int = 300) -> list[Made]:
    """Build an invented district of many vendors: its file, its catalog and its map."""
    from dataflows.actions.sample import invent_catalog
    from dataflows.sources.yaml_writer import write_yaml

    make_folder(folder)
    source = folder / "large.yaml"
    with source.open("w", encoding="utf-8", newline="\n") as file:
        write_yaml(invent_catalog(vendors, seed=1), file)
    address = _apply(folder / "large.db", source, now, by, "An invented district")
    snapshot = read_snapshot(address, None, now.date())
    write_whole(folder / "large-network.svg", draw_view_as(find_view(snapshot, "network"), "svg"))
    return [
        Made(source, f"an invented district with {vendors} vendors"),
        Made(folder / "large.db", "the catalog made from it"),
        Made(folder / "large-network.svg", "who gets what, in groups"),
    ]


def count_holders(folder: Path, now: datetime) -> int:
    """Return how many parties hold the example's student numbers today."""
    found = ask_holds(Address.parse(str(folder / "dataflows.db")), [ELEMENT], None, now.date())
    return len(found.holders)


def _apply(catalog: Path, source: Path, now: datetime, by: str, why: str) -> Address:
    address = Address.parse(str(catalog))
    create_catalog(address, now)
    signed = Signature(now.isoformat(timespec="microseconds"), by, why, __version__)
    apply_files(address, Request(files=[str(source)]), signed)
    return address


def _maps(snapshot: Snapshot) -> Iterator[tuple[str, bytes, str]]:
    network = find_view(snapshot, "network")
    yield "map-network.svg", draw_view_as(network, "svg"), "the map of every flow, for a browser"
    yield "map-network.pdf", draw_view_as(network, "pdf"), "the same, to print"
    yield "map-overview.pdf", draw_map(snapshot, "overview", None, "pdf"), "who gets what, as a table to hang on a wall"
    vendor = find_view(snapshot, "vendor", VENDOR)
    yield "map-zoom.svg", draw_view_as(vendor, "svg"), "the map of one vendor and those behind it"


def _documents(snapshot: Snapshot, now: datetime) -> Iterator[tuple[str, bytes, str]]:
    day = now.date()
    letters = (
        ("html", "the letter to parents about Zoom"),
        ("pdf", "the same, to print"),
        ("docx", "the same, for Word"),
    )
    for suffix, what in letters:
        letter = write_notice(snapshot, "vendor-letter", issued=day, vendor=VENDOR, suffix=f".{suffix}")
        yield f"letter-zoom.{suffix}", letter.content, what
    for name, language, what in (
        ("annual-notice.html", "en", "the annual notice of rights under FERPA (34 CFR 99.7)"),
        ("annual-notice.pdf", "en", "the same, to print"),
        ("annual-notice.es.html", "es", "the same in Spanish"),
        ("annual-notice.es.pdf", "es", "the same in Spanish, to print"),
    ):
        notice = write_notice(snapshot, "annual", issued=day, language=language, suffix=f".{name.rpartition('.')[2]}")
        yield name, notice.content, what


def _findings(snapshot: Snapshot) -> Iterator[tuple[str, bytes, str]]:
    report = render_audit(audit_snapshot(snapshot), "html", "dataflows.db")
    yield "findings.html", report, "what is wrong or owed, each with its paragraph of the law"
