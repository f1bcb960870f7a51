"""Documents for families: one template a document, one tree, one writer a format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataflows.law.notices import complaint_contact
from dataflows.reporting.annual_notice import build_annual_notice
from dataflows.reporting.dialect import parse_template_output
from dataflows.reporting.environment import render_template
from dataflows.reporting.pages import render_page
from dataflows.reporting.telling import Teller
from dataflows.reporting.tree import Node, build_tree
from dataflows.reporting.vendor_letter import build_vendor_letter
from dataflows.reporting.writers.markdown import write_markdown
from dataflows.reporting.writers.text import write_text

if TYPE_CHECKING:
    from datetime import date

    from dataflows.model.parties import Vendor
    from dataflows.model.snapshot import Snapshot

LANGUAGES = ("en",)
"""Languages in which there are sentences for all documents; the templates' own first."""
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


def compose_annual_notice(snapshot: Snapshot, *, language: str, issued: date) -> Document:
    """Return the annual notice; raises DocumentHoleError where a text that it must state is absent."""
    teller = Teller(snapshot, language)
    notice = build_annual_notice(snapshot, teller, complaint_contact(issued))
    markdown = render_template("notice/annual.md.j2", document=teller.document(issued), notice=notice)
    return _document("annual", markdown, teller)


def compose_vendor_letter(snapshot: Snapshot, vendor: Vendor, *, language: str, issued: date) -> Document:
    """Return the letter to families about one vendor."""
    teller = Teller(snapshot, language)
    letter = build_vendor_letter(snapshot, vendor, teller)
    markdown = render_template("notice/vendor-letter.md.j2", document=teller.document(issued), letter=letter)
    return _document("vendor-letter", markdown, teller)


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
