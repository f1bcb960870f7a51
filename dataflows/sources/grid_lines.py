"""Cells out of lines that were pasted from a page: what was a table, a form or a list is one again.

A page loses its table when it is copied.  Headings that are known tell its form: repeated labels
with their values, one form, a table with a cell a line, or a plain list of names.  What fits none
of these stays a note, so that it is listed and not lost.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from dataflows.sources.district_list.days import is_day
from dataflows.sources.district_list.elements import find_element, read_elements
from dataflows.sources.district_list.words import meanings, plain
from dataflows.sources.grid import Cell, Grid, Row, clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_BULLET = re.compile(r"^(?:[-*•●▪·–—]|\(?\d{1,2}[.)])\s+(?=\S)")
_LABEL = re.compile(r"^(?!https?:)(?P<label>[^:]{2,70}?)\s*:(?!//)\s*(?P<value>.*)$", re.DOTALL)
_ASKS = re.compile(
    r"\b(?:provider|vendor|app|application|software|service|tool|program|website|operator|product|resource)s?\b",
    re.IGNORECASE,
)
_NAMES = ("vendor", "product", "recipient")
_LONGEST_NAME = 70


class _Found(NamedTuple):
    """A table that was found, and the numbers of the lines that it took."""

    rows: list[Row]
    used: set[int]


class _Line(NamedTuple):
    """A line that holds something."""

    number: int
    text: str


def read_line_grids(name: str, lines: Sequence[tuple[int, str]]) -> list[Grid]:
    """Return the tables that lines of text hold; one of notes where they hold none."""
    filled = [_Line(number, text) for number, raw in lines if (text := clean(raw))]
    listed = _bulleted(filled)
    rest = [line for line in filled if line not in listed]
    found = _flattened(rest) or _records(rest) or _form(rest)
    if not found and not listed:
        listed = _below_question(filled)
        rest = [line for line in filled if line not in listed]
    grids = []
    if listed:
        rows = [_row(line.number, {0: line}) for line in map(_bare, listed)]
        grids.append(Grid(name, "list", _with_notes(rows, () if found else rest)))
    if found:
        others = [line for line in rest if line.number not in found.used]
        grids.append(Grid(name, "form" if listed else "", _with_notes(found.rows, others)))
    if not grids:
        grids.append(Grid(name, "", [_note(line) for line in filled], is_prose=True))
    return grids


def _bare(line: _Line) -> _Line:
    return _Line(line.number, _BULLET.sub("", line.text))


def _row(number: int, cells: dict[int, _Line]) -> Row:
    made = {column: Cell(line.text, line.number, column) for column, line in cells.items() if line.text}
    return Row(number, made)


def _note(line: _Line) -> Row:
    return Row(line.number, {0: Cell(line.text, line.number, 0)}, is_note=True)


def _with_notes(rows: list[Row], others: Iterable[_Line]) -> list[Row]:
    """Put the lines that are no part of a table between its rows; a merge by number keeps the table's order."""
    head, *body = rows
    notes = [_note(line) for line in others]
    before = [row for row in notes if row.number < head.number]
    after = [row for row in notes if row.number >= head.number]
    return [*before, head, *sorted([*body, *after], key=lambda row: row.number)]


def _meaning(text: str) -> str | None:
    """Return what a heading certainly means."""
    for word in dict.fromkeys((plain(text), plain(re.sub(r"\([^)]*\)", " ", text)))):
        for is_, meaning in meanings().items():
            if word in meaning.sure:
                return is_
    return None


def _bulleted(lines: Sequence[_Line]) -> list[_Line]:
    """Return the lines of a list of names with bullets, three or more in a row."""
    runs: list[list[_Line]] = [[]]
    for line in lines:
        if _BULLET.match(line.text):
            runs[-1].append(line)
        elif runs[-1]:
            runs.append([])
    return [line for run in runs if len(run) >= 3 and _are_names([_bare(line).text for line in run]) for line in run]


def _below_question(lines: Sequence[_Line]) -> list[_Line]:
    """Return the short lines below a question or a heading that asks for providers."""
    found: list[_Line] = []
    is_open = False
    for line in lines:
        if line.text.endswith(("?", ":")) and _ASKS.search(line.text) and _meaning(line.text.rstrip(":")) is None:
            is_open = True
        elif is_open and len(line.text) <= _LONGEST_NAME and not line.text.endswith((".", "?", ":")):
            found.append(line)
    return found if len(found) >= 3 and _are_names([line.text for line in found]) else []


def _are_names(texts: Sequence[str]) -> bool:
    """Tell whether items are names of things, not kinds of data and not sentences."""
    data = sum(find_element(text) is not None or bool(read_elements(text).elements) for text in texts)
    short = sum(len(text) <= _LONGEST_NAME and not text.endswith((".", ";")) for text in texts)
    return data * 3 < len(texts) and short * 5 >= len(texts) * 4


def _flattened(lines: Sequence[_Line]) -> _Found | None:
    """Return a table whose cells stand one a line: three known headings in a row, then the rows."""
    for start in range(len(lines) - 3):
        size = 0
        while start + size < len(lines) and _meaning(lines[start + size].text):
            size += 1
        kinds = [_meaning(lines[start + n].text) for n in range(size)]
        if size >= 3 and kinds[0] in _NAMES and len(set(kinds)) >= 3:
            head = _row(lines[start].number, {n: lines[start + n] for n in range(size)})
            rows = _flattened_rows(head, kinds, lines[start + size :])
            return _Found(rows, {line.number for line in lines[start:]}) if rows else None
    return None


