"""Writes a laid out view as typst text: pages with one table each, tagged, and the key behind them.

Every word is a string literal, so nothing that a district or a vendor wrote is ever typst code.
How the parts look stands in reports/map/matrix.typ.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dataflows import assets
from dataflows.maps.matrix.entries import GAP, SPACED, raised_size
from dataflows.maps.matrix.heads import fraction_of, lead_size
from dataflows.maps.matrix.words import count_of, language_of, subtitle_of, title_of
from dataflows.maps.narrow import cut
from dataflows.maps.widths import width_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dataflows.maps.matrix.entries import Line
    from dataflows.maps.matrix.frames import Frame
    from dataflows.maps.matrix.heads import PlacedColumn
    from dataflows.maps.matrix.legends import Block, BlockLine
    from dataflows.maps.matrix.shapes import MatrixView
    from dataflows.maps.matrix.sheets import PlacedRow, Sheet, SheetPage
    from dataflows.maps.palettes import Palette

_FOOT_SIZE, _NUMBER_WIDTH = 7.0, 90.0
"""Points: the type of the words at a page's foot, and the room of its number."""
_ENDLESS, _PIECES = re.compile(r"\S{40,}"), re.compile(r".{1,12}")
_ROLES = {
    "lead": "on", "name": "nm", "raised": "r", "more": "mo", "less": "le",
    "added": "ad", "ended": "en", "changed": "ch", "found": "fo",
}  # fmt: skip


def write_matrix(sheet: Sheet, palette: Palette, after: Iterable[str] = ()) -> str:
    """Return the typst text of a sheet; `after` is the text of further pages."""
    view = sheet.view
    day = view.as_of
    primary, _, region = language_of(view).partition("-")
    title = f"{title_of(view)} · {subtitle_of(view)}"
    settings = [
        f"title: {literal(title)}",
        f"author: {literal(view.district)}",
        f"lang: {literal(primary)}, region: {literal(region) if len(region) == 2 else 'none'}",
        f"date: datetime(year: {day.year}, month: {day.month}, day: {day.day})",
    ]
    head = [
        _colours(palette),
        _style(),
        f"#show: sheet.with({', '.join(settings)})",
        _number(view),
        _measures(sheet.frame),
    ]
    return "\n".join([*head, *(_page(sheet, page) for page in sheet.pages), *after]) + "\n"


