"""What else is wrong with rows of which a value was refused: one run names everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dataflows.actions.renames import known_body
from dataflows.model.bodies import RowProblem, check_body, merge_bodies
from dataflows.model.lists import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.actions.row_places import Place
    from dataflows.catalog.database import Connection
    from dataflows.model.taxonomy import Taxonomy


class RefusedRow(NamedTuple):
    """A row that is not staged; `fields` are those whose values were refused."""

    district: str
    id: str
    place: Place
    said: dict[str, Any]
    fields: frozenset[str]


def find_more(connection: Connection, row: RefusedRow, taxonomy: Taxonomy) -> Iterator[RowProblem]:
    """Yield what is wrong with the fields of a row that could be read."""
    spec = BY_NAME[row.place.list]
    known = known_body(connection, row.district, spec.name, row.id)
    body = merge_bodies(known or {}, row.said, spec)
    cleared = [name for name, value in row.said.items() if value is None]
    for problem in check_body(spec, body, taxonomy, district=row.district, cleared=cleared):
        is_refused = any(problem.message.startswith(f"The field {name!r} is missing") for name in row.fields)
        if not is_refused and not (problem.path and problem.path[0] in row.fields):
            yield problem
