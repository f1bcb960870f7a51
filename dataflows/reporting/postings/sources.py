"""Each field of the catalog that a posting is told from, and how it is told of one contract or receiver.

A state's file names the fields (`agreements.terms.storage_description`); here stands what each gives.
A new state needs nothing here unless it asks for something that no other state does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataflows.model.lists import BY_NAME
from dataflows.model.records import Nested, fields_of
from dataflows.model.text import Text
from dataflows.reporting.district_texts import is_one_line
from dataflows.reporting.postings.views import AgreementLinkView, OnwardView, PartView, TermView
from dataflows.reporting.views import LinkView

if TYPE_CHECKING:
    from collections.abc import Callable

    from dataflows.model.agreements import Agreement
    from dataflows.model.flows import Flow
    from dataflows.reporting.disclosure_views import HolderView
    from dataflows.reporting.district_texts import Told
    from dataflows.reporting.telling import Teller


@dataclass(frozen=True, slots=True)
class Subject:
    """What a block of a posting is about: a receiver, by some of its flows, under some agreements."""

    party: str
    flows: tuple[Flow, ...]
    """Those by which it gets data from the district or its students."""
    agreements: tuple[Agreement, ...]
    holder: HolderView


@dataclass(frozen=True, slots=True)
class Found:
    """What a field of the catalog gives: the parts that are known, and the fields that are empty."""

    parts: tuple[PartView, ...] = ()
    missing: tuple[str, ...] = ()
    settles: bool = False
    """Whether nothing else needs to be known, since there is nothing to tell."""


def find(source: str, subject: Subject | None, teller: Teller) -> Found | None:
    """Return what a source gives of a subject, or of the district; None where it is not asked of such a subject."""
    head, _, rest = source.partition(".")
    if head == "district":
        return _of_district(rest, teller, is_inside=subject is not None)
    if head == "contacts":
        return _of_contact(rest, teller)
    if subject is None:
        return None
    if head == "vendors":
        return _of_vendor(rest, subject, teller)
    if head == "agreements":
        return _of_agreements(rest, subject, teller)
    return _OF_FLOWS[source](subject, teller) if source in _OF_FLOWS else None


def is_internal(source: str) -> bool:
    """Tell whether a source is a field that no posting may show, such as a member of staff."""
    head, *rest = source.split(".")
    record = BY_NAME[head].record
    for name in rest if head != "contacts" else ():
        field = fields_of(record)[name]
        if field.internal:
            return True
        if isinstance(field.kind, Nested):
            record = field.kind.record
    return False


def text_part(told: Told) -> PartView:
    """Return a text of the district, in the line or, where it is longer, below it."""
    return PartView("text" if is_one_line(told) else "blocks", told)


def _of_district(path: str, teller: Teller, *, is_inside: bool) -> Found:
    group, _, name = path.partition(".")
    district = teller.snapshot.district
    if group == "links":
        url = getattr(district.links, name)
        return Found((PartView("link", LinkView(name, url)),)) if url else Found(missing=(f"district.{path}",))
    told = teller.tell_if(path, getattr(district.policies, name))
    if told is None:
        return Found(missing=(f"district.{path}",))
    return Found((PartView("own", name) if is_inside else text_part(told),))


def _of_contact(role: str, teller: Teller) -> Found:
    contact = teller.contact(role)
    return Found((PartView("contact", contact),)) if contact else Found(missing=(f"district.contacts.{role}",))


def _of_vendor(name: str, subject: Subject, teller: Teller) -> Found | None:
    vendor = teller.snapshot.vendors.get(subject.party)
    if vendor is None or name == "name":
        return None
    value, where = getattr(vendor, name), f"vendors.{subject.party}.{name}"
    if isinstance(value, Text):
        told = teller.tell_if(where, value)
        return Found((text_part(told),)) if told else Found(missing=(where,))
    if not value:
        return Found(missing=(where,))
    if name.endswith("url"):
        return Found((PartView("link", LinkView(name, value)),))
    if name == "address":
        return Found((PartView("lines", tuple(line.strip() for line in value.splitlines() if line.strip())),))
    return None


def _of_agreements(path: str, subject: Subject, teller: Teller) -> Found | None:
    if not subject.agreements:
        if subject.party not in teller.snapshot.vendors:
            return None
        return Found(missing=tuple(f"flows.{flow.id}.agreement" for flow in subject.flows))
    group, _, term = path.rpartition(".")
    found = [
        _of_term(term, row, teller) if group == "terms" else _of_agreement(path, row) for row in subject.agreements
    ]
    asked = [one for one in found if one is not None]
    if not asked:
        return None
    return Found(
        tuple(part for one in asked for part in one.parts), tuple(field for one in asked for field in one.missing)
    )


def _of_agreement(name: str, agreement: Agreement) -> Found | None:
    where = f"agreements.{agreement.id}.{name}"
    if name == "document_url":
        part = PartView(
            "agreement", AgreementLinkView(agreement.number, agreement.document_url, agreement.redacted is True)
        )
        return Found((part,) if agreement.document_url else (), () if agreement.document_url else (where,))
    if name not in ("effective", "expires", "signed", "posted_on"):
        return None
    day = getattr(agreement, name)
    return Found((PartView(name, day),)) if day else Found(missing=(where,))


def _of_term(name: str, agreement: Agreement, teller: Teller) -> Found:
    where = f"agreements.{agreement.id}.terms.{name}"
    value = getattr(agreement.terms, name)
    if value is None:
        return Found(missing=(where,))
    if isinstance(value, Text):
        told = teller.tell_if(where, value)
        return Found((text_part(told),)) if told else Found(missing=(where,))
    if isinstance(value, bool):
        return Found((PartView("term", TermView(name, value)),))
    return Found((PartView(name, value),))


def _elements(subject: Subject, _: Teller) -> Found:
    elements = subject.holder.elements
    return Found((PartView("elements", elements),) if elements else ())


def _purposes(subject: Subject, _: Teller) -> Found:
    missing = tuple(f"flows.{flow.id}.purpose" for flow in subject.flows if flow.purpose is None)
    uses = subject.holder.uses
    return Found((PartView("uses", uses),) if any(use.purpose for use in uses) else (), missing)


def _bases(subject: Subject, _: Teller) -> Found:
    missing = tuple(f"flows.{flow.id}.legal_basis" for flow in subject.flows if flow.legal_basis is None)
    bases = tuple(basis for basis in subject.holder.bases if basis.citation)
    return Found((PartView("bases", bases),) if bases else (), missing)


def _onward(subject: Subject, teller: Teller) -> Found:
    passed_on = subject.holder.passed_on
    named = {id for agreement in subject.agreements for id in agreement.subprocessors or ()}
    known = {view.party for view in passed_on}
    allowed = tuple(sorted({teller.party(id) for id in named} - known))
    is_nobody = not passed_on and not allowed
    return Found((PartView("onward", OnwardView(passed_on, allowed)),), settles=is_nobody)


_OF_FLOWS: dict[str, Callable[[Subject, Teller], Found]] = {
    "flows.elements": _elements,
    "flows.purpose": _purposes,
    "flows.to": _onward,
    "flows.legal_basis": _bases,
}
