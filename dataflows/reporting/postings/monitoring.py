"""Ohio's general notice of monitoring: which school-issued devices are watched, how, why, by whom (R.C. 3319.327)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataflows.errors import DocumentHoleError
from dataflows.model.periods import Period
from dataflows.reporting.postings.missing import missing_fact
from dataflows.reporting.postings.posting import find_posting, publish, teller_for

if TYPE_CHECKING:
    from dataflows.reporting.district_texts import Told
    from dataflows.reporting.document import Document
    from dataflows.reporting.kinds import Order


@dataclass(frozen=True, slots=True)
class WatchedView:
    """One kind of device, and what is watched on it."""

    device: str
    features: tuple[str, ...]
    purpose: Told
    provider: str | None


def compose(order: Order) -> Document:
    """Return the notice; raises DocumentHoleError where nothing is written down of what is watched."""
    snapshot = order.snapshot
    posting = find_posting(snapshot, order.kind)
    teller = teller_for(posting, order)
    rows = [row for row in snapshot.monitoring.values() if snapshot.valid_on in Period(row.starts, row.ends)]
    if not rows and not order.is_draft:
        why = f"{posting.cite}: which devices are watched on this day, how and why (the list `monitoring`)"
        raise DocumentHoleError("notice of monitoring", [("monitoring", why)])
    missing = [missing_fact(row.device, f"monitoring.{row.id}.provider") for row in rows if row.provider is None]
    if not rows:
        missing = [missing_fact(snapshot.district.name, "monitoring")]
    views = tuple(
        WatchedView(row.device, row.features, teller.tell(f"monitoring.{row.id}.purpose", row.purpose), row.provider)
        for row in rows
    )
    return publish(order, posting, teller, missing, rows=views, law=posting.cite)
