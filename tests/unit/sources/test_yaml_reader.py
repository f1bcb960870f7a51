from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pytest

from dataflows.sources.files import open_catalog_file

if TYPE_CHECKING:
    from pathlib import Path

    from dataflows.sources.base import CatalogFile

BEGIN = "catalog: 1\ndistrict: {id: oak, name: Oak, state: MD}\n"


def opened(tmp_path: Path, text: str | bytes, name: str = "catalog.yaml") -> CatalogFile:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return open_catalog_file(str(path))


@pytest.mark.parametrize(
    "word",
    [
        "no",
        "on",
        "Off",
        "No",
        "y",
        "true",
        "1.10",
        "12e4",
        "0x1F",
        "1:30",
        "1_000",
        "=",
        ".5",
        "007",
        "2020-03-30",
        "inf",
    ],
)
def test_an_unquoted_word_is_its_text(tmp_path: Path, word: str) -> None:
    file = opened(tmp_path, f"{BEGIN}vendors:\n  - {{id: {word}, aliases: [{word}]}}\n")

    [row] = file.rows()

    assert row.tree == {"id": word, "aliases": [word]}
    assert file.problems == []


@pytest.mark.parametrize("word", ["null", "Null", "NULL", "~", ""])
def test_a_plain_word_for_nothing_is_none_and_a_quoted_one_is_text(tmp_path: Path, word: str) -> None:
    file = opened(tmp_path, f"{BEGIN}vendors:\n- id: a\n  note: {word}\n  url: '{word}'\n  aliases: [\"{word}\"]\n")

    [row] = file.rows()

    assert row.tree == {"id": "a", "note": None, "url": word, "aliases": [word]}


def test_contacts_and_regulations_come_as_rows_and_the_district_without_them(tmp_path: Path) -> None:
    text = "catalog: 1\ndistrict:\n  id: oak\n  contacts: [{role: opt_out}]\n  regulations: []\n  esea: no\nflows: []\n"
    file = opened(tmp_path, text)

    assert file.district() == {"id": "oak", "esea": "no"}
    assert [(row.list, row.number, row.tree) for row in file.rows()] == [("contacts", 0, {"role": "opt_out"})]
    assert file.lists() == {"district", "contacts", "regulations", "flows"}


def test_a_district_after_the_lists_is_found_before_they_are_read(tmp_path: Path) -> None:
    file = opened(tmp_path, "catalog: 1\nvendors: [{id: zoom}]\ndistrict: {id: oak}\n")

    assert file.district() == {"id": "oak"}
    assert [row.tree for row in file.rows()] == [{"id": "zoom"}]
    assert file.problems == []


def test_one_bad_row_never_hides_the_next(tmp_path: Path) -> None:
    file = opened(tmp_path, f"{BEGIN}vendors: [zoom, {{id: aws}}, [x], {{id: clever, id: other}}]\n")

    assert [(row.number, row.tree) for row in file.rows()] == [(1, {"id": "aws"}), (3, {"id": "clever"})]
    assert [problem.location.where for problem in file.problems] == ["vendors[0]", "vendors[2]", "vendors[clever].id"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encodings_and_line_ends_make_no_difference(tmp_path: Path, encoding: str, newline: str) -> None:
    text = f"{BEGIN}vendors:\n- id: zoom\n  name: Señor 漢字 😀\n".replace("\n", newline)
    file = opened(tmp_path, text.encode(encoding))

    assert [row.tree["name"] for row in file.rows()] == ["Señor 漢字 😀"]
    assert file.locate([("vendors", 0, "name")])["vendors", 0, "name"].line == 5


def test_places_are_lines_and_columns_with_the_id_of_the_row(tmp_path: Path) -> None:
    text = (
        "catalog: 1\ndistrict:\n  id: oak\n  contacts:\n    - {role: opt_out, email: x}\n"
        "vendors:\n- name: Zoom\n  products: [{name: A}]\n  id: zoom\nwaivers:\n- {rule: a, subject: b, why: c}\n"
    )
    file = opened(tmp_path, text)
    places = file.locate(
        [
            ("vendors", 0, "products", 0, "name"),
            ("vendors", 0, "url"),
            ("contacts", 0, "email"),
            ("district", "contacts", 0, "email"),
            ("waivers", 0, "why"),
            ("flows", 3, "to"),
        ]
    )

    assert [(p.line, p.column, p.where) for p in places.values()] == [
        (8, 21, "vendors[zoom].products[0].name"),
        (7, 3, "vendors[zoom].url"),
        (5, 30, "district.contacts[opt_out].email"),
        (5, 30, "district.contacts[opt_out].email"),
        (11, 30, "waivers[a:b].why"),
        (1, 1, "flows[3].to"),
    ]


def test_rows_are_streamed(tmp_path: Path) -> None:
    file = opened(tmp_path, f"{BEGIN}vendors:\n" + "- {id: zoom}\n" * 5000 + "- broken: [\n")

    assert len(list(islice(file.rows(), 3))) == 3
    assert file.problems == []


def test_a_catalog_that_only_looks_like_having_anchors_is_read(tmp_path: Path) -> None:
    file = opened(tmp_path, f"{BEGIN}vendors:\n- id: zoom\n  name: Q &A !really << *now\n  note: 'AT&T'\n")

    assert [row.tree["name"] for row in file.rows()] == ["Q &A !really << *now"]
    assert file.problems == []


def test_the_python_parser_reads_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import yaml

    from dataflows.sources import yaml_places

    file = opened(tmp_path, f"{BEGIN}vendors:\n- {{id: zoom, note: ~, name: '~', aliases: [a, null]}}\n- bad\n")
    fast = [row.tree for row in file.rows()]
    monkeypatch.setattr(yaml_places, "LOADER", yaml.SafeLoader)
    slow = opened(tmp_path, f"{BEGIN}vendors:\n- {{id: zoom, note: ~, name: '~', aliases: [a, null]}}\n- bad\n")

    assert [row.tree for row in slow.rows()] == fast
    assert [str(problem) for problem in slow.problems] == [str(problem) for problem in file.problems]
