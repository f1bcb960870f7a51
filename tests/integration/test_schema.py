"""The tables: models and migrations agree, names are conventional, and the database refuses what is wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import dataflows.catalog.journal_tables
import dataflows.catalog.tables  # noqa: F401  (they fill the metadata)
from dataflows.catalog.columns import Base
from dataflows.catalog.database import Address, SchemaVersionError, connect, open_engine
from dataflows.catalog.migrate import _mark, alembic_config, create_catalog, upgrade_catalog
from dataflows.catalog.projection import EXPANDED, LINKS, MAIN, targets_of
from dataflows.catalog.versions import HEAD
from dataflows.errors import CatalogError
from dataflows.model.lists import IN_JOURNAL
from dataflows.model.records import fields_of
from tests.catalogs import BEGAN, OAK, Bench
from tests.integration.test_verify import ALL
from tests.machine import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONVENTION = re.compile(r"(pk|fk|ck|uq|ix)_[a-z0-9_]+")
REVISIONS = sorted(path.name[:4] for path in (CHECKOUT / "migrations" / "versions").glob("[0-9]*.py"))


@pytest.fixture
def made(catalog_url: str) -> Address:
    """Give the address of a new catalog, made by the migrations."""
    address = Address.parse(catalog_url)
    create_catalog(address, BEGAN)
    return address


@pytest.fixture
def opened(made: Address) -> Iterator[sa.Connection]:
    engine = open_engine(made)
    with engine.connect() as connection:
        yield connection


def names_in(connection: sa.Connection) -> set[str]:
    """Return the names of all constraints and indexes of a database."""
    inspector = sa.inspect(connection)
    found: set[str | None] = set()
    for table in set(inspector.get_table_names()) - {"alembic_version"}:
        found.add(inspector.get_pk_constraint(table)["name"])
        for items in (
            inspector.get_foreign_keys(table),
            inspector.get_check_constraints(table),
            inspector.get_unique_constraints(table),
            inspector.get_indexes(table),
        ):
            found |= {item["name"] for item in items}
    assert None not in found
    return {str(name) for name in found}


def names_in_models() -> set[str]:
    found = set()
    for table in Base.metadata.tables.values():
        found |= {str(item.name) for item in (*table.constraints, *table.indexes)}
    return found


def test_models_and_migrations_agree(opened: sa.Connection) -> None:
    context = MigrationContext.configure(opened, opts={"compare_type": True, "compare_server_default": True})

    assert compare_metadata(context, Base.metadata) == []


def test_every_constraint_has_the_name_of_the_convention_the_same_on_each_engine(opened: sa.Connection) -> None:
    names = names_in(opened)

    assert {name for name in names if not CONVENTION.fullmatch(name)} == set()
    assert names == names_in_models()


def test_checks_say_the_same_in_the_database_as_in_the_models(made: Address, tmp_path: Path) -> None:
    """A check's words are compared by their letters: engines write brackets and casts of their own."""
    engine = open_engine(made)
    fresh = Address.parse(str(tmp_path / "fresh.db"))
    create_catalog(fresh, BEGAN)

    def checks(engine: sa.Engine) -> dict[str, list[str]]:
        inspector = sa.inspect(engine)
        return {
            str(item["name"]): sorted(re.findall(r"'[^']*'", str(item["sqltext"])))
            for table in inspector.get_table_names()
            for item in inspector.get_check_constraints(table)
        }

    wanted = {
        str(item.name): sorted(re.findall(r"'[^']*'", str(item.sqltext)))
        for table in Base.metadata.tables.values()
        for item in table.constraints
        if isinstance(item, sa.CheckConstraint)
    }
    assert checks(engine) == checks(open_engine(fresh)) == wanted


def test_the_program_reads_the_newest_revision_and_there_is_one_head(opened: sa.Connection) -> None:
    scripts = ScriptDirectory.from_config(alembic_config(opened))

    assert scripts.get_heads() == [HEAD]
    assert REVISIONS[-1] == HEAD
    assert [script.revision for script in scripts.walk_revisions()][::-1] == REVISIONS


