"""Facts in Markdown are shown as they are and are never taken for signs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflows.reporting.dialect import parse_template_output
from dataflows.reporting.markdown import Markdown, escape, is_safe_address, link
from dataflows.reporting.tree import Kind, build_tree, plain_text, walk

SIGNS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=60)
PUNCTUATION = st.text("*_`#[](){}<>!|~:&;.-+=\\/$@\"' a1\n\t", max_size=40)


@given(SIGNS | PUNCTUATION)
def test_a_fact_is_shown_with_every_character(fact: str) -> None:
    tree = build_tree(parse_template_output(f"x {escape(fact)} y"))

    shown = re.sub("[\u202a-\u202e\u2066-\u2069]", "", fact)
    line = re.sub(r"\s+", " ", shown).strip()
    assert plain_text(tree) == f"x {line} y"
    assert {node.kind for node in walk(tree)} <= {Kind.DOCUMENT, Kind.PARAGRAPH, Kind.TEXT, Kind.SPAN}


@given(PUNCTUATION)
def test_a_fact_at_the_start_of_a_line_begins_nothing(fact: str) -> None:
    tree = build_tree(parse_template_output(f"{escape(fact)}"))

    assert {node.kind for node in walk(tree)} <= {Kind.DOCUMENT, Kind.PARAGRAPH, Kind.TEXT}


@given(PUNCTUATION)
def test_a_fact_stays_in_its_cell(fact: str) -> None:
    tree = build_tree(parse_template_output(f"| a | b |\n| --- | --- |\n| {escape(fact)} | end |"))

    [table] = tree.children
    assert [len(row.children) for row in table.children] == [2, 2]


def test_values_put_into_markdown_are_escaped_and_markdown_is_not() -> None:
    shown = Markdown("**%(name)s** %(more)s") % {"name": "*a*", "more": Markdown("*b*")}

    assert shown == r"**\*a\*** *b*"
    assert isinstance(shown, Markdown)


def test_a_name_in_a_right_to_left_script_is_kept_apart() -> None:
    assert escape("مدرسة").startswith("[")
    assert escape("مدرسة").endswith("{.apart}")
    assert escape("\u202eabc") == "abc"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "vbscript:x",
        "",
        "page.html",
        "mailto:a",
        "mailto:a b@c",
        "https://a.example/> x",
        'https://a"onclick="x',
    ],
)
def test_only_safe_addresses_are_linked(address: str) -> None:
    assert not is_safe_address(address)
    assert link("words", address) == "words"


def test_an_address_can_not_break_out_of_its_link() -> None:
    shown = link("a](javascript:x)", "https://a.example/x)[y](javascript:alert(1))")
    tree = build_tree(parse_template_output(shown))

    links = [node for node in walk(tree) if node.kind is Kind.LINK]
    assert [plain_text(node) for node in links] == ["a](javascript:x)"]
    assert links[0].target.startswith("https://a.example/x%29%5By%5D")
