"""Zip archives that anybody can have made: looked over before a library opens them.

Workbooks are archives of XML.  What is checked here holds for every reader of them: no member
twice or outside, no encryption, no more unpacked than a workbook has, and no document type
declaration, by which a small XML becomes a large one.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from dataflows.sources.base import printable, refuse_file

if TYPE_CHECKING:
    from pathlib import Path

    from dataflows.errors import InputError

MOST_MEMBERS = 5_000
MOST_BYTES = 1_000_000_000
"""All members together; a workbook of 100,000 rows and 60 columns unpacks to 300 MB."""
MOST_RATIO = 400
"""Empty rows in colour shrink to a hundredth; a bomb to a thousandth."""
_SMALL = 20_000_000
"""What unpacks to less harms nobody, however well it shrank."""
_PIECE = 1 << 18
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK = "xl/workbook.xml"


def is_archive(start: bytes) -> bool:
    """Tell whether a file that begins so is a zip archive."""
    return start.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def is_old_office(start: bytes) -> bool:
    """Tell whether a file that begins so is of Office before 2007, or encrypted."""
    return start.startswith(_OLD)


def refuse_old_office(name: str) -> InputError:
    """Return the error for a workbook behind a password, or of Excel before 2007; both look alike."""
    message = "The workbook is protected by a password, or was saved by Excel before 2007 (.xls)."
    return refuse_file(name, message, "Open it and save it as an Excel workbook (.xlsx) without a password.")


def check_workbook(name: str, source: Path | bytes) -> None:
    """Look an .xlsx over before it is opened; raises InputError with a sentence."""
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    try:
        with zipfile.ZipFile(stream) as archive:
            _check_members(name, archive)
            _check_kind(name, archive)
            _check_content(name, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as fault:
        raise _broken(name) from fault


def _broken(name: str) -> InputError:
    message = "The file is a broken or cut-off archive, so no workbook can be read from it."
    return refuse_file(name, message, "Copy or download it again, or open it and save it anew.")


def _check_members(name: str, archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise refuse_file(name, f"The archive has {len(members):,} members; no workbook has so many.")
    seen: set[str] = set()
    for member in members:
        path = member.filename
        if path.startswith(("/", "\\")) or ":" in path or ".." in re.split(r"[/\\]", path):
            raise refuse_file(name, f"The archive names {printable(path)!r}, a place outside itself.")
        if path in seen:
            message = f"The archive has the member {printable(path)!r} twice, so what it says is unclear."
            raise refuse_file(name, message)
        seen.add(path)
        if member.flag_bits & 1:
            raise refuse_file(name, "The archive is encrypted.", "Save the workbook without a password.")


def _check_kind(name: str, archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    if _WORKBOOK in names:
        return
    if "content.xml" in names:
        message = "The file is an OpenDocument file (.ods)."
    elif any(path.startswith("word/") for path in names):
        message = "The file is a Word document (.docx), not a workbook."
    elif "xl/workbook.bin" in names:
        message = "The file is a binary workbook (.xlsb)."
    else:
        message = "The file is an archive without a workbook in it."
    raise refuse_file(name, message, "Save the table as an Excel workbook (.xlsx) or as CSV.")


def _check_content(name: str, archive: zipfile.ZipFile) -> None:
    """Read every part once, counting what really comes out: what an archive says of itself may be a lie."""
    total = 0
    for member in archive.infolist():
        most = max(MOST_RATIO * member.compress_size, _SMALL)
        is_xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
        if member.file_size > most or total + member.file_size > MOST_BYTES:
            raise _bomb(name, member.filename)
        if not is_xml:
            continue
        size, tail = 0, b""
        with archive.open(member) as stream:
            while piece := stream.read(_PIECE):
                size += len(piece)
                if size > most or total + size > MOST_BYTES:
                    raise _bomb(name, member.filename)
                if _DECLARATION.search(tail + piece) or (not tail and piece.startswith((b"\xff\xfe", b"\xfe\xff"))):
                    raise _declared(name, member.filename)
                tail = piece[-12:]
        total += size


def _bomb(name: str, member: str) -> InputError:
    message = f"The part {printable(member)!r} unpacks to far more than a workbook holds, so it was not read."
    return refuse_file(name, message)


def _declared(name: str, member: str) -> InputError:
    message = f"The part {printable(member)!r} declares a document type or another encoding, which no workbook does."
    return refuse_file(name, message, "Open the file and save it anew.")
