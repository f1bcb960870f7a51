"""Every kind of document: who reads it, what it is about, and the module that composes it.

A module that composes has `compose(order)`, which returns the `Document` or raises DocumentHoleError.
Adding a document is adding that module, a template in reports/notice, and a row here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.look import Look


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
    look: Look | None = None
    """What a district has put in place of our templates, style, and sentences."""


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
    in_package: bool = False
    """Whether it is part of what every family gets in a year."""
    is_posted_with_gaps: bool = False
    """Whether it goes out although a vendor's fact is missing, which it then says in that place."""
    is_table: bool = False
    """Whether it can be written as .csv too, for a state's spreadsheet."""


def _posting(
    state: str, what: str, module: str = "posting", reader: Reader = Reader.PUBLIC, *, is_table: bool = False
) -> Kind:
    return Kind(what, f"postings.{module}", reader, states=(state,), is_posted_with_gaps=True, is_table=is_table)


POSTINGS: dict[str, Kind] = {
    "ca-contract-checklist": _posting("CA", "what contracts must say", "contract_checklist", Reader.OFFICE),
    "co-transparency": _posting("CO", "what is kept, and who gets it"),
    "ct-contract-notice": _posting("CT", "each contract, posted"),
    "ct-annual-url": _posting("CT", "where the contracts are posted", "page_address", Reader.FAMILIES),
    "il-soppa": _posting("IL", "student data, and who gets it"),
    "la-transfers": _posting("LA", "each transfer of student data"),
    "md-digital-tools": _posting("MD", "the list of digital tools", "digital_tools", is_table=True),
    "md-governance": _posting("MD", "how student data is governed"),
    "mn-annual-contracts": _posting("MN", "contracts, told to parents each year", reader=Reader.FAMILIES),
    "ny-bill-of-rights": _posting("NY", "the Parents' Bill of Rights", "bill_of_rights"),
    "ny-supplement": _posting("NY", "what supplements it for each contract"),
    "oh-annual-contracts": _posting("OH", "contracts, told to parents by 1 August", reader=Reader.FAMILIES),
    "oh-annual-monitoring": _posting("OH", "what is watched on school devices", "monitoring", Reader.FAMILIES),
    "ut-metadata-dictionary": _posting("UT", "all student data, defined", "metadata_dictionary", is_table=True),
}
"""What states ask for, by the id that schemas/law/states has for it."""

KINDS: dict[str, Kind] = {
    "annual": Kind("the annual notice of rights (34 CFR 99.7)", "annual_notice", Reader.FAMILIES, in_package=True),
    "vendor-letter": Kind("a letter about one vendor", "vendor_letter", Reader.FAMILIES, needs=("vendor",)),
    "disclosures": Kind("who has a child's data", "disclosures", Reader.FAMILIES, takes=("school", "grade")),
    "directory": Kind(
        "the notice of directory information, with its form (34 CFR 99.37)",
        "documents.directory",
        Reader.FAMILIES,
        in_package=True,
    ),
    "ppra": Kind(
        "the notice about surveys, marketing and exams (20 U.S.C. 1232h)",
        "documents.ppra",
        Reader.FAMILIES,
        in_package=True,
    ),
    "recruiters": Kind(
        "the notice about recruiters, for districts with grades 9 to 12 (20 U.S.C. 7908)",
        "documents.recruiters",
        Reader.FAMILIES,
        in_package=True,
    ),
    "disclosures-summary": Kind(
        "who has a child's data, on one page",
        "documents.summary",
        Reader.FAMILIES,
        takes=("school", "grade"),
        in_package=True,
    ),
    "disposition": Kind(
        "the directive to a vendor at the end, and the certificate that it returns",
        "documents.disposition",
        Reader.VENDOR,
        needs=("vendor",),
    ),
    "package": Kind("all that families get in a year, with a table of contents", "documents.package", Reader.FAMILIES),
    "checklist": Kind("what the law looks for each year, on one page", "documents.checklist", Reader.OFFICE),
    "breach": Kind("a letter about a breach", "breach_letter", Reader.FAMILIES, needs=("incident",)),
    **POSTINGS,
}
