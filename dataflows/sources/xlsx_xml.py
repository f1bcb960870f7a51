"""The XML of a workbook that we write: cells, sheets, styles, and the archive with the same bytes each time."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from dataflows.sources.xlsx_sheets import letters_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MOST_CHARACTERS = 32_767
"""A cell holds so many; programs call a workbook with more broken."""
LAST_ROW = 1_048_576
_THEN = (1980, 1, 1, 0, 0, 0)
_SPECIAL = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def escape(text: str) -> str:
    """Return a text as XML holds it; control characters, and what would be taken for one, as `_x000D_`."""
    if "_x" in text or not text.isprintable():
        text = _CONTROL.sub(lambda match: f"_x{ord(match.group()):04X}_", text)
    return text.translate(_TABLE)


_TABLE = str.maketrans(_SPECIAL)


class Style:
    """The numbers of the cell formats in `STYLES`."""

    PLAIN, HEADER, REQUIRED, NAME_HEADER, DATE, MOMENT, TEXT, WRAPPED, NAME, TITLE, WORD, NUMBER = range(12)


_FONTS = (
    '<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
    '<font><b/><sz val="11"/><color rgb="FFFFFFFF"/><name val="Calibri"/><family val="2"/></font>',
    '<font><i/><sz val="11"/><color rgb="FF595959"/><name val="Calibri"/><family val="2"/></font>',
    '<font><b/><sz val="16"/><color rgb="FF1F3864"/><name val="Calibri"/><family val="2"/></font>',
    '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
)
_FILLS = tuple(
    f'<fill><patternFill patternType="solid"><fgColor rgb="{color}"/><bgColor indexed="64"/></patternFill></fill>'
    for color in ("FF44546A", "FF9C2F00", "FFE7E6E6", "FFF2F2F2")
)


def _xf(number: int = 0, font: int = 0, fill: int = 0, *, wrap: bool = False) -> str:
    alignment = f'<alignment vertical="top" wrapText="{int(wrap)}"/>'
    return (
        f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" applyNumberFormat="1" '
        f'applyFont="1" applyFill="1" applyAlignment="1">{alignment}</xf>'
    )


_DATE, _MOMENT, _TEXT = 164, 165, 49
_XFS = (
    _xf(), _xf(_TEXT, 1, 2), _xf(_TEXT, 1, 3), _xf(_TEXT, 2, 4), _xf(_DATE), _xf(_MOMENT), _xf(_TEXT),
    _xf(wrap=True), _xf(_TEXT, 2, 5), _xf(font=3), _xf(font=4), _xf(1),
)  # fmt: skip
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="{_DATE}" formatCode="yyyy\\-mm\\-dd"/>'
    f'<numFmt numFmtId="{_MOMENT}" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
    f'<fonts count="{len(_FONTS)}">{"".join(_FONTS)}</fonts>'
    f'<fills count="{len(_FILLS) + 2}"><fill><patternFill patternType="none"/></fill>'
    f'<fill><patternFill patternType="gray125"/>'
    f"</fill>{''.join(_FILLS)}</fills>"
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    f'<cellXfs count="{len(_XFS)}">{"".join(_XFS)}</cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


class Cell(NamedTuple):
    """One cell to write: a text, or the text of a number, with its style."""

    text: str
    style: int = Style.PLAIN
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class DropDown:
    """What a column's cells may be chosen from, and what is said beside them."""

    column: int
    formula: str
    """Words in quotation marks, or a range; empty where there is only something to say."""
    prompt: str
    title: str
    is_strict: bool = False
    """Warns of what is not among them; nothing is ever refused by the workbook itself."""
    on_header: bool = False


@dataclass(slots=True)
class SheetPlan:
    """One sheet to write."""

    name: str
    rows: Iterable[list[Cell | None]]
    widths: list[tuple[float, int]] = field(default_factory=list)
    """Width and style of each column."""
    frozen: int = 0
    """So many columns stay in sight; the first row does too, where there are any."""
    drop_downs: list[DropDown] = field(default_factory=list)
    is_hidden: bool = False


