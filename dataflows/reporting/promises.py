"""Which terms of an agreement are told to families, in the order in which they matter to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.reporting.views import PromiseView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dataflows.model.agreements import Agreement, Terms
    from dataflows.model.flows import Flow
    from dataflows.model.parties import Vendor
    from dataflows.model.snapshot import Snapshot

_TOLD = (
    "use_limited_to_purpose",
    "direct_control",
    "redisclosure_prohibited",
    "sale_prohibited",
    "advertising_prohibited",
    "profiling_limited",
    "ai_training_prohibited",
    "encryption_in_transit",
    "encryption_at_rest",
    "breach_notice_hours",
    "deletion_days",
    "deletion_certified",
    "parent_access_days",
    "audit_right",
)


def find_promises(
    snapshot: Snapshot, vendor: Vendor, flows: Iterable[Flow]
) -> tuple[Sequence[Agreement], tuple[PromiseView, ...]]:
    """Return the vendor's agreements that hold on the day for the flows, and what all of them promise."""
    named = {flow.agreement for flow in flows}
    holding = [
        agreement
        for agreement in snapshot.agreements.values()
        if agreement.id in named and agreement.vendor == vendor.id and snapshot.valid_on in agreement.period
    ]
    if not holding:
        return (), ()
    first, *others = (_promises(agreement.terms) for agreement in holding)
    return holding, tuple(promise for promise in first if all(promise in other for other in others))


def _promises(terms: Terms) -> list[PromiseView]:
    found: list[PromiseView] = []
    for name in _TOLD:
        value = getattr(terms, name)
        if value is True:
            found.append(PromiseView(name))
        elif isinstance(value, int) and value is not False:
            found.append(PromiseView(name, value))
        elif name == "advertising_prohibited" and value in ("all", "targeted"):
            found.append(PromiseView(f"{name}_{value}"))
    return found
