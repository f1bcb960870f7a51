"""`show`: everything about one row of any list, and what points at it.

A word names a row by its id; `vendor/zoom` and `flow/zoom` tell rows of one id apart, and the
plain word shows them all.  A contact's id is its role, a waiver's `rule:subject`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dataflows.actions.show_parties import flow_section, party_sections
from dataflows.actions.shown import Section, Shown, ShownField, fields_in, json_of, label_of, section_of
from dataflows.errors import UnknownIdError
from dataflows.graph.edges import carriers_of
from dataflows.graph.network import edges_of
from dataflows.graph.reach import find_holders
from dataflows.model.kinds import nearest
from dataflows.model.parties import STUDENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dataflows.model.snapshot import Snapshot

_PARTY_KINDS = ("district", "students", "vendor", "party")


def show(snapshot: Snapshot, word: str) -> tuple[Shown, ...]:
    """Return what the word names, in the order of a file's lists; raises UnknownIdError."""
    return tuple(_show(snapshot, kind, id) for kind, id in find_subjects(snapshot, word))


def find_subjects(snapshot: Snapshot, word: str) -> list[tuple[str, str]]:
    """Return the kind and id of each row that a word names; raises UnknownIdError.

    `party/` before an id stands for any kind of party.
    """
    rows = _rows_by_kind(snapshot)
    kind, slash, id = word.partition("/")
    if not slash or (kind not in rows and kind != "party"):
        kind, id = "", word
    kinds = _PARTY_KINDS if kind == "party" else (kind,) if kind else tuple(rows)
    found = [(name, id) for name in kinds if id in rows[name]]
    if kind in ("", "publication"):
        found += [("publication", key) for key in _published_as(snapshot, id)]
    if not found:
        known = sorted({key for name in kinds for key in rows[name]})
        raise UnknownIdError(kind or "entry", id, nearest(id, known))
    return found


def _published_as(snapshot: Snapshot, kind: str) -> list[str]:
    """Return the ids of the publications of a kind of document, the newest first: `show annual` shows them."""
    rows = [row for row in snapshot.publications.values() if row.kind == kind and row.id != kind]
    return [row.id for row in sorted(rows, key=lambda row: (row.issued, row.id), reverse=True)]


def _rows_by_kind(snapshot: Snapshot) -> dict[str, Mapping[str, Any]]:
    return {
        "district": {snapshot.district.id: snapshot.district},
        "students": {STUDENTS: None},
        "contact": snapshot.contacts,
        "regulation": snapshot.regulations,
        "school": snapshot.schools,
        "element": snapshot.taxonomy.elements,
        "vendor": snapshot.vendors,
        "party": snapshot.parties,
        "agreement": snapshot.agreements,
        "flow": snapshot.all_flows,
        "release": snapshot.releases,
        "notice": snapshot.notices,
        "waiver": snapshot.waivers,
        "incident": snapshot.incidents,
        "request": snapshot.requests,
        "monitoring": snapshot.monitoring,
        "publication": snapshot.publications,
    }


def _show(snapshot: Snapshot, kind: str, id: str) -> Shown:
    row = _rows_by_kind(snapshot)[kind][id]
    fields = tuple(_element_fields(row) if kind == "element" else fields_in(row) if row else ())
    if kind == "publication":
        fields = tuple(field for field in fields if field.name not in ("files", "sent"))
    sections = [*_SECTIONS[kind](snapshot, id)] if kind in _SECTIONS else []
    if kind != "waiver":
        sections.append(_waivers(snapshot, id))
    return Shown(kind, id, _name(snapshot, kind, id, row), snapshot.valid_on, fields, tuple(sections))


def _name(snapshot: Snapshot, kind: str, id: str, row: Any) -> str:
    """Return the row's name or title, else its id."""
    if kind in _PARTY_KINDS:
        return snapshot.name_of(id)
    if kind == "publication":
        return f"{row.kind} for {row.school_year}"
    first = snapshot.district.first_language
    name = getattr(row, "name", None) or getattr(row, "title", None) or id
    return name if isinstance(name, str) else str(name.pick(first, first)[0])


def _element_fields(row: Any) -> Iterator[ShownField]:
    names = ("id", "category", "name", "broader", "sensitivity", "definition", "necessity", "also_called")
    for name in names:
        value = getattr(row, name)
        if value not in (None, ()):
            yield ShownField(name, label_of(name), json_of(value))


def _waivers(snapshot: Snapshot, id: str) -> Section:
    rows = (
        (waiver.rule, waiver.by, waiver.why, json_of(waiver.until))
        for waiver in snapshot.waivers.values()
        if waiver.subject == id
    )
    return section_of("waivers", ("rule", "by", "why", "until"), rows)


def _school(snapshot: Snapshot, id: str) -> Iterator[Section]:
    flows = (flow for flow in snapshot.flows if flow.audience.schools is None or id in flow.audience.schools)
    yield flow_section(snapshot, "flows", flows, "Flows in force that concern its students")


