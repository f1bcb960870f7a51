"""What a family can say no to, and what waits for its consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.reporting.views import ConsentView, OptOutView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dataflows.model.flows import Flow
    from dataflows.reporting.district_texts import Told
    from dataflows.reporting.telling import Teller


def purpose_of(flow: Flow, teller: Teller) -> Told | None:
    """Return what a flow is for, in the district's words."""
    return teller.tell_if(f"flows.{flow.id}.purpose", flow.purpose)


def purposes_of(flows: Iterable[Flow], teller: Teller) -> tuple[Told, ...]:
    """Return each purpose once, in the order of the flows."""
    return tuple(dict.fromkeys(purpose for flow in flows if (purpose := purpose_of(flow, teller))))


def opt_outs_of(flows: Sequence[Flow], teller: Teller) -> tuple[OptOutView, ...]:
    """Return what is known about opting out, what may be refused first."""
    found: dict[tuple[bool, Told | None, str | None], list[Flow]] = {}
    for flow in flows:
        if flow.opt_out.allowed is not None:
            how = teller.tell_if(f"flows.{flow.id}.opt_out.how", flow.opt_out.how)
            found.setdefault((flow.opt_out.allowed, how, flow.opt_out.contact), []).append(flow)
    is_only = len(found) == 1
    return tuple(
        OptOutView(
            allowed,
            how if allowed else None,
            teller.contact(role) if allowed else None,
            () if is_only else purposes_of(grouped, teller),
        )
        for (allowed, how, role), grouped in sorted(found.items(), key=lambda item: not item[0][0])
    )


def consents_of(flows: Sequence[Flow], teller: Teller) -> tuple[ConsentView, ...]:
    """Return which uses wait for a signed consent."""
    found: dict[str | None, list[Flow]] = {}
    for flow in flows:
        if flow.consent is not None and flow.consent.needed:
            found.setdefault(flow.consent.form_url, []).append(flow)
    is_all = len(found) == 1 and all(flow.consent for flow in flows)
    return tuple(ConsentView(url, () if is_all else purposes_of(grouped, teller)) for url, grouped in found.items())