class Texts:
    """The texts that cells share, numbered as they come."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.used = 0

    def number(self, text: str) -> int:
        """Return the number of a text."""
        self.used += 1
        return self._numbers.setdefault(text, len(self._numbers))

    def xml(self) -> Iterator[str]:
        """Yield the part that holds them."""
        yield f'{HEAD}<sst xmlns="{MAIN}" count="{self.used}" uniqueCount="{len(self._numbers)}">'
        for text in self._numbers:
            yield f'<si><t xml:space="preserve">{escape(text)}</t></si>'
        yield "</sst>"


def write_book(path: Path, sheets: list[SheetPlan], title: str) -> None:
    """Write a workbook; the same sheets give the same bytes."""
    texts = Texts()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        _write(archive, "[Content_Types].xml", [_content_types(len(sheets))])
        _write(archive, "_rels/.rels", [_package_relations()])
        _write(archive, "docProps/core.xml", [_properties(title)])
        _write(archive, "xl/workbook.xml", [_workbook(sheets)])
        _write(archive, "xl/_rels/workbook.xml.rels", [_workbook_relations(len(sheets))])
        _write(archive, "xl/styles.xml", [STYLES])
        for number, sheet in enumerate(sheets, 1):
            _write(archive, f"xl/worksheets/sheet{number}.xml", _sheet_xml(sheet, texts, is_first=number == 1))
        _write(archive, "xl/sharedStrings.xml", texts.xml())


def _write(archive: zipfile.ZipFile, name: str, chunks: Iterable[str]) -> None:
    info = zipfile.ZipInfo(name, _THEN)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    info.create_system = 3
    with archive.open(info, "w", force_zip64=True) as stream:
        for chunk in chunks:
            stream.write(chunk.encode())


def _sheet_xml(sheet: SheetPlan, texts: Texts, *, is_first: bool) -> Iterator[str]:
    yield f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView tabSelected="{int(is_first)}" workbookViewId="0">'
    yield f"{_pane(sheet.frozen) if sheet.frozen else ''}</sheetView></sheetViews>"
    if sheet.widths:
        yield "<cols>"
        for number, (width, style) in enumerate(sheet.widths, 1):
            yield f'<col min="{number}" max="{number}" width="{width:g}" style="{style}" customWidth="1"/>'
        yield "</cols>"
    yield "<sheetData>"
    letters = [letters_of(number) for number in range(1, len(sheet.widths) + 1)]
    for number, row in enumerate(sheet.rows, 1):
        yield f'<row r="{number}">{"".join(_cells(row, number, letters, texts))}</row>'
    yield "</sheetData>"
    if sheet.drop_downs:
        rules = "".join(map(_validation, sheet.drop_downs))
        yield f'<dataValidations count="{len(sheet.drop_downs)}">{rules}</dataValidations>'
    yield '<pageMargins left="0.5" right="0.5" top="0.5" bottom="0.5" header="0.3" footer="0.3"/></worksheet>'


def _cells(row: list[Cell | None], number: int, letters: list[str], texts: Texts) -> Iterator[str]:
    for letter, cell in zip(letters, row, strict=False):
        if cell is None:
            continue
        if cell.is_number:
            yield f'<c r="{letter}{number}" s="{cell.style}"><v>{cell.text}</v></c>'
        else:
            yield f'<c r="{letter}{number}" s="{cell.style}" t="s"><v>{texts.number(cell.text)}</v></c>'


def _pane(columns: int) -> str:
    cell = f"{letters_of(columns + 1)}2"
    return (
        f'<pane xSplit="{columns}" ySplit="1" topLeftCell="{cell}" activePane="bottomRight" state="frozen"/>'
        '<selection pane="topRight"/><selection pane="bottomLeft"/>'
        f'<selection pane="bottomRight" activeCell="{cell}" sqref="{cell}"/>'
    )


def _validation(choice: DropDown) -> str:
    letter = letters_of(choice.column)
    where = f"{letter}1" if choice.on_header else f"{letter}2:{letter}{LAST_ROW}"
    kind = f' type="list" errorStyle="warning" showErrorMessage="{int(choice.is_strict)}"' if choice.formula else ""
    words = f'promptTitle="{escape(choice.title[:32])}" prompt="{escape(choice.prompt[:255])}"'
    formula = f"<formula1>{escape(choice.formula)}</formula1>" if choice.formula else ""
    return (
        f'<dataValidation{kind} allowBlank="1" showInputMessage="1" {words} sqref="{where}">{formula}</dataValidation>'
    )


def _content_types(count: int) -> str:
    form = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = [("/xl/workbook.xml", f"{form}.sheet.main+xml"), ("/xl/styles.xml", f"{form}.styles+xml")]
    parts += [("/xl/sharedStrings.xml", f"{form}.sharedStrings+xml")]
    parts += [("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")]
    parts += [(f"/xl/worksheets/sheet{number}.xml", f"{form}.worksheet+xml") for number in range(1, count + 1)]
    rest = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in parts)
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rest}</Types>'
    )


def _package_relations() -> str:
    return (
        f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
        f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>"
    )


def _properties(title: str) -> str:
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title></cp:coreProperties>'
    )


def _workbook(sheets: list[SheetPlan]) -> str:
    rows = ""
    for number, sheet in enumerate(sheets, 1):
        state = "hidden" if sheet.is_hidden else "visible"
        rows += f'<sheet name="{escape(sheet.name)}" sheetId="{number}" state="{state}" r:id="rId{number}"/>'
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><bookViews><workbookView activeTab="0"/></bookViews>'
        f"<sheets>{rows}</sheets></workbook>"
    )


def _workbook_relations(count: int) -> str:
    targets = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, count + 1)]
    targets += [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'
