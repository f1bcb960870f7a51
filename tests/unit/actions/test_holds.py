"""`holds` answers in the shape that scripts rely on."""

from __future__ import annotations

import subprocess
import sys

import pytest

from dataflows.actions.holds import find_holds
from dataflows.errors import UnknownIdError
from tests.snapshots import snapshot_of

CATALOG = """
vendors: [{id: zoom, name: Zoom}, {id: aws, name: Amazon Web Services}, {id: evalu, name: Evaluator}]
agreements: [{id: zoom-2020, vendor: zoom, kind: dpa}]
flows:
  - id: zoom-accounts
    to: zoom
    elements: [email, student-id]
    legal_basis: 99.31(a)(1)(i)(B)
    agreement: zoom-2020
    starts: 2020-03-30
  - {id: zoom-hosting, from: zoom, to: aws, elements: [email, student-id], legal_basis: 99.33(b), starts: 2020-03-30}
  - {id: teachers, to: evalu, elements: [email, state-student-id], starts: 2015-08-01, ends: 2019-06-30}
"""


def test_holders_and_those_who_retain_come_in_the_shape_of_the_interface() -> None:
    answer = find_holds(snapshot_of(CATALOG), ["email"]).to_json()

    assert answer == {
        "elements": ["email"],
        "as_of": "2026-10-01",
        "holders": [
            {
                "party": "zoom", "name": "Zoom", "elements": ["email"], "direct": True, "hops": 1,
                "path": ["oak", "zoom"], "flows": ["zoom-accounts"],
                "legal_bases": ["99.31(a)(1)(i)(B)"], "agreements": ["zoom-2020"],
            },
            {
                "party": "aws", "name": "Amazon Web Services", "elements": ["email"], "direct": False, "hops": 2,
                "path": ["oak", "zoom", "aws"], "flows": ["zoom-hosting"],
                "legal_bases": ["99.33(b)"], "agreements": [],
            },
        ],
        "retained": [
            {
                "party": "evalu", "name": "Evaluator", "elements": ["email"], "direct": True, "hops": 1,
                "path": ["oak", "evalu"], "flows": ["teachers"], "legal_bases": [], "agreements": [], "until": None,
            }
        ],
    }  # fmt: skip


def test_a_destruction_that_was_recorded_later_is_not_there_before_its_day() -> None:
    text = CATALOG.replace("ends: 2019-06-30", "ends: 2019-06-30, destroyed: 2022-06-10")

    before = find_holds(snapshot_of(text, "2022-06-01"), ["state-student-id"]).to_json()
    after = find_holds(snapshot_of(text, "2022-07-01"), ["state-student-id"]).to_json()

    assert [(row["party"], row["until"]) for row in before["retained"]] == [("evalu", "2022-06-09")]
    assert after["retained"] == []


def test_several_words_mean_any_of_them_and_each_element_is_asked_once() -> None:
    answer = find_holds(snapshot_of(CATALOG), ["student-id", "email", "student-id"])

    assert answer.elements == ("student-id", "email")
    assert [holder.holding.elements for holder in answer.holders] == [("email", "student-id")] * 2


def test_an_unknown_word_is_said_to_be_unknown() -> None:
    with pytest.raises(UnknownIdError):
        find_holds(snapshot_of(CATALOG), ["emial"])


def test_the_question_imports_neither_records_nor_libraries() -> None:
    code = "import dataflows.actions.holds, sys; print(*sorted(sys.modules))"

    names = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    ).stdout.split()

    heavy = {"networkx", "sqlalchemy", "alembic", "jinja2", "typst", "pygraphviz", "click", "dataflows.model.records"}
    assert not heavy & set(names)
