"""Lists in a district's own words, planned and applied: matched by name, repeated without change, nothing removed."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from dataflows.actions.map_columns import known_to, map_columns
from dataflows.errors import InputError, UsageError
from tests.catalogs import OAK, Bench, added, changed

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = f"{OAK}schools: [{{id: elm, name: Elm}}]\nvendors: [{{id: zoom-us, name: Zoom, products: [Phone]}}]\n"
TEXT = "App,Company,What it gets,Used at\nMeetings,Zoom,Student name,Elm\nHudl,,?,\n"


@pytest.fixture
def known(bench: Bench) -> Bench:
    bench.apply(KNOWN)
    return bench


def write(folder: Path, text: str = TEXT) -> tuple[Path, Path]:
    """Write a list and the mapping that is proposed for it."""
    path, mapping = folder / "apps.csv", folder / "map.yaml"
    path.write_text(text, encoding="utf-8", newline="\n")
    mapping.write_text(map_columns(str(path)).text, encoding="utf-8", newline="\n")
    return path, mapping


def test_a_vendor_that_is_known_by_name_is_met_and_keeps_what_it_has(known: Bench, tmp_path: Path) -> None:
    path, mapping = write(tmp_path)

    plan = known.catalog.plan(path, mapping=mapping)

    assert added(plan) == ["vendor/hudl", "flow/meetings"]
    assert changed(plan) == {"vendor/zoom-us": {"products": [["Phone"], ["Phone", "Meetings"]]}}


def test_applying_twice_changes_nothing_and_a_row_that_is_gone_stays_known(known: Bench, tmp_path: Path) -> None:
    path, mapping = write(tmp_path)
    known.catalog.apply(path, by="Tester", mapping=mapping, at=known.moment(9))

    assert known.rows("flows")["meetings"]["audience"] == {"schools": ["elm"]}
    assert known.catalog.plan(path, mapping=mapping).is_empty
    shorter, _ = write(tmp_path, TEXT.replace("Hudl,,?,\n", ""))
    assert known.catalog.plan(shorter, mapping=mapping).is_empty
    known.check_whole()


def test_a_list_of_ones_own_can_not_replace(known: Bench, tmp_path: Path) -> None:
    path, mapping = write(tmp_path)

    with pytest.raises(UsageError, match="Leave out --replace, or --mapping"):
        known.catalog.plan(path, mapping=mapping, replace=True)


def test_a_catalog_file_beside_the_list_is_read_as_itself(bench: Bench, tmp_path: Path) -> None:
    path, mapping = write(tmp_path)

    plan = bench.catalog.plan(bench.file(KNOWN), path, mapping=mapping)

    assert [str(problem) for problem in plan.problems] == []
    assert "district/oak" in added(plan)
    assert "flow/meetings" in added(plan)


def test_what_the_kinds_of_our_fields_refuse_is_named_by_its_cell(known: Bench, tmp_path: Path) -> None:
    path, mapping = write(tmp_path, "App,What it gets,Contract ends,Contract start\nIXL,name,1/1/2026,6/30/2027\n")

    [problem] = known.catalog.plan(path, mapping=mapping).problems

    assert str(problem).endswith("apps.csv:2:3: It ends on 2026-01-01, before it begins on 2027-06-30.")


def test_a_mapping_that_is_not_there_is_an_error(known: Bench, tmp_path: Path) -> None:
    path, _ = write(tmp_path)

    with pytest.raises(InputError) as refused:
        known.catalog.plan(path, mapping=tmp_path / "other.yaml")

    assert "There is no such file." in str(refused.value.problems[0])


def test_words_that_districts_use_are_understood_in_our_tables_too(known: Bench, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "flows.csv").write_text("id,to,elements\nf,Zoom,ELL Status; SPED status;Birthdate\n", encoding="utf-8")

    known.apply(folder)

    assert known.rows("flows")["f"]["elements"] == ["date-of-birth", "english-learner", "iep-504"]


def test_vendors_and_schools_of_the_catalog_are_proposed_for_names_that_differ(bench: Bench, tmp_path: Path) -> None:
    bench.apply(
        f"{OAK}schools: [{{id: oak-high, name: Oak High School}}, {{id: elm, name: Elm Elementary}}]\n"
        "vendors: [{id: zoom-us, name: 'Zoom Video Communications, Inc.', domains: [zoom.us]}]\n"
    )
    text = (
        "App,Company,Website,Data,Used at\nMeetings,Zoom,zoom.us,Name,Oak HS\nIXL,IXL Learning,ixl.com,Name,Elm Elem.\n"
    )
    path = tmp_path / "apps.csv"
    path.write_text(text, encoding="utf-8", newline="\n")

    proposal = map_columns(str(path), known=known_to(bench.catalog.address, None))
    mapping = tmp_path / "map.yaml"
    mapping.write_text(proposal.text, encoding="utf-8", newline="\n")

    for line in (
        "    id: zoom-us",
        "      # The catalog has 'Zoom Video Communications, Inc.' (zoom-us) with zoom.us.",
        "    id: oak-high",
        "      # The catalog has 'Elm Elementary'.",
    ):
        assert line in proposal.text
    plan = bench.catalog.plan(path, mapping=mapping)
    assert added(plan) == ["vendor/ixl-learning", "flow/meetings", "flow/ixl"]
    bench.catalog.apply(path, by="Tester", mapping=mapping, at=bench.moment(9))
    assert {id: flow["audience"] for id, flow in bench.rows("flows").items()} == {
        "ixl": {"schools": ["elm"]},
        "meetings": {"schools": ["oak-high"]},
    }


def test_another_name_of_a_vendor_stands_for_its_id_in_tables(known: Bench, tmp_path: Path) -> None:
    known.apply(f"{OAK}vendors: [{{id: zoom-us, aliases: [Zoom Video]}}, {{id: two, name: Two, aliases: [Zoom]}}]\n")
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "vendors.csv").write_text("id,name,aliases\nixl,IXL Learning,IXL Inc\n", encoding="utf-8")
    (folder / "flows.csv").write_text(
        "id,to,elements\nf,zoom video,email\ng,Zoom,email\nh,IXL Inc,email\n", encoding="utf-8"
    )

    known.apply(folder)

    assert [known.rows("flows")[id]["to"] for id in "fgh"] == ["zoom-us", "zoom-us", "ixl"]


def test_a_workbook_and_a_list_are_read_from_the_standard_input(
    known: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known.catalog.export(tmp_path / "book.xlsx")
    _, mapping = write(tmp_path)
    for data, words in (((tmp_path / "book.xlsx").read_bytes(), {}), (TEXT.encode(), {"mapping": mapping})):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

        plan = known.catalog.plan("-", **words)

        assert plan.problems == ()
        assert plan.is_empty == (not words)
