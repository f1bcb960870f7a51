"""One document for each district of a catalog, in one run: whole, or none where one of them has a hole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataflows.actions.files import make_folder, write_whole
from dataflows.actions.write_notice import write_notice
from dataflows.catalog.database import connect
from dataflows.catalog.snapshots import entry_known_at, list_districts, read_bodies
from dataflows.errors import DataflowsError, DocumentHoleError
from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.model.snapshot import build_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from pathlib import Path

    from dataflows.actions.write_notice import WrittenNotice
    from dataflows.catalog.database import Address
    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.look import Look


class DistrictHolesError(DataflowsError):
    """Some districts' documents lack a text that the law makes part of them."""

    def __init__(self, holes: dict[str, DocumentHoleError]) -> None:
        self.problems = tuple(f"{district}: {hole}" for district, hole in holes.items())
        super().__init__(f"The documents of {len(holes)} districts have holes, so nothing was written.")


@dataclass(frozen=True, slots=True)
class WrittenFiles:
    """How many files there are in the folder, and how many of them were new or changed."""

    all: int
    changed: int


def write_notices(
    address: Address,
    kind: str,
    folder: Path,
    *,
    day: date,
    suffix: str,
    known_at: datetime | None = None,
    language: str | None = None,
    is_draft: bool = False,
    look: Look | None = None,
) -> WrittenFiles:
    """Write a document of a kind for each district, as DISTRICT.suffix; a file that would not change is left alone.

    Raises DistrictHolesError, and what `write_notice` raises.
    """
    made: dict[str, WrittenNotice] = {}
    holes: dict[str, DocumentHoleError] = {}
    for snapshot in _snapshots(address, day, known_at):
        try:
            made[snapshot.district.id] = write_notice(
                snapshot, kind, issued=day, language=language, suffix=suffix, is_draft=is_draft, look=look
            )
        except DocumentHoleError as hole:
            holes[snapshot.district.id] = hole
    if holes:
        raise DistrictHolesError(holes)
    return _write(make_folder(folder), {f"{id}{suffix}": notice.content for id, notice in made.items()})


def _snapshots(address: Address, day: date, known_at: datetime | None) -> Iterator[Snapshot]:
    """Yield the catalog of each district, read through one connection."""
    with connect(address) as connection:
        for district in list_districts(connection):
            entry = entry_known_at(connection, district, known_at) if known_at else None
            bodies = read_bodies(connection, district, entry)
            yield build_snapshot(bodies, taxonomy=builtin_taxonomy(), valid_on=day, known_at=known_at)


def _write(folder: Path, files: dict[str, bytes]) -> WrittenFiles:
    changed = 0
    for name, content in sorted(files.items()):
        path = folder / name
        if not (path.is_file() and path.read_bytes() == content):
            write_whole(path, content)
            changed += 1
    return WrittenFiles(len(files), changed)
