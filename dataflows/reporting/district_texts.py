"""Texts that the district wrote, as they may stand in a document.

A text may hold headings, lists, tables, links, emphasis, quotes and code.  Its headings are moved
to fit the document around it, and whatever is no whole sign stays as it was written: `$5`,
`#hashtag`, `<label>`, `// x`, `*star`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from dataflows.reporting.dialect import parse_district_text, parse_template_output
from dataflows.reporting.markdown import Markdown, MarkdownSource, escape, without_direction_marks
from dataflows.reporting.tree import Kind, Node, build_tree, walk
from dataflows.reporting.writers.markdown import write_markdown


@dataclass(frozen=True, slots=True)
class Told(MarkdownSource):
    """A text that families read, in the document's language or in the one in which it is there."""

    text: str
    language: str
    is_foreign: bool = False
    """Written in another language than the document."""

    def __str__(self) -> str:
        return self.text

    def to_markdown(self) -> Markdown:
        """Return the text as words in a line, marked with their language where it is another."""
        words = escape(self.text)
        return Markdown(f"[{words}]{{lang={self.language}}}") if self.is_foreign else words


@lru_cache(maxsize=1024)
def show_district_text(told: Told, level: int = 3) -> Markdown:
    """Return a text as blocks of Markdown whose highest heading has the level given."""
    text = without_direction_marks(told.text).strip()
    tree = _with_headings_moved(build_tree(parse_district_text(text)), level)
    shown = write_markdown(tree).strip("\n")
    if build_tree(parse_template_output(shown)) != tree:
        # Written anew it would be read in another way, so no sign is taken for one.
        shown = "\n\n".join(escape(part) for part in text.split("\n\n"))
    return Markdown(f"::: text lang={told.language}\n{shown}\n:::" if told.is_foreign else shown)


def _with_headings_moved(tree: Node, level: int) -> Node:
    """Move headings so that the highest has `level` and none is more than one below the last."""
    levels = sorted({node.level for node in walk(tree) if node.kind is Kind.HEADING})
    moved = {old: min(level + number, 6) for number, old in enumerate(levels)}
    last = level - 1

    def move(node: Node) -> Node:
        nonlocal last
        if node.kind is Kind.HEADING:
            last = min(moved[node.level], last + 1)
            return replace(node, level=last)
        return replace(node, children=tuple(move(child) for child in node.children))

    return move(tree)


@lru_cache(maxsize=1024)
def is_one_line(told: Told) -> bool:
    """Tell whether a text is a single paragraph, so that it can stand as an item of a list."""
    nodes = build_tree(parse_district_text(told.text.strip())).children
    return len(nodes) == 1 and nodes[0].kind is Kind.PARAGRAPH


def indent_item(text: str) -> Markdown:
    """Return blocks as they stand below the sign of a list item (`- `)."""
    return Markdown(text.replace("\n", "\n  "))
