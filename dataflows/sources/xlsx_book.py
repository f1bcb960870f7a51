"""A workbook: its sheets, its texts, and what the formats of its cells say of numbers.

Prefixes and the strict form of the standard are read alike: names are compared without their
namespace, or with that of the part's own root.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast
from xml.etree import ElementTree as ET

from dataflows.sources.shared_texts import keep_texts
from dataflows.sources.xlsx_archive import Archive
from dataflows.sources.xlsx_dates import DAY_FIRST, MONTH_FIRST, is_date_format, order_of_format

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_WORKBOOK_TYPE = re.compile(r"application/vnd\.(openxmlformats-officedocument\.spreadsheetml\.(sheet|template)"
                            r"|ms-excel\.(sheet|template|addin)\.macroEnabled)\.main\+xml", re.IGNORECASE)  # fmt: skip
_ESCAPE = re.compile(r"_x(005F(?=_x[0-9A-Fa-f]{4}_)|00[01][0-9A-Fa-f]|007F|FFF[EF])_", re.IGNORECASE)
_STYLE = re.compile(rb"<(?:\w+:)?c\s[^>]*?\bs=[\"'](\d{1,6})[\"']")
MOST_TEXTS = 20_000_000


def local(tag: str) -> str:
    """Return a name without its namespace."""
    return tag.rpartition("}")[2]


def unescape(text: str) -> str:
    """Return a text as it was before a spreadsheet program wrote control characters as `_x000D_`.

    Nothing else is taken for such a mark: programs that know no marks write `_x0041_` for these seven characters.
    """
    return _ESCAPE.sub(_unescape, text) if "_x" in text else text


def _unescape(match: re.Match[str]) -> str:
    return "_" if match[1].upper() == "005F" else chr(int(match[1], 16))


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet of a workbook: its number from 1, its name, its part."""

    number: int
    name: str
    part: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class CellFormat:
    """What a cell's format says of its value."""

    is_date: bool = False
    zeros: int = 0
    """So many digits are shown at least."""
    is_quoted: bool = False
    """An apostrophe was typed in front, which is no part of the text."""


