"""Sets typst text as PDF, with fonts that are loaded once: the only module that imports typst.

The same text gives the same bytes on every machine, for only the fonts that come with the program and
with typst are used.  Where these can't show a character, the machine's own fonts are asked too.
"""

from __future__ import annotations

import re
import tempfile
import unicodedata
from functools import cache

import typst

from dataflows import assets
from dataflows.errors import DataflowsError

_MISSING = re.compile(r"the text [`\"]+(.+?)[`\"]+ could not be displayed", re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_PACKAGES = (
    (("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"), "fonts-noto-cjk"),
    (("EMOJI",), "fonts-noto-color-emoji"),
)
_OTHERS = "fonts-noto-core"


class MissingGlyphError(DataflowsError):
    """No font on this machine can show some characters of a document."""

    def __init__(self, text: str) -> None:
        shown = text if len(text) <= 20 else f"{text[:20]}…"
        codes = ", ".join(f"U+{ord(sign):04X}" for sign in list(dict.fromkeys(text))[:3])
        super().__init__(
            f"No font here can show {shown!r} ({codes}), so no PDF was written. "
            f"Install fonts for it, on Debian and Ubuntu the package {package_for(text)}, "
            "or write the document as .html or .docx."
        )


class TypesettingError(DataflowsError):
    """The typesetter refused a document; that is a fault of the program, not of the district."""

    def __init__(self, message: str) -> None:
        super().__init__(f"The PDF could not be set: {message}")


def set_pdf(source: str) -> bytes:
    """Return typst text as a tagged PDF that keeps to PDF/UA-1; raises MissingGlyphError, TypesettingError."""
    try:
        return _compile(source, with_system_fonts=False)
    except typst.TypstError as refused:
        if not _MISSING.search(refused.message):
            raise TypesettingError(refused.message) from refused
    try:
        return _compile(source, with_system_fonts=True)
    except typst.TypstError as refused:
        missing = _MISSING.search(refused.message)
        if missing:
            raise MissingGlyphError(_ESCAPED.sub(lambda code: chr(int(code[1], 16)), missing[1])) from refused
        raise TypesettingError(refused.message) from refused


def package_for(text: str) -> str:
    """Return the Debian package whose fonts show a text."""
    names = " ".join(unicodedata.name(sign, "") for sign in text)
    return next((package for words, package in _PACKAGES if any(word in names for word in words)), _OTHERS)


def _compile(source: str, *, with_system_fonts: bool) -> bytes:
    """Compile in an empty folder: even if the text could read files, there would be none."""
    with tempfile.TemporaryDirectory(prefix="dataflows-") as root:
        fonts = _fonts(with_system_fonts=with_system_fonts)
        inputs = {"fonts": "all" if with_system_fonts else "own"}
        compiler = typst.Compiler(root=root, font_paths=fonts, ignore_system_fonts=True, sys_inputs=inputs)
        content = compiler.compile(source.encode(), format="pdf", pdf_standards=["ua-1"])
    if not isinstance(content, bytes):
        raise TypesettingError("there is no page.")
    return content


@cache
def _fonts(*, with_system_fonts: bool) -> typst.Fonts:
    folder = assets.folder("reports") / "shared" / "fonts"
    return typst.Fonts(include_system_fonts=with_system_fonts, include_embedded_fonts=True, font_paths=[str(folder)])
