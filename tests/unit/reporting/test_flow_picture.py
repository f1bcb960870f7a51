"""The picture of how much of what goes where stands in a document, with words that say all that it shows."""

from __future__ import annotations

import base64
import io
import itertools
import re
import zipfile
from typing import TYPE_CHECKING

import docx
import pypdf
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pypdf.generic import DictionaryObject

from dataflows.actions.write_notice import write_notice
from dataflows.maps.summary.facts import summarize
from dataflows.maps.summary.small import WIDTH, draw_small
from dataflows.maps.widths import width_of
from dataflows.reporting.documents.flows import show_flows
from dataflows.reporting.kinds import About, Order
from tests.notices import MAPLE_DAY, maple, read_page, write_kind
from tests.paper import poppler, structure_of
from tests.snapshots import snapshot_of

if TYPE_CHECKING:
    from dataflows.maps.summary.facts import Summary
    from dataflows.reporting.documents.flows import ShownFlows

SVG = "{http://www.w3.org/2000/svg}"
EVERYBODY = About()
BOTH = ("disclosures-summary", "disclosures")


def flows_of(text: str) -> Summary:
    return summarize(snapshot_of(text))


def shown(language: str = "en", about: About = EVERYBODY) -> ShownFlows:
    found = show_flows(Order("disclosures-summary", maple(), language, MAPLE_DAY, about))
    assert found is not None
    return found


def words_for_it(content: bytes) -> list[str]:
    """Return what stands for the pictures of a PDF."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    found = [reader.get_object(number) for number in sorted(reader.xref[0])]
    return [str(row["/Alt"]) for row in found if isinstance(row, DictionaryObject) and "/Alt" in row]


def test_each_format_says_in_words_what_the_picture_shows() -> None:
    said = "How it gets there. We give it (8): Who your child is (3);"
    page = read_page(write_kind("disclosures-summary").content.decode())
    [image] = [values for tag, values in page.tags if tag == "img" and "svg" in values["src"]]
    written = write_kind("disclosures-summary", suffix=".docx").content
    shapes = docx.Document(io.BytesIO(written)).inline_shapes
    described = [shape._inline.docPr.get("descr") for shape in shapes]

    assert image["alt"].startswith(said)
    assert [words for words in described if words.startswith(said)] == [image["alt"]]
    assert image["alt"] in words_for_it(write_kind("disclosures-summary", suffix=".pdf").content)
    for suffix in (".md", ".txt"):
        plain = write_kind("disclosures-summary", suffix=suffix).content.decode().replace("\\", "")
        assert image["alt"] in " ".join(plain.replace("*", " ").split())


def test_the_words_have_the_figures_of_every_bar_and_band() -> None:
    told, summary = shown().told, summarize(maple())

    for bars, end in ((told.sources, "source"), (told.groups, "group")):
        assert sum(int(bar.count) for bar in bars) == sum(band.count for band in summary.bands)
        for bar in bars:
            assert sum(int(count) for _, count in bar.families) == int(bar.count)
        assert len(bars) == len({getattr(band, end) for band in summary.bands})


def test_a_pdf_has_it_as_a_figure() -> None:
    for kind in BOTH:
        content = write_kind(kind, suffix=".pdf").content
        assert len(structure_of(content).all("Figure")) == 2  # beside the code that a phone reads


def test_word_gets_it_as_dots_for_it_shows_no_drawing() -> None:
    with zipfile.ZipFile(io.BytesIO(write_kind("disclosures-summary", suffix=".docx").content)) as archive:
        media = [archive.read(name) for name in archive.namelist() if name.startswith("word/media/")]

    assert len(media) == 2
    assert all(content.startswith(b"\x89PNG") for content in media)


def test_its_words_are_in_the_document_s_language() -> None:
    spanish = shown("es")
    drawn = " ".join(text.text or "" for text in etree.fromstring(spanish.drawn.content).iter(f"{SVG}text"))

    assert "Quién recibe datos" in drawn
    assert "Other companies" not in drawn
    assert "Tipos de datos" in drawn
    assert etree.fromstring(spanish.drawn.content).get("lang") == "es"
    assert spanish.told.title == "Cuánto de qué va a dónde"


def test_a_picture_for_one_school_counts_its_flows_alone() -> None:
    text = """
schools: [{id: a, name: A, grades: K-5}, {id: b, name: B, grades: 6-8}]
vendors: [{id: v, name: V}, {id: w, name: W}]
flows:
  - {id: f, to: v, elements: [name], audience: {schools: [a]}}
  - {id: g, to: w, elements: [name, phone], audience: {schools: [b]}}
