"""`audit --pack`: what an auditor takes home, and can use without this program.

One page, a CSV a list, the findings, the log, a sample to test, and SHA256SUMS over all of them.
The same catalog, day and seed give the same bytes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from dataflows.actions.audit import render_audit
from dataflows.actions.export import export_catalog, read_catalog
from dataflows.actions.files import make_folder, write_whole
from dataflows.actions.history import read_log
from dataflows.errors import OutputError
from dataflows.model.lists import LISTS
from dataflows.reporting.audit_report import PackFacts, render_report
from dataflows.reporting.tables import to_csv

if TYPE_CHECKING:
    from pathlib import Path

    from dataflows.catalog.database import Address
    from dataflows.catalog.log import Entry
    from dataflows.catalog.snapshots import Bodies
    from dataflows.model.audits import Audit

SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How many flows to mark, and the seed that marks the same ones each time."""

    size: int = 0
    seed: int = 0


def write_pack(address: Address, district: str | None, audit: Audit, folder: Path, sampling: Sampling) -> list[str]:
    """Write the pack into a folder that is not there, or empty; return the names of its files."""
    make_folder(folder)
    if any(folder.iterdir()):
        raise OutputError(f"The folder {folder} is not empty. Name one that is not there yet.")
    bodies = read_catalog(address, district)
    log = read_log(address, district)
    sample = draw_sample(bodies, sampling)
    export_catalog(bodies, str(folder))
    facts = PackFacts(
        population=tuple((spec.name, len(list(bodies.get(spec.name, ())))) for spec in LISTS if bodies.get(spec.name)),
        head=f"sha256:{log[0].digest}" if log else None,
        entries=len(log),
        sample=tuple(sample),
        seed=sampling.seed,
    )
    made = {
        "audit.html": render_report(audit, facts).encode(),
        "findings.csv": render_audit(audit, "csv", str(address)),
        "log.csv": _log(log).encode(),
    }
    if sampling.size:
        made["sample.csv"] = to_csv(("list", "id"), [("flows", id) for id in sample]).encode()
    for name, content in made.items():
        write_whole(folder / name, content)
    return _sign(folder)


def draw_sample(bodies: Bodies, sampling: Sampling) -> list[str]:
    """Return the ids of the flows that are marked, sorted: all of them where there are fewer than asked for."""
    known = sorted(id for id, _body in bodies.get("flows", ()))
    size = min(sampling.size, len(known))
    return sorted(Random(sampling.seed).sample(known, size))  # noqa: S311 - a draw that can be repeated, no secret


def _log(log: list[Entry]) -> str:
    headings = ("entry", "at", "by", "message", "added", "changed", "removed", "digest", "previous")
    rows = (
        (e.number, e.at, e.by, e.message, e.added, e.changed, e.removed, f"sha256:{e.digest}", f"sha256:{e.previous}")
        for e in log
    )
    return to_csv(headings, rows)


def _sign(folder: Path) -> list[str]:
    """Write the digest of every file, as `sha256sum -c` reads them."""
    names = sorted(path.name for path in folder.iterdir())
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    write_whole(folder / SUMS, "".join(lines).encode())
    return [*names, SUMS]
