"""Cells out of the tables of a web page: spans filled, headers as rows, nothing that only a program sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple

from dataflows.sources.document_blocks import BlockKind
from dataflows.sources.grid import Cell, Grid, Row, clean
from dataflows.sources.html_text import declared_charset, read_html
from dataflows.sources.plain_text import decode_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dataflows.sources.document_blocks import Block

_BREAKS = frozenset(("br", "p", "li", "div", "tr", "h1", "h2", "h3", "h4"))
_UNSEEN = frozenset(("script", "style", "template", "noscript"))
_WIDEST_SPAN = 200


def read_page_grids(name: str, data: bytes) -> list[Grid]:
    """Return the tables of a page; where it has none, what it shows is read as text."""
    text = decode_text(data, declared_charset(data))
    reader = _Reader()
    reader.feed(text)
    reader.close()
    tables = [table for table in reader.tables if len(table.rows) > 1]
    if tables:
        is_one = len(tables) == 1
        return [
            Grid(name, "" if is_one else f"table {number}", table.grid_rows(), counts_rows=True)
            for number, table in enumerate(tables, 1)
        ]
    from dataflows.sources.grid_text import read_line_grids

    return read_line_grids(name, list(_lines(read_html(text))))


def _lines(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """Yield the blocks as they are shown: an item has a bullet, and one below a heading of its own that heading."""
    told = [_is_told(blocks, n) for n in range(len(blocks))]
    has_terms = sum(told) > 1
    for n, block in enumerate(blocks):
        if has_terms and told[n]:
            yield block.line or 1, f"• {block.text} – {blocks[n + 1].text}"
        elif block.kind is BlockKind.ITEM and not (has_terms and told[n - 1]):
            yield block.line or 1, f"• {block.text}"
        elif block.kind is not BlockKind.ITEM:
            yield block.line or 1, block.text


def _is_told(blocks: Sequence[Block], index: int) -> bool:
    """Tell whether a block is a heading of one item: a term of a glossary, with what is said of it."""
    kinds = [block.kind for block in blocks[index : index + 3]]
    return kinds[:2] == [BlockKind.HEADING, BlockKind.ITEM] and kinds[2:] != [BlockKind.ITEM]


class _Shown(NamedTuple):
    """What a cell shows, and the address behind it."""

    text: str = ""
    link: str = ""


@dataclass(slots=True)
class _Table:
    """A table as it is being read; `spans` are cells that reach into rows to come."""

    rows: list[dict[int, _Shown]] = field(default_factory=list)
    spans: dict[int, tuple[int, _Shown]] = field(default_factory=dict)
    wide: set[int] = field(default_factory=set)

    def begin_row(self) -> None:
        """Begin a row; what spans from above fills it first."""
        cells = {}
        for column, (left, text) in list(self.spans.items()):
            cells[column] = text
            if left > 1:
                self.spans[column] = (left - 1, text)
            else:
                del self.spans[column]
        self.rows.append(cells)

    def put(self, text: _Shown, width: int, height: int) -> None:
        """Put a cell into the first free column of the row."""
        if not self.rows:
            self.begin_row()
        cells = self.rows[-1]
        column = next(number for number in range(len(cells) + 1) if number not in cells)
        cells[column] = text
        if height > 1:
            self.spans[column] = (height - 1, text)
        if width > 1:
            self.wide.add(len(self.rows) - 1)
        for more in range(column + 1, column + width):
            cells.setdefault(more, _Shown())
            if height > 1:
                self.spans[more] = (height - 1, _Shown())

    def grid_rows(self) -> list[Row]:
        """Return the rows with anything in them, counted from 1: a page may be one line of its file."""
        found = []
        for number, cells in enumerate(self.rows):
            made = {
                column: Cell(text, number + 1, column, link=shown.link)
                for column, shown in sorted(cells.items())
                if (text := clean(shown.text))
            }
            if made:
                found.append(Row(number + 1, made, is_note=number in self.wide and len(made) == 1))
        return found


class _Reader(HTMLParser):
    """Reads tables; one inside another is a table of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._cells: list[tuple[_Table, list[str], int, int]] = []
        self._link = ""
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, a row or a cell."""
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self._open.append(_Table())
            self.tables.append(self._open[-1])
        elif tag == "tr" and self._open:
            self._close_cell()
            self._open[-1].begin_row()
        elif tag in ("td", "th") and self._open:
            self._close_cell()
            given = dict(attrs)
            self._cells.append((self._open[-1], [], _span(given.get("colspan")), _span(given.get("rowspan"))))
        elif tag in _BREAKS and self._cells:
            self._cells[-1][1].append("\n")
        elif tag == "a" and self._cells and not self._link:
            self._link = next((value for name, value in attrs if name == "href" and value), "")
        elif tag in ("img", "svg", "i", "input") and self._cells:
            self._cells[-1][1].append(_meaning_of(dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Close what is open."""
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in ("td", "th", "tr"):
            self._close_cell()
        elif tag == "table" and self._open:
            self._close_cell()
            self._open.pop()
        elif tag in _BREAKS and self._cells:
            self._cells[-1][1].append("\n")

    def handle_data(self, data: str) -> None:
        """Take the words of a cell."""
        if self._cells and not self._unseen:
            self._cells[-1][1].append(" ".join(data.split()) if data.strip() else " ")
            if data[-1:].isspace():
                self._cells[-1][1].append(" ")

    def _close_cell(self) -> None:
        if self._cells and self._open and self._cells[-1][0] is self._open[-1]:
            table, parts, width, height = self._cells.pop()
            table.put(_Shown("".join(parts), self._link.strip()), width, height)
            self._link = ""


def _meaning_of(attrs: dict[str, str | None]) -> str:
    """Return what a picture in a cell says: its words, or that a box is ticked."""
    if attrs.get("type") == "checkbox":
        return "x" if "checked" in attrs else ""
    return f" {attrs.get('alt') or attrs.get('aria-label') or ''} "


def _span(text: str | None) -> int:
    return min(int(text), _WIDEST_SPAN) if text and text.strip().isdigit() and int(text) > 0 else 1
