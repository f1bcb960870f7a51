"""Cells out of lines that were pasted from a page: what was a table, a form or a list is one again.

A page loses its table when it is copied.  Headings that are known tell its form: repeated labels
with their values, one form, a table with a cell a line, or a plain list of names.  What fits none
of these stays a note, so that it is listed and not lost.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dataflows.sources.district_list.days import is_day
from dataflows.sources.district_list.elements import read_elements
from dataflows.sources.district_list.owned import find_element
from dataflows.sources.grid import Cell, Grid, Row, clean
from dataflows.sources.grid_joined import find_joined
from dataflows.sources.grid_line import (
    LONGEST_NAME,
    NAMES,
    Found,
    Line,
    bare,
    is_bulleted,
    make_line_row,
    sure_meaning,
    unmarked,
)
from dataflows.sources.grid_records import find_form, find_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ASKS = re.compile(
    r"\b(?:provider|vendor|app|application|software|service|tool|program|website|operator|product|resource)s?\b",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(r"(?P<name>(?:(?!\.\s)[^:–—]){2,60}?)(?:\s+[-–—]\s+|:\s+)(?P<about>\S.*)", re.DOTALL)


def read_line_grids(name: str, lines: Sequence[tuple[int, str]]) -> list[Grid]:
    """Return the tables that lines of text hold; one of notes where they hold none."""
    filled = [unmarked(Line(number, text)) for number, raw in lines if (text := clean(raw))]
    filled = [line for line in filled if line.text]
    if joined := find_joined(filled):
        others = [line for line in filled if line.number not in joined.used]
        return [Grid(name, "", _with_notes(joined.rows, others))]
    listed = _bulleted(filled)
    rest = [line for line in filled if line not in listed]
    found = _flattened(rest) or find_records(rest) or find_form(rest)
    if not found and not listed:
        listed = _below_question(filled) or _plain_list(filled)
        rest = [line for line in filled if line not in listed]
    grids = []
    if listed:
        rows = [make_line_row(line.number, _described(line)) for line in map(bare, listed)]
        grids.append(Grid(name, "list", _with_notes(rows, () if found else rest)))
    if found:
        others = [line for line in rest if line.number not in found.used]
        grids.append(Grid(name, "form" if listed else "", _with_notes(found.rows, others)))
    if not grids:
        grids.append(Grid(name, "", [_note(line) for line in filled], is_prose=True))
    return grids


def _note(line: Line) -> Row:
    return Row(line.number, {0: Cell(line.text, line.number, 0)}, is_note=True)


def _with_notes(rows: list[Row], others: Iterable[Line]) -> list[Row]:
    """Put the lines that are no part of a table between its rows; a merge by number keeps the table's order."""
    head, *body = rows
    notes = [_note(line) for line in others]
    before = [row for row in notes if row.number < head.number]
    after = [row for row in notes if row.number >= head.number]
    return [*before, head, *sorted([*body, *after], key=lambda row: row.number)]


