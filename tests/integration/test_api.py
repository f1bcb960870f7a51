"""The Python API: each method gives the result of its command."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from dataflows import Catalog, commands
from dataflows.errors import CatalogError, InputError, UnknownIdError, UsageError
from tests.integration.test_verify import ALL

if TYPE_CHECKING:
    from pathlib import Path

    from tests.catalogs import Bench

DAY = date(2026, 6, 1)


@pytest.fixture
def known(bench: Bench) -> Bench:
    bench.apply(ALL)
    bench.apply(ALL.replace("name: Zoom", "name: Zoom Video"), message="Renamed")
    return bench


def printed(bench: Bench, capfd: pytest.CaptureFixture[str], *words: str) -> Any:
    """Return what a command prints as JSON."""
    capfd.readouterr()
    code = commands.run([*words, "--format", "json", "--catalog", bench.url])
    out, err = capfd.readouterr()
    assert code in (0, 2), err
    return json.loads(out)


def test_each_question_has_the_answer_of_its_command(known: Bench, capfd: pytest.CaptureFixture[str]) -> None:
    catalog = known.catalog
    at = ("--as-of", str(DAY))

    assert catalog.holds("email", day=DAY).to_json() == printed(known, capfd, "holds", "email", *at)
    assert catalog.holds("category:student-name", "email", day=DAY).to_json() == printed(
        known, capfd, "holds", "category:student-name", "email", *at
    )
    assert [item.to_json() for item in catalog.show("zoom", day=DAY)] == [printed(known, capfd, "show", "zoom", *at)]
    assert [item.to_json() for item in catalog.due(day=DAY, within_days=90)] == printed(
        known, capfd, "due", "--within", "90d", *at
    )
    assert catalog.diff(date(2019, 1, 1), DAY).to_json() == printed(
        known, capfd, "diff", "--from", "2019-01-01", "--to", str(DAY)
    )
    assert [item.to_json() for item in catalog.verify()] == [printed(known, capfd, "verify")]
    assert [(entry.number, f"sha256:{entry.digest}") for entry in catalog.log()] == [
        (row["number"], row["digest"]) for row in printed(known, capfd, "log")
    ]


def test_holds_then_is_what_the_command_says_with_known_at(known: Bench, capfd: pytest.CaptureFixture[str]) -> None:
    moment = known.moment(0)

    found = known.catalog.holds("email", day=DAY, known_at=moment)

    assert found.to_json() == printed(
        known, capfd, "holds", "email", "--as-of", str(DAY), "--known-at", moment.isoformat()
    )
    assert [holder.name for holder in found.holders] == ["Zoom"]
    assert [holder.name for holder in known.catalog.holds("email", day=DAY).holders] == ["Zoom Video"]


def test_the_fast_way_of_holds_gives_what_the_snapshot_gives(known: Bench) -> None:
    now = known.moment(5)

    for words in (["email"], ["name"], ["first-name"], ["category:student-name"], ["sensitivity:low"], ["lunch-pin"]):
        fast, slow = known.catalog.holds(*words, day=DAY), known.catalog.holds(*words, day=DAY, known_at=now)
        assert fast.to_json() == slow.to_json()


def test_a_plan_is_what_the_command_prints(known: Bench, capfd: pytest.CaptureFixture[str]) -> None:
    for text in (ALL, ALL.replace("kind: agency", "kind: agancy"), ALL.replace("grades", "x")):
        name = known.file(text)

        assert known.catalog.plan(name).to_json() == printed(known, capfd, "plan", name)


def test_an_export_is_the_commands(known: Bench, tmp_path: Path) -> None:
    known.catalog.export(tmp_path / "api.yaml")
    assert commands.run(["export", str(tmp_path / "command.yaml"), "--catalog", known.url]) == 0

    assert (tmp_path / "api.yaml").read_bytes() == (tmp_path / "command.yaml").read_bytes()


def test_a_snapshot_and_its_graph_are_plain_values(known: Bench) -> None:
    snapshot = known.catalog.snapshot(DAY)
    graph = known.catalog.graph(DAY)

    assert snapshot.valid_on == DAY
    assert set(graph.nodes) >= {"oak", "zoom"}
    assert [key for _from, _to, key in graph.edges(keys=True)] == ["f"]
    with pytest.raises(AttributeError):
        snapshot.flows[0].purpose = "another"


def test_faults_are_raised_with_a_sentence(known: Bench, tmp_path: Path) -> None:
    with pytest.raises(UnknownIdError, match="There is no"):
        known.catalog.holds("e-mial", day=DAY)
    with pytest.raises(InputError, match="1 problem; nothing was written") as error:
        known.catalog.apply(tmp_path / "none.yaml", by="Tester")
    assert "There is no such file." in str(error.value.problems[0])
    with pytest.raises(CatalogError, match="dataflows init"):
        Catalog(tmp_path / "none.db").log()
    with pytest.raises(UsageError, match=r"\.docx"):
        known.catalog.export(tmp_path / "out.docx")


def test_create_opens_what_is_there(known: Bench) -> None:
    assert Catalog.create(known.url).districts() == ["oak"]
