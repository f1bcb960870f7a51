"""`was: OLD-ID`: a row takes the place of another one, or is merged with it, everywhere it is named."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dataflows.catalog.bulk import fetch
from dataflows.model.bodies import RowProblem, check_body, merge_bodies, rename_references
from dataflows.model.changes import Change, compare_bodies
from dataflows.model.lists import BY_NAME, IN_JOURNAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dataflows.actions.crosschecks import Refuse
    from dataflows.actions.row_places import Rename
    from dataflows.actions.speaking import Speaking
    from dataflows.catalog.database import Connection
    from dataflows.catalog.staging import StagedRow, Staging
    from dataflows.model.taxonomy import Taxonomy

_TARGETS = {
    "vendors": ("vendor", "party"),
    "parties": ("party",),
    "schools": ("school",),
    "elements": ("element",),
    "agreements": ("agreement",),
    "flows": ("flow",),
}

_SAID_BY_ABSENCE = {
    "agreements": ("effective", "expires", "schedule", "subprocessors"),
    "flows": ("from", "via", "starts", "ends", "destroyed", "audience"),
}
"""Fields whose absence says something (the district, no end, every school): a merge never fills them in."""


def former_ids(renames: Sequence[Rename]) -> set[tuple[str, str]]:
    """Return the ids that rows had before, each with what refers to it: (`vendor`, `zoom-inc`)."""
    return {(target, rename.old) for rename in renames for target in _TARGETS.get(rename.list, ())}


def check(connection: Connection, speaking: Speaking, refuse: Refuse) -> None:
    """Sort the renames: those that take place, and those that have taken place already and are no change."""
    kept: list[Rename] = []
    met: set[tuple[str, str]] = set()
    for rename in speaking.renames:
        old, new = (known_body(connection, speaking.id, rename.list, id) for id in (rename.old, rename.new))
        fault = _find_fault(rename, speaking, is_twice=(rename.list, rename.old) in met)
        if fault is None and old is None and new is None:
            message = f"There is no {BY_NAME[rename.list].kind} called {rename.old!r} that could become {rename.new!r}."
            fault = RowProblem(("was",), message, "Leave `was` out, or write the id that it had.")
        met.add((rename.list, rename.old))
        if fault is not None:
            refuse(rename.place, fault)
        if rename.old != rename.new:
            (kept if old is not None else speaking.settled).append(rename)
    speaking.renames[:] = kept


def _find_fault(rename: Rename, speaking: Speaking, *, is_twice: bool) -> RowProblem | None:
    kind = BY_NAME[rename.list].kind
    if rename.old == rename.new:
        return RowProblem(("was",), f"The {kind} {rename.new!r} can't be its own former id.", "Leave `was` out.")
    if rename.old in speaking.places.ids(rename.list):
        message = f"The {kind} {rename.old!r} is in the files too."
        return RowProblem(("was",), message, "Leave its row out: this one takes its place.")
    if is_twice:
        return RowProblem(("was",), f"Two rows say that they were {rename.old!r}.", "Only one can take its place.")
    return None


def base_of(connection: Connection, speaking: Speaking, row: StagedRow) -> dict[str, Any] | None:
    """Return the body that a staged row changes: the known one, with what a former one adds."""
    base = row.known
    for rename in speaking.renames:
        if row.list == "waivers" and base is None:
            base = known_body(connection, speaking.id, "waivers", _former_waiver(row.id, rename))
        if (rename.list, rename.new) != (row.list, row.id):
            continue
        old = known_body(connection, speaking.id, rename.list, rename.old)
        if old is not None:
            base = _combine(rename, old, base)
    return base


def rename_in(speaking: Speaking, list_name: str, body: dict[str, Any]) -> dict[str, Any]:
    """Return a body of the files in which former ids are replaced."""
    for rename in (*speaking.renames, *speaking.settled):
        targets = _TARGETS.get(rename.list, ())
        body = rename_references(BY_NAME[list_name].record, body, targets, rename.old, rename.new)
    return body


def _combine(rename: Rename, old: dict[str, Any], new: dict[str, Any] | None) -> dict[str, Any]:
    spec = BY_NAME[rename.list]
    former = {**old, spec.key[0]: rename.new}
    if new is None:
        return former
    for name in _SAID_BY_ABSENCE.get(rename.list, ()):
        former.pop(name, None)
    merged = merge_bodies(former, new, spec)
    for name in ("aliases", "domains"):
        if rename.list == "vendors" and (both := {*old.get(name, ()), *new.get(name, ())}):
            merged[name] = sorted(both)
    if rename.list == "vendors" and old["name"] != merged["name"]:
        merged["aliases"] = sorted({*merged.get("aliases", ()), old["name"]})
    return merged


def follow(staging: Staging, speaking: Speaking, taxonomy: Taxonomy, refuse: Refuse) -> list[Change]:
    """Stage the removal of former rows, and every row that names them; return what changes in those."""
    touched: dict[tuple[str, str], dict[str, Any]] = {}
    for rename in speaking.renames:
        staging.put(speaking.id, rename.list, rename.old, "remove", None)
        _follow_waivers(staging, speaking, rename)
    for rename in (*speaking.renames, *speaking.settled):
        is_pending = rename in speaking.renames
        for list_name, id, body, seq in list(_naming(staging, speaking.id, rename.old, known=is_pending)):
            spec = IN_JOURNAL[list_name]
            renamed = rename_references(spec.record, body, _TARGETS.get(rename.list, ()), rename.old, rename.new)
            if renamed == body:
                continue
            if seq is None:
                touched[list_name, id] = body
                staging.put(speaking.id, list_name, id, "change", renamed)
            else:
                known = known_body(staging.connection, speaking.id, list_name, id)
                staging.settle([(seq, "add" if known is None else "change", renamed)])
            for problem in check_body(spec, renamed, taxonomy, district=speaking.id):
                message = f"The {spec.kind} {id!r} would be wrong then. {problem.message}"
                refuse(rename.place, RowProblem(("was",), message, problem.hint))
    return [_change_of(staging, speaking.id, key, body) for key, body in touched.items()]


def _change_of(staging: Staging, district: str, key: tuple[str, str], before: dict[str, Any]) -> Change:
    sql = "SELECT body FROM staged WHERE district = ? AND list = ? AND id = ? AND action = 'change'"
    [[body]] = fetch(staging.connection, sql, (district, *key))
    spec = IN_JOURNAL[key[0]]
    return Change(spec.kind, key[1], compare_bodies(spec.record, before, json.loads(body)))


def _naming(
    staging: Staging, district: str, id: str, *, known: bool
) -> Iterator[tuple[str, str, dict[str, Any], int | None]]:
    """Yield the rows that may name an id: list, id, body, and the staged row's number."""
    like = f'%"{id}"%'
    staged = "SELECT list, id, body, seq FROM staged WHERE district = ? AND action IN ('add', 'change') AND body LIKE ?"
    for list_name, row_id, body, seq in fetch(staging.connection, staged, (district, like)):
        yield list_name, row_id, json.loads(body), seq
    if not known:
        return
    sql = (
        "SELECT j.list, j.id, j.body FROM journal j WHERE j.district = ? AND j.retired_by IS NULL AND j.body LIKE ?"
        " AND NOT EXISTS (SELECT 1 FROM staged s WHERE s.district = j.district AND s.list = j.list AND s.id = j.id"
        " AND s.action <> 'same') ORDER BY j.list, j.id"
    )
    for list_name, row_id, body in fetch(staging.connection, sql, (district, like)):
        yield list_name, row_id, json.loads(body), None


