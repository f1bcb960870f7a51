"""The summary counts each kind of data that a party gets once, and names everybody."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import outloud
import pdfua
import pytest
from pypdf import PdfReader

from dataflows.actions.draw_map import Marks, Style, draw_map
from dataflows.errors import UsageError
from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.maps.summary.drawing import HEIGHT, WIDTH, describe_summary, draw_summary
from dataflows.maps.summary.facts import MOST_GROUPS_SHOWN, read_summary_words, summarize
from tests.snapshots import snapshot_of
from tests.unit.maps.examples import large_district, parse
from tests.unit.maps.test_recolour import contrast

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

THEMES = ("light", "dark", "print")
CATALOG = """
vendors:
  - {id: mathly, name: Mathly, category: curriculum}
  - {id: books, name: Books, category: sis}
  - {id: host, name: Host}
parties: [{id: state, name: State, kind: agency}]
flows:
  - {id: a, to: mathly, method: provided, elements: [first-name, email]}
  - {id: again, to: mathly, method: provided, elements: [email]}
  - {id: b, to: mathly, from: students, method: collected, elements: [ip-address]}
  - {id: c, to: books, from: students, method: contributed, elements: [email]}
  - {id: d, from: mathly, to: host, elements: [email]}
  - {id: e, to: state, elements: [test-scores]}
