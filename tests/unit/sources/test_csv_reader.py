from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dataflows.errors import InputError
from dataflows.sources.csv_writer import write_csv_folder
from dataflows.sources.files import open_catalog_file
from dataflows.sources.roster import find_roster

if TYPE_CHECKING:
    from pathlib import Path

    from dataflows.sources.base import CatalogFile


def folder_of(tmp_path: Path, **files: str | bytes) -> CatalogFile:
    for name, text in files.items():
        (tmp_path / f"{name.replace('__', '.')}.csv").write_bytes(text.encode() if isinstance(text, str) else text)
    return open_catalog_file(str(tmp_path))


def trees(file: CatalogFile) -> list[dict[str, Any]]:
    return [row.tree for row in file.rows()]


def test_digits_stay_text(tmp_path: Path) -> None:
    file = folder_of(tmp_path, schools="id,nces_id\n0001,010000500601\n", district="id,nces_id\noak,0100005\n")

    assert file.district() == {"id": "oak", "nces_id": "0100005"}
    assert trees(file) == [{"id": "0001", "nces_id": "010000500601"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("head", ["", "sep="])
def test_encodings_and_delimiters_of_spreadsheets_are_read(
    tmp_path: Path, encoding: str, delimiter: str, head: str
) -> None:
    lines = ["id,name,aliases", 'zoom,"Zoom, Inc.; ""Z""",Señor']
    quoted = lines[1].split('"Zoom, Inc.; ""Z"""')
    text = "\r\n".join(
        [lines[0].replace(",", delimiter), '"Zoom, Inc.; ""Z"""'.join(q.replace(",", delimiter) for q in quoted)]
    )
    text = f"{head}{delimiter}\r\n{text}" if head else text
    file = folder_of(tmp_path, vendors=text.encode(encoding))

    assert trees(file) == [{"id": "zoom", "name": 'Zoom, Inc.; "Z"', "aliases": ["Señor"]}]
    assert file.problems == []


WINDOWS = (
    "2: The text is not all in UTF-8; what is not was read as Windows-1252."
    " Look at names with accents, or save it as 'CSV UTF-8'."
)


def test_a_table_that_a_program_saved_in_windows_letters_is_read_and_said(tmp_path: Path) -> None:
    file = folder_of(tmp_path, vendors="id,name\na,Ä “€”\nb,Señor\n".encode("cp1252"), schools="id,name\ns,Ñ\n")

    assert [tree["name"] for tree in trees(file)] == ["Ñ", "Ä “€”", "Señor"]
    assert file.problems == []
    assert [note.removeprefix(f"{tmp_path / 'vendors.csv'}:") for note in file.notes] == [WINDOWS]


def test_of_a_table_in_utf8_only_the_bytes_that_do_not_fit_are_read_otherwise(tmp_path: Path) -> None:
    file = folder_of(tmp_path, vendors="id,name\na,漢字 é\n".encode() + "b,Señor\n".encode("cp1252"))

    assert [tree["name"] for tree in trees(file)] == ["漢字 é", "Señor"]
    assert file.notes[0].startswith(f"{tmp_path / 'vendors.csv'}:3: ")


def test_an_empty_cell_clears_and_an_absent_column_says_nothing(tmp_path: Path) -> None:
    file = folder_of(tmp_path, vendors="id,name,privacy_url,coppa.consent\nzoom,Zoom,,\n", flows="id,to\na,zoom\n")

    vendor, flow = trees(file)

    assert vendor == {"id": "zoom", "name": "Zoom", "privacy_url": None, "coppa": {"consent": None}}
    assert flow == {"id": "a", "to": "zoom"}
    assert file.lists() == {"vendors", "flows"}


def test_lists_grades_languages_and_nested_fields_have_their_forms(tmp_path: Path) -> None:
    file = folder_of(
        tmp_path,
        schools="ID,Name,Enrollment\nbe,Bethesda,K=98;1=101\nwo,Woods,612\n",
        flows="id,to,elements,audience.schools,purpose,purpose@es,opt_out.how@es,purpose@es.by\n"
        "a,zoom,email; student-id,all,Accounts,Cuentas,Pregunte,Ana\nb,zoom,email;,be;wo,Plain,,,\n",
        vendors="id,aliases,products\nzoom,a\\;b;c\\\\,Zoom Meetings\n",
    )
    bethesda, woods, zoom, first, second = trees(file)

    assert bethesda["enrollment"] == {"K": "98", "1": "101"}
    assert woods["enrollment"] == "612"
    assert zoom == {"id": "zoom", "aliases": ["a;b", "c\\"], "products": ["Zoom Meetings"]}
    assert first["elements"] == ["email", "student-id"]
    assert first["audience"] == {"schools": "all"}
    assert first["purpose"] == {"": "Accounts", "es": "Cuentas", "reviewed": {"es": {"by": "Ana"}}}
    assert first["opt_out"] == {"how": {"es": "Pregunte"}}
    assert (second["audience"], second["purpose"]) == ({"schools": ["be", "wo"]}, "Plain")
    assert file.problems == []


def test_sheets_of_their_own_join_the_rows_to_which_they_belong(tmp_path: Path) -> None:
    file = folder_of(
        tmp_path,
        vendors="id,name\nzoom,Zoom\naws,Amazon\n",
        vendors__guidance="in,topic,text\nzoom,choice,Optional\nAmazon,risk,None\nzoom,risk,Some\nclever,risk,New\n",
        sources="list,row,title\nvendors,zoom,Page\nwaivers,a:b,Minutes\n",
    )

    assert trees(file) == [
        {
            "id": "zoom",
            "name": "Zoom",
            "guidance": [{"topic": "choice", "text": "Optional"}, {"topic": "risk", "text": "Some"}],
            "sources": [{"title": "Page"}],
        },
        {"id": "aws", "name": "Amazon", "guidance": [{"topic": "risk", "text": "None"}]},
        {"id": "clever", "guidance": [{"topic": "risk", "text": "New"}]},
        {"rule": "a", "subject": "b", "sources": [{"title": "Minutes"}]},
    ]
    places = file.locate([("vendors", 0, "guidance", 1, "topic"), ("vendors", 1, "name"), ("vendors", 1, "url")])
    assert [str(place).removeprefix(str(tmp_path)).lstrip("/\\") for place in places.values()] == [
        "vendors.guidance.csv:4:2: vendors[zoom].guidance.topic",
        "vendors.csv:3:2: vendors[aws].name",
        "vendors.csv:3: vendors[aws].url",
    ]


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    file = folder_of(tmp_path, vendors='id,name\r\nzoom,"Zoom\r\nVideo"\r\n\r\n,,\r\naws,AWS\r\n')

    assert [tree["name"] for tree in trees(file)] == ["Zoom\nVideo", "AWS"]
    assert file.locate([("vendors", 1, "name")])["vendors", 1, "name"].line == 6


def test_one_file_alone_is_a_folder_of_one(tmp_path: Path) -> None:
    folder_of(tmp_path, vendors="id,name\nzoom,Zoom\n")
    file = open_catalog_file(str(tmp_path / "vendors.csv"))

    assert trees(file) == [{"id": "zoom", "name": "Zoom"}]
    assert (file.district(), file.is_table) == (None, True)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1 301", "-x", "@SUM(A1)", "\tx", "'=x", "'", "''", "", "'tis", "x=1", "\n=1"]
)
def test_cells_that_look_like_formulas_are_neutral_outside_and_unchanged_inside(tmp_path: Path, text: str) -> None:
    folder = tmp_path / "out"
    write_csv_folder(
        {"vendors": [("zoom", {"id": "zoom", "name": "Zoom", "note": text, "aliases": ["=a", "b"]})]}, folder
    )

    cell = (folder / "vendors.csv").read_bytes().decode("utf-8-sig").partition("\r\n")[2]
    assert not any(f"{before}{sign}" in cell for before in (",", ',"') for sign in "=+-@\t\r\n")
    assert trees(open_catalog_file(str(folder))) == [
        {"id": "zoom", "name": "Zoom", "aliases": ["=a", "b"], "note": text}
    ]


def test_a_second_export_leaves_no_file_of_the_first_behind(tmp_path: Path) -> None:
    vendor = ("zoom", {"id": "zoom", "name": "Zoom", "guidance": [{"topic": "risk", "text": "x"}]})
    district = ("oak", {"id": "oak", "name": "Oak", "state": "MD"})
    write_csv_folder({"district": [district], "vendors": [vendor]}, tmp_path)
    write_csv_folder({"district": [district], "schools": [("a", {"id": "a", "name": "A"})]}, tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["district.csv", "schools.csv"]


@pytest.mark.parametrize(
    "headers",
    [
        ["Student Name", "DOB", "Grade", "Student ID"],
        ["first_name", "last_name", "date_of_birth"],
        ["Name", "Grade"],
        ["studentId", "firstName"],
        ["STUDENT NUMBER", "PUPIL NAME", "SCHOOL"],
        ["Nombre", "Fecha de nacimiento"],
        ["Student", "SSN"],
    ],
)
def test_a_table_of_students_is_known_by_its_headers(headers: list[str]) -> None:
    assert find_roster(headers)


@pytest.mark.parametrize(
    "headers",
    [
        ["id", "name", "grades", "enrollment"],
        ["Vendor", "Data elements", "Purpose"],
        ["name", "url"],
        ["grade", "enrollment"],
    ],
)
def test_other_tables_are_not_taken_for_one(headers: list[str]) -> None:
    assert find_roster(headers, own=["id", "name", "grades", "enrollment"]) is None


def test_staff_are_exempt(tmp_path: Path) -> None:
    file = folder_of(tmp_path, contacts="role,title,First Name,Student ID\nopt_out,Office,Ana,5\n")

    assert [problem.location.column for problem in file.problems] == [3, 4]
    assert len(trees(file)) == 1


def test_no_name_is_printed_when_a_table_of_students_is_refused(tmp_path: Path) -> None:
    file = folder_of(tmp_path, vendors="Student Name,DOB\nAda Example,2010-01-01\n")

    assert trees(file) == []
    assert len(file.problems) == 1
    assert "Ada" not in str(file.problems[0])


def test_what_can_not_be_opened_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "vendors.csv").write_bytes(b"id\n")
    for name, words in (
        ("vendor.csv", "Did you mean 'vendors.csv'?"),
        ("no/x.yaml", "There is no folder"),
    ):
        with pytest.raises(InputError) as caught:
            open_catalog_file(str(tmp_path / name))
        assert words in str(caught.value.problems[0])


def test_locks_and_shadows_beside_the_tables_are_left_alone(tmp_path: Path) -> None:
    for name in ("._vendors.csv", "~$vendors.csv", ".~lock.vendors.csv#"):
        (tmp_path / name).write_bytes(b"\0\1")
    file = folder_of(tmp_path, vendors="id,was\nzoom,zoom-inc\n")

    assert trees(file) == [{"id": "zoom", "was": "zoom-inc"}]
    assert file.problems == []


def test_a_folder_that_is_no_export_keeps_the_files_that_it_has(tmp_path: Path) -> None:
    district = ("oak", {"id": "oak", "name": "Oak", "state": "MD"})
    own = tmp_path / "requests.csv"
    own.write_text("date;who\n", encoding="utf-8", newline="\n")

    write_csv_folder({"district": [district], "schools": [("elm", {"id": "elm", "name": "Elm"})]}, tmp_path)
    kept = own.exists()
    write_csv_folder({"district": [district]}, tmp_path)

    assert kept
    assert sorted(path.name for path in tmp_path.iterdir()) == ["district.csv"]
