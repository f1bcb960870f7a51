"""The notice that families of high schools may keep recruiters from their data (20 U.S.C. 7908(a)(2)(B))."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.errors import NotOwedError
from dataflows.reporting.document import make_document
from dataflows.reporting.documents.receivers import receivers_of
from dataflows.reporting.documents.views import RecruiterNoticeView
from dataflows.reporting.telling import Teller
from dataflows.rules.federal_notices import may_have_secondary, secondary_schools

if TYPE_CHECKING:
    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.document import Document
    from dataflows.reporting.kinds import Order

_BASIS = "20-USC-7908"


def compose(order: Order) -> Document:
    """Return the notice; raises NotOwedError where the law doesn't ask this district for it."""
    check_owed(order.snapshot)
    teller = Teller(order.snapshot, order.language)
    return make_document(order, "notice/recruiters.md.j2", teller, notice=build_recruiter_notice(teller))


def check_owed(snapshot: Snapshot) -> None:
    """Raise NotOwedError for a district without the money, or without the schools, that the law is about."""
    if not snapshot.district.esea:
        why = "the district takes no money under the ESEA (district.esea), and 20 U.S.C. 7908 is a condition of that."
        raise NotOwedError("notice about recruiters", why)
    if not may_have_secondary(snapshot):
        why = (
            "no school of the catalog teaches a grade from 9 to 12 (schools.grades), and 20 U.S.C. 7908 is about those."
        )
        raise NotOwedError("notice about recruiters", why)


def build_recruiter_notice(teller: Teller) -> RecruiterNoticeView:
    """Return the view of the notice about recruiters."""
    snapshot = teller.snapshot
    policies = snapshot.district.policies
    role = policies.directory_information.opt_out_contact if policies.directory_information else None
    flows = [flow for flow in snapshot.flows if flow.legal_basis == _BASIS]
    return RecruiterNoticeView(
        schools=secondary_schools(snapshot),
        text=teller.tell_if("policies.recruiter_notice", policies.recruiter_notice),
        contact=teller.contact("opt_out", role, "records_custodian"),
        receivers=receivers_of(flows, teller),
    )
