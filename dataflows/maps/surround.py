"""What stands around the boxes: title, district, day and legend above, notes below."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dataflows.maps.labels import NO_BREAK_SPACE, cell, font, lines_of, row, table, wrap
from dataflows.maps.members import numbers_of

if TYPE_CHECKING:
    from dataflows.maps.shapes import MapView
    from dataflows.maps.theme import Theme

_BETWEEN = 4 * NO_BREAK_SPACE
TITLE_WIDTH = 60
"""Columns of a line of the title."""
_BELOW_TITLE = 8
"""Points below a title of several lines, whose last would touch what is below it."""


def title_of(view: MapView) -> str:
    """Return the title of a map."""
    names = view.about or ((view.name_of(view.subject),) if view.subject else ("",))
    return str(view.wording.words["titles"][view.view].format(name=names[0], other=names[-1]))


def subtitle_of(view: MapView) -> str:
    """Return district and day."""
    words = view.wording.words
    said = str(words["subtitle"].format(district=view.district, day=view.wording.day(view.as_of)))
    if view.compared_with is None:
        return said
    day = view.wording.day(view.compared_with).replace(" ", NO_BREAK_SPACE)
    return said + str(words["compared"].format(day=day))


def language_of(view: MapView) -> str:
    """Return the language of a map: the district's own way of it, where the words of maps are in it."""
    return view.wording.language_for(view.language)


def title_label(view: MapView, theme: Theme, *, columns: int) -> str:
    """Return the label above the picture; the legend stands on as few lines as the picture is wide enough for."""
    colours, sizes = theme.colours, theme.sizes
    title = [
        font(line, size=sizes["title"], colour=colours["ink"], bold=True) for line in wrap(title_of(view), TITLE_WIDTH)
    ]
    below = [
        font(line, size=sizes["subtitle"], colour=colours["quiet"]) for line in wrap(_subtitle(view), 2 * TITLE_WIDTH)
    ]
    end = '<br align="left"/>'
    rows = [
        row(cell(lines_of(title) + end)),
        *([row(cell("", height=_BELOW_TITLE))] if len(title) > 1 else []),
        row(cell(lines_of(below) + end)),
        row(cell("", height=6)),
        *(row(cell(line, height=sizes["text"] + 6)) for line in _legend(view, theme, columns)),
        row(cell("", height=4)),
    ]
    return f"<{table(rows)}>"


def _subtitle(view: MapView) -> str:
    """Return the subtitle as it is broken into lines: none begins with the point between its parts."""
    return subtitle_of(view).replace(" · ", f"{NO_BREAK_SPACE}· ")


def _legend(view: MapView, theme: Theme, columns: int) -> list[str]:
    """Explain each method that the map shows, by a piece of its line, its mark and its words; return the lines."""
    shown = {edge.method for edge in view.edges}
    words = view.wording.words["legend"]
    lines: list[str] = []
    used = 0
    for method, style in theme.methods.items():
        if method not in shown:
            continue
        text = f"{style.sample}\u2002{style.mark} {words[method]}"
        said = font(text, size=theme.sizes["text"], colour=style.colour, bold=True)
        if lines and used + len(text) + len(_BETWEEN) <= columns:
            lines[-1] += _BETWEEN + said
            used += len(_BETWEEN) + len(text)
        else:
            lines.append(said)
            used = len(text)
    return lines


def notes_label(view: MapView, theme: Theme, columns: int) -> str:
    """Return the label below the picture: how to read shared boxes, who is not drawn."""
    notes = wrap(" ".join(notes_of(view)), columns)
    if not notes_of(view):
        return ""
    lines = [font(line, size=theme.sizes["small"], colour=theme.colours["quiet"]) for line in notes]
    text = lines_of(lines) + '<br align="left"/>'
    return f"<{table([row(cell('', height=8)), row(cell(text))])}>"


def notes_of(view: MapView) -> list[str]:
    """Return the sentences below the picture."""
    words = view.wording.words["notes"]
    notes = (
        [] if view.edges else [str(words["empty_" + view.view] if f"empty_{view.view}" in words else words["empty"])]
    )
    if view.compared_with:
        notes.append(_changes_note(view))
    if view.has_findings and not view.findings:
        notes.append(str(words["no_findings"]))
    if view.is_grouped:
        notes.append(words["grouped"].format(parties=f"{view.counted:,}"))
        codes = "; ".join(f"{code} {view.categories.get(id, id)}" for id, code in view.codes.items())
        notes.append(words["codes"].format(codes=codes))
        if numbers_of(view):
            notes.append(words["hosts"])
    if view.unconnected:
        notes.append(words["unconnected"].format(names=" · ".join(view.unconnected)))
    return notes


def _changes_note(view: MapView) -> str:
    """Say how many flows changed since the day compared with, as the overview counts them."""
    words = view.wording.words["notes"]
    changed = {flow: edge.change for edge in view.edges if edge.change for flow in edge.flows}
    counts = Counter(changed.values())
    said = [
        (one if counts[change] == 1 else many).format(count=f"{counts[change]:,}")
        for change, (one, many) in words["changes"].items()
        if counts[change]
    ]
    if not said:
        return str(words["unchanged"])
    is_mixed = any(not edge.change for edge in view.edges)
    return str(words["changed_some" if is_mixed else "changed"].format(changes="; ".join(said)))
