"""What the portal knows of a district before any language: who gets and keeps what, of which students.

Everything is read off the flows by the same searches as `holds` and the document for one parent.
A school's and grade's students are followed by themselves, each group of them once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from dataflows.graph.edges import Load
from dataflows.graph.reach import spread_on
from dataflows.graph.standing import find_standings
from dataflows.model.grades import GRADES
from dataflows.reporting.concerned import find_concerned, means
from dataflows.reporting.disclosures import find_not_known

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dataflows.graph.standing import Standing
    from dataflows.model.flows import Audience
    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.concerned import Concerned

Bits = dict[str, int]
"""By party, the elements of the search that are there."""


@dataclass(frozen=True, slots=True)
class Students:
    """What comes to whom of the students of one school, or of one grade."""

    coming: Mapping[str, int]
    kept: Mapping[str, int]
    grades: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of a school: by party, the grades whose data it gets."""
    schools: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of a grade: by party, the schools whose data it gets."""


class Facts:
    """A snapshot's facts for the whole site, each found once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.concerned: Concerned = find_concerned(snapshot, None, None)
        self.coming, self.kept = _by_party(self.concerned.standings)
        self._day = snapshot.valid_on.isoformat()
        self._cells = dict(self._follow_cells())

    @cached_property
    def going_out(self) -> frozenset[str]:
        """Return the kinds of data that go out, by the names that the flows use: those that the overview counts."""
        snapshot = self.snapshot
        return frozenset(
            element
            for flow in snapshot.flows
            if snapshot.is_source(snapshot.sender_of(flow)) and not snapshot.is_source(flow.receiver)
            for element in flow.elements
        )

    @cached_property
    def left(self) -> tuple[str, ...]:
        """Return the parties that get nothing any more and may still have data."""
        return tuple(sorted(set(self.kept) - set(self.coming)))

    @cached_property
    def not_known(self) -> tuple[str, ...]:
        """Return the vendors of which the records do not say whether they get anything."""
        return find_not_known(self.snapshot, {*self.coming, *self.kept})

    @cached_property
    def bits_of(self) -> dict[str, int]:
        """Return, for each element of the taxonomy, the bits by which it, or some of it, is there."""
        taxonomy, search = self.snapshot.taxonomy, self.concerned.search
        number = {element: 1 << place for place, element in enumerate(search.elements)}
        found: dict[str, int] = {}
        for element in taxonomy.elements:
            chain = taxonomy.broader_than(element)
            nearest = next((number[broader] for broader in chain if broader in number), 0)
            found[element] = found.get(element, 0) | nearest
            for broader in chain[1:]:
                found[broader] = found.get(broader, 0) | number.get(element, 0)
        return found

    def chains(self, element: str) -> dict[str, tuple[str, ...]]:
        """Return, for each party that an element reaches, a shortest chain of parties from its source."""
        search, wanted = self.concerned.search, self.bits_of[element]
        loads = [Load(edge, bits & wanted) for edge, bits in search.loads if bits & wanted]
        spread = spread_on(search.only(loads), self._day)
        return {party: spread.path_to(party) for party in spread.first if self.coming.get(party, 0) & wanted}

    def elements_in(self, bits: int) -> tuple[str, ...]:
        """Return the elements of a set, without those that a broader one covers."""
        return self.concerned.search.elements_in(bits)

    @cached_property
    def grades(self) -> tuple[str, ...]:
        """Return every grade that a school has, in order."""
        taught = {grade for school in self.snapshot.schools.values() for grade in school.grade_codes}
        return tuple(grade for grade in GRADES if grade in taught)

    def of_school(self, school: str) -> Students:
        """Return what comes to whom of a school's students."""
        cells = [(grade, cell) for (id, grade), cell in self._cells.items() if id == school]
        grades: dict[str, list[str]] = {}
        for grade, (coming, _) in cells:
            for party in coming:
                grades.setdefault(party, []).extend([grade] if grade else [])
        return Students(*_joined(cell for _, cell in cells), grades={id: tuple(row) for id, row in grades.items()})

    def of_grade(self, grade: str) -> Students:
        """Return what comes to whom of a grade's students."""
        cells = [(school, cell) for (school, code), cell in self._cells.items() if code in (grade, None)]
        schools: dict[str, list[str]] = {}
        for school, (coming, _) in cells:
            for party in coming:
                schools.setdefault(party, []).append(school)
        return Students(*_joined(cell for _, cell in cells), schools={id: tuple(row) for id, row in schools.items()})

    def schools_with(self, grade: str) -> tuple[str, ...]:
        """Return the schools that have a grade, or do not say which they have."""
        return tuple(school for school, code in self._cells if code in (grade, None))

    @cached_property
    def schools_of(self) -> dict[str, tuple[str, ...]]:
        """Return, for each party, the schools whose students' data comes to it."""
        found: dict[str, dict[str, None]] = {}
        for (school, _), (coming, _) in self._cells.items():
            for party in coming:
                found.setdefault(party, {})[school] = None
        return {party: tuple(schools) for party, schools in found.items()}

    def _follow_cells(self) -> Iterable[tuple[tuple[str, str | None], tuple[Bits, Bits]]]:
        """Follow the flows for the students of each school and grade; alike ones are followed once."""
        search = self.concerned.search
        audience_of = {id: flow.audience for id, flow in self.snapshot.all_flows.items()}
        audiences = list(dict.fromkeys(audience_of.values()))
        known: dict[frozenset[Audience], tuple[Bits, Bits]] = {}
        for school in self.snapshot.schools.values():
            for grade in school.grade_codes or (None,):
                group = frozenset(audience for audience in audiences if means(audience, school.id, grade))
                if group not in known:
                    narrowed = search.only(load for load in search.loads if audience_of[load.edge.flow] in group)
                    known[group] = _by_party(find_standings(narrowed, self._day))
                yield (school.id, grade), known[group]


def _by_party(standings: Iterable[Standing]) -> tuple[Bits, Bits]:
    coming: Bits = {}
    kept: Bits = {}
    for edge, some, left in standings:
        receiver = edge.receiver
        if some:
            coming[receiver] = coming.get(receiver, 0) | some
        if left:
            kept[receiver] = kept.get(receiver, 0) | left
    return coming, kept


def _joined(cells: Iterable[tuple[Bits, Bits]]) -> tuple[Bits, Bits]:
    coming: Bits = {}
    kept: Bits = {}
    for one, other in cells:
        for whole, part in ((coming, one), (kept, other)):
            for party, bits in part.items():
                whole[party] = whole.get(party, 0) | bits
    return coming, {party: bits for party, bits in kept.items() if bits & ~coming.get(party, 0)}
