"""The record that 34 CFR 99.32 asks for: which flows need one, what it says, what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.law.bases import find_basis, members_of
from dataflows.reporting.disclosure_views import ReleaseView

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from dataflows.model.events import Release
    from dataflows.model.flows import Flow
    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.telling import Teller

_NEEDED = ("required", "required-with-contents")


def needs_record(snapshot: Snapshot, flow: Flow) -> bool | None:
    """Tell whether the law wants a disclosure written down; None where that can't be told.

    A further disclosure (99.33(b)) needs it where what came to its sender did (99.32(b)).
    """
    if flow.legal_basis is None:
        return None
    answers = {_needs(snapshot, flow, citation) for citation in members_of(flow.legal_basis) or (flow.legal_basis,)}
    return answers.pop() if len(answers) == 1 else None


def _needs(snapshot: Snapshot, flow: Flow, citation: str) -> bool | None:
    basis = find_basis(citation)
    if basis is None:
        return None
    if basis.record == "by-inbound-basis":
        inbound = [row for row in snapshot.all_flows.values() if row.receiver == flow.sender and row.id != flow.id]
        answers = {_needed_by(row) for row in inbound}
        return None if None in answers else True in answers
    return _needed_by(flow, citation)


def _needed_by(flow: Flow, citation: str | None = None) -> bool | None:
    basis = find_basis(citation or flow.legal_basis or "")
    if basis is None or basis.record == "unless-directory-information":
        return None
    return basis.record in _NEEDED


def tell_releases(flows: Iterable[Flow], teller: Teller) -> tuple[ReleaseView, ...]:
    """Return what is on record up to the day about flows that need it, or may, the newest first."""
    snapshot = teller.snapshot
    wanted = {flow.id: flow for flow in flows if needs_record(snapshot, flow) is not False}
    rows = [row for row in snapshot.releases.values() if row.flow in wanted and row.date <= snapshot.valid_on]
    rows.sort(key=lambda row: (-row.date.toordinal(), row.id))
    return tuple(_release(row, wanted[row.flow], teller) for row in rows)


def _release(row: Release, flow: Flow, teller: Teller) -> ReleaseView:
    return ReleaseView(
        party=teller.party(flow.receiver),
        others=_names([party for party in row.parties if party != flow.receiver], teller),
        date=row.date,
        requested_by=row.requested_by,
        interest=row.interest,
        threat=row.threat,
        redisclosed_to=_names(row.redisclosed_to, teller),
        may_redisclose=_names(row.may_redisclose, teller),
        refused=bool(row.refused),
    )


def _names(parties: Collection[str], teller: Teller) -> tuple[str, ...]:
    return tuple(sorted(teller.party(party) for party in parties))


def tell_unrecorded(flows: Iterable[Flow], teller: Teller) -> tuple[str, ...]:
    """Return who got what the law wants written down, with nothing on record by the day."""
    snapshot = teller.snapshot
    recorded = {row.flow for row in snapshot.releases.values() if row.date <= snapshot.valid_on and not row.refused}
    missing = {flow.receiver for flow in flows if flow.id not in recorded and needs_record(snapshot, flow)}
    return tuple(sorted(teller.party(party) for party in missing))
