from __future__ import annotations

import json
import re
import subprocess
from datetime import date
from pathlib import Path

import networkx as nx
import pytest

from dataflows.actions.draw_map import draw_map, draw_view_as, find_view
from dataflows.actions.sample import invent_catalog
from dataflows.errors import UsageError
from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.maps.dot import dot_source
from dataflows.maps.draw import DrawingError, render_dot
from dataflows.maps.labels import clean, wrap
from dataflows.maps.pdf import ANSI_C, LETTER, TABLOID, choose_page
from dataflows.maps.theme import read_theme
from dataflows.maps.views import network_view
from dataflows.model.snapshot import build_snapshot
from dataflows.model.text import columns_of
from tests.snapshots import snapshot_of
from tests.unit.maps.examples import CARRIED, HOSTILE_NAMES, VIDEO, chain, hostile_catalog, large_district, parse, star

DAY = date(2026, 10, 1)
GOLDEN = Path(__file__).parents[2] / "golden" / "maps"


def hostile():
    return snapshot_of(json.dumps(hostile_catalog(), ensure_ascii=False).replace("\u0085", "\\u0085"))


def example(name: str):
    return {
        "video": lambda: snapshot_of(VIDEO),
        "carried": lambda: snapshot_of(CARRIED),
        "district": lambda: snapshot_of(large_district(22, 4)),
        "large": lambda: build_snapshot(invent_catalog(300, 1), taxonomy=builtin_taxonomy(), valid_on=DAY),
        "random": lambda: snapshot_of(large_district(300, 60)),
        "chain": lambda: snapshot_of(chain(40)),
        "star": lambda: snapshot_of(star(40)),
        "hostile": hostile,
        "empty": lambda: snapshot_of("vendors: []"),
    }[name]()


@pytest.mark.parametrize(("view", "subject"), [("network", None), ("vendor", "meetly")])
def test_the_dot_source_is_as_it_was(view: str, subject: str | None) -> None:
    drawn = draw_map(snapshot_of(VIDEO), view, subject, "dot").decode()

    assert drawn == (GOLDEN / f"video-{view}.dot").read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf", "dot", "json", "graphml", "txt"])
def test_the_same_map_has_the_same_bytes(suffix: str) -> None:
    assert draw_map(snapshot_of(VIDEO), "network", None, suffix) == draw_map(
        snapshot_of(VIDEO), "network", None, suffix
    )


@pytest.mark.parametrize("name", ["video", "random", "hostile", "empty"])
def test_an_svg_is_well_formed_and_nothing_in_it_acts(name: str) -> None:
    svg = draw_map(example(name), "network", None, "svg").decode()
    root = parse(svg)

    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "g", "path", "polygon", "polyline", "ellipse", "text"}
    assert not [key for e in root.iter() for key in e.attrib if key.startswith("on") or key.endswith("href")]
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    assert root.attrib["role"] == "img"
    assert [child.tag.rpartition("}")[2] for child in root][:2] == ["title", "desc"]
    assert {"viewBox", "lang", "width", "height"} <= set(root.attrib)


def test_an_svg_shrinks_to_the_window_on_a_white_ground_and_keeps_its_size_for_print() -> None:
    root = parse(draw_map(snapshot_of(VIDEO), "network", None, "svg"))

    assert root.attrib["style"] == "max-width:100%;height:auto;background:#FFFFFF"
    assert 800 < float(root.attrib["width"]) < 1280


@pytest.mark.parametrize("name", ["video", "district"])
def test_text_has_no_size_but_those_of_the_theme(name: str) -> None:
    """The engine cuts off a size's decimals, so all are whole points."""
    root = parse(draw_map(example(name), "network", None, "svg"))
    sizes = {float(e.attrib["font-size"]) for e in root.iter() if "font-size" in e.attrib}

    theme = read_theme()
    assert any(sizes <= {float(size) for size in one.sizes.values()} for one in (theme, *theme.enlarged))


