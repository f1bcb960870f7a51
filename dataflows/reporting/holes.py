"""What the law makes part of a document and the catalog lacks: an error, or marked gaps in a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.errors import DocumentHoleError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataflows.reporting.kinds import Order


def gaps_of(order: Order, document: str, holes: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return the fields that stand as gaps in a draft; raises DocumentHoleError where none was ordered.

    `holes` are pairs of a field and the citation that asks for it, with what it says.
    """
    if holes and not order.is_draft:
        raise DocumentHoleError(document, holes)
    return tuple(field for field, _ in holes)
