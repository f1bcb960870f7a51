"""What schemas/law/legal-bases.yaml says, in frozen values.

A row holds between two days, says what its law asks for, and how far it was checked.
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from dataflows.law.documents import read_law
from dataflows.model.frozen import frozen
from dataflows.model.periods import Period

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@frozen
class Receiver:
    """A kind of party that a basis reaches, of these levels (empty: any), in this role alone."""

    kind: str
    levels: tuple[str, ...] = ()
    only_as: str | None = None


@frozen
class Condition:
    """What a basis asks for, in our words; `checked_by` says whether a catalog can tell."""

    says: str
    cite: str
    checked_by: str
    period: Period
    certain: bool = True


@frozen
class DemandedTerm:
    """A term of the agreement, or a field of it, that the law names or that proves a condition."""

    term: str | None = None
    field: str | None = None
    alternative: str | None = None
    """Another term that does as well."""
    cite: str
    period: Period
    when_onward: str | None = None
    certain: bool = True


@frozen
class LegalBasis:
    """What permits a flow, named by its citation: what it asks for, and what follows from it."""

    citation: str
    name: str
    title: str
    families: str
    """What it means to a parent, as the end of a sentence that begins "This is allowed"."""
    also_called: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    receivers: tuple[Receiver, ...] | None = None
    """None: any party."""
    conditions: tuple[Condition, ...] = ()
    requires_agreement: str = "none"
    """`none`, `always`, or `representatives`: of a receiver who is no employee of the authority."""
    agreement_from: date | None = None
    agreement_kinds: tuple[str, ...] = ()
    agreement_cite: str | None = None
    agreement_note: str | None = None
    terms: tuple[DemandedTerm, ...] = ()
    """What the law names."""
    proof: tuple[DemandedTerm, ...] = ()
    """What shows that a condition is met, though the law names no term."""
    elements: tuple[str, ...] | None = None
    """The only elements that the basis reaches; None: any."""
    elements_more: tuple[Mapping[str, Any], ...] = ()
    record: str = "required"
    """`none`, `required`, `required-with-contents`, `by-inbound-basis`, `unless-directory-information`."""
    record_cite: str
    record_contents: str | None = None
    record_certain: bool = True
    annual_notice: str = "none"
    """`none`, `criteria`, `own-notice` or `optional-statement`."""
    annual_notice_cite: str | None = None
    tell_recipient_of_limits: bool
    """Whether the receiver must be told that it may not pass the data on (99.33(d))."""
    redisclosure: str
    """`prohibited` without consent or 99.33(b), `on-behalf`, or `free` (99.33(c))."""
    redisclosure_note: str | None = None
    redisclosure_certain: bool = True
    k12: bool = True
    """False: only a college can use it."""
    needs_onward_basis: bool = False
    is_overlay: bool = False
    is_mandatory_on_request: bool = False
    period: Period
    earlier_use: str = "fault"
    """What a use before the first day is: a `fault`, or `doubtful`."""
    certain: bool = True
    checked: date
    url: str
    read_in: tuple[str, ...]

    def reaches(self, kind: str, level: str | None = None) -> bool:
        """Tell whether a party of this kind may receive on this basis; an unknown level may."""
        if self.receivers is None:
            return True
        return any(
            receiver.kind == kind and (level is None or not receiver.levels or level in receiver.levels)
            for receiver in self.receivers
        )


@frozen
class BasisGroup:
    """A paragraph above several bases: accepted on input, and a finding until a member is named."""

    citation: str
    title: str
    members: tuple[str, ...]
    name: str | None = None
    also_called: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()


@frozen
class Overlay:
    """A law beside FERPA that restricts what a basis permits, and never permits anything."""

    id: str
    title: str
    restricts: str
    cite: str
    url: str
    certain: bool
    read_in: tuple[str, ...]
    elements: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    data_source: str | None = None
    amended_from: date | None = None


@cache
def legal_bases() -> Mapping[str, LegalBasis]:
    """Return every legal basis by its citation, in the order of the law."""
    tree = read_law("legal-bases")
    found = (_basis(row, tree["checked"]) for row in tree["bases"])
    return MappingProxyType({basis.citation: basis for basis in found})


@cache
def basis_groups() -> Mapping[str, BasisGroup]:
    """Return the paragraphs above several bases, by citation."""
    found = (_group(row) for row in read_law("legal-bases")["groups"])
    return MappingProxyType({group.citation: group for group in found})


@cache
def overlays() -> Mapping[str, Overlay]:
    """Return the laws that restrict what a basis permits, by id."""
    found = (Overlay(**_tuples(row)) for row in read_law("legal-bases")["overlays"])
    return MappingProxyType({overlay.id: overlay for overlay in found})


def _basis(row: Mapping[str, Any], checked: date) -> LegalBasis:
    known = {field.name for field in fields(LegalBasis)}
    values = {key: value for key, value in _tuples(row).items() if key in known}
    values["receivers"] = None if row["receivers"] == "any" else tuple(Receiver(**_tuples(r)) for r in row["receivers"])
    values["conditions"] = tuple(Condition(**_dated(item)) for item in row["conditions"])
    for key in ("terms", "proof"):
        values[key] = tuple(DemandedTerm(**_dated(item)) for item in row.get(key, ()))
    values["period"] = Period(row.get("from"), row.get("until"))
    values.setdefault("checked", checked)
    values.setdefault("url", "https://www.ecfr.gov/current/title-34/section-" + row["citation"].partition("(")[0])
    return LegalBasis(**values)


def _group(row: Mapping[str, Any]) -> BasisGroup:
    values = _tuples(row)
    below = values.pop("below", None)
    if below is not None:
        values["members"] = tuple(citation for citation in legal_bases() if citation.startswith(below + "("))
    return BasisGroup(**values)


def _dated(row: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(row)
    values["period"] = Period(values.pop("from", None), values.pop("until", None))
    if "or" in values:
        values["alternative"] = values.pop("or")
    return values


def _tuples(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
