"""A copy of a workbook in which cells are marked: a colour and a note; the rest stays byte for byte.

The colour is a conditional format, so no cell's own look is touched, and marking a marked copy
takes the old marks out first.  Parts are edited as text: whoever parses and writes them again
loses what this program does not know.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from dataflows.sources.xlsx_book import Book
from dataflows.sources.xlsx_notes import add_notes, new_notes, new_shapes, shapes_of, take_boxes_out, take_notes_out
from dataflows.sources.xlsx_sheets import letters_of
from dataflows.sources.xlsx_xml import HEAD, PACKAGE, RELATIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from dataflows.sources.xlsx_book import SheetEntry

_FORMULA = "&quot;dataflows&quot;=&quot;dataflows&quot;"
"""Always true, and how our own marks are known again."""
_DXF = (
    '<{p}dxf><{p}font><{p}color rgb="FF9C0006"/></{p}font><{p}fill><{p}patternFill patternType="solid">'
    '<{p}fgColor rgb="FFFFC7CE"/><{p}bgColor rgb="FFFFC7CE"/></{p}patternFill></{p}fill></{p}dxf>'
)
_BEFORE_FORMATS = frozenset({
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting",
})  # fmt: skip
_AFTER_DRAWING = frozenset({
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
    "AlternateContent",
})  # fmt: skip
_MOST_NOTE = 2_000
_CELLS_A_RULE = 500
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"


_OLD_COLOUR = re.compile(
    r"<((?:\w+:)?)conditionalFormatting\b(?:(?!</\1conditionalFormatting>).)*"
    r"(?:&quot;|\")dataflows(?:&quot;|\")=(?:&quot;|\")dataflows(?:&quot;|\").*?</\1conditionalFormatting>",
    re.DOTALL,
)


class Mark(NamedTuple):
    """A cell to mark, and what to say there."""

    sheet: int
    row: int
    column: int
    text: str

    @property
    def cell(self) -> str:
        """Return the cell as a person writes it."""
        return f"{letters_of(self.column)}{self.row}"


@dataclass(slots=True)
class _Edit:
    """The members of the archive that change, and those that are new."""

    book: Book
    members: dict[str, str] = field(default_factory=dict)

    def text(self, member: str) -> str:
        """Return a member's text, as edited so far."""
        if member not in self.members:
            self.members[member] = b"".join(self.book.archive.pieces(member)).decode("utf-8-sig")
        return self.members[member]

    def replace(self, member: str, change: Callable[[str], str]) -> None:
        """Change a member's text; one that comes out the same is not touched."""
        before = self.text(member)
        after = change(before)
        if after == before:
            del self.members[member]
        else:
            self.members[member] = after

    def has(self, member: str) -> bool:
        """Tell whether there is such a member."""
        return member in self.members or member in self.book.archive


def mark_workbook(name: str, path: Path, target: Path, marks: Iterable[Mark]) -> None:
    """Write a copy with marks; raises InputError for a book that can't be read, ValueError for one in no UTF-8."""
    book = Book(name, path)
    edit = _Edit(book)
    by_sheet: dict[int, dict[str, list[Mark]]] = {}
    for mark in marks:
        by_sheet.setdefault(mark.sheet, {}).setdefault(mark.cell, []).append(mark)
    dxf = _add_colour(edit) if by_sheet else None
    for entry in book.sheets:
        _mark_sheet(edit, entry, by_sheet.get(entry.number, {}), dxf)
    _write(edit, path, target)


def _write(edit: _Edit, path: Path, target: Path) -> None:
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for info in source.infolist():
            text = edit.members.pop(info.filename, None)
            with copy.open(_like(info), "w") as stream:
                if text is None:
                    for piece in edit.book.archive.pieces(info.filename):
                        stream.write(piece)
                else:
                    stream.write(text.encode())
        for member, text in sorted(edit.members.items()):
            with copy.open(_like(zipfile.ZipInfo(member)), "w") as stream:
                stream.write(text.encode())


