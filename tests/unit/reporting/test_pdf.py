"""Documents as PDF: tagged, in one language, with the text of all other formats, and nothing run."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import outloud
import pdfua
import pytest

from dataflows.actions.check_notice import check_notice
from dataflows.actions.write_notice import write_notice
from dataflows.reporting.dialect import parse_template_output
from dataflows.reporting.markdown import bare_address
from dataflows.reporting.tree import Kind, PageFacts, build_tree, plain_text, walk
from dataflows.reporting.writers.typst import write_typst
from dataflows.typesetting import set_pdf
from tests.notices import DAY, KINDS, POLICIES, example, read_page, words_of, write_kind
from tests.paper import Tag, poppler, structure_of, words_of_structure
from tests.snapshots import snapshot_of
from tests.unit.reporting.test_notice_formats import HOSTILE, quoted

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGES = ["en", "es"]


def pdf(kind: str, vendor: str | None = None, language: str = "en") -> bytes:
    return write_kind(kind, vendor, ".pdf", language).content


def set_text(markdown: str, language: str = "en") -> Tag:
    tree = build_tree(parse_template_output(f"# Title\n\nOn top.\n\n{markdown}"))
    return structure_of(set_pdf(write_typst(tree, PageFacts("Title", "Oak", language, DAY))))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "vendor"), KINDS)
def test_the_checkers_of_accessibility_find_nothing(
    kind: str, vendor: str | None, language: str, tmp_path: Path
) -> None:
    path = tmp_path / "notice.pdf"
    path.write_bytes(pdf(kind, vendor, language))

    assert [str(found) for found in outloud.check(str(path)).findings] == []
    assert [str(found) for found in pdfua.validate(str(path)).findings] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "vendor"), KINDS)
def test_a_pdf_says_the_same_as_the_page_and_shows_where_links_lead(
    kind: str, vendor: str | None, language: str
) -> None:
    page = read_page(write_kind(kind, vendor, language=language).content.decode())
    links = [values["href"] for tag, values in page.tags if tag == "a" and values.get("class") is None]
    shown = [word for link in links if link.startswith("http") for word in words_of(link)]
    tagged = words_of_structure(structure_of(pdf(kind, vendor, language)))

    wanted = Counter(page.words) + Counter(shown)
    assert wanted - tagged == Counter()
    assert all(word.isdigit() for word in tagged - wanted) if kind == "package" else tagged == wanted


def test_headings_lists_tables_and_links_are_tagged_as_what_they_are() -> None:
    root = structure_of(pdf("vendor-letter", "zoom"))
    headings = [tag for tag in root.walk() if re.fullmatch("H[1-6]", tag.name)]

    assert headings[0].name == "H1"
    assert headings[0].words == "Zoom and your child’s data"
    assert [tag.name for tag in headings].count("H1") == 1
    assert {tag.name for tag in headings} == {"H1", "H2", "H3"}
    assert all("ListNumbering" in tag.attributes for tag in root.all("L"))
    assert all([child.name for child in item.children] == ["Lbl", "LBody"] for item in root.all("LI"))
    assert "https://zoom.us/privacy" in " ".join(link.words for link in root.all("Link"))
    [table] = root.all("Table")
    assert [head.attributes["Scope"] for head in table.all("TH")] == ["/Column", "/Column"]
    assert [head.words for head in table.all("TH")] == ["Kind of data", "Passed on to"]
    assert all(cell.attributes["Headers"] != "[]" for cell in table.all("TD"))


def test_a_list_in_two_columns_is_one_list() -> None:
    root = set_text("\n".join(f"- item {number}" for number in range(9)))

    [found] = root.all("L")
    assert [item.words for item in found.all("LBody")] == [f"item {number}" for number in range(9)]


@pytest.mark.parametrize(("language", "shown"), [("en", "en"), ("es", "es"), ("es-MX", "es-MX")])
def test_a_pdf_has_its_title_day_and_language_without_an_invented_region(language: str, shown: str) -> None:
    content = pdf("annual", language=language)
    facts = poppler("pdfinfo", content, "-rawdates")

    assert f"/Lang({shown})" in content.decode("latin-1")
    assert re.search(r"Title: +(Your rights|Sus derechos) ", facts)
    assert re.search(r"Author: +Montgomery County Public Schools", facts)
    assert re.search(r"CreationDate: +D:20260901000000Z", facts)
    assert re.search(r"Tagged: +yes", facts)
    assert "pdfuaid:part" in content.decode("latin-1")


def test_an_address_broken_at_its_hyphen_gets_no_second_one_in_spanish() -> None:
    text = "palabra " * 10
    found = set_pdf(write_typst(
        build_tree(parse_template_output("# Title\n\nOn top.\n\n" + "\n\n".join(
            f"{text}{'x' * n} <opt-out@example.org> {text}{'x' * n} `md-digital-tools`" for n in range(12)
        ))), PageFacts("Title", "Oak", "es", DAY),
    ))  # fmt: skip
    lines = poppler("pdftotext", found, "-layout")

    assert re.search(r"opt-\s+out@", lines)
    assert not re.search(r"-\s*\n\s*-(?:out|digital|tools)", lines)


def test_the_same_document_gives_the_same_bytes() -> None:
    assert pdf("vendor-letter", "zoom") == pdf("vendor-letter", "zoom")


def test_only_the_fonts_that_come_with_the_program_are_used_and_all_are_inside() -> None:
    lines = poppler("pdffonts", pdf("disclosures", language="es")).splitlines()[2:]

    assert {re.match(r"[A-Z]{6}\+(FiraSans|LibertinusSerif)", line) is not None for line in lines} == {True}
    assert {line.split()[-5] for line in lines} == {"yes"}


def test_a_long_table_goes_on_over_pages_with_its_head_on_each() -> None:
    rows = "\n".join(f"| name {number} | {'some words ' * 9} |" for number in range(60))
    tree = build_tree(parse_template_output(f"# Title\n\n| Who | What |\n| --- | --- |\n{rows}"))
    content = set_pdf(write_typst(tree, PageFacts("Title", "Oak", "en", DAY)))
    root = structure_of(content)
    pages = poppler("pdftotext", content).split("\f")[:-1]

    assert len(pages) > 2
    assert all("Who" in page and "What" in page for page in pages)
    assert len(root.all("TR")) == 61
    assert len(root.all("TH")) == 2
    assert [row.children[0].words for row in root.all("TR")[1:]] == [f"name {number}" for number in range(60)]


def test_a_district_s_own_marks_fit_the_document_and_every_sign_is_there() -> None:
    text = (
        "### Records\\n\\n1. one\\n2. two\\n\\n| a | b |\\n| - | - |\\n| c | |\\n\\n> said\\n\\n"
        "https://example.org/x #hashtag $5 @ref <label> // not a comment *star [x] ~ _ ` = - + /- b -/"
    )
    policies = POLICIES.rstrip() + f'\n    transfer_statement: "{text}"\n'
    snapshot = snapshot_of(f"district:\n  home_languages: [en]\n  policies:{policies}")
    root = structure_of(write_notice(snapshot, "annual", issued=DAY, suffix=".pdf").content)

    assert "#hashtag $5 @ref <label> // not a comment *star [x] ~ _ ` = - + /- b -/" in root.words
    [heading] = [tag for tag in root.walk() if tag.words == "Records" and tag.name.startswith("H")]
    assert heading.name == "H4"
    assert root.all("BlockQuote")[0].words == "said"
    assert [head.words for head in root.all("TH")] == ["a", "b"]


READ_FORWARD = [text for text in HOSTILE if "شركة" not in text]
"""Poppler tells a line in a right-to-left script backwards."""


@pytest.mark.parametrize("text", [*READ_FORWARD, '`#read("x")`{=typst}', "]; #panic() [", '"); #panic("', "#let x = 1"])
def test_a_text_is_never_typst_code(text: str) -> None:
    yaml = f"""
