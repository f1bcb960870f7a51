"""What changed between two frozen catalogs, as families are told."""

from __future__ import annotations

from datetime import date

from dataflows.reporting.changes import ChangesView, build_changes, compose_changes
from dataflows.reporting.document import write_document
from dataflows.reporting.telling import Teller
from tests.snapshots import snapshot_of

BEFORE = """\
vendors:
  - {id: mathly, name: Mathly}
  - {id: hostly, name: Hostly}
  - {id: readly, name: Readly}
  - {id: chatly, name: Chatly}
flows:
  - {id: rosters, to: mathly, elements: [first-name, last-name]}
  - {id: hosting, from: mathly, to: hostly, elements: [first-name]}
  - {id: reading, to: readly, elements: [email], ends: 2026-12-31, retention_days: 365}
  - {id: chatting, to: chatly, elements: [email], ends: 2026-12-31, destroyed: 2027-01-10}
district: {policies: {directory_information: {elements: [name, school], opt_out_by: 2026-09-30}}}
"""
AFTER = BEFORE.replace("[first-name, last-name]", "[first-name, email]").replace(
    "vendors:\n", "vendors:\n  - {id: quizly, name: Quizly}\n"
).replace("flows:\n", "flows:\n  - {id: quizzes, from: students, to: quizly, elements: [username]}\n").replace(
    "[name, school], opt_out_by: 2026-09-30", "[school, grade-level], opt_out_by: 2027-09-30"
)  # fmt: skip


def changes_of(before: str, after: str) -> ChangesView:
    former, now = snapshot_of(before, "2026-08-14"), snapshot_of(after, "2027-08-14")
    return build_changes(Teller(former, "en"), Teller(now, "en"), ("2026-27", "2027-28"))


def test_who_is_new_who_is_gone_and_who_gets_something_else() -> None:
    found = changes_of(BEFORE, AFTER)

    assert [(party.name, [element.id for element in party.elements]) for party in found.new] == [
        ("Quizly", ["username"])
    ]
    assert [(party.name, [one.id for one in party.may_keep], party.until) for party in found.gone] == [
        ("Chatly", [], None),
        ("Readly", ["email"], date(2027, 12, 31)),
    ]
    [mathly] = found.changed
    assert ([one.id for one in mathly.added], [one.id for one in mathly.ended]) == (["email"], ["last-name"])
    assert found.same == 1


def test_what_may_be_given_out_without_asking_has_changed() -> None:
    directory = changes_of(BEFORE, AFTER).directory

    assert directory is not None
    assert [one.id for one in directory.added] == ["grade-level"]
    assert [one.id for one in directory.ended] == ["name"]
    assert directory.opt_out_by == date(2027, 9, 30)


def test_nothing_changed_is_said_in_a_sentence() -> None:
    text = BEFORE.replace(", ends: 2026-12-31", "").replace(", destroyed: 2027-01-10", "")
    before, after = snapshot_of(text, "2026-08-14"), snapshot_of(text, "2027-08-14")

    written = write_document(compose_changes(before, after, ("2026-27", "2027-28"), "en"), ".txt").decode()

    assert changes_of(text, text).is_empty
    assert "Nothing changed: the same companies and agencies get the same kinds" in written
    assert "Who is new" not in written


def test_both_languages_say_the_same_and_spanish_has_no_english_in_it() -> None:
    before, after = snapshot_of(BEFORE, "2026-08-14"), snapshot_of(AFTER, "2027-08-14")
    written = write_document(compose_changes(before, after, ("2026-27", "2027-28"), "es"), ".txt").decode()
    spanish = " ".join(written.split())

    for said in ("Qué ha cambiado", "Quizly", "Readly", "31 de diciembre de 2027", "Ahora podemos dar"):
        assert said in spanish
    for english in ("changed", "Who ", "data", "kinds"):
        assert english not in spanish