def literal(text: str) -> str:
    """Return a string literal of typst that stands for a text, whatever is in it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def breakable(text: str) -> str:
    """Return a literal in which a word longer than a line may be broken anywhere; the typesetter breaks it there."""
    return literal(_ENDLESS.sub(lambda word: "\u200b".join(_PIECES.findall(word[0])), text))


@cache
def _style() -> str:
    return (assets.folder("reports") / "map" / "matrix.typ").read_text(encoding="utf-8")


def _colours(palette: Palette) -> str:
    plain = ("paper", "ink", "quiet", "rule", "frame", "more", "less", "raised")
    parts = [f'{name}: rgb("{getattr(palette, name)}")' for name in plain]
    levels = (
        f'{name}: (fill: rgb("{level.fill}"), edge: rgb("{level.edge}"), text: rgb("{level.text}"))'
        for name, level in palette.levels.items()
    )
    return f"#let pal = ({', '.join(parts)}, levels: ({', '.join(levels)}))"


def _number(view: MatrixView) -> str:
    before, between, after = (
        str(view.wording.matrix["page"]).replace("{page}", "\0").replace("{pages}", "\0").split("\0")
    )
    return (
        f"#let number(page, pages) = {literal(before)} + str(page) + {literal(between)} + str(pages) + {literal(after)}"
    )


def _measures(frame: Frame) -> str:
    """Bind what the calls of every row repeat."""
    size = pt(frame.size)
    return "\n".join(
        [
            f"#let m(kind, level, letter, w, h) = mark(kind, level, letter, w, h, {size}, {pt(frame.leading)})",
            f"#let l(it) = ln({pt(frame.leading)}, it)",
            f"#let n(it) = numeral({pt(frame.leading)}, it)",
            f"#let r(it) = rs({pt(raised_size(frame.size))}, it)",
            f"#let d = dt({pt(frame.size * GAP)})",
        ]
    )


def pt(points: float) -> str:
    """Write a length."""
    return f"{points:.2f}pt"


def foot_of(view: MatrixView, frame: Frame) -> str:
    """Return the words at the foot of each page, on one line beside its number."""
    room = frame.width - 2 * frame.margin - _NUMBER_WIDTH
    return literal(cut(f"{title_of(view)} · {subtitle_of(view)}", lambda text: width_of(text, _FOOT_SIZE) <= room))


def _page(sheet: Sheet, page: SheetPage) -> str:
    frame = sheet.frame
    parts = []
    if page.is_first:
        parts += [_block(frame, block) for block in (*frame.titles, *frame.legend)]
    if page.rows:
        parts.append(f"#place(top + left, dx: {pt(frame.margin)}, dy: {pt(page.top)}, {_table(sheet, page)})")
    parts += [_block(frame, block) for block in page.notes]
    size = f"{pt(frame.width)}, {pt(page.height)}, {pt(frame.margin)}"
    return f"#leaf({size}, {foot_of(sheet.view, frame)}, number)[\n" + "\n".join(parts) + "\n]"


def _block(frame: Frame, block: Block) -> str:
    """Write lines; those with a mark stand right of it."""
    role = block.lines[0].role if block.lines else "text"
    items = ", ".join(_block_line(frame, line, block) for line in block.lines)
    return f"#lines({pt(block.x)}, {pt(block.y)}, {pt(block.size)}, {pt(block.leading)}, {literal(role)}, ({items},))"


def _block_line(frame: Frame, line: BlockLine, block: Block) -> str:
    text = literal(line.text)
    if line.role == "heading":
        return f"strong-line({text})"
    if line.role == "subtitle":
        return f"quiet({text})"
    if not block.indent:
        return text
    width, size = pt(block.size * 1.25), pt(block.size)
    said = frame.wording.matrix
    mark = f"h({width})"
    if line.mark in said["letters"]:
        letter = literal(said["letters"][line.mark])
        mark = f'mark({literal(line.mark)}, "medium", {letter}, {width}, {size}, {size}, {size})'
    elif line.mark:
        mark = f"chip({literal(line.mark)}, {literal(said['levels'][line.mark])}, {width}, {pt(block.size * 0.8)})"
    return f"[#box(width: {pt(block.indent)}, {mark})#{text}]"


def _table(sheet: Sheet, page: SheetPage) -> str:
    frame = sheet.frame
    widths = [pt(width) for width in _widths(frame)]
    heights = [pt(frame.head_height + frame.codes_height), *(pt(row.height) for row in page.rows)]
    rows = [f"table.header({', '.join(_heads(frame))})"]
    rows += [", ".join(_row(frame, row)) for row in page.rows]
    if page.totals_y is not None:
        heights.append(pt(frame.totals_height - 12))
        rows.append(", ".join(_totals(sheet)))
    lines = ["table.hline(y: 1, stroke: 0.9pt + pal.frame)"]
    lines += [f"table.hline(y: {number}, stroke: 0.4pt + pal.rule)" for number in range(2, len(page.rows) + 1)]
    lines.append(f"table.hline(y: {len(page.rows) + 1}, stroke: 0.9pt + pal.frame)")
    ends = len(page.rows) + 1
    lines += [
        f"table.vline(x: {number}, start: 0, end: {ends}, stroke: 0.4pt + pal.rule)"
        for number, placed in enumerate(frame.columns, 1)
        if placed.lead
    ]
    return (
        f"[#set text(size: {pt(frame.size)})\n#table(columns: ({', '.join(widths)},), rows: ({', '.join(heights)},),\n"
        + ",\n".join([*rows, *lines])
        + ")]"
    )


def _widths(frame: Frame) -> Iterator[float]:
    """Yield the widths of the table's columns: rows' numbers or names, the columns, how many, names."""
    first = frame.columns[0].x - frame.columns[0].lead if frame.columns else frame.kinds_right
    yield first - frame.margin
    for placed in frame.columns:
        yield placed.lead + placed.width
    yield frame.kinds_right - (frame.columns[-1].right if frame.columns else first)
    if not frame.is_full:
        yield frame.names_x + frame.names_width - frame.kinds_right


def _heads(frame: Frame) -> Iterator[str]:
    said, size = frame.wording.matrix["margins"], pt(frame.size)
    low = pt(frame.size * 0.4)
    if frame.is_full:
        yield f"align(bottom + left, pad(bottom: {low}, quiet({literal(frame.wording.matrix['table']['party'])})))"
    else:
        yield f"align(bottom + left, pad(bottom: {low}, upright({size}, pal.quiet, 400, {literal(said['count'])})))"
    for placed in frame.columns:
        yield _head(frame, placed)
    yield f"align(bottom + right, pad(bottom: {low}, upright({size}, pal.quiet, 400, {literal(said['kinds'])})))"
    if not frame.is_full:
        left = pt(frame.names_x - frame.kinds_right)
        yield f"align(bottom + left, pad(bottom: {low}, left: {left}, quiet({literal(said['names'])})))"


def _head(frame: Frame, placed: PlacedColumn) -> str:
    column = placed.column
    words_ = (placed.name, column.code, column.sensitivity, frame.wording.matrix["levels"][column.sensitivity])
    given = [literal(word) for word in words_]
    given += [pt(placed.lead), literal(placed.lead_name), pt(placed.width)]
    given += [pt(frame.head_height + frame.codes_height), pt(frame.size), pt(lead_size(frame.size))]
    return f"head({', '.join(given)})"


def _row(frame: Frame, row: PlacedRow) -> Iterator[str]:
    group = row.group
    pad = pt(frame.padding)
    names = "[" + "".join(f"#l[{_line(line)}]" for line in row.lines) + "]"
    if frame.is_full:
        yield f"pad(top: {pad}, {names})"
    else:
        count = frame.wording.matrix["margins"]["continued"] if row.is_continued else count_of(frame.wording, group)
        right = pt(_first_gap(frame))
        yield f"pad(top: {pad}, right: {right}, n(text(weight: 600, {literal(count)})))"
    for placed in frame.columns:
        yield _cell(frame, row, placed)
    yield f"pad(top: {pad}, n(quiet({literal(str(len(group.cells)))})))"
    if not frame.is_full:
        yield f"pad(top: {pad}, left: {pt(frame.names_x - frame.kinds_right)}, {names})"


def _first_gap(frame: Frame) -> float:
    first = frame.columns[0].x - frame.columns[0].lead if frame.columns else frame.kinds_right
    return first - frame.count_right


def _cell(frame: Frame, row: PlacedRow, placed: PlacedColumn) -> str:
    methods = row.group.cells.get(placed.column.id)
    if not methods:
        return "[]"
    letters, level = frame.wording.matrix["letters"], literal(placed.column.sensitivity)
    height, width = pt(row.height - frame.padding), pt(placed.badge(len(methods)) - 0.8)
    marks = "#h(0.8pt)".join(
        f"#m({literal(method)}, {level}, {literal(letters[method])}, {width}, {height});" for method in methods
    )
    top = pt(frame.padding / 2)
    if placed.column.kind == "element":
        return f"pad(top: {top}, left: {pt(placed.lead)}, align(center, [{marks}]))"
    share = f"text(fill: pal.ink, {literal(fraction_of(row.group, placed.column))})"
    # Side by side and not placed: what is painted keeps to the order of the tags.
    beside = (
        f"grid(columns: 2, column-gutter: 1.2pt, [{marks}], box(height: {pt(frame.leading)}, align(horizon, {share})))"
    )
    return f"pad(top: {top}, left: {pt(placed.lead + 0.8)}, {beside})"


def _line(line: Line) -> str:
    parts = []
    for piece in line:
        if piece.role == "dot":
            parts.append("#d;")
            continue
        is_spaced = piece.role in SPACED or (parts and parts[-1].startswith("#on"))
        space = " " if is_spaced and parts and parts[-1] != "#d;" else ""
        parts.append(f"{space}#{_ROLES[piece.role]}({literal(piece.text)});")
    return "".join(parts)


def _totals(sheet: Sheet) -> Iterator[str]:
    frame = sheet.frame
    size = pt(frame.size)
    is_upright = any(len(f"{placed.column.parties}") * frame.size * 0.6 > placed.width for placed in frame.columns)
    if frame.is_full:
        yield f"pad(top: 3pt, quiet({literal(frame.wording.matrix['margins']['total'])}))"
    else:
        whole = f"align(right, text(weight: 600, {literal(f'{sheet.view.counted:,}')}))"
        yield f"pad(top: 3pt, right: {pt(_first_gap(frame))}, {whole})"
    for placed in frame.columns:
        number = literal(str(placed.column.parties))
        shown = f"upright({size}, pal.ink, 400, {number})" if is_upright else number
        yield f"pad(top: 3pt, left: {pt(placed.lead)}, align(center, {shown}))"
    yield "[]"
    if not frame.is_full:
        left = pt(frame.names_x - frame.kinds_right)
        yield f"pad(top: 3pt, left: {left}, quiet({literal(frame.wording.matrix['margins']['total'])}))"
