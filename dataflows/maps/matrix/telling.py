"""The overview and the matrix in words: for a screen reader, and for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.maps.matrix.key import found_lines, key_sections
from dataflows.maps.matrix.shapes import METHODS
from dataflows.maps.matrix.words import counted, counts_of, notes_of, subtitle_of, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.maps.matrix.shapes import Cells, MatrixGroup, MatrixParty, MatrixView


def describe_row(view: MatrixView, group: MatrixGroup, number: int) -> tuple[str, str]:
    """Return a title and a description of a row: what all get, then everyone with what sets them apart."""
    said = view.wording.matrix["describe"]
    parties = "; ".join(_party(view, party) for party in group.parties)
    if view.is_full:
        return group.parties[0].shown, f"{cells_in_words(view, group.cells)}. {parties}."
    title = _row_title(view, group, number)
    return title, f"{said['gets'].format(data=cells_in_words(view, group.cells))}. {parties}."


def cells_in_words(view: MatrixView, cells: Cells) -> str:
    """Say what reaches a party, method by method."""
    said = view.wording.matrix["describe"]
    names = {column.id: column.name for column in view.columns}
    parts = []
    for method in METHODS:
        columns = [names[column] for column, methods in cells.items() if method in methods]
        if columns:
            parts.append(said["method"].format(method=method_word(view, method), columns=", ".join(columns)))
    return "; ".join(parts) or str(said["nothing"])


def method_word(view: MatrixView, method: str) -> str:
    """Name a method in a word or two."""
    return str(view.wording.matrix["method_words"][method]).partition(":")[0]


def tell_matrix(view: MatrixView) -> str:
    """Return the view as text: rows, exceptions, the key, notes."""
    lines = [title_of(view), subtitle_of(view), counts_of(view), ""]
    lines += list(_single(view) if view.is_full else _grouped(view))
    for heading, text in notes_of(view):
        lines += ["", f"{heading}: {text}" if heading else text]
    if view.key or view.ended:
        lines += ["", f"{view.wording.matrix['key']['title']}"]
        lines += list(_key(view))
    if view.findings is not None:
        lines += ["", str(view.wording.matrix["key"]["found"])]
        lines += [f"   - {found.severity}: {found.text}: {found.names}" for found in found_lines(view)]
        lines += [] if view.findings else [str(view.wording.matrix["key"]["found_nothing"])]
    return "\n".join(lines).rstrip() + "\n"


def _grouped(view: MatrixView) -> Iterator[str]:
    for number, group in enumerate(view.groups, 1):
        if number > 1:
            yield ""
        yield f"{_row_title(view, group, number)}: {cells_in_words(view, group.cells)}"
        for party in group.parties:
            yield f"   - {_party(view, party)}"


def _single(view: MatrixView) -> Iterator[str]:
    for party in view.parties:
        parts = [cells_in_words(view, party.cells), _passes(view, party), *beside_in_words(view, party)]
        yield f"{party.shown}: {'; '.join(filter(None, parts))}"


def _party(view: MatrixView, party: MatrixParty) -> str:
    said = view.wording.matrix["describe"]
    parts = [party.shown]
    if party.adds:
        parts.append(said["more"].format(data=cells_in_words(view, party.adds)))
    if party.removes:
        parts.append(said["less"].format(data=cells_in_words(view, party.removes)))
    return ", ".join([*parts, *filter(None, [_passes(view, party)]), *beside_in_words(view, party)])


def _row_title(view: MatrixView, group: MatrixGroup, number: int) -> str:
    lead = str(view.wording.matrix["leads"].get(group.kind, "")).rstrip(":")
    return f"{number}. {counted(view, 'parties', len(group.parties))}{f' ({lead.lower()})' if lead else ''}"


def beside_in_words(view: MatrixView, party: MatrixParty) -> list[str]:
    """Say what changed for a party, and how many faults an audit finds."""
    said, day = view.wording.matrix["describe"], view.compared_with
    parts = [
        str(said["changes"][change].format(day=day, data=cells_in_words(view, cells)))
        for change, cells in party.changes.items()
    ]
    return [*parts, count_of_findings(view, party)] if party.found else parts


def count_of_findings(view: MatrixView, party: MatrixParty) -> str:
    """Say how many faults an audit finds about a party, the worst first."""
    said = view.wording.matrix["describe"]["found"]
    forms = ((*said[severity], count) for severity, count in party.found.items())
    return ", ".join(str(one if count == 1 else many.format(n=f"{count:,}")) for one, many, count in forms)


def _passes(view: MatrixView, party: MatrixParty) -> str:
    if not party.passes_to:
        return ""
    names = ", ".join(view.names[id] for id in party.passes_to)
    return str(view.wording.matrix["describe"]["passes"].format(names=names))


def _key(view: MatrixView) -> Iterator[str]:
    names = {column.code: column.name for column in view.elements.values()}
    for section in key_sections(view):
        yield ""
        yield f"{section.purpose} ({section.how}; {section.basis})"
        for line in section.lines:
            elements = ", ".join(names[code] for code in line.codes.split())
            rest = "; ".join(filter(None, [line.agreement, line.days]))
            change = f"{line.change} " if line.change else ""
            yield f"   - {change}{line.who}: {elements}{f' ({rest})' if rest else ''}"
