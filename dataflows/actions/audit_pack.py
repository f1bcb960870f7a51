"""`audit --pack`: what an auditor takes home, and can use without this program.

One page, a CSV a list, the findings with the place of their records, the rules behind them, the log, a
sample to test, and SHA256SUMS over all of it.  Everything is read in one transaction, as the catalog
is known now or was known at a moment.  The same catalog, days and seed give the same bytes.
"""

from __future__ import annotations

import hashlib
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dataflows.actions.audit import audit_snapshot
from dataflows.actions.audit_compared import compare_with_list
from dataflows.actions.audit_places import number_rows, places_of
from dataflows.actions.audit_sheets import (
    comparison_sheet,
    findings_sheet,
    log_sheet,
    rows_sheet,
    rules_sheet,
    sample_sheet,
)
from dataflows.actions.export import export_catalog
from dataflows.actions.files import make_folder, write_whole
from dataflows.catalog.database import connect
from dataflows.catalog.log import read_entries
from dataflows.catalog.recorded import read_recorders
from dataflows.catalog.snapshots import choose_district, entry_known_at, read_bodies
from dataflows.errors import OutputError
from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.model.lists import IN_JOURNAL, RECORDED
from dataflows.model.snapshot import build_snapshot
from dataflows.reporting.audit_facts import Head, ListSize, PackFacts
from dataflows.reporting.audit_report import render_report

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from dataflows.catalog.database import Address
    from dataflows.catalog.log import Entry
    from dataflows.catalog.snapshots import Bodies
    from dataflows.model.audits import Audit
    from dataflows.model.snapshot import Snapshot

SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What goes into a pack: as of which day, as known when, compared with which list, with which sample."""

    as_of: date
    made_on: date
    """The day on which the pack is made, and a list from outside compared."""
    known_at: datetime | None = None
    compared_with: str | None = None
    sample: int = 0
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A pack that was written: the audit in it, and the names of its files."""

    audit: Audit
    names: tuple[str, ...]


def write_pack(address: Address, district: str | None, folder: Path, wanted: Wanted) -> Pack:
    """Write the pack into a folder that is not there yet, or empty; nothing is left of one that fails."""
    _check_folder(folder)
    record = _read(address, district, wanted)
    is_new = not folder.exists()
    make_folder(folder)
    try:
        with tempfile.TemporaryDirectory(prefix=".pack-", dir=folder) as place:
            found, names = _fill(record, Path(place), wanted)
            for name in names:
                (Path(place) / name).replace(folder / name)
    except OSError as error:
        raise OutputError(f"The folder {folder} can't be written: {error.strerror or error}.") from None
    finally:
        if is_new:
            with suppress(OSError):  # a folder that is filled stays
                folder.rmdir()
    return Pack(audit=found, names=tuple(names))


