"""Who gets what certain flows carry, as the notices on directory information and recruiters name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.reporting.choices import purposes_of
from dataflows.reporting.views import PurposeView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataflows.model.flows import Flow
    from dataflows.reporting.telling import Teller


def receivers_of(flows: Iterable[Flow], teller: Teller) -> tuple[PurposeView, ...]:
    """Return who gets what flows carry, and why, by name."""
    found: dict[str, list[Flow]] = {}
    for flow in flows:
        found.setdefault(flow.receiver, []).append(flow)
    named = (PurposeView(teller.party(party), purposes_of(into, teller)) for party, into in found.items())
    return tuple(sorted(named, key=lambda view: (view.party.casefold(), view.party)))
