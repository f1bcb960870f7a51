"""Text files as people save them: which encoding, and is it text at all?

UTF-8, with or without a byte order mark, and UTF-16 with one are read.  Of a table, what does not
fit UTF-8 is read as Windows-1252, in which spreadsheet programs save CSV unless told otherwise,
and it is said where.  Anything else is refused with the place of the first byte that does not fit:
guessing further would change names.
"""

from __future__ import annotations

import codecs
import io
import sys
from functools import cache
from typing import TYPE_CHECKING, BinaryIO, TextIO

from dataflows.errors import InputError
from dataflows.sources.base import refuse_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST = 512 * 1024 * 1024
_CHUNK = 1 << 20
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_SIGNATURES = (
    (b"PK\x03\x04", "a workbook or another zip archive"),
    (b"\xd0\xcf\x11\xe0", "a workbook or document of old Excel or Word"),
    (b"%PDF", "a PDF"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_BEGINS = "A catalog begins with 'catalog: 1'."
_LOOK = "Look at names with accents, or save it as 'CSV UTF-8'."
_SAVE = "Save it as text in UTF-8 (in Excel: 'CSV UTF-8')."


class TextSource:
    """A text that was checked once and can be opened again as often as needed."""

    def __init__(
        self,
        name: str,
        path: Path | None = None,
        begins: str = _BEGINS,
        *,
        data: bytes | None = None,
        is_table: bool = False,
    ) -> None:
        """Check a file, or `data`, or the standard input where both are None; raises InputError."""
        self.name = name
        self.note = ""
        """What a person should look at, as the encoding was taken for granted."""
        self._errors = "strict"
        self._is_table = is_table
        self._begins = begins
        self._path = path if path and path.is_file() else None
        self._data = data if data is not None else b"" if self._path else read_stream(name, path)
        self._encoding = self._check()

    def open(self) -> TextIO:
        """Open it from the start, line ends as they are, without the byte order mark."""
        return io.TextIOWrapper(self._bytes(), encoding=self._encoding, errors=self._errors, newline="")

    def read(self) -> str:
        """Return the whole text."""
        with self.open() as stream:
            return stream.read()

    def chunks(self) -> Iterator[str]:
        """Yield the text in pieces."""
        with self.open() as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk

    def first_character(self) -> str:
        """Return the first character that is no white space."""
        for chunk in self.chunks():
            if text := chunk.lstrip():
                return text[0]
        return ""

    def _bytes(self) -> BinaryIO:
        return self._path.open("rb") if self._path else io.BytesIO(self._data)

    def _check(self) -> str:
        self._check_size()
        with self._bytes() as stream:
            start = stream.read(16)
        if not start:
            raise refuse_file(self.name, "The file is empty.", self._begins)
        for signature, what in _SIGNATURES:
            if start.startswith(signature):
                hint = "Give a .yaml, .json, .csv or .xlsx file."
                raise refuse_file(self.name, f"The file is {what}, not text.", hint)
        if start.startswith(_UTF32):
            raise refuse_file(self.name, "The text is in UTF-32.", _SAVE)
        encoding = next((name for mark, name in _MARKS if start.startswith(mark)), "utf-8")
        try:
            self._check_characters(encoding)
        except InputError as fault:
            if not self._is_table or encoding == "utf-16" or not self._fits_windows(encoding):
                raise
            line = fault.problems[0].location.line
            self.note = (
                f"{self.name}:{line}: The text is not all in UTF-8; what is not was read as Windows-1252. {_LOOK}"
            )
        return encoding

    def _fits_windows(self, encoding: str) -> bool:
        """Tell whether all that is not UTF-8 may be of Windows' letters, and read it so from now on."""
        self._errors = _as_windows()
        try:
            self._check_characters(encoding)
        except InputError:
            return False
        return True

    def _check_size(self) -> None:
        size = self._path.stat().st_size if self._path else len(self._data)
        if size > LARGEST:
            message = f"The file has {size:,} bytes; at most {LARGEST:,} (512 MB) are read."
            raise refuse_file(self.name, message, "Split it into several files; one run takes several.")

    def _check_characters(self, encoding: str) -> None:
        decoder = codecs.getincrementaldecoder(encoding)(self._errors)
        offset, lines, blank = 0, 1, True
        with self._bytes() as stream:
            while True:
                chunk = stream.read(_CHUNK)
                try:
                    text = decoder.decode(chunk, final=not chunk)
                except UnicodeDecodeError as error:
                    raise self._wrong_encoding(error, offset - (len(error.object) - len(chunk)), lines) from None
                if "\0" in text:
                    line = lines + text.count("\n", 0, text.index("\0"))
                    message = "The file holds a NUL character, so it is not text that can be read."
                    raise refuse_file(self.name, message, _SAVE, line=line)
                offset += len(chunk)
                lines += text.count("\n")
                blank = blank and not text.strip()
                if not chunk:
                    break
        if blank:
            raise refuse_file(self.name, self._describe_blank(offset, encoding), self._begins)

    def _describe_blank(self, size: int, encoding: str) -> str:
        mark = len(next((mark for mark, name in _MARKS if name == encoding), b""))
        if mark and size <= mark:
            return "The file holds only a byte order mark: it has no rows."
        return "The file holds only blank lines: it has no rows."

    def _wrong_encoding(self, error: UnicodeDecodeError, base: int, lines: int) -> Exception:
        before = error.object[: error.start]
        line = lines + before.count(b"\n")
        byte = error.object[error.start]
        form = "UTF-16" if error.encoding.startswith("utf-16") else "UTF-8"
        message = f"The byte 0x{byte:02X} at offset {base + error.start} does not fit {form}."
        return refuse_file(self.name, message, _SAVE, line=line)


@cache
def _as_windows() -> str:
    """Return the name of what reads bytes that are not UTF-8 as letters of Windows; five of them are none."""

    def read(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        try:
            return error.object[error.start : error.end].decode("cp1252"), error.end
        except UnicodeDecodeError:
            raise error from None

    codecs.register_error("dataflows-windows", read)
    return "dataflows-windows"


def read_stream(name: str, path: Path | None = None) -> bytes:
    """Read the standard input or a pipe, which can't be opened twice; raises InputError."""
    if path is None:
        data = sys.stdin.buffer.read(LARGEST + 1)
    else:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise refuse_file(name, f"The input has more than {LARGEST:,} bytes (512 MB).", "Split it into several files.")
    return data
