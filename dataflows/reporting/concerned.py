"""Which flows concern a student of one school and grade, and what reaches whom by them.

A chain brings a student's data only where every flow of it concerns that student.  So the flows
are followed once for each group of students whom the same audiences mean, never for all at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dataflows.graph.edges import Search
from dataflows.graph.network import edges_of
from dataflows.graph.standing import Standing, find_standings
from dataflows.model.audiences import schools_of
from dataflows.model.flows import Audience
from dataflows.model.parties import STUDENTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataflows.model.snapshot import Snapshot


class Concerned(NamedTuple):
    """What is at whom, flow by flow, with the search whose bits say which elements."""

    search: Search
    standings: list[Standing]
    audiences: frozenset[Audience]
    """Those that mean one of the students asked about."""


def find_concerned(snapshot: Snapshot, school: str | None, grade: str | None) -> Concerned:
    """Return what the flows bring, or brought and left, of a school's and grade's students on the day."""
    edges = edges_of(snapshot)
    named = sorted({element for edge in edges for element in edge.elements})
    search = Search(edges, named, snapshot.taxonomy, (snapshot.district.id, STUDENTS))
    audience_of = {flow.id: flow.audience for flow in snapshot.all_flows.values()}
    groups = _groups(snapshot, set(audience_of.values()), school, grade)
    found: dict[str, Standing] = {}
    for group in groups:
        narrowed = search.only(load for load in search.loads if audience_of[load.edge.flow] in group)
        for edge, coming, kept in find_standings(narrowed, snapshot.valid_on.isoformat()):
            known = found.get(edge.flow, Standing(edge, 0, 0))
            found[edge.flow] = Standing(edge, known.coming | coming, known.kept | kept)
    standings = _without_what_comes(found[flow] for flow in sorted(found))
    return Concerned(search, standings, frozenset().union(*groups))


def _without_what_comes(standings: Iterable[Standing]) -> list[Standing]:
    """Leave out of what is kept what its holder gets anyway, of whichever students."""
    all_of_them = list(standings)
    coming: dict[str, int] = {}
    for standing in all_of_them:
        coming[standing.edge.receiver] = coming.get(standing.edge.receiver, 0) | standing.coming
    left = (item._replace(kept=item.kept & ~coming[item.edge.receiver]) for item in all_of_them)
    return [item for item in left if item.coming or item.kept]


def _groups(
    snapshot: Snapshot, audiences: Iterable[Audience], school: str | None, grade: str | None
) -> set[frozenset[Audience]]:
    """Return, for each school and grade, the audiences that mean its students; each set once."""
    asked = Audience(schools=(school,) if school else None, grades=grade)
    cells: list[tuple[str | None, str | None]] = [
        (row.id, code) for row in schools_of(asked, snapshot.schools) for code in _grades(row.grade_codes, grade)
    ]
    known = list(audiences)
    return {frozenset(a for a in known if means(a, *cell)) for cell in cells or [(school, grade)]}


def _grades(taught: tuple[str, ...], grade: str | None) -> tuple[str | None, ...]:
    return (grade,) if grade else (taught or (None,))


def means(audience: Audience, school: str | None, grade: str | None) -> bool:
    """Tell whether an audience may mean students of a school and grade; None is not known."""
    codes = audience.grade_codes
    is_there = audience.schools is None or school is None or school in audience.schools
    return is_there and (codes is None or grade is None or grade in codes)
