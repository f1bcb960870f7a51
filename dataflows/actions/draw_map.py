"""Draw a map of a snapshot in one of its forms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dataflows.actions.draw_matrix import FORMS, draw_matrix
from dataflows.actions.draw_told import told_in
from dataflows.errors import UsageError
from dataflows.maps.chains import element_view, path_view
from dataflows.maps.describe import describe_edge
from dataflows.maps.dot import dot_source
from dataflows.maps.exports import export_graphml, export_json
from dataflows.maps.marks import both_days, with_changes, with_findings
from dataflows.maps.matrix.beside import Beside
from dataflows.maps.shapes import MapFinding
from dataflows.maps.surround import notes_of, subtitle_of, title_of
from dataflows.maps.views import network_view, vendor_view

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dataflows.maps.shapes import MapView
    from dataflows.maps.wording import Wording
    from dataflows.model.snapshot import Snapshot

SUFFIXES = ("svg", "png", "pdf", "dot", "graphml", "json", "txt")
SUBJECTS: dict[str, tuple[str, ...]] = {
    "overview": (),
    "matrix": (),
    "network": (),
    "summary": (),
    "vendor": ("ID",),
    "element": ("ID",),
    "path": ("FROM", "TO"),
}
"""The views, and what is typed after each."""
VIEWS = tuple(SUBJECTS)
NO_MARKS = (
    "The summary is for families and the board: it counts what goes where on one day, and names no flow that could be "
    "marked. For --compare and --findings draw the overview, the matrix, the network, a vendor, an element or a path."
)


@dataclass(frozen=True, slots=True)
class Since:
    """Another day with which a map is compared, and the flows that were corrected in the catalog between."""

    day: date
    corrected: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Marks:
    """What a map shows beside the flows of its day."""

    since: Since | None = None
    is_audited: bool = False
    """Whether it says at each party what an audit finds."""


@dataclass(frozen=True, slots=True)
class Style:
    """In which colours, words and columns a map is drawn."""

    theme: str = "light"
    language: str | None = None
    """Absent: the first home language that has maps."""
    by: str | None = None
    """What the columns of the matrix are; absent: elements."""


def draw_map(
    snapshot: Snapshot,
    view: str,
    subject: str | None,
    suffix: str,
    *,
    other: str | None = None,
    marks: Marks = Marks(),
    style: Style = Style(),
) -> bytes:
    """Return the map `view` (of the vendor `subject`, say) as the contents of a file with that suffix.

    Raises UsageError for what there isn't: a view, a form, a theme, a language.
    """
    if style.by is not None and view != "matrix":
        raise UsageError("--by chooses the columns of the matrix alone. Write: map matrix --by category.")
    is_page = suffix.lower().removeprefix(".") == "html"
    if view in (*FORMS, "summary"):
        check_subjects(view, tuple(word for word in (subject, other) if word))
    if view == "summary":
        if marks != Marks():
            raise UsageError(NO_MARKS)
        from dataflows.actions.draw_summary import draw_summary_as

        return draw_summary_as(snapshot, suffix, style.theme, style.language)
    if view in FORMS:
        if view == "overview" and is_page:
            marks = replace(marks, is_audited=False)  # The page to search in says it without being asked.
        beside = beside_of(snapshot, marks)
        return draw_matrix(
            snapshot, view, suffix, by=style.by, theme=style.theme, beside=beside, language=style.language
        )
    found = find_view(snapshot, view, subject, other=other, marks=marks, language=style.language)
    if is_page:
        from dataflows.actions.draw_page import draw_view_page

        drawing = draw_view_as(found, "svg", style.theme)
        return draw_view_page(found, drawing, told_in(snapshot, style.language)[0], style.theme)
    return draw_view_as(found, suffix.lower().removeprefix("."), style.theme)


def beside_of(snapshot: Snapshot, marks: Marks) -> Beside:
    """Return what the overview and the matrix show beside the flows of their day."""
    since = marks.since
    return Beside(
        since.day if since else None,
        since.corrected if since else frozenset(),
        tuple(_findings(snapshot)) if marks.is_audited else None,
    )


def choose_view(snapshot: Snapshot, suffix: str) -> str:
    """Return the view where none is asked for: the network where it reads well, and the overview elsewhere."""
    if suffix not in FORMS["overview"]:
        return "network" if suffix in SUFFIXES else "matrix"
    return "overview" if network_view(snapshot).is_grouped else "network"


def find_view(
    snapshot: Snapshot,
    view: str,
    subject: str | None = None,
    *,
    other: str | None = None,
    marks: Marks = Marks(),
    language: str | None = None,
) -> MapView:
    """Return a view by its name, compared with another day and with what an audit finds, where that is asked.

    Raises UsageError for one that there isn't or that lacks its subject, UnknownIdError for a subject.
    """
    given = tuple(word for word in (subject, other) if word)
    check_subjects(view, given)
    since = marks.since
    told, wording = told_in(snapshot, language)
    shown = both_days(told, since.day) if since else told
    found = _build(shown, view, given, wording)
    if since:
        found = with_changes(found, told, since.day, since.corrected)
    return with_findings(found, _findings(snapshot)) if marks.is_audited else found


def check_subjects(view: str, given: tuple[str, ...]) -> None:
    """Raise UsageError for a view that there isn't, and where what is typed after it is too little or too much."""
    if view not in SUBJECTS:
        raise UsageError(f"There is no map called {view!r}. There are: {', '.join(VIEWS)}.")
    wanted = SUBJECTS[view]
    if len(given) < len(wanted):
        raise UsageError(f"Say of what the map is: map {view} {' '.join(wanted)}.")
    if len(given) > len(wanted):
        raise UsageError(f"`map {view}` takes no {given[len(wanted)]!r}. Write: map {' '.join((view, *wanted))}.")


