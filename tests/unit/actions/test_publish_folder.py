"""A package's folder is whole before or after, whatever goes wrong in between, and nothing outside is touched."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from dataflows.actions.publish_folder import STAGE, look_into, staged
from dataflows.errors import OutputError
from tests.packages import files_in

if TYPE_CHECKING:
    from pathlib import Path

    from dataflows.actions.publish_folder import Stage

BEFORE = {"manifest.json": b"old", "a/one.txt": b"1", "a/two.txt": b"2"}
AFTER = {"manifest.json": b"new", "a/one.txt": b"one", "b/c/three.txt": b"3"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in BEFORE.items():
        path = tmp_path / "out" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path / "out"


def change(stage: Stage, folder: Path) -> None:
    stage.write(AFTER)
    stage.move_in({"a/two.txt": folder / "a/two.txt"})


def fail_after_the_move(folder: Path, gone: dict[str, Path]) -> None:
    with staged(folder) as stage:
        stage.write(AFTER)
        stage.move_in(gone)
        raise ZeroDivisionError


def test_new_contents_take_the_place_of_the_old_and_nothing_else_is_left(folder: Path) -> None:
    with staged(folder) as stage:
        change(stage, folder)

    assert files_in(folder) == AFTER
    assert sorted(path.name for path in folder.iterdir()) == ["a", "b", "manifest.json"]


def test_whatever_goes_wrong_after_the_move_the_folder_is_as_it_was(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        fail_after_the_move(folder, {"a/two.txt": folder / "a/two.txt"})

    assert files_in(folder) == BEFORE
    assert sorted(path.name for path in folder.iterdir()) == ["a", "manifest.json"]


def test_a_move_that_fails_half_way_is_taken_back(folder: Path) -> None:
    """One file is to go below a name that is a file's, which nothing shows before its turn."""

    def move() -> None:
        with staged(folder) as stage:
            stage.write({"a/one.txt": b"one", "manifest.json/below.txt": b"file"})
            stage.move_in({"a/two.txt": folder / "a/two.txt"})

    with pytest.raises(OutputError, match="can't be written"):
        move()

    assert files_in(folder) == BEFORE


def test_a_folder_that_was_not_there_is_not_there_after_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        fail_after_the_move(tmp_path / "x" / "y", {})

    assert list(tmp_path.iterdir()) == []


def test_two_runs_do_not_write_one_folder(folder: Path) -> None:
    with staged(folder) as stage:
        with pytest.raises(OutputError, match="Another run is writing"), staged(folder):
            pass
        change(stage, folder)

    assert files_in(folder) == AFTER


def test_links_and_what_is_no_plain_file_are_told_apart_and_not_followed(folder: Path) -> None:
    (folder / "link").symlink_to("/etc")
    (folder / "a" / "file").symlink_to(folder / "manifest.json")
    os.mkfifo(folder / "pipe")

    found = look_into(folder)

    assert set(found.files) == set(BEFORE)
    assert found.odd == {"a/file": "a symbolic link", "link": "a symbolic link", "pipe": "no plain file"}
    assert STAGE not in {name.partition("/")[0] for name in found.files}
