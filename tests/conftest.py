"""What all tests share: catalogs to write to, golden files, and the option that rewrites them."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from tests.machine import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

GOLDEN = Path(__file__).parent / "golden"
ENGINES = ["sqlite", *(["postgresql"] if os.environ.get("DATAFLOWS_TEST_POSTGRES") else [])]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files and generated pages")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Tell whether expected files are to be rewritten instead of compared."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture
def golden(update_golden: bool) -> Callable[[str | Path, str | bytes], None]:
    """Compare what was made with a file, whole: a name in tests/golden, or a path of its own."""

    def compare(name: str | Path, made: str | bytes) -> None:
        path = GOLDEN / name
        data = made.encode() if isinstance(made, str) else made
        if update_golden:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        assert path.exists(), f"{path} is missing: run pytest --update-golden, and read what it wrote."
        expected = path.read_bytes()
        if isinstance(made, str):
            assert data.decode() == expected.decode(), f"{path} differs: run pytest --update-golden if that is meant."
        else:
            assert data == expected, f"{path} differs: run pytest --update-golden if that is meant."

    return compare


@contextmanager
def fresh_database() -> Iterator[str]:
    """Make an empty PostgreSQL database for a while; DATAFLOWS_TEST_POSTGRES names the server."""
    import sqlalchemy as sa

    server = sa.make_url(os.environ["DATAFLOWS_TEST_POSTGRES"])
    name = f"test_{secrets.token_hex(6)}"
    admin = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0")
    yield server.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """Give the URL of a fresh, empty PostgreSQL database."""
    with fresh_database() as url:
        yield url


@pytest.fixture(params=ENGINES)
def catalog_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of a catalog that is not made yet: on SQLite always, on PostgreSQL where one runs."""
    if request.param == "sqlite":
        return str(tmp_path / "catalog.db")
    return str(request.getfixturevalue("postgresql_url"))


class DataflowsIn(Protocol):
    """Runs the program in a folder as a person would, in a process of its own."""

    def __call__(
        self, folder: Path, *words: str, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture(scope="session")
def dataflows_in() -> DataflowsIn:
    """Give the function that runs the program in a folder."""

    def run(
        folder: Path, *words: str, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        settings = {name: value for name, value in os.environ.items() if not name.startswith("DATAFLOWS_")}
        return subprocess.run(
            [sys.executable, "-m", "dataflows", *words],
            cwd=folder,
            env={**settings, "PYTHONPATH": str(CHECKOUT), **(environment or {})},
            capture_output=True,
            check=False,
            text=True,
            encoding="utf-8",
            errors="replace",
            stdin=subprocess.DEVNULL,
        )

    return run


@pytest.fixture(scope="session")
def demo(dataflows_in: DataflowsIn, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder that `dataflows demo` filled; tests read it and leave it as it is."""
    folder = tmp_path_factory.mktemp("demo")
    done = dataflows_in(folder, "demo", "demo")
    assert done.returncode == 0, done.stderr
    return folder / "demo"
