"""What stands around the boxes: title, district, day and legend above, notes below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.maps.boxes import numbers_of
from dataflows.maps.labels import cell, font, lines_of, row, table, wrap
from dataflows.maps.theme import format_day, read_words

if TYPE_CHECKING:
    from dataflows.maps.shapes import MapView
    from dataflows.maps.theme import Theme

TITLE_WIDTH = 60
NOTE_WIDTH = 120


def title_of(view: MapView) -> str:
    """Return the title of a map."""
    subject = view.name_of(view.subject) if view.subject else ""
    return str(read_words()["titles"][view.view].format(name=subject))


def subtitle_of(view: MapView) -> str:
    """Return district and day."""
    return str(read_words()["subtitle"].format(district=view.district, day=format_day(view.as_of)))


def title_label(view: MapView, theme: Theme) -> str:
    """Return the label above the picture."""
    colours, sizes = theme.colours, theme.sizes
    title = [
        font(line, size=sizes["title"], colour=colours["ink"], bold=True) for line in wrap(title_of(view), TITLE_WIDTH)
    ]
    below = [
        font(line, size=sizes["subtitle"], colour=colours["quiet"]) for line in wrap(subtitle_of(view), 2 * TITLE_WIDTH)
    ]
    end = '<br align="left"/>'
    rows = [
        row(cell(lines_of(title) + end)),
        row(cell("", height=4)),
        row(cell(lines_of(below) + end)),
        row(cell("", height=10)),
        *(row(cell(line, height=15)) for line in _legend(view, theme)),
        row(cell("", height=10)),
    ]
    return f"<{table(rows)}>"


def _legend(view: MapView, theme: Theme) -> list[str]:
    """Explain each method that the map shows: a piece of its line, its mark, its words."""
    shown = {edge.method for edge in view.edges}
    words = read_words()["legend"]
    return [
        font(
            f"{style.sample}\u2002{style.mark} {words[method]}",
            size=theme.sizes["text"],
            colour=style.colour,
            bold=True,
        )
        for method, style in theme.methods.items()
        if method in shown
    ]


def notes_label(view: MapView, theme: Theme) -> str:
    """Return the label below the picture: how to read shared boxes, who is not drawn."""
    notes = [line for note in notes_of(view) for line in wrap(note, NOTE_WIDTH)]
    if not notes:
        return ""
    lines = [font(line, size=theme.sizes["small"], colour=theme.colours["quiet"]) for line in notes]
    text = lines_of(lines) + '<br align="left"/>'
    return f"<{table([row(cell('', height=8)), row(cell(text))])}>"


def notes_of(view: MapView) -> list[str]:
    """Return the sentences below the picture."""
    words = read_words()["notes"]
    notes = [] if view.edges else [str(words["empty"])]
    if view.is_grouped:
        parties = sum(len(node.members) for node in view.nodes)
        notes.append(words["grouped"].format(parties=parties))
        codes = "; ".join(f"{code} {view.categories.get(id, id)}" for id, code in view.codes.items())
        notes.append(words["codes"].format(codes=codes))
        if numbers_of(view):
            notes.append(words["hosts"])
    if view.unconnected:
        notes.append(words["unconnected"].format(names=" · ".join(view.unconnected)))
    return notes
