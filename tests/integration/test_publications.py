"""The record of what was published, on both databases: in journal, tables and log, in no file, and never lost."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from dataflows.actions.export import export_catalog, read_catalog
from dataflows.actions.publish import Wanted, publish
from dataflows.actions.publish_folder import staged
from dataflows.actions.publish_sent import SentFile, Way
from dataflows.actions.publish_verify import verify_package
from dataflows.catalog.writing import Signature
from dataflows.errors import CatalogError
from tests.packages import DISTRICT, files_in

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from dataflows.actions.publish import Published
    from dataflows.actions.publish_folder import Stage
    from tests.catalogs import Bench

DAY = date(2026, 8, 14)
LESS = ("disclosures-summary", "package")
"""Left out, so that the tests are quick."""


def freeze(bench: Bench, folder: Path, *, sent: tuple[SentFile, ...] = (), way: Way | None = None) -> Published:
    at = bench.moment(bench.applied).isoformat(timespec="microseconds")
    bench.applied += 1
    without = () if sent else LESS
    wanted = Wanted(as_of=DAY, without=without, sent=sent, way=way or Way())
    return publish(bench.catalog.address, bench.catalog.district, folder, wanted, Signature(at, "Pat", "", "1"))


def recorded(bench: Bench) -> dict[str, dict[str, Any]]:
    """Return what the catalog has recorded, by id."""
    sql = "SELECT id, body FROM journal WHERE list = 'publications' AND retired_by IS NULL"
    return {id: json.loads(body) for id, body in bench.run(sql)}


@pytest.fixture
def oak(bench: Bench) -> Bench:
    bench.apply(DISTRICT)
    return bench


def test_the_record_stands_in_the_chain_and_in_its_table(oak: Bench, tmp_path: Path) -> None:
    done = freeze(oak, tmp_path / "out")

    assert done.entry is not None
    assert (done.entry.number, done.entry.added) == (2, 2)
    oak.check_whole()
    assert {row[0] for row in oak.run("SELECT kind FROM publications")} == {"annual", "disclosures"}
    oak.run("UPDATE publications SET kind = 'directory' WHERE kind = 'annual'")
    [verified] = oak.catalog.verify()
    assert any("publications" in reason for reason in verified.reasons)


def test_a_record_that_is_gone_from_its_table_is_found(oak: Bench, tmp_path: Path) -> None:
    freeze(oak, tmp_path / "out")

    oak.run("DELETE FROM publications WHERE kind = 'annual'")

    assert not oak.catalog.verify()[0].ok


def test_a_record_that_was_altered_in_the_journal_is_found(oak: Bench, tmp_path: Path) -> None:
    freeze(oak, tmp_path / "out")

    oak.run("UPDATE journal SET body = replace(body, '2026-27', '2025-26') WHERE list = 'publications'")

    assert not oak.catalog.verify()[0].ok


def test_what_is_sent_later_is_a_new_version_and_nothing_sent_is_lost(oak: Bench, tmp_path: Path) -> None:
    freeze(oak, tmp_path / "out")
    pdf = SentFile("annual", None, tmp_path / "out/annual/annual.en.pdf")
    first = freeze(oak, tmp_path / "out", sent=(pdf,), way=Way(channels=("mail",), date=DAY))
    again = freeze(oak, tmp_path / "out", sent=(pdf,), way=Way(channels=("mail",), date=DAY))
    elsewhere = freeze(oak, tmp_path / "second")

    assert first.entry is not None
    assert (first.entry.changed, again.entry, elsewhere.entry) == (1, None, None)
    [row] = recorded(oak)["annual-2026-08-14"]["sent"]
    assert (row["channels"], row["date"], row["by"]) == (["mail"], "2026-08-14", "Pat")
    oak.check_whole()
    assert verify_package(tmp_path / "out", oak.catalog.address).ok
    second = verify_package(tmp_path / "second", oak.catalog.address)
    assert second.problems == (
        "The record annual-2026-08-14 has annual/annual.en.pdf as sent, and the manifest says otherwise.",
    )


def test_no_file_holds_or_removes_the_record(oak: Bench, tmp_path: Path) -> None:
    freeze(oak, tmp_path / "out")
    before = recorded(oak)

    for name in ("x.yaml", "x.json", "x.xlsx", "folder"):
        export_catalog(read_catalog(oak.catalog.address, None), str(tmp_path / name))
        assert oak.plan(tmp_path / name, replace=True).is_empty
    assert oak.problems(f"{DISTRICT}publications: []\n")
    oak.apply(DISTRICT.replace("id: mathly, name: Mathly", "id: mathy, was: mathly, name: Mathly"), replace=False)
    assert recorded(oak) == before
    oak.check_whole()


def test_a_catalog_that_changes_while_the_package_is_made_stops_it(
    oak: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another officer applies a file after the catalog was read: her change comes in at the last moment."""

    def late(folder: Path) -> AbstractContextManager[Stage]:
        monkeypatch.undo()
        oak.apply(DISTRICT.replace("name: Hostly", "name: Hostly Two"))
        return staged(folder)

    monkeypatch.setattr("dataflows.actions.publish.staged", late)

    with pytest.raises(CatalogError, match="was changed while the package was made"):
        freeze(oak, tmp_path / "out")

    assert not (tmp_path / "out").exists()
    assert recorded(oak) == {}


def test_a_folder_that_can_not_be_filled_leaves_no_record(
    oak: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dataflows.actions.publish_folder.os.fsync", full)

    with pytest.raises(Exception, match="No space left on device"):
        freeze(oak, tmp_path / "out")

    assert not (tmp_path / "out").exists()
    assert recorded(oak) == {}
    oak.check_whole()


def test_the_same_package_on_both_databases(oak: Bench, tmp_path: Path) -> None:
    freeze(oak, tmp_path / "out")
    freeze(oak, tmp_path / "second")

    first, second = files_in(tmp_path / "out"), files_in(tmp_path / "second")
    assert {name for name in first if first[name] != second[name]} == {"published.txt"}
