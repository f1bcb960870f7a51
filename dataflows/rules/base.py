"""What a rule is made of: a pure function from a case to faults, tied by its code to a page of data.

A page lies at `schemas/rules/<family>/<name>.yaml`: the family is the function's module, the name
the function's own with hyphens.  `@rule` reads nothing: a page is read when its rule found something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from dataflows.model.findings import Severity
from dataflows.rules.case import Case

if TYPE_CHECKING:
    from datetime import date

    from dataflows.model.agreements import Agreement
    from dataflows.model.flows import Flow

__all__ = ["ERROR", "INFO", "WARNING", "Case", "Check", "Fault", "Rule", "rule"]

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


class Fault:
    """One thing that is wrong with a row, and the facts that its page's sentence names.

    Some facts have a meaning of their own.  `elements`, `since` and `flows` say its effect where
    that is not the whole row's; `severity`, `citation` and `certain` are given where they depend on
    the case, else the page's are taken; `field` is a text of the district.
    """

    elements: tuple[str, ...] | None = None
    since: date | None = None
    severity: Severity | None = None
    citation: str | None = None
    certain: bool = True
    field: str | None = None
    flows: list[Flow] | None = None

    def __init__(self, row: Any, **facts: Any) -> None:
        self.row = row
        self.facts = facts
        for name in _OF_THEIR_OWN.intersection(facts) if facts else ():
            setattr(self, name, facts.pop(name))


_OF_THEIR_OWN = frozenset({"elements", "since", "severity", "citation", "certain", "field", "flows"})
"""Facts that have a meaning of their own."""


Check: TypeAlias = Callable[[Case], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code, its name and family, and the function that finds its faults."""

    code: str
    name: str
    family: str
    check: Check


def rule(code: str) -> Callable[[Check], Rule]:
    """Tie a function to its page: `lapsed_agreement` of the module agreement to agreement/lapsed-agreement.yaml."""

    def tie(check: Check) -> Rule:
        name = check.__name__.replace("_", "-")
        return Rule(code, name, check.__module__.rpartition(".")[2].removesuffix("_rules"), check)

    return tie


def lacks(agreement: Agreement, term: str) -> bool:
    """Tell whether an agreement does not promise a term: absent, or said to be no."""
    value = getattr(agreement.terms, term)
    return value is None or value is False or value in ("", (), "none")