@pytest.mark.parametrize(
    ("first", "lang"), [("en", "en"), ("en-US", "en-US"), ("es", "es"), ("es-MX", "es-MX"), ("vi", "en")]
)
def test_the_language_of_a_map_is_the_districts_where_its_words_are_in_it(first: str, lang: str) -> None:
    snapshot = snapshot_of(f"district: {{home_languages: [{first}]}}\n{VIDEO.partition('MD}')[2]}")

    assert parse(draw_map(snapshot, "network", None, "svg")).attrib["lang"] == lang
    assert f"/Lang({lang})".encode() in draw_map(snapshot, "network", None, "pdf")


def test_a_screen_reader_hears_every_box_and_arrow() -> None:
    view = network_view(snapshot_of(VIDEO))
    root = parse(draw_view_as(view, "svg"))
    groups = [g for g in root.iter("{http://www.w3.org/2000/svg}g") if "aria-labelledby" in g.attrib]

    assert len(groups) == len(view.nodes) + len(view.edges)
    assert all(len(g[0].text or "") > 2 and g[0].tag.endswith("title") and g[1].tag.endswith("desc") for g in groups)


@pytest.mark.parametrize("suffix", ["svg", "txt"])
def test_hostile_names_stand_there_as_written(suffix: str) -> None:
    drawn = draw_map(hostile(), "network", None, suffix).decode()
    said = drawn
    if suffix == "svg":
        said = " ".join(e.text or "" for e in parse(drawn).iter() if e.tag.endswith("title"))

    for name in HOSTILE_NAMES:
        assert clean(name) in said


def test_a_long_name_is_wrapped_and_whole() -> None:
    drawn = parse(draw_map(hostile(), "network", None, "svg"))
    texts = "".join(e.text or "" for e in drawn.iter() if e.tag.endswith("}text"))

    assert texts.count("x") >= 400
    for name in ("D&D \u00a0Night", "AT&T <K-12>", "&amp;", "&#x41;", "<font></font>"):
        assert name.replace("\u00a0", " ") in texts.replace("\u00a0", " ")


@pytest.mark.parametrize("text", ["", "a", "x" * 400, "two  spaces", "word " * 80, "中文" * 50, "\\N"])
def test_wrapping_loses_nothing_and_keeps_to_the_width(text: str) -> None:
    lines = wrap(text, 20)

    assert "".join(lines).replace(" ", "") == clean(text).replace(" ", "")
    assert all(columns_of(line) <= 20 for line in lines)


@pytest.mark.parametrize(
    ("name", "subject", "page"),
    [
        ("video", None, LETTER),
        ("carried", None, LETTER),
        ("carried", "rosters", LETTER),
        ("district", None, TABLOID),
        ("large", None, TABLOID),
        ("hostile", None, TABLOID),
        ("chain", None, TABLOID),
        ("star", None, TABLOID),
        ("random", None, ANSI_C),
        ("chain", "c30", ANSI_C),
        ("star", "hub", ANSI_C),
    ],
)
def test_no_text_of_a_pdf_lies_outside_the_page_or_on_another(
    name: str, subject: str | None, page: tuple[float, float], tmp_path: Path
) -> None:
    drawn = draw_map(example(name), "vendor" if subject else "network", subject, "pdf")
    (tmp_path / "map.pdf").write_bytes(drawn)
    listed = subprocess.run(
        ["pdftotext", "-bbox", "map.pdf", "-"], cwd=tmp_path, check=True, capture_output=True, encoding="utf-8"
    )
    assert not listed.stderr
    width, height = map(float, re.search(r'<page width="([\d.]+)" height="([\d.]+)"', listed.stdout).groups())
    boxes = [
        tuple(map(float, found))
        for found in re.findall(r'xMin="(\S+)" yMin="(\S+)" xMax="(\S+)" yMax="(\S+)"', listed.stdout)
    ]

    assert boxes
    assert all(left >= 0 and top >= 0 and right <= width and low <= height for left, top, right, low in boxes)
    assert listed.stdout.count("<page ") == 1
    assert (height, width) == page
    boxes.sort(key=lambda box: box[1])
    for place, (left, top, right, low) in enumerate(boxes):
        for other in boxes[place + 1 :]:
            if other[1] > low:
                break
            across = min(right, other[2]) - max(left, other[0])
            down = min(low, other[3]) - max(top, other[1])
            assert across < 1 or down < (low - top) * 0.4, (boxes[place], other)