def _build(snapshot: Snapshot, view: str, given: tuple[str, ...], wording: Wording) -> MapView:
    if view == "network":
        return network_view(snapshot, wording)
    if view == "vendor":
        return vendor_view(snapshot, given[0].removeprefix("vendor/"), wording)
    if view == "path":
        return path_view(snapshot, given[0], given[1], wording)
    from dataflows.law.taxonomy import find_elements

    elements = find_elements(snapshot.taxonomy, given[0])
    return element_view(snapshot, elements, _name_of(snapshot, given[0], elements), wording)


def _name_of(snapshot: Snapshot, word: str, elements: tuple[str, ...]) -> str:
    language = snapshot.district.first_language
    if len(elements) == 1:
        return snapshot.taxonomy[elements[0]].name.pick(language, language)[0]
    return word


def _findings(snapshot: Snapshot) -> Iterator[MapFinding]:
    """Yield what an audit of the snapshot's day finds about each party; what is waived is not told."""
    from dataflows.rules.run import check_snapshot

    for finding in check_snapshot(snapshot):
        if not finding.waived:
            for party in finding.parties or (snapshot.district.id,):
                subject = f"{finding.subject.kind} {finding.subject.id}"
                yield MapFinding(party, str(finding.severity), finding.rule, subject, finding.about.do)


def draw_view_as(view: MapView, suffix: str, theme: str = "light") -> bytes:
    """Return a view as the contents of a file, in a theme where it is drawn."""
    if suffix not in SUFFIXES:
        forms = ", ".join(f".{known}" for known in (*SUFFIXES, "html"))
        raise UsageError(f"A map can't be written as .{suffix}. It has the forms {forms}.")
    if suffix == "json":
        return export_json(view)
    if suffix == "graphml":
        return export_graphml(view)
    if suffix == "txt":
        return describe_view(view).encode()
    source = dot_source(view)
    if suffix == "dot":
        from dataflows.maps.recolour import recolour

        return recolour(source, theme).encode()
    from dataflows.maps.draw import draw_view

    return draw_view(view, source, suffix, theme)


def describe_view(view: MapView) -> str:
    """Return the map in words: title, day, one line for each arrow, findings, notes."""
    lines = [title_of(view), subtitle_of(view), "", *(describe_edge(view, edge) for edge in view.edges)]
    names = {member.id: member.name for node in view.nodes for member in node.members}
    told = [f"{found.severity}: {names[found.party]}: {found.text} ({found.subject})" for found in view.findings]
    return (
        "\n".join([*lines, *(["", *told] if told else []), *([""] if view.edges else []), *notes_of(view)]).rstrip()
        + "\n"
    )
