"""A catalog goes out as a workbook and comes in again, also as others saved it; mistakes are named by cell."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dataflows.actions.annotate import annotate_workbook, choose_workbook
from dataflows.actions.export import read_catalog
from dataflows.errors import OutputError, UsageError
from tests.catalogs import OAK, Bench, added, changed
from tests.integration.test_round_trip import TEXTS, write
from tests.wholes import whole_catalogs

KNOWN = (
    f"{OAK}vendors: [{{id: zoom, name: 'Zoom, Inc.'}}, {{id: twin-1, name: Twin}}, {{id: twin-2, name: Twin}}]\n"
    "schools: [{id: elm, name: Elm Elementary}]\n"
)


@pytest.fixture
def known(bench: Bench) -> Bench:
    bench.apply(KNOWN)
    return bench


def book_of(path: Path, **sheets: list[list[Any]]) -> Path:
    """Write a workbook of rows as another program would; in names `__` stands for a point."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("__", "."))
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def said(bench: Bench, path: Path) -> list[str]:
    """Return the problems of a workbook, without its name."""
    return [str(problem).removeprefix(f"{path}: ") for problem in bench.plan(path).problems]


@given(st.one_of(whole_catalogs(), whole_catalogs(with_every_field=True)))
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_catalog_of_any_fields_comes_back_from_a_workbook(empty_catalog: Path, catalog: Any) -> None:
    with tempfile.TemporaryDirectory() as name:
        check_round_trip(catalog, empty_catalog, Path(name))