def _check_folder(folder: Path) -> None:
    try:
        is_filled = folder.is_dir() and any(folder.iterdir())
    except OSError as error:
        raise OutputError(f"The folder {folder} can't be read: {error.strerror or error}.") from None
    if is_filled:
        raise OutputError(f"The folder {folder} is not empty. Name one that is not there yet.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """What the catalog knew: its rows, its log until then, which entry set which row, and what is wrong with it."""

    bodies: Bodies
    log: tuple[Entry, ...]
    recorders: dict[tuple[str, str], int]
    faults: tuple[str, ...]


def _read(address: Address, district: str | None, wanted: Wanted) -> _Record:
    from dataflows.actions.history import verify_catalog

    with connect(address) as connection:
        chosen = choose_district(connection, district)
        last = entry_known_at(connection, chosen, wanted.known_at) if wanted.known_at else None
        bodies = read_bodies(connection, chosen, last)
        log = [entry for entry, _digest in read_entries(connection, chosen)]
        recorders = read_recorders(connection, chosen, last)
    [verified] = verify_catalog(address, chosen)
    known = tuple(entry for entry in log if last is None or entry.number <= last)
    return _Record(bodies=bodies, log=known, recorders=recorders, faults=verified.reasons)


def _fill(record: _Record, place: Path, wanted: Wanted) -> tuple[Audit, list[str]]:
    """Write every file of a pack into an empty folder; return the audit and the files' names."""
    day = wanted.as_of
    snapshot = build_snapshot(record.bodies, taxonomy=builtin_taxonomy(), valid_on=day, known_at=wanted.known_at)
    found = audit_snapshot(snapshot)
    comparison = compare_with_list(snapshot, wanted.compared_with) if wanted.compared_with else None
    sample = draw_sample(record.bodies, wanted.sample, wanted.seed)
    place_of = places_of(record.bodies, record.log, record.recorders)
    export_catalog(record.bodies, str(place))
    _write_other_lists(record.bodies, place)
    made = {
        "findings.csv": findings_sheet(found, place_of, sample),
        "rules.csv": rules_sheet(found),
        "log.csv": log_sheet(record.log),
    }
    if wanted.sample:
        made["sample.csv"] = sample_sheet(snapshot, found, sample, number_rows(record.bodies))
    if comparison:
        made["comparison.csv"] = comparison_sheet(comparison)
    for name, text in made.items():
        write_whole(place / name, text.encode("utf-8-sig"))
    names = sorted(path.name for path in place.iterdir())
    facts = PackFacts(
        lists=_sizes(record.bodies, snapshot),
        made_on=wanted.made_on,
        known_at=wanted.known_at,
        head=_head(record.log),
        faults=record.faults,
        files=tuple((name, _ABOUT[name]) for name in names if name in _ABOUT),
        place_of=place_of,
        comparison=comparison,
        sample=sample,
        seed=wanted.seed,
        rows={id: row for (name, id), row in number_rows(record.bodies).items() if name == "flows"},
    )
    write_whole(place / "audit.html", render_report(found, facts).encode())
    return found, _sign(place)


_ABOUT = {
    "findings.csv": "every finding, waived ones too, with its law and the place of its record",
    "rules.csv": "the rules that found something: what each finds, why, and where lawyers could differ",
    "log.csv": "who changed the catalog, when and why; each entry names the digest of the one before it",
    "sample.csv": "the flows that were drawn, with room for what a test of each shows",
    "comparison.csv": "the vendors beside the list from outside",
    "sources.csv": "where the district found the facts of its rows",
}
"""What is in the files that are no list of the catalog."""


def draw_sample(bodies: Bodies, size: int, seed: int) -> tuple[str, ...]:
    """Return the ids of the flows that are marked, sorted: all of them where there are fewer than asked for.

    Drawn are those whose `seed:id` has the smallest SHA-256, so that anybody can draw them again.
    """
    known = (id for id, _body in bodies.get("flows", ()))
    drawn = sorted(known, key=lambda id: hashlib.sha256(f"{seed}:{id}".encode()).hexdigest())
    return tuple(sorted(drawn[:size]))


def _write_other_lists(bodies: Bodies, place: Path) -> None:
    """Write what no export has: lists without a row, of which an auditor sees that there is nothing, and our own."""
    for spec in IN_JOURNAL.values():
        rows = bodies.get(spec.name, [])
        if not rows or spec in RECORDED:
            write_whole(place / f"{spec.name}.csv", rows_sheet(spec.record, rows).encode("utf-8-sig"))


def _sizes(bodies: Bodies, snapshot: Snapshot) -> tuple[ListSize, ...]:
    day = snapshot.valid_on
    in_force = {
        "agreements": sum(1 for row in snapshot.agreements.values() if day in row.period),
        "flows": len(snapshot.flows),
        "waivers": sum(1 for row in snapshot.waivers.values() if row.until >= day),
    }
    return tuple(
        ListSize(
            name=spec.name,
            file=f"{spec.name}.csv",
            rows=len(bodies.get(spec.name, ())),
            in_force=in_force.get(spec.name),
        )
        for spec in IN_JOURNAL.values()
    )


def _head(log: Sequence[Entry]) -> Head | None:
    if not log:
        return None
    last = log[-1]
    return Head(entries=len(log), digest=f"sha256:{last.digest}", at=last.at, by=last.by, first_at=log[0].at)


def _sign(folder: Path) -> list[str]:
    """Write the digest of every file, as `sha256sum -c` reads them; return their names, the digests' last."""
    names = sorted(path.name for path in folder.iterdir())
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    write_whole(folder / SUMS, "".join(lines).encode())
    return [*names, SUMS]
