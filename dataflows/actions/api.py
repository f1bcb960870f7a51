"""The Python API: a catalog and the questions that it answers, each with the result of its command."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dataflows import __version__
from dataflows.actions import asking, export, history
from dataflows.actions import breach as breaches
from dataflows.actions import cut as cutting
from dataflows.actions import due as falling_due
from dataflows.actions import holds as holding
from dataflows.actions import plan as planning
from dataflows.actions import show as showing
from dataflows.catalog.database import Address, connect
from dataflows.catalog.snapshots import list_districts
from dataflows.catalog.writing import Signature

if TYPE_CHECKING:
    from datetime import date

    from dataflows.actions.map_columns import Proposal
    from dataflows.actions.publish import Published, Wanted
    from dataflows.actions.publish_verify import VerifiedPackage
    from dataflows.actions.shown import Shown
    from dataflows.catalog.log import Entry
    from dataflows.graph.network import FlowGraph
    from dataflows.model.audits import Audit
    from dataflows.model.due import Due
    from dataflows.model.snapshot import Snapshot


class Catalog:
    """A catalog at a path or an SQLAlchemy URL; `district` chooses where it holds several.

    Every method opens its own transaction.  All raise `DataflowsError` with a sentence for the
    user.  Days are given by the caller: the API never asks what day it is.
    """

    def __init__(self, address: str | Path, district: str | None = None) -> None:
        self.address = Address.parse(str(address))
        self.district = district

    @classmethod
    def create(cls, address: str | Path) -> Catalog:
        """Make an empty catalog, or open the one that is there."""
        from dataflows.catalog.migrate import create_catalog

        catalog = cls(address)
        create_catalog(catalog.address, datetime.now(UTC))
        return catalog

    def districts(self) -> list[str]:
        """Return the ids of the districts in the catalog."""
        with connect(self.address) as connection:
            return list_districts(connection)

    def snapshot(self, day: date, known_at: datetime | None = None) -> Snapshot:
        """Return the catalog on a day, as known now or at a moment, in frozen values."""
        return asking.read_snapshot(self.address, self.district, day, known_at)

    def graph(self, day: date) -> FlowGraph:
        """Return the flows in force on a day: a node a party, an edge a flow, keyed by its id."""
        from dataflows.graph.network import build_graph

        return build_graph(self.snapshot(day))

    def holds(self, *words: str, day: date, known_at: datetime | None = None) -> holding.Holds:
        """Say who holds elements on a day, and who may still retain them."""
        if known_at is not None:
            return holding.find_holds(self.snapshot(day, known_at), words)
        return asking.ask_holds(self.address, words, self.district, day)

    def show(self, id: str, *, day: date) -> tuple[Shown, ...]:
        """Return everything about one id; several where it names several things."""
        return showing.show(self.snapshot(day), id)

    def breach(self, party: str, asked: breaches.Asked | None = None, *, day: date) -> breaches.FoundBreach:
        """Say what a breach at a party exposes, and whom to tell by when."""
        return breaches.find_breach(self.snapshot(day), party, asked)

    def due(self, *, day: date, within_days: int = 60) -> list[Due]:
        """Return what is overdue or falls due within so many days."""
        return falling_due.find_due(self.snapshot(day), day, within_days)

    def cut(self, *words: str, start: str, end: str, day: date, weight: str = "flows") -> cutting.CutAnswer:
        """Return the fewest flows to end so that no element asked for reaches `end` from `start`."""
        return cutting.cut(self.snapshot(day), words, start, end, weight=weight)

    def audit(self, *, day: date, known_at: datetime | None = None) -> Audit:
        """Return what the rules find on a day."""
        from dataflows.actions.audit import audit_snapshot

        return audit_snapshot(self.snapshot(day, known_at))

    def plan(self, *files: str | Path, replace: bool = False, mapping: str | Path | None = None) -> planning.Plan:
        """Return what files would change; problems are in it. `mapping` says how lists of one's own are read."""
        return planning.plan_files(self.address, self._request(files, replace=replace, mapping=mapping))

    def apply(
        self,
        *files: str | Path,
        by: str,
        message: str = "",
        replace: bool = False,
        mapping: str | Path | None = None,
        at: datetime | None = None,
    ) -> tuple[planning.Plan, tuple[Entry, ...]]:
        """Change the catalog to what files say; raises InputError with every problem of all files."""
        moment = (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="microseconds")
        signed = Signature(moment, by, message, __version__)
        return planning.apply_files(self.address, self._request(files, replace=replace, mapping=mapping), signed)

    @staticmethod
    def map_columns(file: str | Path) -> Proposal:
        """Propose how a list of one's own is read; its text is for a person to check."""
        from dataflows.actions.map_columns import map_columns

        return map_columns(str(file))

    def export(self, file: str | Path) -> None:
        """Write the district to .yaml, .json, .xlsx, or a folder of CSV where the name has no suffix."""
        export.export_catalog(export.read_catalog(self.address, self.district), str(file))

    def log(self) -> list[Entry]:
        """Return the log, newest entry first."""
        return history.read_log(self.address, self.district)

    def verify(self) -> list[history.Verified]:
        """Prove that log, journal and tables agree, for the district or for all."""
        return history.verify_catalog(self.address, self.district)

    def publish(
        self, folder: str | Path, wanted: Wanted, *, by: str, message: str = "", at: datetime | None = None
    ) -> Published:
        """Freeze the package of a day into a folder and the record, or mark in one that is there what went out."""
        from dataflows.actions.publish import publish

        moment = (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="microseconds")
        signed = Signature(moment, by, message, __version__)
        return publish(self.address, self.district, Path(folder), wanted, signed)

    def verify_package(self, folder: str | Path) -> VerifiedPackage:
        """Compare a published folder with its digests and with this catalog's record."""
        from dataflows.actions.publish_verify import verify_package

        return verify_package(Path(folder), self.address, self.district, is_asked=True)

    def diff(self, start: date, end: date) -> history.Difference:
        """Return which flows were added, ended or corrected between two days."""
        return history.compare_days(self.address, self.district, start, end)

    def _request(self, files: tuple[str | Path, ...], *, replace: bool, mapping: str | Path | None) -> planning.Request:
        return planning.Request(
            files=[str(file) for file in files],
            replace=replace,
            district=self.district,
            mapping=str(mapping) if mapping is not None else None,
        )
