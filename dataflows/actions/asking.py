"""Questions that go to the catalog itself: a snapshot for most, one indexed query for `holds`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.catalog.database import connect
from dataflows.catalog.edges import read_element_bodies, read_flows_carrying, read_party_names
from dataflows.catalog.snapshots import choose_district, entry_known_at, log_begins, read_bodies, read_ids
from dataflows.law.taxonomy import builtin_taxonomy

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from dataflows.actions.holds import Holds
    from dataflows.catalog.database import Address
    from dataflows.model.snapshot import Snapshot

_STUDENTS = "students"


def ask_holds(address: Address, words: Sequence[str], district: str | None, day: date) -> Holds:
    """Say who holds and who retains the elements that words name; raises UnknownIdError."""
    from dataflows.actions.holds import answer_holds, resolve_words
    from dataflows.graph.edges import Edge

    with connect(address) as connection:
        chosen = choose_district(connection, district)
        taxonomy = builtin_taxonomy()
        if bodies := read_element_bodies(connection, chosen):
            taxonomy = taxonomy.with_bodies(bodies)
        elements = resolve_words(taxonomy, words)
        wanted = {near for element in elements for near in taxonomy.broader_than(element)}
        wanted |= {near for element in elements for near in taxonomy.narrower_than(element)}
        edges = [Edge(*row) for row in read_flows_carrying(connection, chosen, wanted)]
        names = read_party_names(connection, chosen, {edge.receiver for edge in edges})
    return answer_holds(
        edges,
        elements,
        taxonomy=taxonomy,
        sources=(chosen, _STUDENTS),
        day=day,
        name_of=lambda party: names.get(party, party),
    )


def list_ids(address: Address, lists: Sequence[str], begun: str, most: int) -> list[str]:
    """Return at most so many ids that begin so, in these lists or in all, for a shell's completion."""
    with connect(address) as connection:
        return read_ids(connection, lists, begun, most)


def ask_log_begins(address: Address, district: str | None) -> datetime | None:
    """Return the moment of the first entry of a district's log."""
    with connect(address) as connection:
        return log_begins(connection, choose_district(connection, district))


def read_snapshot(address: Address, district: str | None, valid_on: date, known_at: datetime | None = None) -> Snapshot:
    """Return the catalog of one district on a day, as known now or at a moment."""
    from dataflows.model.snapshot import build_snapshot

    with connect(address) as connection:
        chosen = choose_district(connection, district)
        entry = entry_known_at(connection, chosen, known_at) if known_at else None
        bodies = read_bodies(connection, chosen, entry)
    return build_snapshot(bodies, taxonomy=builtin_taxonomy(), valid_on=valid_on, known_at=known_at)
