"""What is written is read again, to the character, in every format and for every field."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dataflows.model.lists import BY_NAME
from dataflows.sources.files import open_catalog_file
from dataflows.sources.writing import write_csv_folder, write_json, write_yaml
from dataflows.sources.yaml_text import is_literal, is_plain, literal, quoted
from tests.bodies import CATALOGS, TRICKY

Catalog = dict[str, list[tuple[str, dict[str, Any]]]]
THOROUGH = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def read_back(path: Path) -> Catalog:
    """Read a file into raw trees by list, without what it only clears."""
    file = open_catalog_file(str(path))
    found: Catalog = {}
    for row in file.rows():
        tree = pruned(row.tree)
        found.setdefault(row.list, []).append((BY_NAME[row.list].key_of(tree), tree))
    assert file.problems == []
    district = pruned(file.district())
    return {"district": [(district["id"], district)], **found}


def pruned(value: Any) -> Any:
    """Leave out what is None, and mappings in which nothing is left."""
    if isinstance(value, dict):
        kept = {key: pruned(item) for key, item in value.items() if item is not None}
        return {key: item for key, item in kept.items() if item != {}}
    return [pruned(item) for item in value] if isinstance(value, list) else value


def as_text(value: Any) -> Any:
    """Return a tree with the scalars that a file of texts gives."""
    if isinstance(value, dict):
        return {key: as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_text(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def texts_of(catalog: Catalog) -> Catalog:
    return {name: [(id, as_text(body)) for id, body in rows] for name, rows in catalog.items()}


def plain_products(catalog: Catalog) -> Catalog:
    """Return a catalog in which a product of a name alone is that name, as canonical bodies have it."""
    for _, vendor in catalog.get("vendors", ()):
        products = vendor.get("products", [])
        vendor["products"] = [p["name"] if isinstance(p, dict) and list(p) == ["name"] else p for p in products]
    return catalog


@THOROUGH
@given(CATALOGS)
def test_yaml_gives_back_what_was_written(catalog: Catalog) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalog.yaml"
        with path.open("w", encoding="utf-8", newline="\n") as stream:
            write_yaml(catalog, stream)

        assert read_back(path) == pruned(texts_of(catalog))


@THOROUGH
@given(CATALOGS)
def test_json_gives_back_what_was_written(catalog: Catalog) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalog.json"
        with path.open("w", encoding="utf-8", newline="\n") as stream:
            write_json(catalog, stream)

        assert read_back(path) == pruned(catalog)


@THOROUGH
@given(CATALOGS)
def test_a_folder_of_csv_gives_back_what_was_written(catalog: Catalog) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "catalog"
        write_csv_folder(catalog, folder)

        assert plain_products(pruned(read_back(folder))) == plain_products(pruned(texts_of(catalog)))


@given(st.one_of(TRICKY, st.text(max_size=60)))
@settings(deadline=None)
def test_a_text_means_itself_to_other_readers_of_yaml_too(text: str) -> None:
    written = text if is_plain(text) else quoted(text)

    assert yaml.safe_load(f"a: {written}\n") == {"a": text}
    in_flow = text if is_plain(text, in_flow=True) else quoted(text)
    assert yaml.load(f"[{in_flow}, {{{in_flow}: {in_flow}}}]", Loader=yaml.CSafeLoader) == [text, {text: text}]


@given(st.lists(st.sampled_from(["a", " ", "\n", "- ", "#", ":", "---", "\t", "é", "\u2028", "|", "b c"]), max_size=12))
def test_a_literal_block_is_used_only_where_it_is_exact(parts: list[str]) -> None:
    text = "".join(parts)

    if is_literal(text):
        assert yaml.safe_load(f"a:\n  b: {literal(text, '    ')}\n  c: d\n") == {"a": {"b": text, "c": "d"}}


@given(CATALOGS)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_same_catalog_gives_the_same_bytes(catalog: Catalog) -> None:
    made = []
    for copy in (catalog, {name: catalog[name] for name in reversed(catalog)}):
        stream = io.StringIO()
        write_yaml(copy, stream)
        write_json(copy, stream)
        made.append(stream.getvalue())

    assert made[0] == made[1]
