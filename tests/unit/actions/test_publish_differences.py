"""Where a text that went out differs from ours: by sentence, in order, whatever the typesetting."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dataflows.actions import publish_differences
from dataflows.actions.publish_differences import find_differences
from dataflows.sources.document_blocks import Block

OURS = ["You may see records within 45 days. You may ask us to explain.", "Write to the principal."]
WORDS = st.lists(st.sampled_from(["One is here.", "Two is there.", "Three are gone.", "Four came."]), max_size=8)


def blocks(*texts: str) -> list[Block]:
    return [Block(text, line=number) for number, text in enumerate(texts, 1)]


def test_a_changed_a_removed_and_an_added_sentence_are_each_named() -> None:
    sent = ["From the Superintendent.", "You may see records within 45 school days.", "Write to the principal."]

    assert find_differences(blocks(*OURS), blocks(*sent)) == [
        {
            "change": "changed",
            "ours": "You may see records within 45 days. You may ask us to explain.",
            "sent": "From the Superintendent. You may see records within 45 school days.",
            "place": "line 1",
        },
    ]
    assert find_differences(blocks(*OURS), blocks(OURS[0])) == [{"change": "removed", "ours": OURS[1]}]
    assert find_differences(blocks(*OURS), blocks(*OURS, "Thank you.")) == [
        {"change": "added", "sent": "Thank you.", "place": "line 3"}
    ]


def test_quotes_dashes_spaces_and_blocks_make_no_difference() -> None:
    sent = ["You  may see records\u00a0within 45 days.", "You may ask us to explain. Write to the principal.", "— • —"]

    assert find_differences(blocks(*OURS), blocks(*sent)) == []
    assert find_differences(blocks("Your child’s “records” – all."), blocks('Your child\'s "records" - all.')) == []


def test_what_no_text_of_ours_may_hold_is_not_copied() -> None:
    [found] = find_differences(blocks(*OURS), blocks(*OURS, "Ask for 078-05-1120\u0007 now."))

    assert found["sent"] == "Ask for [number left out] now."
    [long] = find_differences(blocks(*OURS), blocks(*OURS, "x" * 5_000))
    assert len(long["sent"]) == publish_differences.MOST_LETTERS


@given(WORDS, WORDS)
def test_equal_texts_have_no_difference_and_others_have_one(before: list[str], after: list[str]) -> None:
    found = find_differences(blocks(*before), blocks(*after))

    assert (found == []) == (before == after)
    kept = " ".join(" ".join(before).split())
    for row in found:
        assert row.get("ours", "") in kept
        assert ("ours" in row) == (row["change"] != "added")
        assert ("sent" in row) == (row["change"] != "removed")


@given(WORDS, WORDS)
def test_very_long_texts_are_compared_without_their_order(before: list[str], after: list[str]) -> None:
    lines = [*publish_differences._unordered(*map(publish_differences._lines, (blocks(*before), blocks(*after))))]

    removed = sorted(row["ours"] for row in lines if row["change"] == "removed")
    added = sorted(row["sent"] for row in lines if row["change"] == "added")
    for word in {*before, *after}:
        more = before.count(word) - after.count(word)
        assert removed.count(word) == max(more, 0)
        assert added.count(word) == max(-more, 0)
