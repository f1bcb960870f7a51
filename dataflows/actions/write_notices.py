"""One document for each district of a catalog, in one run: whole, or none where one of them has a hole."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dataflows.actions.files import make_folder, write_changed
from dataflows.actions.write_notice import check_kind, check_suffix, is_asked_for, write_notice
from dataflows.catalog.database import connect
from dataflows.catalog.snapshots import entry_known_at, list_districts, read_bodies
from dataflows.errors import DataflowsError, DocumentHoleError, NotOwedError, UsageError
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
        districts = (
            "the document of 1 district has" if len(holes) == 1 else f"the documents of {len(holes)} districts have"
        )
        super().__init__(f"Nothing was written, for {districts} holes.")


@dataclass(frozen=True, slots=True)
class EachOrder:
    """What each district is to get."""

    kind: str
    day: date
    suffix: str = ".html"
    known_at: datetime | None = None
    language: str | None = None
    """None: of each district the first home language that the document has."""
    is_draft: bool = False
    look: Look | None = None


@dataclass(slots=True)
class WrittenFiles:
    """The documents by their districts, and how many files were new or changed."""

    made: dict[str, WrittenNotice] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    """Districts that owe no such document, and why."""
    changed: int = 0


def write_notices(address: Address, folder: Path, order: EachOrder) -> WrittenFiles:
    """Write a document of a kind for each district, as DISTRICT.suffix; a file that would not change is left alone.

    Raises DistrictHolesError, UsageError where no district owes the document, and what `write_notice` raises.
    """
    check_suffix(order.kind, order.suffix)
    check_kind(order.kind, set())
    written = WrittenFiles()
    holes: dict[str, DocumentHoleError] = {}
    for snapshot in _snapshots(address, order):
        district = snapshot.district
        if not is_asked_for(order.kind, district):
            written.left_out[district.id] = f"Its state, {district.state or 'not stated'}, does not ask for it."
            continue
        try:
            written.made[district.id] = _write_for(snapshot, order)
        except NotOwedError as fault:
            written.left_out[district.id] = str(fault)
        except DocumentHoleError as hole:
            holes[district.id] = hole
    if holes:
        raise DistrictHolesError(holes)
    if not written.made:
        raise UsageError(f"No district of the catalog owes `notice {order.kind}`, so nothing was written.")
    files = {f"{district}{order.suffix}": notice.content for district, notice in written.made.items()}
    written.changed = write_changed(make_folder(folder), files)
    return written


def _write_for(snapshot: Snapshot, order: EachOrder) -> WrittenNotice:
    return write_notice(
        snapshot,
        order.kind,
        issued=order.day,
        language=order.language,
        suffix=order.suffix,
        is_draft=order.is_draft,
        look=order.look,
    )


def _snapshots(address: Address, order: EachOrder) -> Iterator[Snapshot]:
    """Yield the catalog of each district, read through one connection."""
    with connect(address) as connection:
        for district in list_districts(connection):
            entry = entry_known_at(connection, district, order.known_at) if order.known_at else None
            bodies = read_bodies(connection, district, entry)
            yield build_snapshot(bodies, taxonomy=builtin_taxonomy(), valid_on=order.day, known_at=order.known_at)
