"""The facts of a drawn map (network, vendor, element, path) as its page tells them: a line a flow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from dataflows.law.citations import cite_for_readers
from dataflows.maps.describe import method_word
from dataflows.maps.labels import clean
from dataflows.maps.marks import change_words
from dataflows.maps.surround import language_of, notes_of, subtitle_of, title_of

if TYPE_CHECKING:
    from dataflows.maps.shapes import MapEdge, MapFinding, MapView
    from dataflows.maps.wording import Wording
    from dataflows.model.snapshot import Snapshot


class DrawnFlow(NamedTuple):
    """A flow in words."""

    flow: str
    sender: str
    receiver: str
    via: str
    how: str
    elements: str
    purpose: str
    basis: str
    agreement: str
    starts: str
    ends: str


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A drawn map in words."""

    title: str
    subtitle: str
    language: str
    wording: Wording
    flows: tuple[DrawnFlow, ...]
    findings: tuple[tuple[str, MapFinding], ...]
    """Each with the name of its party."""
    notes: tuple[str, ...]


def read_drawn(view: MapView, snapshot: Snapshot) -> DrawnPage:
    """Return what the page of a drawn map says; `snapshot` names the parties."""
    changes = {flow: edge for edge in view.edges for flow in edge.flows}
    names = {member.id: member.name for node in view.nodes for member in node.members}
    return DrawnPage(
        title=clean(title_of(view)),
        subtitle=clean(subtitle_of(view)),
        language=language_of(view),
        wording=view.wording,
        flows=tuple(_flow(view, snapshot, line, changes.get(line["flow"])) for line in view.key),
        findings=tuple((clean(names.get(found.party, found.party)), found) for found in view.findings),
        notes=tuple(clean(note) for note in notes_of(view)),
    )


def _flow(view: MapView, snapshot: Snapshot, line: dict[str, object], edge: MapEdge | None) -> DrawnFlow:
    def said(name: str) -> str:
        return clean(str(line[name] or ""))

    how = method_word(view, said("method"))
    elements = line["elements"] if isinstance(line["elements"], list) else []
    return DrawnFlow(
        flow=said("flow"),
        sender=clean(snapshot.name_of(str(line["from"]))),
        receiver=clean(snapshot.name_of(str(line["to"]))),
        via=clean(snapshot.name_of(str(line["via"]))) if line["via"] else "",
        how=change_words(view, edge, how) if edge else how,
        elements=", ".join(clean(view.elements.get(id, id)) for id in elements),
        purpose=said("purpose"),
        basis=cite_for_readers(said("legal_basis")),
        agreement=said("agreement"),
        starts=said("starts"),
        ends=said("ends"),
    )
