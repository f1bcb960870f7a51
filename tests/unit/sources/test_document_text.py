"""Text out of anybody's document: what a reader sees, in whichever form, and a sentence where there is none."""

from __future__ import annotations

import struct
import time
import tracemalloc
from pathlib import Path

import pytest

from dataflows.sources.document_blocks import BlockKind, UnreadableDocumentError
from dataflows.sources.document_text import read_document, read_document_bytes
from dataflows.sources.plain_text import decode_text
from tests.documents import archive, docx, docx_part, paragraph, pdf

BAD = Path(__file__).parents[2] / "data" / "bad" / "documents"
RIGHT = "Parents have the right to inspect and review the education records of their child."


def texts(data: bytes, name: str) -> list[str]:
    return [block.text for block in read_document_bytes(data, name).blocks]


def refusal(data: bytes, name: str = "notice.docx") -> str:
    """Return what is said of a document that can't be read, and see to it that it is said soon and cheaply."""
    tracemalloc.start()
    started = time.monotonic()
    with pytest.raises(UnreadableDocumentError) as caught:
        read_document_bytes(data, name)
    took, (_, peak) = time.monotonic() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert caught.value.exit_code == 2
    assert took < 2
    assert peak < 300_000_000
    return str(caught.value)


# HTML


def test_what_a_page_hides_is_not_read() -> None:
    page = f"""<!doctype html><html><head><title>Rights</title><style>p {{ color: red }}</style></head><body>
    <nav><a href="/x">Menu</a></nav><script>var x = "script words";</script><template>template words</template>
    <p hidden>hidden words</p><div style="display: none"><p>styled words</p></div><noscript>Turn scripts on.</noscript>
    <p>{RIGHT}</p><!-- comment words --></body></html>"""

    assert texts(page.encode(), "page.html") == ["Rights", "Turn scripts on.", RIGHT]


def test_a_page_is_taken_apart_by_its_blocks() -> None:
    items = "<ul><li>First</li><li>Second</ul>"
    page = f"<html><body><h2>Your <b>rights</b></h2><p>One<br>sentence goes on.</p>{items}last</body>"
    blocks = read_document_bytes(page.encode(), "page.html").blocks

    assert [(block.kind.value, block.text) for block in blocks] == [
        ("heading", "Your rights"),
        ("paragraph", "One sentence goes on."),
        ("item", "First"),
        ("item", "Second"),
        ("paragraph", "last"),
    ]


def test_tags_that_are_never_closed_hide_nothing_else() -> None:
    page = f"<html><body><div hidden><p>secret</div><p>{RIGHT}<table><tr><td>cell"

    assert texts(page.encode(), "page.html") == [RIGHT, "cell"]


def test_a_page_of_scripts_says_so() -> None:
    with pytest.raises(UnreadableDocumentError, match="no text of its own; scripts write it"):
        read_document(BAD / "scripts-only.html")


def test_a_page_in_an_encoding_that_it_declares() -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>Año escolar: información</p></body></html>'

    assert texts(page.encode("latin-1"), "page.html") == ["Año escolar: información"]


# Text and Markdown


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_every_usual_encoding_of_a_text(encoding: str) -> None:
    text = "Información sobre los “expedientes” de su niño y otras cosas."

    assert texts(text.encode(encoding), "aviso.txt") == [text]


def test_a_file_that_changes_its_encoding_within() -> None:
    mixed = "The “first” line.\n".encode() + "The “second” line.\n".encode("cp1252") + "La tercera: año.\n".encode()

    assert decode_text(mixed) == "The “first” line.\nThe “second” line.\nLa tercera: año.\n"


def test_lines_that_were_wrapped_are_joined() -> None:
    text = (
        "Parents have the right to inspect and\nreview the education records of\ntheir child.\n\n1. First\n2. Second\n"
    )

    assert texts(text.encode(), "notice.txt") == [RIGHT, "1. First", "2. Second"]


def test_a_sentence_goes_on_over_a_blank_line() -> None:
    text = "The request should say which record(s)\n\nare to be inspected."

    assert texts(text.encode(), "notice.txt") == ["The request should say which record(s) are to be inspected."]


def test_markdown_loses_its_marks_and_addresses() -> None:
    table = "| First | Second |\n|---|---|\n"
    link = "* See [the policy](https://example.org/p)\n<!-- note -->\n![logo](x.png)"
    text = f"# Rights\n\n**{RIGHT}**\n\n{link}\n\n{table}"
    blocks = read_document_bytes(text.encode(), "notice.md").blocks

    assert [block.text for block in blocks] == ["Rights", RIGHT, "* See the policy", "First Second"]
    assert blocks[0].kind is BlockKind.HEADING


