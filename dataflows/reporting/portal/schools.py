"""What the site tells of the students of one school, or of one grade: who gets their data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.model.grades import format_grades
from dataflows.reporting.portal.paths import grade_page, school_page, sort_key
from dataflows.reporting.portal.site_views import StudentsPage, StudentsRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataflows.reporting.portal.facts import Facts, Students
    from dataflows.reporting.portal.parties import PartyTeller

MOST = 1_000
"""How many a page names; where more get data, those that get it of all students are counted only."""


def list_schools(facts: Facts) -> tuple[tuple[str, str], ...]:
    """Return the names and pages of the schools."""
    return _named(facts, facts.snapshot.schools)


def list_grades(facts: Facts) -> tuple[tuple[str, str], ...]:
    """Return the codes and pages of the grades."""
    return tuple((code, grade_page(code)) for code in facts.grades)


def tell_school(facts: Facts, parties: PartyTeller, id: str) -> StudentsPage:
    """Return the page of a school."""
    school = facts.snapshot.schools[id]
    students = facts.of_school(id)
    taught = set(school.grade_codes)
    grades = {
        party: None if set(codes) >= taught else format_grades(set(codes)) for party, codes in students.grades.items()
    }
    rows, everywhere = _rows(facts, parties, students, grades=grades)
    return StudentsPage(
        href=school_page(id),
        school=school.name,
        grade=None,
        grades=tuple((code, grade_page(code)) for code in school.grade_codes),
        schools=(),
        rows=rows,
        kept=tuple(parties.rows[party] for party in _in_order(parties, students.kept)),
        everywhere=everywhere,
    )


def tell_grade(facts: Facts, parties: PartyTeller, grade: str) -> StudentsPage:
    """Return the page of a grade, at all schools that have it."""
    students = facts.of_grade(grade)
    having = facts.schools_with(grade)
    schools = {
        party: () if len(named) == len(having) else tuple(name for name, _ in _named(facts, named))
        for party, named in students.schools.items()
    }
    rows, everywhere = _rows(facts, parties, students, schools=schools)
    return StudentsPage(
        href=grade_page(grade),
        school=None,
        grade=grade,
        grades=(),
        schools=_named(facts, having),
        rows=rows,
        kept=tuple(parties.rows[party] for party in _in_order(parties, students.kept)),
        everywhere=everywhere,
    )


def _rows(
    facts: Facts,
    parties: PartyTeller,
    students: Students,
    *,
    grades: dict[str, str | None] | None = None,
    schools: dict[str, tuple[str, ...]] | None = None,
) -> tuple[tuple[StudentsRow, ...], int]:
    """Return a row for each party, and how many are counted only."""
    found = [
        StudentsRow(
            row=parties.rows[party],
            count=len(facts.elements_in(students.coming[party])),
            grades=grades.get(party) if grades else None,
            schools=schools.get(party, ()) if schools else (),
        )
        for party in _in_order(parties, students.coming)
    ]
    if len(found) <= MOST:
        return tuple(found), 0
    everywhere = len(facts.snapshot.schools)
    own = [row for row in found if row.grades or row.schools or len(facts.schools_of[row.row.id]) < everywhere]
    return tuple(own), len(found) - len(own)


def _in_order(parties: PartyTeller, some: Iterable[str]) -> list[str]:
    wanted = set(some)
    return [party for party in parties.rows if party in wanted]


def _named(facts: Facts, ids: Iterable[str]) -> tuple[tuple[str, str], ...]:
    schools = facts.snapshot.schools
    return tuple(sorted(((schools[id].name, school_page(id)) for id in ids), key=lambda row: (sort_key(row[0]), row)))
