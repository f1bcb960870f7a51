"""The pages of an overview and a matrix: all is on them, it can be read back, and it stands within them."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import outloud
import pdfua
import pytest
from pypdf import PdfReader

from dataflows.actions.draw_matrix import draw_matrix, draw_matrix_as, find_matrix
from dataflows.actions.sample import invent_catalog
from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.maps.matrix.sheets import TABLOID, lay_out
from dataflows.maps.matrix.typst import foot_of
from dataflows.maps.matrix.views import matrix_view, overview_view
from dataflows.maps.widths import width_of
from dataflows.model.snapshot import Snapshot, build_snapshot
from dataflows.typesetting import MissingGlyphError
from tests.machine import CHECKOUT
from tests.paper import poppler, structure_of
from tests.snapshots import snapshot_of
from tests.unit.maps.examples import VIDEO
from tests.unit.maps.matrix.catalogs import broad, tame, wild
from tests.unit.maps.matrix.decoding import Decoded, decode, pages_of, squeezed
from tests.unit.maps.test_draw import hostile

if TYPE_CHECKING:
    from pathlib import Path

    from dataflows.maps.matrix.shapes import MatrixView

DAY = date(2026, 10, 1)


def invented(vendors: int) -> Snapshot:
    return build_snapshot(invent_catalog(vendors, 1), taxonomy=builtin_taxonomy(), valid_on=DAY)


def zoom() -> Snapshot:
    text = (CHECKOUT / "schemas" / "examples" / "zoom-2020.yaml").read_text(encoding="utf-8")
    return snapshot_of(text, "2020-04-06")


def long_names(length: int, vendors: int = 60) -> Snapshot:
    rows = [f"- {{id: v{n}, name: '{('word ' * length)[: length - 4]} {n}'}}" for n in range(vendors)]
    known = list(builtin_taxonomy().elements)
    flows = [f"- {{id: f{n}, to: v{n}, elements: [first-name, {known[n % 20]}]}}" for n in range(vendors)]
    return snapshot_of("vendors:\n" + "\n".join(rows) + "\nflows:\n" + "\n".join(flows))


def everything() -> Snapshot:
    known = ", ".join(builtin_taxonomy().elements)
    return snapshot_of(f"vendors: [{{id: a, name: A}}]\nflows: [{{id: f, to: a, elements: [{known}]}}]")


EXAMPLES = {
    "video": lambda: snapshot_of(VIDEO),
    "zoom": zoom,
    "tame": lambda: snapshot_of(tame(300, 1)),
    "tame-2": lambda: snapshot_of(tame(300, 2, hosts=20)),
    "long": lambda: snapshot_of(tame(300, 3, words=3)),
    "thousand": lambda: snapshot_of(tame(1000, 1)),
    "invented": lambda: invented(300),
    "invented-thousand": lambda: invented(1000),
}


def expected(view: MatrixView) -> tuple[set[tuple[str, str, str]], set[tuple[str, str]]]:
    codes = {column.id: column.code for column in view.columns}
    cells = {
        (squeezed(party.shown), codes[column], method)
        for party in view.parties
        for column, methods in party.cells.items()
        for method in methods
    }
    return cells, {(squeezed(party.shown), view.letters[id]) for party in view.parties for id in party.passes_to}


LITTLE_IN_COMMON = {
    "by element": lambda: wild(120, 2, elements=38, hosts=6),
    "by category": lambda: wild(150, 1, hosts=40),
    **{f"random {seed}": lambda seed=seed: wild(80 + seed, seed, elements=30, hosts=2) for seed in range(3)},
}
BROAD = {
    "lakeview": lambda: (CHECKOUT / "tests" / "data" / "postings" / "lakeview.yaml").read_text(encoding="utf-8"),
    "maple": lambda: (CHECKOUT / "tests" / "data" / "maple.yaml").read_text(encoding="utf-8"),
    **{f"random {seed}": lambda seed=seed: broad(10 + 60 * seed, seed) for seed in range(3)},
}


@pytest.mark.parametrize("name", LITTLE_IN_COMMON)
def test_where_parties_have_little_in_common_the_pages_say_it_row_by_row(name: str) -> None:
    view = find_matrix(snapshot_of(LITTLE_IN_COMMON[name]()), "overview")
    read = decode(draw_matrix_as(view, "pdf"))

    assert view.is_full
    assert view.coarsening.has_little_in_common
    assert len(view.drawn) <= 40
    assert_read(read, view)


@pytest.mark.parametrize("name", BROAD)
def test_above_forty_columns_the_pages_say_it_by_category_with_fractions(name: str) -> None:
    view = find_matrix(snapshot_of(BROAD[name]()), "overview")
    read = decode(draw_matrix_as(view, "pdf"))

    if name.startswith("random"):
        assert view.by == "category"
        assert not view.is_full
    assert_read(read, view)


@pytest.mark.parametrize("by", ["element", "category"])
@pytest.mark.parametrize("text", [VIDEO, tame(60, 1), broad(40, 1), wild(50, 1, elements=30, hosts=4)])
def test_the_pages_of_the_matrix_say_it_too(text: str, by: str) -> None:
    view = find_matrix(snapshot_of(text), "matrix", by)

    assert_read(decode(draw_matrix_as(view, "pdf")), view)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_text_of_the_pages_alone_says_who_gets_what_how_and_passes_it_on_to_whom(name: str) -> None:
    view = find_matrix(EXAMPLES[name](), "overview")

    assert not view.is_full
    assert_read(decode(draw_matrix_as(view, "pdf")), view)


def assert_read(read: Decoded, view: MatrixView) -> None:
    cells, passes = expected(view)
    assert read.cells == cells
    assert read.passes == passes
    assert sorted(read.names) == sorted(squeezed(party.shown) for party in view.parties)
    assert read.letters == {letter: squeezed(view.names[party]) for party, letter in view.letters.items()}


@pytest.mark.parametrize(
    ("name", "most"),
    [("tame", 1), ("tame-2", 1), ("long", 1), ("invented", 1), ("thousand", 3), ("invented-thousand", 3)],
)
def test_three_hundred_vendors_take_a_tabloid_page_and_a_thousand_take_three(name: str, most: int) -> None:
    content = draw_matrix(EXAMPLES[name](), "overview", "pdf")
    pages = pages_of(content)
    before_key = next(n for n, page in enumerate(pages) if any(word.text == "Key:" for word in page[2]))

    assert before_key <= most
    assert (pages[0][1], pages[0][0]) == TABLOID
    if most == 1:
        assert len(pages) - before_key <= 4


@pytest.mark.parametrize("seed", range(4, 9))
def test_every_district_of_three_hundred_fits_its_page(seed: int) -> None:
    sheet = lay_out(overview_view(snapshot_of(tame(300, seed))))

    assert len(sheet.pages) == 1
    assert sheet.frame.size >= 7


@pytest.mark.parametrize("name", ["video", "tame", "invented", "wild", "hostile", "long", "unfit", "empty", "all"])
@pytest.mark.parametrize("view", ["overview", "matrix"])
def test_no_text_stands_outside_a_page_or_below_seven_points(name: str, view: str) -> None:
    snapshot = {
        **EXAMPLES,
        "wild": lambda: snapshot_of(wild(150, 1)),
        "hostile": hostile,
        "unfit": lambda: long_names(400),
        "empty": lambda: snapshot_of("vendors: [{id: a, name: A}]"),
        "all": everything,
    }[name]()
    content = draw_matrix(snapshot, view, "pdf")

    for width, height, words in pages_of(content):
        outside = [w for w in words if w.left < 0 or w.top < 0 or w.right > width or w.low > height]
        assert words
        assert outside == []
    assert min(sizes_of(content)) >= 6.99


def sizes_of(content: bytes) -> set[float]:
    """Return every size of type in a PDF."""
    found: set[float] = set()

    def visit(text: str, matrix: list[float], placed: list[float], _font: object, size: float) -> None:
        if text.strip():
            a, b = placed[0] * matrix[0] + placed[1] * matrix[2], placed[0] * matrix[1] + placed[1] * matrix[3]
            found.add(round(size * (a * a + b * b) ** 0.5, 2))

    for page in PdfReader(io.BytesIO(content)).pages:
        page.extract_text(visitor_text=visit)
    return found


def test_the_matrix_takes_a_page_a_hundred_parties() -> None:
    for snapshot in (snapshot_of(tame(300, 1, hosts=0)), snapshot_of(wild(300, 1, elements=30))):
        assert len(lay_out(matrix_view(snapshot)).pages) == 3
        assert len(lay_out(matrix_view(snapshot, "category")).pages) == 3


def test_the_key_names_purpose_basis_days_and_the_elements_that_are_passed_on() -> None:
    said = " ".join(poppler("pdftotext", draw_matrix(zoom(), "overview", "pdf"), "-raw").split())

    assert "To store the accounts · passed on · 99.33(b) · Zoom Video Communications, Inc. › Amazon Web" in said
    assert "› Amazon Web Services, Inc. em st zoom-2020 2020-03-30 –" in said
    assert "To set up an account for your child · provided by the district · 99.31(a)(1)(i)(B)" in said
    assert "2020-03-30 –" in said
    assert "via Zoom Video Communications, Inc." in said


def test_the_rule_by_which_it_is_coarse_is_on_the_page() -> None:
    said = " ".join(poppler("pdftotext", draw_matrix(EXAMPLES["tame"](), "overview", "pdf")).split())

    assert "at most 40 rows" in said
    assert "above 40 columns, categories would stand here" in said
    assert "Above 2 exceptions a party on average" in said


@pytest.mark.parametrize("view", ["overview", "matrix"])
def test_a_page_is_a_tagged_table_with_heads(view: str) -> None:
    content = draw_matrix(snapshot_of(tame(12, 1)), view, "pdf")
    tree = structure_of(content)
    [table] = tree.all("Table")
    heads = table.all("TH")

    assert "Who gets which student data" in tree.all("H1")[0].words
    assert heads
    assert all(head.attributes.get("Scope") for head in heads)
    assert all(head.words for head in heads)
    assert len(table.all("TR")) == len(find_matrix(snapshot_of(tame(12, 1)), view).groups) + 2
    info = PdfReader(io.BytesIO(content))
    assert info.trailer["/Root"]["/Lang"] == "en"
    assert "Oak County Schools" in info.metadata.title


@pytest.mark.parametrize("view", ["overview", "matrix"])
@pytest.mark.parametrize("name", ["zoom", "tame", "wild"])
def test_the_checkers_of_tagged_pdf_find_nothing(name: str, view: str, tmp_path: Path) -> None:
    snapshot = snapshot_of(wild(30, 1)) if name == "wild" else zoom() if name == "zoom" else snapshot_of(tame(40, 1))
    path = tmp_path / "map.pdf"
    path.write_bytes(draw_matrix(snapshot, view, "pdf"))

    # It takes rules between cells for a table that is not tagged (TBL-014), and wonders at empty cells (TBL-012).
    odd = {"TBL-012", "TBL-014"}
    assert [str(found) for found in outloud.check(str(path)).findings if found.rule not in odd] == []
    assert [str(found) for found in pdfua.validate(str(path)).findings] == []


def test_five_thousand_vendors_are_all_named() -> None:
    view = find_matrix(invented(5000), "overview")
    sheet = lay_out(view)
    pieces = [piece for page in sheet.pages for row in page.rows for line in row.lines for piece in line]

    assert len(view.groups) <= 40
    assert len(sheet.pages) <= 15
    assert sorted(p.text for p in pieces if p.role == "name") == sorted(party.shown for party in view.parties)


def test_the_same_overview_has_the_same_bytes() -> None:
    for suffix in ("pdf", "png", "svg", "txt"):
        assert draw_matrix(snapshot_of(VIDEO), "overview", suffix) == draw_matrix(
            snapshot_of(VIDEO), "overview", suffix
        )


def test_a_name_with_the_signs_of_the_page_stands_in_quotation_marks() -> None:
    snapshot = snapshot_of("""
