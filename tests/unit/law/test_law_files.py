"""Every file of schemas/law is whole: valid against its schema, cited, dated, and in words that exist."""

from __future__ import annotations

import csv
import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from dataflows import assets
from dataflows.law.bases import basis_groups, legal_bases, overlays, resolve_basis
from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.model.agreements import Agreement, Terms
from dataflows.model.district import Policies
from dataflows.model.parties import PARTY_KINDS
from dataflows.model.records import fields_of

if TYPE_CHECKING:
    from pathlib import Path

LAW = assets.folder("schemas") / "law"
FILES = sorted(path for path in LAW.rglob("*") if path.is_file() and path.parent.name != "_schema")


def read(path: Path) -> Any:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    return json.loads(json.dumps(tree, default=date.isoformat))


def read_schema(path: Path) -> Any:
    name = "state" if path.parent.name == "states" else path.stem
    return json.loads((LAW / "_schema" / f"{name}.json").read_text(encoding="utf-8"))


def dicts(tree: Any) -> list[dict[str, Any]]:
    if isinstance(tree, dict):
        return [tree, *(found for value in tree.values() for found in dicts(value))]
    return [found for item in tree for found in dicts(item)] if isinstance(tree, list) else []


def test_there_are_law_files() -> None:
    assert {path.name for path in FILES} >= {"legal-bases.yaml", "annual-notice.yaml", "complaint-contacts.yaml"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_law_file_is_valid_against_its_schema(path: Path) -> None:
    schema = read_schema(path)
    Draft202012Validator.check_schema(schema)

    problems = [f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(read(path))]
    assert problems == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_key_that_the_schema_does_not_know_is_noticed(path: Path) -> None:
    tree = read(path)
    row = tree[0] if isinstance(tree, list) else tree
    row["a-key-of-nobody"] = 1

    assert not Draft202012Validator(read_schema(path)).is_valid(tree)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_source_that_a_row_names_is_described(path: Path) -> None:
    tree = read(path)
    named = {name for row in dicts(tree) for name in row.get("read_in", ())}

    assert named <= set(tree["sources"] if isinstance(tree, dict) and "sources" in tree else ())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_period_ends_before_it_begins(path: Path) -> None:
    periods = [(row["from"], row["until"]) for row in dicts(read(path)) if row.get("from") and row.get("until")]

    assert [(first, last) for first, last in periods if last < first] == []


def test_a_key_is_written_once_in_a_mapping() -> None:
    for path in FILES:
        if path.suffix == ".yaml":
            check_keys(yaml.compose(path.read_text(encoding="utf-8")), path.name)


def check_keys(node: Any, name: str) -> None:
    if isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _ in node.value]
        assert len(keys) == len(set(keys)), (name, node.start_mark.line + 1, keys)
        for _, value in node.value:
            check_keys(value, name)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            check_keys(item, name)


def test_every_term_of_a_basis_is_a_term_of_agreements() -> None:
    terms, agreement = set(fields_of(Terms)), set(fields_of(Agreement))
    for basis in legal_bases().values():
        for demanded in (*basis.terms, *basis.proof):
            assert (demanded.term or "direct_control") in terms, basis.citation
            assert (demanded.alternative or "direct_control") in terms, basis.citation
            assert (demanded.field or "schedule") in agreement, basis.citation


def test_every_receiver_is_a_kind_of_party() -> None:
    kinds = {*PARTY_KINDS, "district", "students", "vendor"}
    for basis in legal_bases().values():
        assert {receiver.kind for receiver in basis.receivers or ()} <= kinds, basis.citation


def test_every_element_of_the_law_is_in_the_taxonomy() -> None:
    known = set(builtin_taxonomy().elements)
    for basis in legal_bases().values():
        more = [id for row in basis.elements_more for id in row["elements"]]
        assert {*(basis.elements or ()), *more} <= known
    for overlay in overlays().values():
        assert set(overlay.elements) <= known


def test_every_text_that_a_notice_item_names_is_a_policy_of_the_district() -> None:
    tree = read(LAW / "annual-notice.yaml")
    named = {row["field"] for row in dicts(tree) if row.get("field")}
    named |= {name for row in tree["items"] for name in row["fields"]}

    assert {name.removeprefix("policies.") for name in named} <= set(fields_of(Policies))


def test_what_is_offered_instead_of_a_citation_is_a_basis() -> None:
    tree = read(LAW / "legal-bases.yaml")
    offered = {word for row in tree["not_bases"] for word in row["instead"]}

    assert {word: resolve_basis(word) for word in offered} == {word: word for word in offered}


def test_the_members_of_a_group_are_bases() -> None:
    for group in basis_groups().values():
        assert group.members
        assert set(group.members) <= set(legal_bases())
