"""Documents for Word: its own headings, lists and tables, one language, the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from typing import TYPE_CHECKING

import docx
import pytest

from dataflows.actions.write_notice import write_notice
from dataflows.reporting.dialect import parse_template_output
from dataflows.reporting.tree import PageFacts, build_tree
from dataflows.reporting.writers.docx import write_docx
from tests.notices import DAY, KINDS, read_page, write_kind
from tests.paper import WORD, part_of, words_of_word
from tests.snapshots import snapshot_of
from tests.unit.reporting.test_notice_formats import HOSTILE, quoted

if TYPE_CHECKING:
    from lxml import etree

LANGUAGES = ["en", "es"]
TABLE = "| Who | What |\n| --- | --- |\n| a | b |\n"


def word(kind: str, vendor: str | None = None, language: str = "en") -> bytes:
    return write_kind(kind, vendor, ".docx", language).content


def written(markdown: str, language: str = "en") -> bytes:
    tree = build_tree(parse_template_output(f"# Title\n\nOn top.\n\n{markdown}"))
    return write_docx(tree, PageFacts("Title", "Oak", language, DAY))


def find(root: etree._Element, *names: str) -> list[etree._Element]:
    return root.findall(".//" + "/".join(f"{WORD}{name}" for name in names))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "vendor"), KINDS)
def test_a_word_file_says_the_same_as_the_page(kind: str, vendor: str | None, language: str) -> None:
    page = write_kind(kind, vendor, language=language).content.decode()

    assert words_of_word(word(kind, vendor, language)) == Counter(read_page(page).words)


def test_the_title_and_the_headings_are_word_s_own_and_on_their_levels() -> None:
    content = word("vendor-letter", "zoom")
    lines = docx.Document(io.BytesIO(content)).paragraphs
    styles = [line.style.name for line in lines if line.style.name != "Normal"]

    assert [line.text for line in lines if line.style.name == "Title"] == ["Zoom and your child’s data"]
    assert set(styles) == {"Title", "Heading 2", "Heading 3"}
    levels = {
        style.get(f"{WORD}styleId"): level.get(f"{WORD}val")
        for style in part_of(content, "word/styles.xml").findall(f"{WORD}style")
        for level in style.iter(f"{WORD}outlineLvl")
    }
    assert [levels[name] for name in ("Title", "Heading2", "Heading3")] == ["0", "1", "2"]


def test_each_numbered_list_counts_for_itself() -> None:
    root = part_of(written("1. a\n2. b\n\nText.\n\n3. c\n\n- x\n  1. deep\n"))
    numbers = [number.get(f"{WORD}val") for number in find(root, "numPr", "numId")]
    depths = [level.get(f"{WORD}val") for level in find(root, "numPr", "ilvl")]

    assert numbers == ["3", "3", "4", "1", "5"]
    assert depths == ["0", "0", "0", "0", "1"]
    starts = find(part_of(written("7. a\n"), "word/numbering.xml"), "startOverride")
    assert [start.get(f"{WORD}val") for start in starts] == ["7"]


def test_the_head_of_a_table_is_repeated_and_rows_stay_whole() -> None:
    root = part_of(written(TABLE))
    rows = find(root, "tr")

    assert [row.find(f"{WORD}trPr/{WORD}tblHeader") is not None for row in rows] == [True, False]
    assert all(row.find(f"{WORD}trPr/{WORD}cantSplit") is not None for row in rows)
    assert find(root, "bidiVisual") == []


def test_two_tables_one_after_the_other_stay_two() -> None:
    root = part_of(written(f"{TABLE}\n***\n\n{TABLE}\n\n{TABLE}"))
    body = [child.tag.removeprefix(WORD) for child in root[0]]

    assert body.count("tbl") == 3
    assert "tbl tbl" not in " ".join(body)


@pytest.mark.parametrize("language", ["en", "es", "es-MX"])
def test_a_word_file_has_its_language_and_what_it_says_of_itself(language: str) -> None:
    content = word("annual", language=language)
    about = docx.Document(io.BytesIO(content)).core_properties
    marks = find(part_of(content, "word/styles.xml"), "docDefaults", "rPrDefault", "rPr", "lang")

    assert [mark.attrib for mark in marks] == [{f"{WORD}val": language}]
    assert about.language == language
    assert about.title.startswith("Your rights" if language == "en" else "Sus derechos")
    assert (about.author, about.created.date()) == ("Montgomery County Public Schools", DAY)


def test_words_in_another_language_are_marked_and_links_lead_there() -> None:
    content = written("[[Rule](https://example.org/r)]{lang=es} and *this*")
    root = part_of(content)

    [run] = [run for run in find(root, "r") if "".join(run.itertext()) == "Rule"]
    assert run.find(f"{WORD}rPr/{WORD}lang").get(f"{WORD}val") == "es"
    assert run.getparent().tag == f"{WORD}hyperlink"
    assert b"https://example.org/r" in zipfile.ZipFile(io.BytesIO(content)).read("word/_rels/document.xml.rels")


def test_a_language_from_right_to_left_turns_paragraphs_runs_tables_and_the_page() -> None:
    root = part_of(written(f"مرحبا\n\n- واحد\n\n{TABLE}", "ar"))

    lines = [line for line in find(root, "p") if "".join(line.itertext())]
    assert all(line.find(f"{WORD}pPr/{WORD}bidi") is not None for line in lines)
    assert all(run.find(f"{WORD}rPr/{WORD}rtl") is not None for run in find(root, "r"))
    assert len(find(root, "tblPr", "bidiVisual")) == 1
    assert len(find(root, "sectPr", "bidi")) == 1


def test_a_citation_amid_words_from_right_to_left_keeps_its_brackets() -> None:
    root = part_of(written("مرحبا [99.31(a)(1)]{lang=en}", "ar"))
    runs = [run for run in find(root, "r") if run.find(f"{WORD}rPr/{WORD}rtl") is None]

    assert ["".join(run.itertext()) for run in runs] == ["\u200e", "99.31(a)(1)", "\u200e"]


def test_a_name_in_a_right_to_left_script_is_turned_by_itself() -> None:
    root = part_of(written("[شركة]{.apart} writes"))
    turned = ["".join(run.itertext()) for run in find(root, "r") if run.find(f"{WORD}rPr/{WORD}rtl") is not None]

    assert turned == ["شركة"]


def test_the_same_document_gives_the_same_bytes() -> None:
    content = word("vendor-letter", "zoom")

    assert content == word("vendor-letter", "zoom")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


@pytest.mark.parametrize("text", [*HOSTILE, "{ INCLUDETEXT c:/x }", "B" * 300])
def test_a_text_is_never_a_field_or_markup_of_word(text: str) -> None:
    yaml = f"""
