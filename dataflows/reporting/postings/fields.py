"""Tells the fields of a posting, in the state's order, and says what is missing of each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dataflows.reporting.postings.naming import say
from dataflows.reporting.postings.sources import find, is_internal
from dataflows.reporting.postings.views import FieldView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataflows.law.state_law import Posting, PostingField
    from dataflows.reporting.postings.sources import Found, Subject
    from dataflows.reporting.postings.views import PartView
    from dataflows.reporting.telling import Teller

_OF_THE_DISTRICT = ("district.", "contacts.")


def fields_of_blocks(posting: Posting) -> list[PostingField]:
    """Return the fields that each block has."""
    return [field for field in posting.fields if field.label and not _is_of_district(field)]


def fields_of_district(posting: Posting) -> list[PostingField]:
    """Return the fields that a posting has once."""
    return [field for field in posting.fields if field.label and _is_of_district(field)]


def _is_of_district(field: PostingField) -> bool:
    return all(source.startswith(_OF_THE_DISTRICT) for source in sources_of(field))


def sources_of(field: PostingField) -> tuple[str, ...]:
    """Return the fields of the catalog from which a field may be told."""
    return tuple(source for source in field.tells or field.from_ if not is_internal(source))


def tell_field(
    field: PostingField, subject: Subject | None, teller: Teller
) -> tuple[FieldView | None, tuple[str, ...]]:
    """Return a field and what is missing of it; None where the law does not ask it of such a subject."""
    if field.contracts == "contract" and subject is not None and _is_on_demand(subject.party, teller):
        return None, ()
    found = {source: one for source in sources_of(field) if (one := find(source, subject, teller)) is not None}
    if not found:
        return None, ()
    is_settled = any(one.settles for one in found.values())
    missing = () if is_settled else _missing(field, found)
    parts = _joined([part for one in found.values() for part in one.parts])
    named = [part for part in parts if part.kind != "own"]
    # The district's own way stands in only where the agreement names none.
    parts = tuple(named) or parts
    view = FieldView(field.id, say(teller.language, field.label or ""), parts, _lacking(missing), is_gap=bool(missing))
    return view, missing


def _is_on_demand(party: str, teller: Teller) -> bool:
    vendor = teller.snapshot.vendors.get(party)
    return vendor is not None and vendor.relationship == "on_demand"


def _joined(parts: list[PartView]) -> tuple[PartView, ...]:
    """Put kinds of data and purposes together where a field tells both: each purpose with what goes for it."""
    if {"elements", "uses"} <= {part.kind for part in parts}:
        whole = [replace(part, kind="whole uses") if part.kind == "uses" else part for part in parts]
        return tuple(part for part in whole if part.kind != "elements")
    return tuple(parts)


def _missing(field: PostingField, found: dict[str, Found]) -> tuple[str, ...]:
    """Return what is missing: of the group that lacks least, and within what is told."""
    groups = field.enough or tuple((source,) for source in found)
    asked = [[found[source] for source in group if source in found] for group in groups]
    asked = [group for group in asked if group]
    partly = tuple(name for one in found.values() if one.parts for name in one.missing)
    if not asked or any(_is_whole(group) for group in asked):
        return partly
    least = min(asked, key=lambda group: sum(not one.parts for one in group))
    empty = tuple(name for one in least if not one.parts for name in one.missing)
    return tuple(dict.fromkeys((*partly, *empty)))


def _lacking(missing: Sequence[str]) -> tuple[str, ...]:
    """Return by their last names the fields of the catalog that are missing, each once."""
    return tuple(dict.fromkeys(name.rpartition(".")[2] for name in missing))


def _is_whole(group: Sequence[Found]) -> bool:
    return all(one.parts for one in group)
