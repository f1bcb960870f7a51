"""Tables whose cells stand between bars: Markdown, boxes drawn with signs, and what was pasted from a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dataflows.sources.grid import Cell, Grid, Row, make_row
from dataflows.sources.grid_line import sure_meaning

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*")
_BOX_RULE = re.compile(r"\s*\+(?:[-=]{2,}\+)+[\s|]*")
_LINK = re.compile(r"\[([^\[\]]+)\]\(\s*<?(https?://[^\s()<>]+)>?[^()]*\)")
_EMPHASIS = re.compile(r"(\*\*|__|`)(.+?)\1")


def read_bar_grid(name: str, lines: list[str]) -> Grid | None:
    """Return the table of bars that a text holds; None where it holds none."""
    return _boxed_grid(name, lines) or _ruled_grid(name, lines) or _open_grid(name, lines)


def _ruled_grid(name: str, lines: list[str]) -> Grid | None:
    """Return a table with a rule below its headings, as in Markdown."""
    rule = next((n for n, line in enumerate(lines) if n and "|" in line and _RULE.fullmatch(line)), None)
    if rule is None or "|" not in lines[rule - 1]:
        return None
    rows: list[Row] = []
    width = len(_cells_of(lines[rule - 1], None))
    for number, line in enumerate(lines, 1):
        if number == rule + 1 or not line.strip():
            continue
        cells = _cells_of(line, width) if "|" in line else [line]
        row = make_row(number, cells, is_note="|" not in line)
        if row.cells:
            rows.append(Row(number, {n: _unmarked(cell) for n, cell in row.cells.items()}, is_note=row.is_note))
    return Grid(name, "", rows)


def _boxed_grid(name: str, lines: list[str]) -> Grid | None:
    """Return a table in a box of signs; where a rule stands below each row, its lines are one."""
    rules = [n for n, line in enumerate(lines) if _BOX_RULE.fullmatch(line)]
    if len(rules) < 2:
        return None
    blocks = list(_blocks(lines))
    is_each_ruled = len(rules) > 3
    rows: list[Row] = []
    for block in blocks:
        if is_each_ruled and all("|" in line for _, line in block):
            split = [_cells_of(line, None) for _, line in block]
            texts = ["\n".join(filter(None, map(str.strip, column))) for column in zip(*split, strict=False)]
            rows.append(make_row(block[0][0], texts))
        else:
            rows += [
                make_row(number, _cells_of(line, None) if "|" in line else [line], is_note="|" not in line)
                for number, line in block
            ]
    return Grid(name, "", [row for row in rows if row.cells])


def _blocks(lines: Sequence[str]) -> Iterator[list[tuple[int, str]]]:
    """Yield the lines between rules that hold something, with their numbers."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        if _BOX_RULE.fullmatch(line):
            if block:
                yield block
            block = []
        elif line.strip():
            block.append((number, line))
    if block:
        yield block


def _open_grid(name: str, lines: list[str]) -> Grid | None:
    """Return a table of bars with no rule below its headings, a row of which may take several lines.

    The headings end in a bar, as each row does: a row is over when it has as many bars.
    """
    filled = [(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip()]
    head = next((n for n, (_, line) in enumerate(filled) if line.endswith("|") and _known_headings(line) >= 2), None)
    if head is None:
        return None
    width = filled[head][1].removeprefix("|").count("|")
    rows = [make_row(number, [line], is_note=True) for number, line in filled[:head]]
    rows.append(make_row(filled[head][0], _cells_of(filled[head][1], None)))
    record: list[tuple[int, str]] = []
    for number, line in filled[head + 1 :]:
        record.append((number, line))
        if "\n".join(text for _, text in record).removeprefix("|").count("|") >= width:
            rows.append(_joined(record))
            record = []
    if any("|" in line for _, line in record):
        rows.append(_joined(record))  # The text is cut off within the row.
    else:
        rows += [make_row(number, [line], is_note=True) for number, line in record]
    return Grid(name, "", [row for row in rows if row.cells]) if len(rows) - head > 2 else None


def _joined(record: list[tuple[int, str]]) -> Row:
    """Return a row of several lines, where bars part the cells."""
    text = "\n".join(line for _, line in record).removeprefix("|").removesuffix("|")
    return make_row(record[0][0], [cell.strip() for cell in text.split("|")])


def _known_headings(line: str) -> int:
    """Return how many cells of a line of bars are headings whose meaning is known; 0 for a line of fewer than three."""
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    return sum(sure_meaning(cell) is not None for cell in cells) if len(cells) >= 3 else 0


def _unmarked(cell: Cell) -> Cell:
    """Return a cell without the marks of Markdown: bold, code, and links, whose address is kept."""
    link = _LINK.search(cell.text)
    text = _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", cell.text))
    return Cell(text.strip(), cell.line, cell.column, link=link[2] if link else "")


def _cells_of(line: str, width: int | None) -> list[str]:
    """Return the cells of a line; bars at its ends are edges, unless the table's `width` counts an empty cell there."""
    inner = line.strip()
    if len(_split_bars(inner)) != width:
        inner = inner.removeprefix("|")
        if inner.endswith("|") and not inner.endswith("\\|"):
            inner = inner[:-1]
    return [cell.replace("\\|", "|").replace("<br>", "\n") for cell in _split_bars(inner)]


def _split_bars(text: str) -> list[str]:
    return re.split(r"(?<!\\)\|", text)
