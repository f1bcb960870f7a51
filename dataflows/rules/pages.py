"""The page of a rule: what is known of it besides the function that finds its faults."""

from __future__ import annotations

from dataclasses import field
from functools import cache
from typing import TYPE_CHECKING, Any

from dataflows.law.documents import read_yaml
from dataflows.model.findings import Acts, Severity
from dataflows.model.frozen import frozen
from dataflows.model.periods import Period

if TYPE_CHECKING:
    from dataflows.rules.base import Rule


@frozen
class Page:
    """What schemas/rules says of one rule; `says` and `cure` are for people, the examples are its tests."""

    code: str
    name: str
    severity: Severity
    citation: str | None
    finds: str
    """What it finds, in a sentence."""
    says: str
    """The message: `{receiver}` and the like are facts of the fault or of its subject."""
    do: str
    """The cure in a few words."""
    cure: str
    """The cure in a sentence."""
    acts: Acts
    why: str
    arguable: str | None = None
    """Why lawyers could differ; absent where the law is plain."""
    when_to_waive: str | None = None
    yields_to: tuple[str, ...] = ()
    """Rules that name the same fault better: where one of them speaks of a subject, this one is silent."""
    first: bool = False
    """One of those that carry the load: its cure has a place on the opening screen before others."""
    certain: bool = True
    period: Period = field(default_factory=Period)
    fails: str
    passes: str


@cache
def read_page(rule: Rule) -> Page:
    """Return the page of a rule."""
    tree: dict[str, Any] = dict(read_yaml(f"rules/{rule.family}/{rule.name}"))
    tree["period"] = Period(tree.pop("from", None), tree.pop("until", None))
    tree["severity"] = Severity(tree["severity"])
    tree["acts"] = Acts(tree["acts"])
    tree["yields_to"] = tuple(tree.get("yields_to", ()))
    return Page(**tree)
