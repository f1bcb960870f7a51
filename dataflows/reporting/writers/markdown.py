"""Writes a document as Markdown that any CommonMark reader shows as we mean it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dataflows.reporting.tree import Kind, Node, UnknownTokenError, is_picture, plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_SIGNS = re.compile(r"[\\`*_\[\]<>]|&(?=#?\w+;)|~(?=~)")
_AT_LINE_START = re.compile(r"^([#+\-=:~]|\d{1,9}(?=[.)](\s|$)))", re.MULTILINE)
_AUTOMATIC = re.compile(r"https?://[^\s<>\x00-\x20]+|[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9:/?#@!$&+,;=._~%-]+")
_NOT_IN_ANCHOR = re.compile(r"[^\w\- ]")
"""What sites that show Markdown leave out of a heading's words when they link to it."""
_FENCES = re.compile(r"`+")


def write_markdown(document: Node) -> str:
    """Return a document as Markdown, one blank line between blocks."""
    return _blocks(document.children) + "\n"


def _blocks(nodes: Sequence[Node]) -> str:
    parts: list[str] = []
    before, other = None, False
    for node in nodes:
        if node.kind not in _BLOCKS:
            raise UnknownTokenError(node.kind)
        # Two lists side by side would be read as one: every second takes the other sign.
        other = node.kind is before and not other
        before = node.kind
        parts.append(_BLOCKS[node.kind](node, other))
    return "\n\n".join(part for part in parts if part)


def _heading(node: Node, _: bool) -> str:
    return f"{'#' * node.level} {_in_line(node)}"


def _paragraph(node: Node, _: bool = False) -> str:
    return _AT_LINE_START.sub(_escape_start, _in_line(node))


def _escape_start(found: re.Match[str]) -> str:
    mark = found[1]
    return f"{mark}\\" if mark.isdigit() else f"\\{mark}"


def _list(node: Node, other: bool) -> str:
    items: list[str] = []
    is_tight = True
    for number, item in enumerate(node.children, start=node.level):
        if item.kind is not Kind.ITEM:
            raise UnknownTokenError(item.kind)
        ordered = ")" if other else "."
        mark = f"{number}{ordered} " if node.kind is Kind.NUMBERS else ("* " if other else "- ")
        is_tight &= all(child.is_tight for child in item.children if child.kind is Kind.PARAGRAPH)
        separator = "\n" if is_tight else "\n\n"
        body = separator.join(_blocks([child]) for child in item.children)
        items.append(mark + _indented(body, " " * len(mark)))
    return ("\n" if is_tight else "\n\n").join(items)


def _indented(text: str, indent: str) -> str:
    first, *rest = text.split("\n")
    return "\n".join([first, *(indent + line if line else "" for line in rest)])


def _quote(node: Node, _: bool) -> str:
    return "\n".join(f"> {line}".rstrip() for line in _blocks(node.children).split("\n"))


def _code_block(node: Node, _: bool) -> str:
    longest = max((len(run) for run in _FENCES.findall(node.text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{node.text.removesuffix(chr(10))}\n{fence}"


def _table(node: Node, _: bool) -> str:
    head, *rows = node.children
    lines = [_row(head), "|" + " --- |" * len(head.children), *(_row(row) for row in rows)]
    return "\n".join(lines)


def _row(node: Node) -> str:
    if node.kind is not Kind.ROW:
        raise UnknownTokenError(node.kind)
    cells = (_in_line(cell).replace("|", "\\|").replace("\n", " ") for cell in node.children)
    return "| " + " | ".join(cells) + " |"


def _in_line(node: Node) -> str:
    parts: list[str] = []
    for child in node.children:
        if child.kind not in _INLINES:
            raise UnknownTokenError(child.kind)
        part = _INLINES[child.kind](child)
        if parts and parts[-1].endswith("!") and part.startswith("["):
            parts[-1] = f"{parts[-1][:-1]}\\!"  # else it would be read as an image
        parts.append(part)
    return "".join(parts)


def _text(node: Node) -> str:
    return _SIGNS.sub(r"\\\g<0>", node.text)


def _code(node: Node) -> str:
    runs = {len(run) for run in _FENCES.findall(node.text)}
    fence = "`" * next(length for length in range(1, len(node.text) + 2) if length not in runs)
    padding = " " if node.text.startswith(("`", " ")) or node.text.endswith(("`", " ")) else ""
    return f"{fence}{padding}{node.text}{padding}{fence}"


def _link(node: Node) -> str:
    words = plain_text(node)
    if node.target.startswith("#"):
        return f"[{_in_line(node)}](#{_NOT_IN_ANCHOR.sub('', words.lower()).replace(' ', '-')})"
    if words in (node.target, node.target.removeprefix("mailto:")) and _AUTOMATIC.fullmatch(words):
        return f"<{words}>"
    return f"[{_in_line(node)}]({_address(node)})"


def _address(node: Node) -> str:
    return node.target if _PLAIN_ADDRESS.fullmatch(node.target) else f"<{node.target}>"


def _picture(node: Node) -> str:
    """Write the words that stand for a picture: a single file of text can't hold it."""
    return f"*{_text(node)}*"


def _line(node: Node) -> str:
    return f"{_in_line(node)} {'_' * (8 if node.name else 24)}"


def _section(node: Node, _: bool) -> str:
    """Write a section as what is in it: a form set apart, to be cut off; a code or a letterhead as its words alone."""
    is_shown_in_words = node.name in ("code", "letterhead")
    shown = [child for child in node.children if not (is_shown_in_words and is_picture(child))]
    inside = _blocks(shown)
    return f"***\n\n{inside}" if node.name == "form" else inside


_BLOCKS: dict[Kind, Callable[[Node, bool], str]] = {
    Kind.SECTION: _section,
    Kind.HEADING: _heading,
    Kind.PARAGRAPH: _paragraph,
    Kind.BULLETS: _list,
    Kind.NUMBERS: _list,
    Kind.QUOTE: _quote,
    Kind.CODE_BLOCK: _code_block,
    Kind.RULE: lambda _node, _: "***",
    Kind.TABLE: _table,
}
_INLINES: dict[Kind, Callable[[Node], str]] = {
    Kind.TEXT: _text,
    Kind.SOFT_BREAK: lambda _: "\n",
    Kind.HARD_BREAK: lambda _: "\\\n",
    Kind.EMPHASIS: lambda node: f"*{_in_line(node)}*",
    Kind.STRONG: lambda node: f"**{_in_line(node)}**",
    Kind.CODE: _code,
    Kind.LINK: _link,
    Kind.IMAGE: _picture,
    Kind.SPAN: _in_line,
    Kind.LINE: _line,
    Kind.BOX: lambda node: f"[ ] {_in_line(node)}",
}
