"""In a text that runs from right to left, numbers, citations, and addresses keep their own order."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from dataflows.reporting.environment import DocumentEnvironment, render_template
from dataflows.reporting.markdown import Markdown, is_right_to_left, isolate, isolate_citations
from tests.notices import write_kind

if TYPE_CHECKING:
    from pathlib import Path

MARGIN = 520.0
"""Points from the left: beyond it, at the right margin of a letter page, lines begin."""


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("99.31(a)(1)", r"[99\.31\(a\)\(1\)]{.apart}"),
        ("a@b.org", r"[a\@b\.org]{.apart}"),
        ("301-555-0104", r"[301\-555\-0104]{.apart}"),
        ("Zoom", "Zoom"),
        ("45", "45"),
        ("Amazon Web Services", "Amazon Web Services"),
        ("مدرسة", "[مدرسة]{.apart}"),
        (Markdown("*a*"), "*a*"),
    ],
)
def test_a_value_with_signs_that_could_turn_is_isolated(value: str, shown: str) -> None:
    assert isolate(value) == shown


def test_a_citation_in_a_translated_sentence_is_isolated() -> None:
    assert isolate_citations("بموجب 20 U.S.C. 1232g(a)(5) و 34 CFR 99.37.") == (
        "بموجب [20 U.S.C. 1232g(a)(5)]{.apart} و [34 CFR 99.37]{.apart}."
    )


def test_only_a_language_that_runs_from_right_to_left_isolates(tmp_path: Path) -> None:
    (tmp_path / "t.md.j2").write_text('{{ n }} {{ _("%(n)s", n=n) }} {{ link(n, "tel:1") }}', encoding="utf-8")
    told = {
        tag: render_template("t.md.j2", environment=DocumentEnvironment(tmp_path, language=tag), n="9-9")
        for tag in ("en", "ar")
    }

    assert told["en"] == r"9\-9 9\-9 [9\-9](<tel:1>)"
    assert told["ar"] == r"[9\-9]{.apart} [9\-9]{.apart} [[9\-9](<tel:1>)]{.apart}"


def test_an_arabic_pdf_is_set_from_right_to_left_and_its_years_and_citations_from_left_to_right(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(write_kind("annual", None, ".pdf", "ar").content)
    listed = subprocess.run(
        ["pdftotext", "-bbox", "a.pdf", "-"], cwd=tmp_path, check=True, capture_output=True, encoding="utf-8"
    ).stdout
    words = [
        (float(left), float(right), float(top), word)
        for left, top, right, word in re.findall(r'xMin="(\S+)" yMin="(\S+)" xMax="(\S+)" yMax="\S+">([^<]+)<', listed)
    ]
    line = {word: (left, right) for left, right, top, word in words if abs(top - _top(words, "34")) < 3}

    lines: dict[float, float] = {}
    for _, right, top, word in words:
        if is_right_to_left(word):
            lines[round(top)] = max(right, lines.get(round(top), 0))
    assert sum(right > MARGIN for right in lines.values()) > len(lines) / 3
    assert line["34"][1] <= line["CFR"][0] < line["CFR"][1] <= min(line[word][0] for word in line if "99.7" in word)


def _top(words: list[tuple[float, float, float, str]], wanted: str) -> float:
    return next(top for _, _, top, word in words if word == wanted)


def test_an_arabic_page_runs_from_right_to_left() -> None:
    page = write_kind("annual", None, ".html", "ar").content.decode()

    assert '<html lang="ar" dir="rtl">' in page
    assert "<bdi>34 CFR 99.7</bdi>" in page


@pytest.mark.parametrize(
    ("tag", "font"),
    [
        ("zh", "NotoSansCJKsc"),
        ("ko", "NotoSansCJKkr"),
        ("ar", "NotoSansArabic"),
        ("vi", "FiraSans"),
        ("am", "NotoSansEthiopic"),
    ],
)
def test_a_language_is_set_in_a_face_of_its_own(tag: str, font: str, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(write_kind("annual", None, ".pdf", tag).content)
    fonts = subprocess.run(
        ["pdffonts", "a.pdf"], cwd=tmp_path, check=True, capture_output=True, encoding="utf-8"
    ).stdout

    assert font in fonts
    assert "CJKjp" not in fonts
    assert f"/Lang({tag})".encode() in (tmp_path / "a.pdf").read_bytes()
