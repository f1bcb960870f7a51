"""The forms beside the page: SVG, HTML, CSV, a workbook, words; and the colours of all."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from dataflows.actions.draw_map import choose_view, draw_map
from dataflows.actions.draw_matrix import FORMS, draw_matrix, find_matrix
from dataflows.errors import UsageError
from dataflows.maps.labels import clean
from dataflows.maps.matrix.beside import Beside
from dataflows.maps.palettes import THEMES, read_palette
from dataflows.maps.shapes import MapFinding
from dataflows.maps.widths import width_of
from tests.snapshots import snapshot_of
from tests.unit.maps.examples import HOSTILE_NAMES, VIDEO, large_district
from tests.unit.maps.matrix.catalogs import tame, wild
from tests.unit.maps.test_draw import hostile

if TYPE_CHECKING:
    from dataflows.model.snapshot import Snapshot

SVG = "{http://www.w3.org/2000/svg}"


def parse(svg: bytes) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own drawing, whose well-formedness is the question


def example(name: str) -> Snapshot:
    return {
        "video": lambda: snapshot_of(VIDEO),
        "tame": lambda: snapshot_of(tame(120, 1)),
        "wild": lambda: snapshot_of(wild(60, 1)),
        "hostile": hostile,
        "empty": lambda: snapshot_of("vendors: [{id: a, name: A}]"),
    }[name]()


@pytest.mark.parametrize("name", ["video", "tame", "wild", "hostile", "empty"])
@pytest.mark.parametrize("view", ["overview", "matrix"])
def test_an_svg_is_well_formed_real_text_and_nothing_in_it_acts(name: str, view: str) -> None:
    root = parse(draw_matrix(example(name), view, "svg"))

    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "g", "rect", "line", "polygon", "text"}
    assert not [key for e in root.iter() for key in e.attrib if key.startswith("on") or key.endswith("href")]
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert root.attrib["role"] == "img"


@pytest.mark.parametrize("name", ["video", "tame", "wild", "hostile"])
@pytest.mark.parametrize("view", ["overview", "matrix"])
def test_no_text_or_shape_of_an_svg_stands_outside_it(name: str, view: str) -> None:
    root = parse(draw_matrix(example(name), view, "svg"))
    _, _, width, height = map(float, root.attrib["viewBox"].split())

    for element in root.iter(f"{SVG}text"):
        x, y, size = (float(element.attrib[key]) for key in ("x", "y", "font-size"))
        long = width_of(element.text or "", size, is_bold=True)
        if "transform" in element.attrib:
            assert y - long >= 0
            assert y <= height
        else:
            anchor = {"middle": long / 2, "end": long}.get(element.attrib.get("text-anchor", ""), 0)
            assert x - anchor >= 0
            assert x - anchor + float(element.attrib.get("textLength", long)) <= width
        assert size <= y <= height or "transform" in element.attrib
    for element in root.iter(f"{SVG}rect"):
        x, y, wide, high = (float(element.attrib[key]) for key in ("x", "y", "width", "height"))
        assert min(x, y, wide, high) >= 0
        assert x + wide <= width + 0.01
        assert y + high <= height + 0.01


def test_a_screen_reader_hears_every_row_with_its_parties() -> None:
    snapshot = example("tame")
    view = find_matrix(snapshot, "overview")
    rows = [g for g in parse(draw_matrix(snapshot, "overview", "svg")).iter(f"{SVG}g") if "aria-labelledby" in g.attrib]

    assert len(rows) == len(view.groups)
    for row, group in zip(rows, view.groups, strict=True):
        assert all(party.shown in (row[1].text or "") for party in group.parties)


@pytest.mark.parametrize("suffix", ["svg", "txt", "csv", "html"])
def test_hostile_names_stand_there_as_written(suffix: str) -> None:
    drawn = draw_matrix(hostile(), "matrix", suffix).decode("utf-8-sig")
    if suffix == "svg":
        drawn = " ".join(element.text or "" for element in parse(drawn.encode()).iter() if element.tag == f"{SVG}title")
    elif suffix == "html":
        assert "<script" not in drawn
        assert "<b>bold" not in drawn
        drawn = drawn.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    elif suffix == "csv":
        drawn = "\n".join(row["Party"] for row in csv.DictReader(io.StringIO(drawn)))

    for name in HOSTILE_NAMES:
        assert (name if suffix == "csv" else clean(name)) in drawn


def test_csv_html_and_workbook_say_the_same() -> None:
    snapshot = example("tame")
    view = find_matrix(snapshot, "matrix")
    columns = [column.id for column in view.columns]
    rows = list(csv.DictReader(io.StringIO(draw_matrix(snapshot, "matrix", "csv").decode("utf-8-sig"))))
    from_csv = {(row["Id"], id): row[id] for row in rows for id in columns}

    sheet = openpyxl.load_workbook(io.BytesIO(draw_matrix(snapshot, "matrix", "xlsx"))).active
    _, *cells = sheet.iter_rows(values_only=True)
    from_book = {(row[1], id): row[4 + place] or "" for row in cells[:-1] for place, id in enumerate(columns)}

    html = draw_matrix(snapshot, "matrix", "html").decode()
    bodies = re.findall(r"<tr><th scope=\"row\"><bdi>.*?</tr>", html)
    parties = [party.id for party in view.parties]
    from_page = {
        (id, column): "; ".join(re.findall(r'class="said">(\w+) <', cell))
        for id, body in zip(parties, bodies, strict=True)
        for column, cell in zip(columns, re.findall(r"<td>(.*?)</td>", body), strict=True)
    }
    assert from_csv == from_book == from_page
    assert [row["Id"] for row in rows] == parties
    assert cells[-1][4:] == tuple(column.parties for column in view.columns)


def test_the_page_has_heads_with_scopes_and_a_policy_that_lets_nothing_run() -> None:
    html = draw_matrix(example("tame"), "matrix", "html").decode()

    assert html.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert "default-src 'none'; style-src 'sha256-" in html
    assert not re.findall(r"<th(?! scope|ead)", html)
    assert "<caption" in html
    assert "style=" not in html
    assert not re.findall(r"\b(?:href|src)=", html)


def test_a_table_by_category_has_fractions() -> None:
    said = draw_matrix(example("video"), "matrix", "csv", by="category").decode("utf-8-sig")

    assert "provided 2/5" in said


def test_a_cell_that_a_spreadsheet_would_run_is_guarded() -> None:
    snapshot = snapshot_of('vendors: [{id: a, name: "=1+1"}]\nflows: [{id: f, to: a, elements: [email]}]')

    assert "a,'=1+1," in draw_matrix(snapshot, "matrix", "csv").decode("utf-8-sig")


def test_the_overview_in_words_names_everyone_and_every_purpose() -> None:
    said = draw_matrix(example("video"), "overview", "txt").decode()

    for words in (
        "Meetly Video, Inc.",
        "State Department of Education",
        "passes data on to Stratus Hosting",
        "99.33(b)",
    ):
        assert words in said
    assert "Idle Learning" in said


def test_a_catalog_without_flows_says_so_in_every_form() -> None:
    for view, forms in FORMS.items():
        for suffix in forms:
            drawn = draw_matrix(example("empty"), view, suffix)
            assert drawn
            if suffix in ("txt", "svg", "html"):
                assert "No flow of student data is in force" in drawn.decode()
            if suffix == "json" and view == "overview":
                assert json.loads(drawn)["groups"] == []


def test_without_a_view_it_is_the_network_where_that_reads_well() -> None:
    small, large = snapshot_of(VIDEO), snapshot_of(large_district(61, 3))

    assert choose_view(small, "pdf") == "network"
    assert choose_view(large, "pdf") == "overview"
    assert choose_view(large, "dot") == "network"
    assert choose_view(large, "xlsx") == "matrix"


def test_the_overview_takes_no_subject() -> None:
    with pytest.raises(UsageError, match="takes no 'zoom'"):
        draw_map(snapshot_of(VIDEO), "overview", "zoom", "pdf")


def light_of(code: str) -> float:
    parts = [int(code[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    low, high = sorted((light_of(one), light_of(two)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_text_has_contrast_enough_and_marks_stand_out_from_the_paper(theme: str) -> None:
    palette = read_palette(theme)

    for colour in (palette.ink, palette.quiet, palette.frame, palette.more, palette.less, palette.raised):
        assert contrast(colour, palette.paper) >= 4.5
    for level in palette.levels.values():
        assert contrast(level.text, level.fill) >= 4.5
        assert contrast(level.edge, palette.paper) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_sensitivities_are_told_apart_in_grey(theme: str) -> None:
    """More sensitive is always further from the paper, by steps that an eye sees."""
    palette = read_palette(theme)
    steps = [contrast(level.fill, palette.paper) for level in palette.levels.values()]

    assert list(palette.levels) == ["low", "medium", "high", "critical"]
    assert steps == sorted(steps)
    assert all(after / before > 1.25 for before, after in pairwise(steps))


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_is_that_of_every_drawing(theme: str) -> None:
    palette = read_palette(theme)

    for suffix in ("svg", "html"):
        assert palette.paper in draw_matrix(example("video"), "matrix", suffix, theme=theme).decode()
    assert draw_matrix(example("video"), "overview", "pdf", theme=theme)


def test_the_page_turns_dark_with_its_screen_and_its_marks_keep_their_ground_on_paper() -> None:
    light, dark = (draw_matrix(example("tame"), "matrix", "html", theme=theme).decode() for theme in ("light", "dark"))
    night, grey = read_palette("dark"), read_palette("print")

    assert f"@media screen and (prefers-color-scheme: dark){{:root{{--paper:{night.paper}" in light
    assert "prefers-color-scheme" not in dark
    for page in (light, dark):
        assert f"@media print{{:root{{--paper:{grey.paper}" in page
        assert "print-color-adjust:exact" in page


@pytest.mark.parametrize("suffix", ["svg", "html"])
def test_a_form_without_the_key_does_not_speak_of_it(suffix: str) -> None:
    beside = Beside(date(2025, 1, 1), frozenset(), (MapFinding("v1", "warning", "AGR-1", "flow f", "Sign"),))
    said = draw_matrix(example("tame"), "matrix", suffix, by="category", beside=beside).decode()

    assert "2025" in said
    assert not re.findall(r"\b[Tt]he key\b", said)
