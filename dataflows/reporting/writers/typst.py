"""Writes a document as typst text, from which the typesetter makes a tagged PDF.

The one thing to know: every word is a string literal, so nothing that a district or a vendor wrote is
ever typst code.  How the parts look stands in reports/shared/page.typ.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from dataflows import assets
from dataflows.reporting.markdown import bare_address, is_right_to_left
from dataflows.reporting.pictures import SCHEME, find_picture
from dataflows.reporting.tree import Kind, Node, UnknownTokenError, direction_of, is_picture, plain_text, walk
from dataflows.reporting.writers.paper import PAIRED, column_shares, may_break, rows_of, with_next

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dataflows.reporting.tree import PageFacts

_SECTIONS = {
    "glance": "glance",
    "contact": "contact",
    "footer": "colophon",
    "colophon": "colophon",
    "draft": "draft-note",
    "form": "tear-off",
    "cover": "cover",
    "part": "part",
    "dense": "dense",
    "drawing": "drawing",
}

_PARTS_OF_FORMS = (Kind.ITEM, Kind.ROW, Kind.HEADING)
_MOST_ON_A_PAGE = 40
"""Parts up to which a form may have room on a page; a longer one begins on a page of its own."""
_ENDLESS = re.compile(r"\S{50,}")
_PIECES = re.compile(r".{1,12}")


def write_typst(document: Node, facts: PageFacts) -> str:
    """Return the typst text of a document."""
    day = facts.issued
    settings = [
        f"title: {_literal(facts.title)}",
        f"author: {_literal(facts.author)}",
        _language(facts.language),
        f"date: datetime(year: {day.year}, month: {day.month}, day: {day.day})",
        f"draft: {_literal(facts.draft)}",
    ]
    body = "\n".join(_blocks(document.children, inside=""))
    sizes = _sizes(document, facts)
    return f"#let sizes = {sizes}\n{_style()}#show: sheet.with({', '.join(settings)})\n\n{body}\n"


def _sizes(document: Node, facts: PageFacts) -> str:
    """Return how large each picture of a document is set, by the name of its file."""
    shown = dict.fromkeys(node.target for node in walk(document) if node.kind is Kind.IMAGE)
    found = [(target.removeprefix(SCHEME), find_picture(facts.pictures, target)) for target in shown]
    pairs = ", ".join(f"{_literal(name)}: ({one.width}pt, {one.height}pt)" for name, one in found)
    return f"({pairs or ':'})"


@cache
def _style() -> str:
    return (assets.folder("reports") / "shared" / "page.typ").read_text(encoding="utf-8")


def _literal(text: str) -> str:
    """Return a string literal of typst that stands for a text, whatever is in it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def _blocks(nodes: Iterable[Node], inside: str) -> list[str]:
    parts: list[str] = []
    is_below_title = False
    for node, is_leading in with_next(nodes):
        if node.kind not in _BLOCKS:
            raise UnknownTokenError(node.kind)
        if is_below_title and node.kind is Kind.PARAGRAPH:
            parts.append(f"#meta[{_in_line(node)}]")
        elif is_leading:
            parts.append(f"#leading[{_in_line(node)}]")
        else:
            parts.append(_BLOCKS[node.kind](node, inside))
        is_below_title = node.kind is Kind.HEADING and (node.level == 1 or bool(node.target))
    return parts


def _section(node: Node, inside: str) -> str:
    if node.lang:
        body = "\n".join(_blocks(node.children, inside))
        return f"#[\n#set text({_language(node.lang)})\n{body}\n]"
    if node.name == "letterhead":
        return _letterhead(node)
    if node.name == "code":
        return f"#page-code({', '.join(f'[{_in_line(child)}]' for child in node.children)})"
    body = "\n".join(_blocks(node.children, node.name))
    if node.name == "contents":
        return _contents(node)
    if node.name == "form" and sum(block.kind in _PARTS_OF_FORMS for block in walk(node)) > _MOST_ON_A_PAGE:
        return f"#long-tear-off[\n{body}\n]"
    is_titled = node.name == "contact" and node.children[0].kind is Kind.HEADING
    return f"#{_SECTIONS[node.name]}{'(above: 21pt)' if is_titled else ''}[\n{body}\n]"


def _letterhead(node: Node) -> str:
    """Write the head of a letter: the district's picture, where it has one, its name and its page."""
    pictures = [child for child in node.children if is_picture(child)]
    words = [_in_line(_strong_as(child, "masthead")) for child in node.children if child not in pictures]
    shown = f"image: [{''.join(map(_in_line, pictures))}], " if pictures else ""
    return f"#letterhead({shown}{', '.join(f'[{part}]' for part in words)})"


def _contents(node: Node) -> str:
    """Write a table of contents: each line leads to its place, and has the number of its page."""
    lines: list[str] = []
    for block in node.children:
        if block.kind is not Kind.BULLETS:
            lines += _blocks((block,), "contents")
            continue
        links = [child for item in block.children for child in walk(item) if child.kind is Kind.LINK]
        lines.append(f"#contents({', '.join(f'({_label(link.target)}, [{_in_line(link)}])' for link in links)},)")
    return "\n".join(lines)


def _label(target: str) -> str:
    return f"label({_literal(target.removeprefix('#'))})"


def _heading(node: Node, _: str) -> str:
    heading = f"#heading(level: {node.level})[{_in_line(node)}]"
    return f"#[{heading}#{_label(node.target)}]" if node.target else heading


def _language(tag: str) -> str:
    primary, _, region = tag.partition("-")
    return f"lang: {_literal(primary)}, region: {_literal(region) if len(region) == 2 else 'none'}"