def _bulleted(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a list of names with bullets, three or more in a row."""
    runs: list[list[Line]] = [[]]
    for line in lines:
        if is_bulleted(line.text):
            runs[-1].append(line)
        elif runs[-1]:
            runs.append([])
    return [line for run in runs if len(run) >= 3 and _are_names([bare(line).text for line in run]) for line in run]


def _below_question(lines: Sequence[Line]) -> list[Line]:
    """Return the short lines below a question or a heading that asks for providers."""
    found: list[Line] = []
    is_open = False
    for line in lines:
        if line.text.endswith(("?", ":")) and _ASKS.search(line.text) and sure_meaning(line.text.rstrip(":")) is None:
            is_open = True
        elif is_open and len(line.text) <= LONGEST_NAME and not line.text.endswith((".", "?", ":")):
            found.append(line)
    return found if len(found) >= 3 and _are_names([line.text for line in found]) else []


def _plain_list(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a text that is nothing but names or addresses; the first may be its title."""
    for listed in (lines, lines[1:]):
        texts = [line.text for line in listed]
        is_title = any(_ASKS.search(text) for text in texts[:1]) and listed is lines
        if len(texts) >= 3 and not is_title and all(_may_be_name(text) for text in texts) and _are_names(texts):
            return list(listed)
    return []


def _may_be_name(text: str) -> bool:
    return len(text) <= LONGEST_NAME and not text.endswith((".", ":", "?", ";")) and sure_meaning(text) is None


def _described(line: Line) -> dict[int, Line]:
    """Return a name and what is said of it after a dash or a colon: `Clever – single sign-on`."""
    match = None if "://" in line.text else _DESCRIBED.fullmatch(line.text)
    if match is None:
        return {0: line}
    return {0: Line(line.number, match["name"].strip()), 1: Line(line.number, match["about"].strip())}


def _are_names(texts: Sequence[str]) -> bool:
    """Tell whether items are names of things, not kinds of data and not sentences."""
    names = [match["name"] if "://" not in text and (match := _DESCRIBED.fullmatch(text)) else text for text in texts]
    data = sum(find_element(text) is not None or bool(read_elements(text).elements) for text in names)
    short = sum(len(text) <= LONGEST_NAME and not text.endswith((".", ";")) for text in names)
    return data * 3 < len(texts) and short * 5 >= len(texts) * 4


def _flattened(lines: Sequence[Line]) -> Found | None:
    """Return a table whose cells stand one a line: three known headings in a row, then the rows."""
    for start in range(len(lines) - 3):
        size = 0
        while start + size < len(lines) and sure_meaning(lines[start + size].text):
            size += 1
        kinds = [sure_meaning(lines[start + n].text) for n in range(size)]
        if size >= 3 and kinds[0] in NAMES and len(set(kinds)) >= 3:
            head = make_line_row(lines[start].number, {n: lines[start + n] for n in range(size)})
            rows = _flattened_rows(head, kinds, lines[start + size :])
            return Found(rows, {line.number for line in lines[start:]}) if rows else None
    return None


def _flattened_rows(head: Row, kinds: list[str | None], body: Sequence[Line]) -> list[Row] | None:
    """Cut the cells into rows: where the last column is one of days, each day ends a row."""
    size = len(kinds)
    if kinds[-1] in ("agreement starts", "agreement ends", "agreement signed", "reviewed on"):
        rows: list[Row] = [head]
        record: list[Line] = []
        for line in body:
            record.append(line)
            if is_day(line.text):
                rows.append(_fit(record, kinds))
                record = []
        return [*rows, *(_note(line) for line in record)]
    if len(body) % size:
        return None
    chunks = [body[n : n + size] for n in range(0, len(body), size)]
    return [head, *(make_line_row(chunk[0].number, dict(enumerate(chunk))) for chunk in chunks)]


def _fit(record: list[Line], kinds: list[str | None]) -> Row:
    """Give the lines between a name and a day to the columns; purpose and data in one line are cut apart."""
    name, *middle, day = record if len(record) > 1 else [record[0], record[0]]
    while middle and middle[0].text.startswith("("):
        name = Line(name.number, f"{name.text} {middle.pop(0).text}")
    cells: dict[int, Line] = {0: name, len(kinds) - 1: day}
    wanted = {kind: n for n, kind in enumerate(kinds) if kind in ("purpose", "elements")}
    for line in middle:
        before, data = _cut_data(line.text)
        if data and "elements" in wanted:
            cells.setdefault(wanted["elements"], Line(line.number, data))
        if before and "purpose" in wanted:
            cells.setdefault(wanted["purpose"], Line(line.number, before))
        if not before and not data:
            free = next((n for n, kind in enumerate(kinds) if n not in cells and kind not in wanted), None)
            if free is not None:
                cells[free] = line
    return make_line_row(name.number, dict(sorted(cells.items())))


def _cut_data(text: str) -> tuple[str, str]:
    """Return what stands before a list of data, and the list; the list may begin anew, or after a sentence."""
    best: tuple[int, int] | None = None
    for start in (0, *(match.end() for match in re.finditer(r"[.!?]\s+(?=[A-Z])", text))):
        said = read_elements(text[start:])
        if len(said.elements) >= 2 and not said.is_prose and len(said.elements) >= len(said.unread):
            best = min(best or (len(said.unread), start), (len(said.unread), start))
    if best is not None:
        return text[: best[1]].strip(), text[best[1] :].strip()
    is_sentence = len(text.split()) > 4
    return (text, "") if is_sentence else ("", "")