def _element(snapshot: Snapshot, id: str) -> Iterator[Section]:
    taxonomy, sources = snapshot.taxonomy, (snapshot.district.id, STUDENTS)
    reach = find_holders(edges_of(snapshot), [id], taxonomy, sources, snapshot.valid_on)
    holders = (
        (row.party, snapshot.name_of(row.party), list(row.elements), list(row.path), row.hops, list(row.flows))
        for row in reach.holders
    )
    retained = (
        (row.party, snapshot.name_of(row.party), list(row.elements), list(row.flows), json_of(row.until))
        for row in reach.retained
    )
    yield section_of("holders", ("party", "name", "elements", "path", "hops", "flows"), holders)
    yield section_of("retained", ("party", "name", "elements", "flows", "until"), retained, "May still retain it")
    narrower = ([other] for other in taxonomy.narrower_than(id) if other != id)
    yield section_of("narrower", ("element",), narrower, "Narrower elements")
    carriers = carriers_of([id], taxonomy)
    flows = (flow for flow in snapshot.flows if not carriers.isdisjoint(flow.elements))
    yield flow_section(snapshot, "flows", flows, "Flows in force that carry it or a part of it")
    allowing = (
        (agreement.id, agreement.vendor)
        for agreement in snapshot.agreements.values()
        if set(taxonomy.broader_than(id)) & set(agreement.schedule or ())
    )
    yield section_of("agreements", ("agreement", "vendor"), allowing, "Agreements whose schedule allows it")


def _agreement(snapshot: Snapshot, id: str) -> Iterator[Section]:
    flows = [flow for flow in snapshot.all_flows.values() if flow.agreement == id]
    in_force = [flow for flow in flows if snapshot.valid_on in flow.period]
    others = [flow for flow in flows if snapshot.valid_on not in flow.period]
    yield flow_section(snapshot, "flows", in_force, "Flows under it, in force")
    yield flow_section(snapshot, "flows_other", others, "Flows under it, ended or not begun")
    newer = ([other.id] for other in snapshot.agreements.values() if other.supersedes == id)
    yield section_of("superseded_by", ("agreement",), newer)


def _flow(snapshot: Snapshot, id: str) -> Iterator[Section]:
    flow = snapshot.all_flows[id]
    ends = (("from", snapshot.sender_of(flow)), ("to", flow.receiver))
    rows = ((role, party, snapshot.name_of(party), snapshot.kind_of(party)) for role, party in ends)
    yield section_of("parties", ("role", "party", "name", "kind"), rows)
    agreement = snapshot.agreement_of(flow)
    signed = [agreement] if agreement else []
    period = ((row.id, row.kind, json_of(row.effective), json_of(row.expires)) for row in signed)
    yield section_of("agreements", ("agreement", "kind", "effective", "expires"), period, "Agreement")
    releases = (
        (release.id, json_of(release.date), release.interest)
        for release in snapshot.releases.values()
        if release.flow == id
    )
    yield section_of("releases", ("release", "date", "interest"), releases)


def _contact(snapshot: Snapshot, id: str) -> Iterator[Section]:
    flows = (flow for flow in snapshot.flows if flow.opt_out.contact == id)
    yield flow_section(snapshot, "flows", flows, "Flows that families opt out of here")


def _release(snapshot: Snapshot, id: str) -> Iterator[Section]:
    yield flow_section(snapshot, "flows", [snapshot.all_flows[snapshot.releases[id].flow]], "Flow")


def _publication(snapshot: Snapshot, id: str) -> Iterator[Section]:
    """What went out, how, when and where, by whom it was recorded; then every file of ours with its digest."""
    row = snapshot.publications[id]
    columns = ("language", "file", "channels", "date", "url", "edited", "differences", "absent", "faults", "despite",
               "by", "at", "sha256")  # fmt: skip
    sent = ([json_of(getattr(one, name)) for name in columns] for one in row.sent)
    yield section_of("sent", columns, sent, "What went out")
    names = ("language", "format", "file", "sha256")
    files = ([getattr(one, name) for name in names] for one in row.files)
    yield section_of("files", names, files, "As generated")


def _waiver(snapshot: Snapshot, id: str) -> Iterator[Section]:
    subject = snapshot.waivers[id].subject
    rows = ((kind, subject) for kind, known in _rows_by_kind(snapshot).items() if subject in known)
    yield section_of("subject", ("kind", "id"), rows)


_SECTIONS: dict[str, Callable[[Snapshot, str], Iterator[Section]]] = {
    **dict.fromkeys(_PARTY_KINDS, party_sections),
    "contact": _contact,
    "school": _school,
    "element": _element,
    "agreement": _agreement,
    "flow": _flow,
    "publication": _publication,
    "release": _release,
    "waiver": _waiver,
}
