"""The typesetter reads no file, and a sign that no font shows stops it with the name of a package."""

from __future__ import annotations

import re
import struct
from concurrent.futures import ThreadPoolExecutor

import pytest

from dataflows.reporting.dialect import parse_template_output
from dataflows.reporting.pictures import page_code
from dataflows.reporting.tree import PageFacts, build_tree
from dataflows.reporting.writers.typst import write_typst
from dataflows.typesetting import MissingGlyphError, TypesettingError, draw_dots, package_for, set_pdf
from tests.notices import DAY
from tests.paper import poppler, structure_of


def typst_of(text: str, language: str = "en") -> str:
    return write_typst(build_tree(parse_template_output(f"# {text}")), PageFacts("T", "D", language, DAY))


@pytest.mark.parametrize("path", ["/etc/passwd", "../../../etc/passwd", "reports/shared/page.typ", "."])
def test_no_file_can_be_read_even_by_code(path: str) -> None:
    with pytest.raises(TypesettingError):
        set_pdf(f'#set document(title: "t")\n= T\n#read("{path}")')


def test_a_sign_that_no_font_shows_stops_the_pdf_and_names_a_package() -> None:
    with pytest.raises(MissingGlyphError) as caught:
        set_pdf(typst_of("Oak \U0002ffff"))

    assert str(caught.value) == (
        "No font here can show '\\U0002ffff' (U+2FFFF), so no PDF was written. Install fonts for it, on Debian and "
        "Ubuntu the package fonts-noto-core, or write it as .html."
    )


def test_signs_that_the_typesetter_does_not_name_are_those_that_are_joined() -> None:
    assert str(MissingGlyphError("")) == (
        "No font here can show a sign that is joined from several, such as an emoji of a family, so no PDF was "
        "written. Install fonts for it, on Debian and Ubuntu the package fonts-noto-color-emoji, or write it as .html."
    )


@pytest.mark.parametrize(
    ("text", "package"),
    [("汉字", "fonts-noto-cjk"), ("한국", "fonts-noto-cjk"), ("شركة", "fonts-noto-core"), ("አማርኛ", "fonts-noto-core")],
)
def test_the_package_is_the_one_that_has_the_script(text: str, package: str) -> None:
    assert package_for(text) == package


@pytest.mark.parametrize(
    ("text", "language", "font"),
    [
        ("شركة", "en", "NotoSansArabic"),
        ("汉字", "en", "NotoSansCJKsc"),
        ("汉字", "zh", "NotoSansCJKsc"),
        ("한국", "ko", "NotoSansCJKkr"),
        ("አማርኛ", "en", "NotoSansEthiopic"),
    ],
)
def test_another_script_is_set_in_its_own_font(text: str, language: str, font: str) -> None:
    content = set_pdf(typst_of(text, language))

    assert re.search(rf"\+{font}-", poppler("pdffonts", content))
    assert f"/Lang({language})" in content.decode("latin-1")
    assert structure_of(content).all("H1")


def test_one_document_leaves_nothing_to_the_next() -> None:
    """The compiler is the same for all: a picture of one is not there for the next, and the same text is set alike."""
    red, blue = page_code("https://red.example.org"), page_code("https://blue.example.org")
    assert red
    assert blue
    shown = '#set document(title: "t")\n= T\n#image("code", alt: "-")'
    first = set_pdf(shown, {"code": red.content})

    assert set_pdf(shown, {"code": blue.content}) != first
    assert set_pdf(shown, {"code": red.content}) == first
    with pytest.raises(TypesettingError):
        set_pdf(shown)


def test_documents_set_at_the_same_time_are_each_whole() -> None:
    texts = [typst_of(f"Oak {number}") for number in range(24)]
    alone = [set_pdf(text) for text in texts]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(set_pdf, texts)) == alone


def test_a_drawing_is_set_as_dots_of_its_size() -> None:
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 36" width="72" height="36"><rect width="9"/></svg>'
    )
    content = draw_dots(drawing, 72.0, 36.0)

    assert content.startswith(b"\x89PNG")
    assert struct.unpack(">II", content[16:24]) == (220, 110)
