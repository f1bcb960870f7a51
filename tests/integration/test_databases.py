"""Each test of the database gets a fresh, empty one of its own, on every engine that runs here."""

from __future__ import annotations

import sqlalchemy as sa

from dataflows.catalog.database import Address, open_engine


def test_a_database_is_empty_at_first(catalog_url: str) -> None:
    engine = open_engine(Address.parse(catalog_url))

    with engine.begin() as connection:
        assert sa.inspect(connection).get_table_names() == []
        connection.exec_driver_sql("CREATE TABLE left_over (id integer)")


def test_what_another_test_left_is_not_there(catalog_url: str) -> None:
    engine = open_engine(Address.parse(catalog_url))

    with engine.begin() as connection:
        assert sa.inspect(connection).get_table_names() == []
