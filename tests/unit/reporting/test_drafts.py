"""A draft says on each of its pages that it is one, in every format, and marks each gap."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from dataflows.actions.write_notice import WrittenNotice, write_notice
from dataflows.errors import DocumentHoleError
from tests.notices import MAPLE_DAY, maple, read_page
from tests.paper import poppler, structure_of
from tests.snapshots import snapshot_of

HOLES = "district: {policies: {directory_information: {elements: [name]}}}"
SUFFIXES = (".html", ".pdf", ".docx", ".md", ".txt")


def draft(kind: str = "annual", suffix: str = ".txt", language: str = "en") -> WrittenNotice:
    snapshot = snapshot_of(HOLES, MAPLE_DAY.isoformat())
    return write_notice(snapshot, kind, issued=MAPLE_DAY, suffix=suffix, language=language, is_draft=True)


def whole(suffix: str) -> bytes:
    return write_notice(maple(), "annual", issued=MAPLE_DAY, suffix=suffix, language="en").content


def test_a_hole_refuses_the_document_and_a_draft_lists_and_marks_it() -> None:
    with pytest.raises(DocumentHoleError) as caught:
        write_notice(snapshot_of(HOLES), "annual", issued=MAPLE_DAY)
    made = draft(suffix=".md")
    text = made.content.decode().replace("\\", "")

    assert made.gaps == tuple(field for field, _ in caught.value.holes)
    assert len(made.gaps) == 5
    for gap in ("how to ask to see records", "how to ask us to amend a record", "who is a school official",
                "what a legitimate educational interest is", "the last day to say no"):  # fmt: skip
        assert f"**[NOT KNOWN YET: {gap}]**" in text


def test_the_first_line_of_plain_formats_and_every_title_say_draft() -> None:
    assert draft(suffix=".txt").content.startswith(b"DRAFT. Do not send or post this.")
    assert draft(suffix=".md").content.startswith(b"**DRAFT.** Do not send or post this.")
    assert "# DRAFT: Your rights over" in draft(suffix=".md").content.decode()
    assert "<title>DRAFT: Your rights" in draft(suffix=".html").content.decode()
    assert re.search(r"Title: +DRAFT: Your rights", poppler("pdfinfo", draft(suffix=".pdf").content))
    assert draft(suffix=".txt", language="es").content.decode().startswith("BORRADOR. No lo envíe ni lo publique.")


def test_each_page_of_a_pdf_says_draft_and_the_mark_is_no_part_of_the_text() -> None:
    content = draft(kind="package", suffix=".pdf").content
    pages = poppler("pdftotext", content).split("\f")[:-1]

    assert len(pages) > 4
    assert all("DRAFT" in page for page in pages)
    assert structure_of(content).words.count("DRAFT") == structure_of(content).words.count("DRAFT: ") + 1


@pytest.mark.parametrize(("language", "word"), [("en", "DRAFT"), ("es", "BORRADOR")])
def test_each_page_in_word_has_the_word_in_its_header(language: str, word: str) -> None:
    with zipfile.ZipFile(io.BytesIO(draft(suffix=".docx", language=language).content)) as archive:
        headers = [archive.read(name).decode() for name in archive.namelist() if "header" in name]
        about = archive.read("docProps/core.xml").decode()

    assert [word in header for header in headers] == [True]
    assert f"<dc:title>{word}: " in about


def test_a_page_for_the_browser_has_a_banner_and_a_mark_for_each_printed_page() -> None:
    page = draft(suffix=".html").content.decode()

    assert read_page(page).faults == []
    assert '<div class="draft">' in page
    assert '@top-center { content: "\\44 \\52 \\41 \\46 \\54 "' in page
    assert '<body class="annual is-draft" data-draft="DRAFT">' in page


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_whole_document_is_no_draft(suffix: str) -> None:
    content = whole(suffix)

    assert b"DRAFT" not in (poppler("pdftotext", content).encode() if suffix == ".pdf" else content)
    assert "is-draft" not in content.decode(errors="replace").partition("<body")[2]


def test_what_is_ordered_as_a_draft_is_one_even_without_a_gap() -> None:
    made = write_notice(maple(), "vendor-letter", vendor="mathly", issued=MAPLE_DAY, suffix=".txt", is_draft=True)

    assert made.gaps == ()
    assert made.content.startswith(b"DRAFT.")