def test_underlined_lines_are_one_heading_where_the_longest_is_as_long_as_the_signs() -> None:
    title = "3. El derecho a dar su consentimiento antes de que se compartan los\nregistros"
    text = f"{title}\n{'-' * 67}\n\nUsted tiene este derecho.\n"
    other = f"{title}\n{'-' * 40}\n\nUsted tiene este derecho.\n"

    assert read_document_bytes(text.encode(), "n.txt").blocks[0].kind is BlockKind.HEADING
    assert read_document_bytes(other.encode(), "n.txt").blocks[0].kind is not BlockKind.HEADING


def test_an_underlined_line_is_a_heading() -> None:
    blocks = read_document_bytes(f"Your rights\n-----------\n\n{RIGHT}\n".encode(), "notice.txt").blocks

    assert [(block.kind.value, block.text) for block in blocks] == [("heading", "Your rights"), ("paragraph", RIGHT)]


def test_a_rule_after_a_list_makes_no_heading_of_its_last_item() -> None:
    blocks = read_document_bytes(f"* {RIGHT}\n\n* Complain\n\n---\n\nContact\n".encode(), "notice.md").blocks

    assert [block.kind for block in blocks[:2]] == [BlockKind.ITEM, BlockKind.ITEM]


# PDF


def test_a_pdf_is_read_page_by_page_without_heads_and_feet() -> None:
    words = "of the many things that a handbook tells its readers about school on this page."
    pages = [
        ["Oak County Handbook", f"Page {n} is about {name},", words, str(n)]
        for n, name in enumerate(("one", "two", "three", "four"), 1)
    ]
    document = read_document_bytes(pdf(pages), "handbook.pdf")

    assert document.pages == 4
    assert not any("Oak County" in block.text or block.text.isdigit() for block in document.blocks)
    assert document.blocks[0].place == "page 1"
    assert any(block.place == "page 3" for block in document.blocks)


def test_a_sentence_goes_on_over_the_end_of_a_page() -> None:
    document = read_document_bytes(
        pdf([["Parents have the right to inspect and"], ["review the education records of their child."]]), "n.pdf"
    )

    assert [block.text for block in document.blocks] == [RIGHT]


def test_five_hundred_pages_are_read() -> None:
    document = read_document_bytes(pdf([[f"Page {n} tells of something else.", RIGHT] for n in range(500)]), "long.pdf")

    assert document.pages == 500
    assert document.words > 5000


def test_a_scan_says_that_it_has_no_text() -> None:
    assert "pictures of pages and no text (a scan)" in refusal(pdf([[], [], ["3"]]), "scan.pdf")


def test_an_encrypted_pdf_says_so() -> None:
    lock = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O ("
        + b"o" * 32
        + b") /U ("
        + b"u" * 32
        + b") >> /ID [(a) (a)]"
    )

    assert "This PDF is encrypted" in refusal(pdf([[RIGHT]], trailer=lock), "locked.pdf")


@pytest.mark.parametrize("kept", [9, 60, 300])
def test_a_pdf_that_is_cut_off_is_refused_in_a_sentence(kept: int) -> None:
    said = refusal(pdf([[RIGHT] * 30])[:kept], "cut.pdf")

    assert said.startswith("cut.pdf: This PDF ")


def test_a_pdf_of_nonsense_is_refused_in_a_sentence() -> None:
    assert "broken or cut off" in refusal(b"%PDF-1.4\n" + bytes(range(256)) * 40, "nonsense.pdf")


# DOCX


def test_a_word_document_has_headings_items_and_paragraphs() -> None:
    body = (
        paragraph("Your rights", '<w:pStyle w:val="Heading1"/>')
        + paragraph(RIGHT)
        + paragraph("See the records", '<w:numPr><w:ilvl w:val="0"/></w:numPr>')
    )
    blocks = read_document_bytes(docx(body), "notice.docx").blocks

    assert [(block.kind.value, block.text) for block in blocks] == [
        ("heading", "Your rights"),
        ("paragraph", RIGHT),
        ("item", "See the records"),
    ]


def test_what_was_deleted_or_hidden_in_word_is_not_read() -> None:
    body = "<w:p><w:r><w:t>Seen</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>" + paragraph(
        "hidden", run="<w:vanish/>"
    )

    assert texts(docx(body), "notice.docx") == ["Seen"]


