"""Connecticut's yearly letter with the address of the page on which contracts are posted (C.G.S. 10-234bb(g))."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.errors import DocumentHoleError
from dataflows.reporting.postings.missing import missing_fact
from dataflows.reporting.postings.posting import find_posting, publish, teller_for

if TYPE_CHECKING:
    from dataflows.reporting.document import Document
    from dataflows.reporting.kinds import Order


def compose(order: Order) -> Document:
    """Return the letter; raises DocumentHoleError where the address, which is all of it, is not known."""
    district = order.snapshot.district
    posting = find_posting(order.snapshot, order.kind)
    page = district.links.privacy_page
    if page is None and not order.is_draft:
        why = f"{posting.cite}: the address of the page with the contracts"
        raise DocumentHoleError("letter", [("links.privacy_page", why)])
    missing = [] if page else [missing_fact(district.name, "district.links.privacy_page")]
    return publish(order, posting, teller_for(posting, order), missing, page=page, law=posting.cite)
