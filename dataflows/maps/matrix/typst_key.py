"""Writes the key as typst text: pages in columns behind those of the rows, one line a flow where it fits one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.maps.matrix.key import code_lines, found_lines, key_sections
from dataflows.maps.matrix.typst import breakable, foot_of, pt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.maps.matrix.key import FlowLine
    from dataflows.maps.matrix.sheets import Sheet

_COLUMN = 350.0
"""The least width of a column."""
_SMALL, _ROOMY, _FEW = 7.0, 8.5, 120
"""The size of type, and the larger one where there are few flows."""


def write_key(sheet: Sheet) -> Iterator[str]:
    """Yield the text of the key's pages; nothing where there is no flow."""
    view, frame = sheet.view, sheet.frame
    if not (view.key or view.ended or view.findings):
        return
    said = view.wording.matrix["key"]
    height = sheet.pages[0].height
    columns = max(1, int((frame.width - 2 * frame.margin) // _COLUMN))
    points = _ROOMY if len(view.key) + len(view.ended) < _FEW else _SMALL
    size = f"{pt(frame.width)}, {pt(height)}, {pt(frame.margin)}, {columns}, {pt(points)}"
    yield f"#key-pages({size}, {foot_of(view, frame)}, number)["
    yield f"#heading(level: 2, {breakable(said['title'])})\n#about({breakable(said['about'])})"
    if view.elements:
        yield f"#heading(level: 3, {breakable(said['codes'])})"
    for line in code_lines(view):
        parts = (f"({breakable(code)}, {breakable(name)}, {breakable(level)})" for code, name, level in line.elements)
        yield f"#codes({breakable(line.category)}, ({', '.join(parts)},))"
    if view.key or view.ended:
        yield f"#heading(level: 3, {breakable(said['flows'])})"
    for section in key_sections(view):
        flows = ", ".join(_flow(line) for line in section.lines)
        yield f"#flows({breakable(section.how)}, {breakable(section.purpose)}, {breakable(section.basis)}, ({flows},))"
    if view.findings is not None:
        yield f"#heading(level: 3, {breakable(said['found'])})"
        for found in found_lines(view):
            yield f"#found({', '.join(breakable(part) for part in found)})"
        if not view.findings:
            yield f"#about({breakable(said['found_nothing'])})"
    yield "]"


def _flow(line: FlowLine) -> str:
    return f"({', '.join(breakable(part) for part in line)})"
