"""Pictures stand in every format with words in their place, and the code on paper leads where it says."""

from __future__ import annotations

import base64
import io
import re
import zipfile

import docx
import pypdf
import pytest
from pypdf.generic import DictionaryObject

from dataflows.reporting.dialect import parse_district_text, parse_template_output
from dataflows.reporting.pictures import NotAPictureError, Picture, UnknownPictureError, page_code, read_picture
from dataflows.reporting.tree import Kind, PageFacts, build_tree, walk
from dataflows.reporting.writers.docx import write_docx
from dataflows.reporting.writers.html import write_html
from dataflows.reporting.writers.markdown import write_markdown
from dataflows.reporting.writers.text import write_text
from dataflows.reporting.writers.typst import write_typst
from dataflows.typesetting import set_pdf
from tests.notices import DAY, write_kind
from tests.paper import structure_of
from tests.snapshots import snapshot_of

MARKDOWN = "# Title\n\nOn top.\n\n![A map of “who” gets what](picture:map)\n\nMore.\n"
TREE = build_tree(parse_template_output(MARKDOWN))
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b080020004001011100ffd9")


def picture() -> Picture:
    found = page_code("https://example.org")
    assert found is not None
    return found


def facts() -> PageFacts:
    return PageFacts("Title", "Oak", "en", DAY, pictures={"map": picture()})


def test_a_page_holds_its_pictures_itself() -> None:
    main = write_html(TREE, {"map": picture()}).main

    [source] = re.findall(r'<img src="data:image/png;base64,([^"]+)" alt="A map of “who” gets what"', main)
    assert base64.b64decode(source) == picture().content


def test_a_pdf_tags_a_picture_as_a_figure_with_its_words() -> None:
    content = set_pdf(write_typst(TREE, facts()), {"map": picture().content})

    assert len(structure_of(content).all("Figure")) == 1
    reader = pypdf.PdfReader(io.BytesIO(content))
    found = [reader.get_object(number) for number in sorted(reader.xref[0])]
    shown = [str(row["/Alt"]) for row in found if isinstance(row, DictionaryObject) and "/Alt" in row]
    assert shown == ["A map of “who” gets what"]


def test_word_gets_the_picture_with_its_words() -> None:
    content = write_docx(TREE, facts())
    [shape] = docx.Document(io.BytesIO(content)).inline_shapes

    assert shape._inline.docPr.get("descr") == "A map of “who” gets what"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert [name for name in archive.namelist() if name.startswith("word/media/")] != []


def test_plain_formats_have_the_words_in_place_of_the_picture() -> None:
    assert "*A map of “who” gets what*" in write_markdown(TREE)
    assert "\nA map of “who” gets what\n" in write_text(TREE)


def test_a_picture_that_is_not_there_is_an_error() -> None:
    with pytest.raises(UnknownPictureError, match="picture:map"):
        write_html(TREE)
    with pytest.raises(UnknownPictureError):
        write_typst(TREE, PageFacts("Title", "Oak", "en", DAY))
    with pytest.raises(UnknownPictureError):
        write_docx(TREE, PageFacts("Title", "Oak", "en", DAY))


def test_a_district_s_text_shows_no_picture_and_leads_to_none() -> None:
    nodes = list(walk(build_tree(parse_district_text("![x](picture:map) [y](picture:map) ![z](https://a.example/z)"))))

    assert Kind.IMAGE not in {node.kind for node in nodes}
    assert [node.target for node in nodes if node.kind is Kind.LINK] == ["https://a.example/z"]


def test_the_code_is_the_same_each_time_and_stands_beside_its_address() -> None:
    page = write_kind("directory").content.decode()

    assert picture().content == picture().content
    assert 'alt="A code that opens our data privacy page on a phone."' in page
    assert page.index("data:image/png") < page.index('href="https://maple.example.org/data"')
    assert "A code that opens" not in write_kind("directory", suffix=".txt").content.decode()
    assert "https://maple.example.org/data" in write_kind("directory", suffix=".txt").content.decode()


def test_an_address_too_long_for_a_code_has_none() -> None:
    assert page_code("https://example.org/" + "a" * 4000) is None


def test_a_district_without_a_page_has_no_code() -> None:
    from dataflows.reporting.telling import Teller

    assert Teller(snapshot_of("district: {url: 'https://oak.example'}"), "en").pictures() == {}


def test_a_letterhead_is_a_picture_of_its_own_size_but_no_larger_than_paper_allows() -> None:
    found = read_picture("logo.jpg", JPEG)

    assert (found.kind, found.width, found.height) == ("jpeg", 48.0, 24.0)
    large = read_picture("code.png", picture().content)
    assert (large.kind, large.height) == ("png", 54.0)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<svg/>", "not a picture that Word, a browser and a PDF can all show"),
        (b"\x89PNG\r\n\x1a\n", "cut off or damaged"),
        (JPEG[:14], "cut off or damaged"),
        (b"\xff\xd8\xff" + b"\x00" * 6_000_000, "bytes, and 5,000,000 are the most"),
        (b"", "not a picture"),
    ],
)
def test_what_is_no_picture_is_refused_with_the_file_s_name(content: bytes, message: str) -> None:
    with pytest.raises(NotAPictureError, match=message) as caught:
        read_picture("logo.png", content)
    assert str(caught.value).startswith("logo.png: ")