def move_waivers(staging: Staging, speaking: Speaking) -> None:
    """Let the waivers of the files name new ids; call before the files are set against what is known."""
    for rename in (*speaking.renames, *speaking.settled):
        for id in speaking.places.ids("waivers"):
            moved = _new_waiver(staging.connection, speaking.id, id, rename)
            if moved is not None:
                staging.move_waiver(speaking.id, id, moved, is_there=moved in speaking.places.ids("waivers"))


def _follow_waivers(staging: Staging, speaking: Speaking, rename: Rename) -> None:
    """Stage new versions of the known waivers of a former row; where the new row has one already, that stays."""
    connection = staging.connection
    sql = "SELECT id, body FROM journal WHERE district = ? AND list = 'waivers' AND retired_by IS NULL ORDER BY id"
    for id, text in fetch(connection, sql, (speaking.id,)):
        moved = _new_waiver(connection, speaking.id, id, rename)
        if moved is None:
            continue
        staging.put(speaking.id, "waivers", id, "remove", None)
        staged = "SELECT 1 FROM staged WHERE district = ? AND list = 'waivers' AND id = ?"
        known = known_body(connection, speaking.id, "waivers", moved)
        if known is None and not fetch(connection, staged, (speaking.id, moved)):
            body = {**json.loads(text), "subject": moved.partition(":")[2]}
            staging.put(speaking.id, "waivers", moved, "add", body)


def _new_waiver(connection: Connection, district: str, id: str, rename: Rename) -> str | None:
    """Return the id that a waiver of a former row has from now on; None for a waiver of something else.

    A bare word that names a row of another list too is left alone: it may mean that one.
    """
    rule, _, subject = id.partition(":")
    kind = BY_NAME[rename.list].kind
    if subject == f"{kind}/{rename.old}":
        return f"{rule}:{kind}/{rename.new}"
    if subject != rename.old:
        return None
    sql = (
        "SELECT 1 FROM journal WHERE district = ? AND id = ? AND list <> ? AND list <> 'waivers' AND retired_by IS NULL"
    )
    is_other_too = bool(fetch(connection, sql, (district, rename.old, rename.list)))
    return None if is_other_too else f"{rule}:{rename.new}"


def _former_waiver(id: str, rename: Rename) -> str:
    """Return the id that a waiver of a renamed row had; its own where it is about something else."""
    rule, _, subject = id.partition(":")
    kind = BY_NAME[rename.list].kind
    former = {rename.new: rename.old, f"{kind}/{rename.new}": f"{kind}/{rename.old}"}
    return f"{rule}:{former.get(subject, subject)}"


def known_body(connection: Connection, district: str, list_name: str, id: str) -> dict[str, Any] | None:
    """Return what is known of a row; None where there is none."""
    sql = "SELECT body FROM journal WHERE district = ? AND list = ? AND id = ? AND retired_by IS NULL"
    rows = fetch(connection, sql, (district, list_name, id))
    found: dict[str, Any] | None = json.loads(rows[0][0]) if rows else None
    return found
