"""Documents for families: one template a document, one tree, one writer a format."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dataflows.law.notices import complaint_contact
from dataflows.reporting.annual_notice import build_annual_notice
from dataflows.reporting.breach_letter import build_breach_letter
from dataflows.reporting.dialect import parse_template_output
from dataflows.reporting.disclosures import build_disclosures
from dataflows.reporting.environment import render_template
from dataflows.reporting.incident_sheet import build_incident_sheet
from dataflows.reporting.pages import render_page
from dataflows.reporting.telling import Teller
from dataflows.reporting.tree import Node, build_tree
from dataflows.reporting.vendor_letter import build_vendor_letter
from dataflows.reporting.writers.markdown import write_markdown
from dataflows.reporting.writers.text import write_text

if TYPE_CHECKING:
    from datetime import date

    from dataflows.graph.breaches import Breach
    from dataflows.model.events import Incident
    from dataflows.model.parties import Vendor
    from dataflows.model.snapshot import Snapshot

SUFFIXES = (".html", ".md", ".txt")


@dataclass(frozen=True, slots=True)
class Document:
    """One document in one language, ready for any format."""

    kind: str
    language: str
    district: str
    tree: Node
    missing_translations: tuple[str, ...]
    """Fields whose texts are shown in another language."""
    gaps: tuple[str, ...] = ()
    """Fields that are not known yet: the document is a draft until they are."""


def compose_annual_notice(snapshot: Snapshot, *, language: str, issued: date) -> Document:
    """Return the annual notice; raises DocumentHoleError where a text that it must state is absent."""
    teller = Teller(snapshot, language)
    notice = build_annual_notice(snapshot, teller, complaint_contact(issued))
    markdown = render_template("notice/annual.md.j2", language=language, document=teller.document(issued), notice=notice)
    return _document("annual", markdown, teller)


def compose_vendor_letter(snapshot: Snapshot, vendor: Vendor, *, language: str, issued: date) -> Document:
    """Return the letter to families about one vendor."""
    teller = Teller(snapshot, language)
    letter = build_vendor_letter(snapshot, vendor, teller)
    markdown = render_template("notice/vendor-letter.md.j2", language=language, document=teller.document(issued), letter=letter)
    return _document("vendor-letter", markdown, teller)


def compose_disclosures(
    snapshot: Snapshot, school: str | None, grade: str | None, *, language: str, issued: date
) -> Document:
    """Return the answer to a parent of a student of a school and grade: who has data, what, why."""
    teller = Teller(snapshot, language)
    notice = build_disclosures(teller, school, grade)
    markdown = render_template("notice/disclosures.md.j2", language=language, document=teller.document(issued), notice=notice)
    return _document("disclosures", markdown, teller)


def compose_breach_letter(snapshot: Snapshot, incident: Incident, *, language: str, issued: date) -> Document:
    """Return the letter to families about an incident, with the text for the website."""
    teller = Teller(snapshot, language)
    letter = build_breach_letter(snapshot, incident, teller)
    markdown = render_template("notice/breach.md.j2", language=language, document=teller.document(issued), letter=letter)
    return replace(_document("breach", markdown, teller), gaps=letter.gaps)


def compose_incident_sheet(snapshot: Snapshot, breach: Breach) -> Document:
    """Return the sheet about a breach, for those who handle it."""
    teller = Teller(snapshot, "en")
    sheet = build_incident_sheet(snapshot, breach, teller)
    markdown = render_template("incident/sheet.md.j2", document=teller.document(breach.as_of), sheet=sheet)
    return _document("incident-sheet", markdown, teller)


def _document(kind: str, markdown: str, teller: Teller) -> Document:
    tree = build_tree(parse_template_output(markdown))
    return Document(kind, teller.language, teller.snapshot.district.name, tree, teller.missing)


def write_document(document: Document, suffix: str) -> bytes:
    """Return the bytes of a document in the format of a suffix."""
    if suffix == ".html":
        text = render_page(document.tree, kind=document.kind, language=document.language, district=document.district)
    elif suffix == ".md":
        text = write_markdown(document.tree)
    else:
        text = write_text(document.tree)
    return text.encode()