@given(whole_catalogs(with_every_field=True))
@settings(max_examples=3, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
def test_every_list_and_field_comes_back_from_a_workbook(empty_catalog: Path, catalog: Any) -> None:
    with tempfile.TemporaryDirectory() as name:
        check_round_trip(catalog, empty_catalog, Path(name))


def check_round_trip(catalog: Any, empty: Path, folder: Path) -> None:
    shutil.copy(empty, folder / "catalog.db")
    bench = Bench(str(folder / "catalog.db"), folder)
    bench.apply(write(catalog, folder / "in.yaml"))
    known = read_catalog(bench.catalog.address, None)
    target = folder / "out.xlsx"

    bench.catalog.export(target)

    for replace in (True, False):
        plan = bench.plan(target, replace=replace)
        assert (plan.problems, plan.to_json()["changes"], plan.is_empty) == ((), [], True)
    shutil.copy(empty, folder / "other.db")
    other = Bench(str(folder / "other.db"), folder)
    other.apply(target)
    assert read_catalog(other.catalog.address, None) == known


def test_texts_of_any_script_survive_a_workbook_and_another_program(bench: Bench, tmp_path: Path) -> None:
    rows = [
        (f"v{n:03}", {"id": f"v{n:03}", "name": f"N{text}", "note": text, "aliases": sorted({text, "b;"})})
        for n, text in enumerate([*TEXTS, "_x000D_", "_x005F_", "_x005f_x0041_", "99.30", "TRUE", "1/2/2026"])
    ]
    bench.apply(
        write(
            {"district": [("oak", {"id": "oak", "name": "Oak", "state": "MD"})], "vendors": rows}, tmp_path / "in.yaml"
        )
    )

    bench.catalog.export(tmp_path / "out.xlsx")

    assert bench.plan(tmp_path / "out.xlsx", replace=True).is_empty
    for row in openpyxl.load_workbook(tmp_path / "out.xlsx")["vendors"].iter_rows():
        for cell in row:
            assert cell.data_type != "f"
            assert not str(cell.value or "").startswith(("=", "+", "-", "@"))
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    book.save(tmp_path / "saved.xlsx")
    # It takes such marks out and puts none in; what it wrote is the control character.
    assert list(changed(bench.plan(tmp_path / "saved.xlsx"))) == ["vendor/v030", "vendor/v031", "vendor/v032"]


def test_an_export_is_the_same_bytes_each_time(known: Bench, tmp_path: Path) -> None:
    for name in ("first.xlsx", "second.xlsx"):
        known.catalog.export(tmp_path / name)

    assert (tmp_path / "first.xlsx").read_bytes() == (tmp_path / "second.xlsx").read_bytes()


def test_a_workbook_shows_what_a_person_works_with(known: Bench, tmp_path: Path) -> None:
    known.apply(
        f"{OAK}flows: [{{id: f, to: zoom, elements: [email, first-name], legal_basis: 99.30, starts: 2026-01-05}}]\n"
    )
    known.catalog.export(tmp_path / "out.xlsx")

    book = openpyxl.load_workbook(tmp_path / "out.xlsx")

    assert book.sheetnames[:3] == ["read me", "district", "district.guidance"]
    assert book.sheetnames[-2:] == ["sources", "choices"]
    assert book["choices"].sheet_state == "hidden"
    sheet = book["flows"]
    values = dict(zip((c.value for c in sheet[1]), (c.value for c in sheet[2]), strict=True))
    assert str(values["starts"]) == "2026-01-05 00:00:00"
    assert values["to (name)"] == "Zoom, Inc."
    assert values["elements (names)"] == "Student e-mail address; First name"
    assert values["legal_basis"] == "99.30"
    assert sheet.freeze_panes == "B2"
    looks = {cell.value: cell.fill.fgColor.rgb for cell in sheet[1]}
    assert looks["elements"] == looks["to"] != looks["purpose"]
    rules = {str(rule.sqref).partition("2:")[0]: rule for rule in sheet.data_validations.dataValidation if rule.type}
    letters = {cell.value: cell.column_letter for cell in sheet[1]}
    assert rules[letters["method"]].formula1 == '"provided,collected,contributed"'
    offered = rules[letters["legal_basis"]].formula1.replace("choices!", "").replace("$", "")
    assert "99.30 consent" in [row[0].value for row in book["choices"][offered]]
    formats = {cell.value: sheet[f"{cell.column_letter}2"].number_format for cell in sheet[1]}
    assert formats["starts"] == "yyyy\\-mm\\-dd"
    assert formats["id"] == "@"


def test_what_a_drop_down_offers_is_understood(known: Bench, tmp_path: Path) -> None:
    rows = [["id *", "to", "elements", "legal_basis"], ["f", "zoom", "email", "99.31(a)(2) enrollment-transfer"]]

    known.apply(book_of(tmp_path / "in.xlsx", flows=rows))

    assert known.rows("flows")["f"]["legal_basis"] == "99.31(a)(2)"


def test_names_stand_for_ids_and_columns_of_names_are_not_read(known: Bench, tmp_path: Path) -> None:
    rows = [
        ["id", "to", "to (name)", "elements", "elements (names)", "audience.schools"],
        ["f", "zoom, inc.", "Somebody else", "Student E-Mail Address; Grade level", "?", "Elm Elementary"],
    ]

    known.apply(book_of(tmp_path / "in.xlsx", flows=rows))

    assert known.rows("flows")["f"] == {
        "id": "f", "to": "zoom", "elements": ["email", "grade-level"], "audience": {"schools": ["elm"]},
    }  # fmt: skip


def test_every_mistake_is_named_by_sheet_and_cell(known: Bench, tmp_path: Path) -> None:
    path = book_of(
        tmp_path / "in.xlsx",
        vendors=[[], [None, "id", "name", "url", "wrong"], [None, "new", None, "new.com"], [None, "Bad Id", "N"]],
        flows=[
            ["id", "to", "elements", "starts", "method"],
            ["f", "Twin", "emial", "13/32/2026", "=1+1"],
            ["g", "zoom", "email", "6/7/2026"],
            ["h", "zoom", "email", 46000],
        ],
        schools=[["id", "name", "nces_id", "grades"], ["s", "S", 10000500001, date(2026, 9, 12)]],
    )

    assert said(known, path) == [
        "vendors!E2: The sheet 'vendors' has no column 'wrong'.",
        "vendors!C3: The field 'name' is empty. Each row needs it; a word for nothing goes in quotes.",
        "vendors!D3: 'new.com' is not an address. Write 'https://new.com'.",
        (
            "vendors!B4: 'Bad Id' can't be an id: ids are lower-case ASCII letters, digits and hyphens, at most 100. "
            "Write 'bad-id'."
        ),
        "flows!B2: 'Twin' is the name of several: twin-1, twin-2. Write the id.",
        "flows!C2: There is no element called 'emial'. Did you mean 'email'?",
        "flows!D2: '13/32/2026' is not a day. Write YYYY-MM-DD, as in 2026-06-30.",
        (
            "flows!E2: The cell holds a formula whose result is not in the file. "
            "Open the workbook in its program and save it, or type the value."
        ),
        "flows!D3: '6/7/2026' may mean 2026-06-07 or 2026-07-06. Write YYYY-MM-DD.",
        "flows!D4: The cell shows the number 46000, not a date. Give it a date format, or write YYYY-MM-DD.",
        (
            "schools!C2: The cell holds the number 10000500001; as a text it has 12 digits, and its zeros in front "
            "were lost. Give the column the format 'Text' and write '010000500001', if that is it."
        ),
        (
            "schools!D2: A spreadsheet program made the date 2026-09-12 of what was typed here. "
            "Give the column the format 'Text' and type it again."
        ),
    ]


def test_a_date_typed_as_text_is_read_by_the_order_that_the_book_shows(known: Bench, tmp_path: Path) -> None:
    path = book_of(tmp_path / "in.xlsx", flows=[["id", "to", "elements", "starts", "reviewed"],
                                                ["f", "zoom", "email", "6/7/2026", date(2026, 1, 2)]])  # fmt: skip
    for code, wanted in (
        ("m/d/yyyy", "2026-06-07"),
        ("dd.mm.yyyy", "2026-07-06"),
        ("[$-409]mmmm d, yyyy;@", "2026-06-07"),
    ):
        book = openpyxl.load_workbook(path)
        book["flows"]["E2"].number_format = code
        book.save(path)

        known.apply(path)

        assert known.rows("flows")["f"]["starts"] == wanted


def test_an_empty_cell_clears_and_a_column_that_is_not_there_leaves(known: Bench, tmp_path: Path) -> None:
    known.apply(f"{OAK}vendors: [{{id: zoom, url: 'https://zoom.us', privacy_url: 'https://zoom.us/p'}}]\n")

    plan = known.apply(book_of(tmp_path / "in.xlsx", vendors=[["id", "privacy_url"], ["zoom", None]]))

    assert changed(plan) == {"vendor/zoom": {"privacy_url": ["https://zoom.us/p", None]}}


def test_hidden_things_are_read_and_said(known: Bench, tmp_path: Path) -> None:
    path = book_of(
        tmp_path / "in.xlsx", vendors=[["id", "name"], ["a", "A"], ["b", "B"]], Notes=[["call them"]], choices=[["x"]]
    )
    book = openpyxl.load_workbook(path)
    book["vendors"].sheet_state = "hidden"
    book["vendors"].row_dimensions[3].hidden = True
    book.save(path)

    plan = known.plan(path)

    assert added(plan) == ["vendor/a", "vendor/b"]
    assert [note.removeprefix(f"{path}: ") for note in plan.notes] == [
        "The sheet 'Notes' is not called after a list, so it was not read.",
        "The sheet 'vendors' is hidden; it was read too.",
        "1 hidden row of the sheet 'vendors' was read too.",
    ]


@pytest.mark.parametrize("name", ["vendors", "Class 4b", "students"])
def test_a_list_of_students_is_refused_and_no_name_is_said(name: str, known: Bench, tmp_path: Path) -> None:
    path = book_of(
        tmp_path / "in.xlsx", **{name: [["Roll of 4b"], ["Name", "Birthday", "Date of birth"], ["Ana Pérez", "x", "y"]]}
    )

    [problem] = said(known, path)

    assert problem.startswith(f"{name}!A2: The sheet looks like a list of students: it has names beside birth dates.")
    assert "Ana" not in problem


def test_a_copy_is_marked_in_its_cells_and_marks_go_once_the_mistake_is_mended(known: Bench, tmp_path: Path) -> None:
    path = book_of(tmp_path / "in.xlsx", vendors=[["id", "name", "url"], ["a", "A", "a.com"], ["b", "B", "b.com"]])
    book = openpyxl.load_workbook(path)
    book["vendors"]["C2"].comment = openpyxl.comments.Comment("Mine", "Me")
    book["vendors"]["B3"].comment = openpyxl.comments.Comment("Mine too", "Me")
    book.save(path)
    marked = tmp_path / "marked.xlsx"

    assert annotate_workbook(str(path), known.plan(path).problems, str(marked)) == (2, 0)

    notes = notes_of(marked)
    assert notes["C2"].startswith("Mine\n[dataflows] 'a.com' is not an address.")
    assert notes["C3"] == "[dataflows] 'b.com' is not an address. Write 'https://b.com'."
    assert notes["B3"] == "Mine too"
    assert colours_of(marked) == ["C2 C3"]
    book = openpyxl.load_workbook(marked)
    book["vendors"]["C3"] = "https://b.com"
    book.save(path)
    annotate_workbook(str(path), known.plan(path).problems, str(marked))
    assert set(notes_of(marked)) == {"C2", "B3"}
    assert colours_of(marked) == ["C2"]


def notes_of(path: Path) -> dict[str, str]:
    sheet = openpyxl.load_workbook(path)["vendors"]
    return {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}


def colours_of(path: Path) -> list[str]:
    return [str(found.sqref) for found in openpyxl.load_workbook(path)["vendors"].conditional_formatting]


def test_a_book_that_cannot_be_read_is_not_marked(known: Bench, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    path.write_bytes(b"PK\x03\x04 and nothing else")

    with pytest.raises(OutputError, match="was not written"):
        annotate_workbook(str(path), known.plan(path).problems, str(tmp_path / "marked.xlsx"))
    assert list(tmp_path.glob("*marked*")) == []


def test_a_copy_without_mistakes_is_the_workbook_itself(known: Bench, tmp_path: Path) -> None:
    known.catalog.export(tmp_path / "out.xlsx")

    annotate_workbook(str(tmp_path / "out.xlsx"), (), str(tmp_path / "marked.xlsx"))

    first, second = (members_of(tmp_path / name) for name in ("out.xlsx", "marked.xlsx"))
    assert first == second


def members_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


@pytest.mark.parametrize(
    ("files", "target", "said"),
    [
        (["a.yaml"], "m.xlsx", "none of the files is one"),
        (["a.xlsx", "b.xlsx"], "m.xlsx", "here are 2"),
        (["a.xlsx"], "m.csv", "ends in .xlsx"),
        (["a.xlsx"], "a.xlsx", "never writes over the workbook itself"),
    ],
)
def test_what_cannot_be_marked_is_refused_before_anything_is_read(
    files: list[str], target: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in files:
        Path(name).touch()

    with pytest.raises(UsageError, match=said):
        choose_workbook(files, target)


def test_a_thousand_mistakes_are_marked_in_a_book_of_another_program(known: Bench, tmp_path: Path) -> None:
    rows = [["id", "name", "url"], *([f"v{number}", "V", "no address"] for number in range(1_000))]
    path = book_of(tmp_path / "in.xlsx", vendors=rows)

    marked, others = annotate_workbook(str(path), known.plan(path).problems, str(tmp_path / "marked.xlsx"))

    assert (marked, others) == (1_000, 0)
    assert len(notes_of(tmp_path / "marked.xlsx")) == 1_000
    assert [len(cells.split()) for cells in colours_of(tmp_path / "marked.xlsx")] == [500, 500]


def test_a_text_longer_than_a_cell_is_refused_with_its_place(known: Bench, tmp_path: Path) -> None:
    known.apply(f"{OAK}vendors: [{{id: zoom, note: {'x' * 40_000}}}]\n")

    with pytest.raises(
        OutputError, match=r"'vendors', line \d+, 'note' has 40,000 characters, and a cell holds 32,767"
    ):
        known.catalog.export(tmp_path / "out.xlsx")
    assert list(tmp_path.glob("*out*")) == []


def test_names_of_the_district_the_students_and_categories_are_understood(known: Bench, tmp_path: Path) -> None:
    path = book_of(
        tmp_path / "in.xlsx",
        district=[["id", "name", "state"], ["oak", "Oak County Schools", "MD"]],
        elements=[["id", "name", "category", "sensitivity"], ["pin", "Lunch PIN", "Assessment", "low"]],
        flows=[["id", "from", "to", "elements"], ["f", "Students", "Oak County Schools", "Lunch PIN"]],
    )

    known.apply(path)

    assert known.rows("flows")["f"] == {"id": "f", "from": "students", "to": "oak", "elements": ["pin"]}
    assert known.rows("elements")["pin"]["category"] == "assessment"