def _like(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(info.filename, info.date_time)
    made.compress_type = zipfile.ZIP_DEFLATED
    made.external_attr = info.external_attr
    return made


def _add_colour(edit: _Edit) -> int | None:
    """Add the colour of marks to the styles, and return its number; None where the book has no styles."""
    member = edit.book.part_of("styles", "xl/styles.xml")
    if member is None:
        return None
    text = edit.text(member)
    root = re.search(r"<(\w+:)?styleSheet\b", text)
    prefix = (root[1] or "") if root else ""
    dxf = _DXF.format(p=prefix)
    found = re.search(rf"<{prefix}dxfs\b[^>]*?(/>|>(.*?)</{prefix}dxfs>)", text, re.DOTALL)
    inside = (found[2] or "") if found else ""
    known = re.findall(rf"<{prefix}dxf\b.*?</{prefix}dxf>|<{prefix}dxf\s*/>", inside, re.DOTALL)
    if dxf in known:
        return known.index(dxf)
    whole = f'<{prefix}dxfs count="{len(known) + 1}">{inside}{dxf}</{prefix}dxfs>'
    if found:
        start, end = found.span()
    else:
        after = re.search(rf"<{prefix}(tableStyles|colors|extLst)\b|</{prefix}styleSheet>", text)
        start = end = after.start() if after else len(text)
    edit.members[member] = text[:start] + whole + text[end:]
    return len(known)


def _mark_sheet(edit: _Edit, entry: SheetEntry, cells: dict[str, list[Mark]], dxf: int | None) -> None:
    """Take old marks out of a sheet and put new ones in."""
    relations = edit.book.relations(entry.part)
    notes = next((part for kind, part in relations.values() if kind == "comments"), None)
    shapes = next((part for kind, part in relations.values() if kind == "vmlDrawing"), None)
    _take_out(edit, entry, notes, shapes)
    if not cells:
        return
    said = {cell: "\n".join(dict.fromkeys(mark.text for mark in marks))[:_MOST_NOTE] for cell, marks in cells.items()}
    places = {cell: (marks[0].row, marks[0].column) for cell, marks in cells.items()}
    added: list[tuple[str, str]] = []
    if notes is None or not edit.has(notes):
        notes = f"xl/dataflows-notes{entry.number}.xml"
        edit.members[notes] = new_notes()
        added.append(("comments", notes))
        _declare(edit, notes)
    edit.members[notes], new = add_notes(edit.text(notes), said)
    if shapes is None or not edit.has(shapes):
        shapes = f"xl/dataflows-shapes{entry.number}.vml"
        edit.members[shapes] = new_shapes()
        added.append(("vmlDrawing", shapes))
    text = edit.text(shapes)
    end = text.rindex("</xml>")
    edit.members[shapes] = text[:end] + shapes_of({cell: places[cell] for cell in new}) + text[end:]
    ids = _relate(edit, entry.part, added)
    _put_in(edit, entry, cells, dxf, ids.get("vmlDrawing"))


def _take_out(edit: _Edit, entry: SheetEntry, notes: str | None, shapes: str | None) -> None:
    """Take out what an earlier marking left; what has none stays as it is."""
    if notes is not None and edit.has(notes):
        text, gone = take_notes_out(edit.text(notes))
        edit.replace(notes, lambda _text: text)
        if shapes is not None and edit.has(shapes):
            edit.replace(shapes, lambda boxes: take_boxes_out(boxes, gone))
    edit.replace(entry.part, lambda text: _OLD_COLOUR.sub("", text) if "dataflows" in text else text)


def _put_in(edit: _Edit, entry: SheetEntry, cells: dict[str, list[Mark]], dxf: int | None, drawing: str | None) -> None:
    """Write the colour, and the pointer to the shapes of notes, into a sheet."""
    text = edit.text(entry.part)
    tops = _top_elements(text)
    end = tops[-1][1]
    prefix = tops[0][0].partition(":")[0] + ":" if ":" in tops[0][0] else ""
    pieces: list[tuple[int, str]] = []
    if dxf is not None:
        priority = max((int(n) for n in re.findall(r'\bpriority="(\d{1,9})"', text)), default=0) + 1
        at = next((start for name, start in tops[1:-1] if local_name(name) not in _BEFORE_FORMATS), end)
        pieces.append((at, _rules(list(cells), dxf, priority, prefix)))
    if drawing is not None:
        at = next((start for name, start in tops[1:-1] if local_name(name) in _AFTER_DRAWING), end)
        pieces.append((at, f'<{prefix}legacyDrawing xmlns:r="{RELATIONS}" r:id="{drawing}"/>'))
    for at, piece in sorted(pieces, reverse=True):
        text = text[:at] + piece + text[at:]
    edit.members[entry.part] = text


def _rules(cells: list[str], dxf: int, priority: int, prefix: str) -> str:
    """Return the conditional formats of cells, so many in each as programs take."""
    return "".join(
        f'<{prefix}conditionalFormatting sqref="{" ".join(cells[start : start + _CELLS_A_RULE])}">'
        f'<{prefix}cfRule type="expression" dxfId="{dxf}" priority="{priority + start // _CELLS_A_RULE}">'
        f"<{prefix}formula>{_FORMULA}</{prefix}formula></{prefix}cfRule></{prefix}conditionalFormatting>"
        for start in range(0, len(cells), _CELLS_A_RULE)
    )


def local_name(name: str) -> str:
    """Return a name without its prefix."""
    return name.rpartition(":")[2]


def _top_elements(text: str) -> list[tuple[str, int]]:
    """Return the root, its children, and its end, each with its place in the text."""
    data = text.encode()
    found: list[tuple[str, int]] = []
    depth = 0
    parser = expat.ParserCreate()

    def start(name: str, _attributes: object) -> None:
        nonlocal depth
        if depth < 2:
            found.append((name, parser.CurrentByteIndex))
        depth += 1

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if depth == 0:
            found.append((name, parser.CurrentByteIndex))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(data, True)
    return [(name, len(data[:at].decode())) for name, at in found]


def _declare(edit: _Edit, notes: str) -> None:
    """Say in the list of types what the new parts are."""
    member = "[Content_Types].xml"
    text = edit.text(member)
    root = re.search(r"<(\w+:)?Types\b[^>]*>", text)
    if root is None:
        raise edit.book.archive.broken_xml(member)
    prefix = root[1] or ""
    head = "" if re.search(r'Extension="vml"', text, re.IGNORECASE) else (
        f'<{prefix}Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
    )  # fmt: skip
    override = f'<{prefix}Override PartName="/{notes}" ContentType="{_COMMENTS_TYPE}"/>'
    end = text.rindex(f"</{prefix}Types>")
    edit.members[member] = text[: root.end()] + head + text[root.end() : end] + override + text[end:]


def _relate(edit: _Edit, part: str, added: list[tuple[str, str]]) -> dict[str, str]:
    """Write the relations of a sheet to new parts; return their ids by kind."""
    folder, _, name = part.rpartition("/")
    member = f"{folder}/_rels/{name}.rels"
    if not added:
        return {}
    if not edit.has(member):
        edit.members[member] = f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"></Relationships>'
    text = edit.text(member)
    if re.search(r"<(\w+:)?Relationships\b[^>]*/>", text):
        text = f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"></Relationships>'
    ids = {kind: f"dataflows{number}" for number, (kind, _part) in enumerate(added, 1)}
    end = text.rindex("</")
    prefix = re.match(r"</(\w+:)?", text[end:])
    start = (prefix[1] or "") if prefix else ""
    rows = "".join(
        f'<{start}Relationship Id="{ids[kind]}" Type="{RELATIONS}/{kind}" Target="/{target}"/>'
        for kind, target in added
    )
    edit.members[member] = text[:end] + rows + text[end:]
    return ids
