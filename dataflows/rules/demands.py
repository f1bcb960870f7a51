"""What the law of the district's state demands besides FERPA: it raises a warning to an error, and adds faults.

A fact of a state that was not read in a source never makes an error.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dataflows.law.state_law import bans, contract_terms
from dataflows.rules.base import ERROR, WARNING, lacks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dataflows.law.state_law import Ban, ContractTerm, Fact
    from dataflows.model.agreements import Agreement
    from dataflows.model.findings import Severity
    from dataflows.rules.case import Case


def severity_of(fact: Ban | ContractTerm) -> Severity:
    """Return how grave it is to break a fact of a state: an error only where the fact is sure."""
    return ERROR if fact.severity == "error" and fact.certain else WARNING


def raised(fact: Ban | ContractTerm | None, citation: str) -> dict[str, Any]:
    """Return what a fact of the state changes in a fault whose page has a citation; nothing without one."""
    if fact is None:
        return {}
    changed: dict[str, Any] = {"citation": f"{citation}, {fact.cite}", "certain": fact.certain}
    return {**changed, "severity": ERROR} if severity_of(fact) is ERROR else changed


def find_ban(case: Case, name: str, party: str) -> Ban | None:
    """Return the state's ban of a name that reaches a party on the day: one that is sure before others."""
    known = _bans_named(case.district.state, case.valid_on, name)
    return next((ban for ban in known if _reaches(case, ban.contracts, party)), None)


@lru_cache(maxsize=256)
def _bans_named(state: str, day: date, name: str) -> tuple[Ban, ...]:
    """Return the bans of a name, those that are sure first; asked for each of thousands of flows."""
    found = (ban for ban in bans(state, day) if ban.rule == name)
    return tuple(sorted(found, key=lambda ban: (not ban.certain, ban.id)))


def state_bans(case: Case, *names: str) -> list[Ban]:
    """Return the bans of some names that hold in the district's state on the day."""
    return [ban for ban in bans(case.district.state, case.valid_on) if ban.rule in names]


def demanded_terms(case: Case, agreement: Agreement) -> Iterator[ContractTerm]:
    """Yield what the state asks this agreement with a vendor to say."""
    yield from (fact for fact in _facts_about(case, agreement) if fact.binds == "contract")


def exceeded_limits(case: Case, agreement: Agreement) -> Iterator[ContractTerm]:
    """Yield the state's limits that a number of this agreement exceeds: those that hold without a clause too."""
    yield from (fact for fact in _facts_about(case, agreement) if is_exceeded(fact, agreement))


def _facts_about(case: Case, agreement: Agreement) -> Iterator[ContractTerm]:
    if case.kind_of(agreement.vendor) != "vendor" or agreement.kind == "consent":
        return
    made = [agreement.effective or agreement.signed, *(change.date for change in agreement.amendments)]
    last = max((day for day in made if day), default=None)
    for fact in contract_terms(case.district.state, case.valid_on):
        is_older = fact.contracts_from is not None and last is not None and last < fact.contracts_from
        if not is_older and _reaches(case, fact.contracts, agreement.vendor):
            yield fact


def is_exceeded(fact: ContractTerm, agreement: Agreement) -> bool:
    """Tell whether an agreement states a number, and a larger one than the state's."""
    value: object = getattr(agreement.terms, fact.term)
    return fact.at_most is not None and isinstance(value, int) and value > fact.at_most


def find_demand(case: Case, agreement: Agreement, term: str) -> ContractTerm | None:
    """Return the state's demand for one term of an agreement, if it makes one."""
    return next((fact for fact in demanded_terms(case, agreement) if fact.term == term), None)


def is_kept(fact: ContractTerm, agreement: Agreement) -> bool:
    """Tell whether an agreement says what a state asks for."""
    if lacks(agreement, fact.term):
        return False
    value: object = getattr(agreement.terms, fact.term)
    if fact.at_most is not None:
        return isinstance(value, int) and value <= fact.at_most
    if fact.stated or isinstance(fact.value, bool):
        return True
    if fact.term == "advertising_prohibited":
        return value in ("all", fact.value)
    return bool(value == fact.value)


def _reaches(case: Case, contracts: str, party: str) -> bool:
    """Tell whether a fact reaches a party: some speak only of vendors with a negotiated contract."""
    vendor = case.vendors.get(party)
    return contracts != "contract" or (vendor is not None and vendor.relationship == "contract")


def cite_all(facts: list[Fact]) -> str:
    """Return the citations of facts, each once."""
    return ", ".join(dict.fromkeys(fact.cite for fact in facts))