"""


def test_a_kind_of_data_that_a_party_gets_by_one_way_counts_once() -> None:
    summary = summarize(snapshot_of(CATALOG))

    assert {(band.source, band.family, band.group): band.count for band in summary.bands} == {
        ("given", "identity", "curriculum"): 1,
        ("given", "contact", "curriculum"): 1,
        ("given", "results", "public"): 1,
        ("made", "contact", "sis"): 1,
        ("collected", "use", "curriculum"): 1,
        ("passed", "contact", "behind"): 1,
    }
    assert {bar.id: bar.parties for bar in summary.groups} == {
        "curriculum": ("Mathly",), "sis": ("Books",), "behind": ("Host",), "public": ("State",),
    }  # fmt: skip


@pytest.mark.parametrize("size", [22, 300])
def test_the_counts_of_bars_are_those_of_their_bands_and_everybody_is_in_one_group(size: int) -> None:
    snapshot = snapshot_of(large_district(size, 4))
    summary = summarize(snapshot)

    for name, bars in (("source", summary.sources), ("family", summary.families), ("group", summary.groups)):
        counts: Counter[str] = Counter()
        for band in summary.bands:
            counts[getattr(band, name)] += band.count
        assert counts == {bar.id: bar.count for bar in bars if bar.count}
    names = [name for bar in summary.groups for name in bar.parties]
    receivers = {flow.receiver for flow in snapshot.flows if not snapshot.is_source(flow.receiver)}
    assert sorted(names) == sorted(snapshot.name_of(id) for id in receivers)
    assert len(summary.groups) <= MOST_GROUPS_SHOWN


def test_every_category_of_the_taxonomy_is_in_one_family() -> None:
    named = [id for family in read_summary_words()["families"].values() for id in family["categories"]]

    assert sorted([*named, "other"]) == sorted(builtin_taxonomy().categories)


HOSTILE = 'vendors: [{{id: a, name: "{name}"}}, {{id: b, name: B}}]\nflows: [{{id: f, to: a, elements: [email]}}]'


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    "text",
    [
        CATALOG,
        large_district(300, 60),
        "vendors: []",
        HOSTILE.format(name="<script>alert(1)</script> & 学习 مدرسة " + "x" * 300),
    ],
)
def test_no_text_leaves_the_picture_and_none_is_markup(text: str, theme: str) -> None:
    root = parse(draw_summary(summarize(snapshot_of(text)), theme))

    assert not [element for element in root.iter() if str(element.tag).endswith("script")]
    for element in root.iter("{http://www.w3.org/2000/svg}text"):
        x, y, width = (float(element.get(name, "0")) for name in ("x", "y", "textLength"))
        left = x - width if element.get("text-anchor") == "end" else x
        assert left >= 0
        assert left + width <= WIDTH
        assert 0 < y < HEIGHT


def test_labels_of_a_column_do_not_lie_on_each_other() -> None:
    root = parse(draw_summary(summarize(snapshot_of(large_district(300, 60))), "light"))
    places: dict[str, list[tuple[float, float]]] = {}
    for element in root.iter("{http://www.w3.org/2000/svg}text"):
        places.setdefault(element.attrib["x"], []).append(
            (float(element.attrib["y"]), float(element.attrib["font-size"]))
        )

    for column in places.values():
        column.sort()
        assert all(low - high >= size * 0.9 for (high, _), (low, size) in pairwise(column))


def test_the_words_hold_every_number_and_name() -> None:
    summary = summarize(snapshot_of(CATALOG))
    said = describe_summary(summary)

    assert all(name in said for bar in summary.groups for name in bar.parties)
    assert len(re.findall(r": \d+\.", said)) == len(summary.bands)
    assert describe_summary(summarize(snapshot_of("vendors: []"))).startswith("No flow")


@pytest.mark.parametrize("theme", THEMES)
def test_texts_and_bars_stand_out_from_the_ground(theme: str) -> None:
    look = read_summary_words()["themes"][theme]

    assert all(contrast(look[name], look["paper"]) >= 4.5 for name in ("ink", "quiet"))
    assert all(contrast(colour, look["paper"]) >= 3 for colour in (look["bar"], *look["families"].values()))


def test_an_unknown_theme_is_answered_with_those_that_there_are() -> None:
    with pytest.raises(UsageError, match="light, dark, print"):
        draw_summary(summarize(snapshot_of(CATALOG)), "pink")


def test_the_same_catalog_gives_the_same_bytes() -> None:
    one, other = (draw_summary(summarize(snapshot_of(large_district(40, 4))), "light") for _ in range(2))

    assert one == other


ONE = "vendors: [{id: a, name: A}]\nflows: [{id: f, to: a, elements: [email]}]"
NONE = "vendors: [{id: a, name: A}]"


@pytest.mark.parametrize("text", [CATALOG, ONE, NONE])
@pytest.mark.parametrize("suffix", ["svg", "png", "pdf", "json", "csv", "txt"])
def test_the_summary_is_a_map_in_every_form(text: str, suffix: str) -> None:
    drawn = draw_map(snapshot_of(text), "summary", None, suffix)

    assert drawn == draw_map(snapshot_of(text), "summary", None, f".{suffix.upper()}")
    assert drawn.startswith(
        {"pdf": b"%PDF", "png": b"\x89PNG", "svg": b"<svg", "csv": b"\xef\xbb\xbfsource"}.get(suffix, b"")
    )


@pytest.mark.parametrize("text", [CATALOG, NONE])
@pytest.mark.parametrize("theme", THEMES)
def test_its_pdf_is_tagged_with_all_that_it_shows_in_words_on_one_page(text: str, theme: str, tmp_path: Path) -> None:
    path = tmp_path / "summary.pdf"
    path.write_bytes(draw_map(snapshot_of(text), "summary", None, "pdf", style=Style(theme)))

    # It wonders at a picture as large as its page (TAG-030): the page is the picture, and its words are all it shows.
    assert [str(found) for found in outloud.check(str(path)).findings if found.rule != "TAG-030"] == []
    assert [str(found) for found in pdfua.validate(str(path)).findings] == []
    assert len(PdfReader(path).pages) == 1
    assert describe_summary(summarize(snapshot_of(text))) in _alternative_texts(PdfReader(path))


def _alternative_texts(reader: PdfReader) -> str:
    def walk(tag: object) -> Iterator[str]:
        for child in tag if isinstance(tag, list) else [tag]:
            found = child.get_object() if hasattr(child, "get_object") else child
            if isinstance(found, dict):
                yield str(found.get("/Alt", ""))
                yield from walk(found.get("/K", []))

    return " ".join(walk(reader.root_object["/StructTreeRoot"]))


def test_its_table_and_its_words_say_the_bands() -> None:
    table = draw_map(snapshot_of(CATALOG), "summary", None, "csv").decode("utf-8-sig").splitlines()
    said, empty = (draw_map(snapshot_of(text), "summary", None, "txt").decode() for text in (CATALOG, NONE))
    passed = ("Passed on by another receiver", "How to reach student and family", "Only by way of another receiver")

    assert table[0] == "source,family,group,parties,count"
    assert f"{','.join(passed)},Host,1" in table
    assert "   - Learning materials and apps, 3 (Mathly)" in said
    assert "No flow of student data is in force on this day." in empty


def test_it_marks_nothing_and_names_the_maps_that_do() -> None:
    with pytest.raises(UsageError, match="draw the overview, the matrix"):
        draw_map(snapshot_of(CATALOG), "summary", None, "svg", marks=Marks(is_audited=True))
    with pytest.raises(UsageError, match=r"It has the forms \.pdf, \.svg"):
        draw_map(snapshot_of(CATALOG), "summary", None, "dot")
    with pytest.raises(UsageError, match="takes no 'mathly'"):
        draw_map(snapshot_of(CATALOG), "summary", "mathly", "svg")
