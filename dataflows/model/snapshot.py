"""A snapshot: the catalog of one district on one day, as known at one moment, in frozen values.

`flows` are those in force on `valid_on`; `all_flows` holds those that have ended or not begun too.
Everything after the snapshot (graph, rules, maps, documents) is pure Python over it.
"""

from __future__ import annotations

from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dataflows.model.frozen import Caching, frozen
from dataflows.model.lists import IN_JOURNAL
from dataflows.model.parties import STUDENTS
from dataflows.model.records import load_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from dataflows.model.agreements import Agreement
    from dataflows.model.district import Contact, District, Monitoring, Regulation, School
    from dataflows.model.events import Incident, Notice, Release, Request, Waiver
    from dataflows.model.flows import Flow
    from dataflows.model.parties import Party, Vendor
    from dataflows.model.publications import Publication
    from dataflows.model.taxonomy import Taxonomy


@frozen
class Snapshot(Caching):
    """What a district's catalog says of one day. Mappings are by id and sorted by it."""

    valid_on: date
    known_at: datetime | None = None
    district: District
    taxonomy: Taxonomy
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    regulations: Mapping[str, Regulation] = field(default_factory=dict)
    schools: Mapping[str, School] = field(default_factory=dict)
    vendors: Mapping[str, Vendor] = field(default_factory=dict)
    parties: Mapping[str, Party] = field(default_factory=dict)
    agreements: Mapping[str, Agreement] = field(default_factory=dict)
    all_flows: Mapping[str, Flow] = field(default_factory=dict)
    releases: Mapping[str, Release] = field(default_factory=dict)
    notices: Mapping[str, Notice] = field(default_factory=dict)
    waivers: Mapping[str, Waiver] = field(default_factory=dict)
    incidents: Mapping[str, Incident] = field(default_factory=dict)
    requests: Mapping[str, Request] = field(default_factory=dict)
    monitoring: Mapping[str, Monitoring] = field(default_factory=dict)
    publications: Mapping[str, Publication] = field(default_factory=dict)

    @cached_property
    def flows(self) -> tuple[Flow, ...]:
        """Return the flows in force on the day, by id."""
        return tuple(flow for flow in self.all_flows.values() if self.valid_on in flow.period)

    def sender_of(self, flow: Flow) -> str:
        """Return the sender's id: the district where the file names none."""
        return flow.sender or self.district.id

    def agreement_of(self, flow: Flow) -> Agreement | None:
        """Return the agreement that a flow names."""
        return self.agreements.get(flow.agreement) if flow.agreement else None

    def is_source(self, party: str) -> bool:
        """Tell whether a party is the district or its students: never holders."""
        return party in (self.district.id, STUDENTS)

    def name_of(self, party: str) -> str:
        """Return the name of a party of any kind; `students` are Students and parents."""
        if party == self.district.id:
            return self.district.name
        if party == STUDENTS:
            return "Students and parents"
        known = self.vendors.get(party) or self.parties.get(party)
        return known.name if known else party

    def kind_of(self, party: str) -> str:
        """Return `district`, `students`, `vendor` or the kind of another party."""
        if self.is_source(party):
            return "students" if party == STUDENTS else "district"
        return self.parties[party].kind if party in self.parties else "vendor"


_ATTRIBUTES = {"flows": "all_flows"}


def build_snapshot(
    bodies: Mapping[str, Iterable[tuple[str, dict[str, Any]]]],
    *,
    taxonomy: Taxonomy,
    valid_on: date,
    known_at: datetime | None = None,
) -> Snapshot:
    """Build a snapshot from canonical bodies: for each list its pairs of id and body, in any order.

    `taxonomy` is the built-in one; the district's own elements are added to it.
    """
    parts: dict[str, Any] = {}
    for spec in IN_JOURNAL.values():
        rows: dict[str, Any] = {id: load_record(spec.record, body) for id, body in sorted(bodies.get(spec.name, ()))}
        parts[_ATTRIBUTES.get(spec.name, spec.name)] = rows
    [district] = parts.pop("district").values()
    elements = parts.pop("elements")
    whole = taxonomy.with_rows(elements.values()) if elements else taxonomy
    return Snapshot(valid_on=valid_on, known_at=known_at, district=district, taxonomy=whole, **parts)
