"""Whole notices: complete ones pass in every form, and each statement that is taken away is missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataflows.actions.write_notice import write_notice
from dataflows.checking.notice_check import NoticeCheck, check_document
from dataflows.sources.document_blocks import BlockKind
from dataflows.sources.document_text import read_document_bytes
from tests.documents import docx, paragraph, pdf
from tests.notices import DAY, POLICIES, example, maple
from tests.packages import DISTRICT as OAK
from tests.snapshots import snapshot_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataflows.checking.sentences import Sentence
    from dataflows.model.snapshot import Snapshot

FOLDER = Path(__file__).parents[2] / "data" / "notices" / "complete"
NOTICES = sorted(path.name for path in FOLDER.iterdir())
MARKS = {
    "2i": "99.7(a)(2)(i)",
    "2ii": "99.7(a)(2)(ii)",
    "2iii": "99.7(a)(2)(iii)",
    "2iv": "99.7(a)(2)(iv)",
    "3i": "99.7(a)(3)(i)",
    "3ii": "99.7(a)(3)(ii)",
    "3iii": "99.7(a)(3)(iii)",
}
FILLER = (
    "The cafeteria opens at eleven.",
    "Buses leave ten minutes after the last bell.",
    "Parents must report an absence by nine o'clock.",
    "Students may not use phones in class without permission of the teacher.",
    "Complaints about bullying go to the principal, who answers in writing.",
    "Title IX complaints may be filed with the Office for Civil Rights of the U.S. Department of Education.",
    "Directory information may be disclosed without consent unless a parent objects in writing by September 30.",
    "The nurse keeps health records, and needs written consent to give medication.",
    "Library books are reviewed by a committee, and parents may inspect instructional materials.",
    "A student may appeal a grade in writing, stating the reasons, to the principal.",
)


def lines_of(name: str) -> list[tuple[str, str]]:
    """Return a notice's lines, each with the mark of the item that it states; an empty mark states none."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [(mark, text) for mark, _, text in (line.partition("|") for line in lines)]


def check(lines: list[tuple[str, str]], name: str) -> NoticeCheck:
    return check_document(read_document_bytes("\n".join(text for _, text in lines).encode(), name), date(2026, 11, 24))


def absent(checked: NoticeCheck) -> set[str]:
    return {item.id for item in checked.items if not item.present}


@pytest.mark.parametrize("name", NOTICES)
def test_a_complete_notice_passes(name: str) -> None:
    checked = check(lines_of(name), name)

    assert absent(checked) == set()
    assert checked.complete
    assert {finding.severity for finding in checked.findings} <= {"info"}


@pytest.mark.parametrize("name", NOTICES)
def test_each_statement_that_is_taken_away_is_missed_and_no_other(name: str) -> None:
    lines = lines_of(name)
    for mark, item in MARKS.items():
        left = [line for line in lines if line[0] != mark]

        assert absent(check(left, name)) == {item}, mark


@pytest.mark.parametrize("name", NOTICES)
def test_half_of_the_criteria_is_not_enough(name: str) -> None:
    lines = lines_of(name)
    for number, (mark, _) in enumerate(lines):
        if mark == "3iii":
            assert absent(check(lines[:number] + lines[number + 1 :], name)) == {MARKS["3iii"]}


@pytest.mark.parametrize("name", NOTICES)
def test_the_words_found_stand_in_the_text(name: str) -> None:
    checked = check(lines_of(name), name)
    text = " ".join(sentence.text for sentence in checked.sentences)

    for item in checked.items:
        assert item.evidence
        assert all(part in text for part in item.evidence.split(" … "))


@given(
    name=st.sampled_from([name for name in NOTICES if name.endswith(".txt")]),
    gone=st.sampled_from([None, *MARKS]),
    before=st.lists(st.sampled_from(FILLER), max_size=30),
    after=st.lists(st.sampled_from(FILLER), max_size=30),
)
@settings(max_examples=60, deadline=None)
def test_what_stands_around_a_notice_changes_nothing(
    name: str, gone: str | None, before: list[str], after: list[str]
) -> None:
    inner = [line for line in lines_of(name) if line[0] != gone]
    around = [[("", text) for sentence in part for text in (sentence, "")] for part in (before, after)]
    whole = [*around[0], ("", "Student Records"), ("", ""), *inner, ("", ""), ("", "Other Rules"), ("", ""), *around[1]]

    assert absent(check(whole, name)) == ({MARKS[gone]} if gone else set())


