"""New York's Parents' Bill of Rights: the district's own text, with what supplements it for each contract.

The text itself is what the law asks for (Educ. Law 2-d(3), 8 NYCRR 121.3), so that without it there is no document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.errors import DocumentHoleError
from dataflows.reporting.postings.missing import missing_fact
from dataflows.reporting.postings.posting import build_posting, find_posting, publish, teller_for

if TYPE_CHECKING:
    from dataflows.reporting.document import Document
    from dataflows.reporting.kinds import Order

SUPPLEMENT = "ny-supplement"


def compose(order: Order) -> Document:
    """Return the bill of rights; raises DocumentHoleError where its text is absent."""
    snapshot = order.snapshot
    posting, supplement = find_posting(snapshot, order.kind), find_posting(snapshot, SUPPLEMENT)
    teller = teller_for(supplement, order)
    policies = snapshot.district.policies
    bill = teller.tell_if("policies.bill_of_rights", policies.bill_of_rights)
    if bill is None and not order.is_draft:
        why = f"{posting.cite}: the text of the bill of rights"
        raise DocumentHoleError("Parents' Bill of Rights", [("policies.bill_of_rights", why)])
    view, missing = build_posting(supplement, teller)
    complaints = teller.contact("complaints", "privacy_officer")
    ours = [] if bill else ["district.policies.bill_of_rights"]
    ours += [] if complaints else ["district.contacts.complaints"]
    return publish(
        order,
        posting,
        teller,
        [*(missing_fact(snapshot.district.name, name) for name in ours), *missing],
        posting=view,
        bill=bill,
        complaints=complaints,
        complaint_procedure=teller.tell_if("policies.complaint_procedure", policies.complaint_procedure),
        security_policy=snapshot.district.links.security_policy,
        law=posting.cite,
    )
