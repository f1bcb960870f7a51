"""The states' laws are whole, name what the catalog has, and hold between their days."""

from __future__ import annotations

import json
from datetime import date

import pytest
import yaml
from jsonschema import Draft202012Validator

from dataflows import assets
from dataflows.law.documents import read_law
from dataflows.law.receivers import receivers_named
from dataflows.law.state_law import (
    bans,
    breach_clocks,
    calendar,
    common_general_elements,
    contract_terms,
    known_states,
    postings,
    state_law,
    whole_state_law,
)
from dataflows.law.states import states
from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.model.agreements import Terms
from dataflows.model.kinds import Choice, Count
from dataflows.model.lists import BY_NAME
from dataflows.model.records import Nested, fields_of
from tests.machine import CHECKOUT

TODAY = date(2026, 11, 25)
ALL = [whole_state_law(code) for code in known_states()]
COVERED = (
    "AZ CA CO CT DE FL GA IA ID IL IN KY LA MA MD MN MO NC NH NJ NV NY OH OK OR PA RI TN TX UT VA VT WA WI "
    "AR DC HI KS ME MI MT NE WV WY"
)


def test_every_state_file_is_of_a_state_and_those_with_laws_of_their_own_are_there() -> None:
    assert set(known_states()) <= set(states())
    assert set(COVERED.split()) == set(known_states())
    folder = assets.folder("schemas") / "law" / "states"
    assert {path.stem for path in folder.iterdir()} == set(known_states())


def test_a_state_without_a_file_is_not_known_and_says_so() -> None:
    law = state_law("XX", TODAY)

    assert (law.is_known, law.breach, law.bans) == (False, (), ())


def test_ids_are_said_once_in_a_state_and_begin_with_its_code() -> None:
    for law in ALL:
        for facts in (law.instruments, law.breach, law.postings, law.bans, law.rights, law.calendar):
            ids = [fact.id for fact in facts]
            assert len(ids) == len(set(ids)), law.code
            assert {id.split("-")[0] for id in ids} <= {law.code.lower()}


def test_every_term_is_a_term_of_agreements_and_asks_for_a_value_that_it_can_have() -> None:
    fields = fields_of(Terms)
    for law in ALL:
        for term in law.terms:
            kind = fields[term.term].kind
            if term.at_most is not None:
                assert isinstance(kind, Count), term
            elif isinstance(kind, Choice) and not term.stated:
                assert term.value in kind.options, term
            elif term.value is not True:
                assert term.term == "governing_law", term


def test_every_element_and_category_is_in_the_taxonomy() -> None:
    taxonomy = builtin_taxonomy()
    for law in ALL:
        named = {id for ban in law.bans for id in ban.elements} | {id for clock in law.breach for id in clock.only}
        for row in (*law.general_elements, *common_general_elements()):
            named |= {*row.any, *row.all, *row.never}
            assert set(row.with_) <= set(taxonomy.categories)
        assert named <= set(taxonomy.elements), law.code


def test_every_field_that_a_posting_comes_from_is_in_the_catalog() -> None:
    for law in ALL:
        for posting in law.postings:
            for path in (path for field in posting.fields for path in field.from_):
                check_path(path)


def check_path(path: str) -> None:
    """Follow `agreements.terms.deletion_days` through the records; a contact's role stands for its row."""
    first, *rest = path.split(".")
    record = BY_NAME[first].record
    if first == "contacts":
        rest = []
    for name in rest:
        field = fields_of(record)[name]
        if isinstance(field.kind, Nested):
            record = field.kind.record


def test_every_receiver_trigger_and_other_clock_that_is_named_is_there() -> None:
    tree = read_law("breaches")
    receivers, triggers = ({row["id"] for row in tree[key]} for key in ("receivers", "triggers"))
    for law in ALL:
        for clock in law.breach:
            assert set(clock.receivers) <= receivers
            assert set(clock.starts) <= triggers
            assert clock.along_with is None or clock.along_with in {other.id for other in law.breach}


def test_a_doubtful_fact_is_marked() -> None:
    """A fact that nobody read is never certain."""
    for law in ALL:
        facts = (*law.instruments, *law.terms, *law.breach, *law.postings, *law.bans, *law.rights, *law.calendar)
        assert [fact.id for fact in facts if fact.certain and not fact.read_at] == []


