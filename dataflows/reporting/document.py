"""A document in one language, from its template to the bytes of a format: one tree, one writer a format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dataflows.reporting.dialect import parse_template_output
from dataflows.reporting.environment import render_template
from dataflows.reporting.pages import render_page
from dataflows.reporting.tree import Node, PageFacts, build_tree, title_of
from dataflows.reporting.writers.markdown import write_markdown
from dataflows.reporting.writers.text import write_text

if TYPE_CHECKING:
    from datetime import date

    from dataflows.reporting.kinds import Order
    from dataflows.reporting.telling import Teller

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


def make_document(order: Order, template: str, teller: Teller, *, gaps: tuple[str, ...] = (), **views: Any) -> Document:
    """Return what a template makes of its views; they have been told, so that the teller knows what it lacked."""
    shown = teller.document(order.issued)
    markdown = render_template(template, language=teller.language, document=shown, **views)
    return Document(
        kind=order.kind,
        language=teller.language,
        district=order.snapshot.district.name,
        issued=order.issued,
        tree=build_tree(parse_template_output(markdown)),
        missing_translations=teller.missing,
        is_reviewed=teller.is_reviewed,
        gaps=gaps,
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
