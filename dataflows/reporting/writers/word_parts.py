"""Pieces of Word's XML for which the library has no names, each put where the format wants it."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from dataflows.reporting.writers import word_styles as look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

    from dataflows.reporting.tree import PageFacts

TEXT_WIDTH = 9504
"""Between the margins, in twentieths of a point."""
_LETTER, _LEAST_LINE = 115, 1100
"""Of the running text the mean width of a letter, and the shortest line to write on, in the same."""
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_MOST_IN_PROPERTY = 255
_ORDER = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "shd", "tabs")
_LATER = ("bidi", "spacing", "ind", "jc", "outlineLvl", "rPr")
_PLACES = {qn(f"w:{name}"): place for place, name in enumerate((*_ORDER, *_LATER))}
"""In which order Word wants the properties of a paragraph."""


def describe(word: WordDocument, facts: PageFacts) -> None:
    """Write what the file says of itself; the time in it is the day of issue."""
    about = word.core_properties
    day = datetime(facts.issued.year, facts.issued.month, facts.issued.day)  # noqa: DTZ001 - the file has no zone
    about.title, about.author, about.language = _short(facts.title), _short(facts.author), facts.language
    about.created = about.modified = day
    about.comments, about.last_modified_by, about.revision = "", _short(facts.author), 1
    package = word.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]  # the template's picture of an empty page


def _short(text: str) -> str:
    """Return a property's text no longer than the format allows."""
    return text if len(text) <= _MOST_IN_PROPERTY else f"{text[: _MOST_IN_PROPERTY - 1]}…"


def with_one_time(content: bytes) -> bytes:
    """Return an archive with its parts in one order and one time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            new.writestr(entry, old.read(name))
    return buffer.getvalue()


def edge(side: str, eighths: int, space: int, color: str = look.ACCENT, form: str = "single") -> Any:
    """Return a line at one side: its width in eighths of a point, its distance in points."""
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", form), ("sz", str(eighths)), ("space", str(space)), ("color", color)):
        line.set(qn(f"w:{name}"), value)
    return line


def add(line: Paragraph, name: str, *children: Any) -> None:
    """Put a property with parts into a paragraph."""
    parent = OxmlElement(name)
    for child in children:
        parent.append(child)
    insert(line, parent)


def insert(line: Paragraph, element: Any) -> None:
    """Put a property into a paragraph where the format wants it."""
    properties = line._p.get_or_add_pPr()  # noqa: SLF001
    place = _PLACES[element.tag]
    for number, child in enumerate(properties):
        if _PLACES.get(child.tag, -1) > place:
            properties.insert(number, element)
            return
    properties.append(element)


def writing_stops(lines: Sequence[tuple[str, int]]) -> list[int]:
    """Return where each line to write on ends but the last, which ends at the margin; none where there is no room.

    `lines` are the words before each and its share of the room that the words leave.
    """
    room = TEXT_WIDTH - sum((len(words) + 2) * _LETTER for words, _ in lines)
    shares = sum(share for _, share in lines)
    if room < len(lines) * _LEAST_LINE:
        return []
    stops: list[int] = []
    place = 0
    for words, share in lines[:-1]:
        place += (len(words) + 2) * _LETTER + room * share // shares
        stops.append(place)
    return stops


def tab_stop(line: Paragraph, place: int, leader: str = "", form: str = "right") -> None:
    """Set a stop up to which a leader is drawn; what follows it ends there, or begins where it is `left`."""
    stop = OxmlElement("w:tab")
    for name, value in (("val", form), ("leader", leader), ("pos", str(place))):
        if value:
            stop.set(qn(f"w:{name}"), value)
    tabs = line._p.get_or_add_pPr().find(qn("w:tabs"))  # noqa: SLF001
    if tabs is None:
        add(line, "w:tabs", stop)
    else:
        tabs.append(stop)


def bookmark(line: Paragraph, name: str, number: int) -> None:
    """Make a paragraph a place that links lead to."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    properties = line._p.get_or_add_pPr()  # noqa: SLF001
    properties.addnext(start)
    line._p.append(end)  # noqa: SLF001


def tick_box(words: str) -> Any:
    """Return a box that can be ticked with a click, and on paper with a pen."""
    content = "http://schemas.microsoft.com/office/word/2010/wordml"
    box = parse_xml(
        f'<w:sdt {nsdecls("w")} xmlns:w14="{content}"><w:sdtPr><w:alias/>'
        '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr>'
        '<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/></w:rPr>'
        "<w:t>☐</w:t></w:r></w:sdtContent></w:sdt>"
    )
    box.find(qn("w:sdtPr")).find(qn("w:alias")).set(qn("w:val"), words[:64])
    return box


def put_in_list(line: Paragraph, number: int, depth: int) -> None:
    """Make a paragraph an item of a list."""
    level, list_number = OxmlElement("w:ilvl"), OxmlElement("w:numId")
    level.set(qn("w:val"), str(min(depth, 8)))
    list_number.set(qn("w:val"), str(number))
    add(line, "w:numPr", level, list_number)


def look_like_ours(table: Any, *, is_turned: bool) -> None:
    """Give a table thin lines between its rows; `is_turned` puts its first column at the right."""
    properties = table._tbl.tblPr  # noqa: SLF001
    for name in ("w:tblLook", "w:tblLayout", "w:tblInd"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    width = properties.find(qn("w:tblW"))
    if is_turned:
        width.addprevious(OxmlElement("w:bidiVisual"))
    width.set(qn("w:type"), "dxa")
    width.set(qn("w:w"), str(TEXT_WIDTH))
    properties.append(parse_xml(f'<w:tblInd {nsdecls("w")} w:w="0" w:type="dxa"/>'))
    edges = OxmlElement("w:tblBorders")
    edges.append(edge("bottom", 4, 0, look.RIM))
    edges.append(edge("insideH", 4, 0, look.RIM))
    properties.append(edges)
    properties.append(parse_xml(f'<w:tblLayout {nsdecls("w")} w:type="fixed"/>'))
    margins = '<w:left w:w="0" w:type="dxa"/><w:right w:w="140" w:type="dxa"/>'
    properties.append(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{margins}</w:tblCellMar>"))
    marks = OxmlElement("w:tblLook")
    for name, value in (("val", "0020"), ("firstRow", "1"), ("firstColumn", "0"), ("noHBand", "1"), ("noVBand", "1")):
        marks.set(qn(f"w:{name}"), value)
    properties.append(marks)


def underline(place: Any) -> None:
    """Draw the line below a cell of a table's head."""
    edges = OxmlElement("w:tcBorders")
    edges.append(edge("bottom", 12, 0))
    place._tc.get_or_add_tcPr().append(edges)  # noqa: SLF001
