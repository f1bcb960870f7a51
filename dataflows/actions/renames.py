"""`was: OLD-ID`: a row takes the place of another one, or is merged with it, everywhere it is named."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dataflows.catalog.bulk import fetch
from dataflows.model.bodies import RowProblem, merge_bodies, rename_references
from dataflows.model.changes import Change, compare_bodies
from dataflows.model.lists import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.actions.crosschecks import Refuse
    from dataflows.actions.loading import Rename, Speaking
    from dataflows.catalog.database import Connection
    from dataflows.catalog.staging import StagedRow, Staging

_TARGETS = {
    "vendors": ("vendor", "party"),
    "parties": ("party",),
    "schools": ("school",),
    "elements": ("element",),
    "agreements": ("agreement",),
    "flows": ("flow",),
}


def check(connection: Connection, speaking: Speaking, refuse: Refuse) -> None:
    """Keep the renames that can take place; one that has taken place already is no change."""
    kept: list[Rename] = []
    for rename in speaking.renames:
        old, new = (_known_body(connection, speaking.id, rename.list, id) for id in (rename.old, rename.new))
        kind = BY_NAME[rename.list].kind
        if rename.old == rename.new:
            refuse(rename.place, RowProblem(("was",), f"The {kind} {rename.new!r} can't be its own former id."))
        elif rename.old in speaking.places.ids(rename.list):
            message = f"The {kind} {rename.old!r} is in the files too."
            refuse(rename.place, RowProblem(("was",), message, "Leave its row out: this one takes its place."))
        elif old is not None:
            kept.append(rename)
        elif new is None:
            message = f"There is no {kind} called {rename.old!r} that could become {rename.new!r}."
            refuse(rename.place, RowProblem(("was",), message, "Leave `was` out, or write the id that it had."))
    speaking.renames[:] = kept


def base_of(connection: Connection, speaking: Speaking, row: StagedRow) -> dict[str, Any] | None:
    """Return the body that a staged row changes: the known one, with what a former one adds."""
    base = row.known
    for rename in speaking.renames:
        if (rename.list, rename.new) != (row.list, row.id):
            continue
        old = _known_body(connection, speaking.id, rename.list, rename.old)
        if old is not None:
            base = _combine(rename, old, base)
    return base


def _combine(rename: Rename, old: dict[str, Any], new: dict[str, Any] | None) -> dict[str, Any]:
    spec = BY_NAME[rename.list]
    former = {**old, spec.key[0]: rename.new}
    if new is None:
        return former
    merged = merge_bodies(former, new, spec)
    for name in ("aliases", "domains"):
        if rename.list == "vendors" and (both := {*old.get(name, ()), *new.get(name, ())}):
            merged[name] = sorted(both)
    if rename.list == "vendors" and old["name"] != merged["name"]:
        merged["aliases"] = sorted({*merged.get("aliases", ()), old["name"]})
    return merged


def follow(staging: Staging, speaking: Speaking) -> list[Change]:
    """Stage the removal of former rows, and every row that names them; return what changes in those."""
    changes: list[Change] = []
    for rename in speaking.renames:
        staging.put(speaking.id, rename.list, rename.old, "remove", None)
    for rename in speaking.renames:
        for list_name, id, body, seq in list(_naming(staging, speaking.id, rename.old)):
            changes += _follow_one(staging, speaking, rename, (list_name, id, body, seq))
    return changes


def _follow_one(
    staging: Staging, speaking: Speaking, rename: Rename, row: tuple[str, str, dict[str, Any], int | None]
) -> list[Change]:
    list_name, id, body, seq = row
    spec = BY_NAME[list_name]
    renamed = rename_references(spec.record, body, _TARGETS.get(rename.list, ()), rename.old, rename.new)
    if list_name == "waivers" and body["subject"] in (rename.old, f"{BY_NAME[rename.list].kind}/{rename.old}"):
        renamed["subject"] = body["subject"].replace(rename.old, rename.new)
        staging.put(speaking.id, list_name, id, "remove", None)
        staging.put(speaking.id, list_name, spec.key_of(renamed), "add", renamed)
        return []
    if renamed == body:
        return []
    if seq is not None:
        action = "add" if _known_body(staging.connection, speaking.id, list_name, id) is None else "change"
        staging.settle([(seq, action, renamed)])
        return []
    staging.put(speaking.id, list_name, id, "change", renamed)
    return [Change(spec.kind, id, compare_bodies(spec.record, body, renamed))]


def _naming(staging: Staging, district: str, id: str) -> Iterator[tuple[str, str, dict[str, Any], int | None]]:
    """Yield the rows that may name an id: list, id, body, and the staged row's number."""
    like = f'%"{id}"%'
    staged = "SELECT list, id, body, seq FROM staged WHERE district = ? AND action IN ('add', 'change') AND body LIKE ?"
    for list_name, row_id, body, seq in fetch(staging.connection, staged, (district, like)):
        yield list_name, row_id, json.loads(body), seq
    known = (
        "SELECT j.list, j.id, j.body FROM journal j WHERE j.district = ? AND j.retired_by IS NULL AND j.body LIKE ?"
        " AND NOT EXISTS (SELECT 1 FROM staged s WHERE s.district = j.district AND s.list = j.list AND s.id = j.id"
        " AND s.action <> 'same') ORDER BY j.list, j.id"
    )
    for list_name, row_id, body in fetch(staging.connection, known, (district, like)):
        yield list_name, row_id, json.loads(body), None


def _known_body(connection: Connection, district: str, list_name: str, id: str) -> dict[str, Any] | None:
    sql = "SELECT body FROM journal WHERE district = ? AND list = ? AND id = ? AND retired_by IS NULL"
    rows = fetch(connection, sql, (district, list_name, id))
    found: dict[str, Any] | None = json.loads(rows[0][0]) if rows else None
    return found
