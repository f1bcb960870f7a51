"""Writes a document for Word: real headings and lists, heads of tables that are repeated, one language.

The same document gives the same bytes: the parts of the archive have one order and one time.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor, Twips

from dataflows.reporting.markdown import is_right_to_left
from dataflows.reporting.pictures import SCHEME, find_picture
from dataflows.reporting.tree import Kind, Node, UnknownTokenError, direction_of, is_picture, plain_text, section_of
from dataflows.reporting.writers import word_styles as look
from dataflows.reporting.writers.paper import PAIRED, column_shares, may_break, rows_of, with_next
from dataflows.reporting.writers.word_parts import (
    TEXT_WIDTH,
    add,
    bookmark,
    describe,
    edge,
    insert,
    look_like_ours,
    put_in_list,
    tab_stop,
    tick_box,
    underline,
    with_one_time,
    writing_stops,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

    from dataflows.reporting.pictures import Picture
    from dataflows.reporting.tree import PageFacts

_TIGHT = {"glance": 6, "contact": 6}
"""Points below an item of a tight list, where they are not 2."""
_FENCE = "\u200e"
"""A mark without width that runs from left to right."""


@dataclass(frozen=True, slots=True)
class _Where:
    """In what a block stands."""

    section: str = ""
    lang: str = ""
    depth: int = -1
    """Of lists; -1 outside."""
    list_number: int | None = None
    """Of the list whose item begins with the next paragraph."""


@dataclass(frozen=True, slots=True)
class _Marks:
    """How a run is set."""

    lang: str = ""
    is_bold: bool = False
    is_italic: bool = False
    is_code: bool = False
    is_turned: bool = False
    """Kept apart because its script runs the other way."""
    color: str = ""


def write_docx(document: Node, facts: PageFacts) -> bytes:
    """Return a document as the bytes of a .docx file."""
    word = docx.Document()
    look.set_styles(word, facts.language)
    look.set_draft(word, facts.draft)
    if is_dense := section_of(document, "dense") is not None:
        look.fit_one_page(word)
    _Writer(word, facts, is_dense=is_dense).blocks(document.children, _Where())
    describe(word, facts)
    buffer = io.BytesIO()
    word.save(buffer)
    return with_one_time(buffer.getvalue())


def _dots_of(picture: Picture) -> bytes:
    """Return a picture as dots, for Word shows no drawing without them; the typesetter is loaded only for one."""
    if picture.kind != "svg":
        return picture.content
    from dataflows.typesetting import draw_dots

    return draw_dots(picture.content, picture.width, picture.height)


class _Writer:
    """Puts the nodes of a document into a Word document, one after another."""

    def __init__(self, word: WordDocument, facts: PageFacts, *, is_dense: bool = False) -> None:
        self._word = word
        self._language = facts.language
        self._pictures = facts.pictures
        self._is_rtl = direction_of(facts.language) == "rtl"
        self._is_below_title = self._is_below_table = False
        self._begins_page = self._are_lines_apart = False
        self._is_dense = is_dense
        """Whether all has to fit one page."""
        self._marks = 0
        """Numbers that the format wants: of pictures and of places that are linked to."""
        self._last: Paragraph | None = None

    def blocks(self, nodes: Iterable[Node], where: _Where) -> None:
        """Write blocks; raises UnknownTokenError."""
        for node, is_leading in with_next(nodes):
            if node.kind not in _BLOCKS:
                raise UnknownTokenError(node.kind)
            _BLOCKS[node.kind](self, node, where)
            if is_leading and self._last is not None:
                self._last.paragraph_format.keep_with_next = True
            where = replace(where, list_number=None) if node.kind is Kind.PARAGRAPH else where

    def section(self, node: Node, where: _Where) -> None:
        """Write a section: the letterhead is one line, the others are blocks of their own look."""
        if node.lang:
            self.blocks(node.children, replace(where, lang=node.lang))
        elif node.name == "letterhead":
            self._letterhead(node)
        elif node.name in ("form", "part"):
            self._begins_page = True
            if node.name == "form":
                add(self._paragraph(_Where()), "w:pBdr", edge("bottom", 6, 1, look.SOFT, "dashed"))
            self.blocks(node.children, replace(where, section=node.name))
        else:
            self.blocks(node.children, replace(where, section=node.name))

    def _letterhead(self, node: Node) -> None:
        """Write the district's name and page; a picture as wide as the page stands over them, any other beside."""
        pictures = [child for child in node.children if is_picture(child)]
        line = self._paragraph(_Where())
        for part in pictures:
            self._in_line(line, part, _Marks())
            shown = find_picture(self._pictures, part.children[0].target)
            if shown.is_banner:
                line = self._paragraph(_Where())
            else:
                line.add_run("  ")
        line.paragraph_format.space_after = Pt(6 if self._is_dense else 14)
        add(line, "w:pBdr", edge("bottom", 18, 4))
        tab_stop(line, TEXT_WIDTH)
        for number, part in enumerate(child for child in node.children if child not in pictures):
            if number:
                line.add_run("\t")
            self._in_line(line, part, _Marks())

    def heading(self, node: Node, where: _Where) -> None:
        """Write the title or a heading."""
        line = self._paragraph(where, "Title" if node.level == 1 else f"Heading {node.level}")
        self._in_line(line, node, _Marks(lang=where.lang))
        if node.target:
            self._marks += 1
            bookmark(line, node.target, self._marks)
        if where.section == "cover":
            line.paragraph_format.space_before = Pt(150)
        self._is_below_title = node.level == 1 or bool(node.target)

    def paragraph(self, node: Node, where: _Where) -> None:
        """Write a paragraph, which may begin an item of a list."""
        line = self._paragraph(where)
        if where.section == "dense":
            line.style = look.DENSE
        is_end = where.section in ("footer", "colophon")
        is_soft = self._is_below_title or is_end
        self._is_below_title = False
        label = look.ACCENT if where.section in PAIRED and where.depth == 0 else ""
        color = look.ALARM if where.section == "draft" else look.SOFT if is_soft else ""
        if any(child.kind is Kind.LINE for child in node.children):
            self._stops(line, node)
        self._in_line(line, node, _Marks(lang=where.lang, color=color), label)
        if is_end:
            add(line, "w:pBdr", edge("top", 4, 6, look.RIM))
            line.paragraph_format.space_before = Pt(6 if self._is_dense else 18)
        if node.is_tight:
            line.paragraph_format.space_after = Pt(_TIGHT.get(where.section, 2) if not self._is_dense else 1)

    def bullets(self, node: Node, where: _Where) -> None:
        """Write a list without numbers; in the summary and the contacts it has no signs either."""
        is_bare = where.section in (*PAIRED, "form", "contents") and where.depth < 0
        self._items(node, where, look.BARE if is_bare else look.BULLETS)

    def numbers(self, node: Node, where: _Where) -> None:
        """Write a numbered list."""
        self._items(node, where, look.add_numbers(self._word, node.level))

    def _items(self, node: Node, where: _Where, number: int) -> None:
        for item in node.children:
            if item.kind is not Kind.ITEM:
                raise UnknownTokenError(item.kind)
            self.blocks(item.children, replace(where, depth=where.depth + 1, list_number=number))
        if where.depth < 0 and self._last is not None:
            self._last.paragraph_format.space_after = Pt(7)

    def quote(self, node: Node, where: _Where) -> None:
        """Write a quotation."""
        before = len(self._word.paragraphs)
        self.blocks(node.children, where)
        for line in self._word.paragraphs[before:]:
            line.paragraph_format.left_indent = Pt(18)

    def code(self, node: Node, where: _Where) -> None:
        """Write lines of code."""
        line = self._paragraph(where)
        self._run(line, node.text.removesuffix("\n"), _Marks(is_code=True))

    def rule(self, _node: Node, where: _Where) -> None:
        """Write a line across the page."""
        add(self._paragraph(where), "w:pBdr", edge("bottom", 4, 1, look.RIM))

    def table(self, node: Node, where: _Where) -> None:
        """Write a table; its head is repeated on each page."""
        rows = rows_of(node)
        shares = column_shares(node)
        widths = [Twips(round(TEXT_WIDTH * share / sum(shares))) for share in shares]
        if self._is_below_table:
            self._paragraph(where)  # two tables without anything between would become one
        table = self._word.add_table(len(rows), len(shares))
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        look_like_ours(table, is_turned=self._is_rtl)
        for number, (row, made) in enumerate(zip(rows, table.rows, strict=True)):
            properties = made._tr.get_or_add_trPr()  # noqa: SLF001 - the library has no name for it
            if not may_break(node):
                properties.append(OxmlElement("w:cantSplit"))
            if number == 0:
                properties.append(OxmlElement("w:tblHeader"))
            for cell, place, width in zip(row.children, made.cells, widths, strict=True):
                place.width = width
                if number == 0:
                    underline(place)
                line = place.paragraphs[0]
                if where.section == "dense":
                    line.style = look.DENSE
                self._turn(line)
                line.paragraph_format.space_after = Pt(1)
                marks = _Marks(lang=where.lang, is_bold=number == 0, color=look.SOFT if number == 0 else "")
                self._in_line(line, cell, marks)
        self._is_below_table = True

    def _paragraph(self, where: _Where, style: str | None = None) -> Paragraph:
        line = self._word.add_paragraph(style=style)
        self._turn(line, where.lang)
        if self._begins_page:
            line.paragraph_format.page_break_before = True
            self._begins_page = False
        if self._is_below_table and not style:
            line.paragraph_format.space_before = Pt(9)
        self._is_below_table, self._last = False, line
        if where.section == "glance":
            sides = {side: edge(side, 4, 8, look.PANEL) for side in ("left", "bottom", "right")}
            add(line, "w:pBdr", edge("top", 18, 6), *sides.values())
            line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(9)
            shade = OxmlElement("w:shd")
            for name, value in (("val", "clear"), ("color", "auto"), ("fill", look.PANEL)):
                shade.set(qn(f"w:{name}"), value)
            insert(line, shade)
        if where.section in PAIRED:
            line.paragraph_format.keep_with_next = True
        if where.list_number is not None:
            put_in_list(line, where.list_number, max(where.depth, 0))
        elif where.depth >= 0 and not style:
            line.paragraph_format.left_indent = Pt(18 * (where.depth + 1) if where.section not in PAIRED else 9)
        return line

    def _turn(self, line: Paragraph, lang: str = "") -> None:
        if direction_of(lang or self._language) == "rtl":
            insert(line, OxmlElement("w:bidi"))

    def _in_line(self, line: Paragraph, node: Node, marks: _Marks, label: str = "", into: Any = None) -> None:
        """Write what stands in a line; `label` is the color of what is strong."""
        for child in node.children:
            kind = child.kind
            if kind is Kind.IMAGE:
                self._picture(line, child)
            elif kind is Kind.LINE:
                self._in_line(line, child, marks)
                is_broken = self._are_lines_apart and child is not node.children[-1]
                self._run(line, " \t\n" if is_broken else " \t", marks)
            elif kind is Kind.BOX:
                line._p.append(tick_box(plain_text(child)))  # noqa: SLF001
                self._run(line, "  ", marks)
                self._in_line(line, child, marks)
            elif kind in (Kind.TEXT, Kind.CODE):
                self._run(line, child.text, replace(marks, is_code=kind is Kind.CODE), into)
            elif kind in (Kind.SOFT_BREAK, Kind.HARD_BREAK):
                below = ": " if self._is_dense and label else "\n"
                self._run(line, " " if kind is Kind.SOFT_BREAK else below, marks, into)
            elif kind is Kind.LINK:
                self._link(line, child, marks)
            elif kind in _MARKED:
                inner = _MARKED[kind](marks, child, label)
                is_left = kind is Kind.SPAN and direction_of(child.lang) == "ltr" and not inner.is_turned
                fence = _FENCE if self._is_rtl and is_left else ""
                self._fence(line, fence, inner, into)
                self._in_line(line, child, inner, label, into)
                self._fence(line, fence, inner, into)
            else:
                raise UnknownTokenError(kind)

    def _stops(self, line: Paragraph, node: Node) -> None:
        """Set how far each line to write on runs; where they have no room side by side, each is one of its own."""
        lines = [(plain_text(child), 2 if child.name else 4) for child in node.children if child.kind is Kind.LINE]
        stops = writing_stops(lines)
        self._are_lines_apart = not stops
        for place in stops:
            tab_stop(line, place, leader="underscore", form="left")
        tab_stop(line, TEXT_WIDTH, leader="underscore")
        line.paragraph_format.space_before = Pt(8)

    def _picture(self, line: Paragraph, node: Node) -> None:
        """Put a picture into a line, with the words that stand for it."""
        picture = find_picture(self._pictures, node.target)
        shown = line.add_run().add_picture(io.BytesIO(_dots_of(picture)), Pt(picture.width), Pt(picture.height))
        self._marks += 1
        inline = shown._inline  # noqa: SLF001 - the library has no name for it
        for side in "TBLR":
            inline.set(f"dist{side}", "0")  # else some programs leave a rim
        about = inline.docPr
        about.set("id", str(self._marks))
        about.set("name", node.target.removeprefix(SCHEME))
        about.set("descr", node.text)

    def _fence(self, line: Paragraph, sign: str, marks: _Marks, into: Any) -> None:
        """Keep the brackets of a citation where they belong, amid words that run from right to left."""
        if sign:
            self._run(line, sign, marks, into)

    def _run(self, line: Paragraph, text: str, marks: _Marks, into: Any = None) -> None:
        run = line.add_run(text)
        if into is not None:
            into.append(run._r)  # noqa: SLF001
            run.style = "Hyperlink"
        run.bold, run.italic = marks.is_bold or None, marks.is_italic or None
        run.font.cs_bold, run.font.cs_italic = run.bold, run.italic
        if marks.is_code:
            run.font.name = look.FIXED
        if marks.color and into is None:
            run.font.color.rgb = RGBColor.from_string(marks.color)
        _tell_language(run, marks, self._language)

    def _link(self, line: Paragraph, node: Node, marks: _Marks) -> None:
        link = OxmlElement("w:hyperlink")
        if node.target.startswith("#"):
            link.set(qn("w:anchor"), node.target[1:])
        else:
            link.set(qn("r:id"), self._word.part.relate_to(node.target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        line._p.append(link)  # noqa: SLF001
        self._in_line(line, node, marks, into=link)


def _tell_language(run: Run, marks: _Marks, language: str) -> None:
    is_turned = marks.is_turned or direction_of(marks.lang or language) == "rtl"
    if is_turned:
        run.font.rtl = True
    if marks.lang and marks.lang != language:
        run._r.get_or_add_rPr().append(look.language_mark(marks.lang))  # noqa: SLF001


def _is_turned(span: Node) -> bool:
    """Tell whether words kept apart from those around them run from right to left."""
    return not span.lang and is_right_to_left(plain_text(span))


_MARKED: dict[Kind, Callable[[_Marks, Node, str], _Marks]] = {
    Kind.STRONG: lambda marks, _, label: replace(marks, is_bold=True, color=label or marks.color),
    Kind.EMPHASIS: lambda marks, *_: replace(marks, is_italic=True),
    Kind.SPAN: lambda marks, node, _: replace(marks, lang=node.lang or marks.lang, is_turned=_is_turned(node)),
}
_BLOCKS: dict[Kind, Callable[[_Writer, Node, _Where], None]] = {
    Kind.SECTION: _Writer.section,
    Kind.HEADING: _Writer.heading,
    Kind.PARAGRAPH: _Writer.paragraph,
    Kind.BULLETS: _Writer.bullets,
    Kind.NUMBERS: _Writer.numbers,
    Kind.QUOTE: _Writer.quote,
    Kind.CODE_BLOCK: _Writer.code,
    Kind.RULE: _Writer.rule,
    Kind.TABLE: _Writer.table,
}
