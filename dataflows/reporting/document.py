"""A document in one language, from its template to the bytes of a format: one tree, one writer a format."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from dataflows.reporting.dialect import parse_template_output
from dataflows.reporting.environment import render_template
from dataflows.reporting.kinds import KINDS
from dataflows.reporting.pages import render_page
from dataflows.reporting.seen import check_seen
from dataflows.reporting.tables import to_csv
from dataflows.reporting.tree import Kind, Node, PageFacts, build_tree, plain_text, section_of, title_of, walk
from dataflows.reporting.writers.markdown import write_markdown
from dataflows.reporting.writers.text import write_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dataflows.reporting.kinds import Order
    from dataflows.reporting.pictures import Picture
    from dataflows.reporting.postings.missing import MissingFact
    from dataflows.reporting.telling import Teller

SUFFIXES = (".html", ".pdf", ".docx", ".md", ".txt")
TABLE_SUFFIX = ".csv"
"""Besides, of the kinds that are tables."""


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
    """Fields that are not known yet, each marked in the text."""
    missing: tuple[MissingFact, ...] = ()
    """The same of a posting that goes out with them, with whose they are and who must be asked."""
    cautions: tuple[str, ...] = ()
    """What the office should know of its law, and no reader of the document."""
    table: tuple[tuple[object, ...], ...] = ()
    """The same as rows, their headings first, where a state takes it as a spreadsheet."""
    style: str = ""
    """What a district adds to the style sheet."""
    is_draft: bool = False
    """Whether it says on each of its pages that it is a draft."""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """What its images show, by name."""

    @property
    def draft_word(self) -> str:
        """Return the word that stands on each page of a draft; nothing where it is none."""
        note = section_of(self.tree, "draft")
        strong = next((node for node in walk(note) if node.kind is Kind.STRONG), None) if note else None
        return plain_text(strong).rstrip(".:") if strong else ""


def make_document(
    order: Order,
    template: str,
    teller: Teller,
    *,
    gaps: tuple[str, ...] = (),
    drawn: Mapping[str, Picture] | None = None,
    **views: Any,
) -> Document:
    """Return what a template makes of its views; they have been told, so that the teller knows what it lacked.

    `drawn` are the pictures that it shows beside those of every document.
    A draft is what was ordered as one, and what has gaps, except where it goes out with them. It has the
    note that the head of its template writes, and the note's first word before its title.
    """
    check_seen(template, set(views))
    kind = KINDS.get(order.kind)
    is_draft = order.is_draft or (bool(gaps) and not (kind and kind.is_posted_with_gaps))
    pictures = {**teller.pictures(), **(drawn or {}), **(order.look.pictures if order.look else {})}
    shown = replace(teller.document(order.issued), is_draft=is_draft, pictures=tuple(pictures))
    environment = order.look.environment(template, teller.language) if order.look else None
    markdown = render_template(template, language=teller.language, environment=environment, document=shown, **views)
    made = Document(
        kind=order.kind,
        language=teller.language,
        district=order.snapshot.district.name,
        issued=order.issued,
        tree=build_tree(parse_template_output(markdown)),
        missing_translations=teller.missing,
        is_reviewed=teller.is_reviewed,
        gaps=gaps,
        style=order.look.style if order.look else "",
        is_draft=is_draft,
        pictures=pictures,
    )
    return replace(made, tree=_with_word_in_title(made.tree, made.draft_word)) if is_draft else made


def _with_word_in_title(tree: Node, word: str) -> Node:
    """Put a word before a document's title."""
    title = next((node for node in walk(tree) if node.kind is Kind.HEADING), None)
    if title is None or not word:
        return tree
    marked = replace(title, children=(Node(Kind.TEXT, text=f"{word}: "), *title.children))

    def put(node: Node) -> Node:
        return marked if node is title else replace(node, children=tuple(put(child) for child in node.children))

    return put(tree)


def write_document(document: Document, suffix: str) -> bytes:
    """Return the bytes of a document in the format of a suffix; raises MissingGlyphError."""
    tree = document.tree
    if suffix in (".pdf", ".docx"):
        return _write_pages(document, suffix)
    if suffix == TABLE_SUFFIX:
        headings, *rows = document.table
        return to_csv([str(heading) for heading in headings], rows).encode("utf-8-sig")
    if suffix == ".html":
        text = render_page(tree, facts_of(document), kind=document.kind, style=document.style)
    else:
        text = write_markdown(tree) if suffix == ".md" else write_text(tree, document.language)
    return text.encode()


def _write_pages(document: Document, suffix: str) -> bytes:
    """Return a document on pages; their libraries are loaded only for them."""
    facts = facts_of(document)
    if suffix == ".docx":
        from dataflows.reporting.writers.docx import write_docx

        return write_docx(document.tree, facts)
    from dataflows.reporting.writers.typst import write_typst
    from dataflows.typesetting import set_pdf

    pictures = {name: picture.content for name, picture in document.pictures.items()}
    return set_pdf(write_typst(document.tree, facts), pictures)


def facts_of(document: Document) -> PageFacts:
    """Return what a file of pages says of itself."""
    return PageFacts(
        title=title_of(document.tree),
        author=document.district,
        language=document.language,
        issued=document.issued,
        draft=document.draft_word,
        pictures=document.pictures,
    )
