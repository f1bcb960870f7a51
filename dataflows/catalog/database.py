"""Reaching a catalog: its address, its connection, and why it can't be reached, said plainly.

Only Core is imported here: `holds` starts with it.
"""

from __future__ import annotations

import json
import logging
import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    OperationalError,
)

from dataflows.catalog.versions import APPLICATION_ID, HEAD
from dataflows.errors import CatalogError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

Connection: TypeAlias = sa.Connection
"""An open transaction; actions pass it on and ask nothing of it."""

BUSY_SECONDS = 10
"""How long a command waits for another one to finish writing."""
_UNHEARD = logging.NullHandler()
"""Keeps from a user's screen what the library reports of a connection that an interrupt left half used."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a catalog is: an SQLAlchemy URL, or the path of an SQLite file."""

    url: sa.URL
    path: Path | None

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read what a user typed; raises UsageError."""
        if "://" not in text:
            if not text.strip():
                raise UsageError("The catalog's address is empty. Give a path, or an SQLAlchemy URL.")
            return cls(sa.URL.create("sqlite", database=text), Path(text))
        try:
            url = sa.make_url(text)
        except (ArgumentError, ValueError):
            raise UsageError(f"{text!r} is no address of a database. Give a path, or an SQLAlchemy URL.") from None
        backend = url.get_backend_name()
        if backend == "postgresql" and "+" not in url.drivername:
            url = url.set(drivername="postgresql+psycopg")
        if backend not in ("sqlite", "postgresql"):
            raise UsageError(f"A catalog lives in SQLite or PostgreSQL, not in {backend}.")
        name = url.database or ":memory:"
        is_file = backend == "sqlite" and name != ":memory:" and not name.startswith("file:")
        return cls(url, Path(str(url.database)) if is_file else None)

    def __str__(self) -> str:
        return str(self.path) if self.path else self.url.render_as_string(hide_password=True)


class AbsentCatalogError(CatalogError):
    """There is no catalog at the address."""

    def __init__(self, address: Address) -> None:
        super().__init__(f"There is no catalog at {address}. Make one with: dataflows init {address}")


class SchemaVersionError(CatalogError):
    """The catalog is at another schema version than the program."""

    def __init__(self, address: Address, found: str) -> None:
        if found < HEAD:
            mend = "Bring it up to date with: dataflows upgrade"
        else:
            mend = "It was written by a newer dataflows; install that: python -m pip install --upgrade dataflows"
        super().__init__(f"The catalog at {address} is at schema version {found}, this program at {HEAD}. {mend}")


def open_engine(address: Address) -> sa.Engine:
    """Return an engine whose connections begin their transactions themselves (SQLite's driver does not)."""
    logging.getLogger("sqlalchemy").addHandler(_UNHEARD)
    try:
        if address.url.get_backend_name() == "sqlite":
            engine = sa.create_engine(address.url, connect_args={"timeout": BUSY_SECONDS}, poolclass=sa.NullPool)
            sa.event.listen(engine, "connect", _prepare_sqlite)
            sa.event.listen(engine, "begin", _begin_sqlite)
        else:
            engine = sa.create_engine(
                address.url, poolclass=sa.NullPool, connect_args={"connect_timeout": BUSY_SECONDS}
            )
    except (NoSuchModuleError, ImportError):
        message = "PostgreSQL needs its driver; install it with: python -m pip install 'dataflows[postgresql]'"
        raise CatalogError(message) from None
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -32768")


def _begin_sqlite(connection: sa.Connection) -> None:
    writing = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _begin_postgresql(connection: sa.Connection, *, writes: bool) -> None:
    """Let one writer in at a time, and show a reader one state throughout."""
    if writes:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({APPLICATION_ID})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


@contextmanager
def connect(address: Address, *, writes: bool = False, any_version: bool = False) -> Iterator[sa.Connection]:
    """Open one transaction on a catalog; commits at the end, rolls back on any error.

    Raises AbsentCatalogError, SchemaVersionError, or CatalogError with what the database said.
    """
    if address.path is not None:
        _check_file(address)
    engine = open_engine(address)
    try:
        with (
            said_plainly(address),
            engine.connect().execution_options(writes=writes) as connection,
            connection.begin(),
        ):
            if connection.dialect.name == "postgresql":
                _begin_postgresql(connection, writes=writes)
            if not any_version:
                check_version(connection, address)
            yield connection
    finally:
        engine.dispose()


def _check_file(address: Address) -> None:
    path = address.path
    if path is None:
        return
    if path.is_dir():
        raise CatalogError(f"{path} is a folder, not a catalog.")
    if not path.exists() or path.stat().st_size == 0:
        raise AbsentCatalogError(address)
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError as error:
        raise CatalogError(f"The catalog {path} can't be read: {error.strerror}.") from None
    if start != b"SQLite format 3\x00":
        raise CatalogError(f"{path} is not a catalog: it is no SQLite database.")


def check_version(connection: sa.Connection, address: Address) -> None:
    """Raise unless the database is a catalog at this program's schema version."""
    found = find_version(connection)
    if found is None:
        if connection.dialect.name == "sqlite":
            raise CatalogError(f"{address} is a database of another program, not a catalog of dataflows.")
        raise AbsentCatalogError(address)
    if found != HEAD:
        raise SchemaVersionError(address, found)


def find_version(connection: sa.Connection) -> str | None:
    """Return the schema version of a catalog; None where the database holds none."""
    if connection.dialect.name == "sqlite":
        if connection.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION_ID:
            return None
    elif connection.exec_driver_sql("SELECT to_regclass('catalog_info')").scalar() is None:
        return None
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())


