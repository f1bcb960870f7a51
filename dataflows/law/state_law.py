"""What the law of a state asked for on a day, read from schemas/law/states, each file when it is needed.

A fact that was not read in a source is `certain: false`, and whatever rests on it says so.  A
state without a file is not known here: it has no facts, which is not the same as no law.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from dataflows import assets
from dataflows.law.documents import read_law
from dataflows.model.frozen import frozen
from dataflows.model.periods import Period

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@frozen
class Fact:
    """One thing that a law says, in our words."""

    id: str
    cite: str
    says: str
    period: Period
    certain: bool
    checked: date
    url: str | None = None
    read_at: tuple[str, ...] = ()
    """Where it was read; empty: from knowledge."""


@frozen
class Instrument(Fact):
    """A law, or a rule made under one."""

    ransom: str | None = None
    """What it says of paying a ransom, in our words."""


@frozen
class ContractTerm(Fact):
    """A term that an agreement must have, or to which the law binds the vendor without one."""

    term: str
    """A field of the terms of agreements."""
    value: bool | str = True
    at_most: int | None = None
    """For numbers: the largest that will do."""
    stated: bool = False
    """Any value will do."""
    binds: str = "contract"
    """`contract`: the agreement must say so; `law`: it holds without a clause."""
    contracts: str = "any"
    """`contract`: only of vendors whose relationship is a negotiated contract."""
    contracts_from: date | None = None
    """Only agreements that took effect, or were renewed, from this day on."""
    severity: str = "error"


@frozen
class GeneralElement(Fact):
    """Elements that start the clocks of the general breach law, beside those of most states."""

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    """Needed besides one of `any`."""
    with_: tuple[str, ...] = ()
    """Categories, an element of one of which must be there too."""
    never: tuple[str, ...] = ()
    """Elements of most states that do not count here."""


@frozen
class BreachClock(Fact):
    """Who must tell whom of a breach, and within which time."""

    law: str
    """`student`, `general`, `cyber`, or `ransom`, `device`, `contract`, which other events start."""
    by: str
    to: str
    """The receiver, as it is said."""
    receivers: tuple[str, ...]
    """By id in schemas/law/breaches.yaml: all of them."""
    limit: int | None
    unit: str
    starts: tuple[str, ...]
    """Triggers; the earliest that is known counts."""
    words: str | None = None
    """What the law says where it names no time."""
    duty: str | None = None
    """Clocks of one duty: the first to end counts."""
    along_with: str | None = None
    """The clock with which it ends."""
    after_hold_days: int | None = None
    only: tuple[str, ...] = ()
    """Of a general law: the elements that start this clock."""
    over: int | None = None
    at_least: int | None = None
    people: str | None = None
    """Of whom there must be so many."""
    condition: str | None = None
    exempt: tuple[str, ...] = ()
    """Names of districts that are not bound."""


@frozen
class PostingLimits:
    """Which events a posting may leave out."""

    years: int
    """It lists those of so many years."""
    not_before: date
    """None of an earlier day."""
    percent_of_students: int
    """None that concerned a smaller part of the students."""


@frozen
class PostingField:
    """What a posting must say, and the fields of the catalog that say it."""

    id: str
    says: str
    from_: tuple[str, ...]
    certain: bool = True
    label: str | None = None
    """What stands before it in the posting, in our words; None: the posting's template tells it in its own way."""
    tells: tuple[str, ...] = ()
    """Those of the fields of the catalog that are told; none stated: all."""
    enough: tuple[tuple[str, ...], ...] = ()
    """Groups of fields, one of which must be known; none stated: any one field will do."""
    limits: PostingLimits | None = None
    contracts: str = "any"
    """`contract`: not of vendors that are used on demand, on their own terms."""


@frozen
class Posting(Fact):
    """What a district must publish or send."""

    where: str
    scope: str
    """One for the `district`, for each `agreement`, ..."""
    frequency: str
    fields: tuple[PostingField, ...]
    blocks: str | None = None
    """What has a block of its own in it: each `agreement`, or each `receiver`."""
    names: str = "register"
    """How kinds of data are called: `plain`, in words for families, or as in a `register`."""
    categories: tuple[str, ...] = ()
    """It is about vendors for these purposes only; none stated: all."""


@frozen
class Ban(Fact):
    """What may not be, or only on one basis."""

    rule: str
    elements: tuple[str, ...] = ()
    unless_basis: str | None = None
    contracts: str = "any"
    severity: str = "error"


@frozen
class Right(Fact):
    """What parents may ask for, and how long the answer may take."""

    limit: int | None
    unit: str
    starts: str


@frozen
class When:
    """When something of the yearly calendar falls due; one of the four is stated."""

    month_day: str | None = None
    school_year: str | None = None
    """`starts` or `midyear`."""
    plus_days: int = 0
    after: str | None = None
    """An event: `signing`."""
    limit: int | None = None
    unit: str | None = None
    yearly: bool = False


