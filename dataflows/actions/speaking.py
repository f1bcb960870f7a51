"""What the files of one run say of one district, as far as it must be kept in memory: ids and places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dataflows.actions.agreement_check import AgreementCheck
from dataflows.actions.row_places import Places

if TYPE_CHECKING:
    from collections.abc import Collection

    from dataflows.actions.row_places import Place, Rename
    from dataflows.sources.rows import Reference


_NAMED = ("party", "vendor", "school", "element", "category")


@dataclass(slots=True)
class Speaking:
    """What the files of one run say of one district, as far as it must be kept in memory: ids."""

    id: str
    first_language: str
    places: Places = field(default_factory=Places)
    named: dict[str, set[str]] = field(default_factory=lambda: {target: set() for target in _NAMED})
    """Ids that have names: of the taxonomy, of the files so far, and of the catalog where a table is read."""
    known: dict[str, Collection[str]] = field(init=False)
    """All ids that rows may name, by what they stand for."""
    references: list[tuple[Place, Reference]] = field(default_factory=list)
    renames: list[Rename] = field(default_factory=list)
    settled: list[Rename] = field(default_factory=list)
    """Renames that the catalog knows already: only the files may still name the former ids."""
    lists: set[str] = field(default_factory=set)
    said: dict[str, Any] = field(default_factory=dict)
    within: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    """What a file's header says of contacts and regulations, by list and id."""
    agreements: AgreementCheck = field(default_factory=AgreementCheck)

    def __post_init__(self) -> None:
        """Let the ids of agreements and flows be known by their places alone, for there are many."""
        others = {"agreement": self.places.ids("agreements"), "flow": self.places.ids("flows")}
        self.known = {**self.named, **others}

    def let_go(self) -> None:
        """Forget what only the checks needed: most of what a large file leaves in memory."""
        self.places, self.references, self.agreements = Places(), [], AgreementCheck()
        self.known = {}
