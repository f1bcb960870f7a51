"""Names for narrow places fit, and no two of them read alike: in any language, of any catalog."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.maps.matrix.heads import place_columns
from dataflows.maps.matrix.views import matrix_view
from dataflows.maps.narrow import Named, cut, narrow_names
from dataflows.maps.page.facts import read_page
from dataflows.maps.page.picture import draw_heads
from dataflows.maps.widths import width_of
from dataflows.maps.wording import our_wording
from dataflows.reporting.map_words import map_languages, map_wording, tell_snapshot
from tests.snapshots import snapshot_of
from tests.unit.maps.examples import parse

MOST = 20
ALL_ELEMENTS = f"""
vendors: [{{id: mathly, name: Mathly}}]
flows: [{{id: all, to: mathly, method: provided, elements: [{", ".join(builtin_taxonomy().elements)}]}}]
"""
OWN_ELEMENTS = """
elements:
  - {id: pass-1, name: Number of the identification that the office gave for lunch, category: other, sensitivity: low}
  - {id: pass-2, name: Number of the identification that the office gave for the bus, category: other, sensitivity: low}
  - {id: same-1, name: A very long name that two elements have one like another, category: other, sensitivity: low}
  - {id: same-2, name: A Very Long Name that two elements have one like another, category: other, sensitivity: low}
  - {id: short-1, name: Token, category: other, sensitivity: low}
  - {id: short-2, name: Token, category: other, sensitivity: low}
vendors: [{id: mathly, name: Mathly}]
flows: [{id: all, to: mathly, method: provided, elements: [pass-1, pass-2, same-1, same-2, short-1, short-2]}]
"""


def fits(text: str) -> bool:
    return len(text) <= MOST


def shown(*names: str, id: str = "e-") -> list[str]:
    named = [Named(name, f"{id}{number}", f"c{number}") for number, name in enumerate(names)]
    return narrow_names(our_wording(), named, fits)


def test_a_name_that_fits_stands_as_it_is_and_a_longer_one_is_cut() -> None:
    assert shown("Grade level") == ["Grade level"]
    assert cut("A name that is a good deal too long", fits) == "A name that is a go…"


def test_names_that_would_be_cut_alike_keep_the_words_in_which_they_differ() -> None:
    long = "words-of-an-id-that-is-long-"
    assert shown("Número de identificación local", "Número de identificación estatal", "Edad", id=long) == [
        "Número de id… local",
        "Número de i… estatal",
        "Edad",
    ]


def test_names_that_are_alike_have_their_ids() -> None:
    assert shown("Token", "token", "Other") == ["e-0", "e-1", "Other"]
    assert shown("Token", "token", id="words-of-an-id-that-is-long-") == ["Token [c0]", "token [c1]"]


@given(st.lists(st.text("abé 界", min_size=1, max_size=60), max_size=9))
def test_no_two_read_alike_and_each_fits(names: list[str]) -> None:
    found = shown(*(name.strip() or "a" for name in names))

    assert len({" ".join(text.casefold().split()) for text in found}) == len(names)
    assert all(fits(text) for text in found)


@pytest.mark.parametrize("language", map_languages())
@pytest.mark.parametrize("by", ["element", "category"])
def test_no_two_heads_of_a_matrix_read_alike(language: str, by: str) -> None:
    for catalog in (ALL_ELEMENTS, OWN_ELEMENTS):
        snapshot = tell_snapshot(snapshot_of(catalog), language)
        view = matrix_view(snapshot, by, wording=map_wording(language))
        for size in (7.0, 8.5, 11.0):
            columns = place_columns(view, 0.0, size)
            heads = [column.name for column in columns]
            assert len({head.casefold() for head in heads}) == len(view.columns)
            assert max(width_of(head, size) for head in heads) <= max(100.0, 12 * size) + 1


@pytest.mark.parametrize("language", map_languages())
def test_no_head_of_our_own_taxonomy_is_cut(language: str) -> None:
    snapshot = tell_snapshot(snapshot_of(ALL_ELEMENTS), language)
    wording = map_wording(language)
    for by in ("element", "category"):
        view = matrix_view(snapshot, by, wording=wording)
        assert not [
            text
            for size in (7.0, 8.5, 11.0)
            for column in place_columns(view, 0.0, size)
            for text in (column.name, column.lead_name)
            if "…" in text
        ]
    heads = [
        text.text or "" for text in parse(draw_heads(read_page(snapshot, (), wording).columns, wording)).iter("text")
    ]
    assert not [head for head in heads if "…" in head]
