"""What of a catalog the portal's maps and open data still tell on a day: nothing that is over and gone.

Who no longer gets data and may still hold some is told, and until when.  Once that time is over, or
the deletion is proven, neither the flow is told nor, where it had no other, its receiver.  The pages
are made from all flows all the same: what one party has deleted, another may have got from it and kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.graph.network import edges_of
from dataflows.reporting.vendor_states import takes_no_data

if TYPE_CHECKING:
    from collections.abc import Collection

    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.portal.public_fields import Bodies


def still_told(bodies: Bodies, snapshot: Snapshot, changed: Collection[str]) -> Bodies:
    """Return the rows without what is over and gone; `changed` are flows that the site tells as changes."""
    day = snapshot.valid_on.isoformat()
    over = {edge.flow for edge in edges_of(snapshot) if edge.kept_until() < day} - set(changed)
    gone = _parties(snapshot, over) - _parties(snapshot, snapshot.all_flows.keys() - over)
    gone = {id for id in gone if id not in snapshot.vendors or not takes_no_data(snapshot.vendors[id])}
    left_out = {
        "flows": over,
        "vendors": gone,
        "parties": gone,
        "agreements": {row.id for row in snapshot.agreements.values() if row.vendor in gone},
    }
    return {name: [row for row in rows if row[0] not in left_out.get(name, ())] for name, rows in bodies.items()}


def _parties(snapshot: Snapshot, flows: Collection[str]) -> set[str]:
    """Return who has a part in some flows, but for the district and its students."""
    rows = [snapshot.all_flows[id] for id in flows]
    found = {party for flow in rows for party in (snapshot.sender_of(flow), flow.receiver, flow.via) if party}
    return {party for party in found if not snapshot.is_source(party)}
