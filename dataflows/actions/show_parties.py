"""What `show` lists about a party: its flows, agreements, subprocessors, what it holds, its incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dataflows.actions.shown import Section, json_of, section_of
from dataflows.graph.edges import NEVER
from dataflows.graph.network import edges_of
from dataflows.graph.reach import find_holders
from dataflows.graph.spans import held_or_retained
from dataflows.model.parties import STUDENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dataflows.graph.edges import Edge
    from dataflows.graph.reach import Holding
    from dataflows.model.flows import Flow
    from dataflows.model.snapshot import Snapshot

FLOW_COLUMNS = (
    "flow", "from", "to", "elements", "method", "purpose", "legal_basis", "agreement", "starts", "ends", "state",
)  # fmt: skip


def flow_section(snapshot: Snapshot, key: str, flows: Iterable[Flow], title: str = "") -> Section:
    """List flows by id."""
    return section_of(key, FLOW_COLUMNS, (_flow_row(snapshot, flow) for flow in flows), title)


def _flow_row(snapshot: Snapshot, flow: Flow) -> tuple[Any, ...]:
    first = snapshot.district.first_language
    return (
        flow.id,
        snapshot.sender_of(flow),
        flow.receiver,
        snapshot.taxonomy.sorted(flow.elements),
        flow.how.value,
        flow.purpose.pick(first, first)[0] if flow.purpose else None,
        flow.legal_basis,
        flow.agreement,
        json_of(flow.starts),
        json_of(flow.ends),
        state_of(snapshot, flow),
    )


def state_of(snapshot: Snapshot, flow: Flow) -> str:
    """Say whether a flow is in force on the snapshot's day."""
    if flow.period.ended_by(snapshot.valid_on):
        return "ended"
    return "in force" if flow.period.begun_by(snapshot.valid_on) else "not begun"


def party_sections(snapshot: Snapshot, party: str) -> Iterator[Section]:
    """List what points at a party of any kind."""
    into = [flow for flow in snapshot.all_flows.values() if flow.receiver == party]
    out = [flow for flow in snapshot.all_flows.values() if snapshot.sender_of(flow) == party]
    through = [flow for flow in snapshot.flows if flow.via == party]
    for key, flows, title in (("flows_in", into, "Flows in"), ("flows_out", out, "Flows out")):
        in_force = [flow for flow in flows if snapshot.valid_on in flow.period]
        others = [flow for flow in flows if snapshot.valid_on not in flow.period]
        yield flow_section(snapshot, key, in_force, f"{title}, in force")
        yield flow_section(snapshot, f"{key}_other", others, f"{title}, ended or not begun")
    yield flow_section(snapshot, "flows_through", through, "Flows of others that run through its service")
    yield agreement_section(snapshot, party)
    if not snapshot.is_source(party):
        yield _subprocessors(snapshot, party)
        yield from _what_it_has(snapshot, party)
    yield _open_incidents(snapshot, party)


def agreement_section(snapshot: Snapshot, party: str) -> Section:
    """List the agreements with a party, and those that allow it as a subprocessor."""
    rows = (
        (agreement.id, agreement.kind, json_of(agreement.effective), json_of(agreement.expires), role)
        for agreement in snapshot.agreements.values()
        for role in _roles(party, agreement.vendor, agreement.subprocessors)
    )
    return section_of("agreements", ("agreement", "kind", "effective", "expires", "as"), rows)


def _roles(party: str, signer: str, subprocessors: tuple[str, ...] | None) -> list[str]:
    signed = ["party to it"] if party == signer else []
    return [*signed, "allowed subprocessor"] if party in (subprocessors or ()) else signed


def _subprocessors(snapshot: Snapshot, party: str) -> Section:
    """List whom it sends to on the day: read off the flows, never stored."""
    sent: dict[str, list[Flow]] = {}
    for flow in snapshot.flows:
        if snapshot.sender_of(flow) == party and not snapshot.is_source(flow.receiver):
            sent.setdefault(flow.receiver, []).append(flow)
    rows = (
        (
            receiver,
            snapshot.name_of(receiver),
            snapshot.taxonomy.sorted({element for flow in flows for element in flow.elements}),
            [flow.id for flow in flows],
        )
        for receiver, flows in sorted(sent.items())
    )
    return section_of("subprocessors", ("party", "name", "elements", "flows"), rows)


def _what_it_has(snapshot: Snapshot, party: str) -> Iterator[Section]:
    """List each element that it holds with its chain, and what may still be there from other flows."""
    edges = edges_of(snapshot)
    named = sorted({element for edge in edges for element in edge.elements})
    whole = _holding(snapshot, edges, named, party)
    held = [(element, _holding(snapshot, edges, [element], party)) for element in whole.elements] if whole else []
    rows = [(element, list(row.path), row.hops, list(row.flows)) for element, row in held if row]
    yield section_of("elements", ("element", "path", "hops", "flows"), rows, "Elements held")
    yield _retained(snapshot, edges, party, set(whole.flows if whole else ()))


def _holding(snapshot: Snapshot, edges: list[Edge], asked: list[str], party: str) -> Holding | None:
    reach = find_holders(edges, asked, snapshot.taxonomy, (snapshot.district.id, STUDENTS), snapshot.valid_on)
    return next((holding for holding in reach.holders if holding.party == party), None)


def _retained(snapshot: Snapshot, edges: list[Edge], party: str, bringing: set[str]) -> Section:
    day, sources = snapshot.valid_on, (snapshot.district.id, STUDENTS)
    span = held_or_retained(edges, party, snapshot.taxonomy, sources, first=day, last=day)
    rows = (
        (list(elements), edge.flow, edge.ends, None if until == NEVER else until)
        for edge, elements, _, until in span.keepings
        if edge.flow not in bringing
    )
    return section_of("retained", ("elements", "flow", "last_given", "until"), rows, "May still be kept")


def _open_incidents(snapshot: Snapshot, party: str) -> Section:
    rows = (
        (incident.id, incident.kind, json_of(incident.discovered), list(incident.elements))
        for incident in snapshot.incidents.values()
        if incident.party == party and (incident.closed is None or incident.closed > snapshot.valid_on)
    )
    return section_of("open_incidents", ("incident", "kind", "discovered", "elements"), rows)
