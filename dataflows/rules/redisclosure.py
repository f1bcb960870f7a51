"""The redisclosure family: may a receiver pass on what it got, and to this party?

Whoever gets data may pass it on only with consent, or on the district's behalf under 99.33(b), and
each further disclosure must itself rest on 99.31.  A few bases are free of this (99.33(c)).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.model.parties import STUDENTS
from dataflows.model.periods import Period
from dataflows.rules.base import INFO, Fault, lacks, rule
from dataflows.rules.case import AUDIT, CONSENT, CONTRACTOR, ONWARD, STUDY, is_below
from dataflows.rules.demands import find_ban, raised
from dataflows.rules.settings import days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.model.agreements import Agreement
    from dataflows.model.flows import Flow
    from dataflows.rules.case import Case

AGENT = "99.33(a)(2)"
CHILD_WELFARE = "20-USC-1232g(b)(1)(L)"
_PERMIT_ONWARD = ("99.33", CONSENT, "99.31(a)(9)", "99.31(a)(12)", "99.31(b)", "not-education-record")
"""Bases on which a receiver may itself disclose; 99.31(a)(12) is a parent's own data, given for the district."""
_FROM_STUDY = ("99.31(b)", CONSENT, "99.31(a)(9)", AGENT)
_SERVING = frozenset({"hosting", "security", "support"})
_EDUCATION = frozenset({"instruction", "assessment", "support", "communication", "transport", "meals", "health"})


def _is_free(case: Case, flow: Flow) -> bool:
    basis = case.basis_of(flow)
    return basis is not None and basis.redisclosure == "free"


@rule("RED-001")
def redisclosure_without_authority(case: Case) -> Iterator[Fault]:
    """Vendors and researchers that pass data on, on a basis that permits no redisclosure; none at all is BAS-001's."""
    for flow in case.onward:
        if not flow.legal_basis or is_below(flow.legal_basis, *_PERMIT_ONWARD):
            continue
        sender = case.sender_of(flow)
        inbound = case.inbound(flow)
        if case.kind_of(sender) in ("vendor", "researcher") and not (
            inbound and all(_is_free(case, i) for i in inbound)
        ):
            yield Fault(flow)


@rule("RED-002")
def onward_basis_unstated(case: Case) -> Iterator[Fault]:
    """99.33(b) is never a basis alone: the further disclosure must itself meet 99.31."""
    for flow in case.on(ONWARD):
        if not flow.onward_basis and flow.sender not in (None, case.district.id, STUDENTS):
            yield Fault(flow)


@rule("RED-003")
def passing_on_more_than_received(case: Case) -> Iterator[Fault]:
    """Elements passed on that nothing in force brings to the sender; nothing at all is RED-004's."""
    for flow in case.onward:
        arriving = case.arriving(case.sender_of(flow))
        got = {element for other in arriving for element in other.elements}
        beyond = tuple(id for id in flow.elements if not case.shares((id,), got))
        if arriving and beyond:
            yield Fault(flow, elements=beyond)


@rule("RED-004")
def redisclosure_outliving_source(case: Case) -> Iterator[Fault]:
    """What goes on after the sender itself gets nothing any more."""
    for flow in case.onward:
        sender = case.sender_of(flow)
        if not case.arriving(sender):
            ends = [other.ends for other in case.all_flows.values() if other.receiver == sender and other.ends]
            yield Fault(flow, last=max(ends, default=None))


@rule("RED-005")
def redisclosure_for_another_purpose(case: Case) -> Iterator[Fault]:
    """A purpose for which the sender did not get the data, and that does not serve the same work."""
    for flow in case.onward:
        kinds = {other.purpose_kind for other in case.inbound(flow)}
        differs = kinds and kinds.isdisjoint({None, flow.purpose_kind})
        if flow.purpose_kind and flow.purpose_kind not in _SERVING and differs:
            yield Fault(flow, kind=flow.purpose_kind, kinds=tuple(sorted(str(kind) for kind in kinds)))


