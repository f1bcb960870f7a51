"""Every kind of document: who reads it, what it is about, and the module that composes it.

A module that composes has `compose(order)`, which returns the `Document` or raises DocumentHoleError.
Adding a document is adding that module, a template in reports/notice, and a row here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.document import Document


class Reader(StrEnum):
    """For whom a document is written."""

    FAMILIES = "families"
    PUBLIC = "public"
    """Anyone who looks at the page on which a state wants it posted."""
    VENDOR = "vendor"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class About:
    """Whom or what a document is about: ids of the catalog, a grade's code."""

    vendor: str | None = None
    school: str | None = None
    grade: str | None = None
    incident: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """One document, as it was asked for."""

    kind: str
    snapshot: Snapshot
    language: str
    issued: date
    about: About = About()
    is_draft: bool = False
    """Whether a hole that would refuse the document is to stand in it as a marked gap."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of document."""

    what: str
    """What it is, for a list of kinds."""
    module: str
    """The module in this package that composes it."""
    reader: Reader
    needs: tuple[str, ...] = ()
    """The words of `About` without which it can't be written."""
    takes: tuple[str, ...] = ()
    """Those that narrow it."""
    states: tuple[str, ...] = ()
    """The states whose law asks for it; none where it goes for all."""
    is_posted_with_gaps: bool = False
    """Whether it goes out although a vendor's fact is missing, which it then says in that place."""


KINDS: dict[str, Kind] = {
    "annual": Kind("the annual notice of rights (34 CFR 99.7)", "annual_notice", Reader.FAMILIES),
    "vendor-letter": Kind("a letter about one vendor", "vendor_letter", Reader.FAMILIES, needs=("vendor",)),
    "disclosures": Kind("who has a child's data", "disclosures", Reader.FAMILIES, takes=("school", "grade")),
    "breach": Kind("a letter about a breach", "breach_letter", Reader.FAMILIES, needs=("incident",)),
}


def compose(order: Order) -> Document:
    """Return the document that is asked for; raises DocumentHoleError where the law leaves no room for a gap."""
    module = import_module(f"dataflows.reporting.{KINDS[order.kind].module}")
    document: Document = module.compose(order)
    return document
