"""Documents as they leave the house: goldens, words alike in all formats, hostile texts, reading ease."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from benchmarks.reading import reading_grade
from dataflows import assets
from tests.machine import CHECKOUT
from tests.notices import (
    KINDS,
    POLICIES,
    annual,
    disclosures,
    foreign_tags,
    letter,
    read_page,
    words_of_markdown,
    words_of_text,
    write_kind,
)

if TYPE_CHECKING:
    from collections.abc import Callable

HOSTILE = [
    "<script>alert(1)</script>", "[x](javascript:alert(1))", '"><img src=x onerror=alert(1)>', "**bold** _it_ `c`",
    "# Head", "| a | b |", "::: footer", "]{lang=xx}", "{{ 7*7 }} {% raw %}", '#read("/etc/passwd") $x$ @y',
    "\u202eevil", "شركة <b>", "&lt;b&gt; &#x3c;", "%(name)s %s 100%", "a\nb", "```", "1. one", "- x", "\\",
    "<!-- x -->", "A" * 400,
]  # fmt: skip


def write(kind: str, vendor: str | None, suffix: str) -> str:
    return write_kind(kind, vendor, suffix).content.decode()


@pytest.mark.parametrize(("kind", "vendor"), KINDS)
@pytest.mark.parametrize("suffix", [".html", ".md", ".txt"])
def test_the_example_s_documents_are_as_they_were_read(
    kind: str, vendor: str | None, suffix: str, golden: Callable[[str, str], None]
) -> None:
    golden(f"notice/{kind}{suffix}", write(kind, vendor, suffix))


@pytest.mark.parametrize(("kind", "vendor"), KINDS)
def test_all_formats_say_the_same(kind: str, vendor: str | None) -> None:
    page = read_page(write(kind, vendor, ".html"))

    assert page.faults == []
    said = Counter(page.words) + Counter(page.told)  # a drawing's words stand in its place
    assert words_of_markdown(write(kind, vendor, ".md")) == said
    text = words_of_text(write(kind, vendor, ".txt"))
    # The numbers of headings without a line below look like a list's to the reader of text.
    assert all(word.isdigit() for word in said - text)
    # A table with no room for its columns is told row by row, each cell after the head of its column.
    assert set(text - said) <= set(page.labels)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_only_a_text(text: str) -> None:
    yaml = f"""
district:
  name: {quoted(text)}
  home_languages: [en]
  contacts: [{{role: privacy_officer, title: {quoted(text)}, email: {quoted(text)}, phone: {quoted(text)}}}]
  policies: {POLICIES}
    transfer_statement: {quoted(text)}
  guidance: [{{topic: conduct, text: {quoted(text)}}}, {{topic: risk, text: {quoted(text)}}}]
  regulations: [{{id: r, title: {quoted(text)}, about: {quoted(text)}}}]
vendors: [{{id: mathly, name: {quoted(text)}, profile: {quoted(text)}}}, {{id: cloud, name: {quoted(text + " 2")}}}]
elements: [{{id: pin, name: {quoted(text)}, category: other, sensitivity: low}}]
flows:
  - {{id: a, to: mathly, elements: [pin], purpose: {quoted(text)}, opt_out: {{allowed: true, how: {quoted(text)}}}}}
  - {{id: b, from: mathly, to: cloud, elements: [pin], purpose: {quoted(text)}}}
  - {{id: c, to: cloud, elements: [email], purpose: {quoted(text)}, ends: 2020-06-30, legal_basis: 99.31(a)(2)}}
