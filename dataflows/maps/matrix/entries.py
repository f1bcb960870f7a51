"""The names of a row, each with its raised letters and exceptions, broken into lines of a given width.

An entry reads `Name›a,b +xx −yy/C [new zz] ▲2`; entries stand apart by a dot.  The text alone says everything: a name
that holds one of these signs stands in quotation marks, so that no reader, and no program, takes it for one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dataflows.maps.marks import CHANGES
from dataflows.maps.widths import width_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dataflows.maps.matrix.shapes import MatrixGroup, MatrixParty, MatrixView

DOT = "·"
_TAKEN = re.compile(r"[›“”\[▲◆●]| · |(?:^|\s)[+−]\S|^\s|\s$|…$")
GAP = 0.12
"""Ems at both sides of the dot, beside a space."""
SPACED = ("more", "less", *CHANGES, "found")
"""What a space stands before."""
BOLD = ("more", "added", "found")


class Piece(NamedTuple):
    """A piece of text on a line: where it begins from the line's left, how wide it is, what it is."""

    text: str
    x: float
    width: float
    role: str
    """`lead`, `name`, `raised`, `more`, `less`, `added`, `ended`, `changed`, `found` or `dot`."""


Line = tuple[Piece, ...]


class _Token(NamedTuple):
    text: str
    role: str
    width: float
    space: float
    """The space before it, where it doesn't begin a line."""


def raised_size(size: float) -> float:
    """Return the size of raised letters: smaller, and never below the least size of the page."""
    return max(7.0, size * 0.8)


def shown_name(name: str) -> str:
    """Return a name as it stands in a row."""
    return f"“{name.replace('”', '””')}”" if _TAKEN.search(name) else name


def marks_of(view: MatrixView, party: MatrixParty) -> list[tuple[str, str]]:
    """Return what stands behind a name: raised letters and exceptions, each with its role."""
    said = view.wording.matrix["letters"]
    codes = {column.id: column.code for column in view.columns}
    home = {column: set(party.cells.get(column, ())) for column in (*party.adds, *party.removes)}
    marks = []
    if party.passes_to:
        marks.append((f"›{','.join(view.letters[id] for id in party.passes_to)}", "raised"))
    for column, methods in party.adds.items():
        marks.append((f"+{codes[column]}{_how(view, methods)}", "more"))
    for column, methods in party.removes.items():
        is_whole = home[column] <= set(party.adds.get(column, ()))
        how = "" if is_whole else "/" + "".join(said[method] for method in methods)
        marks.append((f"−{codes[column]}{how}", "less"))
    return [*marks, *_beside(view, party, codes)]


def _beside(view: MatrixView, party: MatrixParty, codes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what was added, ended and corrected, and how many faults an audit finds."""
    said = view.wording.matrix
    if party.is_new:
        yield f"[{said['changes']['added']}]", "added"
    for change, cells in () if party.is_new else party.changes.items():
        columns = (f"{codes[column]}{_how(view, methods)}" for column, methods in cells.items())
        yield f"[{said['changes'][change]} {' '.join(columns)}]", change
    if party.found:
        yield " ".join(f"{said['found'][severity]}{count}" for severity, count in party.found.items()), "found"


def _how(view: MatrixView, methods: Sequence[str]) -> str:
    """Write methods behind a code; nothing where it is provided."""
    return (
        ""
        if tuple(methods) == ("provided",)
        else "/" + "".join(view.wording.matrix["letters"][method] for method in methods)
    )


def entry_lines(view: MatrixView, group: MatrixGroup, width: float, size: float) -> tuple[Line, ...]:
    """Return the lines of names of a row; what is wider than a line by itself is broken."""
    lines: list[Line] = []
    line: list[Piece] = []
    x = 0.0
    if group.kind in view.wording.matrix["leads"] and not view.is_full:
        lead = str(view.wording.matrix["leads"][group.kind])
        line.append(Piece(lead, 0.0, width_of(lead, size), "lead"))
        x = line[0].width + width_of(" ", size)
    for number, party in enumerate(group.parties):
        tokens = [piece for token in _tokens(view, party, size) for piece in _fitting(token, width, size)]
        whole = sum(token.width + token.space for token in tokens) - tokens[0].space
        side = size * GAP + width_of(" ", size)
        dot = 2 * side + width_of(DOT, size)
        if line and number:
            line.append(Piece(DOT, x + side, width_of(DOT, size), "dot"))
            x += dot
            if x + whole > width:
                lines.append(tuple(line))
                line, x = [], 0.0
        for token in tokens:
            space = token.space if line and line[-1].role != "dot" else 0.0
            if line and x + space + token.width > width:
                lines.append(tuple(line))
                line, x, space = [], 0.0, 0.0
            line.append(Piece(token.text, x + space, token.width, token.role))
            x += space + token.width
    return (*lines, tuple(line)) if line else tuple(lines)


def _tokens(view: MatrixView, party: MatrixParty, size: float) -> Iterator[_Token]:
    name = shown_name(party.shown)
    yield _Token(name, "name", width_of(name, size), 0.0)
    for text, role in marks_of(view, party):
        points = raised_size(size) if role == "raised" else size
        space = width_of(" ", size) if role in SPACED else 0.0
        yield _Token(text, role, width_of(text, points, is_bold=role in BOLD), space)


def _fitting(token: _Token, width: float, size: float) -> Iterator[_Token]:
    """Yield a token, or the parts of one that is wider than a line: broken at spaces, else anywhere."""
    if token.width <= width:
        yield token
        return
    part, is_first = "", True
    is_bold = token.role in BOLD
    for piece in re.split(r"(?<= )|(?<=,)", token.text):
        for bit in [piece] if width_of(piece, size, is_bold=is_bold) <= width else piece:
            if part and width_of(part + bit, size, is_bold=is_bold) > width:
                yield _Token(part, token.role, width_of(part, size, is_bold=is_bold), token.space if is_first else 0)
                part, is_first = "", False
            part += bit
    yield _Token(part, token.role, width_of(part, size, is_bold=is_bold), token.space if is_first else 0)
