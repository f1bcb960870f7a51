"""Everyone who shares a box, in even columns, with what sets each apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.maps.labels import cell, font, row, table, wrap
from dataflows.model.text import columns_of

if TYPE_CHECKING:
    from dataflows.maps.shapes import MapMember, MapNode, MapView, Trait
    from dataflows.maps.theme import Theme

INDENT = "&#8195;"
WIDTH = 31
"""Columns of a member's lines."""
POINTS = 117
"""How wide they are at least."""
BOLD_CAPITAL = 1.5
"""How many columns a bold capital takes."""


def members_row(view: MapView, node: MapNode, theme: Theme, *, across: int) -> str:
    """List everyone in a shared box, in at most so many columns."""
    pillars = [
        cell("".join(f'{line}<br align="left"/>' for line in part), valign="top", cellpadding=2, width=POINTS)
        for part in _pillars(view, node, theme, across)
    ]
    return row(cell(table([row(*pillars)]), cellpadding=2))


def members_lines(view: MapView, node: MapNode, theme: Theme, *, across: int) -> int:
    """Return how many lines the members take."""
    return max(len(part) for part in _pillars(view, node, theme, across))


def _pillars(view: MapView, node: MapNode, theme: Theme, across: int) -> list[list[str]]:
    numbers = numbers_of(view)
    entries = [_entry(view, member, theme, numbers) for member in node.members]
    parts = _shared_out(entries, min(across, len(entries)))
    return [[line for entry in part for line in entry] for part in parts]


def _shared_out(entries: list[list[str]], across: int) -> list[list[list[str]]]:
    """Divide entries, in their order, among columns of about as many lines."""
    left, parts = sum(len(entry) for entry in entries), []
    todo = list(entries)
    for columns in range(across, 0, -1):
        part: list[list[str]] = []
        lines = 0
        while todo and (columns == 1 or lines + len(todo[0]) / 2 <= left / columns):
            part.append(todo.pop(0))
            lines += len(part[-1])
        left -= lines
        if part:
            parts.append(part)
    return parts


def numbers_of(view: MapView) -> dict[str, int]:
    """Number the parties that somebody in a shared box sends to."""
    receivers = {id for node in view.nodes for member in node.members for id in member.sends_to}
    order = [member.id for node in view.nodes for member in node.members if member.id in receivers]
    return {id: number for number, id in enumerate(order, 1)}


def _entry(view: MapView, member: MapMember, theme: Theme, numbers: dict[str, int]) -> list[str]:
    """Return the lines of one member: its name, and behind it or below what sets it apart."""
    small, colours = theme.sizes["small"], theme.colours
    number = f"{numbers[member.id]} " if member.id in numbers else ""
    names = wrap(f"{number}{member.name}", WIDTH)
    lines = [font(line, size=small, colour=colours["ink"]) for line in names]
    used: float = columns_of(names[-1])
    for text, colour in _marks(view, member, theme, numbers):
        is_bold = colour != colours["quiet"]
        mark = font(text, size=small, colour=colour, bold=is_bold)
        width = 1 + columns_of(text) * (BOLD_CAPITAL if is_bold else 1)
        if used + width > WIDTH:
            lines.append(f"{INDENT}{mark}")
            used = 1 + width
        else:
            lines[-1] += f" {mark}"
            used += width
    return lines


def _marks(view: MapView, member: MapMember, theme: Theme, numbers: dict[str, int]) -> list[tuple[str, str]]:
    """Return the differences of a member, and the numbers of those to whom it sends, each with its colour."""
    quiet = theme.colours["quiet"]
    places = sorted(numbers[id] for id in member.sends_to)
    sent = [(f"› {places[0]}", quiet)] if places else []
    return [*_differences(view, member, theme), *sent, *((str(place), quiet) for place in places[1:])]


def _differences(view: MapView, member: MapMember, theme: Theme) -> list[tuple[str, str]]:
    """Return `+` and `−` with the method's mark and the category's code, and the method's colour."""

    def said(sign: str, trait: Trait) -> tuple[str, str]:
        style = theme.methods[trait.method]
        return f"{sign}{style.mark}{view.codes.get(trait.category, trait.category)}", style.colour

    return [said("+", trait) for trait in member.adds] + [said("−", trait) for trait in member.removes]