district: {{name: {quoted(text)}, home_languages: [en], guidance: [{{topic: risk, text: {quoted(text)}}}]}}
vendors: [{{id: mathly, name: {quoted(text)}, profile: {quoted(text)}}}]
"""
    snapshot = snapshot_of(yaml)
    made = write_notice(snapshot, "vendor-letter", vendor="mathly", issued=DAY, suffix=".docx").content
    page = read_page(write_notice(snapshot, "vendor-letter", vendor="mathly", issued=DAY).content.decode())

    assert words_of_word(made) == Counter(page.words)
    assert find(part_of(made), "instrText") == find(part_of(made), "fldSimple") == []


def test_properties_stand_in_the_order_that_the_format_wants() -> None:
    order = ["pStyle", "keepNext", "numPr", "pBdr", "shd", "tabs", "bidi", "spacing", "ind", "jc", "rPr"]
    for language in ("en", "ar"):
        markdown = "::: glance\n## H\n\n- **a**\\\n  b\n:::\n\n> q\n\n***\n\n::: footer\nEnd\n:::"
        for properties in find(part_of(written(markdown, language)), "pPr"):
            names = [child.tag.removeprefix(WORD) for child in properties]
            assert names == sorted(names, key=order.index)


def test_a_form_begins_a_page_with_boxes_to_click_and_lines_to_write_on() -> None:
    root = part_of(word("directory"))
    boxes = find(root, "sdt")
    leaders = [tab.get(f"{WORD}leader") for tab in find(root, "tabs", "tab")]

    assert len(boxes) == 10
    names = {box.find(f"{WORD}sdtPr/{WORD}alias").get(f"{WORD}val") for box in boxes}
    assert names >= {"Military recruiters (high school)", "None of the directory information"}
    assert leaders.count("underscore") == 6
    assert len(find(root, "pageBreakBefore")) == 1


def test_lines_without_room_side_by_side_stand_below_each_other() -> None:
    side_by_side = part_of(written("[Name]{.line} [Day]{.short}"))
    apart = part_of(written(f"[{'Long words ' * 8}]{{.line}} [{'More words ' * 8}]{{.line}}"))

    assert [tab.get(f"{WORD}val") for tab in find(side_by_side, "tabs", "tab")] == ["left", "right"]
    assert len(find(side_by_side, "br")) == 0
    assert [tab.get(f"{WORD}val") for tab in find(apart, "tabs", "tab")] == ["right"]
    assert len(find(apart, "br")) == 1


def test_the_contents_of_a_package_lead_to_marks_at_the_titles_of_its_parts() -> None:
    root = part_of(word("package"))
    links = [link.get(f"{WORD}anchor") for link in find(root, "hyperlink") if link.get(f"{WORD}anchor")]
    marks = {mark.get(f"{WORD}name") for mark in find(root, "bookmarkStart")}

    assert links == ["part-1", "part-2", "part-3", "part-4", "part-5"]
    assert set(links) <= marks
