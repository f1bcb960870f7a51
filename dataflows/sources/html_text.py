"""Text out of a web page: what a reader sees of it, and nothing that only a program sees."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from dataflows.sources.document_blocks import Block, BlockKind
from dataflows.sources.plain_text import Line, join_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

_UNSEEN = frozenset(
    ("audio", "button", "canvas", "datalist", "embed", "iframe", "map", "nav", "noframes", "object", "option", "script")
) | frozenset(("select", "style", "svg", "template", "textarea", "video"))
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "title", "caption", "legend", "summary", "dt"))
_ITEMS = frozenset(("li", "dd"))
_BLOCKS = (
    frozenset(("address", "article", "aside", "blockquote", "body", "div", "dl", "fieldset", "figcaption", "figure"))
    | frozenset(("footer", "form", "header", "hr", "html", "main", "ol", "p", "pre", "section", "table", "tbody", "td"))
    | frozenset(("tfoot", "th", "thead", "tr", "ul", "center", "details"))
    | _HEADINGS
    | _ITEMS
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read_html(text: str) -> tuple[Block, ...]:
    """Return the blocks that a page shows; empty for a page of scripts only."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.end_block()
    return tuple(reader.blocks)


def declared_charset(data: bytes) -> str | None:
    """Return the encoding that a page's head declares."""
    found = re.search(rb"<meta[^>]+charset=[\"']?([\w-]+)", data[:4096], re.IGNORECASE)
    return found[1].decode("ascii") if found else None


@dataclass
class _Reader(HTMLParser):
    blocks: list[Block] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._unseen: list[str] = []
        """The open elements from the first one on that hides what is in it."""
        self._kind = BlockKind.PARAGRAPH
        self._parts: list[str] = []
        self._line: int | None = None
        self._in_pre = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, or pass over what is hidden."""
        if tag in _VOID:
            self._void(tag)
            return
        if self._unseen:
            self._unseen.append(tag)
            return
        if tag in _UNSEEN or _is_hidden(dict(attrs)):
            self.end_block()
            self._unseen.append(tag)
            return
        if tag in _BLOCKS:
            self.end_block()
            self._kind = _kind_of(tag, self._kind)
            self._in_pre = tag == "pre"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Treat `<br/>` as `<br>`; in HTML the stroke closes nothing else."""
        if tag in _VOID:
            self._void(tag)
        else:
            self.handle_starttag(tag, attrs)
            self.handle_endtag(tag)

    def _void(self, tag: str) -> None:
        if self._unseen:
            return
        if tag == "br":
            self._parts.append("\n")
        elif tag == "hr":
            self.end_block()

    def handle_endtag(self, tag: str) -> None:
        """End a block, or what was hidden."""
        if self._unseen:
            if tag in self._unseen:
                while self._unseen.pop() != tag:
                    pass
            return
        if tag in _BLOCKS:
            self.end_block()
            self._kind = BlockKind.PARAGRAPH
            self._in_pre = False

    def handle_data(self, data: str) -> None:
        """Take words that are seen."""
        if self._unseen:
            return
        if self._line is None and data.strip():
            self._line = self.getpos()[0]
        self._parts.append(data if self._in_pre else re.sub(r"\s+", " ", data))

    def end_block(self) -> None:
        """Close what is open; a line break within may end a sentence or not."""
        text, kind, line = "".join(self._parts), self._kind, self._line
        self._parts, self._line = [], None
        if not text.strip():
            return
        if kind is BlockKind.HEADING:
            self.blocks.append(Block(" ".join(text.split()), kind, line=line))
            return
        pieces = list(join_lines([Line(piece, line) for piece in text.split("\n")]))
        for number, piece in enumerate(pieces):
            keeps = kind if kind is BlockKind.ITEM and number == 0 else piece.kind
            self.blocks.append(Block(piece.text, keeps, line=line))


def _kind_of(tag: str, before: BlockKind) -> BlockKind:
    if tag in _HEADINGS:
        return BlockKind.HEADING
    if tag in _ITEMS:
        return BlockKind.ITEM
    return before if before is BlockKind.ITEM and tag in ("p", "div") else BlockKind.PARAGRAPH


def _is_hidden(attributes: Mapping[str, str | None]) -> bool:
    return "hidden" in attributes or _HIDDEN_STYLE.search(attributes.get("style") or "") is not None
