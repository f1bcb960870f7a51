"""A summary above the text repeats what the text states, and states nothing in its place."""

from __future__ import annotations

from datetime import date

import pytest

from dataflows.checking.notice_check import NoticeCheck, check_document
from dataflows.sources.document_text import read_document_bytes

COMPLAINT = "99.7(a)(2)(iv)"
BODY = (
    "## Seeing records\n\nUnder FERPA you have the right to inspect and review your child's education records.\n\n"
    "## Changing records\n\nYou have the right to ask us to amend education records that are inaccurate, misleading, "
    "or in violation of your child's privacy rights.\n\n"
)
BRIEF = "You have the right to file a complaint with the U.S. Department of Education."


def check(text: str) -> NoticeCheck:
    return check_document(read_document_bytes(text.encode(), "notice.md"), date(2026, 11, 24))


def present(text: str) -> list[str]:
    return [item.id for item in check(text).items if item.present]


@pytest.mark.parametrize(
    "title", ["At a glance", "Your rights at a glance", "In brief", "Summary", "De un vistazo", "En resumen"]
)
def test_what_only_a_summary_names_is_not_stated(title: str) -> None:
    assert COMPLAINT not in present(f"# Notice\n\n## {title}\n\n- {BRIEF}\n\n{BODY}")
    assert COMPLAINT in present(f"# Notice\n\n## Complaints\n\n- {BRIEF}\n\n{BODY}")


def test_a_summary_whose_sentence_says_the_whole_states_it() -> None:
    whole = f"{BRIEF[:-1]} if we fail to comply with FERPA."

    assert COMPLAINT in present(f"# Notice\n\n## At a glance\n\n- {whole}\n\n{BODY}")


def test_a_notice_that_is_all_summary_is_taken_as_the_text() -> None:
    text = f"# FERPA at a glance\n\nYou have the right to inspect and review your child's education records. {BRIEF}"

    assert present(text) == ["99.7(a)(2)(i)", COMPLAINT]
    assert not any(sentence.in_summary for sentence in check(text).sentences)


def test_a_summary_ends_at_the_next_heading_or_where_its_marks_change() -> None:
    for rest in (f"## Complaints\n\n{BRIEF}", f"1. Complaints\n\n{BRIEF}"):
        box = "At a glance\n\n\u2022 You may see and change records.\n\n\u2022 You may complain.\n\n"
        assert COMPLAINT in present(f"# Notice\n\n{box}{rest}\n\n{BODY}")


def test_a_summary_is_not_longer_than_a_summary() -> None:
    filler = "".join(f"The bus of line {number} leaves at seven.\n\n" for number in range(50))

    assert COMPLAINT in present(f"# Notice\n\n{BODY}## Summary\n\n{filler}{BRIEF}")


def test_a_title_is_quoted_only_where_no_sentence_follows_it() -> None:
    title = "Under FERPA you have these rights:\n\n1. The right to see records\n\n"
    sentence = "You have the right to inspect and review your child's education records."

    quoted = {item.id: item.evidence for item in check(f"{title}{sentence}").items}
    alone = {item.id: item.evidence for item in check(title).items}

    assert quoted["99.7(a)(2)(i)"] == sentence
    assert alone["99.7(a)(2)(i)"] == "1. The right to see records"
