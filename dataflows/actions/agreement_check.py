"""Which flows may name an agreement of neither of their ends, found while the files are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataflows.actions.row_places import Place


@dataclass(slots=True)
class AgreementCheck:
    """Does each flow name an agreement of its sender or its receiver? Keeps only what is in doubt."""

    district: str = ""
    vendors: dict[str, str] = field(default_factory=dict)
    doubtful: list[tuple[Place, str, str, str]] = field(default_factory=list)

    def sign(self, agreement: str, vendor: str | None) -> None:
        """Note whose agreement a file's row is."""
        if vendor is not None:
            self.vendors[agreement] = vendor

    def use(self, body: dict[str, Any], place: Place) -> None:
        """Note which agreement a flow names."""
        agreement = body.get("agreement")
        if agreement is None:
            return
        sender, receiver = body.get("from") or self.district, body.get("to", "")
        if self.vendors.get(agreement) not in (sender, receiver):
            self.doubtful.append((place, agreement, sender, receiver))
