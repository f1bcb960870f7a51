"""Whom an audience means: which grades of which schools, and how many students are enrolled there now.

Each student is counted once, however many audiences name a school and grade.  A school whose
enrollment is one number counts whole (INTERFACE.md, breach).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dataflows.model.district import School
    from dataflows.model.flows import Audience


def schools_of(audience: Audience, schools: Mapping[str, School]) -> Iterator[School]:
    """Yield the schools of an audience that teach one of its grades, by id."""
    wanted = audience.grade_codes
    for school in schools.values():
        if audience.schools is not None and school.id not in audience.schools:
            continue
        taught = school.grade_codes
        if wanted is None or not taught or not set(wanted).isdisjoint(taught):
            yield school


def grades_of(audience: Audience, schools: Mapping[str, School]) -> frozenset[str]:
    """Return the grades that an audience may hold; none where neither it nor its schools state any."""
    wanted = audience.grade_codes
    taught = {grade for school in schools_of(audience, schools) for grade in school.grade_codes}
    if wanted is None:
        return frozenset(taught)
    return frozenset(wanted) & taught if taught else frozenset(wanted)


def students_of(audiences: Iterable[Audience], schools: Mapping[str, School]) -> int | None:
    """Return how many students enrolled now are in any of the audiences; None where a number is missing."""
    wanted: dict[str, set[str] | None] = {}
    for audience in audiences:
        codes = audience.grade_codes
        for school in schools_of(audience, schools):
            known = wanted.setdefault(school.id, set())
            wanted[school.id] = None if codes is None or known is None else known | set(codes)
    counts = [_enrolled(schools[id], grades) for id, grades in wanted.items()]
    known_counts = [count for count in counts if count is not None]
    return sum(known_counts) if counts and len(known_counts) == len(counts) else None


def _enrolled(school: School, grades: set[str] | None) -> int | None:
    if grades is None or not isinstance(school.enrollment, dict):
        return school.students
    counted = school.enrollment
    taught = {*school.grade_codes, *counted}
    return sum(counted[grade] for grade in grades & taught) if grades & taught <= counted.keys() else None
