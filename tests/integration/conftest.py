"""An empty catalog for each test: a copy of one file on SQLite, one emptied database on PostgreSQL."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from dataflows import Catalog
from dataflows.catalog.columns import Base
from dataflows.catalog.database import Address, open_engine
from tests.catalogs import Bench
from tests.conftest import ENGINES, fresh_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def empty_catalog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of an empty catalog; tests copy it."""
    path = tmp_path_factory.mktemp("empty") / "catalog.db"
    Catalog.create(path)
    return path


@pytest.fixture(scope="session")
def shared_database() -> Iterator[str]:
    """Give the URL of a catalog on PostgreSQL that tests use one after the other."""
    with fresh_database() as url:
        Catalog.create(url)
        yield url


@pytest.fixture(params=ENGINES)
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Bench:
    """Give an empty catalog on each engine that runs here."""
    if request.param == "sqlite":
        path = tmp_path / "catalog.db"
        shutil.copy(request.getfixturevalue("empty_catalog"), path)
        return Bench(str(path), tmp_path)
    url = request.getfixturevalue("shared_database")
    engine = open_engine(Address.parse(url))
    names = ", ".join(sorted(set(Base.metadata.tables) - {"catalog_info"}))
    with engine.begin() as connection:
        connection.exec_driver_sql(f"TRUNCATE {names}")
    return Bench(url, tmp_path)