vendors:
  - {id: a, name: "Plan › b"}
  - {id: b, name: "One · Two"}
  - {id: c, name: "C +em"}
  - {id: d, name: "Said “so”"}
flows:
  - {id: f1, to: a, method: provided, elements: [email]}
  - {id: f2, to: b, method: provided, elements: [email]}
  - {id: f3, to: c, method: provided, elements: [email]}
  - {id: f4, to: d, method: provided, elements: [email]}
  - {id: f5, from: a, to: d, method: provided, elements: [email]}
""")
    said = " ".join(poppler("pdftotext", draw_matrix(snapshot, "overview", "pdf"), "-raw").split())

    for name in ("“Plan › b”›a", "“One · Two”", "“C +em”", "“Said “so”””"):
        assert name in said, said


def test_a_sign_that_no_font_has_is_said_and_not_left_out() -> None:
    snapshot = snapshot_of('vendors: [{id: a, name: "A \\U0002ffff"}]\nflows: [{id: f, to: a, elements: [email]}]')

    for suffix in ("pdf", "png"):
        with pytest.raises(MissingGlyphError, match=r"U\+2FFFF"):
            draw_matrix(snapshot, "overview", suffix)
    assert "\U0002ffff" in draw_matrix(snapshot, "overview", "svg").decode()


def test_typst_code_in_a_name_is_text() -> None:
    name = '#read("/etc/passwd") $x$ *b* _i_ @ref <label> // gone? \\\\'
    snapshot = snapshot_of(
        f"vendors: [{{id: a, name: '{name}'}}]\nflows: [{{id: f, to: a, elements: [email], purpose: '#panic(1)'}}]"
    )
    said = poppler("pdftotext", draw_matrix(snapshot, "overview", "pdf"))

    assert re.sub(r"\s", "", '#read("/etc/passwd")$x$*b*_i_@ref<label>//gone?') in re.sub(r"\s", "", said)
    assert "#panic(1)" in said


def test_the_foot_of_a_page_keeps_to_one_line() -> None:
    catalog = "vendors: [{id: a, name: A}]\nflows: [{id: f, to: a, elements: [email]}]"
    snapshot = snapshot_of(catalog)
    told = replace(snapshot, district=replace(snapshot.district, name="Long " * 80))
    sheet = lay_out(overview_view(told))
    foot = foot_of(sheet.view, sheet.frame)

    assert foot.endswith('…"')
    assert width_of(foot[1:-1], 7.0) < sheet.frame.width - 2 * sheet.frame.margin - 60
