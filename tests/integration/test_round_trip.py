"""What is applied comes out again in every format, to the character, and going in again changes nothing."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dataflows.actions.export import read_catalog
from dataflows.model.kinds import Localized
from dataflows.model.list_kinds import ListOf
from dataflows.model.lists import BY_NAME, LISTS
from dataflows.model.records import Nested, Rows, fields_of
from dataflows.sources.yaml_writer import write_yaml
from tests.catalogs import OAK, Bench
from tests.wholes import whole_catalogs

Catalog = dict[str, list[tuple[str, dict[str, Any]]]]


def settled(kind: Any, value: Any, first: str) -> Any:
    """Return a value with one spelling for one meaning; None stands for what is not worth writing."""
    if isinstance(kind, Nested):
        return settled_body(kind.record, value, first) or None
    if isinstance(kind, Rows):
        if not value:
            return None
        rows = [row if isinstance(row, str) else settled_body(kind.record, row, first) for row in value]
        return [row[kind.plain] if kind.plain and list(row) == [kind.plain] else row for row in rows]
    if isinstance(kind, Localized) and isinstance(value, dict):
        return value[first] if list(value) == [first] else value
    if isinstance(kind, ListOf):
        return list(dict.fromkeys(value))
    return value


def settled_body(record: type, body: dict[str, Any], first: str) -> dict[str, Any]:
    found = {}
    for name, value in body.items():
        field = fields_of(record)[name]
        kept = settled(field.kind, value, first)
        if kept is not None and kept != field.standard:
            found[name] = kept
    return found


def settled_catalog(catalog: Catalog) -> Catalog:
    district = catalog["district"][0][1]
    first = district.get("home_languages", ["en"])[0]
    rows = {
        name: sorted(
            ((id, own_sender(settled_body(BY_NAME[name].record, body, first), district["id"])) for id, body in found),
            key=by_bytes,
        )
        for name, found in catalog.items()
    }
    return {name: found for name, found in rows.items() if found}


def own_sender(body: dict[str, Any], district: str) -> dict[str, Any]:
    """Leave out what an absent `from` means."""
    return {key: value for key, value in body.items() if (key, value) != ("from", district)}


def write(catalog: Catalog, path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        write_yaml(catalog, file)
    return path


@given(st.one_of(whole_catalogs(), whole_catalogs(with_every_field=True)))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_catalog_of_any_fields_comes_out_as_it_went_in(empty_catalog: Path, catalog: Catalog) -> None:
    with tempfile.TemporaryDirectory() as name:
        check_round_trip(catalog, empty_catalog, Path(name))


@given(whole_catalogs(with_every_field=True))
@settings(max_examples=3, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
def test_every_list_and_field_takes_part(empty_catalog: Path, catalog: Catalog) -> None:
    assert {name: set(rows[0][1]) for name, rows in catalog.items()} | RULED_OUT == {
        spec.name: set(fields_of(spec.record)) for spec in LISTS
    } | RULED_OUT
    with tempfile.TemporaryDirectory() as name:
        check_round_trip(catalog, empty_catalog, Path(name))


RULED_OUT = {"flows": set()}
"""A flow may lose its agreement or `via`, which must fit its ends."""


def check_round_trip(catalog: Catalog, empty: Path, folder: Path) -> None:
    shutil.copy(empty, folder / "catalog.db")
    bench = Bench(str(folder / "catalog.db"), folder)

    bench.apply(write(catalog, folder / "in.yaml"))

    known = read_catalog(bench.catalog.address, None)
    assert {name: sorted(rows, key=by_bytes) for name, rows in known.items()} == settled_catalog(catalog)
    for target in ("out.yaml", "out.json", "out"):
        bench.catalog.export(folder / target)
        plan = bench.plan(folder / target, replace=True)
        assert (plan.problems, plan.is_empty) == ((), True), (target, plan)
        assert bench.plan(folder / target).is_empty
        shutil.copy(empty, folder / "other.db")
        other = Bench(str(folder / "other.db"), folder)
        other.apply(folder / target)
        assert read_catalog(other.catalog.address, None) == known
    bench.check_whole()


EMPTY: dict[str, list[Any]] = {
    "adds": [], "changes": [], "removes": [], "problems": [], "left_out": [], "notes": [],
}  # fmt: skip


def by_bytes(row: tuple[str, Any]) -> bytes:
    return row[0].encode()


TEXTS = [
    "x" * 400,
    " leading",
    "trailing ",
    "a\n\n\nb\n",
    "- item",
    "# no comment",
    "---",
    "a\tb",
    "a\u0085b",
    "a\u2028b\u2029",
    "漢字かな",
    "مرحبا بالعالم",
    "שלום",
    "😀👩‍👩‍👧",
    "é\u0301 e\u0301",
    "\ufeffmark",
    "'=1+1",
    "=cmd|' /C calc'!A0",
    "no",
    "null",
    "_x0041_",
    "a;b\\;c",
    '"quoted"',
    "{{ jinja }}",
    "<script>alert(1)</script>",
    "a\\nb",
    "%s ? :x",
    "\u202eright",
    "'",
    "''",
]


@pytest.mark.parametrize("target", ["out.yaml", "out.json", "out"])
def test_texts_of_any_script_survive_byte_for_byte(target: str, bench: Bench, tmp_path: Path) -> None:
    rows = [
        (f"v{n:03}", {"id": f"v{n:03}", "name": f"N{text}", "note": text, "aliases": sorted({text, "b;"})})
        for n, text in enumerate(TEXTS)
    ]
    catalog = {"district": [("oak", {"id": "oak", "name": "Oak", "state": "MD"})], "vendors": rows}
    bench.apply(write(catalog, tmp_path / "in.yaml"))

    bench.catalog.export(tmp_path / target)

    plan = bench.plan(tmp_path / target, replace=True)
    assert (plan.problems, plan.to_json()) == ((), EMPTY)
    assert bench.rows("vendors") == dict(rows)
    assert [row[0] for row in bench.run("SELECT note FROM vendors ORDER BY id")] == TEXTS
    bench.check_whole()


def test_an_export_is_the_same_bytes_each_time_and_on_each_engine(bench: Bench, tmp_path: Path) -> None:
    rows = ", ".join(f"{{id: {id}, name: N}}" for id in ("b", "a-1", "a", "a1", "0", "z-a", "za"))
    bench.apply(f"{OAK}vendors: [{rows}]\n")

    for name in ("first", "second"):
        bench.catalog.export(tmp_path / f"{name}.yaml")

    text = (tmp_path / "first.yaml").read_text(encoding="utf-8")
    assert text == (tmp_path / "second.yaml").read_text(encoding="utf-8")
    ids = [line.split("id: ")[1].split(",")[0].strip("\"'") for line in text.splitlines() if "id: " in line][1:]
    assert ids == ["0", "a", "a-1", "a1", "b", "z-a", "za"]


def test_a_folder_that_held_another_export_holds_only_the_new_one(bench: Bench, tmp_path: Path) -> None:
    bench.apply(
        f"{OAK}vendors: [{{id: a, name: A, guidance: [{{topic: risk, text: T}}]}}]\nschools: [{{id: s, name: S}}]\n"
    )
    bench.catalog.export(tmp_path / "out")
    bench.apply(f"{OAK}vendors: [{{id: a, guidance: null}}]\nschools: []\n")
    bench.apply(f"{OAK}schools: []\n", replace=True)

    bench.catalog.export(tmp_path / "out")

    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["district.csv", "vendors.csv"]
    assert bench.plan(tmp_path / "out", replace=True).is_empty