def _agreements_for(case: Case, flow: Flow) -> list[Agreement]:
    """Return the agreements under which the sender of a redisclosure got the data, and the flow's own."""
    found = [case.agreement_of(other) for other in (flow, *case.inbound(flow))]
    return list({agreement.id: agreement for agreement in found if agreement}.values())


def _is_named(case: Case, flow: Flow) -> bool:
    return any(flow.receiver in (agreement.subprocessors or ()) for agreement in _agreements_for(case, flow))


@rule("RED-006")
def unlisted_subprocessor(case: Case) -> Iterator[Fault]:
    """The agreement bars redisclosure and does not name this party."""
    for flow in case.onward:
        agreements = _agreements_for(case, flow)
        barring = [agreement.id for agreement in agreements if agreement.terms.redisclosure_prohibited]
        if barring and not _is_named(case, flow) and flow.receiver not in {a.vendor for a in agreements}:
            ban = find_ban(case, "re-disclosure", case.sender_of(flow))
            yield Fault(flow, agreements=tuple(barring), **raised(ban, "99.33(a)(1)"))


def _passed_on_under(case: Case, paragraph: str) -> Iterator[tuple[Flow, list[Flow]]]:
    """Yield each redisclosure of data that came in on a basis, with the flows that brought it."""
    for flow in case.onward:
        inbound = [other for other in case.inbound(flow) if is_below(other.legal_basis or "", paragraph)]
        if inbound:
            yield flow, inbound


@rule("RED-007")
def onward_parties_unrecorded(case: Case) -> Iterator[Fault]:
    """The record of a disclosure names those to whom it went on; a record that is not there is REC-001's."""
    for flow in case.on(ONWARD):
        for other in case.inbound(flow) if case.sender_of(flow) != case.district.id else ():
            basis = case.basis_of(other)
            records = case.releases_of(other)
            if basis is None or not basis.record.startswith("required") or not records:
                continue
            if not any(flow.receiver in (*record.redisclosed_to, *record.may_redisclose) for record in records):
                severity = INFO if is_below(basis.citation, AUDIT) else None
                yield Fault(flow, severity=severity, record=records[-1].id)
                break


@rule("RED-008")
def subprocessors_unnamed(case: Case) -> Iterator[Fault]:
    """Nothing in the catalog names the party to which a contractor passes data on."""
    for flow in case.on(ONWARD):
        from_contractor = any(other.legal_basis == CONTRACTOR for other in case.inbound(flow))
        if from_contractor and not _is_named(case, flow):
            ban = find_ban(case, "re-disclosure", case.sender_of(flow))
            yield Fault(flow, **raised(ban, "99.33(b)(1)(ii)(A)"))


@rule("RED-009")
def recipient_uninformed_of_limits(case: Case) -> Iterator[Fault]:
    """The district must tell a receiver that it may not pass data on; contractors' agreements are AGR-003's."""
    for flow in case.disclosures:
        basis = case.basis_of(flow)
        if flow.sender not in (None, case.district.id) or basis is None or not basis.tell_recipient_of_limits:
            continue
        agreement = case.agreement_of(flow)
        told = agreement and not (lacks(agreement, "redisclosure_prohibited") and lacks(agreement, "safeguards_policy"))
        if basis.citation not in (CONTRACTOR, ONWARD, AGENT) and not told and not flow.recipient_told:
            yield Fault(flow)


@rule("RED-010")
def consent_stretched_to_others(case: Case) -> Iterator[Fault]:
    """Consent names the party or class of parties: it reaches nobody else."""
    for flow, inbound in _passed_on_under(case, CONSENT):
        for other in inbound:
            agreement = case.agreement_of(other)
            named = agreement.terms.consent_parties if agreement else ()
            if named and flow.receiver not in named and flow.legal_basis != CONSENT:
                yield Fault(flow, agreement=other.agreement)
                break


@rule("RED-011")
def study_data_passed_on(case: Case) -> Iterator[Fault]:
    """Nobody but the organization that does the study may see who the students are."""
    for flow, _inbound in _passed_on_under(case, STUDY):
        if not is_below(flow.legal_basis or "", *_FROM_STUDY):
            yield Fault(flow)


