"""Plain text keeps to its columns in every script, and a head before its cell has the sign of its language."""

from __future__ import annotations

import itertools
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflows.model.text import columns_of
from dataflows.reporting.dialect import parse_template_output
from dataflows.reporting.tree import build_tree
from dataflows.reporting.writers.columns import padded, wrapped
from dataflows.reporting.writers.html import write_html
from dataflows.reporting.writers.labels import label_of
from tests.notices import write_kind


@pytest.mark.parametrize("language", ["zh", "ko", "am", "ar", "en"])
def test_a_line_below_a_title_is_as_long_as_the_title_looks(language: str) -> None:
    lines = write_kind("annual", suffix=".txt", language=language).content.decode().splitlines()
    pairs = [(head, line) for head, line in itertools.pairwise(lines) if line and set(line) <= {"="}]

    assert pairs
    assert all(columns_of(head) == len(line) for head, line in pairs)


@pytest.mark.parametrize("language", ["zh", "ko"])
def test_no_line_is_wider_than_the_page(language: str) -> None:
    lines = write_kind("annual", suffix=".txt", language=language).content.decode().splitlines()

    assert max(columns_of(line) for line in lines if "://" not in line) <= 74
    assert not [line for line in lines if line.lstrip().startswith(("，", "。", "）", "”"))]


@given(st.text("ab -é", max_size=120), st.integers(20, 72))
def test_latin_text_is_broken_as_the_standard_library_does(text: str, columns: int) -> None:
    plain = textwrap.wrap(text, columns, break_long_words=False, break_on_hyphens=False) or [""]

    assert wrapped(text, columns) == plain


@given(st.text("中文，。ab 9（）한", max_size=120), st.integers(20, 72))
def test_no_sign_is_lost_where_chinese_is_broken(text: str, columns: int) -> None:
    assert "".join("".join(wrapped(text, columns)).split()) == "".join(text.split())


def test_a_cell_is_padded_by_how_wide_it_looks() -> None:
    assert padded("中文", 6) == "中文  "
    assert padded("한 a", 6) == "한 a  "


@pytest.mark.parametrize(
    ("head", "language", "label"),
    [
        ("Why", "en", "Why: "),
        ("Transmis à", "fr", "Transmis à\u00a0: "),
        ("接收方", "zh", "接收方："),
        ("Can you say no?", "en", "Can you say no? "),
        ("¿Puede decir que no?", "es-MX", "¿Puede decir que no? "),
    ],
)
def test_a_head_has_the_sign_of_its_language_after_it(head: str, language: str, label: str) -> None:
    tree = build_tree(parse_template_output(f"| A | {head} |\n| --- | --- |\n| b | c |\n"))

    assert label_of(head, language) == label
    assert f'data-head="{label}"' in write_html(tree, language=language).main