@frozen
class CalendarEntry(Fact):
    """Something that a state asks for every year, or after an event."""

    when: When
    posting: str | None = None
    """The posting that is due by then, where the catalog would record that it was made."""


@dataclass(frozen=True, slots=True)
class StateLaw:
    """What held in a state on a day."""

    code: str
    is_known: bool
    """False: there is no file for the state."""
    instruments: tuple[Instrument, ...] = ()
    terms: tuple[ContractTerm, ...] = ()
    general_elements: tuple[GeneralElement, ...] = ()
    breach: tuple[BreachClock, ...] = ()
    postings: tuple[Posting, ...] = ()
    bans: tuple[Ban, ...] = ()
    rights: tuple[Right, ...] = ()
    calendar: tuple[CalendarEntry, ...] = ()


def state_law(code: str, day: date) -> StateLaw:
    """Return what held in a state on a day; an unknown state is `is_known: False`."""
    whole = whole_state_law(code)
    return StateLaw(code, whole.is_known, **{key: _held(getattr(whole, key), day) for key in _CLASSES})


def breach_clocks(code: str, day: date) -> tuple[BreachClock, ...]:
    """Return the clocks that a breach started on a day."""
    return _held(whole_state_law(code).breach, day)


def contract_terms(code: str, day: date) -> tuple[ContractTerm, ...]:
    """Return the terms that a state asked agreements for on a day."""
    return _held(whole_state_law(code).terms, day)


def postings(code: str, day: date) -> tuple[Posting, ...]:
    """Return what a state had a district publish on a day."""
    return _held(whole_state_law(code).postings, day)


def bans(code: str, day: date) -> tuple[Ban, ...]:
    """Return what a state forbade on a day."""
    return _held(whole_state_law(code).bans, day)


def calendar(code: str, day: date) -> tuple[CalendarEntry, ...]:
    """Return what a state asked for every year, as on a day."""
    return _held(whole_state_law(code).calendar, day)


def known_states() -> tuple[str, ...]:
    """Return the postal codes of the states that have a file."""
    folder = assets.folder("schemas") / "law" / "states"
    return tuple(sorted(path.stem for path in folder.glob("??.yaml")))


@cache
def whole_state_law(code: str) -> StateLaw:
    """Return all that is known of a state, of every day."""
    if code not in known_states():
        return StateLaw(code, is_known=False)
    tree = read_law(f"states/{code}")
    parts = {key: tuple(_fact(cls, row, tree, key) for row in tree[key]) for key, cls in _CLASSES.items()}
    return StateLaw(code, is_known=True, **parts)


@cache
def common_general_elements() -> tuple[GeneralElement, ...]:
    """Return the elements that start the clock of most general breach laws."""
    tree = {**read_law("breaches"), "state": "US"}
    return tuple(_fact(GeneralElement, row, tree, "general_elements") for row in tree["general_elements"])


_CLASSES: dict[str, type[Any]] = {
    "instruments": Instrument,
    "terms": ContractTerm,
    "general_elements": GeneralElement,
    "breach": BreachClock,
    "postings": Posting,
    "bans": Ban,
    "rights": Right,
    "calendar": CalendarEntry,
}

F = TypeVar("F", bound=Fact)


def _held(facts: tuple[F, ...], day: date) -> tuple[F, ...]:
    return tuple(fact for fact in facts if day in fact.period)


def _fact(cls: type[F], row: Mapping[str, Any], tree: Mapping[str, Any], key: str) -> F:
    known = {field.name for field in fields(cls)}
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    values["period"] = Period(values.pop("from", None), values.pop("until", None))
    values.setdefault("checked", tree["checked"])
    values.setdefault("id", f"{tree['state'].lower()}-{_name_of(row, key)}")
    if "with" in values:
        values["with_"] = values.pop("with")
    if "fields" in row:
        values["fields"] = tuple(_posting_field(field) for field in row["fields"])
    if "when" in row:
        values["when"] = When(**row["when"])
    return cls(**{name: value for name, value in values.items() if name in known})


def _name_of(row: Mapping[str, Any], key: str) -> str:
    """Return what tells a row apart that has no id of its own: its term, or its elements."""
    return str(row.get("term") or "-".join([key, *row.get("any", ()), *row.get("never", ())]))


def _posting_field(row: Mapping[str, Any]) -> PostingField:
    return PostingField(
        id=row["id"],
        says=row["says"],
        from_=tuple(row.get("from", ())),
        certain=row.get("certain", True),
        label=row.get("label"),
        tells=tuple(row.get("tells", ())),
        enough=tuple(tuple(group) for group in row.get("enough", ())),
        contracts=row.get("contracts", "any"),
        limits=PostingLimits(**row["limits"]) if "limits" in row else None,
    )
