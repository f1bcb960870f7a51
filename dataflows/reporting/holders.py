"""What is told of one party that gets data, or that got it and may still have it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dataflows.graph.edges import NEVER
from dataflows.law.bases import basis_groups, find_basis, format_citation
from dataflows.model.parties import STUDENTS
from dataflows.model.periods import last_kept_day
from dataflows.reporting.choices import consents_of, opt_outs_of, purpose_of, purposes_of
from dataflows.reporting.disclosure_views import (
    AgreementView,
    BasisView,
    HolderView,
    KeptUseView,
    UseView,
    WayView,
)
from dataflows.reporting.views import PurposeView

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from dataflows.graph.standing import Standing
    from dataflows.model.flows import Flow
    from dataflows.reporting.concerned import Concerned
    from dataflows.reporting.district_texts import Told
    from dataflows.reporting.telling import Teller
    from dataflows.reporting.views import AudienceView, ElementView


class HolderTeller:
    """Tells of each party what comes to it and what it keeps, from what stands where on the day."""

    def __init__(self, teller: Teller, concerned: Concerned, *, is_narrowed: bool) -> None:
        self.is_narrowed = is_narrowed
        self._teller = teller
        self._snapshot = teller.snapshot
        self._search = concerned.search
        self.getting: dict[str, list[Standing]] = {}
        """By party, by which flows data comes to it."""
        self.keeping: dict[str, list[Standing]] = {}
        """By party, by which flows data came that it may still have and gets no more."""
        self._leaving: dict[str, list[Standing]] = {}
        for item in concerned.standings:
            if item.coming:
                self.getting.setdefault(item.edge.receiver, []).append(item)
                self._leaving.setdefault(item.edge.sender, []).append(item)
            if item.kept:
                self.keeping.setdefault(item.edge.receiver, []).append(item)

    def is_direct(self, party: str) -> bool:
        """Tell whether something comes to a party from the district or its students."""
        return any(item.edge.sender in self._search.sources for item in self.getting[party])

    def holder(self, party: str, only: Collection[str] | None = None) -> HolderView:
        """Return what is told of a party, by all flows or by `only` these."""
        teller = self._teller
        coming, keeping = (
            [item for item in items.get(party, ()) if only is None or item.edge.flow in only]
            for items in (self.getting, self.keeping)
        )
        flows = [self._snapshot.all_flows[item.edge.flow] for item in coming]
        told_of = flows or [self._snapshot.all_flows[item.edge.flow] for item in keeping]
        return HolderView(
            name=teller.party(party),
            full_name=self._snapshot.name_of(party),
            is_company=party in self._snapshot.vendors,
            uses=self._uses(coming),
            passed_on=self._passed_on(party, coming),
            bases=self._bases(told_of),
            agreements=self._agreements(party, told_of),
            opt_outs=opt_outs_of(flows, teller),
            consents=consents_of(flows, teller),
            keeps_days=tuple(dict.fromkeys(flow.retention_days for flow in flows)),
            kept=self._kept(keeping),
        )

    def _elements(self, bits: int) -> tuple[ElementView, ...]:
        ids = self._teller.elements(self._search.elements_in(bits))
        return tuple(self._teller.element(id) for id in ids)

    def _uses(self, coming: Iterable[Standing]) -> tuple[UseView, ...]:
        """Put together what comes for the same purpose, so that each kind of data is told once."""
        found: dict[Told | None, tuple[int, list[WayView], list[AudienceView]]] = {}
        for item in coming:
            flow = self._snapshot.all_flows[item.edge.flow]
            purpose = purpose_of(flow, self._teller)
            bits, ways, audiences = found.setdefault(purpose, (0, [], []))
            found[purpose] = (bits | item.coming, ways, audiences)
            ways.append(self._way(flow))
            audiences.append(self._teller.audience(flow.audience))
        return tuple(
            UseView(purpose, self._elements(bits), tuple(dict.fromkeys(ways)), self._whose(audiences))
            for purpose, (bits, ways, audiences) in found.items()
        )

    def _whose(self, audiences: Sequence[AudienceView]) -> tuple[AudienceView, ...]:
        if self.is_narrowed or any(audience.is_all for audience in audiences):
            return ()
        return tuple(dict.fromkeys(audiences))

    def _way(self, flow: Flow) -> WayView:
        sender = self._snapshot.sender_of(flow)
        kind = "students" if sender == STUDENTS else "district" if self._snapshot.is_source(sender) else "other"
        carrier = self._teller.party(flow.via) if flow.via else None
        return WayView(flow.how.value, kind, self._teller.party(sender), carrier, sender)

    def _passed_on(self, party: str, items: Iterable[Standing]) -> tuple[PurposeView, ...]:
        """Return to whom anything goes on, down the whole chain; each element is followed by itself."""
        start = 0
        for item in items:
            start |= item.coming
        has, waiting = {party: start}, [(party, start)]
        purposes: dict[str, dict[Told, None]] = {}
        while waiting:
            sender, bits = waiting.pop(0)
            for edge, coming, _ in self._leaving.get(sender, ()):
                moved = coming & bits
                if not moved or edge.receiver == party:
                    continue
                purpose = purpose_of(self._snapshot.all_flows[edge.flow], self._teller)
                purposes.setdefault(edge.receiver, {}).update({purpose: None} if purpose else {})
                fresh = moved & ~has.get(edge.receiver, 0)
                has[edge.receiver] = has.get(edge.receiver, 0) | fresh
                if fresh:
                    waiting.append((edge.receiver, fresh))
        views = (PurposeView(self._teller.party(other), tuple(told), other) for other, told in purposes.items())
        return tuple(sorted(views, key=lambda view: (view.party.casefold(), view.party)))

    def _bases(self, flows: Sequence[Flow]) -> tuple[BasisView, ...]:
        found: dict[tuple[str | None, str | None], list[Flow]] = {}
        for flow in flows:
            found.setdefault((flow.legal_basis, flow.onward_basis), []).append(flow)
        return tuple(
            _basis(basis, onward, () if len(found) == 1 else purposes_of(grouped, self._teller), self._teller)
            for (basis, onward), grouped in found.items()
        )

    def _agreements(self, party: str, flows: Iterable[Flow]) -> tuple[AgreementView, ...]:
        found = (self._snapshot.agreement_of(flow) for flow in flows)
        named = {row.id: row for row in found if row}
        return tuple(
            AgreementView(
                row.expires,
                has_ended=row.period.ended_by(self._snapshot.valid_on),
                url=row.document_url,
                partner=None if row.vendor == party else self._teller.party(row.vendor),
                deletion_days=row.terms.deletion_days,
            )
            for row in named.values()
        )

    def _kept(self, keeping: Iterable[Standing]) -> tuple[KeptUseView, ...]:
        found: dict[tuple[Told | None, date | None, date | None, date | None], int] = {}
        for item in keeping:
            flow = self._snapshot.all_flows[item.edge.flow]
            until = item.edge.kept_until()
            key = (
                purpose_of(flow, self._teller),
                flow.ends if flow.period.ended_by(self._snapshot.valid_on) else None,
                None if until == NEVER else date.fromisoformat(until),
                self._deletion_due(flow),
            )
            found[key] = found.get(key, 0) | item.kept
        return tuple(KeptUseView(key[0], self._elements(bits), *key[1:]) for key, bits in found.items())

    def _deletion_due(self, flow: Flow) -> date | None:
        """Return the day by which the agreement wanted it deleted, where that day is over."""
        agreement = self._snapshot.agreement_of(flow)
        if agreement is None or agreement.terms.deletion_days is None or not flow.ends:
            return None
        day = last_kept_day(flow.ends, agreement.terms.deletion_days)
        return day if day < self._snapshot.valid_on else None


def _basis(citation: str | None, onward: str | None, purposes: tuple[Told, ...], teller: Teller) -> BasisView:
    if citation is None:
        return BasisView(None, purposes=purposes)
    basis = find_basis(citation)
    if basis is None:
        group = basis_groups().get(citation)
        title = teller.law(citation, group.title) if group else None
        return BasisView(format_citation(citation), title=title, purposes=purposes)
    further = find_basis(onward) if onward else None
    # What is no education record is permitted by no paragraph: its definition is cited.
    paragraph = citation if citation[:1].isdigit() else basis.record_cite
    return BasisView(
        format_citation(paragraph),
        families=teller.law(citation, basis.families),
        title=basis.title,
        is_certain=basis.certain and (further is None or further.certain),
        onward=teller.law(further.citation, further.families) if further else None,
        purposes=purposes,
    )
