"""What is wrong only across rows: another vendor's agreement, an id in two lists, cycles, loose ends."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Protocol

from dataflows.catalog.bulk import chunks, fetch
from dataflows.catalog.snapshots import stream_bodies
from dataflows.law.states import fits_state, states, states_of_nces_id
from dataflows.model.bodies import RowProblem, find_references
from dataflows.model.lists import BY_NAME, IN_JOURNAL, PARTY_LISTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dataflows.actions.row_places import Place
    from dataflows.actions.speaking import Speaking
    from dataflows.catalog.database import Connection
    from dataflows.catalog.staging import Staging
    from dataflows.model.taxonomy import Taxonomy


class Refuse(Protocol):
    """Records a problem of a row of a file."""

    def __call__(self, place: Place, problem: RowProblem) -> None:
        """Record it."""


def check_agreements(connection: Connection, speaking: Speaking, refuse: Refuse) -> None:
    """Refuse flows that name an agreement with neither of their ends."""
    check = speaking.agreements
    known = _vendors_of(connection, speaking.id, {agreement for _p, agreement, _s, _r in check.doubtful})
    became = _new_parties(speaking)
    former = {rename.new: rename.old for rename in speaking.renames if rename.list == "agreements"}
    known |= _vendors_of(connection, speaking.id, set(former.values()))
    for place, agreement, sender, receiver in check.doubtful:
        vendor = check.vendors.get(agreement) or known.get(agreement) or known.get(former.get(agreement, ""))
        ends = {became.get(party, party) for party in (sender, receiver)}
        if vendor is not None and became.get(vendor, vendor) not in ends:
            message = f"Agreement {agreement!r} is with {vendor!r}, which neither sends nor receives this flow."
            hint = f"Name an agreement with {receiver!r}" + (f" or {sender!r}." if sender != speaking.id else ".")
            refuse(place, RowProblem(("agreement",), message, hint))
    _check_flows_of_changed(connection, speaking, refuse)


def _new_parties(speaking: Speaking) -> dict[str, str]:
    """Return the ids of renamed parties by their former ones."""
    renames = (*speaking.renames, *speaking.settled)
    return {rename.old: rename.new for rename in renames if rename.list in PARTY_LISTS}


def _vendors_of(connection: Connection, district: str, agreements: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for chunk in chunks(sorted(agreements), 500):
        marks = ", ".join("?" * len(chunk))
        sql = f"SELECT id, vendor FROM agreements WHERE district = ? AND id IN ({marks})"  # noqa: S608
        found |= {row[0]: row[1] for row in fetch(connection, sql, (district, *chunk))}
    return found


def _check_flows_of_changed(connection: Connection, speaking: Speaking, refuse: Refuse) -> None:
    """Refuse to hand an agreement to another party while known flows rest on it."""
    known = _vendors_of(connection, speaking.id, set(speaking.agreements.vendors))
    became = _new_parties(speaking)
    for agreement, vendor in speaking.agreements.vendors.items():
        before = known.get(agreement, vendor)
        if became.get(before, before) == became.get(vendor, vendor):
            continue
        sql = "SELECT id FROM flows WHERE district = ? AND agreement = ? AND sender <> ? AND receiver <> ? ORDER BY id"
        flows = [row[0] for row in fetch(connection, sql, (speaking.id, agreement, vendor, vendor))]
        loose = [id for id in flows if id not in speaking.places.ids("flows")]
        if loose:
            message = f"Flow {loose[0]!r} rests on agreement {agreement!r}, but does not go to or from {vendor!r}."
            refuse(
                speaking.places.get("agreements", agreement), RowProblem(("vendor",), message, "Change the flow too.")
            )


def check_shared_ids(staging: Staging, speaking: Speaking, refuse: Refuse) -> None:
    """Refuse a new vendor or party whose id another kind of party has already."""
    sql = (
        "SELECT s.list, s.id, j.list FROM staged s JOIN journal j ON j.district = s.district AND j.id = s.id"
        " AND j.list <> s.list AND j.retired_by IS NULL AND j.list IN ('district', 'vendors', 'parties')"
        " WHERE s.district = ? AND s.action = 'add' AND s.list IN ('vendors', 'parties') AND NOT EXISTS (SELECT 1 FROM"
        " staged r WHERE r.district = j.district AND r.list = j.list AND r.id = j.id AND r.action = 'remove')"
    )
    for list_name, id, other in fetch(staging.connection, sql, (speaking.id,)):
        message = f"The id {id!r} is there already, in {other}."
        place = speaking.places.get(list_name, id)
        refuse(place, RowProblem(("id",), message, f"{', '.join(PARTY_LISTS)} share their ids; choose another."))


def check_cycles(staging: Staging, speaking: Speaking, taxonomy: Taxonomy, refuse: Refuse) -> None:
    """Refuse elements that are broader than themselves, over however many steps."""
    own = speaking.places.ids("elements")
    if not own:
        return
    broader = {element.id: element.broader for element in taxonomy.elements.values()}
    for list_name, id, body in _final_bodies(staging, speaking.id):
        if list_name == "elements" and id not in taxonomy:
            broader[id] = body.get("broader")
    for id in own:
        chain, current = [id], broader.get(id)
        while current is not None and current not in chain:
            chain.append(current)
            current = broader.get(current)
        if current == id:
            message = f"The element {id!r} is broader than itself: {' < '.join((*chain, id))}."
            refuse(speaking.places.get("elements", id), RowProblem(("broader",), message, "Break the circle."))


def check_dangling(
    staging: Staging, speaking: Speaking, taxonomy: Taxonomy, refuse: Callable[[str, str | None], None]
) -> None:
    """Refuse to remove a row that another one still names."""
    removed = _ids_of(staging, speaking.id, "remove")
    if not removed:
        return
    vendors = removed.get("vendor", set())
    removed["party"] = (removed["party"] | vendors) - _ids_of(staging, speaking.id, "add")["party"]
    removed["element"] -= set(taxonomy.elements)
    for list_name, id, body in _final_bodies(staging, speaking.id):
        spec = IN_JOURNAL[list_name]
        for _path, target, key in find_references(spec.record, body):
            if key in removed.get(target, ()):
                kind = "vendor" if target == "party" and key in vendors else target
                message = f"The {kind} {key!r} would be removed, but the {spec.kind} {id!r} still names it."
                refuse(message, f"Change or remove the {spec.kind} too, or keep the {kind}.")


def _ids_of(staging: Staging, district: str, action: str) -> defaultdict[str, set[str]]:
    """Return the ids of the staged rows with an action by what refers to them; a vendor is a party too."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for where, list_name, id in staging.ids(action):
        if where == district and list_name in _TARGETS:
            found[_TARGETS[list_name]].add(id)
    if action == "add":
        found["party"] |= found["vendor"]
    return found


