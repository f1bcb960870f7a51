"""Documents for families: one template a document, one tree, one writer a format."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dataflows.law.notices import complaint_contact
from dataflows.reporting.annual_notice import build_annual_notice
from dataflows.reporting.breach_letter import build_breach_letter
from dataflows.reporting.dialect import parse_template_output
from dataflows.reporting.disclosures import build_disclosures
from dataflows.reporting.environment import render_template
from dataflows.reporting.incident_sheet import build_incident_sheet
from dataflows.reporting.pages import render_page
from dataflows.reporting.telling import Teller
from dataflows.reporting.tree import Node, PageFacts, build_tree, title_of
from dataflows.reporting.vendor_letter import build_vendor_letter
from dataflows.reporting.writers.markdown import write_markdown
from dataflows.reporting.writers.text import write_text

if TYPE_CHECKING:
    from datetime import date

    from dataflows.graph.breaches import Breach
    from dataflows.model.events import Incident
    from dataflows.model.parties import Vendor
    from dataflows.model.snapshot import Snapshot

SUFFIXES = (".html", ".pdf", ".docx", ".md", ".txt")


@dataclass(frozen=True, slots=True)
class Document:
    """One document in one language, ready for any format."""

    kind: str
    language: str
    district: str
    issued: date
    tree: Node
    missing_translations: tuple[str, ...]
    """Fields whose texts are shown in another language."""
    is_reviewed: bool = True
    """Whether a qualified person has reviewed all that is a translation in it."""
    gaps: tuple[str, ...] = ()
    """Fields that are not known yet: the document is a draft until they are."""


def compose_annual_notice(snapshot: Snapshot, *, language: str, issued: date) -> Document:
    """Return the annual notice; raises DocumentHoleError where a text that it must state is absent."""
    teller = Teller(snapshot, language)
    notice = build_annual_notice(snapshot, teller, complaint_contact(issued))
    return _document("annual", "notice/annual.md.j2", teller, issued, notice=notice)


def compose_vendor_letter(snapshot: Snapshot, vendor: Vendor, *, language: str, issued: date) -> Document:
    """Return the letter to families about one vendor."""
    teller = Teller(snapshot, language)
    letter = build_vendor_letter(snapshot, vendor, teller)
    return _document("vendor-letter", "notice/vendor-letter.md.j2", teller, issued, letter=letter)


def compose_disclosures(
    snapshot: Snapshot, school: str | None, grade: str | None, *, language: str, issued: date
) -> Document:
    """Return the answer to a parent of a student of a school and grade: who has data, what, why."""
    teller = Teller(snapshot, language)
    notice = build_disclosures(teller, school, grade)
    return _document("disclosures", "notice/disclosures.md.j2", teller, issued, notice=notice)


def compose_breach_letter(snapshot: Snapshot, incident: Incident, *, language: str, issued: date) -> Document:
    """Return the letter to families about an incident, with the text for the website."""
    teller = Teller(snapshot, language)
    letter = build_breach_letter(snapshot, incident, teller)
    return replace(_document("breach", "notice/breach.md.j2", teller, issued, letter=letter), gaps=letter.gaps)


def compose_incident_sheet(snapshot: Snapshot, breach: Breach) -> Document:
    """Return the sheet about a breach, for those who handle it."""
    teller = Teller(snapshot, "en")
    sheet = build_incident_sheet(snapshot, breach, teller)
    return _document("incident-sheet", "incident/sheet.md.j2", teller, breach.as_of, sheet=sheet)


def _document(kind: str, template: str, teller: Teller, issued: date, **views: Any) -> Document:
    """Return what a template makes of its views; they have been told, so that the teller knows what it lacked."""
    markdown = render_template(template, language=teller.language, document=teller.document(issued), **views)
    return Document(
        kind=kind,
        language=teller.language,
        district=teller.snapshot.district.name,
        issued=issued,
        tree=build_tree(parse_template_output(markdown)),
        missing_translations=teller.missing,
        is_reviewed=teller.is_reviewed,
    )


def write_document(document: Document, suffix: str) -> bytes:
    """Return the bytes of a document in the format of a suffix; raises MissingGlyphError."""
    tree = document.tree
    if suffix in (".pdf", ".docx"):
        return _write_pages(document, suffix)
    if suffix == ".html":
        text = render_page(tree, kind=document.kind, language=document.language, district=document.district)
    else:
        text = write_markdown(tree) if suffix == ".md" else write_text(tree)
    return text.encode()


def _write_pages(document: Document, suffix: str) -> bytes:
    """Return a document on pages; their libraries are loaded only for them."""
    facts = PageFacts(title_of(document.tree), document.district, document.language, document.issued)
    if suffix == ".docx":
        from dataflows.reporting.writers.docx import write_docx

        return write_docx(document.tree, facts)
    from dataflows.reporting.writers.typst import write_typst
    from dataflows.typesetting import set_pdf

    return set_pdf(write_typst(document.tree, facts))
