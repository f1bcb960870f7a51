"""What was known when: the log, what a day or a moment knew, and what changed between two days."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dataflows.actions.export import read_catalog
from dataflows.errors import UsageError
from tests.catalogs import OAK, Bench

FLOW = "{id: f, to: zoom, elements: [email], starts: 2026-01-01%s}"
FIRST = f"{OAK}vendors: [{{id: zoom, name: Zoom}}]\nflows: [{FLOW % ''}]\n"


def test_the_log_says_who_changed_what_and_why_newest_first(bench: Bench) -> None:
    bench.apply(FIRST, by="Ana Lobos", message="First load")
    bench.apply(
        f"{OAK}vendors: [{{id: zoom, name: Zoom Video}}, {{id: aws, name: AWS}}]\n", by="Ben", message="Näheres 漢"
    )

    log = bench.catalog.log()

    assert [(e.number, e.by, e.message, e.added, e.changed, e.removed) for e in log] == [
        (2, "Ben", "Näheres 漢", 1, 1, 0),
        (1, "Ana Lobos", "First load", 3, 0, 0),
    ]
    assert [e.at for e in log] == ["2026-01-02T12:00:00.000000+00:00", "2026-01-01T12:00:00.000000+00:00"]
    assert log[0].previous == log[1].digest
    assert log[1].previous == "0" * 64


def test_an_entry_commits_to_the_versions_it_recorded_and_retired(bench: Bench) -> None:
    bench.apply(FIRST)
    first = bench.catalog.log()[0]
    bench.apply(f"{OAK}flows: []\n", replace=True)

    assert bench.catalog.log()[1] == first
    assert bench.run("SELECT list, id, recorded_by, retired_by FROM journal ORDER BY list, id") == [
        ("district", "oak", 1, None),
        ("flows", "f", 1, 2),
        ("vendors", "zoom", 1, None),
    ]


def test_what_is_known_now_and_then(bench: Bench) -> None:
    bench.apply(FIRST)
    bench.apply(f"{OAK}vendors: [{{id: aws, name: AWS}}]\nflows: [{{id: f, to: aws, ends: 2026-12-31}}]\n")
    bench.apply(f"{OAK}flows: []\n", replace=True)
    day = date(2026, 6, 1)

    answers = [
        [
            holder.holding.party
            for holder in bench.catalog.holds("email", day=day, known_at=bench.moment(number)).holders
        ]
        for number in range(3)
    ]

    assert answers == [["zoom"], ["aws"], []]
    assert bench.catalog.holds("email", day=day).holders == ()
    assert [len(bench.catalog.snapshot(day, bench.moment(number)).vendors) for number in range(3)] == [1, 2, 2]


def test_a_moment_between_two_entries_knows_the_earlier_and_one_before_the_first_is_refused(bench: Bench) -> None:
    bench.apply(FIRST)
    bench.apply(f"{OAK}vendors: [{{id: aws, name: AWS}}]\n")
    day = date(2026, 6, 1)
    almost = bench.moment(1) - timedelta(microseconds=1)

    assert set(bench.catalog.snapshot(day, almost).vendors) == {"zoom"}
    assert set(bench.catalog.snapshot(day, bench.moment(1)).vendors) == {"zoom", "aws"}
    with pytest.raises(UsageError, match="Nothing was known of oak"):
        bench.catalog.snapshot(day, bench.moment(0) - timedelta(microseconds=1))


def test_a_moment_may_be_given_in_any_zone(bench: Bench) -> None:
    bench.apply(FIRST)
    bench.apply(f"{OAK}vendors: [{{id: aws, name: AWS}}]\n")
    there = bench.moment(1).astimezone(timezone(timedelta(hours=-10)))

    assert len(bench.catalog.snapshot(date(2026, 6, 1), there).vendors) == 2
    assert len(bench.catalog.snapshot(date(2026, 6, 1), there - timedelta(hours=1)).vendors) == 1


def make_edits(random: Random) -> tuple[str, bool]:
    """Return a file that adds, changes, renames or, with `--replace`, removes rows of a small world."""
    vendors = random.sample(["a", "b", "c"], random.randint(0, 2))
    rows = [f"{{id: {id}, name: N{random.randint(0, 2)}}}" for id in vendors]
    free = [id for id in "abcd" if id not in vendors]
    if random.random() < 0.3:
        rows.append(f"{{id: {free[0]}, name: R, was: {free[1]}}}")
    flows = [
        (
            f"{{id: f{n}, to: {random.choice([*vendors, free[0]])}, elements: [{random.choice(['email', 'name'])}], "
            f"purpose: P{random.randint(0, 1)}}}"
        )
        for n in random.sample(range(3), random.randint(0, 2))
    ]
    text = f"{OAK}vendors: [{', '.join(rows)}]\nflows: [{', '.join(flows)}]\n"
    return text, random.random() < 0.3


@given(st.integers(0, 2**32))
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_past_as_it_was_known_never_changes(empty_catalog: Path, seed: int) -> None:
    random = Random(seed)  # noqa: S311  (edits keep no secret)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(empty_catalog, folder / "catalog.db")
        bench = Bench(str(folder / "catalog.db"), folder)
        bench.apply(f"{OAK}vendors: [{{id: a, name: A}}]\n")
        known: list[tuple[datetime, dict[str, Any]]] = []
        for _ in range(6):
            text, replace = make_edits(random)
            if bench.plan(text, replace=replace).problems:
                continue
            bench.apply(text, replace=replace)
            known.append((bench.moment(bench.applied - 1), read_catalog(bench.catalog.address, "oak")))

            assert [(at, read_catalog(bench.catalog.address, "oak", at)) for at, _bodies in known] == known
            assert bench.plan(text, replace=replace).is_empty
        bench.check_whole()


def test_diff_lists_what_began_and_what_ended(bench: Bench) -> None:
    flows = [
        "{id: all, to: zoom, elements: [email]}",
        "{id: began, to: zoom, elements: [email], starts: 2026-03-02}",
        "{id: began-on-to, to: zoom, elements: [email], starts: 2026-03-31}",
        "{id: began-on-from, to: zoom, elements: [email], starts: 2026-03-01}",
        "{id: ended, to: zoom, elements: [email], ends: 2026-03-30}",
        "{id: ended-on-to, to: zoom, elements: [email], ends: 2026-03-31}",
        "{id: ended-on-from, to: zoom, elements: [email], ends: 2026-03-01}",
        "{id: between, to: zoom, elements: [email], starts: 2026-03-10, ends: 2026-03-20}",
        "{id: later, to: zoom, elements: [email], starts: 2026-04-01}",
    ]
    bench.apply(f"{OAK}vendors: [{{id: zoom, name: Zoom}}]\nflows: [{', '.join(flows)}]\n")

    found = bench.catalog.diff(date(2026, 3, 1), date(2026, 3, 31))

    assert found.to_json() == {
        "from": "2026-03-01",
        "to": "2026-03-31",
        "added": ["began", "began-on-to"],
        "ended": ["ended", "ended-on-from"],
        "changed": [],
    }


def test_diff_lists_what_was_corrected_between_the_two_days(bench: Bench) -> None:
    bench.apply(
        FIRST.replace(
            "flows: [",
            "flows: [{id: g, to: zoom, elements: [email]}, {id: h, to: zoom, elements: [email], ends: 2026-01-05}, ",
        )
    )
    bench.apply(f"{OAK}flows: [{{id: f, purpose: P, opt_out: {{how: Ask}}}}, {{id: h, purpose: P}}]\n")  # on 2 January
    bench.apply(f"{OAK}flows: [{{id: new, to: zoom, elements: [name]}}]\n")
    bench.apply(f"{OAK}flows: [{{id: g, purpose: Q}}]\n")  # on 4 January

    def changed(start: int, end: int) -> list[dict[str, Any]]:
        return bench.catalog.diff(date(2026, 1, start), date(2026, 1, end)).to_json()["changed"]

    assert changed(1, 2) == [{"flow": "f", "fields": ["purpose", "opt_out.how"]}, {"flow": "h", "fields": ["purpose"]}]
    assert changed(1, 20) == [{"flow": "f", "fields": ["purpose", "opt_out.how"]}, {"flow": "g", "fields": ["purpose"]}]
    assert changed(2, 3) == []
    assert changed(2, 4) == [{"flow": "g", "fields": ["purpose"]}]
    assert changed(4, 20) == []


def test_a_correction_that_was_taken_back_is_no_change(bench: Bench) -> None:
    bench.apply(FIRST)
    bench.apply(f"{OAK}flows: [{{id: f, purpose: P}}]\n")
    bench.apply(f"{OAK}flows: [{{id: f, purpose: null}}]\n")

    assert bench.catalog.diff(date(2026, 1, 1), date(2026, 1, 9)).changed == ()


def test_diff_sees_both_days_as_the_catalog_knows_them_now(bench: Bench) -> None:
    bench.apply(FIRST)
    bench.apply(f"{OAK}flows: [{{id: f, starts: 2026-06-15}}]\n")

    found = bench.catalog.diff(date(2026, 6, 1), date(2026, 6, 30))

    assert found.added == ("f",)


@pytest.mark.parametrize(("start", "end"), [(date.min, date.max), (date.max, date.max), (date.min, date.min)])
def test_diff_takes_any_days(start: date, end: date, bench: Bench) -> None:
    bench.apply(FIRST)

    assert bench.catalog.diff(start, end).start == start


def test_districts_have_a_chain_each(bench: Bench) -> None:
    bench.apply(FIRST, FIRST.replace("id: oak", "id: elm"))
    bench.apply(f"{OAK}vendors: [{{id: zoom, name: Z}}]\n")

    found = {item.district: (item.entries, item.ok) for item in bench.catalog.verify()}

    assert found == {"elm": (1, True), "oak": (2, True)}
    assert len(Bench(bench.url, bench.folder, "elm").catalog.log()) == 1
