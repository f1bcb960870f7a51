"""Workbooks made of raw XML, as programs of all kinds leave them, and as nobody should."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from dataflows.sources.xlsx_xml import MAIN, PACKAGE, RELATIONS

if TYPE_CHECKING:
    from pathlib import Path

FORM = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DATES = (
    '<numFmts count="2"><numFmt numFmtId="170" formatCode="000000"/>'
    '<numFmt numFmtId="171" formatCode="[h]:mm"/></numFmts>'
    '<cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="170"/>'
    '<xf numFmtId="49" quotePrefix="1"/></cellXfs>'
)
"""Styles: 0 nothing, 1 date, 2 date and time, 3 six digits, 4 a text with an apostrophe typed in front."""


def parts_of(sheets: dict[str, str], *, texts: str = "", workbook: str = "", main: str = MAIN) -> dict[str, str]:
    """Return the members of a workbook with the XML of its sheets by name."""
    entries = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, 1))
    targets = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    rows += f'<Relationship Id="s" Type="{RELATIONS}/styles" Target="styles.xml"/>'
    rows += f'<Relationship Id="t" Type="{RELATIONS}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
    form = f'<Override PartName="/xl/workbook.xml" ContentType="{FORM}.sheet.main+xml"/>'
    book = f'<workbook xmlns="{main}" xmlns:r="{RELATIONS}">{workbook}<sheets>{entries}</sheets></workbook>'
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{form}</Types>',
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}">{DATES}</styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{texts}</sst>',
        **{f"xl/worksheets/sheet{n}.xml": text for n, text in enumerate(sheets.values(), 1)},
    }


def sheet_of(rows: str, *, main: str = MAIN, after: str = "") -> str:
    """Return the XML of a sheet."""
    return f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def row_of(number: int, *values: str) -> str:
    """Return a row of texts written in their cells."""
    cells = "".join(f'<c t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>' for value in values)
    return f'<row r="{number}">{cells}</row>'


def write_parts(path: Path, parts: dict[str, str]) -> Path:
    """Write the members of a workbook."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def write_sheets(path: Path, **sheets: str) -> Path:
    """Write a workbook of sheets; each is the XML of its rows."""
    return write_parts(path, parts_of({name: sheet_of(rows) for name, rows in sheets.items()}))