@rule("RED-012")
def audit_data_passed_on(case: Case) -> Iterator[Fault]:
    """A representative gives audit data back to the authority or the district, and to nobody else."""
    for flow, _inbound in _passed_on_under(case, AUDIT):
        sender, receiver = case.kind_of(case.sender_of(flow)), case.kind_of(flow.receiver)
        is_back = receiver in ("agency", "service-agency")
        if sender != "agency" and not is_back and not is_below(flow.legal_basis or "", *_FROM_STUDY):
            yield Fault(flow)


@rule("RED-013")
def barred_recipient(case: Case) -> Iterator[Fault]:
    """After a finding of the Department nothing may go to the party for at least five years."""
    barred = {v.id: v.barred for v in case.vendors.values() if v.barred}
    for flow in case.disclosures if barred else ():
        bar = barred.get(flow.receiver)
        if bar and case.valid_on in Period(bar.starts, bar.until):
            yield Fault(flow, until=bar.until, finding=bar.finding)


@rule("RED-014")
def child_welfare_data_passed_on(case: Case) -> Iterator[Fault]:
    """A child welfare agency passes data on only to those who see to the student's education."""
    for flow, _inbound in _passed_on_under(case, CHILD_WELFARE):
        if flow.purpose_kind not in _EDUCATION:
            yield Fault(flow)


@rule("RED-015")
def long_chain(case: Case) -> Iterator[Fault]:
    """Parties that nobody but a redisclosure reaches, and that pass data on themselves."""
    hops = dict.fromkeys((case.district.id, STUDENTS), 0)
    level = list(hops)
    while level:
        found = {flow.receiver: hops[party] + 1 for party in level for flow in case.leaving(party)}
        level = [party for party in sorted(found) if party not in hops]
        hops |= {party: found[party] for party in level}
    least = days("long_chain_hops")
    for flow in case.onward:
        reached = hops.get(case.sender_of(flow), -1) + 1
        if reached >= least:
            yield Fault(flow, hops=reached)


@rule("RED-016")
def disclosure_loop(case: Case) -> Iterator[Fault]:
    """Data that comes back to a party which sent it on."""
    leaving: dict[str, set[str]] = {}
    for flow in case.onward:
        leaving.setdefault(case.sender_of(flow), set()).add(flow.receiver)
    for flow in case.onward:
        sender = case.sender_of(flow)
        seen, waiting = {flow.receiver}, [flow.receiver]
        while waiting:
            fresh = leaving.get(waiting.pop(), set()) - seen
            seen |= fresh
            waiting += sorted(fresh)
        if sender in seen and sender < flow.receiver:
            yield Fault(flow)


@rule("RED-017")
def subprocessor_without_direct_control(case: Case) -> Iterator[Fault]:
    """A contractor's contractor is under the district's direct control too, by its own or a handed-down term."""
    for flow in case.on(ONWARD):
        if flow.onward_basis != CONTRACTOR:
            continue
        own = [a for a in case.agreements.values() if a.vendor == flow.receiver]
        agreements = [*own, *_agreements_for(case, flow)]
        if not any(a.terms.direct_control or a.terms.subprocessor_agreements for a in agreements):
            yield Fault(flow)


@rule("RED-018")
def redisclosure_basis_at_first_hand(case: Case) -> Iterator[Fault]:
    """A basis for passing data on, named by whoever has it first."""
    for flow in case.on(ONWARD, AGENT):
        if flow.sender in (None, case.district.id, STUDENTS):
            yield Fault(flow)


RULES = (
    redisclosure_without_authority,
    onward_basis_unstated,
    passing_on_more_than_received,
    redisclosure_outliving_source,
    redisclosure_for_another_purpose,
    unlisted_subprocessor,
    onward_parties_unrecorded,
    subprocessors_unnamed,
    recipient_uninformed_of_limits,
    consent_stretched_to_others,
    study_data_passed_on,
    audit_data_passed_on,
    barred_recipient,
    child_welfare_data_passed_on,
    long_chain,
    disclosure_loop,
    subprocessor_without_direct_control,
    redisclosure_basis_at_first_hand,
)
