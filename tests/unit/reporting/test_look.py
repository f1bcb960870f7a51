"""A district's own templates, style, and sentences stand in place of ours, and can do nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dataflows.actions.write_notice import write_notice
from dataflows.reporting.environment import TemplateFaultError
from dataflows.reporting.look import LookError, read_look
from tests.notices import DAY, example, read_page

if TYPE_CHECKING:
    from pathlib import Path


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def letter(folder: Path, language: str = "en", suffix: str = ".txt") -> str:
    look = read_look(folder)
    made = write_notice(
        example(), "vendor-letter", vendor="zoom", issued=DAY, look=look, language=language, suffix=suffix
    )
    return made.content.decode()


def test_an_empty_folder_changes_nothing(tmp_path: Path) -> None:
    ours = write_notice(example(), "vendor-letter", vendor="zoom", issued=DAY, suffix=".txt")

    assert letter(tmp_path) == ours.content.decode()


def test_a_template_stands_in_place_of_ours_and_uses_our_phrases(tmp_path: Path) -> None:
    put(
        tmp_path,
        "notice/vendor-letter.md.j2",
        '{% import "shared/phrases.j2" as say %}\n# Hello\n\n{{ letter.name }}, {{ say.day(document.issued) }}\n',
    )

    assert letter(tmp_path).split("\n", 1)[0] == "Hello".upper() or "Hello" in letter(tmp_path)
    assert "Zoom Video Communications, Inc., September 1, 2026" in letter(tmp_path)
    assert "1 de septiembre de 2026" in letter(tmp_path, language="es")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ letter.nothing }}", "has no attribute 'nothing'"),
        ("{{ vendor }}", "'vendor' is undefined"),
        ("{{ letter.name.__class__.__mro__ }}", "unsafe"),
        ("{{ document.__init__.__globals__ }}", "unsafe"),
        ("{{ say.day.__globals__ }}", "no attribute"),
        ("{{ link.__globals__ }}", "unsafe"),
        ("{{ letter.name|attr('__class__') }}", "attr"),
        ("{% include '/etc/passwd' %}", "/etc/passwd"),
        ("{% include '../../etc/passwd' %}", "passwd"),
        ("{% include 'shared/style.css' %}", "style.css"),
        ("{% if %}", "Expected an expression"),
        ("{% for a in document.languages %}", "endfor"),
        ("{% for a in 'x' * 999999999 %}{% endfor %}", "for numbers"),
        ("{{ 9 ** 9 ** 9 ** 9 }}", "for numbers"),
        ("{{ 'x' * 999999999999 }}", "for numbers"),
        ("{{ '%0999999999d' % 1 }}", "for numbers"),
        ("{% set ns = [1,2,3,4,5,6,7,8,9,10] %}" + "".join(f"{{% for a{n} in ns %}}" for n in range(12))
         + "x" + "{% endfor %}" * 12, "does not come to an end"),
        ("{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}", ""),
        ("{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}", "end"),
        ("{% set big = 'xxxxxxxxxx' %}" + "{% set big = big ~ big %}" * 60 + "{{ big }}", "too long"),
        ("{% set big = 'xxxxxxxxxx' %}" + "{% set big = big|replace('x', 'xxxxxxxxxx') %}" * 60, "too long"),
        ("{% set big = 'xxxxxxxxxx' %}" + "{% set big = _('%(a)s%(a)s', a=big) %}" * 60, "too long"),
        ("{% set big = ['xxxxxxxxxx'] %}" + "{% set big = [format_list([big, big])] %}" * 60, "too long"),
        ("{% include 'notice/vendor-letter.md.j2' %}", ""),
        ("{% extends 'notice/vendor-letter.md.j2' %}", ""),
        ("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", ""),
    ],
)  # fmt: skip
def test_a_template_that_reaches_out_or_has_no_end_is_an_error_at_its_line(
    tmp_path: Path, source: str, said: str
) -> None:
    path = put(tmp_path, "notice/vendor-letter.md.j2", f'{{% import "shared/phrases.j2" as say %}}\n# A\n{source}\n')
    with pytest.raises(TemplateFaultError) as caught:
        letter(tmp_path)

    assert str(caught.value).startswith(f"{path}:")
    assert said in str(caught.value)
    assert caught.value.exit_code == 2


def test_an_endless_loop_in_markup_of_ten_signs_stops_within_the_budget(tmp_path: Path) -> None:
    rows = ",".join("1" * 1 for _ in range(100))
    nested = "".join(f"{{% for a{n} in [{rows}] %}}" for n in range(8)) + "{% endfor %}" * 8
    put(tmp_path, "notice/vendor-letter.md.j2", nested)
    with pytest.raises(TemplateFaultError, match="does not come to an end"):
        letter(tmp_path)


def test_a_style_is_added_to_the_page_and_its_policy_lets_it_apply(tmp_path: Path) -> None:
    put(tmp_path, "style.css", "h1 { color: #003366; }")
    page = letter(tmp_path, suffix=".html")

    assert "h1 { color: #003366; }" in page
    assert read_page(page).faults == []


@pytest.mark.parametrize(
    "line",
    ['@import "x.css";', "body { background: url(https://x.example/a.png) }", "</style><script>alert(1)</script>"],
)
def test_a_style_that_fetches_or_ends_itself_is_refused(tmp_path: Path, line: str) -> None:
    path = put(tmp_path, "style.css", f"h1 {{}}\n{line}\n")
    with pytest.raises(LookError) as caught:
        read_look(tmp_path)

    assert str(caught.value).startswith(f"{path}:2: ")


def test_a_sentence_is_said_in_other_words_in_its_language_only(tmp_path: Path) -> None:
    ours = "This letter says what our records showed on %(day)s."
    put(tmp_path, "sentences.csv", f"language,sentence,instead\nen,{ours},As of %(day)s.\n")

    assert "As of September 1, 2026." in letter(tmp_path)
    assert "This letter says" not in letter(tmp_path)
    assert "As of" not in letter(tmp_path, language="es")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("en,All student,Every child", "Did you mean 'All students'"),
        ("xx,All students,Every child", "'xx' is no language of ours"),
        ("en,School year %(year)s,School year", "which has: %(year)s"),
        ("en,All students,Every %d child", "other places"),
        ("en,All students,", "is empty"),
        ('en,"All', "no CSV"),
    ],
)
def test_a_row_of_sentences_that_can_not_be_used_is_named_by_its_line(tmp_path: Path, rows: str, said: str) -> None:
    path = put(tmp_path, "sentences.csv", f"language,sentence,instead\n{rows}\n")
    with pytest.raises(LookError) as caught:
        read_look(tmp_path)

    assert str(caught.value).startswith(f"{path}:2: ")
    assert said in str(caught.value)


def test_a_file_that_stands_for_nothing_is_named_with_the_nearest(tmp_path: Path) -> None:
    put(tmp_path, "notice/anual.md.j2", "")
    with pytest.raises(LookError, match=r"anual\.md\.j2: .*Did you mean notice/annual\.md\.j2"):
        read_look(tmp_path)


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LookError, match="no such folder"):
        read_look(tmp_path / "nowhere")
