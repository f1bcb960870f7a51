"""`cut` answers in the shape that scripts rely on, and refuses what can't be asked."""

from __future__ import annotations

import pytest

from dataflows.actions.cut import cut
from dataflows.errors import UnknownIdError, UsageError
from tests.snapshots import snapshot_of

CATALOG = """
schools:
  - {id: elm, name: Elm Elementary, grades: K-1, enrollment: {K: 10, 1: 20}}
  - {id: oak-hs, name: Oak High, grades: 9-12, enrollment: 900}
vendors: [{id: zoom, name: Zoom}, {id: clever, name: Clever}, {id: aws, name: Amazon Web Services}]
agreements: [{id: zoom-2020, vendor: zoom, kind: dpa}, {id: clever-2024, vendor: clever, kind: dpa}]
flows:
  - {id: rosters, to: clever, elements: [name, email, grade-level], agreement: clever-2024, audience: {grades: K-5}}
  - {id: accounts, to: zoom, elements: [email], agreement: zoom-2020, audience: {schools: [oak-hs]}}
  - {id: signup, from: students, to: zoom, elements: [email], agreement: zoom-2020}
  - {id: zoom-hosting, from: zoom, to: aws, elements: [email, messages], agreement: zoom-2020}
  - {id: clever-hosting, from: clever, to: aws, elements: [email, first-name]}
"""


def ask(*words: str, start: str = "oak", end: str = "aws", weight: str = "flows", text: str = CATALOG):
    return cut(snapshot_of(text), words, start, end, weight=weight)


def test_the_answer_has_the_shape_of_the_interface() -> None:
    assert ask("email").to_json() == {
        "elements": ["email"],
        "from": "oak",
        "to": "aws",
        "flows": ["clever-hosting", "zoom-hosting"],
        "agreements": ["zoom-2020"],
        "reachable_before": True,
        "exact": True,
    }


def test_where_nothing_arrives_there_is_nothing_to_end() -> None:
    answer = ask("ssn").to_json()

    assert (answer["flows"], answer["agreements"]) == ([], [])
    assert (answer["reachable_before"], answer["exact"]) == (False, True)


def test_a_broader_word_means_each_narrower_element_by_itself() -> None:
    assert [flow.id for flow in ask("name").flows] == ["clever-hosting"]
    assert [flow.id for flow in ask("last-name").flows] == []


def test_the_students_alone_are_another_start_than_the_district() -> None:
    assert [flow.id for flow in ask("email", end="zoom").flows] == ["accounts", "signup"]
    assert [flow.id for flow in ask("email", start="students", end="zoom").flows] == ["signup"]


def test_any_other_start_is_taken_to_have_the_elements() -> None:
    assert [flow.id for flow in ask("messages", start="vendor/zoom").flows] == ["zoom-hosting"]


def test_the_weights_say_what_is_least() -> None:
    by_students = ask("email", weight="students")
    by_elements = ask("email", weight="elements")

    assert [flow.id for flow in by_students.flows] == ["rosters", "zoom-hosting"]
    assert by_students.to_json()["weight"] == {"by": "students", "total": 960, "not_known": []}
    assert [flow.id for flow in by_elements.flows] == ["clever-hosting", "zoom-hosting"]


def test_an_unknown_number_of_students_counts_as_all_that_are_known_of_and_is_said() -> None:
    text = CATALOG.replace("grades: K-1, enrollment: {K: 10, 1: 20}", "grades: K-1")
    answer = ask("email", end="clever", weight="students", text=text)

    assert answer.to_json()["weight"] == {"by": "students", "total": 900, "not_known": ["rosters"]}


@pytest.mark.parametrize(("start", "end"), [("oak", "oak"), ("oak", "students"), ("zoom", "vendor/zoom")])
def test_a_start_that_is_the_end_is_refused(start: str, end: str) -> None:
    with pytest.raises(UsageError, match="nothing to cut"):
        ask("email", start=start, end=end)


def test_unknown_ids_are_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownIdError, match="Did you mean 'zoom'"):
        ask("email", end="zom")
    with pytest.raises(UnknownIdError):
        ask("emial")
