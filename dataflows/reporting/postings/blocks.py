"""Which contracts and receivers a posting has a block about: those by which data comes on the day.

A vendor that gets data under no agreement has a block too, which says that none is on record: a
company that is on no list would be worse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.reporting.postings.sources import Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dataflows.law.state_law import Posting
    from dataflows.model.agreements import Agreement
    from dataflows.model.flows import Flow
    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.holders import HolderTeller


def find_subjects(posting: Posting, tell: HolderTeller, snapshot: Snapshot) -> list[Subject]:
    """Return what the blocks are about, sorted by name and contract."""
    asked = [party for party in tell.getting if tell.is_direct(party) and concerns(posting, party, snapshot)]
    found = (subject for party in asked for subject in _of_party(posting, party, tell, snapshot))
    return sorted(found, key=lambda one: (*_name_key(one.holder.name), *(row.id for row in one.agreements)))


def concerns(posting: Posting, party: str, snapshot: Snapshot) -> bool:
    """Tell whether a posting is about a party: of the categories asked for, or of none that is known."""
    vendor = snapshot.vendors.get(party)
    if posting.categories or posting.blocks == "agreement":
        return vendor is not None and (not posting.categories or vendor.category in (None, *posting.categories))
    return True


def _name_key(name: str) -> tuple[str, str]:
    return name.casefold(), name


def _of_party(posting: Posting, party: str, tell: HolderTeller, snapshot: Snapshot) -> Iterator[Subject]:
    flows = [snapshot.all_flows[item.edge.flow] for item in tell.getting[party]]
    if posting.blocks != "agreement":
        yield Subject(party, _direct(flows, snapshot), _agreements(flows, snapshot), tell.holder(party))
        return
    kept = [snapshot.all_flows[item.edge.flow] for item in tell.keeping.get(party, ())]
    by_contract: dict[str | None, list[Flow]] = {}
    for flow in flows:
        contract = snapshot.agreement_of(flow)
        by_contract.setdefault(contract.id if contract and contract.kind != "consent" else None, []).append(flow)
    for number, (id, grouped) in enumerate(sorted(by_contract.items(), key=lambda item: (item[0] is None, item[0]))):
        if id is None and not _direct(grouped, snapshot):
            continue
        # What is kept of a contract that is over stands in the first block.
        others = {
            flow.id for flow in kept if flow.agreement == id or (number == 0 and flow.agreement not in by_contract)
        }
        only = {*(flow.id for flow in grouped), *others}
        agreements = (snapshot.agreements[id],) if id else ()
        yield Subject(party, _direct(grouped, snapshot) or tuple(grouped), agreements, tell.holder(party, only))


def _direct(flows: Iterable[Flow], snapshot: Snapshot) -> tuple[Flow, ...]:
    return tuple(flow for flow in flows if snapshot.is_source(snapshot.sender_of(flow)))


def _agreements(flows: Iterable[Flow], snapshot: Snapshot) -> tuple[Agreement, ...]:
    found = (snapshot.agreement_of(flow) for flow in flows)
    return tuple({row.id: row for row in found if row is not None and row.kind != "consent"}.values())
