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
    from dataflows.model.agreements import Agreement
    from dataflows.model.flows import Flow

__all__ = ["ERROR", "INFO", "WARNING", "Case", "Check", "Fault", "Rule", "rule"]

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


class Fault:
    """One thing that is wrong with a row, and the facts that its page's sentence names.

    `elements` and `since` say its effect where that is less than the whole row.  `severity` and
    `citation` are given where they depend on the case; else the page's are taken.
    """

    __slots__ = ("certain", "citation", "elements", "facts", "field", "flows", "row", "severity", "since")

    def __init__(
        self,
        row: Any,
        *,
        elements: tuple[str, ...] | None = None,
        since: Any = None,
        severity: Severity | None = None,
        citation: str | None = None,
        certain: bool = True,
        field: str | None = None,
        flows: list[Flow] | None = None,
        **facts: Any,
    ) -> None:
        self.row = row
        self.elements = elements
        self.since = since
        self.severity = severity
        self.citation = citation
        self.certain = certain
        self.field = field
        self.flows = flows
        self.facts = facts


Check: TypeAlias = Callable[[Case], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code, its name and family, and the function that finds its faults."""

    code: str
    name: str
    family: str
    check: Check

    def __call__(self, case: Case) -> Iterator[Fault]:
        return self.check(case)


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
