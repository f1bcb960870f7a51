"""What a state's law wants each contract to say, held against what the catalog knows of it; for the office.

The list of terms is the state's file (schemas/law/states).  What is not on record is never taken for a no.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dataflows.law.state_law import contract_terms
from dataflows.reporting.concerned import find_concerned
from dataflows.reporting.disclosures import sorted_names
from dataflows.reporting.document import make_document
from dataflows.reporting.holders import HolderTeller
from dataflows.reporting.postings.missing import MissingFact, in_order, missing_fact
from dataflows.reporting.postings.naming import say
from dataflows.reporting.telling import Teller

if TYPE_CHECKING:
    from datetime import date

    from dataflows.law.state_law import ContractTerm
    from dataflows.model.agreements import Agreement
    from dataflows.model.flows import Flow
    from dataflows.reporting.document import Document
    from dataflows.reporting.kinds import Order


@dataclass(frozen=True, slots=True)
class TermRowView:
    """One thing that a contract must say."""

    cite: str
    says: str
    certain: bool
    answer: str
    """`yes`, `no` or `unknown`."""


@dataclass(frozen=True, slots=True)
class ContractView:
    """One contract, and what it says of what it must."""

    name: str
    url: str | None
    expires: date | None
    is_older: bool
    """Whether it was made before the law held."""
    rows: tuple[TermRowView, ...]

    def count(self, answer: str) -> int:
        """Return how many terms have an answer."""
        return sum(row.answer == answer for row in self.rows)


def compose(order: Order) -> Document:
    """Return the checklist of the district's state for the contracts under which data flows to vendors."""
    snapshot = order.snapshot
    teller = Teller(snapshot, order.language)
    terms = [term for term in contract_terms(snapshot.district.state, snapshot.valid_on) if term.binds == "contract"]
    tell = HolderTeller(teller, find_concerned(snapshot, None, None), is_narrowed=False)
    named: dict[str, Agreement] = {}
    without: list[str] = []
    lacking: list[Flow] = []
    for party in tell.getting:
        flows = [snapshot.all_flows[item.edge.flow] for item in tell.getting[party]]
        direct = [flow for flow in flows if snapshot.is_source(snapshot.sender_of(flow))]
        if party in snapshot.vendors and direct:
            rows = [snapshot.agreement_of(flow) for flow in direct]
            named |= {row.id: row for row in rows if row is not None and row.kind != "consent"}
            without += [] if all(rows) else [teller.party(party)]
            lacking += [flow for flow, row in zip(direct, rows, strict=True) if row is None]
    contracts = [_contract(row, terms, teller) for row in named.values()]
    contracts.sort(key=lambda one: (one.name.casefold(), one.name))
    no_contract = (missing_fact(teller.party(flow.receiver), f"flows.{flow.id}.agreement") for flow in lacking)
    missing = in_order([*no_contract, *_missing(named, terms, teller)])
    made = make_document(
        order,
        f"posting/{order.kind}.md.j2",
        teller,
        gaps=tuple(fact.field for fact in missing),
        contracts=tuple(contracts),
        whole=sum(one.count("yes") == len(one.rows) for one in contracts),
        without=sorted_names(dict.fromkeys(without)),
        law=_law_of(terms),
    )
    return replace(made, missing=missing)


def _law_of(terms: list[ContractTerm]) -> str:
    """Return the section in which all terms stand: what their citations begin with alike."""
    first = terms[0].cite
    return next(
        first[:end].rstrip("( ")
        for end in range(len(first), 0, -1)
        if all(t.cite.startswith(first[:end]) for t in terms)
    )


def _contract(agreement: Agreement, terms: list[ContractTerm], teller: Teller) -> ContractView:
    name = teller.party(agreement.vendor)
    made_on = agreement.signed or agreement.effective
    first = max((term.contracts_from for term in terms if term.contracts_from), default=None)
    return ContractView(
        name=f"{name}, {agreement.number or agreement.id}",
        url=agreement.document_url,
        expires=agreement.expires,
        is_older=bool(made_on and first and made_on < first),
        rows=tuple(
            TermRowView(term.cite, say(teller.language, term.says), term.certain, answer_of(term, agreement))
            for term in terms
        ),
    )


def answer_of(term: ContractTerm, agreement: Agreement) -> str:
    """Return whether an agreement says what a term asks for: `yes`, `no`, or `unknown` where nobody wrote it down."""
    value = getattr(agreement.terms, term.term)
    if value is None or value == ():
        return "unknown"
    if term.stated:
        return "yes"
    if term.at_most is not None:
        return "yes" if value <= term.at_most else "no"
    # No advertising at all is more than no targeted advertising.
    fits = value == term.value or (term.term == "advertising_prohibited" and value == "all")
    return "yes" if fits else "no"


def _missing(agreements: dict[str, Agreement], terms: list[ContractTerm], teller: Teller) -> list[MissingFact]:
    return [
        MissingFact(fact.about, fact.field, "contracts")
        for agreement in agreements.values()
        for term in terms
        if answer_of(term, agreement) == "unknown"
        for fact in [
            missing_fact(teller.snapshot.name_of(agreement.vendor), f"agreements.{agreement.id}.terms.{term.term}")
        ]
    ]
