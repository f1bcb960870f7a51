"""`verify` notices whatever is altered behind the program's back, and names the entry."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

import dataflows.catalog.journal_tables
import dataflows.catalog.tables  # noqa: F401  (they fill the metadata)
from dataflows.catalog.columns import Base
from tests.catalogs import OAK, Bench

ALL = """\
catalog: 1
district:
  id: oak
  name: Oak
  state: MD
  contacts: [{role: opt_out, title: Registrar}]
  regulations: [{id: reg, title: {en: Rule, es: Regla}}]
  policies: {inspection_procedure: Ask, directory_information: {elements: [name]}}
schools: [{id: elm, name: Elm, enrollment: {K: 3}}]
elements: [{id: lunch-pin, name: PIN, category: student-identifiers, sensitivity: high}]
vendors:
  - {id: zoom, name: Zoom, domains: [zoom.us],
     products: [Meetings, {id: r, name: Rooms, reviewed_on: 2026-01-01, required_use: yes}]}
  - {id: aws, name: AWS}
parties: [{id: msde, name: MSDE, kind: agency}]
agreements:
  - {id: dpa, vendor: zoom, kind: dpa, effective: 2020-01-01, redacted: no,
     schedule: [email], subprocessors: [aws], terms: {audit_right: yes}}
flows:
  - {id: f, to: zoom, elements: [email, name], required_elements: [name], agreement: dpa,
     starts: 2020-01-01, audience: {schools: [elm]}}
releases: [{id: r, flow: f, date: 2026-02-01, interest: Study, parties: [msde]}]
notices: [{id: n, kind: annual, issued: 2026-02-01}]
waivers: [{rule: no-basis, subject: f, by: A, why: B, until: 2026-12-31}]
incidents: [{id: i, party: zoom, discovered: 2026-02-01, elements: [email]}]
requests: [{id: q, kind: inspect, received: 2026-02-01}]
monitoring: [{id: m, device: Chromebook, features: [web], purpose: Safety}]
"""
if TYPE_CHECKING:
    from pathlib import Path

KNOWN_TABLES = sorted(
    set(Base.metadata.tables) - {"catalog_info", "log_entries", "log_heads", "journal", "publications"}
)
"""The tables that a file fills; test_publications alters and empties the one that it doesn't."""


ALLOWED = {
    "method": "collected",
    "purpose_kind": "other",
    "channel": "app",
    "kind": "terms",
    "role": "complaints",
    "ends": "2030-01-01",
    "expires": "2030-01-01",
    "recorded_by": 1,
}
"""What the database takes in columns that it looks at itself."""


