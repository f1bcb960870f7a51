"""What one row of a district's list says, with the cells in which it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dataflows.sources.district_list.domains import host_of, vendor_domain

if TYPE_CHECKING:
    from dataflows.sources.grid import Cell, Grid, Row


@dataclass(slots=True)
class Entry:
    """What one row says."""

    grid: Grid
    row: Row
    product: str | None = None
    vendor: str | None = None
    maker: str | None = None
    """Who the product's own cell says makes it: `Kahoot! (Kahoot AS)`."""
    aliases: tuple[str, ...] = ()
    brackets: tuple[str, ...] = ()
    """What else stands beside its name, and was not read: `Freckle (Renaissance)`."""
    addresses: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    takes_none: bool = False
    takes_some: bool = False
    is_given: bool | None = None
    """Whether a mark says that the data of the row is given; None where the list has no such column."""
    marked_grades: tuple[str, ...] = ()
    marked_schools: tuple[str, ...] = ()
    """Grades and schools that have a mark in the row."""
    is_unsigned: bool = False
    """The row says that its contract is not signed."""
    group: str = ""
    """The group to which the data of the row belongs."""
    receivers: tuple[tuple[str, Cell, bool], ...] = ()
    """Who has a mark in the row, in which cell, and whether it says yes."""
    schools: tuple[str, ...] = ()
    is_recipient: bool = False
    """The list says only who gets the data: a vendor, or somebody else."""
    recipients: tuple[str, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)
    """What else it says, by field: purpose, grades, effective, expires, status, ..."""
    cells: dict[str, Cell] = field(default_factory=dict)
    """The cell in which each field stands."""

    @property
    def owner(self) -> str:
        """Return the name by which its vendor goes: its own, or the product's where none is named."""
        return self.vendor or self.product or ""

    @property
    def domains(self) -> tuple[str, ...]:
        """Return the registered domains of its addresses."""
        found = (vendor_domain(host_of(address)) for address in self.addresses)
        return tuple(dict.fromkeys(domain for domain in found if domain))
