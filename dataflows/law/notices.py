"""What the annual notice must state on a day, and where a complaint goes (34 CFR 99.7, 99.63)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from dataflows.law.documents import read_law
from dataflows.model.periods import Period

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing that an item must say; `field` is the district's text that says it."""

    id: str
    says: str
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFault:
    """What can be wrong with an item that is there."""

    id: str
    says: str
    cite: str
    certain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeItem:
    """One item of the annual notice, by the id that `notice check` reports."""

    id: str
    title: str
    requirement: str
    must_say: tuple[Statement, ...]
    not_enough: tuple[str, ...]
    faults: tuple[ItemFault, ...]
    fields: tuple[str, ...]
    """The district's texts that state it, such as `policies.inspection_procedure`; empty: the law's own words do."""
    applies_below: str | None
    """None: always; else the paragraph on which some flow must rest, such as `99.31(a)(1)`."""
    citation: str
    period: Period
    checked: date
    certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Giving:
    """A condition on giving the notice, not on its text."""

    id: str
    says: str
    citation: str
    period: Period
    checked: date
    certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintContact:
    """Where a complaint to the Department of Education goes; what is `unconfirmed` was not read in a source."""

    id: str
    office: str
    department: str
    address: str
    url: str | None
    email: str | None
    ppra_email: str | None
    phone: str | None
    unconfirmed: tuple[str, ...]
    citation: str
    days_to_complain: int
    days_cite: str
    period: Period
    checked: date
    certain: bool
    note: str


def annual_notice_items(day: date) -> tuple[NoticeItem, ...]:
    """Return what the annual notice had to state on a day, in the order of 99.7."""
    return tuple(item for item in _items() if day in item.period)


def notice_giving(day: date) -> tuple[Giving, ...]:
    """Return the conditions on giving the annual notice that held on a day."""
    return tuple(item for item in _giving() if day in item.period)


def complaint_contact(day: date) -> ComplaintContact:
    """Return the office that took complaints on a day; raises LookupError where none is known."""
    for contact in _contacts():
        if day in contact.period:
            return contact
    raise LookupError(f"No office for complaints is known for {day}.")


@cache
def _items() -> tuple[NoticeItem, ...]:
    tree = read_law("annual-notice")
    return tuple(_item(row, tree["checked"]) for row in tree["items"])


def _item(row: Mapping[str, Any], checked: date) -> NoticeItem:
    return NoticeItem(
        id=row["id"],
        title=row["title"],
        requirement=row["requirement"],
        must_say=tuple(Statement(**statement) for statement in row["must_say"]),
        not_enough=tuple(row["not_enough"]),
        faults=tuple(ItemFault(**fault) for fault in row["faults"]),
        fields=tuple(row["fields"]),
        applies_below=row["when"]["legal_bases_below"] if row["applies"] == "when" else None,
        citation=row["citation"],
        period=Period(row["from"], row.get("until")),
        checked=row.get("checked", checked),
        certain=row["certain"],
    )


@cache
def _giving() -> tuple[Giving, ...]:
    tree = read_law("annual-notice")
    return tuple(Giving(**_dated(row, tree["checked"])) for row in tree["giving"])


@cache
def _contacts() -> tuple[ComplaintContact, ...]:
    tree = read_law("complaint-contacts")
    rows = (_dated(row, tree["checked"]) for row in tree["contacts"])
    return tuple(ComplaintContact(**{**row, "unconfirmed": tuple(row["unconfirmed"])}) for row in rows)


def _dated(row: Mapping[str, Any], checked: date) -> dict[str, Any]:
    values = {"checked": checked, **row}
    values["period"] = Period(values.pop("from"), values.pop("until", None))
    return values
