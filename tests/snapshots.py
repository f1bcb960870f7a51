"""Builds a snapshot from a catalog file in a test's own text, without a database."""

from __future__ import annotations

from datetime import date
from typing import Any

import yaml

from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.model.bodies import check_body, merge_bodies
from dataflows.model.lists import IN_JOURNAL
from dataflows.model.snapshot import Snapshot, build_snapshot
from dataflows.sources.rows import RowReader

DISTRICT = {"id": "oak", "name": "Oak County Schools", "state": "MD"}


def snapshot_of(text: str, valid_on: str = "2026-10-01") -> Snapshot:
    """Read a catalog in YAML; the district may be left out. What is wrong in it fails the test."""
    bodies = bodies_of(text)
    return build_snapshot(bodies, taxonomy=builtin_taxonomy(), valid_on=date.fromisoformat(valid_on))


def bodies_of(text: str) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """Read a catalog in YAML as the canonical bodies of its rows.

    What `publish` records may stand there too, as if it were a list of a file.
    """
    loaded = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  (it builds only texts)
    tree: dict[str, Any] = _without_nulls(loaded) or {}
    district = {**DISTRICT, **tree.get("district", {})}
    reader = RowReader(district["id"], (district.get("home_languages") or ["en"])[0], {})
    bodies: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for spec in IN_JOURNAL.values():
        holder = district if spec.within_district else tree
        rows = [district] if spec.name == "district" else holder.pop(spec.name, None) or []
        if spec.name == "district":
            rows = [{key: value for key, value in district.items() if key not in ("contacts", "regulations")}]
        for row in rows:
            said = reader.read(spec, row)
            body = merge_bodies({}, said, spec)
            for problem in check_body(spec, body, builtin_taxonomy(), district=district["id"]):
                raise AssertionError((spec.name, row, problem))
            bodies.setdefault(spec.name, []).append((spec.key_of(body), body))
    assert not reader.problems, reader.problems
    return bodies


def _without_nulls(value: Any) -> Any:
    """Turn the words for nothing into None: the plain loader keeps them as text."""
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_nulls(item) for item in value]
    return None if value in ("", "null", "~") else value
