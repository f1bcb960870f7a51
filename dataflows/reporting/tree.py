"""A document as a tree of nodes: the one source from which every format is written.

Markdown tokens become nodes of a closed set of kinds.  A token outside the set is an error and
never dropped: a sentence that silently vanished from a parent's letter would be worse.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from dataflows.errors import DataflowsError
from dataflows.reporting.dialect import IN_TEMPLATE, read_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from markdown_it.token import Token

    from dataflows.reporting.pictures import Picture


class Kind(StrEnum):
    """Every kind of node that a document may hold."""

    DOCUMENT = "document"
    SECTION = "section"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLETS = "bullets"
    NUMBERS = "numbers"
    ITEM = "item"
    QUOTE = "quote"
    CODE_BLOCK = "code block"
    RULE = "rule"
    TABLE = "table"
    ROW = "row"
    HEAD_CELL = "head cell"
    CELL = "cell"
    TEXT = "text"
    SOFT_BREAK = "soft break"
    HARD_BREAK = "hard break"
    EMPHASIS = "emphasis"
    STRONG = "strong"
    CODE = "code"
    LINK = "link"
    IMAGE = "image"
    SPAN = "span"
    LINE = "line"
    """A line to write on, with what it is for."""
    BOX = "box"
    """A box to tick, with what it stands for."""


class UnknownTokenError(DataflowsError):
    """A document holds what the writers do not know how to write."""

    def __init__(self, token: str) -> None:
        super().__init__(f"The document holds a {token!r}, which no format can show; nothing was written.")


@dataclass(frozen=True, slots=True)
class Node:
    """One part of a document, with its parts in reading order."""

    kind: Kind
    children: tuple[Node, ...] = ()
    text: str = ""
    """Of text and code; the alternative text of an image."""
    name: str = ""
    """Of a section; of a line, `short` where little is written on it."""
    level: int = 0
    """Of a heading, 1 to 6; the first number of a numbered list."""
    target: str = ""
    """The address of a link or an image."""
    lang: str = ""
    """The language of a section or span, where it is not the document's."""
    is_tight: bool = False
    """Of a paragraph that is a list item's only line."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a file of pages says of itself beside its text."""

    title: str
    author: str
    language: str
    issued: date
    draft: str = ""
    """The word that stands on every page of a draft, in its language."""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """What the document's images show, by name."""


_BY_TOKEN = {
    "section": Kind.SECTION,
    "heading": Kind.HEADING,
    "paragraph": Kind.PARAGRAPH,
    "bullet_list": Kind.BULLETS,
    "ordered_list": Kind.NUMBERS,
    "list_item": Kind.ITEM,
    "blockquote": Kind.QUOTE,
    "fence": Kind.CODE_BLOCK,
    "hr": Kind.RULE,
    "table": Kind.TABLE,
    "tr": Kind.ROW,
    "th": Kind.HEAD_CELL,
    "td": Kind.CELL,
    "text": Kind.TEXT,
    "softbreak": Kind.SOFT_BREAK,
    "hardbreak": Kind.HARD_BREAK,
    "em": Kind.EMPHASIS,
    "strong": Kind.STRONG,
    "code_inline": Kind.CODE,
    "link": Kind.LINK,
    "image": Kind.IMAGE,
    "span": Kind.SPAN,
    "line": Kind.LINE,
    "box": Kind.BOX,
}
_RIGHT_TO_LEFT = ("ar", "dv", "fa", "he", "ps", "ur", "yi")
SECTIONS = (
    "letterhead", "glance", "contact", "text", "footer",
    "draft", "form", "code", "drawing", "cover", "contents", "part", "colophon", "dense",
)  # fmt: skip
_SEE_THROUGH = ("thead", "tbody")


def build_tree(tokens: Sequence[Token]) -> Node:
    """Return the document that tokens stand for; raises UnknownTokenError."""
    return Node(Kind.DOCUMENT, tuple(_nodes(iter(tokens), None)))


def _nodes(tokens: Iterator[Token], until: str | None) -> Iterator[Node]:
    for token in tokens:
        if token.type == until:
            return
        name = token.type.removesuffix("_open") if token.nesting == 1 else token.type
        if token.type == "inline":
            is_cached = token.meta is IN_TEMPLATE
            yield from _line(token.content) if is_cached else _nodes(iter(token.children or ()), None)
        elif name in _SEE_THROUGH:
            yield from _nodes(tokens, f"{name}_close")
        elif name in _BY_TOKEN:
            children = _nodes(tokens, f"{name}_close") if token.nesting == 1 else ()
            yield from _node(_BY_TOKEN[name], token, children)
        else:
            raise UnknownTokenError(token.type)


@lru_cache(maxsize=8192)
def _line(content: str) -> tuple[Node, ...]:
    """Return what stands in a line of a template's output; many documents share most of them."""
    return tuple(_nodes(iter(read_line(content)), None))


def _words_of(image: Token) -> str:
    """Return the words that stand for a picture, without the signs that escape some of theirs."""
    return "".join(child.content for child in image.children or ())


def _node(kind: Kind, token: Token, children: Iterable[Node]) -> Iterator[Node]:
    text = "" if token.nesting else _words_of(token) if kind is Kind.IMAGE else token.content
    if kind is Kind.TEXT and not text:
        return  # the parser leaves empty texts between signs
    if kind is Kind.SECTION and token.attrs["name"] not in SECTIONS:
        raise UnknownTokenError(f"section {token.attrs['name']}")
    start = token.attrs.get("start", 1)
    yield Node(
        kind,
        tuple(children),
        text=text,
        name=str(token.attrs.get("name") or ""),
        level=int(token.tag[1]) if kind is Kind.HEADING else int(start) if kind is Kind.NUMBERS else 0,
        target=str(token.attrs.get("href") or token.attrs.get("src") or ""),
        lang=str(token.attrs.get("lang") or ""),
        is_tight=token.hidden,
    )


def plain_text(node: Node) -> str:
    """Return the words of a node without any sign, breaks as spaces."""
    if node.kind in (Kind.SOFT_BREAK, Kind.HARD_BREAK):
        return " "
    return node.text + "".join(plain_text(child) for child in node.children)


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all below it, in reading order."""
    yield node
    for child in node.children:
        yield from walk(child)


def title_of(document: Node) -> str:
    """Return the words of a document's first heading."""
    return next((plain_text(node) for node in walk(document) if node.kind is Kind.HEADING), "")


def is_picture(block: Node) -> bool:
    """Tell whether a block is nothing but a picture."""
    return bool(block.children) and all(child.kind is Kind.IMAGE for child in block.children)


def section_of(document: Node, name: str) -> Node | None:
    """Return a document's section of a name, where it has one at its top level."""
    found = (node for node in document.children if node.kind is Kind.SECTION and node.name == name)
    return next(found, None)


def direction_of(language: str) -> str:
    """Return which way a language is written: `rtl` or `ltr`."""
    return "rtl" if language.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"
