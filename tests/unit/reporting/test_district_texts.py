"""The district's own texts keep what they mean and every character that means nothing to Markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflows.reporting.dialect import parse_template_output
from dataflows.reporting.district_texts import Told, is_one_line, show_district_text
from dataflows.reporting.tree import Kind, Node, build_tree, plain_text, walk

LINES = st.lists(
    st.sampled_from(
        ["# Head", "### Deep", "- item", "* star", "1. one", "7) seven", "> quote", "word *em* **strong** `code`", "",
         "    four", "```", "::: text", ":::", "| a | b |", "| --- | --- |", "[l](https://a.example)", "<b>x</b>",
         "***", "a_b_c *x **y** z*", "![i](https://a.example/i.png)",
         "$5 #tag @ref // x <label> &amp; ~~no~~", "[a]: /b", "==="]
    ),
    max_size=9,
)  # fmt: skip


def shown(text: str, level: int = 3) -> Node:
    return build_tree(parse_template_output(show_district_text(Told(text, "en"), level)))


@pytest.mark.parametrize(
    "text",
    ["$5", "#hashtag", "@ref", "<label>", "// not a comment", "*star", "a_b_c", "5 < 6 & 7", "[x](javascript:alert(1))",
     "<script>alert(1)</script>", "&copy; &amp;", "C:\\Users\\x", "`open", "# ", "\u00a0x", "[note]: see below", "=x=",
     "https://example.org/a_b*c", "{{ x }} {% y %}", "#read(\"/etc/passwd\")", "$ sum $", ":::", "1.5 and 2)"],
)  # fmt: skip
def test_what_is_no_whole_sign_stays_as_written(text: str) -> None:
    tree = shown(text)

    assert plain_text(tree).strip() == text.replace("# ", "").strip()
    assert not [node for node in walk(tree) if node.kind in (Kind.LINK, Kind.EMPHASIS, Kind.CODE_BLOCK)]


@given(LINES)
def test_a_text_of_signs_keeps_its_letters_and_stays_in_its_place(lines: list[str]) -> None:
    text = "\n".join(lines)
    whole = build_tree(
        parse_template_output(f"## Before\n\n{show_district_text(Told(text, 'es', is_foreign=True))}\n\n## After")
    )

    letters = re.findall(r"[A-Za-z]", re.sub(r"https?://[^\s)]*|(?<=```)\w+", "", text))
    kept = re.findall(
        r"[A-Za-z]", re.sub(r"https?://[^\s)]*", "", "".join(plain_text(c) for c in whole.children[1:-1]))
    )
    assert kept == letters
    assert [whole.children[0].kind, whole.children[-1].kind] == [Kind.HEADING, Kind.HEADING]
    assert plain_text(whole.children[-1]) == "After"


@given(LINES)
def test_headings_never_jump(lines: list[str]) -> None:
    levels = [node.level for node in walk(shown("\n".join(lines))) if node.kind is Kind.HEADING]

    assert all(3 <= level <= 6 for level in levels)
    assert all(after <= before + 1 for before, after in zip([2, *levels], levels, strict=False))


def test_lists_tables_links_and_quotes_are_kept() -> None:
    tree = shown(
        "# Records\n\n1. one\n2. two\n\n- [mail](mailto:a@b.example)\n\n| a | b |\n| --- | --- |\n| c | d |\n\n> said"
    )

    assert [node.kind for node in tree.children] == [Kind.HEADING, Kind.NUMBERS, Kind.BULLETS, Kind.TABLE, Kind.QUOTE]
    assert tree.children[0].level == 3


def test_a_picture_becomes_a_link_that_nothing_is_fetched_for() -> None:
    tree = shown("![our school](https://tracker.example/x.png)")

    assert [node.kind for node in walk(tree)] == [Kind.DOCUMENT, Kind.PARAGRAPH, Kind.TEXT, Kind.LINK, Kind.TEXT]


def test_a_text_in_another_language_carries_it() -> None:
    tree = build_tree(parse_template_output(show_district_text(Told("Hola", "es", is_foreign=True))))

    assert tree.children[0].lang == "es"


def test_only_a_single_paragraph_is_one_line() -> None:
    assert is_one_line(Told("One.\nStill one.", "en"))
    assert not is_one_line(Told("One.\n\nTwo.", "en"))
    assert not is_one_line(Told("- item", "en"))
