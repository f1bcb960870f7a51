"""A line of pasted text, and what all who make tables of such lines know of it."""

from __future__ import annotations

import re
from typing import NamedTuple

from dataflows.sources.district_list.words import meanings, plain_heading
from dataflows.sources.grid import Cell, Row

_BULLET = re.compile(r"^(?:[-*•●▪·–—]|\(?\d{1,3}[.)])\s+(?=\S)")
_BRACKETS = re.compile(r"\([^)]*\)")
_MARKDOWN = re.compile(r"^#{1,6} |\*\*|__|`")
_HEADING = re.compile(r"^#{1,6} +")
_EMPHASIS = re.compile(r"(\*\*|__|`)(.+?)\1")
_RULE = re.compile(r"[-*_=]{3,}")
NAMES = ("vendor", "product", "recipient")
LONGEST_NAME = 70


class Line(NamedTuple):
    """A line that holds something."""

    number: int
    text: str


class Found(NamedTuple):
    """A table that was found, and the numbers of the lines that it took."""

    rows: list[Row]
    used: set[int]


def is_bulleted(text: str) -> bool:
    """Tell whether a line begins with a bullet or a number."""
    return _BULLET.match(text) is not None


def bare(line: Line) -> Line:
    """Return a line without its bullet."""
    return Line(line.number, _BULLET.sub("", line.text))


def unmarked(line: Line) -> Line:
    """Return a line without the marks of Markdown, and without its bullet where a label that is known follows it."""
    text = _EMPHASIS.sub(r"\2", _HEADING.sub("", line.text)) if _MARKDOWN.search(line.text) else line.text
    if _RULE.fullmatch(text):
        return Line(line.number, "")
    label = bare(Line(line.number, text)).text if is_bulleted(text) else ""
    is_label = ":" in label and sure_meaning(label.partition(":")[0]) is not None
    return Line(line.number, label if is_label else text)


def make_line_row(number: int, cells: dict[int, Line]) -> Row:
    """Return a row of lines by column."""
    made = {column: Cell(line.text, line.number, column) for column, line in cells.items() if line.text}
    return Row(number, made)


def sure_meaning(text: str) -> str | None:
    """Return what a heading certainly means."""
    for word in dict.fromkeys((plain_heading(text), plain_heading(_BRACKETS.sub(" ", text)))):
        for is_, meaning in meanings().items():
            if word in meaning.sure:
                return is_
    return None
