from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from dataflows.sources.files import open_catalog_file
from dataflows.sources.json_places import json_tokens

if TYPE_CHECKING:
    from pathlib import Path

    from dataflows.sources.base import CatalogFile

TREES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=15,
)


def opened(tmp_path: Path, text: str, name: str = "catalog.json") -> CatalogFile:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    return open_catalog_file(str(path))


def test_values_keep_their_kinds_and_surrogates_reach_the_rows(tmp_path: Path) -> None:
    row = '{"a": 1, "b": 1.5, "c": true, "d": "\\ud800", "e": null}'
    file = opened(tmp_path, f'{{"catalog": 1, "district": {{"id": "oak"}}, "vendors": [{row}]}}')

    assert [row.tree for row in file.rows()] == [{"a": 1, "b": 1.5, "c": True, "d": "\ud800", "e": None}]
    assert file.problems == []


def test_what_stands_before_a_fault_is_still_read(tmp_path: Path) -> None:
    file = opened(tmp_path, '{"catalog": 1, "district": {"id": "oak"},\n "vendors": [{"id": "zoom"}, {"id": ]}')

    assert [row.tree for row in file.rows()] == [{"id": "zoom"}]
    assert [(p.location.line, p.location.column) for p in file.problems] == [(2, 37)]


def test_places_are_found_in_any_layout(tmp_path: Path) -> None:
    file = opened(tmp_path, '{"catalog":1,"district":{"id":"oak"},\n"flows":[\n{"id":"a"},{"to":"x",\n "id":"b"}]}')
    place = file.locate([("flows", 1, "to")])["flows", 1, "to"]

    assert (place.line, place.column, place.where) == (3, 18, "flows[b].to")


def test_json_is_known_by_its_content_where_the_name_lies(tmp_path: Path) -> None:
    text = '{"catalog": 1, "district": {"id": "oak", "name": "\\ud83d\\ude00"}}'

    for name in ("catalog.yaml", "catalog", "catalog.txt", "catalog.json"):
        assert opened(tmp_path, text, name).district() == {"id": "oak", "name": "😀"}
    for name in ("yaml.json", "yaml", "yaml.txt"):
        assert opened(tmp_path, "catalog: 1\ndistrict: {id: oak}\n", name).district() == {"id": "oak"}
    assert opened(tmp_path, "{catalog: 1, district: {id: oak}}\n", "flow").district() == {"id": "oak"}


@given(TREES, st.sampled_from([None, 1]))
def test_the_tokens_are_those_of_the_tree(tree: Any, indent: int | None) -> None:
    def flat(value: Any) -> list[Any]:
        if isinstance(value, dict):
            return ["{", *(part for key, item in value.items() for part in (key, *flat(item))), "}"]
        if isinstance(value, list):
            return ["[", *(part for item in value for part in flat(item)), "]"]
        return [value]

    tokens = list(json_tokens(json.dumps(tree, indent=indent)))

    assert [token.value if token.kind == "scalar" else token.kind for token in tokens] == flat(tree)


@given(st.text('{}[]:,"ab01-.etrufalsn \n\\', max_size=20))
def test_the_tokenizer_takes_what_the_library_takes_and_nothing_else(text: str) -> None:
    try:
        json.loads(text)
        is_json = True
    except ValueError:
        is_json = False

    assert any(token.kind == "stop" for token in json_tokens(text)) is not is_json