@contextmanager
def said_plainly(address: Address) -> Iterator[None]:
    """Turn what a database's driver raises into a sentence that a user can act on."""
    try:
        yield
    except json.JSONDecodeError as error:
        raise CatalogError(f"The record in {address} is damaged. See where: dataflows verify") from error
    except OperationalError as error:
        said = str(error.orig)
        plain = _explain(said, address) or f"The catalog at {address} can't be reached: {_first_line(said)}"
        raise CatalogError(plain) from error
    except DBAPIError as error:
        said = str(error.orig)
        reason = None if isinstance(error, IntegrityError | DataError) else _explain(said, address)
        raise CatalogError(reason or f"The catalog at {address} refused: {_first_line(said)}") from error


def _explain(said: str, address: Address) -> str | None:
    reasons = {
        "lock timeout": f"is locked: another program was still writing after {BUSY_SECONDS} s. Try again.",
        "locked": f"is locked: another program was still writing after {BUSY_SECONDS} s. Close it, or try again.",
        "readonly": "is read-only. Allow writing to the file and its folder.",
        "full": "can't grow: the disk is full. Nothing was changed.",
        "unable to open": "can't be opened. Check the path and who may read it.",
        "not a database": "is no SQLite database, or it is damaged.",
        "malformed": "is damaged. Take the newest backup.",
        "disk I/O": "can't be used: its disk failed. Nothing was changed.",
    }
    for word, sentence in reasons.items():
        if word in said:
            return f"The catalog at {address} {sentence}"
    return None


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0] if text.strip() else "no reason was given"


_SYNCED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "box sync", "nextcloud")


def find_risky_place(address: Address) -> str | None:
    """Say what is risky about where a catalog lies: a network drive, or a folder that is synchronised."""
    if address.path is None:
        return None
    path = address.path.absolute()
    text = str(path)
    if text.startswith(("\\\\", "//")) or _is_network_mount(path):
        return f"{path} is on a network drive: only one person at a time may write, and locks there can fail."
    if any(word in part.lower() for part in path.parts[:-1] for word in _SYNCED):
        return f"{path} is in a folder that is synchronised: wait for it to finish before another computer writes."
    return None


_NETWORK_TYPES = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs"})


def _is_network_mount(path: Path, mounts: Path = Path("/proc/mounts")) -> bool:
    try:
        lines = mounts.read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    best, kind = "", ""
    for line in lines:
        _device, point, found, *_rest = [*line.split(" "), "", "", ""]
        point = point.replace("\\040", " ")
        if os.path.commonpath([point, path]) == point and len(point) >= len(best):
            best, kind = point, found
    return kind in _NETWORK_TYPES