def test_names_of_migrations_and_dependence_on_the_package() -> None:
    for path in (CHECKOUT / "migrations" / "versions").glob("*.py"):
        assert re.fullmatch(r"\d{4}_[a-z0-9_]+\.py", path.name)
        assert "dataflows" not in re.sub(r'""".*?"""', "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def rows_of(connection: sa.Connection) -> dict[str, int]:
    names = sa.inspect(connection).get_table_names()
    return {name: int(connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() or 0) for name in names}


def copy_rows(old: sa.Connection, new: sa.Connection) -> None:
    """Copy what both databases have a place for."""
    there = sa.MetaData()
    there.reflect(new)
    here = sa.MetaData()
    here.reflect(old)
    for name, table in there.tables.items():
        if name in here.tables and name not in ("alembic_version", "catalog_info"):
            both = [column.name for column in table.columns if column.name in here.tables[name].columns]
            for row in old.execute(sa.select(*(here.tables[name].c[key] for key in both))):
                new.execute(table.insert(), {key: value for key, value in row._mapping.items() if value is not None})


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_catalog_of_each_revision_with_data_in_it_comes_to_the_newest(
    revision: str, bench: Bench, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    bench.apply(ALL)
    source = bench.catalog.address
    url = str(tmp_path / "older.db" if source.path else request.getfixturevalue("postgresql_url"))
    target = Address.parse(url)
    engine = open_engine(target)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        command.upgrade(alembic_config(connection), revision)
        _mark(connection, BEGAN)
        with open_engine(source).connect() as known:
            copy_rows(known, connection)
        before = rows_of(connection)

    changed = upgrade_catalog(target, BEGAN)

    assert changed == (revision != HEAD)
    with open_engine(target).connect() as connection:
        after = rows_of(connection)
        assert {name: count for name, count in after.items() if name in before} == before
        assert names_in(connection) == names_in_models()
    again = Bench(url, tmp_path)
    again.check_whole()
    assert again.plan(ALL).is_empty
    again.apply(f"{OAK}vendors: [{{id: new, name: New}}]\nagreements: [{{id: new-1, vendor: new, kind: contract}}]\n")
    again.check_whole()


def test_making_a_catalog_twice_does_nothing_the_second_time(made: Address) -> None:
    Bench(str(made.path) if made.path else made.url.render_as_string(hide_password=False), None).catalog.districts()

    assert create_catalog(made, BEGAN) is False
    assert upgrade_catalog(made, BEGAN) is False


@pytest.mark.parametrize(
    ("version", "said"),
    [("0000", "Bring it up to date with: dataflows upgrade"), ("9999", "python -m pip install --upgrade dataflows")],
)
def test_a_catalog_at_another_version_is_refused_with_the_command_that_mends_it(
    version: str, said: str, made: Address
) -> None:
    with open_engine(made).connect().execution_options(writes=True) as connection, connection.begin():
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{version}'")

    with pytest.raises(SchemaVersionError) as refused, connect(made):
        pass
    assert said in str(refused.value)
    assert f"schema version {version}, this program at {HEAD}" in str(refused.value)
    assert refused.value.exit_code == 3
    with pytest.raises(CatalogError):
        create_catalog(made, BEGAN)


def test_a_database_of_another_program_is_refused_and_left_alone(catalog_url: str) -> None:
    address = Address.parse(catalog_url)
    with open_engine(address).connect().execution_options(writes=True) as connection, connection.begin():
        connection.exec_driver_sql("CREATE TABLE districts (id integer)")
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num varchar(32))")

    for act in (
        lambda: create_catalog(address, BEGAN),
        lambda: upgrade_catalog(address, BEGAN),
        lambda: connect(address).__enter__(),
    ):
        with pytest.raises(CatalogError):
            act()

    with open_engine(address).connect() as connection:
        assert sorted(sa.inspect(connection).get_table_names()) == ["alembic_version", "districts"]


WRONG = [
    ("a school of no district", "INSERT INTO schools (district, id, name) VALUES ('nowhere', 's', 'S')"),
    ("a flow to nobody", "INSERT INTO flows (district, id, sender, receiver) VALUES ('oak', 'x', 'oak', 'nobody')"),
    (
        "a flow to another's vendor",
        "INSERT INTO flows (district, id, sender, receiver) VALUES ('elm', 'x', 'elm', 'aws')",
    ),
    ("a flow to itself", "INSERT INTO flows (district, id, sender, receiver) VALUES ('oak', 'x', 'zoom', 'zoom')"),
    ("a flow that ends before it starts", "UPDATE flows SET starts = '2026-02-01', ends = '2026-01-01'"),
    ("a flow by no method", "UPDATE flows SET method = 'stolen'"),
    ("a flow through no channel", "UPDATE flows SET channel = 'pigeon'"),
    ("a flow kept for less than no time", "UPDATE flows SET retention_days = -1"),
    ("a flow via a party that is no vendor", "UPDATE flows SET via = 'msde'"),
    ("a flow on no agreement", "UPDATE flows SET agreement = 'none'"),
    ("a flow twice", "INSERT INTO flows (district, id, sender, receiver) VALUES ('oak', 'f', 'oak', 'zoom')"),
    ("an id that is none", "INSERT INTO schools (district, id, name) VALUES ('oak', 'ELM', 'E')"),
    ("an empty id", "INSERT INTO schools (district, id, name) VALUES ('oak', '', 'E')"),
    ("a school without a name", "INSERT INTO schools (district, id) VALUES ('oak', 'x')"),
    ("an element of no flow", "INSERT INTO flow_elements (district, flow, element) VALUES ('oak', 'none', 'email')"),
    ("no element", "INSERT INTO flow_elements (district, flow, element) VALUES ('oak', 'f', 'none')"),
    ("an element twice", "INSERT INTO flow_elements (district, flow, element) VALUES ('oak', 'f', 'email')"),
    ("an element of no sensitivity", "UPDATE elements SET sensitivity = 'huge' WHERE id = 'lunch-pin'"),
    ("an element under nothing", "UPDATE elements SET broader = 'none' WHERE id = 'lunch-pin'"),
    ("an agreement with nobody", "UPDATE agreements SET vendor = 'none'"),
    ("an agreement of no kind", "UPDATE agreements SET kind = 'handshake'"),
    ("an agreement that ends before it begins", "UPDATE agreements SET expires = '1999-01-01'"),
    ("a party of no kind", "UPDATE parties SET kind = 'spy' WHERE id = 'msde'"),
    ("a vendor that is no party", "INSERT INTO vendors (district, id, name) VALUES ('oak', 'x', 'X')"),
    ("a product of no vendor", "UPDATE products SET vendor = 'msde'"),
    ("a vendor gone from under its flows", "DELETE FROM vendors"),
    ("a party gone from under its flows", "DELETE FROM parties WHERE id = 'zoom'"),
    ("a district gone from under its rows", "DELETE FROM districts"),
    ("a contact of no role", "UPDATE contacts SET role = 'boss'"),
    ("a release of no flow", "UPDATE releases SET flow = 'none'"),
    ("a release to nobody", "UPDATE release_parties SET party = 'none'"),
    ("an incident nowhere", "UPDATE incidents SET party = 'none'"),
    ("a state of three letters", "UPDATE districts SET state = 'MDX'"),
    ("two current versions", "UPDATE journal SET list = 'flows', id = 'f' WHERE id = 'zoom'"),
    ("a version of no entry", "UPDATE journal SET recorded_by = 9 WHERE id = 'f'"),
    ("a version retired before it was recorded", "UPDATE journal SET retired_by = 1"),
    ("a second catalog in one database", "INSERT INTO catalog_info (number, id, created_at) VALUES (2, 'x', 'x')"),
]


@pytest.mark.parametrize("sql", [pytest.param(sql, id=name) for name, sql in WRONG])
def test_the_database_itself_refuses(sql: str, bench: Bench) -> None:
    bench.apply(ALL, OAK.replace("id: oak", "id: elm"))
    bench.apply(f"{OAK}vendors: [{{id: more, name: More}}]\n")

    with pytest.raises(CatalogError, match="refused"), connect(bench.catalog.address, writes=True) as connection:
        connection.exec_driver_sql(sql)
    bench.check_whole()


def test_every_field_of_every_list_has_a_column_or_a_table_of_its_own() -> None:
    held = {"flows.from": "sender", "flows.to": "receiver"}
    forgotten = []
    for spec in IN_JOURNAL.values():
        columns = {name for target in targets_of(spec.name) for name in target.columns}
        linked = {link.path[0] for link in LINKS.get(spec.name, ())}
        expanded = {"vendors": {"products"}, "agreements": {"terms"}, "district": {"policies"}}.get(spec.name, set())
        names = {field: held.get(f"{spec.name}.{field}", field) for field in fields_of(spec.record)}
        places = columns | linked | expanded
        forgotten += [f"{spec.name}.{field}" for field, name in names.items() if name not in places]

    assert forgotten == []


def test_every_table_is_filled_from_some_list() -> None:
    filled = {table for names in MAIN.values() for table in names} | set(EXPANDED)
    filled |= {link.table for links in LINKS.values() for link in links}

    assert set(Base.metadata.tables) - filled == {"catalog_info", "log_entries", "log_heads", "journal"}


def test_every_key_begins_with_the_district() -> None:
    for table in Base.metadata.tables.values():
        if table.name not in ("districts", "catalog_info"):
            assert next(iter(table.primary_key.columns)).name == "district", table.name
            for key in table.foreign_key_constraints:
                assert key.column_keys[0] == "district", key.name
