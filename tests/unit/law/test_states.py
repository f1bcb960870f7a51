"""Postal codes, and the numbers with which NCES ids begin."""

from __future__ import annotations

import pytest

from dataflows.law.states import fits_state, states, states_of_nces_id


def test_there_are_fifty_states_the_district_and_five_territories() -> None:
    assert len(states()) == 56
    assert len({state.fips for state in states().values()}) == 56


@pytest.mark.parametrize(
    ("code", "fips"),
    [
        ("MD", "24"), ("NY", "36"), ("IL", "17"), ("CA", "06"), ("CO", "08"), ("CT", "09"), ("UT", "49"), ("TX", "48"),
        ("VA", "51"), ("MA", "25"), ("PA", "42"), ("OH", "39"), ("WA", "53"), ("MN", "27"), ("AZ", "04"), ("GA", "13"),
        ("FL", "12"), ("LA", "22"), ("NH", "33"), ("TN", "47"), ("NC", "37"), ("WI", "55"), ("IA", "19"),
    ],
)  # fmt: skip
def test_states_have_their_number(code: str, fips: str) -> None:
    assert states()[code].fips == fips


def test_an_id_begins_with_the_number_of_its_state() -> None:
    assert fits_state("2400480", "MD")
    assert not fits_state("2400480", "VA")
    assert not fits_state("622710", "CA")
    assert fits_state("2400480", "ZZ")


def test_the_state_of_an_id_is_found() -> None:
    assert [state.name for state in states_of_nces_id("240048000764")] == ["Maryland"]
    assert states_of_nces_id("0300000") == ()
