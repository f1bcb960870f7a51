"""Which exposed elements start the clocks of a state's general breach law.

A student-data law covers any student data; the general law asks for more: a social security
number with a name, a login with its password, and what the state adds to these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.law.state_law import common_general_elements, state_law

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from dataflows.law.state_law import GeneralElement
    from dataflows.model.taxonomy import Taxonomy


def find_general_elements(code: str, day: date, exposed: Collection[str], taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return those of the exposed elements that the general breach law of a state asks for, by id.

    An exposed `student-id` may be a local one, and a `local-student-id` is one: broader and
    narrower elements count alike.
    """
    rows = (*common_general_elements(), *state_law(code, day).general_elements)
    never = _matching({id for row in rows for id in row.never}, exposed, taxonomy)
    counted = [id for id in exposed if id not in never]
    found = {id for row in rows for id in _started_by(row, counted, exposed, taxonomy)}
    return tuple(sorted(found))


def _started_by(
    row: GeneralElement, counted: Iterable[str], exposed: Collection[str], taxonomy: Taxonomy
) -> frozenset[str]:
    some = _matching(row.any, counted, taxonomy)
    rest = [_matching((needed,), counted, taxonomy) for needed in row.all]
    if not some or not all(rest):
        return frozenset()
    if row.with_ and not any(id in taxonomy and taxonomy[id].category in row.with_ for id in exposed):
        return frozenset()
    return some.union(*rest)


def _matching(wanted: Collection[str], exposed: Iterable[str], taxonomy: Taxonomy) -> frozenset[str]:
    broader = {near for id in wanted for near in taxonomy.broader_than(id)}
    return frozenset(id for id in exposed if id in broader or not {*taxonomy.broader_than(id)}.isdisjoint(wanted))
