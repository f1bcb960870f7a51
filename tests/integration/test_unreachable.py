"""Catalogs that can't be reached, read or written: each is a sentence and exit code 3, and nothing is changed."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from dataflows import Catalog
from dataflows.catalog import database
from dataflows.catalog.database import Address, connect, find_risky_place, open_engine
from dataflows.catalog.migrate import create_catalog, upgrade_catalog
from dataflows.errors import CatalogError, UsageError
from tests.catalogs import BEGAN, OAK, Bench
from tests.machine import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def sqlite(empty_catalog: Path, tmp_path: Path) -> Bench:
    """Give a catalog on SQLite with one district in it."""
    shutil.copy(empty_catalog, tmp_path / "catalog.db")
    bench = Bench(str(tmp_path / "catalog.db"), tmp_path)
    bench.apply(OAK)
    return bench


MORE = f"{OAK}vendors: [{{id: zoom, name: Zoom}}]\n"


def refused(bench: Bench, *, reading: bool = False) -> str:
    """Return the sentence with which a catalog can't be written, or read."""
    act = bench.catalog.districts if reading else lambda: bench.apply(MORE)
    with pytest.raises(CatalogError) as error:
        act()
    assert error.value.exit_code == 3
    return str(error.value)


def test_no_file_is_a_sentence_with_the_command_that_makes_one(tmp_path: Path) -> None:
    said = refused(Bench(str(tmp_path / "none.db"), tmp_path), reading=True)

    assert (
        said == f"There is no catalog at {tmp_path / 'none.db'}. Make one with: dataflows init {tmp_path / 'none.db'}"
    )
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("content", [b"", b"hello, this is no database", b"SQLite format 3\x00" + b"x" * 4096])
def test_a_file_that_is_no_catalog_is_refused_and_left_alone(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "other.db").write_bytes(content)

    for reading in (True, False):
        said = refused(Bench(str(tmp_path / "other.db"), tmp_path), reading=reading)
        assert any(word in said for word in ("no catalog", "not a catalog", "is no SQLite database"))
    assert (tmp_path / "other.db").read_bytes() == content


def test_a_folder_is_no_catalog(tmp_path: Path) -> None:
    assert refused(Bench(str(tmp_path), tmp_path)) == f"{tmp_path} is a folder, not a catalog."


