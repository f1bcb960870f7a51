"""What is read from workbooks, whoever wrote them, and how hostile and broken ones are refused."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from dataflows.errors import InputError
from dataflows.model.kinds import Unreadable
from dataflows.sources.files import open_catalog_file
from tests.books import MAIN, RELATIONS, parts_of, row_of, sheet_of, write_parts, write_sheets

if TYPE_CHECKING:
    from pathlib import Path

    from dataflows.sources.base import CatalogFile

HEAD = row_of(1, "id", "name")


def trees(file: CatalogFile) -> list[dict[str, Any]]:
    return [row.tree for row in file.rows()]


def refusal(path: Path) -> str:
    """Return why a file is refused, without its name."""
    with pytest.raises(InputError) as caught:
        open_catalog_file(str(path))
    [problem] = caught.value.problems
    return str(problem).removeprefix(f"{path}: ")


def all_said(path: Path) -> list[str]:
    try:
        file = open_catalog_file(str(path))
    except InputError as error:
        return [str(problem).removeprefix(f"{path}: ") for problem in error.problems]
    list(file.rows())
    return [str(problem).removeprefix(f"{path}: ") for problem in file.problems]


def test_texts_stand_in_the_cell_or_apart_plain_or_in_runs(tmp_path: Path) -> None:
    texts = (
        "<si><t>zoom</t></si><si><r><rPr><b/></rPr><t>Zo</t></r><r><t xml:space='preserve'>om </t></r>"
        "<rPh sb='0' eb='1'><t>X</t></rPh></si><si><t>a_x000D_\nb_x005F_x0041_c_x0041_</t></si>"
    )
    rows = HEAD + (
        '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
        '<row r="9"><c r="A9" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c>'
        '<c r="B9" t="s"><v>2</v></c></row>'
        '<row r="10"><c r="A10" t="str"><f>A9</f><v>cached</v></c>'
        '<c r="B10" s="4" t="inlineStr"><is><t>=1+1</t></is></c></row>'
    )
    file = open_catalog_file(str(write_parts(tmp_path / "a.xlsx", parts_of({"vendors": sheet_of(rows)}, texts=texts))))

    assert trees(file) == [
        {"id": "zoom", "name": "Zoom "},
        {"id": "inline", "name": "a\nb_x0041_c_x0041_"},
        {"id": "cached", "name": "=1+1"},
    ]
    assert str(file.locate([("vendors", 1, "name")])["vendors", 1, "name"]).endswith("a.xlsx: vendors!B9")


def test_numbers_days_and_truths_come_as_a_person_sees_them(tmp_path: Path) -> None:
    head = row_of(1, "id", "to", "retention_days", "starts", "ends", "opt_out.allowed", "note", "frequency")
    rows = head + (
        '<row><c s="3"><v>42</v></c><c><v>7</v></c><c><v>60.0</v></c>'
        '<c s="1"><v>46023</v></c><c s="2"><v>46023.5</v></c>'
        '<c t="b"><v>1</v></c><c><v>1.50</v></c><c t="d"><v>2026-01-02T00:00:00</v></c></row>'
    )

    assert trees(open_catalog_file(str(write_sheets(tmp_path / "a.xlsx", flows=rows)))) == [
        {"id": "000042", "to": "7", "retention_days": "60", "starts": "2026-01-01", "ends": "2026-01-01T12:00",
         "opt_out": {"allowed": "true"}, "note": "1.5", "frequency": "2026-01-02"},
    ]  # fmt: skip


@pytest.mark.parametrize(("system", "number", "day"), [("0", "46023", "2026-01-01"), ("1", "44561", "2026-01-01")])
def test_days_are_counted_from_where_the_book_counts(system: str, number: str, day: str, tmp_path: Path) -> None:
    rows = row_of(1, "id", "starts") + f'<row><c t="str"><v>f</v></c><c s="1"><v>{number}</v></c></row>'
    parts = parts_of({"flows": sheet_of(rows)}, workbook=f'<workbookPr date1904="{system}"/>')

    assert trees(open_catalog_file(str(write_parts(tmp_path / "a.xlsx", parts)))) == [{"id": "f", "starts": day}]


def test_the_strict_form_and_prefixes_are_read(tmp_path: Path) -> None:
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    sheets = {"vendors": sheet_of(HEAD + row_of(2, "a", "A"), main=strict)}
    path = write_parts(tmp_path / "a.xlsx", parts_of(sheets, main=strict))
    rows = '<x:row r="1"><x:c t="str"><x:v>id</x:v></x:c></x:row><x:row r="2"><x:c t="str"><x:v>b</x:v></x:c></x:row>'
    prefixed = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    other = write_parts(tmp_path / "b.xlsx", parts_of({"vendors": prefixed}))

    assert trees(open_catalog_file(str(path))) == [{"id": "a", "name": "A"}]
    assert trees(open_catalog_file(str(other))) == [{"id": "b"}]


@pytest.mark.parametrize("number", ["99", "-1", "x"])
def test_what_cannot_be_read_is_kept_as_such(tmp_path: Path, number: str) -> None:
    rows = row_of(1, "id", "name", "url", "note", "starts") + (
        '<row r="2"><c t="str"><v>a</v></c><c t="e"><v>#REF!</v></c><c><f>1+1</f></c><c t="s">'
        f'<v>{number}</v></c><c s="1"><v>-4</v></c></row>'
    )
    [tree] = trees(open_catalog_file(str(write_sheets(tmp_path / "a.xlsx", vendors=rows))))

    assert {name: value.message for name, value in tree.items() if isinstance(value, Unreadable)} == {
        "name": "The cell shows the error '#REF!'.",
        "url": "The cell holds a formula whose result is not in the file.",
        "note": "The cell points at a text that the workbook does not have.",
    }


def test_merged_cells_count_for_each_of_their_rows(tmp_path: Path) -> None:
    rows = row_of(1, "id", "to") + row_of(2, "a", "zoom") + row_of(3, "b") + row_of(4, "c", "aws")
    parts = parts_of({"flows": sheet_of(rows, after='<mergeCells><mergeCell ref="B2:B3"/></mergeCells>')})
    file = open_catalog_file(str(write_parts(tmp_path / "a.xlsx", parts)))

    assert [tree["to"] for tree in trees(file)] == ["zoom", "zoom", "aws"]
    assert [note.partition(": ")[2] for note in file.notes] == [
        "Merged cells count for each of their rows, as in flows!B2:B3."
    ]


def test_links_to_other_files_are_not_followed_and_said(tmp_path: Path) -> None:
    parts = parts_of({"vendors": sheet_of(HEAD + row_of(2, "a", "A"))}) | {"xl/externalLinks/externalLink1.xml": "<x/>"}

    [note] = open_catalog_file(str(write_parts(tmp_path / "a.xlsx", parts))).notes

    assert "has links to other files; they were not followed" in note


def test_a_title_above_and_columns_before_are_passed_over(tmp_path: Path) -> None:
    rows = (
        '<row r="3"><c r="C3" t="str"><v>Our vendors</v></c></row>'
        '<row r="5"><c r="C5" t="str"><v>ID *</v></c><c r="D5" t="str"><v>Name</v></c></row>'
        '<row r="7"><c r="C7" t="str"><v>a</v></c><c r="D7" t="str"><v>A</v></c></row>'
    )
    file = open_catalog_file(str(write_sheets(tmp_path / "a.xlsx", Vendors=rows)))

    assert trees(file) == [{"id": "a", "name": "A"}]
    assert str(file.locate([("vendors", 0)])["vendors", 0]).endswith(": Vendors!C7")


def test_a_million_empty_coloured_rows_cost_little(tmp_path: Path) -> None:
    empty = "".join(f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/></row>' for n in range(3, 1_000_001))
    path = write_sheets(tmp_path / "a.xlsx", vendors=HEAD + row_of(2, "a", "A") + empty)
    del empty
    began = time.process_time()

    file = open_catalog_file(str(path))
    for _ in range(3):
        assert trees(file) == [{"id": "a", "name": "A"}]

    assert time.process_time() - began < 20


def test_ten_thousand_columns_are_named_in_a_few_problems(tmp_path: Path) -> None:
    names = [f"column {n}" for n in range(10_000)]
    path = write_sheets(tmp_path / "a.xlsx", vendors=row_of(1, "id", "name", *names) + row_of(2, "a", "A", *names))

    found = all_said(path)

    assert len(found) == 21
    assert found[0] == "vendors!C1: The sheet 'vendors' has no column 'column 0'."
    assert any("has 9,980 more columns" in said for said in found)


def test_cells_beside_the_table_are_named(tmp_path: Path) -> None:
    path = write_sheets(tmp_path / "a.xlsx", vendors=HEAD + row_of(2, "a", "A", "what?"))

    assert all_said(path) == [
        "vendors!C2: The cell stands beside the table, in a column without a header. Clear it, or write the header."
    ]


def test_a_book_without_a_list_says_how_sheets_are_called(tmp_path: Path) -> None:
    [said] = all_said(write_sheets(tmp_path / "a.xlsx", Sheet1=row_of(1, "App", "Company") + row_of(2, "a", "A")))

    assert said.startswith("No sheet of the workbook is called after a list: Sheet1. Sheets are called district,")


def test_two_sheets_of_one_list_are_refused(tmp_path: Path) -> None:
    path = write_sheets(tmp_path / "a.xlsx", vendors=HEAD + row_of(2, "a", "A"), Vendors=HEAD + row_of(2, "b", "B"))

    assert all_said(path) == ["Vendors: The list 'vendors' stands in the sheet 'vendors' too. Keep one of them."]


def test_what_is_broken_far_down_is_said_once(tmp_path: Path) -> None:
    rows = HEAD + "".join(row_of(n, f"v{n}", "V") for n in range(2, 9_000))
    parts = parts_of({"vendors": sheet_of(rows).replace('<row r="8000">', '<row r="8000"><broken>')})
    file = open_catalog_file(str(write_parts(tmp_path / "a.xlsx", parts)))

    for _ in range(2):
        list(file.rows())

    assert [problem.message for problem in file.problems] == [f"The part '{SHEET}' of the workbook is broken."]


GOOD = parts_of({"vendors": sheet_of(HEAD + row_of(2, "a", "A"))})
SHEET = "xl/worksheets/sheet1.xml"


def bytes_of(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def bomb() -> bytes:
    return bytes_of(GOOD | {SHEET: sheet_of("<row><c><v>" + "0" * 100_000_000 + "</v></c></row>")})


def lying_bomb() -> bytes:
    """Return a workbook whose sheet says that it is small."""
    data = bomb()
    size = len(GOOD[SHEET]).to_bytes(4, "little")
    true = len(sheet_of("<row><c><v></v></c></row>")) + 100_000_000
    return data.replace(true.to_bytes(4, "little"), size)


def twice() -> bytes:
    stream = io.BytesIO()
    other = f"{SHEET[:-1]}_"
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in [*GOOD.items(), (other, "<worksheet/>")]:
            archive.writestr(name, text)
    return stream.getvalue().replace(other.encode(), SHEET.encode())


def encrypted() -> bytes:
    data = bytearray(bytes_of(GOOD))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            data[at + offset] |= 1
    return bytes(data)


ENTITIES = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
HOSTILE = {
    "empty": (b"", "The file is empty."),
    "text": (b"id,name\na,A\n", "The file is called .xlsx, but it holds text. Name it .csv"),
    "page": (b"<html><table></table></html>", "The file is called .xlsx, but it holds text."),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "The file is called .xlsx, but it is no workbook."),
    "cut-off": (bytes_of(GOOD)[:700], "The workbook is cut off or broken."),
    "head": (b"PK\x03\x04", "The workbook is cut off or broken."),
    "old": (OLD, "The workbook has the form of Excel before 2007. Save it as an Excel workbook (.xlsx)."),
    "password": (OLD + "EncryptedPackage".encode("utf-16-le"), "The workbook is protected by a password."),
    "encrypted": (encrypted(), "The archive is protected by a password."),
    "twice": (twice(), "The archive has the member 'xl/worksheets/sheet1.xml' twice"),
    "outside": (bytes_of(GOOD | {"../../x": "x"}), "The archive names '../../x', a place outside itself."),
    "document": (bytes_of({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}), "The file is a doc"),
    "binary": (bytes_of({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": ""}), "The file is a binary workbook"),
    "ods": (bytes_of({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "The file is an Open"),
    "archive": (bytes_of({"a.txt": "a"}), "The file is an archive, but not of a workbook."),
    "bomb": (bomb(), "The part 'xl/worksheets/sheet1.xml' unpacks to more than"),
    "lying-bomb": (lying_bomb(), "The "),
    "entities": (bytes_of(GOOD | {SHEET: f"{ENTITIES}<w>&b;</w>"}), f"The part '{SHEET}' declares a document type"),
    "entities-of-texts": (
        bytes_of(GOOD | {"xl/sharedStrings.xml": f"{ENTITIES}<sst/>"}),
        "The part 'xl/sharedStrings.xml' declares a document type",
    ),
    "comments-without-end": (bytes_of(GOOD | {SHEET: "<!--" + "x" * 900_000 + "--><w/>"}), f"The part '{SHEET}'"),
    "broken-xml": (bytes_of(GOOD | {SHEET: sheet_of("<row><c></row>")}), f"The part '{SHEET}' of the workbook is"),
    "no-sheet": (bytes_of({n: t for n, t in GOOD.items() if n != SHEET}), f"The workbook lacks its part '{SHEET}'."),
    "no-sheets": (bytes_of(parts_of({})), "The workbook holds no sheet of a catalog."),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_broken_and_hostile_workbooks_are_refused_in_a_sentence(name: str, tmp_path: Path) -> None:
    data, wanted = HOSTILE[name]
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    tracemalloc.start()
    began = time.process_time()

    found = all_said(path)

    assert time.process_time() - began < 2
    assert tracemalloc.get_traced_memory()[1] < 200_000_000
    tracemalloc.stop()
    assert len(found) == 1
    assert found[0].startswith(wanted)
    for word in ("zlib", "BadZip", "Error", "Traceback", "not well-formed"):
        assert word not in found[0]


@pytest.mark.parametrize("suffix", [".xls", ".xlsb", ".ods", ".xltx"])
def test_other_kinds_of_workbook_are_told_apart(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(OLD)

    assert refusal(path) == "The workbook has the form of Excel before 2007. Save it as an Excel workbook (.xlsx)."


def test_relations_of_any_form_lead_to_the_sheets(tmp_path: Path) -> None:
    parts = dict(GOOD)
    rels = parts["xl/_rels/workbook.xml.rels"]
    parts["xl/_rels/workbook.xml.rels"] = rels.replace('"worksheets/', '"/xl/./worksheets/').replace(
        RELATIONS, "http://purl.oclc.org/ooxml/officeDocument/relationships"
    )

    assert trees(open_catalog_file(str(write_parts(tmp_path / "a.xlsx", parts)))) == [{"id": "a", "name": "A"}]
