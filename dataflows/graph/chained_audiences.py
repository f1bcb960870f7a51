"""Whose data has come down a chain: no more than every flow of the chain concerns.

A subprocessor's flow seldom states an audience, which means everybody; what its sender itself
got of one school is still of that school only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from dataflows.graph.edges import Search
from dataflows.graph.network import edges_of
from dataflows.model.audiences import schools_of
from dataflows.model.flows import Audience
from dataflows.model.grades import format_grades
from dataflows.model.parties import STUDENTS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dataflows.model.snapshot import Snapshot

_Grades: TypeAlias = frozenset[str] | None
"""None is all grades of a school."""
_Whose: TypeAlias = dict[str, _Grades]
"""Grades by school."""


def find_audiences(snapshot: Snapshot, flows: Collection[str], elements: Sequence[str]) -> tuple[Audience, ...]:
    """Return whose data some flows have brought of these elements: one audience a school, by its id."""
    sources = (snapshot.district.id, STUDENTS)
    search = Search(edges_of(snapshot), elements, snapshot.taxonomy, sources)
    leaving: dict[str, list[str]] = {}
    for edge, _bits in search.loads:
        if (edge.starts or "") <= snapshot.valid_on.isoformat() and edge.receiver not in sources:
            leaving.setdefault(edge.sender, []).append(edge.flow)
    everybody: _Whose = dict.fromkeys(snapshot.schools)
    at: dict[str, _Whose] = dict.fromkeys(sources, everybody)
    waiting = list(sources)
    while waiting:
        sender = waiting.pop()
        for id in leaving.get(sender, ()):
            receiver = snapshot.all_flows[id].receiver
            if _add(at.setdefault(receiver, {}), _through(snapshot, id, at[sender])):
                waiting.append(receiver)
    found: _Whose = {}
    for id in flows:
        _add(found, _through(snapshot, id, at.get(snapshot.sender_of(snapshot.all_flows[id]), {})))
    return tuple(
        Audience(schools=(school,), grades=format_grades(grades) if grades is not None else None)
        for school, grades in sorted(found.items())
    )


def _through(snapshot: Snapshot, flow: str, whose: _Whose) -> _Whose:
    """Return of whom a flow passes on what its sender has."""
    audience = snapshot.all_flows[flow].audience
    codes = audience.grade_codes
    wanted = None if codes is None else frozenset(codes)
    found: _Whose = {}
    for school in schools_of(audience, snapshot.schools):
        if school.id in whose:
            here = whose[school.id]
            grades = here if wanted is None else wanted if here is None else wanted & here
            if grades is None or grades:
                found[school.id] = grades
    return found


def _add(known: _Whose, more: _Whose) -> bool:
    """Add schools and grades to those that are known; tell whether any was new."""
    is_new = False
    for school, grades in more.items():
        before = known.get(school, frozenset())
        after = None if before is None or grades is None else before | grades
        if school not in known or after != before:
            known[school] = after
            is_new = True
    return is_new