def test_a_text_box_is_read_once() -> None:
    inner = f'<mc:Choice xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">{paragraph("boxed")}</mc:Choice>'
    spare = inner.replace("mc:Choice", "mc:Fallback")

    assert texts(docx(f"<w:p><w:r>{inner}{spare}</w:r></w:p>"), "notice.docx") == ["boxed"]


def test_footnotes_are_read_too() -> None:
    note = archive({"word/document.xml": docx_part("Body."), "word/footnotes.xml": docx_part("A note.")})

    assert texts(note, "n.docx") == ["Body.", "A note."]


def test_an_archive_that_explodes_is_not_unpacked() -> None:
    assert "far more than a document holds" in refusal(docx(paragraph("a" * 100_000_000)))


def test_an_archive_that_lies_about_its_sizes_is_refused() -> None:
    data = docx(paragraph("a" * 5_000_000))
    start = data.index(b"PK\x01\x02") + 24
    lying = data[:start] + struct.pack("<I", 100) + data[start + 4 :]

    assert "broken" in refusal(lying)


def test_a_member_twice_is_refused() -> None:
    data = archive({"word/document.xml": b"<a/>", "word/document.xmm": b"<b/>"}).replace(
        b"document.xmm", b"document.xml"
    )

    assert "has the member 'word/document.xml' twice" in refusal(data)


@pytest.mark.parametrize("name", ["../../x", "/etc/x", "a/../../b", "..\\x", "C:\\x"])
def test_a_member_outside_of_the_archive_is_refused(name: str) -> None:
    assert "a place outside itself" in refusal(archive({"word/document.xml": b"<a/>", name: b"x"}))


def test_entities_are_refused_before_they_grow() -> None:
    bomb = (
        '<!DOCTYPE d [<!ENTITY a "'
        + "x" * 1000
        + '">'
        + "".join(f'<!ENTITY {"abcdefghij"[n]} "{("&" + "abcdefghij"[n - 1] + ";") * 10}">' for n in range(1, 9))
    )
    xml = f'{bomb}]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">&i;</w:document>'

    assert "declares entities or a document type" in refusal(archive({"word/document.xml": xml.encode()}))


def test_an_archive_that_is_cut_off_is_refused() -> None:
    data = docx(paragraph(RIGHT))

    assert "broken or cut-off archive" in refusal(data[: len(data) // 2])


def test_an_encrypted_archive_is_refused() -> None:
    data = bytearray(docx(paragraph(RIGHT)))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1

    assert "encrypted" in refusal(bytes(data))


def test_a_document_behind_a_password_of_word_is_refused() -> None:
    assert "Save it as DOCX without a password" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))


def test_a_workbook_is_no_notice() -> None:
    assert "without a Word document in it" in refusal(archive({"xl/workbook.xml": b"<a/>"}), "notice.xlsx")


def test_broken_xml_in_word_is_refused() -> None:
    assert "XML within this Word document is broken" in refusal(archive({"word/document.xml": b"<a><b></a>"}))


# Names and nothings


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("notice.docx", f"<html><body><p>{RIGHT}</p></body></html>".encode(), "html"),
        ("notice.txt", docx(paragraph(RIGHT)), "docx"),
        ("notice.html", pdf([[RIGHT]]), "pdf"),
        ("notice.pdf", RIGHT.encode(), "txt"),
        ("notice", RIGHT.encode(), "txt"),
        ("notice.html", RIGHT.encode(), "html"),
    ],
)
def test_what_a_file_is_shows_in_its_content(name: str, data: bytes, form: str) -> None:
    document = read_document_bytes(data, name)

    assert document.form == form
    assert [block.text for block in document.blocks] == [RIGHT]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("empty.txt", "This file is empty."),
        ("only-spaces.txt", "This file is empty."),
        ("only-a-mark.txt", "This file is empty."),
        ("no-letters.txt", "This document has no text."),
        ("picture.pdf", "This is a picture."),
        ("rich-text.docx", "This is rich text (RTF)."),
        ("binary.txt", "This file is no text."),
        ("scripts-only.html", "scripts write it in the browser"),
        ("nowhere.txt", "There is no such file."),
    ],
)
def test_each_file_without_a_text_has_its_sentence(name: str, said: str) -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        read_document(BAD / name)

    assert said in str(caught.value)


def test_a_folder_is_no_document() -> None:
    with pytest.raises(UnreadableDocumentError, match="This is a folder"):
        read_document(BAD)