"""
    order = Order("disclosures", snapshot_of(text), "en", MAPLE_DAY, About(school="a"))
    found = show_flows(order)

    assert found is not None
    assert [bar.count for bar in found.told.groups] == ["1"]


def test_what_a_party_passes_on_is_counted_only_where_it_got_those_students_data() -> None:
    text = """
schools: [{id: a, name: A, grades: K-5}, {id: b, name: B, grades: 6-8}]
vendors: [{id: v, name: V}, {id: w, name: W}]
flows:
  - {id: f, to: v, elements: [email], audience: {schools: [b]}}
  - {id: g, from: v, to: w, elements: [email, phone], legal_basis: 99.33(b)}
"""
    snapshot = snapshot_of(text)

    assert show_flows(Order("disclosures", snapshot, "en", MAPLE_DAY, About(school="a"))) is None
    found = show_flows(Order("disclosures", snapshot, "en", MAPLE_DAY, About(school="b")))
    assert found is not None
    assert [(band.label, band.count) for band in found.told.sources] == [
        ("We give it", "1"),
        ("Passed on by others", "1"),
    ]


def test_a_district_that_gives_nothing_away_has_no_picture() -> None:
    for kind in BOTH:
        made = write_notice(snapshot_of("vendors: [{id: v, name: V}]"), kind, issued=MAPLE_DAY).content.decode()
        assert "<img" not in made
        assert "How much of what goes where" not in made


names = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=60).map("N{}".format)


@settings(max_examples=40, deadline=None)
@given(st.lists(names, min_size=1, max_size=9, unique=True))
def test_no_label_leaves_the_picture_and_none_lies_on_another(listed: list[str]) -> None:
    kinds = ("curriculum", "testing", "sis", "communication", "operations", "device", "other")
    text = {
        "vendors": [{"id": f"v{n}", "name": name, "category": kinds[n % len(kinds)]} for n, name in enumerate(listed)],
        "flows": [
            {"id": f"f{n}", "to": f"v{n}", "elements": ["name", "phone"][: n % 2 + 1]} for n in range(len(listed))
        ],
    }
    root = etree.fromstring(draw_small(flows_of(yaml.safe_dump(text, allow_unicode=True))).content)
    height = float(root.get("height", "0"))
    places: dict[str, list[float]] = {}
    for label in root.iter(f"{SVG}text"):
        x, y = float(label.get("x", "")), float(label.get("y", ""))
        wide = width_of(label.text or "", 8.0, is_bold=label.get("font-weight") == "600")
        left, right = (x - wide, x) if label.get("text-anchor") == "end" else (x, x + wide)
        assert left >= 0
        assert right <= WIDTH + 1
        assert 0 < y < height
        places.setdefault(label.get("x", ""), []).append(y)
    assert all(low - high >= 9 for rows in places.values() for high, low in itertools.pairwise(rows))


@pytest.mark.parametrize("count", [1, 4, 7, 10, 14, 18, 40, 130])
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_summary_with_the_picture_still_has_one_page(count: int, language: str) -> None:
    vendors = ", ".join(f"{{id: v{n}, name: International Learning Platform {n}}}" for n in range(count))
    flows = ", ".join(
        f"{{id: f{n}, to: v{n}, elements: [name, ssn, iep-504], purpose: To teach reading and mathematics {n}}}"
        for n in range(count)
    )
    links = "district: {links: {privacy_page: 'https://oak.example.org/data'}}\n"
    snapshot = snapshot_of(f"{links}vendors: [{vendors}]\nflows: [{flows}]")
    content = write_notice(snapshot, "disclosures-summary", issued=MAPLE_DAY, suffix=".pdf", language=language).content

    found = re.search(r"Pages: +(\d+)", poppler("pdfinfo", content))
    assert found is not None
    assert found[1] == "1"


def test_on_a_dark_screen_the_picture_is_dark_and_on_paper_it_is_not() -> None:
    page = write_kind("disclosures-summary").content.decode()
    source = r'<picture><source media="screen and \(prefers-color-scheme: dark\)" '
    [night] = re.findall(source + r'srcset="data:image/svg\+xml;base64,([^"]+)"><img src="data:image/svg', page)
    dark = base64.b64decode(night).decode()
    look, day = (summarize(maple()).words["themes"][theme] for theme in ("dark", "light"))

    assert f'fill="{look["ink"]}"' in dark
    assert day["ink"] not in dark
    assert re.findall(r">([^<]+)</text>", dark) == re.findall(r">([^<]+)</text>", shown().drawn.content.decode())
