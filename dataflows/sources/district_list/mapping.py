"""What a mapping says: how one district's list is read. `map_writer` writes it, `map_reader` reads it."""

from __future__ import annotations

from dataclasses import dataclass

from dataflows.sources.district_list.words import GIVEN_TO

AGREEMENT_KIND = "contract"
"""What a contract is taken for where the list does not say of what sort it is: it claims nothing."""


NAMES = ("product", "vendor", "recipient")
"""Meanings of columns that name who gets the data."""


def names_receivers(is_: str) -> bool:
    """Tell whether a column says who gets the data: in its cells, or in its heading."""
    return is_ in NAMES or is_.startswith(GIVEN_TO)


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What one column is."""

    column: int
    """From 0."""
    heading: str
    is_: str
    """A word of headings.yaml, or `element ID`."""
    certainty: str = ""
    """`sure`, `likely` or `not sure`; empty once a person wrote it."""
    reason: str = ""
    blank: str = ""
    """`above`: an empty cell stands for the last filled one above it."""


@dataclass(frozen=True, slots=True)
class SheetMap:
    """How one table of the file is read."""

    name: str
    headings: int | None
    """The row of the headings; None where there are none."""
    columns: tuple[ColumnMap, ...]
    dates: str | None = None
    dates_reason: str = ""
    remarks: tuple[str, ...] = ()
    status: str | None = None
    """What the district decided of all that it lists, where no column says it: a sheet called `Denied`."""

    @property
    def has_names(self) -> bool:
        """Tell whether a column names who gets the data."""
        return any(names_receivers(column.is_) for column in self.columns)

    def find(self, is_: str) -> ColumnMap | None:
        """Return the first column of a meaning."""
        return next((column for column in self.columns if column.is_ == is_), None)


@dataclass(frozen=True, slots=True)
class OtherName:
    """A spelling that is taken for a vendor, and why."""

    name: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class VendorMap:
    """One vendor of several spellings, or one school."""

    name: str
    also: tuple[OtherName, ...]
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a file is read."""

    file: str
    sheets: tuple[SheetMap, ...]
    vendors: tuple[VendorMap, ...] = ()
    agreement_kind: str | None = None
    remarks: tuple[str, ...] = ()
    """What was left out, and what a person should look at."""
    schools: tuple[VendorMap, ...] = ()
    """Spellings of schools of the catalog."""