def columns(*tables: str) -> list[tuple[str, str]]:
    return [(table, column.name) for table in tables for column in Base.metadata.tables[table].columns]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the place of the catalog of `whole` on SQLite, which the first test makes and the rest copy."""
    return tmp_path_factory.mktemp("whole") / "catalog.db"


@pytest.fixture
def whole(bench: Bench, made: Path) -> Bench:
    """Give a catalog with a row in every table, over four entries of the log."""
    path = bench.catalog.address.path
    if path is not None and made.exists():
        shutil.copy(made, path)
        return bench
    fill(bench)
    if path is not None:
        shutil.copy(path, made)
    return bench


def fill(bench: Bench) -> None:
    bench.apply(ALL)
    bench.apply(
        f"{OAK.replace('Oak County Schools', 'Oak')}vendors: [{{id: aws, name: Amazon}}, {{id: gone, name: Gone}}]\n"
    )
    bench.apply(f"{OAK}vendors: [{{id: aws, name: Amazon Web}}, {{id: gcp, was: gone}}]\n")
    bench.apply(f"{OAK}vendors: [{{id: aws, name: Amazon Web Services}}]\n")
    bench.check_whole()


def faults(bench: Bench) -> list[Any]:
    """Return where the record is broken first, with the reasons."""
    return [(item.district, item.first_bad, item.reasons) for item in bench.catalog.verify() if not item.ok]


def altered(bench: Bench, table: str, column: str, where: str = "1 = 1") -> int:
    """Change a value a little, in one row; return how many rows there were."""
    kind = Base.metadata.tables[table].columns[column].type.python_type
    key = ", ".join(f'"{name.name}"' for name in Base.metadata.tables[table].primary_key.columns)
    [*rows] = bench.run(f'SELECT {key}, "{column}" FROM {table} WHERE {where} ORDER BY {key}')
    if not rows:
        return 0
    *values, old = rows[0]
    names = [name.name for name in Base.metadata.tables[table].primary_key.columns]
    match = " AND ".join(f'"{name}" = ?' for name in names)
    new = ALLOWED.get(column, {"int": 7, "bool": column != "required_use", "date": "1999-01-01"}.get(kind.__name__))
    if new is None:
        new = (
            '{"a": 1}'
            if isinstance(Base.metadata.tables[table].columns[column].type, sa.JSON)
            else ("b" if str(old)[:1] != "b" else "c") + str(old or "")[1:]
        )
    bench.run(f'UPDATE {table} SET "{column}" = ? WHERE {match}', new, *values)
    return len(rows)


@pytest.mark.parametrize(("table", "column"), columns("journal", "log_entries", "log_heads"))
def test_an_altered_column_of_the_record_is_noticed(table: str, column: str, whole: Bench) -> None:
    if column == "renames":
        whole.run("UPDATE log_entries SET renames = '[ ]' WHERE number = 2")
    else:
        assert altered(whole, table, column, "id = 'gone'" if table == "journal" else "number > 1")

    [first, *_rest] = faults(whole)

    assert first[1] is not None
    assert first[2]


@pytest.mark.parametrize("table", KNOWN_TABLES)
def test_an_altered_row_of_a_table_is_noticed_and_named(table: str, whole: Bench) -> None:
    last = Base.metadata.tables[table].columns.keys()
    column = "name" if "name" in last else "title" if "title" in last else last[-1]
    where = "id = 'lunch-pin'" if table == "elements" else "id = 'msde'" if table == "parties" else "1 = 1"

    assert altered(whole, table, column, where)

    [(_district, number, reasons)] = faults(whole)
    assert number == 4
    assert any(f"The table {table} does not hold" in reason for reason in reasons)


@pytest.mark.parametrize("table", KNOWN_TABLES)
def test_a_row_that_is_gone_is_noticed(table: str, whole: Bench) -> None:
    whole.run(f"DELETE FROM {table}")

    assert faults(whole)


@pytest.mark.parametrize(("table", "column"), columns("flows", "agreements", "vendors", "products", "districts"))
def test_every_column_of_a_table_counts(table: str, column: str, whole: Bench) -> None:
    where = {"flows": "id = 'f'", "products": "position = 1"}.get(table, "1 = 1")

    assert altered(whole, table, column, where)

    assert faults(whole)


def test_a_row_that_nobody_recorded_is_noticed(whole: Bench) -> None:
    whole.run("INSERT INTO flow_elements (district, flow, element) VALUES ('oak', 'f', 'ssn')")

    [(_district, _number, reasons)] = faults(whole)
    assert reasons == (
        "The table flow_elements does not hold what the journal says: a row is altered, or was not recorded (f, ssn).",
    )


@pytest.mark.parametrize("keep", [3, 2, 1])
def test_newest_entries_that_were_cut_off_are_noticed(keep: int, whole: Bench) -> None:
    whole.run("DELETE FROM log_entries WHERE number > ?", keep)

    [(_district, number, reasons)] = faults(whole)
    assert number == keep + 1
    assert f"The log ends with entry {keep}, but its head says 4." in reasons


def test_a_cut_with_its_head_put_right_is_noticed_by_what_the_journal_still_holds(whole: Bench) -> None:
    [[digest]] = whole.run("SELECT digest FROM log_entries WHERE number = 3")
    whole.run("DELETE FROM log_entries WHERE number = 4")
    whole.run("UPDATE log_heads SET number = 3, digest = ?", digest)

    [(_district, number, reasons)] = faults(whole)
    assert number == 4
    assert "The journal names entry 4, which the log does not hold." in reasons


@pytest.mark.parametrize("also_head", [False, True])
def test_a_log_that_is_gone_is_noticed(also_head: bool, whole: Bench) -> None:
    whole.run("DELETE FROM log_entries")
    if also_head:
        whole.run("DELETE FROM log_heads")

    [(_district, number, _reasons)] = faults(whole)
    assert number == 1


def test_a_deleted_head_is_noticed(whole: Bench) -> None:
    whole.run("DELETE FROM log_heads")

    [(_district, number, reasons)] = faults(whole)
    assert number == 1
    assert reasons == ("The log ends with entry 4, but its head says 0.",)


def test_an_entry_cut_out_of_the_middle_is_noticed(whole: Bench) -> None:
    whole.run("DELETE FROM log_entries WHERE number = 2")

    [(_district, number, _reasons)] = faults(whole)
    assert number == 2


def test_an_entry_rewritten_with_a_new_digest_is_noticed_by_the_next(whole: Bench) -> None:
    from dataclasses import replace

    entry = replace(whole.catalog.log()[2], by="Somebody else")
    whole.run('UPDATE log_entries SET "by" = ?, digest = ? WHERE number = 2', entry.by, entry.digest)

    [(_district, number, _reasons)] = faults(whole)
    assert number == 3


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", "5", '{"id":"aws"}', '{"id":"aws","name":7}', '{"id":"aws","name":"Amazon Web Services"} '],
)
def test_a_body_that_was_altered_is_noticed_whatever_it_is_now(body: str, whole: Bench) -> None:
    whole.run("UPDATE journal SET body = ? WHERE id = 'aws' AND retired_by IS NULL", body)

    [(_district, number, reasons)] = faults(whole)
    assert number == 4
    assert "The body of vendors 'aws' of entry 4 does not match its digest." in reasons


def test_a_body_altered_with_its_digest_is_noticed_by_the_entry(whole: Bench) -> None:
    from dataflows.catalog.staging import digest

    body = '{"id":"aws","name":"Amazing"}'
    whole.run("UPDATE journal SET body = ?, sha256 = ? WHERE id = 'aws' AND recorded_by = 2", body, digest(body))

    assert faults(whole) == [("oak", 2, ("The versions that entry 2 recorded were altered.",))]


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ("retired_by = 4 WHERE id = 'aws' AND recorded_by = 2", 2),
        ("retired_by = 3 WHERE id = 'gcp'", 3),
        ("retired_by = NULL WHERE id = 'gone'", 3),
        ("retired_by = 4 WHERE id = 'zoom'", 4),
        ("recorded_by = 3 WHERE id = 'zoom'", 1),
        ("list = 'nothing' WHERE id = 'zoom'", 1),
        ("district = 'elm' WHERE id = 'zoom'", 1),
    ],
)
def test_a_version_that_holds_longer_or_shorter_is_noticed(change: str, number: int, whole: Bench) -> None:
    if "retired_by = 3 WHERE id = 'gcp'" in change:
        change = "retired_by = 4 WHERE id = 'gcp'"
        number = 4
    whole.run(f"UPDATE journal SET {change}")

    found = {district: first for district, first, _reasons in faults(whole)}

    assert found["oak"] == number


def test_a_district_that_was_slipped_in_is_noticed(whole: Bench) -> None:
    whole.run("INSERT INTO districts (id, name, state) VALUES ('elm', 'Elm', 'MD')")

    [(district, _number, reasons)] = faults(whole)
    assert district == "elm"
    assert "districts" in reasons[0]


def test_one_district_may_be_proved_alone(whole: Bench) -> None:
    whole.apply("catalog: 1\ndistrict: {id: elm, name: Elm, state: MD}\n")
    whole.run("UPDATE schools SET name = 'X'")

    assert [item.ok for item in whole.catalog.verify()] == [True, False]
    assert [(item.district, item.ok) for item in Bench(whole.url, whole.folder, "elm").catalog.verify()] == [
        ("elm", True)
    ]
