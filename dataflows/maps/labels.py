"""Text that can't break a drawing: escaped by one function, wrapped over lines, never cut.

Everything that a catalog says passes through `escape` into a well-formed HTML-like label.
Widths are counted in columns: a wide character (Chinese, emoji) takes two.
"""

from __future__ import annotations

import re
from html import escape as escape_html

from dataflows.maps.theme import read_theme
from dataflows.model.text import columns_of

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")
_SUBSTITUTED = re.compile(r"\\(?=[A-Za-z])")
_SPACE = re.compile(r"([ ]+)")
NO_BREAK_SPACE = "\u00a0"


def clean(text: str) -> str:
    """Put a text on one line: line ends and tabs become spaces, unfit characters the replacement mark.

    Marks that turn the direction of writing are left out: one without its end would turn what follows.
    """
    one_line = re.sub(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]+", " ", text)
    return _UNFIT.sub("\ufffd", _DIRECTION.sub("", one_line)).strip()


def escape(text: str) -> str:
    """Escape one line of text for an HTML-like label; runs of spaces are kept."""
    kept = re.sub(r" (?= )|^ | $", NO_BREAK_SPACE, clean(text)) or NO_BREAK_SPACE
    # Even here \N is the node's name to Graphviz, unless mark and letter are pieces by themselves.
    apart = f'<font face="{read_theme().font}">&#92;</font>'
    return _SUBSTITUTED.sub(lambda _: apart, escape_html(kept))


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines of at most `width` columns; a longer word is broken too."""
    lines, line, used = [], "", 0
    for piece in _pieces(clean(text), width):
        size = columns_of(piece)
        if used + size > width and line.strip():
            lines.append(line.rstrip(" "))
            line, used = "", 0
            piece = piece.lstrip(" ")  # noqa: PLW2901
            size = columns_of(piece)
        line += piece
        used += size
    lines.append(line.rstrip(" "))
    return lines


def _pieces(text: str, width: int) -> list[str]:
    """Split into words and runs of spaces; what is wider than a line is split by itself."""
    pieces: list[str] = []
    for word in _SPACE.split(text):
        if columns_of(word) <= width:
            pieces += [word] if word else []
            continue
        part, used = "", 0
        for character in word:
            size = columns_of(character)
            if used + size > width and size:
                pieces.append(part)
                part, used = "", 0
            part += character
            used += size
        if part:
            pieces.append(part)
    return pieces


def font(text: str, *, size: int | None = None, colour: str | None = None, bold: bool = False) -> str:
    """Set a text in a label; it is escaped here."""
    inner = f"<b>{escape(text)}</b>" if bold else escape(text)
    attributes = [f'point-size="{size}"'] if size else []
    attributes += [f'color="{colour}"'] if colour else []
    return f"<font {' '.join(attributes)}>{inner}</font>" if attributes else inner


def cell(content: str, **attributes: object) -> str:
    """Make a table cell whose text stands at the left."""
    return f"<td{_written({'align': 'left', 'balign': 'left', **attributes})}>{content}</td>"


def row(*cells: str) -> str:
    """Make a table row."""
    return f"<tr>{''.join(cells)}</tr>"


def table(rows: list[str], **attributes: object) -> str:
    """Make a table without lines; attributes say otherwise."""
    given = {"border": 0, "cellborder": 0, "cellspacing": 0, "cellpadding": 0, **attributes}
    return f"<table{_written(given)}>{''.join(rows)}</table>"


def _written(attributes: dict[str, object]) -> str:
    return "".join(f' {name}="{value}"' for name, value in attributes.items())


def lines_of(lines: list[str]) -> str:
    """Join lines already made for a label, each set at the left."""
    return '<br align="left"/>'.join(lines)
