"""Writes a document as plain text of 72 columns: for an e-mail, a terminal, a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dataflows.model.text import columns_of
from dataflows.reporting.markdown import bare_address
from dataflows.reporting.tree import Kind, Node, UnknownTokenError, is_picture
from dataflows.reporting.writers.columns import padded, wrapped
from dataflows.reporting.writers.labels import label_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WIDTH = 72
_LEAST = 20
"""Signs: a column of a table that has less room can't be read."""
_UNDERLINES = {1: "=", 2: "-"}


class _Room(NamedTuple):
    """In how many columns a block is written, and in which language."""

    width: int
    language: str

    def less(self, columns: int) -> _Room:
        return _Room(self.width - columns, self.language)


def write_text(document: Node, language: str = "en") -> str:
    """Return a document as plain text, one blank line between blocks."""
    return "\n".join(line.rstrip() for line in _blocks(document.children, _Room(WIDTH, language))) + "\n"


def _blocks(nodes: Sequence[Node], room: _Room) -> list[str]:
    lines: list[str] = []
    for node in nodes:
        if node.kind not in _BLOCKS:
            raise UnknownTokenError(node.kind)
        block = _BLOCKS[node.kind](node, room)
        if lines and block and not node.is_tight:
            lines.append("")
        lines += block
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for part in text.split("\n"):
        lines += wrapped(part, max(width, 20))
    return lines


def _heading(node: Node, room: _Room) -> list[str]:
    lines = _wrapped(_in_line(node), room.width)
    mark = _UNDERLINES.get(node.level)
    return [*lines, mark * max(map(columns_of, lines))] if mark else lines


def _paragraph(node: Node, room: _Room) -> list[str]:
    return _wrapped(_in_line(node), room.width)


def _list(node: Node, room: _Room) -> list[str]:
    lines: list[str] = []
    for number, item in enumerate(node.children, start=node.level):
        if item.kind is not Kind.ITEM:
            raise UnknownTokenError(item.kind)
        mark = f"{number}. " if node.kind is Kind.NUMBERS else "- "
        body = _blocks(item.children, room.less(len(mark))) or [""]
        if lines and not all(child.is_tight for child in item.children if child.kind is Kind.PARAGRAPH):
            lines.append("")
        lines += [mark + body[0], *(" " * len(mark) + line for line in body[1:])]
    return lines


def _quote(node: Node, room: _Room) -> list[str]:
    return [f"  {line}" for line in _blocks(node.children, room.less(2))]


def _code_block(node: Node, _: _Room) -> list[str]:
    return [f"    {line}" for line in node.text.removesuffix("\n").split("\n")]


def _table(node: Node, room: _Room) -> list[str]:
    """Set the cells side by side, a long one going on below itself; each row as lines where there is no room."""
    rows: list[list[str]] = []
    for line in node.children:
        if line.kind is not Kind.ROW:
            raise UnknownTokenError(line.kind)
        rows.append([_in_line(cell) for cell in line.children])
    widths = _column_widths(rows, room.width)
    wanted = [max(map(columns_of, column)) for column in zip(*rows, strict=True)]
    if any(wide < min(want, _LEAST) for wide, want in zip(widths, wanted, strict=True)):
        return _as_lines(rows, room)
    lines: list[str] = []
    for number, row in enumerate(rows):
        cells = [_wrapped(cell, wide) for cell, wide in zip(row, widths, strict=True)]
        for place in range(max(len(cell) for cell in cells)):
            parts = (cell[place] if place < len(cell) else "" for cell in cells)
            lines.append("  ".join(padded(part, wide) for part, wide in zip(parts, widths, strict=True)))
        if number == 0:
            lines.append("  ".join("-" * wide for wide in widths))
    return lines


def _as_lines(rows: list[list[str]], room: _Room) -> list[str]:
    """Write each row as its first cell and, below it, the others, each after the head of its column."""
    (title, *heads), *others = rows
    lines: list[str] = []
    for first, *cells in others:
        lines += [*([""] if lines else []), *_wrapped(label_of(title, room.language) + first, room.width)]
        for head, cell in zip(heads, cells, strict=True):
            begin, *rest = _wrapped(label_of(head, room.language) + cell, room.width - 4)
            lines += [f"  {begin}", *(f"    {line}" for line in rest)]
    return lines


def _column_widths(rows: list[list[str]], width: int) -> list[int]:
    """Give each column what it needs, and where that is too much a fair share of the width."""
    columns = list(zip(*rows, strict=True))
    wanted = [max(map(columns_of, column)) for column in columns]
    room = width - 2 * (len(columns) - 1)
    if sum(wanted) <= room:
        return wanted
    share = room // len(columns)
    spare = sum(share - want for want in wanted if want < share)
    wide = sum(1 for want in wanted if want >= share)
    return [want if want < share else share + spare // wide for want in wanted]


def _in_line(node: Node) -> str:
    parts: list[str] = []
    for child in node.children:
        if child.kind not in _INLINES:
            raise UnknownTokenError(child.kind)
        parts.append(_INLINES[child.kind](child))
    return "".join(parts)


def _link(node: Node) -> str:
    words = _in_line(node)
    if node.target.startswith("#"):
        return words  # a place in the same document
    bare = bare_address(node.target)
    is_address = words in (bare, node.target) or node.target.startswith("tel:")
    return words if is_address else f"{words} <{bare if node.target.startswith('mailto:') else node.target}>"


def _span(node: Node) -> str:
    return _in_line(node) if node.lang else f"\u2068{_in_line(node)}\u2069"


def _line(node: Node) -> str:
    return f"{_in_line(node)} {'_' * (8 if node.name else 24)}"


def _section(node: Node, room: _Room) -> list[str]:
    """Write a section as what is in it: a form set apart, to be cut off; a code or a letterhead as its words alone."""
    is_shown_in_words = node.name in ("code", "letterhead")
    shown = [child for child in node.children if not (is_shown_in_words and is_picture(child))]
    inside = _blocks(shown, room)
    return ["- " * (room.width // 2), "", *inside] if node.name == "form" else inside


_BLOCKS: dict[Kind, Callable[[Node, _Room], list[str]]] = {
    Kind.SECTION: _section,
    Kind.HEADING: _heading,
    Kind.PARAGRAPH: _paragraph,
    Kind.BULLETS: _list,
    Kind.NUMBERS: _list,
    Kind.QUOTE: _quote,
    Kind.CODE_BLOCK: _code_block,
    Kind.RULE: lambda _, room: ["-" * room.width],
    Kind.TABLE: _table,
}
_INLINES: dict[Kind, Callable[[Node], str]] = {
    Kind.TEXT: lambda node: node.text,
    Kind.SOFT_BREAK: lambda _: " ",
    Kind.HARD_BREAK: lambda _: "\n",
    Kind.EMPHASIS: _in_line,
    Kind.STRONG: _in_line,
    Kind.CODE: lambda node: node.text,
    Kind.LINK: _link,
    Kind.IMAGE: lambda node: node.text,
    Kind.SPAN: _span,
    Kind.LINE: _line,
    Kind.BOX: lambda node: f"[ ] {_in_line(node)}",
}
