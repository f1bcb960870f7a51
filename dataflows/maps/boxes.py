"""The boxes of a map: a head with the party's name, and a row for each arrow that ends there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.maps.labels import NO_BREAK_SPACE, cell, font, lines_of, row, table, wrap
from dataflows.maps.marks import change_words, finding_lines
from dataflows.maps.members import members_lines, members_row
from dataflows.maps.phrases import carried_words, phrase_of
from dataflows.maps.theme import SOURCES
from dataflows.model.text import columns_of

if TYPE_CHECKING:
    from dataflows.maps.box_size import BoxSize
    from dataflows.maps.shapes import MapEdge, MapNode, MapView
    from dataflows.maps.theme import Theme

END = '<br align="left"/>'
INDENT = "&#8195;"
LINE_HEIGHT = 1.2
HEAD_PADDING, ROW_PADDING = 0.38, 0.25
"""Of the size of the text."""
SPINE = 5


def box(view: MapView, node: MapNode, theme: Theme, size: BoxSize, *, is_mirrored: bool = False) -> str:
    """Return the HTML-like label of a node; in a mirrored one the coloured bar stands at the right."""
    body = [_head(view, node, theme, size)]
    for number, edge in enumerate(view.edges, 1):
        if edge.receiver == node.id:
            body.append(_incoming(view, number, edge, theme, size))
    if node.id == view.subject and view.carried:
        body.append(_carried(view, theme, size))
    if view.is_grouped and node.kind not in SOURCES:
        body.append(members_row(view, node, theme, across=size.across))
    body += [_finding(severity, words, theme, size) for severity, words in finding_lines(view, node)]
    spine = cell("", rowspan=len(body), width=SPINE, bgcolor=theme.spine_of(node.kind), cellpadding=0)
    first = body[0].removeprefix("<tr>").removesuffix("</tr>")
    body[0] = f"<tr>{first}{spine}</tr>" if is_mirrored else f"<tr>{spine}{first}</tr>"
    whole = table(body, border=1, color=theme.colours["rule"], bgcolor=theme.colours["paper"])
    return f"<{whole}>"


def height_of(view: MapView, node: MapNode, theme: Theme, size: BoxSize) -> float:
    """Estimate how high a box is, in points."""
    height = theme.sizes["name"] * LINE_HEIGHT * len(wrap(_title(view, node), size.head_columns))
    height += 2 * _padding(theme, HEAD_PADDING)
    for edge in view.edges:
        if edge.receiver == node.id:
            lines = len(_row_lines(view, edge, theme, size.columns))
            height += lines * theme.sizes["text"] * LINE_HEIGHT + 2 * _padding(theme, ROW_PADDING)
    for _, words in finding_lines(view, node):
        height += len(wrap(words, size.columns)) * theme.sizes["small"] * LINE_HEIGHT + 2 * _padding(theme, ROW_PADDING)
    if node.kind == "group":
        height += members_lines(view, node, theme, across=size.across) * theme.sizes["small"] * LINE_HEIGHT + 10
    return height


def _padding(theme: Theme, part: float) -> int:
    return round(theme.sizes["text"] * part)


def _title(view: MapView, node: MapNode) -> str:
    kind = _kind(view, node)
    return f"{node.label}  {kind}" if kind else node.label


def _kind(view: MapView, node: MapNode) -> str:
    """Return the kind of a party where it is not plain from the picture."""
    return (
        ""
        if node.kind in ("vendor", "group", "students")
        else str(view.wording.words["kinds"].get(node.kind, node.kind))
    )


def _head(view: MapView, node: MapNode, theme: Theme, size: BoxSize) -> str:
    is_source = node.kind in SOURCES
    colours = theme.colours
    ink = colours["source_text"] if is_source else colours["ink"]
    quiet = colours["source_text"] if is_source else colours["quiet"]
    texts = wrap(node.label, size.head_columns)
    lines = [font(line, size=theme.sizes["name"], colour=ink, bold=True) for line in texts]
    if kind := _kind(view, node):
        said = font(kind, size=theme.sizes["small"], colour=quiet)
        if columns_of(texts[-1]) + columns_of(kind) + 2 <= size.head_columns:
            lines[-1] += f"{INDENT}{said}"
        else:
            lines.append(said)
    fill = colours["source"] if is_source else colours["head"]
    text = lines_of(lines) + END
    return row(cell(text, port="out", bgcolor=fill, cellpadding=_padding(theme, HEAD_PADDING), width=size.points))


def _incoming(view: MapView, number: int, edge: MapEdge, theme: Theme, size: BoxSize) -> str:
    """Make the row at which an arrow ends: its mark, its method and sender, and after them its categories."""
    style, text = theme.methods[edge.method], theme.sizes["text"]
    is_old = view.compared_with is not None and not edge.change
    colour, ink = (theme.colours["quiet"],) * 2 if is_old else (style.colour, theme.colours["ink"])
    lines: list[str] = []
    for said, rest in _row_lines(view, edge, theme, size.columns):
        parts = [font(said, size=text, colour=colour, bold=not is_old)] if said else []
        parts += [font(rest, size=text, colour=ink)] if rest else []
        lines.append((INDENT if lines else "") + NO_BREAK_SPACE.join(parts))
    return row(cell(lines_of(lines) + END, port=f"in{number}", cellpadding=_padding(theme, ROW_PADDING)))


def _row_lines(view: MapView, edge: MapEdge, theme: Theme, width: int) -> list[tuple[str, str]]:
    """Return the lines of a row, each in two parts: of the method and sender, and of the categories.

    Nothing is left out: a row has as many lines as its categories need.
    """
    head = f"{theme.methods[edge.method].mark} {change_words(view, edge, phrase_of(view, edge))}"
    names = [view.categories.get(id, id) for id in edge.typical] or [str(view.wording.words["varies"])]
    *full, last = wrap(head, width)
    used = columns_of(last)
    # The head's last line is wrapped again with the names behind it, one column a character, to be cut off after.
    rest = wrap("x" * used + " " + f"{NO_BREAK_SPACE}· ".join(names), width)
    beside = rest[0][used:].strip()
    return [*((line, "") for line in full), (last, beside), *(("", line) for line in rest[1:])]


def _carried(view: MapView, theme: Theme, size: BoxSize) -> str:
    """Make the row that says what runs through the service of the party that the map is of."""
    small, colours = theme.sizes["small"], theme.colours
    lines = [font(line, size=small, colour=colours["quiet"]) for line in wrap(carried_words(view), size.columns)]
    return row(cell(lines_of(lines) + END, cellpadding=_padding(theme, ROW_PADDING)))


def _finding(severity: str, words: str, theme: Theme, size: BoxSize) -> str:
    """Make the row that says what an audit found."""
    small, colour = theme.sizes["small"], theme.findings[severity]
    lines = [font(line, size=small, colour=colour, bold=True) for line in wrap(words, size.columns * 9 // 10)]
    return row(cell(lines_of(lines) + END, cellpadding=_padding(theme, ROW_PADDING)))