class Book:
    """A workbook that is open for reading; raises InputError."""

    def __init__(self, name: str, source: Path | bytes) -> None:
        self.name = name
        self.archive = Archive(name, source)
        self._workbook_part = self._find_workbook()
        self._workbook = self.archive.xml(self._workbook_part)
        self._relations = self.relations(self._workbook_part)
        properties = next((e for e in self._workbook if local(e.tag) == "workbookPr"), None)
        self.from_1904 = properties is not None and properties.get("date1904", "0") in ("1", "true")
        self.sheets = tuple(self._find_sheets())

    @property
    def has_external_links(self) -> bool:
        """Tell whether formulas look into other files."""
        return any(name.startswith("xl/externalLinks/") for name in self.archive.names())

    def _find_workbook(self) -> str:
        if "[Content_Types].xml" not in self.archive:
            what = "an OpenDocument file" if "mimetype" in self.archive else "an archive, but not of a workbook"
            raise self.archive.refuse(f"The file is {what}.", "Save it as an Excel workbook (.xlsx).")
        parts = {}
        for item in self.archive.xml("[Content_Types].xml"):
            parts[item.get("ContentType", "")] = item.get("PartName", "").lstrip("/")
        for kind, part in parts.items():
            if _WORKBOOK_TYPE.fullmatch(kind) and part:
                return part
        for part in ("xl/workbook.xml",):
            if part in self.archive:
                return part
        binary = "xl/workbook.bin" in self.archive
        what = "a binary workbook (.xlsb)" if binary else "a document of another kind, and no workbook"
        raise self.archive.refuse(f"The file is {what}.", "Save it as an Excel workbook (.xlsx).")

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return type and target of a part's relations by id."""
        folder, _, name = part.rpartition("/")
        member = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
        if member not in self.archive:
            return {}
        found = {}
        for item in self.archive.xml(member):
            target = item.get("Target", "")
            if item.get("TargetMode") != "External":
                whole = posixpath.normpath(target if target.startswith("/") else f"/{folder}/{target}")
                found[item.get("Id", "")] = (item.get("Type", "").rpartition("/")[2], whole.lstrip("/"))
        return found

    def addresses(self, part: str) -> dict[str, str]:
        """Return the web addresses behind a part's cells, by the ids that its links have."""
        folder, _, name = part.rpartition("/")
        member = f"{folder}/_rels/{name}.rels"
        if member not in self.archive:
            return {}
        rows = [item for item in self.archive.xml(member) if item.get("TargetMode") == "External"]
        return {item.get("Id", ""): item.get("Target", "") for item in rows}

    def _find_sheets(self) -> Iterator[SheetEntry]:
        entries = next((e for e in self._workbook if local(e.tag) == "sheets"), ())
        for number, item in enumerate(entries, 1):
            id = next((value for key, value in item.items() if local(key) == "id" and key != "id"), "")
            kind, part = self._relations.get(id, ("", ""))
            if kind == "worksheet":
                is_hidden = item.get("state", "visible") != "visible"
                yield SheetEntry(number, item.get("name", f"Sheet{number}"), part, is_hidden)

    def part_of(self, kind: str, usual: str) -> str | None:
        """Return the workbook's part of a kind; None where there is none."""
        part = next((part for found, part in self._relations.values() if found == kind), usual)
        return part if part in self.archive else None

    @cached_property
    def texts(self) -> Sequence[str]:
        """The texts that cells share, in their order."""
        part = self.part_of("sharedStrings", "xl/sharedStrings.xml")
        return [] if part is None else keep_texts(self._shared_texts(part))

    def _shared_texts(self, part: str) -> Iterator[str]:
        for count, item in enumerate(self.children(part, ()), 1):
            if count > MOST_TEXTS:
                raise self.archive.refuse(f"The workbook has more than {MOST_TEXTS:,} texts.", "Split it.")
            yield text_of(item)

    def children(self, part: str, path: tuple[str, ...]) -> Iterator[ET.Element]:
        """Yield the children of a part's element, such as `("sheetData",)`, one by one, and let go of them."""
        parser: ET.XMLPullParser[Any] = ET.XMLPullParser(events=("start",))
        parent: ET.Element | None = None
        root: ET.Element | None = None
        waiting = 0
        try:
            for piece in self.archive.checked(part):
                parser.feed(piece)
                waiting += len(piece)
                for _event, element in cast("Iterator[tuple[str, ET.Element]]", parser.read_events()):
                    if root is None:
                        root = element
                        parent = root if not path else None
                    elif parent is None and local(element.tag) == path[-1]:
                        parent = element
                if parent is not None and len(parent) > 1:
                    yield from parent[:-1]
                    del parent[:-1]
                    waiting = len(piece)
                if waiting > _MOST_WAITING or (parent is not None and len(parent) and len(parent[-1]) > MOST_COLUMNS):
                    raise self.archive.broken_xml(part)
                if path and root is not None and parent is not None and root[-1] is not parent:
                    break
            else:
                parser.close()
        except ET.ParseError as fault:
            raise self.archive.broken_xml(part) from fault
        yield from () if parent is None else parent

    @cached_property
    def formats(self) -> list[CellFormat]:
        """What each of the book's cell formats says, by number."""
        return [self._read_format(xf) for xf in self._cell_formats]

    def _read_format(self, xf: ET.Element) -> CellFormat:
        id = xf.get("numFmtId", "0")
        number = int(id) if id.isdecimal() else 0
        code = self._format_codes.get(number)
        zeros = len(code) if code and re.fullmatch("0+", code) else 0
        return CellFormat(is_date_format(number, code), zeros, xf.get("quotePrefix", "0") in ("1", "true"))

    @cached_property
    def _styles(self) -> ET.Element | None:
        part = self.part_of("styles", "xl/styles.xml")
        return self.archive.xml(part) if part else None

    @property
    def _cell_formats(self) -> list[ET.Element]:
        styles = self._styles
        return [] if styles is None else [xf for group in styles if local(group.tag) == "cellXfs" for xf in group]

    @cached_property
    def _format_codes(self) -> dict[int, str]:
        found = {}
        for group in () if self._styles is None else self._styles:
            for item in group if local(group.tag) == "numFmts" else ():
                if item.get("numFmtId", "").isdecimal():
                    found[int(item.get("numFmtId", ""))] = item.get("formatCode", "")
        return found

    @cached_property
    def date_order(self) -> str | None:
        """In which order the book writes month and day: by the formats that its cells use, or by its language."""
        every = self._orders(self._cell_formats)
        if not every:
            return self._order_of_language()
        if len(every) > 1:
            used = self._used_formats()
            every = self._orders([xf for number, xf in enumerate(self._cell_formats) if number in used])
        return every.pop() if len(every) == 1 else None

    def _orders(self, formats: list[ET.Element]) -> set[str]:
        numbers = {int(id) for xf in formats if (id := xf.get("numFmtId", "")).isdecimal()}
        codes = [self._format_codes[number] for number in numbers if number in self._format_codes]
        return {order for code in codes if is_date_format(164, code) and (order := order_of_format(code))}

    def _used_formats(self) -> set[int]:
        """Return the numbers of the formats that cells have; programs leave others lying about."""
        found: set[bytes] = set()
        for sheet in self.sheets:
            rest = b""
            for piece in self.archive.pieces(sheet.part):
                found.update(_STYLE.findall(rest + piece))
                rest = piece[-200:]
        return {int(number) for number in found}

    def _order_of_language(self) -> str | None:
        if "docProps/core.xml" not in self.archive:
            return None
        core = self.archive.xml("docProps/core.xml")
        language = next((item.text or "" for item in core if local(item.tag) == "language"), "").lower()
        if language in ("en-us", "es-us", "es-pr"):
            return MONTH_FIRST
        return DAY_FIRST if language and not language.startswith("en") else None


MOST_COLUMNS = 16_384
_MOST_WAITING = 32 << 20
"""So many bytes may pass without a whole row; the widest that a program writes has fewer."""


def text_of(item: ET.Element) -> str:
    """Return the text of a shared or an inline string: plain, or in runs; readings of characters are left out."""
    if len(item) == 1:
        only = item[0]
        if only.tag[-2:] in ("}t", "t"):
            return unescape(only.text or "")
    parts: list[str] = []
    for child in item:
        name = local(child.tag)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts += [piece.text or "" for piece in child if local(piece.tag) == "t"]
    return unescape("".join(parts))
