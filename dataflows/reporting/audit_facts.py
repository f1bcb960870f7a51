"""What an auditor's pack says beside the findings: the population, where each record stands, the log's head."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from dataflows.model.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the record behind a finding stands: in the pack, in the log, and where the district found the fact."""

    file: str
    row: int
    """Counted as a spreadsheet does: the headings are row 1."""
    entry: int | None = None
    """The entry of the log that last set the record; None where the log has none."""
    at: str = ""
    by: str = ""
    sources: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}"

    @property
    def recorded(self) -> str:
        """Return who last set the record, and when."""
        if self.entry is None:
            return "no entry of the log names it"
        return f"entry {self.entry} of the log, on {self.at[:16].replace('T', ' at ')} UTC, by {self.by}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSize:
    """One list of the catalog, its file, and how many rows it has."""

    name: str
    file: str
    rows: int
    in_force: int | None = None
    """How many of them are in force on the day; None where rows of the list have no days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """One name of an outside list, and the vendor of the catalog that it is; or one of the two alone."""

    name: str = ""
    domains: tuple[str, ...] = ()
    vendor: str = ""
    vendor_name: str = ""
    place: str = ""
    """Where it stands in the outside list."""

    @property
    def where(self) -> str:
        """Return on which side it stands."""
        return "both" if self.name and self.vendor else "list only" if self.name else "catalog only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The outside list with which the vendors were compared."""

    file: str
    sha256: str
    rows: int
    """How many rows of it name a vendor or a product."""
    met: tuple[Met, ...]
    remarks: tuple[str, ...] = ()
    """What of the list was not read."""

    def of(self, where: str) -> tuple[Met, ...]:
        """Return what stands on one side, or on both."""
        return tuple(met for met in self.met if met.where == where)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The newest entry of the log that the pack rests on."""

    entries: int
    digest: str
    at: str
    by: str
    first_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFacts:
    """What an auditor's pack says beside the findings."""

    lists: tuple[ListSize, ...]
    made_on: date
    known_at: datetime | None
    head: Head | None
    faults: tuple[str, ...]
    """What is wrong with the record, as `verify` finds it."""
    files: tuple[tuple[str, str], ...]
    """Each other file of the pack, and what is in it."""
    place_of: Callable[[Finding], Place | None]
    comparison: Comparison | None = None
    sample: tuple[str, ...] = ()
    """Ids of the flows that are marked for a test."""
    seed: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    """The row of each flow in its file."""