def _paragraph(node: Node, _: str) -> str:
    return _in_line(node) if node.is_tight else f"#par[{_in_line(node)}]"


def _bullets(node: Node, inside: str) -> str:
    lengths = [len(plain_text(child)) for child in node.children]
    is_paired = inside in PAIRED and all(child.children and _is_pair(child) for child in node.children)
    is_many = len(lengths) > 5 and max(lengths) < 75
    name = "pairs" if is_paired else "many" if is_many else "list"
    return f"#{name}({_items(_strong_as(node, 'key') if is_paired else node)})"


def _strong_as(node: Node, name: str) -> Node:
    """Return the same with its strong words set as the function of a name does."""
    if node.kind is Kind.STRONG:
        return replace(node, name=name)
    return replace(node, children=tuple(_strong_as(child, name) for child in node.children))


def _is_pair(item: Node) -> bool:
    return all(child.kind is Kind.PARAGRAPH for child in item.children)


def _numbers(node: Node, _: str) -> str:
    return f"#enum(start: {node.level}, {_items(node)})"


def _items(node: Node) -> str:
    items: list[str] = []
    for item in node.children:
        if item.kind is not Kind.ITEM:
            raise UnknownTokenError(item.kind)
        only = item.children[0] if len(item.children) == 1 else None
        if only is not None and only.kind is Kind.PARAGRAPH:
            items.append(f"[{_in_line(only)}]")
        else:
            items.append("[" + "\n".join(_blocks(item.children, "")) + "]")
    return ", ".join(items)


def _table(node: Node, _: str) -> str:
    """Write a table whose head is repeated on each page; short rows are not broken."""
    head, *rows = rows_of(node)
    cells = "\n".join(_cells(row) for row in rows)
    rule = "" if may_break(node) else "#show table.cell: set block(breakable: false)\n"
    columns = ", ".join(f"{share}fr" for share in column_shares(node))
    return f"#[\n{rule}#table(columns: ({columns},), table.header({_cells(head)}),\n{cells}\n)\n]"


def _cells(row: Node) -> str:
    return " ".join(f"[{_in_line(cell)}]," for cell in row.children)


def _in_line(node: Node) -> str:
    parts: list[str] = []
    for child in node.children:
        if child.kind not in _INLINES:
            raise UnknownTokenError(child.kind)
        parts.append(_INLINES[child.kind](child))
    return "".join(parts)


def _text(node: Node) -> str:
    """Write words; one that is longer than a line may be broken anywhere, or it would run off the page."""
    parts = _ENDLESS.sub(lambda word: "\u200b".join(_PIECES.findall(word[0])), node.text)
    return f"#{_literal(parts)};"


def _link(node: Node) -> str:
    """Write a link; where its words don't say where it leads, the address stands behind them, for paper."""
    words = plain_text(node)
    if node.target.startswith("#"):
        return f"#link({_label(node.target)})[{_in_line(node)}];"
    is_address = words in (node.target, bare_address(node.target)) or not node.target.startswith("http")
    address = "" if is_address else f"#printed({_literal(node.target)});"
    shown = f"#address[{_in_line(node)}];" if is_address else _in_line(node)
    return f"#link({_literal(node.target)})[#lined[{shown}];{address}];"


def _span(node: Node) -> str:
    """Write words apart: between marks of an isolate, for a direction alone would draw in the numbers beside them."""
    direction = direction_of(node.lang) if node.lang else "rtl" if is_right_to_left(plain_text(node)) else "ltr"
    start = r"\u{2067}" if direction == "rtl" else r"\u{2066}"
    look = _language(node.lang) if node.lang else f"dir: {direction}"
    return f"#text({look})[{start}{_in_line(node)}\\u{{2069}}];"


def _image(node: Node) -> str:
    """Write a picture that lies beside the text, by the name of its file there."""
    return f"#picture({_literal(node.target.removeprefix(SCHEME))}, {_literal(node.text)});"


_BLOCKS: dict[Kind, Callable[[Node, str], str]] = {
    Kind.SECTION: _section,
    Kind.HEADING: _heading,
    Kind.PARAGRAPH: _paragraph,
    Kind.BULLETS: _bullets,
    Kind.NUMBERS: _numbers,
    Kind.QUOTE: lambda node, inside: "#quote[\n" + "\n".join(_blocks(node.children, inside)) + "\n]",
    Kind.CODE_BLOCK: lambda node, _: f"#raw(block: true, {_literal(node.text.removesuffix(chr(10)))})",
    Kind.RULE: lambda _node, _inside: "#line(length: 100%, stroke: 0.5pt + rim)",
    Kind.TABLE: _table,
}
_INLINES: dict[Kind, Callable[[Node], str]] = {
    Kind.TEXT: _text,
    Kind.SOFT_BREAK: lambda _: '#" ";',
    Kind.HARD_BREAK: lambda _: "#linebreak();",
    Kind.EMPHASIS: lambda node: f"#slanted[{_in_line(node)}];",
    Kind.STRONG: lambda node: f"#{node.name or 'bold'}[{_in_line(node)}];",
    Kind.CODE: lambda node: f"#raw({_literal(node.text)});",
    Kind.LINK: _link,
    Kind.IMAGE: _image,
    Kind.SPAN: _span,
    Kind.LINE: lambda node: f"#{'write-short' if node.name else 'write-line'}[{_in_line(node)}];",
    Kind.BOX: lambda node: f"#tick[{_in_line(node)}];",
}