def test_text_of_a_pdf_is_never_below_seven_points() -> None:
    for width, height in [(300, 200), (700, 500), (1200, 800), (800, 1400), (5000, 300)]:
        scale, paper = choose_page(width, height, read_theme())
        assert min(read_theme().sizes.values()) * scale >= 7
        assert width * scale <= paper[0]
        assert height * scale <= paper[1]


def test_a_line_of_the_engine_is_a_failure() -> None:
    with pytest.raises(DrawingError, match="drawing engine says"):
        render_dot("digraph { a [label=<<font></font>>] }", "svg")


def test_source_that_is_no_graph_is_a_failure() -> None:
    with pytest.raises(DrawingError):
        render_dot("digraph {", "svg")


def test_graphml_holds_every_flow_with_its_attributes(tmp_path: Path) -> None:
    (tmp_path / "map.graphml").write_bytes(draw_map(snapshot_of(VIDEO), "network", None, "graphml"))
    graph = nx.read_graphml(tmp_path / "map.graphml", force_multigraph=True)

    [hosting] = [data for _, _, key, data in graph.edges(keys=True, data=True) if key == "hosting"]
    assert hosting["elements"] == "email"
    assert hosting["legal_basis"] == "99.33(b)"
    assert graph.number_of_edges() == 8
    assert graph.nodes["meetly"]["name"] == "Meetly Video, Inc."


def test_methods_differ_in_line_mark_and_words() -> None:
    methods = read_theme().methods.values()

    for look in ("line", "mark", "arrow", "sample"):
        assert len({getattr(style, look) for style in methods}) == 4


@pytest.mark.parametrize("colour", [*(s.colour for s in read_theme().methods.values()), read_theme().colours["quiet"]])
def test_coloured_text_has_contrast_enough(colour: str) -> None:
    def light(code: str) -> float:
        parts = [int(code[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    assert (light(read_theme().colours["head"]) + 0.05) / (light(colour) + 0.05) >= 4.5


def test_unknown_forms_and_views_are_refused() -> None:
    with pytest.raises(UsageError, match=r"\.svg"):
        draw_map(snapshot_of(VIDEO), "network", None, "gif")
    with pytest.raises(UsageError, match="network"):
        find_view(snapshot_of(VIDEO), "nettwork")
    with pytest.raises(UsageError, match="vendor ID"):
        find_view(snapshot_of(VIDEO), "vendor")


def test_a_map_without_flows_says_so() -> None:
    assert "No flow of student data is in force" in draw_map(example("empty"), "network", None, "txt").decode()
    assert dot_source(network_view(example("empty")))


def test_a_pdf_is_tagged_and_says_in_words_what_it_shows(tmp_path: Path) -> None:
    (tmp_path / "map.pdf").write_bytes(draw_map(snapshot_of(VIDEO), "network", None, "pdf"))
    told = [
        subprocess.run(["pdfinfo", *words, "map.pdf"], cwd=tmp_path, check=True, capture_output=True, encoding="utf-8")
        for words in ((), ("-struct",), ("-meta",))
    ]

    assert re.search(r"Tagged: +yes", told[0].stdout)
    assert re.search(r"Title: +Where student data goes", told[0].stdout)
    assert "Figure" in told[1].stdout
    assert "pdfuaid" in told[2].stdout


def test_signs_that_no_font_of_ours_has_are_set_in_the_machines() -> None:
    snapshot = snapshot_of("vendors: [{id: a, name: 学习}]\nflows: [{id: f, to: a, elements: [email]}]")

    assert draw_map(snapshot, "network", None, "pdf").startswith(b"%PDF")