def test_a_database_of_another_program_is_named_as_one(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE songs (name)")
    other.close()
    before = (tmp_path / "other.db").read_bytes()

    for act in (lambda: refused(Bench(str(tmp_path / "other.db"), tmp_path)), lambda: create(tmp_path / "other.db")):
        assert "is a database of another program" in act()
    assert (tmp_path / "other.db").read_bytes() == before


def create(path: Path) -> str:
    with pytest.raises(CatalogError) as error:
        create_catalog(Address.parse(str(path)), BEGAN)
    return str(error.value)


def test_a_catalog_is_not_made_over_a_file_or_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear parents", encoding="utf-8")

    assert "is there already, and is no catalog" in create(tmp_path / "letter.txt")
    assert "There is no folder" in create(tmp_path / "none" / "catalog.db")
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "Dear parents"


def test_a_catalog_is_not_made_where_a_folder_stands(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()

    assert "is a folder" in create(tmp_path / "made")


def test_a_catalog_opened_for_reading_only_can_be_asked_and_not_written(sqlite: Bench) -> None:
    reading = Bench(f"sqlite:///file:{sqlite.url}?mode=ro&uri=true", sqlite.folder)
    before = (sqlite.folder / "catalog.db").read_bytes()

    assert reading.catalog.districts() == ["oak"]
    assert len(reading.plan(MORE).adds) == 1
    assert "is read-only. Allow writing to the file and its folder." in refused(reading)
    assert (sqlite.folder / "catalog.db").read_bytes() == before


def test_a_journal_that_cannot_be_written_is_a_sentence(sqlite: Bench) -> None:
    """A folder in the journal's place stops SQLite even where the user is root."""
    (sqlite.folder / "catalog.db-journal").mkdir()

    assert "can't be used: its disk failed. Nothing was changed." in refused(sqlite)


@contextmanager
def without_rights() -> Iterator[None]:
    """Be an ordinary user for a while: root may write where nobody else may."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


@pytest.mark.parametrize(
    ("file", "folder", "said"),
    [
        (0o444, 0o777, "is read-only. Allow writing to the file and its folder."),
        (0o444, 0o555, "is read-only. Allow writing to the file and its folder."),
        (0o666, 0o555, "is read-only. Allow writing to the file and its folder."),
    ],
)
def test_a_catalog_that_may_not_be_written_can_be_read(file: int, folder: int, said: str, sqlite: Bench) -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        shutil.copy(sqlite.url, place / "catalog.db")
        (place / "file-0.yaml").write_text(MORE, encoding="utf-8", newline="\n")
        bench = Bench(str(place / "catalog.db"), place)
        bench.plan(place / "file-0.yaml")
        (place / "catalog.db").chmod(file)
        place.chmod(folder)
        with without_rights():
            assert bench.catalog.districts() == ["oak"]
            assert len(bench.plan(place / "file-0.yaml").adds) == 1
            with pytest.raises(CatalogError, match=re.escape(said)):
                bench.apply(place / "file-0.yaml")
        place.chmod(0o755)
        assert (place / "catalog.db").read_bytes() == (sqlite.folder / "catalog.db").read_bytes()


def test_a_catalog_that_may_not_be_read_is_a_sentence(sqlite: Bench) -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        shutil.copy(sqlite.url, place / "catalog.db")
        (place / "catalog.db").chmod(0)
        place.chmod(0o755)

        with without_rights():
            assert "can't be read: Permission denied." in refused(Bench(str(place / "catalog.db"), place), reading=True)


def test_a_locked_catalog_is_waited_for_and_then_named(sqlite: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.2)
    other = sqlite3.connect(sqlite.url, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    said = refused(sqlite)
    assert "is locked: another program was still writing after 0.2 s." in said
    assert sqlite.catalog.districts() == ["oak"]
    assert len(sqlite.plan(MORE).adds) == 1
    other.execute("ROLLBACK")
    other.close()
    sqlite.apply(MORE)


def test_a_reader_too_waits_for_whoever_has_the_catalog_for_itself(
    sqlite: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.2)
    other = sqlite3.connect(sqlite.url, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")

    assert "is locked" in refused(sqlite, reading=True)
    other.close()


def test_a_second_writer_waits_a_bounded_time_on_each_engine(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.apply(OAK)
    monkeypatch.setattr(database, "BUSY_SECONDS", 1)

    with connect(bench.catalog.address, writes=True):
        assert "is locked: another program was still writing after 1 s." in refused(bench)
    bench.apply(MORE)


def test_two_writers_at_once_both_come_through_one_after_the_other(bench: Bench) -> None:
    bench.apply(OAK)
    files = [bench.file(f"{OAK}vendors: [{{id: v{n}, name: V}}]\nschools: [{{id: s{n}, name: S}}]\n") for n in range(6)]

    with ThreadPoolExecutor(len(files)) as pool:
        done = [pool.submit(Catalog(bench.url).apply, name, by="Tester") for name in files]

    assert [future.exception() for future in done] == [None] * len(files)
    assert len(bench.rows("vendors")) == len(bench.rows("schools")) == 6
    assert [entry.number for entry in bench.catalog.log()] == list(range(7, 0, -1))
    bench.check_whole()


def test_a_full_disk_is_a_sentence_and_changes_nothing(sqlite: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite says the same where a database may not grow as where the disk is full."""
    path = sqlite.folder / "catalog.db"
    before = path.read_bytes()

    def open_small(address: Address) -> sa.Engine:
        engine = open_engine(address)
        pages = len(before) // 4096
        sa.event.listen(engine, "connect", lambda opened, _record: opened.execute(f"PRAGMA max_page_count = {pages}"))
        return engine

    monkeypatch.setattr(database, "open_engine", open_small)
    rows = ", ".join(f"{{id: v{n}, name: V, note: {'x' * 500}}}" for n in range(300))

    with pytest.raises(CatalogError, match=r"can't grow: the disk is full\. Nothing was changed\.") as error:
        sqlite.apply(f"{OAK}vendors: [{rows}]\n")
    assert error.value.exit_code == 3
    assert path.read_bytes() == before


def test_a_damaged_catalog_is_a_sentence(sqlite: Bench) -> None:
    path = sqlite.folder / "catalog.db"
    data = bytearray(path.read_bytes())
    data[4096:40960] = b"\xff" * 36864
    path.write_bytes(data)

    assert "damaged" in refused(sqlite)


def test_a_server_that_does_not_answer_is_a_sentence() -> None:
    with pytest.raises(CatalogError) as error:
        Catalog("postgresql://nobody:secret@127.0.0.1:9/none").districts()

    assert "can't be reached" in str(error.value)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize("text", ["", "  ", "mysql://x/y", "://", "nonsense://x", "postgresql://h:port/x"])
def test_an_address_that_is_none_is_bad_usage(text: str) -> None:
    with pytest.raises(UsageError):
        Catalog(text)


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_the_journal_mode_of_a_catalog_is_left_as_it_is(mode: str, sqlite: Bench) -> None:
    with sqlite3.connect(sqlite.url) as other:
        other.execute(f"PRAGMA journal_mode = {mode}")
    other.close()

    sqlite.apply(MORE)

    with sqlite3.connect(sqlite.url) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == (mode,)
    other.close()
    sqlite.check_whole()


@pytest.mark.parametrize(
    ("path", "risky"),
    [
        ("/people/a/OneDrive - Oak/catalog.db", True),
        ("/people/a/Dropbox/x/catalog.db", True),
        ("//server/share/catalog.db", True),
        ("/people/a/dropbox.db", False),
        ("/people/a/catalog.db", False),
    ],
)
def test_a_synchronised_or_network_folder_is_warned_about(path: str, risky: bool) -> None:
    assert bool(find_risky_place(Address.parse(path))) is risky


def test_a_network_drive_is_known_by_its_mount(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        (
            "disk / ext4 rw 0 0\nserver:/share /mnt/the\\040share nfs4 rw 0 0\n//pc/x /mnt/pc cifs rw 0 0\ndisk2 "
            "/mnt/pc/in ext4 rw 0 0\n"
        ),
        encoding="utf-8",
    )
    is_network = database._is_network_mount
    assert is_network(PurePosixPath("/mnt/the share/a/catalog.db"), mounts)
    assert is_network(PurePosixPath("/mnt/pc/catalog.db"), mounts)
    assert not is_network(PurePosixPath("/mnt/pc/in/catalog.db"), mounts)
    assert not is_network(PurePosixPath("/mnt/pcs/catalog.db"), mounts)


def stop_after(count: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Let each statement after the first `count` fail."""
    from dataflows.catalog import migrate

    def open_cut(address: Address) -> sa.Engine:
        engine = open_engine(address)
        left = [count]

        def look(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if statement.lstrip().upper().startswith(("CREATE", "INSERT", "UPDATE", "DROP", "ALTER", "PRAGMA APP")):
                left[0] -= 1
                if left[0] < 0:
                    raise OperationalError(statement, {}, Exception("cut"))

        sa.event.listen(engine, "before_cursor_execute", look)
        return engine

    monkeypatch.setattr(migrate, "open_engine", open_cut)
    yield count


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 8, 13, 21, 30, 34, 36])
def test_a_migration_cut_in_two_leaves_what_was_before_and_succeeds_the_next_time(
    count: int, catalog_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = Address.parse(catalog_url)
    with monkeypatch.context() as patch:
        next(stop_after(count, patch))
        with pytest.raises(CatalogError):
            create_catalog(address, BEGAN)

    if address.path is None:
        with open_engine(address).connect() as connection:
            assert sa.inspect(connection).get_table_names() == []
    else:
        assert not address.path.exists()
    assert create_catalog(address, BEGAN) is True
    assert Catalog(catalog_url).districts() == []


def test_an_apply_that_is_killed_leaves_what_was_before(sqlite: Bench) -> None:
    """The process ends by SIGKILL, or what stands for it, after the journal was written and before the commit."""
    before = [sqlite.rows("district"), sqlite.catalog.log()]
    script = (
        "import os, signal, sys\n"
        "from dataflows import Catalog\n"
        "from dataflows.catalog import writing\n"
        "writing._add_common_rows = lambda *_: os.kill(os.getpid(), getattr(signal, 'SIGKILL', signal.SIGTERM))\n"
        "Catalog(sys.argv[1]).apply(sys.argv[2], by='Tester')\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", script, sqlite.url, sqlite.file(MORE)],
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        check=False,
    )

    assert done.returncode == -getattr(signal, "SIGKILL", signal.SIGTERM), done.stderr
    assert [sqlite.rows("district"), sqlite.catalog.log()] == before
    sqlite.check_whole()
    sqlite.apply(MORE)


def test_upgrading_what_is_not_there_is_refused(catalog_url: str) -> None:
    with pytest.raises(CatalogError, match="There is no catalog at"):
        upgrade_catalog(Address.parse(catalog_url), BEGAN)
