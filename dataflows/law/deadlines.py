"""Every deadline that a breach sets: the state's clocks and the contracts', counted and compared.

A law counts only where it held on the day of its trigger (of an unknown trigger: on the day asked
about), so a newer law is never applied to an older breach.  Contract and law run side by side;
the earlier one decides, and both are returned.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from dataflows.law.clocks import Moment, count, day_of, days_late, is_after, on_the_wall
from dataflows.law.documents import read_law
from dataflows.law.general_elements import find_general_elements
from dataflows.law.receivers import receivers_named
from dataflows.law.state_law import whole_state_law

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from dataflows.law.holidays import Holiday
    from dataflows.law.state_law import BreachClock
    from dataflows.model.taxonomy import Taxonomy

_OF_A_BREACH = ("student", "general", "cyber", "ransom", "device")
"""The laws whose clocks a breach starts; of a ransom and a device it may, by an event of its own."""
_OF_AN_EVENT = ("ransom", "device")
_OF_A_VIOLATION = "unauthorized_use_discovered"
"""What starts the clocks of the law on contracts: a party used data as its contract does not allow."""
_CONTRACT_STARTS = {
    "discovery": "vendor_discovery",
    "determination": "vendor_determination",
    "confirmation": "vendor_determination",
}


@dataclass(frozen=True, slots=True)
class Promise:
    """What an agreement says about telling the district of a breach."""

    agreement: str
    hours: int
    starts: str | None
    """`discovery`, `determination`, `confirmation`, or None where it is not stated."""
    ended_on: date | None = None
    """Its last day, where that lies before the breach."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachFacts:
    """What is known of a breach, as far as clocks need it."""

    state: str
    as_of: date
    elements: tuple[str, ...]
    started: Mapping[str, Moment]
    """The triggers that are known, by id in schemas/law/breaches.yaml."""
    assumed: frozenset[str] = frozenset()
    """Triggers that stand for others: the district found out when the vendor told it."""
    notices: tuple[tuple[str, date], ...] = ()
    """Whom the district told, as written, and when."""
    people: int | None = None
    """How many are concerned, or more than so many where `people_is_least`."""
    people_is_least: bool = True
    is_at_vendor: bool = True
    hold_until: date | None = None
    district: str = ""
    promises: tuple[Promise, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """Who must tell whom by when, on which basis, and by how much that was missed."""

    id: str
    """The clock's, or the agreement's."""
    law: str
    """`student`, `general`, `cyber`, `ransom`, `device` or `contract`."""
    by: str
    notify: str
    due: Moment | None
    """None: no time is named, or the trigger is not known."""
    basis: str
    says: str
    starts_from: str
    started: Moment | None
    certain: bool
    words: str | None = None
    """What the law says instead of a time."""
    condition: str | None = None
    is_conditional: bool = False
    """Its event need not happen, and is not known to have happened."""
    limit: int | None = None
    """So many of `unit`; None: no time is named."""
    threshold: str | None = None
    is_threshold_met: bool | None = None
    because: tuple[str, ...] = ()
    """Of a general law: the elements that started it."""
    told: Moment | None = None
    missed_by: int | None = None
    """Days; 0 is hours, None is not missed."""
    unit: str = "none"
    left_out: tuple[Holiday, ...] = ()
    """The holidays that business days left out."""
    duty: str = field(default="", compare=False)


def find_deadlines(facts: BreachFacts, taxonomy: Taxonomy) -> tuple[Deadline, ...]:
    """Return every deadline of a breach, by the day on which it ends; those without one last."""
    if not facts.elements:
        return ()
    found = [*_of_the_state(facts, taxonomy), *_of_contracts(facts)]
    judged = (_judged(deadline, facts) for deadline in found)
    return tuple(sorted(judged, key=_order))


def _order(deadline: Deadline) -> tuple[bool, str, str, str]:
    due = deadline.due
    return (due is None, day_of(due).isoformat() if due else "", deadline.by, deadline.id)


def _of_the_state(facts: BreachFacts, taxonomy: Taxonomy) -> Iterator[Deadline]:
    found: dict[str, Deadline] = {}
    for clock in whole_state_law(facts.state).breach:
        deadline = _run(clock, facts, taxonomy)
        if deadline is None:
            continue
        if clock.along_with in found:
            other = found[clock.along_with]
            deadline = replace(deadline, due=other.due, unit=other.unit, left_out=other.left_out)
        known = found.get(deadline.duty)
        if known is None or _is_sooner(deadline, known, facts):
            found[deadline.duty] = deadline
    yield from found.values()


def _run(clock: BreachClock, facts: BreachFacts, taxonomy: Taxonomy) -> Deadline | None:
    """Return the deadline that a clock sets; None where its law does not reach the breach."""
    start = _start_of(clock.starts, facts)
    started = facts.started.get(start)
    day = day_of(started) if started is not None else facts.as_of
    if not _applies(clock, facts, day):
        return None
    because: tuple[str, ...] = ()
    if clock.law == "general":
        because = find_general_elements(facts.state, day, facts.elements, taxonomy)
        because = tuple(id for id in because if not clock.only or id in clock.only)
        if not because:
            return None
    due, left_out = _due(clock, started, facts)
    threshold, is_met = _threshold(clock, facts)
    event = possible_events().get(start) if started is None else None
    return Deadline(
        id=clock.id,
        law=clock.law,
        by=clock.by,
        notify=clock.to,
        due=due,
        basis=clock.cite,
        says=clock.says,
        starts_from=start if started is not None else " or ".join(clock.starts),
        started=started,
        certain=clock.certain,
        words=event.time(clock) if event else clock.words,
        condition=clock.condition or (event.condition if event else None),
        is_conditional=event is not None,
        limit=clock.limit,
        threshold=threshold,
        is_threshold_met=is_met,
        because=because,
        told=_told(clock, facts, since=started if clock.law in _OF_AN_EVENT else None) if event is None else None,
        unit=clock.unit,
        left_out=left_out,
        duty=clock.duty or clock.id,
    )


@dataclass(frozen=True, slots=True)
class PossibleEvent:
    """What may happen in a breach and need not, such as the payment of a ransom."""

    condition: str
    counted_from: str

    def time(self, clock: BreachClock) -> str:
        """Return how long a clock runs from it, in words."""
        unit = clock.unit.replace("_", " ")
        return f"within {clock.limit} {unit}, counted from {self.counted_from}"


@cache
def possible_events() -> Mapping[str, PossibleEvent]:
    """Return the events that need not happen, by the trigger that each is."""
    rows = [row for row in read_law("breaches")["triggers"] if "if" in row]
    return {row["id"]: PossibleEvent(row["if"], row["counted"]) for row in rows}


def _applies(clock: BreachClock, facts: BreachFacts, day: date) -> bool:
    if clock.law not in _OF_A_BREACH and not (clock.law == "contract" and _OF_A_VIOLATION in facts.started):
        return False
    if day not in clock.period or not clock.period.begun_by(facts.as_of):
        return False
    if clock.by == "vendor" and not facts.is_at_vendor:
        return False
    return not any(name.casefold() in facts.district.casefold() for name in clock.exempt)


def _start_of(starts: tuple[str, ...], facts: BreachFacts) -> str:
    """Return the earliest trigger that is known; one that stands for another counts only without it."""
    known = [start for start in starts if start in facts.started]
    if "notice_from_vendor" in known:
        known = [start for start in known if start not in facts.assumed]
    return min(known, key=lambda start: (day_of(facts.started[start]), starts.index(start)), default=starts[0])


def _due(clock: BreachClock, started: Moment | None, facts: BreachFacts) -> tuple[Moment | None, tuple[Holiday, ...]]:
    if started is None or clock.limit is None:
        return None, ()
    counted = count(started, clock.limit, clock.unit)
    if clock.after_hold_days is not None and facts.hold_until is not None:
        after = facts.hold_until + timedelta(days=clock.after_hold_days)
        if is_after(after, counted.due):
            return after, ()
    return counted.due, counted.left_out


def _threshold(clock: BreachClock, facts: BreachFacts) -> tuple[str | None, bool | None]:
    """Return the number of people that a law asks for, in words, and whether there are so many."""
    least = clock.at_least if clock.at_least is not None else clock.over + 1 if clock.over is not None else None
    if least is None:
        return None, None
    words = f"{least:,} or more" if clock.at_least is not None else f"more than {clock.over:,}"
    text = f"{words} {clock.people}" if clock.people else words
    if facts.people is not None and facts.people >= least:
        return text, True
    return text, None if facts.people is None or facts.people_is_least else False


def _told(clock: BreachClock, facts: BreachFacts, since: Moment | None = None) -> Moment | None:
    """Return when the last of a clock's receivers was told; None while one was not, as far as is recorded.

    What was told before the event that a clock is about was told of something else.
    """
    if clock.law == "contract" and clock.by == "vendor":
        return None  # no row records that a violation was remedied
    if clock.by == "vendor" and clock.receivers == ("district",):
        return facts.started.get("notice_from_vendor")
    days: list[date] = []
    for receiver in clock.receivers:
        named = [day for to, day in facts.notices if day <= facts.as_of and receiver in receivers_named(to)]
        named = [day for day in named if since is None or day >= day_of(since)]
        if not named:
            return None
        days.append(min(named))
    return max(days)


def _is_sooner(one: Deadline, other: Deadline, facts: BreachFacts) -> bool:
    """Tell which of two clocks of one duty decides: the sure trigger, then the earlier end."""

    def rank(deadline: Deadline) -> tuple[bool, bool, str]:
        due = deadline.due
        return (due is None, deadline.starts_from in facts.assumed, day_of(due).isoformat() if due else "")

    return rank(one) < rank(other)


def _of_contracts(facts: BreachFacts) -> Iterator[Deadline]:
    """What an agreement promises; where it does not say what starts the clock, discovery is taken."""
    for promise in facts.promises:
        start = _CONTRACT_STARTS.get(promise.starts or "discovery", "vendor_discovery")
        started = facts.started.get(start)
        says = f"The agreement {promise.agreement} has the vendor tell the district within {promise.hours} hours."
        if promise.starts is None:
            says += " It does not say from when: discovery is taken, the earliest."
        if promise.ended_on:
            says += f" It ended on {promise.ended_on}; ask counsel whether it still binds."
        yield Deadline(
            id=promise.agreement,
            law="contract",
            by="vendor",
            notify="the school district",
            due=count(started, promise.hours, "hours").due if started is not None else None,
            basis=f"agreement {promise.agreement}",
            says=says,
            starts_from=start,
            started=started,
            certain=promise.starts is not None and promise.ended_on is None,
            told=facts.started.get("notice_from_vendor"),
            limit=promise.hours,
            unit="hours",
            duty=f"agreement {promise.agreement}",
        )


def _judged(deadline: Deadline, facts: BreachFacts) -> Deadline:
    """Say by how much it was missed: by what is recorded, else by the day asked about."""
    if deadline.due is None or deadline.is_threshold_met is False:
        return deadline
    done = on_the_wall(deadline.told) if deadline.told is not None else facts.as_of
    return replace(deadline, missed_by=days_late(deadline.due, done))
