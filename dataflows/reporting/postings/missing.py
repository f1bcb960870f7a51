"""What a posting lacks: whose fact it is, which field of the catalog has it, and who must be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_OF_THE_CONTRACT = ("effective", "expires", "signed", "document_url", "posted_on", "agreement")
_OF_THE_DISTRICT = (
    "purpose", "legal_basis", "mandate", "mandate_cite", "relationship", "category", "definition", "products",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MissingFact:
    """One fact that a posting says is not yet available."""

    about: str
    """Whose it is, by name."""
    field: str
    """Where it belongs in the catalog, such as `vendors.mathly.address`."""
    ask: str
    """Who must be asked: `vendor`, `contracts` (who keeps the signed agreements) or `district`."""


def missing_fact(about: str, field: str) -> MissingFact:
    """Return a fact that is missing, with who has it, which its field tells."""
    first, last = field.partition(".")[0], field.rpartition(".")[2]
    if last in _OF_THE_CONTRACT:
        return MissingFact(about, field, "contracts")
    is_ours = first not in ("vendors", "agreements", "flows") or last in _OF_THE_DISTRICT
    return MissingFact(about, field, "district" if is_ours else "vendor")


def in_order(facts: Iterable[MissingFact]) -> tuple[MissingFact, ...]:
    """Return each missing fact once, in the order in which the posting comes to it."""
    return tuple(dict.fromkeys(facts))