def _flattened_rows(head: Row, kinds: list[str | None], body: Sequence[_Line]) -> list[Row] | None:
    """Cut the cells into rows: where the last column is one of days, each day ends a row."""
    size = len(kinds)
    if kinds[-1] in ("agreement starts", "agreement ends", "agreement signed", "reviewed on"):
        rows: list[Row] = [head]
        record: list[_Line] = []
        for line in body:
            record.append(line)
            if is_day(line.text):
                rows.append(_fit(record, kinds))
                record = []
        return [*rows, *(_note(line) for line in record)]
    if len(body) % size:
        return None
    chunks = [body[n : n + size] for n in range(0, len(body), size)]
    return [head, *(_row(chunk[0].number, dict(enumerate(chunk))) for chunk in chunks)]


def _fit(record: list[_Line], kinds: list[str | None]) -> Row:
    """Give the lines between a name and a day to the columns; purpose and data in one line are cut apart."""
    name, *middle, day = record if len(record) > 1 else [record[0], record[0]]
    while middle and middle[0].text.startswith("("):
        name = _Line(name.number, f"{name.text} {middle.pop(0).text}")
    cells: dict[int, _Line] = {0: name, len(kinds) - 1: day}
    wanted = {kind: n for n, kind in enumerate(kinds) if kind in ("purpose", "elements")}
    for line in middle:
        before, data = _cut_data(line.text)
        if data and "elements" in wanted:
            cells.setdefault(wanted["elements"], _Line(line.number, data))
        if before and "purpose" in wanted:
            cells.setdefault(wanted["purpose"], _Line(line.number, before))
        if not before and not data:
            free = next((n for n, kind in enumerate(kinds) if n not in cells and kind not in wanted), None)
            if free is not None:
                cells[free] = line
    return _row(name.number, dict(sorted(cells.items())))


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


def _records(lines: Sequence[_Line]) -> _Found | None:
    """Return a table of records with the same labels in each: the name stands before the first label."""
    counts = Counter(line.text for line in lines if len(line.text) <= _LONGEST_NAME and _meaning(line.text))
    labels = [text for text, count in counts.items() if count >= 2]
    if len(labels) < 2:
        return None
    first = next(line.text for line in lines if line.text in labels)
    starts = [n - 1 for n, line in enumerate(lines) if line.text == first and n]
    head = {
        0: _Line(lines[starts[0]].number - 1, "Name"),
        **{n: _Line(lines[starts[0]].number - 1, text) for n, text in enumerate(labels, 1)},
    }
    rows = [_row(max(0, lines[starts[0]].number - 1), head)]
    for start, end in pairwise([*starts, len(lines)]):
        rows.append(_record(lines[start:end], labels))
    return _Found(rows, {line.number for line in lines[starts[0] :]})


def _record(lines: Sequence[_Line], labels: list[str]) -> Row:
    cells = {0: lines[0]}
    waiting: list[int] = []
    last: int | None = None
    for line in lines[1:]:
        if line.text in labels:
            waiting.append(labels.index(line.text) + 1)
        elif waiting:
            last = waiting.pop(0)
            cells[last] = line
        elif last is not None:
            cells[last] = _Line(cells[last].number, f"{cells[last].text}\n{line.text}")
    return _row(lines[0].number, dict(sorted(cells.items())))


def _form(lines: Sequence[_Line]) -> _Found | None:
    """Return a form as one row: labels with a colon, or known headings on lines of their own."""
    has_colons = sum(bool(_colon_label(line)) for line in lines) >= 4
    return (_form_of(lines, _colon_label) if has_colons else None) or _form_of(lines, _label)


def _form_of(lines: Sequence[_Line], find_label: Callable[[_Line], tuple[str, str] | None]) -> _Found | None:
    found: list[tuple[_Line, list[_Line]]] = []
    used: set[int] = set()
    for index, line in enumerate(lines):
        if label := find_label(line):
            value = _Line(line.number, label[1])
            found.append((_Line(line.number, label[0]), [value] if label[1] else []))
            used.add(line.number)
        elif found and not _is_section(lines, index, find_label):
            found[-1][1].append(line)
            used.add(line.number)
    known = {_meaning(label.text) for label, _ in found} - {None}
    if len(known) < 3 or known.isdisjoint(_NAMES):
        return None
    head = Row(found[0][0].number, {n: Cell(label.text, label.number, n) for n, (label, _) in enumerate(found)})
    body = {
        n: Cell("\n".join(line.text for line in values), values[0].number, n)
        for n, (_, values) in enumerate(found)
        if values
    }
    return _Found([head, Row(found[-1][0].number + 1, body)], used)


def _colon_label(line: _Line) -> tuple[str, str] | None:
    """Return the label before a colon, and what stands after it in the line."""
    match = _LABEL.match(line.text)
    if not match or _BULLET.match(line.text):
        return None
    is_label = len(match["label"].split()) <= 8 or match["label"].endswith(("*", "?"))
    return (match["label"], match["value"].strip()) if is_label else None


def _label(line: _Line) -> tuple[str, str] | None:
    """Return a label: before a colon, or a known heading on a line of its own."""
    if found := _colon_label(line):
        return found
    return (line.text, "") if len(line.text) <= _LONGEST_NAME and _meaning(line.text) else None


def _is_section(lines: Sequence[_Line], index: int, find_label: Callable[[_Line], tuple[str, str] | None]) -> bool:
    """Tell whether a line only heads the label after it."""
    text = lines[index].text
    following = lines[index + 1] if index + 1 < len(lines) else None
    before = find_label(lines[index - 1]) if index else None
    is_short = len(text) <= 50 and not text.endswith(".") and not _BULLET.match(text)
    return bool(following and is_short and find_label(following) and not (before and not before[1]))
