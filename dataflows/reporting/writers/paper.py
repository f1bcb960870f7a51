"""What both formats on paper decide alike: widths of columns, and what stays on one page."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from dataflows.reporting.tree import Kind, Node, UnknownTokenError, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

PAIRED = ("glance", "contact")
"""Sections whose lists are labels over facts, without signs."""
_MOST_UNBROKEN = 900
"""Signs in a table's longest row up to which no row is broken over two pages."""
_MOST_LEADING = 300
"""Signs up to which a paragraph is kept with the list or table below it."""
_LED_TO = (Kind.BULLETS, Kind.NUMBERS, Kind.TABLE)


def with_next(nodes: Iterable[Node]) -> Iterator[tuple[Node, bool]]:
    """Yield blocks, and of each whether it is a line that leads to what is next and must not be left alone."""
    for node, after in itertools.pairwise((*nodes, None)):
        is_leading = after is not None and node is not None and node.kind is Kind.PARAGRAPH and after.kind in _LED_TO
        if node is not None:
            yield node, is_leading and not node.is_tight and len(plain_text(node)) < _MOST_LEADING


def column_shares(table: Node) -> list[int]:
    """Return each column's share of the width: by its longest word and by how much it holds."""
    shares: list[int] = []
    for column in zip(*(row.children for row in rows_of(table)), strict=True):
        texts = [plain_text(cell) for cell in column]
        word = max((len(word) for text in texts for word in text.split()), default=1)
        mean = sum(len(text) for text in texts) // len(texts)
        shares.append(max(min(word, 30) + 2, min(mean, 40), 8))
    return shares


def may_break(table: Node) -> bool:
    """Tell whether a row is so long that it may have to be broken over two pages."""
    return max(len(plain_text(row)) for row in rows_of(table)) > _MOST_UNBROKEN


def rows_of(table: Node) -> Sequence[Node]:
    """Return the rows of a table, its head first; raises UnknownTokenError for anything else in it."""
    for row in table.children:
        if row.kind is not Kind.ROW:
            raise UnknownTokenError(row.kind)
    return table.children
