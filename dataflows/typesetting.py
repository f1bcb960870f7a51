"""Sets typst text as PDF, with fonts that are loaded once: the only module that imports typst.

The same text gives the same bytes on every machine, for only the fonts that come with the program and
with typst are used.  Where these can't show a character, the machine's own fonts are asked too.
"""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
import threading
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst

from dataflows import assets
from dataflows.errors import DataflowsError

if TYPE_CHECKING:
    from collections.abc import Mapping

_MISSING = re.compile(r"the text `\"(.*?)\"` could not be displayed", re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_EMOJI = "fonts-noto-color-emoji"
_PACKAGES = (
    (("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"), "fonts-noto-cjk"),
    (("EMOJI",), _EMOJI),
)
_OTHERS = "fonts-noto-core"
_JOINED = "a sign that is joined from several, such as an emoji of a family"
_DOTS_AN_INCH = 220
"""Of a drawing that is to be printed."""


class MissingGlyphError(DataflowsError):
    """No font on this machine can show some characters of a document."""

    def __init__(self, text: str) -> None:
        shown = text if len(text) <= 20 else f"{text[:20]}…"
        codes = ", ".join(f"U+{ord(sign):04X}" for sign in list(dict.fromkeys(text))[:3])
        what, package = (f"{shown!r} ({codes})", package_for(text)) if text else (_JOINED, _EMOJI)
        super().__init__(
            f"No font here can show {what}, so no PDF was written. "
            f"Install fonts for it, on Debian and Ubuntu the package {package}, or write it as .html."
        )


class TypesettingError(DataflowsError):
    """The typesetter refused a document; that is a fault of the program, not of the district."""

    def __init__(self, message: str) -> None:
        super().__init__(f"The PDF could not be set: {message}")


def set_pdf(source: str, pictures: Mapping[str, bytes] | None = None, *, with_machine_fonts: bool = False) -> bytes:
    """Return typst text as a tagged PDF that keeps to PDF/UA-1; raises MissingGlyphError, TypesettingError.

    `pictures` are the files that the text may show, by name; `with_machine_fonts` that one names a font of the machine.
    """
    return _set(source, pictures or {}, with_machine_fonts=with_machine_fonts)[0]


def can_show(picture: bytes) -> bool:
    """Tell whether the typesetter can read a picture to its end."""
    try:
        set_pdf('#set document(title: "-")\n#image("picture", alt: "-")', {"picture": picture})
    except TypesettingError:
        return False
    return True


def draw_dots(drawing: bytes, width: float, height: float) -> bytes:
    """Return a drawing (SVG) of a size in points as PNG, for what shows no drawings; raises MissingGlyphError."""
    page = f"#set page(width: {width}pt, height: {height}pt, margin: 0pt)"
    shown = f'#image("drawing", width: {width}pt, height: {height}pt, alt: "-")'
    pictures = {"drawing": drawing}
    return set_png(f'#set document(title: "-")\n{page}\n{shown}', _DOTS_AN_INCH, pictures=pictures)


def set_png(
    source: str,
    dots_an_inch: int = 144,
    *,
    pictures: Mapping[str, bytes] | None = None,
    with_machine_fonts: bool = False,
) -> bytes:
    """Return typst text of one page as PNG; raises MissingGlyphError, TypesettingError.

    Only in a PDF does the typesetter say that a sign is missing, so that is set first.
    """
    _, with_system_fonts = _set(source, pictures or {}, with_machine_fonts=with_machine_fonts)
    return _compile(source, pictures or {}, with_system_fonts=with_system_fonts, dots_an_inch=dots_an_inch)


def _set(source: str, files: Mapping[str, bytes], *, with_machine_fonts: bool) -> tuple[bytes, bool]:
    """Return the PDF, and whether the machine's own fonts were needed for it."""
    try:
        if not with_machine_fonts:
            return _compile(source, files, with_system_fonts=False), False
    except typst.TypstError as refused:
        if not _MISSING.search(refused.message):
            raise TypesettingError(refused.message) from refused
    try:
        return _compile(source, files, with_system_fonts=True), True
    except typst.TypstError as refused:
        missing = _MISSING.search(refused.message)
        if missing:
            raise MissingGlyphError(_ESCAPED.sub(lambda code: chr(int(code[1], 16)), missing[1])) from refused
        raise TypesettingError(refused.message) from refused


def package_for(text: str) -> str:
    """Return the Debian package whose fonts show a text."""
    names = " ".join("EMOJI" if "\U0001f300" <= sign <= "\U0001faff" else unicodedata.name(sign, "") for sign in text)
    return next((package for words, package in _PACKAGES if any(word in names for word in words)), _OTHERS)


def _compile(
    source: str, files: Mapping[str, bytes], *, with_system_fonts: bool, dots_an_inch: int | None = None
) -> bytes:
    compiler = _compiler(with_system_fonts=with_system_fonts)
    if dots_an_inch:
        content = compiler.compile(source, files, format="png", ppi=dots_an_inch)
    else:
        content = compiler.compile(source, files, format="pdf", pdf_standards=["ua-1"])
    if not isinstance(content, bytes):
        raise TypesettingError("there is no page.")
    return content


class KeptCompiler:
    """One compiler for all documents: what the next has in common with the last is not set again.

    Its folder holds the pictures of one document alone: even if the text could read files, there would be no other.
    """

    def __init__(self, *, with_system_fonts: bool) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="dataflows-"))
        atexit.register(shutil.rmtree, self._folder, ignore_errors=True)
        self._turn = threading.Lock()
        self._compiler = typst.Compiler(
            root=str(self._folder),
            font_paths=_fonts(with_system_fonts=with_system_fonts),
            ignore_system_fonts=True,
            sys_inputs={"fonts": "all" if with_system_fonts else "own"},
        )

    def compile(self, source: str, files: Mapping[str, bytes], **how: Any) -> Any:
        """Return what the compiler makes of a text and its pictures; raises typst.TypstError."""
        with self._turn:
            self._folder.mkdir(mode=0o700, exist_ok=True)  # a machine that cleans up may have taken it
            try:
                for name, picture in files.items():
                    (self._folder / name).write_bytes(picture)
                return self._compiler.compile(source.encode(), **how)
            finally:
                for name in files:
                    (self._folder / name).unlink(missing_ok=True)


@cache
def _compiler(*, with_system_fonts: bool) -> KeptCompiler:
    return KeptCompiler(with_system_fonts=with_system_fonts)


@cache
def _fonts(*, with_system_fonts: bool) -> typst.Fonts:
    folder = assets.folder("reports") / "shared" / "fonts"
    return typst.Fonts(include_system_fonts=with_system_fonts, include_embedded_fonts=True, font_paths=[str(folder)])
