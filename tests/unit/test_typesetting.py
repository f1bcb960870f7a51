"""The typesetter reads no file, and a sign that no font shows stops it with the name of a package."""

from __future__ import annotations

import re

import pytest

from dataflows.reporting.dialect import parse_template_output
from dataflows.reporting.tree import PageFacts, build_tree
from dataflows.reporting.writers.typst import write_typst
from dataflows.typesetting import MissingGlyphError, TypesettingError, package_for, set_pdf
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
        "Ubuntu the package fonts-noto-core, or write the document as .html or .docx."
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
