"""Forms and records out of lines that were pasted from a page: labels with their values, once or many times."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from dataflows.sources.grid import Cell, Row
from dataflows.sources.grid_line import LONGEST_NAME, NAMES, Found, Line, is_bulleted, make_line_row, sure_meaning

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_QUESTION = re.compile(r"^(?P<label>[^?:]{4,70}\?)\s+(?P<value>\S.*)$", re.DOTALL)
"""A question and its answer in one line: `What data is required? Name`."""
_LABEL = re.compile(r"^(?!https?:)(?P<label>[^:]{2,70}?)\s*:(?!//)\s*(?P<value>.*)$", re.DOTALL)


def find_records(lines: Sequence[Line]) -> Found | None:
    """Return a table of records with the same labels in each; a name may stand before the first label."""
    told = _with_others(lines, [_told_label(line) for line in lines])
    counts = Counter(label for label, _ in filter(None, told))
    labels = [label for label, count in counts.items() if count >= 2]
    marks = [found if found and found[0] in labels else None for found in told]
    if len(labels) < 2 or 2 * len(labels) < len(counts):
        return None
    first = next((mark[0] for mark in marks if mark), "")
    begins = [n for n, mark in enumerate(marks) if mark and mark[0] == first]
    has_names = all(_is_name_before(marks, lines, n) for n in begins)
    if not has_names and {sure_meaning(label) for label in labels}.isdisjoint(NAMES):
        return None
    starts = [n - 1 if has_names else n for n in begins]
    # The headings go before the first record, where a line may stand, or none is.
    before = lines[starts[0] - 1].number if starts[0] else 0
    shift = int(lines[starts[0]].number == before + 1)
    number = lines[starts[0]].number - 1 + shift
    names = [Line(number, "Name")] if has_names else []
    rows = [make_line_row(number, dict(enumerate([*names, *(Line(number, label) for label in labels)])))]
    for start, end in pairwise([*starts, len(lines)]):
        record = _record(lines[start:end], marks[start:end], labels, has_name=has_names)
        rows.append(Row(record.number + shift, record.cells))
    return Found(rows, {line.number for line in lines[starts[0] :]})


def _with_others(lines: Sequence[Line], told: list[tuple[str, str] | None]) -> list[tuple[str, str] | None]:
    """Add labels whose meaning is not known, where they stand as often as those that are: they end what is before."""
    counts = Counter(label for label, _ in filter(None, told))
    others = [None if label else _colon_label(line) for line, label in zip(lines, told, strict=True)]
    met = Counter(other[0] for other in others if other and not any(map(str.isdigit, other[0])))
    often = {label for label, count in met.items() if count >= 2 and 2 * count >= max(counts.values(), default=0)}
    return [
        label or (other if other and other[0] in often else None) for label, other in zip(told, others, strict=True)
    ]


def _told_label(line: Line) -> tuple[str, str] | None:
    """Return a label whose meaning is known, and its value in the line."""
    if (found := _colon_label(line)) and sure_meaning(found[0]):
        return found
    return (line.text, "") if len(line.text) <= LONGEST_NAME and sure_meaning(line.text) else None


def _is_name_before(marks: Sequence[tuple[str, str] | None], lines: Sequence[Line], index: int) -> bool:
    """Tell whether the line before a label is a name of its own, and not the value of the label before it."""
    if not index or marks[index - 1] or len(lines[index - 1].text) > LONGEST_NAME:
        return False
    before = marks[index - 2] if index > 1 else None
    return not (before and not before[1] and not _waits(marks, index - 2))


def _waits(marks: Sequence[tuple[str, str] | None], index: int) -> bool:
    """Tell whether a label stands right after another one: then their values come later, and a name may follow."""
    return index > 0 and marks[index - 1] is not None


def _record(
    lines: Sequence[Line], marks: Sequence[tuple[str, str] | None], labels: list[str], *, has_name: bool
) -> Row:
    shift = int(has_name)
    cells = {0: lines[0]} if has_name else {}
    waiting: list[int] = []
    last: int | None = None
    for line, mark in zip(lines[shift:], marks[shift:], strict=True):
        if mark is not None:
            column = labels.index(mark[0]) + shift
            if mark[1]:
                cells[column], last = Line(line.number, mark[1]), column
            else:
                waiting.append(column)
        elif waiting:
            last = waiting.pop(0)
            cells[last] = line
        elif last is not None:
            cells[last] = Line(cells[last].number, f"{cells[last].text}\n{line.text}")
    return make_line_row(lines[0].number, dict(sorted(cells.items())))


def find_form(lines: Sequence[Line]) -> Found | None:
    """Return a form as one row: labels with a colon, or known headings on lines of their own."""
    has_colons = sum(bool(_colon_label(line)) for line in lines) >= 4
    return (_form_of(lines, _colon_label) if has_colons else None) or _form_of(lines, _label)


def _form_of(lines: Sequence[Line], find_label: Callable[[Line], tuple[str, str] | None]) -> Found | None:
    found: list[tuple[Line, list[Line]]] = []
    used: set[int] = set()
    for index, line in enumerate(lines):
        if label := find_label(line):
            value = Line(line.number, label[1])
            found.append((Line(line.number, label[0]), [value] if label[1] else []))
            used.add(line.number)
        elif found and not _is_section(lines, index, find_label):
            found[-1][1].append(line)
            used.add(line.number)
    known = {sure_meaning(label.text) for label, _ in found} - {None}
    if len(known) < 3 or known.isdisjoint(NAMES):
        return None
    head = Row(found[0][0].number, {n: Cell(label.text, label.number, n) for n, (label, _) in enumerate(found)})
    body = {
        n: Cell("\n".join(line.text for line in values), values[0].number, n)
        for n, (_, values) in enumerate(found)
        if values
    }
    return Found([head, Row(found[-1][0].number + 1, body)], used)


def _colon_label(line: Line) -> tuple[str, str] | None:
    """Return the label before a colon, and what stands after it in the line."""
    match = _LABEL.match(line.text) or _QUESTION.match(line.text)
    if not match or is_bulleted(line.text):
        return None
    is_label = len(match["label"].split()) <= 8 or match["label"].endswith(("*", "?"))
    return (match["label"], match["value"].strip()) if is_label else None


def _label(line: Line) -> tuple[str, str] | None:
    """Return a label: before a colon, or a known heading on a line of its own."""
    if found := _colon_label(line):
        return found
    return (line.text, "") if len(line.text) <= LONGEST_NAME and sure_meaning(line.text) else None


def _is_section(lines: Sequence[Line], index: int, find_label: Callable[[Line], tuple[str, str] | None]) -> bool:
    """Tell whether a line only heads the label after it."""
    text = lines[index].text
    following = lines[index + 1] if index + 1 < len(lines) else None
    before = find_label(lines[index - 1]) if index else None
    is_short = len(text) <= 50 and not text.endswith(".") and not is_bulleted(text)
    return bool(following and is_short and find_label(following) and not (before and not before[1]))
