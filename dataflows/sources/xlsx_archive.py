"""The archive that a workbook is, which anybody can have made.

Nothing is unpacked to disk.  Members are read in small pieces up to limits that count what really
comes out, and XML with a document type or entities in it is refused before a parser sees it.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.parsers import expat

from dataflows.sources.base import refuse_file
from dataflows.sources.texts import LARGEST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dataflows.errors import InputError

MOST_MEMBERS = 20_000
MOST_PART = 64 << 20
"""Bytes of a part that is held whole: styles, relations."""
MOST_RATIO = 300
"""A million equal rows come to 60."""
_FREE = 4 << 20
"""So much may come out of any member, however small it is."""
_PIECE = 1 << 18
_MOST_PROLOGUE = 1 << 16
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)
"""What zipfile raises: NotImplementedError where it does not know a way of packing, RuntimeError for a password."""
_SAVE = "Save it as an Excel workbook (.xlsx)."


class Archive:
    """The members of a workbook, read through limits; raises InputError."""

    def __init__(self, name: str, source: Path | bytes) -> None:
        """Open a file, or what was read of the standard input."""
        self.name = name
        self._source = source
        self._seen = 0
        self._check_start()
        try:
            with zipfile.ZipFile(self._opened()) as archive:
                self._members = {member.filename: member for member in self._checked(archive.infolist())}
        except _FAULTS as fault:
            raise self._broken() from fault

    def _opened(self) -> Path | BytesIO:
        return BytesIO(self._source) if isinstance(self._source, bytes) else self._source

    @property
    def share(self) -> float:
        """How much was read, from 0 to 1, of what is read once: all members."""
        whole = sum(member.file_size for member in self._members.values())
        return min(1.0, self._seen / whole) if whole else 1.0

    def __contains__(self, member: str) -> bool:
        """Tell whether there is such a member."""
        return member in self._members

    def names(self) -> list[str]:
        """Return the names of the members, in their order."""
        return list(self._members)

    def pieces(self, member: str, most: int = LARGEST) -> Iterator[bytes]:
        """Yield a member in pieces; raises InputError where more comes out than it may."""
        info = self._members.get(member)
        if info is None:
            raise self.refuse(f"The workbook lacks its part {member!r}.", "Save it again.")
        most = min(most, max(MOST_RATIO * info.compress_size, _FREE))
        size = 0
        try:
            with zipfile.ZipFile(self._opened()) as archive, archive.open(info) as stream:
                while piece := stream.read(_PIECE):
                    size += len(piece)
                    self._seen += len(piece)
                    if size > most:
                        break
                    yield piece
        except _FAULTS as fault:
            raise self._broken() from fault
        if size > most:
            message = f"The part {member!r} unpacks to more than {most:,} bytes, so the workbook was not read."
            raise self.refuse(message, "Delete rows and columns that hold nothing but a format, or split the workbook.")

    def xml(self, member: str) -> ET.Element:
        """Return a small part as a tree."""
        parser = ET.XMLParser()  # noqa: S314  (see above)
        try:
            for piece in self.checked(member, MOST_PART):
                parser.feed(piece)
            return parser.close()
        except ET.ParseError as fault:
            raise self.broken_xml(member) from fault

    def checked(self, member: str, most: int = LARGEST) -> Iterator[bytes]:
        """Yield a member of XML in pieces, once it is sure that it declares nothing."""
        start = b""
        is_safe = False
        for piece in self.pieces(member, most):
            if is_safe:
                yield piece
                continue
            start += piece
            if self._check_prologue(member, start):
                is_safe = True
                yield start
        if not is_safe:
            raise self.broken_xml(member)

    def _check_prologue(self, member: str, start: bytes) -> bool:
        """Tell whether the root begins in `start`; raises where a document type comes first."""
        prologue = _Prologue()
        try:
            prologue.parser.Parse(start, False)
        except _RootMetError:
            return True
        except _DeclaredError:
            message = f"The part {member!r} declares a document type, which no spreadsheet program writes."
            raise self.refuse(message, _SAVE) from None
        except expat.ExpatError as fault:
            raise self.broken_xml(member) from fault
        if len(start) > _MOST_PROLOGUE:
            raise self.broken_xml(member)
        return False

    def refuse(self, message: str, hint: str | None = None) -> InputError:
        """Return the error for a workbook that can't be read."""
        return refuse_file(self.name, message, hint)

    def broken_xml(self, member: str) -> InputError:
        """Return the error for a part that is not well-formed."""
        return self.refuse(
            f"The part {member!r} of the workbook is broken.", "Open it in its program and save it again."
        )

    def _broken(self) -> InputError:
        return self.refuse("The workbook is cut off or broken.", "Open it in its program and save it again.")

    def _check_start(self) -> None:
        start, size = self._begin(512)
        if not start:
            raise self.refuse("The file is empty.", "A workbook has a sheet a list: vendors, flows.")
        if size > LARGEST:
            message = f"The file has {size:,} bytes; at most {LARGEST:,} (512 MB) are read."
            raise self.refuse(message, "Split it into several files; one run takes several.")
        if start.startswith(_OLD):
            raise self._refuse_old()
        if not start.startswith(b"PK"):
            is_text = b"\0" not in start
            what = "holds text" if is_text else "is no workbook"
            hint = "Name it .csv where it is a table." if is_text else _SAVE
            called = "" if isinstance(self._source, bytes) else f" is called {self._source.suffix}, but it"
            raise self.refuse(f"The file{called} {what}.", hint)

    def _begin(self, size: int) -> tuple[bytes, int]:
        """Return so many bytes of the start, and how many there are."""
        if isinstance(self._source, bytes):
            return self._source[:size], len(self._source)
        with self._source.open("rb") as stream:
            return stream.read(size), self._source.stat().st_size

    def _refuse_old(self) -> InputError:
        if _PASSWORD in self._begin(8 << 20)[0]:
            return self.refuse("The workbook is protected by a password.", "Save it without one, and give that file.")
        return self.refuse("The workbook has the form of Excel before 2007.", _SAVE)

    def _checked(self, members: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
        names = [member.filename for member in members]
        if len(members) > MOST_MEMBERS:
            raise self.refuse(f"The archive has {len(members):,} members; no workbook has so many.")
        folded = [name.casefold() for name in names]
        if len(set(folded)) != len(names):
            twice = next(name for name in names if folded.count(name.casefold()) > 1)
            raise self.refuse(f"The archive has the member {twice!r} twice, so what it says is unclear.", _SAVE)
        for name in names:
            if name.startswith(("/", "\\")) or ":" in name or ".." in re.split(r"[/\\]", name):
                raise self.refuse(f"The archive names {name!r}, a place outside itself.", _SAVE)
        if any(member.flag_bits & 1 for member in members):
            raise self.refuse("The archive is protected by a password.", "Save the workbook without one.")
        return members


class _RootMetError(Exception):
    """The root element begins: the prologue is over."""


class _DeclaredError(Exception):
    """A document type or an entity is declared."""


class _Prologue:
    """Reads XML up to its root."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self._stop

    def _refuse(self, *_: object) -> None:
        raise _DeclaredError

    def _stop(self, *_: object) -> None:
        raise _RootMetError
