"""The key: every flow on a line of its own, below what it shares with others: sender, method, purpose and basis."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from dataflows.maps.labels import clean
from dataflows.maps.matrix.shapes import METHODS
from dataflows.model.parties import STUDENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.maps.matrix.shapes import KeyLine, MatrixView


class FlowLine(NamedTuple):
    """A flow in words: who gets it, the codes of its elements, the agreement, the days, what happened to it."""

    who: str
    codes: str
    agreement: str
    days: str
    change: str
    """What happened to it since the day compared with, in brackets; or nothing."""


class KeySection(NamedTuple):
    """Flows that share how they come, their purpose and their basis."""

    how: str
    purpose: str
    basis: str
    lines: tuple[FlowLine, ...]


class FoundLine(NamedTuple):
    """What an audit finds: the sign and words of the severity, what to do, and about whom."""

    severity: str
    text: str
    names: str


class CodeLine(NamedTuple):
    """A category with its elements, each with its code, name and sensitivity."""

    category: str
    elements: tuple[tuple[str, str, str], ...]


def key_sections(view: MatrixView) -> Iterator[KeySection]:
    """Yield the key: what the district provides, what comes from students, what is passed on."""
    said = view.wording.matrix["key"]
    district = view.district_id
    ordered = sorted((*view.key, *view.ended), key=lambda line: _order(view, line, district))
    for (role, method, purpose, basis), lines in groupby(ordered, key=lambda line: _shared(line, district)):
        who = said[role] if role in ("district", "students") else ""
        how = said[method].format(sender=who) if who else said["onward" if method == "provided" else f"onward_{method}"]
        yield KeySection(
            str(how),
            purpose or str(said["no_purpose"]),
            basis or str(said["no_basis"]),
            tuple(_line(view, line, is_onward=not who) for line in lines),
        )


def code_lines(view: MatrixView) -> Iterator[CodeLine]:
    """Yield the codes of all elements that flow, by category."""
    levels = view.wording.matrix["levels"]
    for category, columns in groupby(view.elements.values(), key=lambda column: column.category):
        elements = tuple((column.code, column.name, str(levels[column.sensitivity])) for column in columns)
        yield CodeLine(clean(view.categories.get(category, category)), elements)


def found_lines(view: MatrixView) -> Iterator[FoundLine]:
    """Yield what an audit finds, the most severe first; whoever it finds several times is named with how often."""
    said, kinds = view.wording.matrix, view.wording.words["findings"]
    for (severity, text), found in groupby(view.findings or (), key=lambda finding: (finding.severity, finding.text)):
        counted = Counter(view.names.get(finding.party, finding.party) for finding in found)
        names = (f"{name} ×{count}" if count > 1 else name for name, count in counted.items())
        yield FoundLine(f"{said['found'][severity]} {kinds[severity]}", clean(text), " · ".join(names))


def days_of(line: KeyLine) -> str:
    """Write the days on which a flow is in force: the first, a dash, the last."""
    starts = line.starts.isoformat() if line.starts else ""
    ends = line.ends.isoformat() if line.ends else ""
    return f"{starts} – {ends}".strip() if starts or ends else ""


def _shared(line: KeyLine, district: str) -> tuple[str, str, str, str]:
    role = "students" if line.sender == STUDENTS else "district" if line.sender == district else "onward"
    return role, line.method, clean(line.purpose or ""), line.legal_basis or ""


def _order(view: MatrixView, line: KeyLine, district: str) -> tuple[int, int, str, str, str, str, str]:
    role, method, purpose, basis = _shared(line, district)
    return (
        ("district", "students", "onward").index(role),
        METHODS.index(method),
        purpose.casefold() + "\0" + purpose,
        basis,
        view.names.get(line.sender if role == "onward" else line.receiver, "").casefold(),
        view.names.get(line.receiver, "").casefold(),
        line.flow,
    )


def _line(view: MatrixView, line: KeyLine, *, is_onward: bool) -> FlowLine:
    who = view.names[line.receiver]
    if is_onward:
        who = f"{view.names[line.sender]} › {who}"
    if line.via:
        who = f"{who} {view.wording.matrix['key']['via'].format(name=view.names.get(line.via, line.via))}"
    codes = " ".join(view.elements[element].code for element in line.elements)
    change = str(view.wording.matrix["key"]["changes"][line.change]) if line.change else ""
    return FlowLine(who, codes, line.agreement or "", days_of(line), change)
