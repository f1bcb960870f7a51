"""Making a catalog and bringing an older one up to date, by Alembic, in one transaction."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from dataflows import assets
from dataflows.catalog.database import SchemaVersionError, find_version, open_engine, said_plainly
from dataflows.catalog.versions import APPLICATION_ID, HEAD
from dataflows.errors import CatalogError

if TYPE_CHECKING:
    from datetime import datetime

    from dataflows.catalog.database import Address


def alembic_config(connection: sa.Connection) -> Config:
    """Return Alembic's configuration, made in code."""
    config = Config()
    config.set_main_option("script_location", str(assets.folder("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def create_catalog(address: Address, created_at: datetime) -> bool:
    """Make an empty catalog at the newest schema; return False where one is there already and newest.

    Raises CatalogError where something else is there, or a catalog at an older version.
    """
    path = address.path
    if path is not None and path.is_dir():
        raise CatalogError(f"{path} is a folder, not a catalog. Name a file in it: {path / 'dataflows.db'}")
    if path is not None and path.exists() and path.stat().st_size > 0:
        with path.open("rb") as file:
            if file.read(16) != b"SQLite format 3\x00":
                raise CatalogError(f"{path} is there already, and is no catalog. Choose another name.")
    if path is not None and not path.absolute().parent.is_dir():
        raise CatalogError(f"There is no folder {path.absolute().parent}. Make it first.")
    return _migrate(address, created_at, create=True)


def upgrade_catalog(address: Address, now: datetime) -> bool:
    """Bring a catalog to the newest schema; return False where it is there already."""
    return _migrate(address, now, create=False)


def _migrate(address: Address, now: datetime, *, create: bool) -> bool:
    is_new_file = address.path is not None and not address.path.exists()
    engine = open_engine(address)
    try:
        with (
            said_plainly(address),
            engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            return _migrate_on(connection, address, now, create=create)
    except CatalogError:
        if is_new_file and address.path is not None:
            address.path.unlink(missing_ok=True)
        raise
    finally:
        engine.dispose()


def _migrate_on(connection: sa.Connection, address: Address, now: datetime, *, create: bool) -> bool:
    found = find_version(connection)
    if found == HEAD:
        return False
    if found is None:
        _refuse_foreign(connection, address, create=create)
    elif create or found > HEAD:
        raise SchemaVersionError(address, found)
    command.upgrade(alembic_config(connection), "head")
    if found is None:
        _mark(connection, now)
    return True


def _refuse_foreign(connection: sa.Connection, address: Address, *, create: bool) -> None:
    tables = sa.inspect(connection).get_table_names()
    if tables and connection.dialect.name == "sqlite":
        raise CatalogError(f"{address} is a database of another program, not a catalog of dataflows.")
    if "alembic_version" in tables:
        raise CatalogError(f"The database at {address} is another program's: it has tables of its own migrations.")
    if not create:
        raise CatalogError(f"There is no catalog at {address}. Make one with: dataflows init {address}")


def _mark(connection: sa.Connection, now: datetime) -> None:
    """Say in the database what it is, and since when."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(
        sa.text("INSERT INTO catalog_info (number, id, created_at) VALUES (1, :id, :at)"),
        {"id": str(uuid.uuid4()), "at": now.isoformat(timespec="seconds")},
    )
