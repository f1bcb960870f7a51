"""Tables and streams as they come in: names for ids, an empty `from`, one sheet alone, the standard input."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from dataflows.actions.files import make_folder
from dataflows.errors import UsageError
from tests.catalogs import OAK, Bench, added, changed

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = (
    f"{OAK}vendors: [{{id: zoom, name: 'Zoom, Inc.'}}, {{id: twin-1, name: Twin}}, {{id: twin-2, name: "
    f"Twin}}]\nschools: [{{id: elm, name: Elm Elementary}}]\n"
)


def write(folder: Path, **sheets: str) -> Path:
    """Write a folder of CSV; in names `__` stands for a point."""
    made = make_folder(folder / "tables")
    for name, text in sheets.items():
        (made / f"{name.replace('__', '.')}.csv").write_text(text, encoding="utf-8", newline="\n")
    return made


JSON_OF_IT = """{"catalog": 1, "district": {"id": "oak"}, "vendors": [{"id": "aws", "name": "Señor"}]}"""


@pytest.fixture
def known(bench: Bench) -> Bench:
    bench.apply(KNOWN)
    return bench


def test_a_whole_catalog_may_come_as_a_folder(bench: Bench, tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        district="id,name,state,home_languages,policies.copy_procedure,policies.copy_procedure@es\noak,Oak,MD,en;es,Ask,Pida\n",
        contacts="role,title,email\nopt_out,Registrar,r@example.org\n",
        schools="id,name,enrollment\nelm,Elm,K=98;1=101\n",
        vendors="id,name,domains,products\nzoom,Zoom,zoom.us;zoom.com,Meetings\n",
        vendors__guidance="in,topic,text,text@es\nzoom,risk,Care,Cuidado\nzoom,choice,Free,\n",
        agreements="id,vendor,kind,terms.audit_right,schedule\ndpa,zoom,dpa,yes,email;name\n",
        flows="id,from,to,elements,agreement,audience.schools,opt_out.how\nf,,zoom,email,dpa,elm,Ask\n",
        waivers="rule,subject,by,why,until\nno-basis,f,A,B,2026-12-31\n",
        sources="list,row,title,url\nvendors,zoom,Page,https://zoom.us\n",
    )

    bench.apply(folder)

    assert bench.rows("vendors")["zoom"]["guidance"] == [
        {"topic": "risk", "text": {"en": "Care", "es": "Cuidado"}},
        {"topic": "choice", "text": "Free"},
    ]
    assert bench.rows("schools")["elm"]["enrollment"] == {"K": 98, "1": 101}
    assert bench.rows("district")["oak"]["policies"] == {"copy_procedure": {"en": "Ask", "es": "Pida"}}
    assert bench.rows("flows")["f"] == {
        "id": "f",
        "to": "zoom",
        "elements": ["email"],
        "agreement": "dpa",
        "audience": {"schools": ["elm"]},
        "opt_out": {"how": "Ask"},
    }
    assert bench.plan(folder).is_empty
    assert bench.plan(folder, replace=True).is_empty
    bench.check_whole()


def test_a_table_without_a_district_speaks_of_the_one_that_is_there(known: Bench, tmp_path: Path) -> None:
    plan = known.apply(write(tmp_path, vendors="id,name\naws,Amazon\n"))

    assert added(plan) == ["vendor/aws"]


def test_one_sheet_may_be_given_by_its_file(known: Bench, tmp_path: Path) -> None:
    folder = write(tmp_path, vendors="id,name\naws,Amazon\n", other="a,b\n1,2\n")

    assert added(known.plan(folder / "vendors.csv")) == ["vendor/aws"]


def test_a_table_speaks_of_the_district_chosen(known: Bench, tmp_path: Path) -> None:
    known.apply(OAK.replace("id: oak", "id: elm"))
    folder = write(tmp_path, vendors="id,name\naws,Amazon\n")

    with pytest.raises(UsageError, match="--district: elm, oak"):
        known.plan(folder)
    Bench(known.url, known.folder, "elm").apply(folder)

    assert known.run("SELECT district FROM vendors WHERE id = 'aws'") == [("elm",)]


def test_a_table_speaks_of_the_one_district_of_the_other_files(bench: Bench, tmp_path: Path) -> None:
    folder = write(tmp_path, vendors="id,name\naws,Amazon\n")

    assert added(bench.plan(OAK, folder)) == ["district/oak", "vendor/aws"]


def test_a_table_without_any_district_is_refused_with_what_to_do(bench: Bench, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="catalog is empty"):
        bench.plan(write(tmp_path, vendors="id,name\naws,Amazon\n"))


@pytest.mark.parametrize("name", ["zoom", "Zoom, Inc.", "zoom, inc.", "  Zoom,  Inc. "])
def test_a_name_stands_for_an_id(name: str, known: Bench, tmp_path: Path) -> None:
    folder = write(tmp_path, flows=f'id,from,to,elements,audience.schools\nf,,"{name}",email,Elm Elementary\n')

    known.apply(folder)

    assert known.rows("flows")["f"] == {
        "id": "f",
        "to": "zoom",
        "elements": ["email"],
        "audience": {"schools": ["elm"]},
    }


def test_a_name_of_the_same_folder_stands_for_its_id(bench: Bench, tmp_path: Path) -> None:
    bench.apply(OAK)
    folder = write(
        tmp_path, vendors="id,name\naws,Amazon Web Services\n", flows="id,to,elements\nf,Amazon Web Services,email\n"
    )

    bench.apply(folder)

    assert bench.rows("flows")["f"]["to"] == "aws"


def test_names_of_elements_stand_for_their_ids(known: Bench, tmp_path: Path) -> None:
    known.apply(write(tmp_path, flows="id,to,elements\nf,zoom,Student E-Mail Address; First name\n"))

    assert known.rows("flows")["f"]["elements"] == ["email", "first-name"]


def test_an_id_goes_before_a_name(bench: Bench, tmp_path: Path) -> None:
    bench.apply(f"{OAK}vendors: [{{id: alpha, name: First}}, {{id: beta, name: Alpha}}]\n")

    bench.apply(write(tmp_path, flows="id,to,elements\nf,alpha,email\n"))

    assert bench.rows("flows")["f"]["to"] == "alpha"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Twin", "'Twin' is the name of several: twin-1, twin-2. Write the id."),
        ("Zom, Inc.", "There is no party called 'Zom, Inc.'."),
    ],
)
def test_a_name_that_is_not_unique_or_not_there_is_refused_with_its_cell(
    name: str, said: str, known: Bench, tmp_path: Path
) -> None:
    folder = write(tmp_path, flows=f'id,to,elements\nf,"{name}",email\n')

    [problem] = known.plan(folder).problems

    assert (problem.location.line, problem.location.column) == (2, 2)
    assert said in str(problem)


def test_in_yaml_a_name_stands_for_no_id(known: Bench) -> None:
    [problem] = known.problems(f"{OAK}flows: [{{id: f, to: 'Zoom, Inc.', elements: [email]}}]\n")

    assert "There is no party called 'Zoom, Inc.'." in problem


def test_an_empty_from_is_the_district(known: Bench, tmp_path: Path) -> None:
    known.apply(f"{OAK}flows: [{{id: f, from: twin-1, to: zoom, elements: [email]}}]\n")

    plan = known.apply(write(tmp_path, flows="id,from\nf,\n"))

    assert changed(plan) == {"flow/f": {"from": ["twin-1", None]}}
    assert known.run("SELECT sender FROM flows") == [("oak",)]


def test_a_column_that_is_there_and_empty_clears_and_one_that_is_not_leaves(known: Bench, tmp_path: Path) -> None:
    known.apply(
        f"{OAK}vendors: [{{id: zoom, url: 'https://zoom.us', privacy_url: 'https://zoom.us/p', guidance: "
        f"[{{topic: risk, text: T}}]}}]\n"
    )
    before = known.rows("vendors")["zoom"]

    first = known.apply(write(tmp_path, vendors="id,name\nzoom,Zoom\n"))
    second = known.apply(write(tmp_path, vendors="id,privacy_url\nzoom,\n"))

    assert changed(first) == {"vendor/zoom": {"name": ["Zoom, Inc.", "Zoom"]}}
    assert changed(second) == {"vendor/zoom": {"privacy_url": ["https://zoom.us/p", None]}}
    assert known.rows("vendors")["zoom"] == {**{k: v for k, v in before.items() if k != "privacy_url"}, "name": "Zoom"}
    assert [entry.changed for entry in known.catalog.log()][:2] == [1, 1]


def test_a_table_renames_by_its_column_was(known: Bench, tmp_path: Path) -> None:
    known.apply(f"{OAK}flows: [{{id: f, to: zoom, elements: [email]}}]\n")

    known.apply(write(tmp_path, vendors="id,was,name\nzoom-video,zoom,Zoom Video\ntwin-1,,Twin One\n"))

    assert known.rows("flows")["f"]["to"] == "zoom-video"
    assert known.rows("vendors")["twin-1"]["name"] == "Twin One"


def test_digits_in_cells_are_kept(known: Bench, tmp_path: Path) -> None:
    known.apply(write(tmp_path, schools="id,name,nces_id\n0001,00601,010000500001\n"))

    assert known.rows("schools")["0001"] == {"id": "0001", "name": "00601", "nces_id": "010000500001"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_tables_are_read_as_spreadsheet_programs_write_them(
    encoding: str, separator: str, known: Bench, tmp_path: Path
) -> None:
    text = f"id{separator}name\r\nn1{separator}Señor\r\n"
    (tmp_path / "vendors.csv").write_text(text, encoding=encoding, newline="")

    assert added(known.plan(tmp_path / "vendors.csv")) == ["vendor/n1"]


def test_a_list_of_students_is_refused(known: Bench, tmp_path: Path) -> None:
    (tmp_path / "vendors.csv").write_text("id,name,Student Name,Date of Birth\na,A,B,2010-01-01\n", encoding="utf-8")

    [problem] = known.plan(tmp_path / "vendors.csv").problems

    assert "looks like a list of students" in problem.message


@pytest.mark.parametrize(
    "text",
    [f"{OAK}vendors: [{{id: aws, name: Señor}}]\n", JSON_OF_IT],
)
def test_the_standard_input_is_read(text: str, known: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    plan = known.catalog.plan("-")

    assert (added(plan), plan.problems) == (["vendor/aws"], ())


def test_progress_is_told_while_a_long_file_is_read(bench: Bench) -> None:
    from dataflows.actions.plan import Request, plan_files

    rows = "".join(f"  - {{id: v{number}, name: V}}\n" for number in range(12_000))
    told: list[tuple[str, int, float | None]] = []

    def tell(file: str, count: int, share: float | None) -> None:
        told.append((file, count, share))

    name = bench.file(f"{OAK}vendors:\n{rows}")

    plan_files(bench.catalog.address, Request(files=[name], progress=tell))

    assert told == [(name, count, None) for count in range(0, 12_000, 500)]
