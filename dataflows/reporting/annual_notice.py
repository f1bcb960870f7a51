"""What the annual notice of rights says (34 CFR 99.7): all of it, or an error that names the hole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.law.notices import complaint_contact
from dataflows.reporting.complaints import tell_complaint
from dataflows.reporting.document import make_document
from dataflows.reporting.holes import gaps_of
from dataflows.reporting.telling import Teller, is_blank
from dataflows.reporting.vendor_states import tell_states
from dataflows.reporting.views import AnnualNoticeView, DirectoryView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.law.notices import ComplaintContact
    from dataflows.model.district import DirectoryDesignation
    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.district_texts import Told
    from dataflows.reporting.document import Document
    from dataflows.reporting.kinds import Order

_NEEDED = (
    ("inspection_procedure", "34 CFR 99.7(a)(3)(i): the procedure to inspect and review education records"),
    ("amendment_procedure", "34 CFR 99.7(a)(3)(ii): the procedure to request amendment of records"),
    ("school_official_criteria", "34 CFR 99.7(a)(3)(iii): the criteria for who is a school official"),
    ("legitimate_educational_interest", "34 CFR 99.7(a)(3)(iii): what a legitimate educational interest is"),
)
_SCHOOL_OFFICIAL = "99.31(a)(1)(i)(B)"


def compose(order: Order) -> Document:
    """Return the annual notice; raises DocumentHoleError where a text that it must state is absent.

    Words and templates of the district's own may leave out what the law makes part of the notice, so what
    they make is read as anybody's notice is.
    """
    gaps = gaps_of(order, "annual notice", list(_holes(order.snapshot)))
    teller = Teller(order.snapshot, order.language)
    notice = build_annual_notice(order.snapshot, teller, complaint_contact(order.issued))
    made = make_document(order, "notice/annual.md.j2", teller, gaps=gaps, notice=notice)
    if order.look is None or not order.look.has_words:
        return made
    from dataflows.reporting.look_check import (
        check_look,
    )  # it reads all cues of the law, and few have words of their own

    return check_look(made, order)


def build_annual_notice(snapshot: Snapshot, teller: Teller, office: ComplaintContact) -> AnnualNoticeView:
    """Return the view of the annual notice; a text that is absent is None, and a gap in a draft."""
    policies = snapshot.district.policies

    def told(name: str) -> Told | None:
        return teller.tell_if(f"policies.{name}", getattr(policies, name))

    return AnnualNoticeView(
        school_official_criteria=told("school_official_criteria"),
        legitimate_educational_interest=told("legitimate_educational_interest"),
        inspection_procedure=told("inspection_procedure"),
        amendment_procedure=told("amendment_procedure"),
        transfer_statement=told("transfer_statement"),
        copy_procedure=told("copy_procedure"),
        complaint=tell_complaint(office),
        directory=_directory(policies.directory_information, teller),
        vendors=_school_officials(snapshot),
        states=tell_states(teller),
        regulations=teller.regulations(),
    )


def _holes(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Yield each text that the law makes part of the notice and that is absent."""
    policies = snapshot.district.policies
    for name, why in _NEEDED:
        if (text := getattr(policies, name)) is None or is_blank(text):
            yield f"policies.{name}", why
    directory = policies.directory_information
    if directory is not None and directory.elements and directory.opt_out_by is None:
        why = "34 CFR 99.37(a)(3): until when parents may refuse that directory information is given out"
        yield "policies.directory_information.opt_out_by", why


def _directory(directory: DirectoryDesignation | None, teller: Teller) -> DirectoryView | None:
    if directory is None or not directory.elements:
        return None
    snapshot = teller.snapshot
    limits = directory.limited_to
    return DirectoryView(
        elements=tuple(teller.element(id) for id in teller.elements(directory.elements)),
        opt_out_by=directory.opt_out_by,
        contact=teller.contact(directory.opt_out_contact, "opt_out", "records_custodian"),
        parties=tuple(snapshot.name_of(party) for party in limits.parties) if limits else (),
        purposes=limits.purposes if limits else (),
        recipients=teller.tell_if("policies.directory_information.recipients", directory.recipients),
    )


def _school_officials(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the companies to which data goes as to school officials (99.31(a)(1)(i)(B))."""
    named = {flow.receiver for flow in snapshot.flows if flow.legal_basis == _SCHOOL_OFFICIAL}
    return tuple(sorted(snapshot.vendors[id].name for id in named if id in snapshot.vendors))
