"""What both formats on paper decide alike: widths of columns, and what stays on one page."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from dataflows.reporting.tree import Kind, Node, UnknownTokenError, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

PAIRED = ("glance", "contact")
"""Sections whose lists are labels over facts, without signs."""
_LINE = 95
"""Signs that stand side by side on a page, as the words of a table are set."""
_MOST_UNBROKEN = 900
"""Signs in a table's longest row up to which no row is broken over two pages."""
_MOST_LEADING = 300
"""Signs up to which a paragraph is kept with the list or table below it."""
_SECTIONS_LED_TO = ("contact", "code")
_LED_TO = (Kind.BULLETS, Kind.NUMBERS, Kind.TABLE)


def with_next(nodes: Iterable[Node]) -> Iterator[tuple[Node, bool]]:
    """Yield blocks, and of each whether it is a line that leads to what is next and must not be left alone."""
    blocks = tuple(nodes)
    main = _main_level(blocks)
    for node, after in itertools.pairwise((*blocks, None)):
        is_led_to = after is not None and (
            after.kind in _LED_TO
            or (after.kind is Kind.SECTION and after.name in _SECTIONS_LED_TO)
            or (after.kind is Kind.HEADING and after.level > main)  # the first of several parts of a section
        )
        is_leading = is_led_to and node is not None and node.kind is Kind.PARAGRAPH
        if node is not None:
            yield node, is_leading and not node.is_tight and len(plain_text(node)) < _MOST_LEADING


def _main_level(blocks: Sequence[Node]) -> int:
    """Return the level of the headings below a title: 2, and one more for each document that is part of another."""
    headings = (block for block in blocks if block.kind is Kind.HEADING and block.level > 1 and not block.target)
    return min((block.level for block in headings), default=2)


def column_shares(table: Node) -> list[int]:
    """Return each column's share of the width: room for its longest word, and of the rest by how much it holds.

    A word that is wider than its column would be set over the next one.
    """
    words: list[int] = []
    means: list[int] = []
    for column in zip(*(row.children for row in rows_of(table)), strict=True):
        texts = [plain_text(cell) for cell in column]
        word = max((len(word) for text in texts for word in text.split()), default=1)
        words.append(max(min(word, 30) + 3, 8))
        means.append(max(min(sum(len(text) for text in texts) // len(texts), 60), 1))
    rest = max(_LINE - sum(words), 0)
    return [word + rest * mean // sum(means) for word, mean in zip(words, means, strict=True)]


def may_break(table: Node) -> bool:
    """Tell whether a row is so long that it may have to be broken over two pages."""
    return max(len(plain_text(row)) for row in rows_of(table)) > _MOST_UNBROKEN


def rows_of(table: Node) -> Sequence[Node]:
    """Return the rows of a table, its head first; raises UnknownTokenError for anything else in it."""
    for row in table.children:
        if row.kind is not Kind.ROW:
            raise UnknownTokenError(row.kind)
    return table.children
