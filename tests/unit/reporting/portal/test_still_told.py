"""What is over and gone is in no map and in no file of open data; what may still be held is."""

from __future__ import annotations

import pytest

from dataflows.reporting.portal.public_fields import public_bodies
from dataflows.reporting.portal.still_told import still_told
from tests.snapshots import bodies_of, snapshot_of

CATALOG = """
vendors:
  - {id: old, name: Old}
  - {id: next, name: Next}
  - {id: here, name: Here}
  - {id: timer, name: Timer, products: [{name: Timer, student_data: none}]}
  - {id: quiet, name: Quiet}
agreements: [{id: a, vendor: old, kind: dpa}, {id: b, vendor: here, kind: dpa}]
flows:
  - {id: f, to: old, elements: [email], starts: 2019-08-01, ends: 2020-06-30, destroyed: 2022-06-10}
  - {id: g, to: here, elements: [email], starts: 2019-08-01}
  - {id: h, to: here, elements: [name], starts: 2019-08-01, ends: 2020-06-30, retention_days: 60}
  - {id: i, to: timer, elements: [name], starts: 2019-08-01, ends: 2020-06-30, retention_days: 0}
"""
ONWARD = "  - {id: j, from: old, to: next, elements: [email], starts: 2019-08-01, ends: 2020-06-30}\n"


def told(day: str, text: str = CATALOG, changed: tuple[str, ...] = ()) -> dict[str, list[str]]:
    rows = still_told(public_bodies(bodies_of(text)), snapshot_of(text, day), changed)
    return {name: [id for id, _ in rows[name]] for name in ("vendors", "agreements", "flows")}


def test_a_vendor_goes_with_the_proof_that_all_was_deleted() -> None:
    assert told("2022-06-09") == {
        "vendors": ["old", "next", "here", "timer", "quiet"],
        "agreements": ["a", "b"],
        "flows": ["f", "g"],
    }
    assert told("2022-06-10") == {"vendors": ["next", "here", "timer", "quiet"], "agreements": ["b"], "flows": ["g"]}


def test_a_vendor_whose_data_another_got_and_keeps_stays() -> None:
    found = told("2022-07-01", CATALOG + ONWARD)

    assert "old" in found["vendors"]
    assert found["flows"] == ["g", "j"]


@pytest.mark.parametrize("day", ["2022-07-01", "2030-01-01"])
def test_what_is_told_as_a_change_stays(day: str) -> None:
    assert told(day, changed=("f",))["flows"] == ["f", "g"]
    assert "old" in told(day, changed=("f",))["vendors"]
