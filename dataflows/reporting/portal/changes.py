"""What began, ended or was corrected between two days, as families read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dataflows.reporting.choices import purpose_of
from dataflows.reporting.portal.paths import sort_key
from dataflows.reporting.portal.public_fields import PUBLIC
from dataflows.reporting.portal.site_views import ChangeView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataflows.model.flows import Flow
    from dataflows.reporting.portal.parties import PartyTeller


@dataclass(frozen=True, slots=True)
class Changes:
    """The flows that `diff` names between two days, by id."""

    start: date
    end: date
    added: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    changed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Corrected flows, each with the fields that were."""

    @property
    def flows(self) -> frozenset[str]:
        """Return every flow of which something changed."""
        return frozenset((*self.added, *self.ended, *(flow for flow, _ in self.changed)))


def tell_changes(changes: Changes, parties: PartyTeller) -> tuple[ChangeView, ...]:
    """Return what changed, the newest first; what was corrected inside alone is left out."""
    corrected = [flow for flow, fields in changes.changed if any(_is_public(field) for field in fields)]
    found = [
        *_views("began", changes.added, changes, parties),
        *_views("ended", changes.ended, changes, parties),
        *_views("corrected", corrected, changes, parties),
    ]
    named = sorted(found, key=lambda view: (sort_key(view.name), view.what, view.flow))
    return tuple(sorted(named, key=lambda view: view.day or date.min, reverse=True))


def _views(what: str, ids: Iterable[str], changes: Changes, parties: PartyTeller) -> Iterable[ChangeView]:
    snapshot = parties.facts.snapshot
    other_day = {"began": changes.start, "ended": changes.end}.get(what)
    others = {flow.receiver for flow in snapshot.all_flows.values() if other_day and other_day in flow.period}
    for id in ids:
        flow = snapshot.all_flows.get(id)
        if flow is not None and not snapshot.is_source(flow.receiver):
            yield _view(what, flow, parties, is_part=flow.receiver in others)


def _view(what: str, flow: Flow, parties: PartyTeller, *, is_part: bool) -> ChangeView:
    teller = parties.teller
    row = parties.rows.get(flow.receiver)
    return ChangeView(
        what=what,
        is_part=is_part,
        day={"began": flow.starts, "ended": flow.ends}.get(what),
        flow=flow.id,
        name=row.name if row else teller.party(flow.receiver),
        href=row.href if row else None,
        elements=tuple(teller.element(id) for id in teller.elements(flow.elements)),
        purpose=purpose_of(flow, teller),
        audience=teller.audience(flow.audience),
    )


def _is_public(field: str) -> bool:
    """Tell whether a field that was corrected, such as `opt_out.how`, is one that the site shows."""
    return any(name == field or name.startswith(f"{field}.") for name in PUBLIC["flows"])
