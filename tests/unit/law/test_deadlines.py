"""The deadlines of a breach are those of laws that held, from triggers that are known, in every state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataflows.law.clocks import day_of, days_late, is_after
from dataflows.law.deadlines import BreachFacts, Promise, find_deadlines
from dataflows.law.state_law import known_states, whole_state_law
from dataflows.law.taxonomy import builtin_taxonomy

if TYPE_CHECKING:
    from dataflows.law.deadlines import Deadline

TAXONOMY = builtin_taxonomy()
DAYS = st.dates(date(2015, 1, 1), date(2030, 1, 1))
TRIGGERS = (
    "vendor_discovery",
    "notice_from_vendor",
    "district_discovery",
    "vendor_determination",
    "district_determination",
    "individuals_notified",
    "ransom_paid",
    "access_event",
)


@st.composite
def breach_facts(draw: st.DrawFn) -> BreachFacts:
    as_of = draw(DAYS)
    ago = st.integers(0, 400)
    started = {}
    for name in draw(st.sets(st.sampled_from(TRIGGERS))):
        day = as_of - timedelta(days=draw(ago))
        started[name] = draw(st.sampled_from([day, datetime.combine(day, datetime.min.time().replace(hour=9))]))
    receivers = st.sampled_from(["Parents", "State Police", "Attorney General", "the state", "nobody of note"])
    return BreachFacts(
        state=draw(st.sampled_from(known_states())),
        as_of=as_of,
        elements=tuple(sorted(draw(st.sets(st.sampled_from(sorted(TAXONOMY.elements)), min_size=1, max_size=6)))),
        started=started,
        notices=tuple((to, as_of - timedelta(days=draw(ago))) for to in draw(st.lists(receivers, max_size=3))),
        people=draw(st.none() | st.integers(0, 2000)),
        people_is_least=draw(st.booleans()),
        is_at_vendor=draw(st.booleans()),
        hold_until=draw(st.none() | DAYS),
        promises=tuple(
            Promise(f"a{number}", hours, starts)
            for number, (hours, starts) in enumerate(
                draw(
                    st.lists(
                        st.tuples(st.integers(0, 200), st.sampled_from([None, "discovery", "confirmation"])), max_size=2
                    )
                )
            )
        ),
    )


@settings(max_examples=300, deadline=None)
@given(breach_facts())
def test_every_deadline_follows_from_a_law_that_held_and_a_trigger_that_is_known(facts: BreachFacts) -> None:
    clocks = {clock.id: clock for clock in whole_state_law(facts.state).breach}
    found = find_deadlines(facts, TAXONOMY)

    assert len({deadline.id for deadline in found}) == len(found)
    assert list(found) == sorted(found, key=lambda row: (row.due is None, row.due is not None and day_of(row.due)))
    assert {row.id for row in found if row.law == "contract"} == {promise.agreement for promise in facts.promises}
    for row in found:
        assert (row.started is None) == (" or " in row.starts_from or row.starts_from not in facts.started)
        if row.law == "contract":
            continue
        clock = clocks[row.id]
        assert (day_of(row.started) if row.started else facts.as_of) in clock.period
        assert clock.period.begun_by(facts.as_of)
        assert facts.is_at_vendor or row.by == "district"
        assert (row.law == "general") == bool(row.because)
        assert row.due is not None or row.words is not None or row.started is None
        assert row.certain <= clock.certain


@settings(max_examples=300, deadline=None)
@given(breach_facts())
def test_what_is_missed_is_missed_by_what_is_recorded_or_by_the_day_asked_about(facts: BreachFacts) -> None:
    for row in find_deadlines(facts, TAXONOMY):
        done = row.told or facts.as_of
        if row.due is None or row.is_threshold_met is False:
            assert row.missed_by is None
        else:
            assert row.missed_by == days_late(row.due, done)
            assert (row.missed_by is None) == (not is_after(done, row.due))
        assert row.told is None or day_of(row.told) <= facts.as_of


@given(breach_facts())
@settings(max_examples=50, deadline=None)
def test_without_data_there_is_no_deadline(facts: BreachFacts) -> None:
    nothing = BreachFacts(state=facts.state, as_of=facts.as_of, elements=(), started=facts.started)

    assert find_deadlines(nothing, TAXONOMY) == ()


@settings(max_examples=100, deadline=None)
@given(breach_facts(), st.sampled_from(sorted(TAXONOMY.elements)))
def test_more_data_never_takes_a_deadline_away(facts: BreachFacts, element: str) -> None:
    more = BreachFacts(
        **{name: getattr(facts, name) for name in BreachFacts.__dataclass_fields__ if name != "elements"},
        elements=tuple(sorted({*facts.elements, element})),
    )

    assert {row.id for row in find_deadlines(facts, TAXONOMY)} <= {row.id for row in find_deadlines(more, TAXONOMY)}


def ransom_facts(**other: Any) -> BreachFacts:
    return BreachFacts(state="NY", as_of=date(2026, 9, 15), elements=("name",), **{"started": {}, **other})


def of_a_law(law: str, facts: BreachFacts) -> list[Deadline]:
    return [row for row in find_deadlines(facts, TAXONOMY) if row.law == law]


def test_the_clocks_of_a_ransom_stand_with_their_condition_until_one_is_paid() -> None:
    first, second = of_a_law("ransom", ransom_facts())

    assert {first.words, second.words} == {
        "within 24 hours, counted from the payment",
        "within 30 calendar days, counted from the payment",
    }
    for row in (first, second):
        assert (row.due, row.missed_by, row.told) == (None, None, None)
        assert (row.condition, row.is_conditional) == ("if a ransom is paid", True)


def test_the_clocks_of_a_ransom_run_from_its_payment() -> None:
    paid = datetime.fromisoformat("2026-09-01T10:00")
    report, reasons = of_a_law("ransom", ransom_facts(started={"ransom_paid": paid}))

    assert (report.due, report.missed_by, report.condition) == (paid + timedelta(days=1), 13, None)
    assert (reasons.due, reasons.missed_by) == (date(2026, 10, 1), None)


def test_who_was_told_before_a_ransom_was_paid_was_told_of_something_else() -> None:
    notices = (("Division of Homeland Security", date(2026, 8, 30)),)
    paid = of_a_law("ransom", ransom_facts(started={"ransom_paid": date(2026, 9, 1)}, notices=notices))
    unpaid = of_a_law("ransom", ransom_facts(notices=notices))

    assert [row.told for row in (*paid, *unpaid)] == [None] * 4


@pytest.mark.parametrize("state", ["OH", "MN"])
def test_the_clock_of_a_reached_device_says_when_it_runs(state: str) -> None:
    [waiting] = of_a_law("device", replace(ransom_facts(), state=state))
    [running] = of_a_law("device", replace(ransom_facts(started={"access_event": date(2026, 9, 1)}), state=state))

    assert waiting.is_conditional
    assert waiting.words == "within 72 hours, counted from the access"
    assert waiting.condition is not None
    assert "device" in waiting.condition
    assert (running.due, running.is_conditional) == (date(2026, 9, 4), False)