_TARGETS = {
    "vendors": "vendor",
    "parties": "party",
    "schools": "school",
    "elements": "element",
    "agreements": "agreement",
    "flows": "flow",
}


def _final_bodies(staging: Staging, district: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield every row as it would be after the plan: list, id and body."""
    sql = "SELECT list, id, action, body FROM staged WHERE district = ?"
    staged = {(row[0], row[1]): (row[2], row[3]) for row in fetch(staging.connection, sql, (district,))}
    for list_name, id, body in stream_bodies(staging.connection, district):
        action, _new = staged.get((list_name, id), ("same", None))
        if action == "same":
            yield list_name, id, json.loads(body)
    for (list_name, id), (action, body) in staged.items():
        if action in ("add", "change"):
            yield list_name, id, json.loads(body)


def find_odd_state(said: dict[str, Any]) -> Iterator[str]:
    """Say where a district's state is none, or its NCES id is one of another state."""
    code, nces_id = said.get("state"), said.get("nces_id")
    if code and code not in states():
        yield f"There is no state or territory with the postal code {code!r}, so no state's law will be looked up."
    elif code and nces_id and not fits_state(nces_id, code):
        owners = ", ".join(state.name for state in states_of_nces_id(nces_id)) or "no state"
        yield f"The NCES id {nces_id} is one of {owners}, but the district's state is {code}. One of them is wrong."


def find_moved_sources(connection: Connection, district: str) -> list[str]:
    """Say which rows were adopted from another district's row that has changed since."""
    notes = []
    sql = (
        "SELECT list, id, body FROM journal WHERE district = ? AND list IN ('vendors', 'agreements')"
        " AND retired_by IS NULL AND body LIKE ? ORDER BY list, id"
    )
    for list_name, id, body in fetch(connection, sql, (district, '%"adopted_from"%')):
        origin = json.loads(body).get("adopted_from") or {}
        source = (origin.get("district"), list_name, origin.get("id") or id)
        now = "SELECT sha256 FROM journal WHERE district = ? AND list = ? AND id = ? AND retired_by IS NULL"
        rows = fetch(connection, now, source)
        kind = BY_NAME[list_name].kind
        if rows and not origin.get("digest"):
            notes.append(
                f"The {kind} {id!r} was adopted from {source[0]}/{source[2]}, but not which version of it. To be told"
                f" when that changes, write its digest into `adopted_from`: {rows[0][0]}."
            )
        if origin.get("digest") and rows and not rows[0][0].startswith(origin["digest"].removeprefix("sha256:")):
            notes.append(
                f"The {kind} {id!r} was adopted from {source[0]}/{source[2]}, which has changed since: its digest is"
                f" now {rows[0][0]}."
            )
    return notes
