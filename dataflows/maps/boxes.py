"""The boxes of a map: a head with the party's name, and a row for each arrow that ends there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.maps.labels import cell, columns_of, font, lines_of, row, table, wrap, wrap_items
from dataflows.maps.theme import read_words

if TYPE_CHECKING:
    from dataflows.maps.shapes import MapEdge, MapMember, MapNode, MapView, Trait
    from dataflows.maps.theme import Theme

WIDTH = 56
GROUP_WIDTH = 96
"""Columns of the categories in a row, of a party's box and of a shared one."""
HEAD_WIDTH = 46
SOURCE_WIDTH = 24
SENDER_WIDTH = 28
LEFT_POINTS, RIGHT_POINTS, SOURCE_POINTS = 148, 276, 156
"""Least widths in points, so that the boxes of a column are alike."""
INDENT = "&#8195;"
MOST_LINES = 4
NAME_COLUMNS = 3


def box(view: MapView, node: MapNode, theme: Theme) -> str:
    """Return the HTML-like label of a node."""
    is_source = node.kind in ("district", "students")
    has_rows = any(edge.receiver == node.id for edge in view.edges)
    body = [_head(node, theme, is_source=is_source, is_narrow=is_source and not has_rows)]
    for number, edge in enumerate(view.edges, 1):
        if edge.receiver == node.id:
            body.append(_incoming(view, number, edge, theme))
    if view.is_grouped and not is_source:
        body.append(_members(view, node, theme))
    spine = cell("", rowspan=len(body) + 1, width=5, bgcolor=theme.spine_of(node.kind), cellpadding=0)
    rows = [f"<tr>{spine}{body[0].removeprefix('<tr>')}", *body[1:]]
    whole = table(rows, border=1, color=theme.colours["rule"], bgcolor=theme.colours["paper"])
    return f"<{whole}>"


def _head(node: MapNode, theme: Theme, *, is_source: bool, is_narrow: bool) -> str:
    words = read_words()["kinds"]
    colours = theme.colours
    ink = colours["source_text"] if is_source else colours["ink"]
    quiet = colours["source_text"] if is_source else colours["quiet"]
    width = SOURCE_WIDTH if is_narrow else GROUP_WIDTH if node.kind == "group" else HEAD_WIDTH
    lines = [font(line, size=theme.sizes["name"], colour=ink, bold=True) for line in wrap(node.label, width)]
    if node.kind not in ("vendor", "group", "students"):
        lines.insert(0, font(str(words.get(node.kind, node.kind)).upper(), size=theme.sizes["small"] - 1, colour=quiet))
    fill = colours["source"] if is_source else colours["head"]
    points = SOURCE_POINTS if is_narrow else LEFT_POINTS + RIGHT_POINTS
    text = lines_of(lines) + '<br align="left"/>'
    return row(cell(text, port="out", bgcolor=fill, cellpadding=6, colspan=2, width=points))


def _incoming(view: MapView, number: int, edge: MapEdge, theme: Theme) -> str:
    """Make the row at which an arrow ends: its mark, its method and sender, its categories."""
    style = theme.methods[edge.method]
    words = read_words()
    phrase = words["rows"][edge.method].format(sender=sender_words(view, edge))
    first, *rest = wrap(phrase, SENDER_WIDTH)
    said = [font(f"{style.mark} {first}", size=theme.sizes["text"], colour=style.colour, bold=True)]
    said += [INDENT + font(line, size=theme.sizes["text"], colour=style.colour, bold=True) for line in rest]
    names = [view.categories.get(id, id) for id in edge.typical] or [str(words["varies"])]
    lines = shortened(names, GROUP_WIDTH if view.is_grouped else WIDTH)
    text = [font(line, size=theme.sizes["text"], colour=theme.colours["ink"]) for line in lines]
    end = '<br align="left"/>'
    return row(
        cell(lines_of(said) + end, port=f"in{number}", cellpadding=4, valign="top", width=LEFT_POINTS),
        cell(lines_of(text) + end, cellpadding=4, valign="top", width=RIGHT_POINTS),
    )


def sender_words(view: MapView, edge: MapEdge) -> str:
    """Name the sender as a row does."""
    words = read_words()
    if edge.sender == edge.receiver:
        return str(words["within"])
    kind = next((node.kind for node in view.nodes if node.id == edge.sender), "")
    if kind == "group":
        return str(words["senders"]["group"].format(number=edge.sender.rpartition("-")[2]))
    return str(words["senders"].get(kind) or view.name_of(edge.sender))


def shortened(names: list[str], width: int) -> list[str]:
    """Set category names over at most four lines; `+3 more` counts those that the SVG's texts and the JSON hold."""
    lines = wrap_items(names, width)
    kept = len(names)
    while len(lines) > MOST_LINES and kept > 1:
        kept -= 1
        more = read_words()["more"].format(count=len(names) - kept)
        lines = wrap_items([*names[:kept], more], width)
    return lines


def _members(view: MapView, node: MapNode, theme: Theme) -> str:
    """List everyone who shares a box, with what sets each apart, in even columns."""
    numbers = numbers_of(view)
    entries = [_entry(view, member, theme, numbers) for member in node.members]
    longest = max(columns_of(member.name) for member in node.members)
    across = min(NAME_COLUMNS, len(entries)) if longest <= 40 else 1
    height = -(-len(entries) // across)
    pillars = [
        cell(lines_of(entries[start : start + height]) + '<br align="left"/>', valign="top", cellpadding=4)
        for start in range(0, len(entries), height)
    ]
    return row(cell(table([row(*pillars)]), colspan=2, cellpadding=3))


def numbers_of(view: MapView) -> dict[str, int]:
    """Number the parties that somebody in a shared box sends to."""
    receivers = {id for node in view.nodes for member in node.members for id in member.sends_to}
    order = [member.id for node in view.nodes for member in node.members if member.id in receivers]
    return {id: number for number, id in enumerate(order, 1)}


def _entry(view: MapView, member: MapMember, theme: Theme, numbers: dict[str, int]) -> str:
    small, colours = theme.sizes["small"], theme.colours
    number = f"{numbers[member.id]} " if member.id in numbers else ""
    lines = [font(line, size=small, colour=colours["ink"]) for line in wrap(f"{number}{member.name}", 44)]
    marks = [font(mark, size=small, colour=colour, bold=True) for mark, colour in _differences(view, member, theme)]
    if member.sends_to:
        places = ", ".join(str(number) for number in sorted(numbers[id] for id in member.sends_to))
        marks += [font(line, size=small, colour=colours["quiet"]) for line in wrap(f"› {places}", 30)]
    for start in range(0, len(marks), 4):
        piece = " ".join(marks[start : start + 4])
        if start == 0:
            lines[-1] += f" {piece}"
        else:
            lines.append(INDENT + piece)
    return lines_of(lines)


def _differences(view: MapView, member: MapMember, theme: Theme) -> list[tuple[str, str]]:
    """Return `+` and `−` with the method's mark and the category's code, and the method's colour."""

    def said(sign: str, trait: Trait) -> tuple[str, str]:
        style = theme.methods[trait.method]
        return f"{sign}{style.mark}{view.codes.get(trait.category, trait.category)}", style.colour

    return [said("+", trait) for trait in member.adds] + [said("−", trait) for trait in member.removes]
