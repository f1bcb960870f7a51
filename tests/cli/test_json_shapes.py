"""What commands print as JSON keeps to its schema, and nothing is printed that no schema knows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from tests.machine import CHECKOUT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import DataflowsIn

DAY = "2020-04-06"
SHAPES = sorted(CHECKOUT.glob("schemas/exports/*.schema.json"))
BAD = """\
catalog: 1
district: {id: oak, name: Oak County Schools, state: MD}
vendors: [{id: zoom, name: Zoom, url: "javascript:alert(1)"}]
flows: [{id: f, to: zoom, elements: [e-mail], starts: 2026-02-30}]
"""


def closed(schema: Any) -> Any:
    """Return a schema that refuses fields which it does not name."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: closed(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and "additionalProperties" not in schema:
        found["additionalProperties"] = False
    return found


def faults_of(name: str, text: str) -> list[str]:
    schema = json.loads((CHECKOUT / "schemas" / "exports" / f"{name}.schema.json").read_text(encoding="utf-8"))
    validator = Draft202012Validator(closed(schema))
    return [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(json.loads(text))]


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.name)
def test_every_schema_is_one(path: Path) -> None:
    Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("holds", f"holds student-id --as-of {DAY} --format json"),
        ("holds", "holds sensitivity:low --as-of 2100-01-01 --format json"),
        ("diff", f"diff --from 2020-01-01 --to {DAY} --format json"),
        ("cut", f"cut student-id --from mcps --to aws --as-of {DAY} --format json"),
        ("cut", f"cut name email --from students --to zoom --weight students --as-of {DAY} --format json"),
        ("verify", "verify --format json"),
        ("audit", f"audit --fail-on never --as-of {DAY} --format json"),
        ("audit-compare", "audit --compare 2100-01-01 --as-of 2100-06-01 --fail-on never --format json"),
        ("log", "log --format json"),
        ("due", "due --within 9000d --as-of 2026-01-01 --format json"),
        ("map", f"map network --as-of {DAY} -o map.json"),
        ("map", f"map vendor zoom --as-of {DAY} -o map.json"),
        ("map", f"map matrix --as-of {DAY} -o map.json"),
        ("map", f"map matrix --by category --as-of {DAY} -o map.json"),
        ("map-overview", f"map overview --as-of {DAY} -o map.json"),
        ("map-overview", f"map overview --as-of {DAY} --compare 2020-03-01 --findings -o map.json"),
        ("map", f"map matrix --as-of {DAY} --compare 2020-03-01 --findings -o map.json"),
        ("map", f"map network --as-of {DAY} --compare 2020-03-01 --findings -o map.json"),
        ("map-summary", f"map summary --as-of {DAY} -o map.json"),
    ],
)
def test_a_command_prints_its_shape(
    name: str, words: str, demo: Path, tmp_path: Path, dataflows_in: DataflowsIn
) -> None:
    done = dataflows_in(tmp_path, *words.split(), "--catalog", str(demo / "dataflows.db"))

    assert done.returncode == 0, done.stderr
    made = tmp_path / "map.json"
    assert faults_of(name, made.read_text(encoding="utf-8") if made.exists() else done.stdout) == []


def test_a_plan_prints_its_shape_with_its_problems_too(tmp_path: Path, dataflows_in: DataflowsIn) -> None:
    (tmp_path / "bad.yaml").write_text(BAD, encoding="utf-8", newline="\n")
    dataflows_in(tmp_path, "init")

    done = dataflows_in(tmp_path, "plan", "bad.yaml", "--format", "json")

    assert done.returncode == 2
    assert faults_of("plan", done.stdout) == []
    assert len(json.loads(done.stdout)["problems"]) == 3


def test_a_plan_of_additions_and_changes_prints_its_shape(tmp_path: Path, dataflows_in: DataflowsIn) -> None:
    good = BAD.replace("javascript:alert(1)", "https://zoom.us").replace("e-mail", "email").replace("02-30", "02-28")
    (tmp_path / "good.yaml").write_text(good, encoding="utf-8", newline="\n")
    (tmp_path / "next.yaml").write_text(good.replace("name: Zoom", "name: Zoom Video"), encoding="utf-8", newline="\n")
    dataflows_in(tmp_path, "init")

    first = dataflows_in(tmp_path, "plan", "good.yaml", "--format", "json")
    dataflows_in(tmp_path, "apply", "good.yaml")
    second = dataflows_in(tmp_path, "plan", "next.yaml", "--format", "json")

    assert faults_of("plan", first.stdout) == faults_of("plan", second.stdout) == []
    assert json.loads(second.stdout)["changes"] == [
        {"kind": "vendor", "id": "zoom", "fields": {"name": ["Zoom", "Zoom Video"]}}
    ]
