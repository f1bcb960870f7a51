"""Text out of a DOCX, which is an archive of XML that anybody can have made.

The archive is never unpacked: the parts with text are read in small pieces, up to a limit that
counts what really comes out, and a document type declaration in them ends the reading.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from dataflows.sources.document_blocks import Block, BlockKind, UnreadableDocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_MEMBERS = 5000
MOST_BYTES = 40_000_000
"""The XML of 2,000 pages is a quarter of this."""
MOST_RATIO = 200
_PIECE = 65_536
_MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}
_PARTS = re.compile(r"word/(?:document\d*|footnotes|endnotes)\.xml")


def read_word(data: bytes, file: str) -> tuple[Block, ...]:
    """Return the blocks of a DOCX; raises UnreadableDocumentError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_members(archive, file)
            return tuple(block for name in _parts_of(archive, file) for block in _read_part(archive, name, file))
    except UnreadableDocumentError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as fault:
        # What zipfile raises: NotImplementedError is its word for a way of packing that it does not know.
        why = "This file is a broken or cut-off archive, so no Word document can be read from it."
        raise UnreadableDocumentError(file, why) from fault


def _check_members(archive: zipfile.ZipFile, file: str) -> None:
    members = archive.infolist()
    names = [member.filename for member in members]
    if len(members) > MOST_MEMBERS:
        raise UnreadableDocumentError(file, f"This archive has {len(members)} members; no Word document has so many.")
    if len(set(names)) != len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise UnreadableDocumentError(file, f"This archive has the member {twice!r} twice, so what it says is unclear.")
    for name in names:
        if name.startswith(("/", "\\")) or ":" in name or ".." in re.split(r"[/\\]", name):
            raise UnreadableDocumentError(file, f"This archive names {name!r}, a place outside itself.")
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableDocumentError(file, "This archive is encrypted. Save it without a password and check that one.")


def _parts_of(archive: zipfile.ZipFile, file: str) -> list[str]:
    parts = sorted(name for name in archive.namelist() if _PARTS.fullmatch(name))
    if not any(name.startswith("word/document") for name in parts):
        raise UnreadableDocumentError(
            file, "This is an archive without a Word document in it. Save the notice as DOCX, PDF, HTML or text."
        )
    return parts


def _read_part(archive: zipfile.ZipFile, name: str, file: str) -> list[Block]:
    reader = _WordReader(file)
    for piece in _pieces(archive, archive.getinfo(name), file):
        reader.feed(piece)
    reader.feed(b"", is_last=True)
    return reader.blocks


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: str) -> Iterator[bytes]:
    """Yield a member in pieces, and stop where more comes out than any letter, policy or handbook has."""
    most = min(MOST_BYTES, max(MOST_RATIO * member.compress_size, 1_000_000))
    if member.file_size > most:
        raise UnreadableDocumentError(file, _bomb(member.filename))
    size = 0
    with archive.open(member) as stream:
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > most:
                raise UnreadableDocumentError(file, _bomb(member.filename))
            yield piece


def _bomb(name: str) -> str:
    return f"The member {name!r} of this archive unpacks to far more than a document holds, so it was not read."


@dataclass(slots=True)
class _Paragraph:
    parts: list[str] = field(default_factory=list)
    style: str = ""
    is_item: bool = False


@dataclass
class _WordReader:
    """Takes XML in pieces and puts paragraphs together."""

    file: str
    blocks: list[Block] = field(default_factory=list)
    _open: list[_Paragraph] = field(default_factory=list)
    _in_text: bool = False
    _in_properties: bool = False
    _is_unseen: bool = False
    _fallbacks: int = 0

    def __post_init__(self) -> None:
        parser = expat.ParserCreate(namespace_separator="}")
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.buffer_text = True
        self._parser = parser

    def feed(self, piece: bytes, *, is_last: bool = False) -> None:
        """Read a piece of XML; raises UnreadableDocumentError."""
        try:
            self._parser.Parse(piece, is_last)
        except expat.ExpatError as fault:
            raise UnreadableDocumentError(self.file, "The XML within this Word document is broken.") from fault

    def _refuse(self, *_: object) -> None:
        raise UnreadableDocumentError(
            self.file, "This Word document declares entities or a document type, which no word processor writes."
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = "{" + name
        if name == _FALLBACK:
            self._fallbacks += 1
        local = name.removeprefix(_MAIN).removeprefix(_STRICT)
        if local == name or self._fallbacks:
            return
        value = next((text for key, text in attributes.items() if key.endswith("}val")), "")
        if local == "p":
            self._open.append(_Paragraph())
        elif self._open:
            self._start_within(self._open[-1], local, value)

    def _start_within(self, paragraph: _Paragraph, local: str, value: str) -> None:
        """Take what a paragraph's elements say of it and of its runs."""
        if local == "pStyle":
            paragraph.style = value
        elif local == "numPr":
            paragraph.is_item = True
        elif local in ("rPr", "r"):
            self._in_properties = local == "rPr"
            self._is_unseen = self._is_unseen and self._in_properties
        elif local == "vanish" and self._in_properties:
            self._is_unseen = value not in ("0", "false")
        elif local == "t":
            self._in_text = True
        elif local in _SIGNS:
            paragraph.parts.append(_SIGNS[local])

    def _end(self, name: str) -> None:
        name = "{" + name
        if name == _FALLBACK:
            self._fallbacks -= 1
        local = name.removeprefix(_MAIN).removeprefix(_STRICT)
        if local == name or self._fallbacks:
            return
        if local == "t":
            self._in_text = False
        elif local == "rPr":
            self._in_properties = False
        elif local == "p" and self._open:
            self._close(self._open.pop())

    def _text(self, data: str) -> None:
        if self._in_text and self._open and not self._is_unseen and not self._fallbacks:
            self._open[-1].parts.append(data)

    def _close(self, paragraph: _Paragraph) -> None:
        text = " ".join("".join(paragraph.parts).split())
        if not text:
            return
        style = paragraph.style.casefold()
        if re.match(r"(?:heading|title|subtitle|t[ií]tulo|ttulo|encabezado)", style):
            kind = BlockKind.HEADING
        elif paragraph.is_item or style.startswith("list"):
            kind = BlockKind.ITEM
        else:
            kind = BlockKind.PARAGRAPH
        self.blocks.append(Block(text, kind))
