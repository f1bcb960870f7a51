"""portal on the command line: what it prints, where it stops, and how the demo ends."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.portals import files_of, page_faults

if TYPE_CHECKING:
    from tests.conftest import DataflowsIn


def test_the_demo_ends_with_the_portal_and_says_which_file_to_open(
    demo: Path, dataflows_in: DataflowsIn, tmp_path: Path
) -> None:
    assert (demo / "portal" / "index.html").is_file()
    assert list(page_faults(demo / "portal")) == []
    done = dataflows_in(tmp_path, "demo", "again")

    last = done.stdout.splitlines()[-1]
    assert last.startswith("Open this first: ")
    assert (tmp_path / last.removeprefix("Open this first: ")).is_file()


def test_it_says_what_it_wrote_and_a_second_run_writes_nothing(
    demo: Path, dataflows_in: DataflowsIn, tmp_path: Path
) -> None:
    words = ("portal", "site", "--catalog", str(demo / "dataflows.db"), "--as-of", "2026-09-01")
    first, second = dataflows_in(tmp_path, *words), dataflows_in(tmp_path, *words)

    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    count = len(files_of(tmp_path / "site"))
    assert f"{count} files in en, es: {count - 1} written, 0 removed." in first.stderr
    assert "0 written, 0 removed." in second.stderr
    assert "left out" not in first.stderr
    assert second.stdout.split() == ["Open", str(Path("site", "index.html"))]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("portal", "a-file"), "can't be made"),
        (("portal", "a-file/site"), "can't be"),
        (("portal", " "), "needs the name of a folder"),
        (("portal", "site", "--since", "2026-09-02"), "--since 2026-09-02 is after 2026-09-01"),
        (("portal", "site", "--look", "nowhere"), "There is no such folder"),
        (("portal", "site", "--district", "elm"), "There is no district called 'elm'"),
        (("portal",), "Missing argument 'DIR'"),
    ],
)
def test_what_can_not_be_done_leaves_with_2_and_writes_nothing(
    demo: Path, dataflows_in: DataflowsIn, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    (tmp_path / "a-file").write_text("x", encoding="utf-8")
    done = dataflows_in(tmp_path, *words, "--catalog", str(demo / "dataflows.db"), "--as-of", "2026-09-01")

    assert done.returncode == 2
    assert said in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a-file"]


def test_a_catalog_that_is_not_there_leaves_with_3(dataflows_in: DataflowsIn, tmp_path: Path) -> None:
    assert dataflows_in(tmp_path, "portal", "site", "--catalog", "none.db").returncode == 3
    assert list(tmp_path.iterdir()) == []