district: {{name: {quoted(text)}, home_languages: [en], guidance: [{{topic: risk, text: {quoted(text)}}}]}}
vendors: [{{id: mathly, name: {quoted(text)}, profile: {quoted(text)}}}]
flows: [{{id: a, to: mathly, elements: [email], purpose: {quoted(text)}}}]
"""
    snapshot = snapshot_of(yaml)
    made = write_notice(snapshot, "vendor-letter", vendor="mathly", issued=DAY, suffix=".pdf")
    page = read_page(write_notice(snapshot, "vendor-letter", vendor="mathly", issued=DAY).content.decode())

    assert letters(poppler("pdftotext", made.content)) == letters("".join(page.words))


def letters(text: str) -> Counter[str]:
    """Return the letters, for a long word is broken and a page has a number."""
    return Counter(sign for sign in text if sign.isalpha())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("suffix", [".html", ".pdf", ".docx", ".md", ".txt"])
def test_an_annual_notice_passes_our_own_check(language: str, suffix: str) -> None:
    made = write_notice(example(), "annual", issued=DAY, language=language, suffix=suffix)
    checked = check_notice(f"notice{suffix}", day=date(2026, 9, 1), content=made.content)

    assert [item.id for item in checked.items if not item.present] == []
    assert [finding for finding in checked.findings if finding.severity != "info"] == []


def test_an_address_that_is_its_own_words_is_not_shown_twice() -> None:
    markdown = "[example.org](https://example.org/) and [words](https://example.org/a) and [555](tel:555)"
    tree = build_tree(parse_template_output(markdown))
    [first, *_] = [node for node in walk(tree) if node.kind is Kind.LINK]

    assert plain_text(first) == bare_address(first.target)
    assert set_text(markdown).words.endswith("example.org and words <https://example.org/a> and 555")


def test_a_package_has_a_table_of_contents_with_the_numbers_of_its_pages() -> None:
    content = pdf("package")
    pages = poppler("pdftotext", content, "-layout").split("\f")
    lines = re.findall(r"^\s*•?(.+?) (?:\. ?){5,}\s*(\d+)$", pages[0], flags=re.MULTILINE)

    assert len(lines) == 5
    for title, number in lines:
        assert " ".join(pages[int(number) - 1].split()).startswith(title)
    root = structure_of(content)
    assert [tag.words for tag in root.walk() if tag.name == "H1"] == ["Your child’s data and your rights"]
    assert {title for title, _ in lines} <= {tag.words for tag in root.all("H2")}
