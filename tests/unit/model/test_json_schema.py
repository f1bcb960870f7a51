"""The schema of the catalog file takes what the reader takes, and refuses what it can see is wrong."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from dataflows import assets
from dataflows.model.json_schema import build_catalog_schema
from dataflows.model.lists import LISTS
from dataflows.model.records import fields_of
from tests.machine import CHECKOUT

SCHEMA = build_catalog_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
DISTRICT = {"id": "oak", "name": "Oak County Schools", "state": "MD"}


class _Loader(yaml.SafeLoader):
    """Days stay text, as JSON has them."""


_Loader.yaml_implicit_resolvers = {
    key: [pair for pair in pairs if not pair[0].endswith(":timestamp")]
    for key, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def faults_of(tree: Any) -> list[str]:
    """Return the paths at which a catalog breaks the schema."""
    return ["/".join(str(part) for part in fault.absolute_path) for fault in VALIDATOR.iter_errors(tree)]


def catalog(**lists: Any) -> dict[str, Any]:
    return {"catalog": 1, "district": DISTRICT, **lists}


def test_the_schema_is_one_itself() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "path",
    [
        *sorted((CHECKOUT / "schemas/examples").glob("*.yaml")),
        *sorted((CHECKOUT / "tests/data/catalogs").glob("*.yaml")),
    ],
    ids=lambda path: path.name,
)
def test_our_own_catalogs_keep_to_it(path: Any) -> None:
    assert faults_of(yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)) == []  # noqa: S506  (a safe one)


def test_every_list_and_every_field_is_in_it() -> None:
    for spec in LISTS:
        holder = SCHEMA["$defs"]["District"] if spec.within_district else SCHEMA
        assert spec.name in holder["properties"]
        assert set(fields_of(spec.record)) <= set(SCHEMA["$defs"][spec.record.__name__]["properties"])


def test_every_reference_leads_to_a_definition() -> None:
    def refs(value: Any) -> list[str]:
        if isinstance(value, dict):
            own = [value["$ref"]] if "$ref" in value else []
            return own + [ref for item in value.values() for ref in refs(item)]
        return [ref for item in value for ref in refs(item)] if isinstance(value, list) else []

    assert {ref.removeprefix("#/$defs/") for ref in refs(SCHEMA)} <= set(SCHEMA["$defs"])


@pytest.mark.parametrize(
    ("tree", "path"),
    [
        ({"district": DISTRICT}, ""),
        ({"catalog": 2, "district": DISTRICT}, "catalog"),
        (catalog(vendor=[]), ""),
        (catalog(vendors=[{"id": "zoom"}]), "vendors/0"),
        (catalog(vendors=[{"id": "Zoom", "name": "Zoom"}]), "vendors/0/id"),
        (catalog(vendors=[{"id": "zoom", "name": "Zoom", "url": "javascript:alert(1)"}]), "vendors/0/url"),
        (catalog(vendors=[{"id": "zoom", "name": "Zoom", "web": "x"}]), "vendors/0"),
        (catalog(flows=[{"id": "f", "to": "zoom", "elements": "email"}]), "flows/0/elements"),
        (catalog(flows=[{"id": "f", "to": "z", "elements": ["email"], "method": "given"}]), "flows/0/method"),
        (
            catalog(flows=[{"id": "f", "to": "z", "elements": ["email"], "audience": {"school": "x"}}]),
            "flows/0/audience",
        ),
        (catalog(agreements=[{"id": "a", "vendor": "z", "kind": "dpa", "terms": {"fun": True}}]), "agreements/0/terms"),
    ],
)
def test_what_is_wrong_is_found_at_its_path(tree: Any, path: str) -> None:
    assert path in faults_of(tree)


@pytest.mark.parametrize(
    "row",
    [
        {"purpose": "Accounts"},
        {"purpose": {"en": "Accounts", "es": "Cuentas", "reviewed": {"es": {"by": "A. Reader", "date": "2026-01-02"}}}},
        {"ends": None, "retention_days": "365", "audience": {"schools": "all", "grades": "K-5"}},
        {"audience": {"schools": ["bethesda-es"], "grades": ["K", 1]}},
        {"opt_out": {"allowed": True, "how": "Ask."}, "was": "old-id", "note": None},
        {"sources": [{"title": "Contract", "url": "https://example.org/c.pdf", "seen": "2026-01-02"}]},
    ],
)
def test_the_spellings_of_the_interface_pass(row: dict[str, Any]) -> None:
    assert faults_of(catalog(flows=[{"id": "f", "to": "zoom", "elements": ["email"], **row}])) == []


def test_patterns_are_plain_enough_for_every_engine() -> None:
    def vendor(domain: str) -> dict[str, Any]:
        return catalog(vendors=[{"id": "zoom", "name": "Zoom", "domains": [domain]}])

    assert "(?i:" not in str(SCHEMA)
    assert faults_of(vendor("Zoom.us")) == []
    assert faults_of(vendor("zoom us")) == ["vendors/0/domains/0"]


def test_the_schema_is_among_the_programs_data() -> None:
    assert (assets.folder("schemas") / "imports" / "catalog.schema.json").exists()
