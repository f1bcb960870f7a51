"""The notice of directory information, with the form by which a family refuses (34 CFR 99.37)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.errors import NotOwedError
from dataflows.reporting.document import make_document
from dataflows.reporting.documents.receivers import receivers_of
from dataflows.reporting.documents.views import DirectoryNoticeView
from dataflows.reporting.holes import gaps_of
from dataflows.reporting.telling import Teller, notice_year
from dataflows.rules.federal_notices import may_have_secondary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dataflows.model.district import DirectoryDesignation
    from dataflows.reporting.document import Document
    from dataflows.reporting.kinds import Order

_BASIS = "99.37"
_FIELD = "policies.directory_information"


def compose(order: Order) -> Document:
    """Return the notice; raises NotOwedError where nothing is designated, DocumentHoleError where a part is absent."""
    designation = order.snapshot.district.policies.directory_information
    if designation is None:
        why = (
            f"the catalog designates nothing as directory information ({_FIELD}), so nothing may be given out as such."
        )
        raise NotOwedError("notice of directory information", why)
    gaps = gaps_of(order, "notice of directory information", list(_holes(designation, order.issued)))
    teller = Teller(order.snapshot, order.language)
    notice = build_directory_notice(teller, designation, order.issued)
    return make_document(order, "notice/directory.md.j2", teller, gaps=gaps, notice=notice)


def _holes(designation: DirectoryDesignation, issued: date) -> Iterator[tuple[str, str]]:
    if not designation.elements:
        yield f"{_FIELD}.elements", "34 CFR 99.37(a)(1): which types of information are designated"
    if designation.opt_out_by is None:
        yield f"{_FIELD}.opt_out_by", "34 CFR 99.37(a)(3): until when parents may refuse"
    elif designation.opt_out_by < issued:
        over = f"{designation.opt_out_by} is over on {issued}, the day of the notice"
        yield f"{_FIELD}.opt_out_by", f"20 U.S.C. 1232g(a)(5)(B): a reasonable time after the notice to refuse; {over}"


def build_directory_notice(teller: Teller, designation: DirectoryDesignation, issued: date) -> DirectoryNoticeView:
    """Return the view of the notice of directory information."""
    snapshot = teller.snapshot
    limits = designation.limited_to
    last = designation.opt_out_by
    flows = [flow for flow in snapshot.flows if flow.legal_basis == _BASIS and not snapshot.is_source(flow.receiver)]
    return DirectoryNoticeView(
        elements=tuple(teller.element(id) for id in teller.elements(designation.elements)),
        opt_out_by=last if last and last >= issued else None,
        contact=teller.contact(designation.opt_out_contact, "opt_out", "records_custodian"),
        school_year=designation.school_year or notice_year(snapshot.district.school_year, issued),
        parties=tuple(snapshot.name_of(party) for party in limits.parties) if limits else (),
        purposes=limits.purposes if limits else (),
        recipients=teller.tell_if(f"{_FIELD}.recipients", designation.recipients),
        receivers=receivers_of(flows, teller),
        has_recruiters=snapshot.district.esea and may_have_secondary(snapshot),
    )