@pytest.mark.parametrize(
    ("code", "day", "clock", "is_there"),
    [
        ("NY", "2025-07-27", "ny-5", False),
        ("NY", "2025-07-28", "ny-5", True),
        ("UT", "2026-05-05", "ut-0", False),
        ("UT", "2026-05-06", "ut-0", True),
        ("CA", "2025-12-31", "ca-3", False),
        ("CA", "2026-01-01", "ca-3", True),
        ("CA", "2026-12-31", "ca-5", True),
        ("CA", "2027-01-01", "ca-5", False),
        ("OH", "2025-09-29", "oh-2", False),
        ("OH", "2025-09-30", "oh-2", True),
        ("CT", "2017-06-30", "ct-3", False),
        ("MD", "2022-10-01", "md-3", True),
    ],
)
def test_a_clock_runs_only_while_its_law_holds(code: str, day: str, clock: str, is_there: bool) -> None:
    assert (clock in {row.id for row in breach_clocks(code, date.fromisoformat(day))}) == is_there


def test_what_is_commonly_got_wrong_is_right() -> None:
    clocks = {clock.id: clock for law in ALL for clock in law.breach}

    assert (clocks["ct-3"].limit, clocks["ct-3"].unit) == (2, "business_days")
    assert (clocks["il-1"].limit, clocks["il-2"].limit) == (30, 30)
    assert (clocks["pa-1"].limit, clocks["pa-1"].unit, clocks["pa-1"].starts) == (
        7,
        "business_days",
        ("district_determination",),
    )
    assert {clock.by for id, clock in clocks.items() if id in ("ca-3", "ca-4")} == {"vendor"}
    assert (clocks["md-1"].limit, clocks["md-3"].limit) == (None, 10)
    assert not any(
        clock.law in ("student", "general") and clock.unit == "hours" for clock in whole_state_law("OH").breach
    )


def test_terms_postings_bans_and_the_calendar_are_asked_for_by_day() -> None:
    day, before = date(2026, 9, 1), date(2020, 1, 1)

    assert "security_framework" in {term.term for term in contract_terms("NY", day)}
    assert contract_terms("NY", before) == ()
    assert {posting.id for posting in postings("IL", day)} == {"il-soppa", "il-agreement-posting"}
    assert {posting.id for posting in postings("NY", day)} >= {"ny-supplement", "ny-bill-of-rights"}
    assert "ut-ssn" in {ban.id for ban in bans("UT", day)}
    assert [entry.when.month_day for entry in calendar("OH", day)] == ["08-01", None]
    assert "termination_for_violation" not in {term.term for term in contract_terms("UT", date(2026, 6, 30))}
    assert "termination_for_violation" in {term.term for term in contract_terms("UT", date(2026, 7, 1))}


@pytest.mark.parametrize(
    ("to", "receivers"),
    [
        ("NYSED Chief Privacy Officer", {"state-education"}),
        ("the state", {"state-education"}),
        ("State", {"state-education"}),
        ("State Police", {"state-police"}),
        ("New York State Attorney General", {"attorney-general"}),
        ("Office of the Attorney General", {"attorney-general"}),
        ("District Attorney of Elm County", {"district-attorney"}),
        ("parents and eligible students", {"families"}),
        ("Parents; Attorney General", {"families", "attorney-general"}),
        ("Department of State", {"department-of-state"}),
        ("State Department of Education", {"state-education"}),
        ("DHSES", {"state-security"}),
        ("Division of Homeland Security and Emergency Services", {"state-security"}),
        ("the board's insurer", set()),
    ],
)
def test_whom_a_notice_went_to_is_understood(to: str, receivers: set[str]) -> None:
    assert receivers_named(to) == receivers


def test_the_example_of_a_new_state_is_as_its_schema_says() -> None:
    page = (CHECKOUT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    example = page.split("```yaml state\n")[1].split("```")[0]
    schema = json.loads((assets.folder("schemas") / "law" / "_schema" / "state.json").read_text(encoding="utf-8"))

    tree = json.loads(json.dumps(yaml.safe_load(example), default=date.isoformat))
    assert [fault.message for fault in Draft202012Validator(schema).iter_errors(tree)] == []
    assert tree["state"] not in known_states()
