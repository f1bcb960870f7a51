"""What the page of the map is made of: its table, its picture and its script all come from these values alone.

The page holds every flow, also one that has ended or not begun, for its reader may ask about another day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from dataflows.maps.matrix.shapes import METHODS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dataflows.maps.wording import Wording

MARKS = (*METHODS, "passed")
"""How data gets there, in the order in which marks stand in a cell; `passed`: another party passes it on."""
SEVERITIES = ("error", "warning", "info")


class PageColumn(NamedTuple):
    """A category of data."""

    id: str
    name: str
    size: int
    """How many elements it has in the taxonomy."""
    level: int
    """The place in SENSITIVITIES of the most sensitive of its elements that flow on any day."""


class PageElement(NamedTuple):
    """A data element, its column's place and its sensitivity's."""

    id: str
    name: str
    column: int
    level: int


class PageParty(NamedTuple):
    """A party that a flow of any day touches."""

    id: str
    name: str
    """As it is shown: with the id behind it where another party's name differs in case at most."""
    kind: str
    products: tuple[str, ...]
    is_source: bool


class PageFlow(NamedTuple):
    """One flow; parties and elements by their places."""

    id: str
    sender: int
    receiver: int
    via: int | None
    method: str
    elements: tuple[int, ...]
    basis: str | None
    purpose: str | None
    agreement: str | None
    starts: date | None
    ends: date | None
    levels: int
    """A bit for each level of school that it concerns; all of them where none is stated."""

    def is_in_force(self, day: date) -> bool:
        """Tell whether it is in force on a day."""
        return (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)


class PageFinding(NamedTuple):
    """What an audit of the page's day says about a party."""

    party: str
    severity: str
    message: str
    cure: str
    law: str
    rule: str
    subject: str

    @property
    def shared(self) -> tuple[int, str, str, str]:
        """Return what all findings of a rule share, which the page says once."""
        return SEVERITIES.index(self.severity), self.cure, self.law, self.rule


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """Everything that the page knows. Names are in the language of its snapshot."""

    district: str
    language: str
    wording: Wording
    as_of: date
    columns: tuple[PageColumn, ...]
    elements: tuple[PageElement, ...]
    parties: tuple[PageParty, ...]
    """Like beside like."""
    flows: tuple[PageFlow, ...]
    bases: Mapping[str, str]
    """By citation what a basis is called."""
    agreements: Mapping[str, str]
    """By id what an agreement is, in a few words."""
    findings: tuple[PageFinding, ...]
    unconnected: tuple[str, ...]
    """The names of parties in the catalog that no flow of any day touches."""

    def to_json(self) -> dict[str, Any]:
        """Return the facts as the page's script reads them: rows by place, which keeps a large page small."""
        place = {party.id: number for number, party in enumerate(self.parties)}
        told = [finding for finding in self.findings if finding.party in place]
        rules = {rule: number for number, rule in enumerate(dict.fromkeys(finding.shared for finding in told))}
        return {
            "day": self.as_of.isoformat(),
            "columns": [list(column) for column in self.columns],
            "elements": [list(element) for element in self.elements],
            "parties": [[p.id, p.name, p.kind, list(p.products), int(p.is_source)] for p in self.parties],
            "flows": [_flow_json(flow) for flow in self.flows],
            "bases": dict(self.bases),
            "agreements": dict(self.agreements),
            "rules": [list(rule) for rule in rules],
            "findings": [[place[f.party], rules[f.shared], f.message, f.subject] for f in told],
        }


def _flow_json(flow: PageFlow) -> list[Any]:
    days = (day.isoformat() if day else None for day in (flow.starts, flow.ends))
    method = METHODS.index(flow.method)
    ends = (flow.sender, flow.receiver, flow.via, method, list(flow.elements))
    return [flow.id, *ends, flow.basis, flow.purpose, flow.agreement, *days, flow.levels]