@pytest.mark.parametrize("name", [name for name in NOTICES if name.endswith(".txt")])
def test_a_notice_passes_as_a_pdf_and_in_word_too(name: str) -> None:
    import textwrap

    texts = [text for _, text in lines_of(name) if text.strip()]
    wrapped = [line for text in texts for line in textwrap.wrap(text, 88)]
    pages = [wrapped[start : start + 25] for start in range(0, len(wrapped), 25)]
    escaped = [text.replace("&", "&amp;").replace("<", "&lt;") for text in texts]
    in_word = docx("".join(paragraph(text) for text in escaped))

    for data, file in ((pdf(pages), "notice.pdf"), (in_word, "notice.docx")):
        assert absent(check_document(read_document_bytes(data, file), DAY)) == set(), file


ONE_LANGUAGE = ("plain", "oak", "lawful")
"""Districts whose own texts are in English alone; their Spanish notice says that it is in two languages."""


def own_districts() -> dict[str, Snapshot]:
    """Return the invented districts of the tests, and the example, with policies in one language and in two."""
    lawful = (FOLDER.parents[1] / "lawful.yaml").read_text(encoding="utf-8")
    plain = snapshot_of(f"district:\n  policies:{POLICIES}", DAY.isoformat())
    oak = snapshot_of(OAK.replace("catalog: 1\n", ""), DAY.isoformat())
    lawful_one = snapshot_of(lawful.replace("catalog: 1\n", ""), DAY.isoformat())
    return {"example": example(), "maple": maple(), "lawful": lawful_one, "plain": plain, "oak": oak}


@pytest.mark.parametrize("district", ["example", "maple", "lawful", "plain", "oak"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_our_own_notice_passes_in_every_format(district: str, language: str) -> None:
    snapshot = own_districts()[district]
    for suffix in (".html", ".md", ".txt", ".docx", ".pdf"):
        made = write_notice(snapshot, "annual", issued=snapshot.valid_on, language=language, suffix=suffix)
        checked = check_document(read_document_bytes(made.content, f"notice{suffix}"), snapshot.valid_on)

        assert absent(checked) == set(), suffix
        told = {finding.code for finding in checked.findings if finding.severity != "info"}
        assert told <= ({"NOT-035"} if district in ONE_LANGUAGE and language == "es" else set()), suffix


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("suffix", [".html", ".md", ".txt", ".docx"])
def test_our_own_notice_without_a_statement_lacks_it_though_its_summary_repeats_it(language: str, suffix: str) -> None:
    snapshot = own_districts()["oak"]
    made = write_notice(snapshot, "annual", issued=snapshot.valid_on, language=language, suffix=suffix)
    document = read_document_bytes(made.content, f"notice{suffix}")
    whole = check_document(document, snapshot.valid_on)
    in_summary = {sentence.block for sentence in whole.sentences if sentence.in_summary}

    assert in_summary
    for item in whole.items:
        stating = [sentence for statement in item.made for sentence in statement.sentences]
        assert not any(sentence.in_summary for sentence in stating)
        left = tuple(
            replace(block, text=without(block.text, stating)) if block not in in_summary else block
            for block in document.blocks
        )
        cut = replace(document, blocks=tuple(block for block in left if block.text))
        assert absent(check_document(cut, snapshot.valid_on)) == {item.id}


def without(text: str, sentences: Sequence[Sentence]) -> str:
    """Return a text without these sentences, but for those that are headings."""
    for sentence in sentences:
        if sentence.block.kind is not BlockKind.HEADING:
            text = text.replace(sentence.text, "")
    return text.strip()


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_words_found_in_our_own_pdf_are_the_sentences_and_not_their_titles(language: str) -> None:
    snapshot = own_districts()["maple"]
    made = write_notice(snapshot, "annual", issued=snapshot.valid_on, language=language, suffix=".pdf")
    checked = check_document(read_document_bytes(made.content, "notice.pdf"), snapshot.valid_on)

    for item in checked.items[:4]:
        assert item.evidence is not None
        assert any(right in item.evidence for right in ("You have the right", "Usted tiene derecho"))
        assert not any(sentence.in_summary for statement in item.made for sentence in statement.sentences)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", ["directory", "ppra"])
@pytest.mark.parametrize("district", ["example", "maple"])
def test_our_own_other_notices_are_known_and_their_forms_are_no_blanks(district: str, kind: str, language: str) -> None:
    snapshot = own_districts()[district]
    for suffix in (".html", ".md", ".txt", ".docx", ".pdf"):
        made = write_notice(snapshot, kind, issued=snapshot.valid_on, language=language, suffix=suffix)
        checked = check_document(read_document_bytes(made.content, f"notice{suffix}"), snapshot.valid_on)
        [other] = [other for other in checked.others if other.id == kind]

        assert [item.id for item in other.items if not item.present] == [], suffix
        assert "NOT-031" not in [finding.code for finding in checked.findings], suffix


def test_two_languages_in_one_file_are_both_read() -> None:
    english = [line for line in lines_of("district-letter.txt") if line[0] not in ("2iv", "3i")]

    assert absent(check(english + lines_of("aviso.txt"), "both.txt")) == set()