releases: [{{id: r, flow: c, date: 2020-01-01, interest: {quoted(text)}, requested_by: {quoted(text)}}}]
"""
    plain = re.sub("[\u202a-\u202e\\s]+", " ", text).strip()
    for page in (letter(yaml, suffix=".html"), annual(yaml, suffix=".html"), disclosures(yaml, suffix=".html")):
        seen = read_page(page)
        assert seen.faults == []
        assert foreign_tags(seen) == set()
        assert not [values for _, values in seen.tags if any(name.startswith("on") for name in values)]
        links = [values["href"] for tag, values in seen.tags if tag == "a"]
        assert all(re.match(r"#|https?:|mailto:|tel:", link) for link in links)
    as_markdown = letter(yaml, suffix=".md")
    assert words_of_markdown(as_markdown) == Counter(read_page(letter(yaml, suffix=".html")).words)
    assert plain.split()[0].strip("#>*-:`|") in re.sub("[\u2066-\u2069]", "", letter(yaml, suffix=".txt"))


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def test_an_address_that_is_no_address_is_not_linked() -> None:
    contact = "{role: privacy_officer, title: Office, email: 'a@b c?x=<y>', phone: call me}"
    page = letter(f"district: {{contacts: [{contact}]}}\nvendors: [{{id: mathly, name: M}}]", suffix=".html")

    assert 'href="mailto' not in page
    assert 'href="tel' not in page
    assert "call me" in page


def test_a_page_asks_for_nothing_and_runs_nothing() -> None:
    page = write("vendor-letter", "zoom", ".html")

    assert "default-src 'none'; style-src 'sha256-" in page
    assert not re.search(r"<script|<link|@import|url\(|src=(?!\"data:image/png;)|javascript:", page)


@pytest.mark.parametrize(("kind", "vendor"), KINDS)
def test_documents_read_at_grade_8_or_below(kind: str, vendor: str | None) -> None:
    assert reading_grade(write(kind, vendor, ".txt")) <= 8


def test_no_template_or_module_knows_the_example() -> None:
    files = [path for path in assets.folder("reports").rglob("*") if path.suffix in (".j2", ".css")]
    files += (CHECKOUT / "dataflows" / "reporting").rglob("*.py")
    words = re.compile(r"\bzoom\b|montgomery|mcps|IGT-RA|JFA-RA|COMAR", re.IGNORECASE)

    assert files
    assert [str(path) for path in files if words.search(path.read_text(encoding="utf-8"))] == []


def test_everything_that_the_letter_of_2020_told_is_told() -> None:
    text = " ".join(write("vendor-letter", "zoom", ".txt").split()).lower()

    for words in (
        "first name", "last name", "e-mail address", "student id number", "set up an account", "the device",
        "network and internet connection", "when, how often, and how long", "clicks and other actions", "messages",
        "contacts", "views or shares", "calls, video, and screen sharing", "recordings", "features", "connection works",
        "logs in", "make video lessons work", "uploads", "not invited may see or record", "anonymously", "username",
        "your child’s school", "where your child’s school is", "keep lessons safe", "act quickly", "opt out",
        "teacher or principal", "video is optional", "turn the camera off", "ferpa", "annual notice", "igt-ra",
        "jfa-ra", "comar", "13a.08.02", "record, copy, share, or post", "protected information", "dress",
        "plain background",
        "family members", "posters", "quiet", "mute", "act online as you would in class", "for school only",
        "responsible", "call home", "loss of privileges", "paying for damage", "suspension or expulsion",
        "criminal charges", "student code of conduct", "minors", "serve education", "security experts",
        "zoom.us/privacy", "data-privacy",
    ):  # fmt: skip
        assert words in text, words


def test_the_letter_is_shorter_than_the_one_of_2020() -> None:
    """That one had 963 words, counted in the same way."""
    page = read_page(write("vendor-letter", "zoom", ".html"))

    assert len(page.words) < 963


@pytest.mark.parametrize("language", ["en-US", "es-MX", "ES-mx"])
@pytest.mark.parametrize(("kind", "vendor"), KINDS)
def test_a_language_with_its_region_is_written_in_that_language(kind: str, vendor: str | None, language: str) -> None:
    """A district may say `home_languages: [en-US, es-MX]`; what it says is the language of the document."""
    plain = read_page(write_kind(kind, vendor, language=language[:2].lower()).content.decode())
    made = read_page(write_kind(kind, vendor, language=language).content.decode())

    assert [values["lang"].lower() for tag, values in made.tags if tag == "html"] == [language.lower()]
    assert made.words[:50] == plain.words[:50]  # further down some say which language they are in
