"""The page of the overview: table, picture and data say the same, and no name in them is markup."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataflows.actions.draw_map import draw_map
from dataflows.actions.draw_page import draw_overview_page
from dataflows.errors import UsageError
from dataflows.maps.page.facts import read_page
from dataflows.maps.page.picture import NAMES, ROW, draw_rows, outline, shorten
from dataflows.maps.page.rows import rows_of
from dataflows.maps.page.shapes import MARKS
from dataflows.maps.wording import our_wording
from dataflows.reporting.map_page import as_data
from docs.make_script import BUILT, digest_of_sources
from tests.snapshots import snapshot_of
from tests.unit.maps.examples import CARRIED, VIDEO, parse
from tests.unit.maps.matrix.catalogs import tame, wild
from tests.unit.maps.test_draw import hostile

VOID = {"meta", "input", "br"}
MOST_BYTES = 150_000


class Reader(HTMLParser):
    """Collects a page's elements, its data, and the table's rows as sets of facts."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.attributes: set[str] = set()
        self.data = ""
        self.names: list[str] = []
        self.facts: set[tuple[str, str, tuple[str, ...], str]] = set()
        self.open: list[tuple[str, str]] = []
        self.cell: list[str] = []
        self.marks: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags[tag] += 1
        self.attributes |= set(given)
        if tag not in VOID and tag not in ("rect", "path"):
            self.open.append((tag, given.get("class") or given.get("id") or ""))
        if tag == "li":
            self.marks, self.cell = [], []
        if tag == "span" and (given.get("class") or "").startswith("mark ") and self.is_in("tbody"):
            self.marks.append(given["class"].split()[1])

    def handle_endtag(self, tag):
        if self.open and self.open[-1][0] == tag:
            self.open.pop()
        if tag == "li" and self.is_in("tbody"):
            self.facts.add((self.names[-1], self.cell[0], tuple(self.marks), self.cell[1]))

    def handle_data(self, data):
        if ("script", "facts") in self.open:
            self.data += data
        elif self.is_in("tbody") and self.open[-1][0] == "bdi":
            self.names.append(data)
        elif self.open and self.open[-1] in (("span", "data"), ("span", "part")) and self.is_in("tbody"):
            self.cell.append(data)

    def is_in(self, tag: str) -> bool:
        return any(name == tag for name, _ in self.open)


def facts_in_json(tree) -> set[tuple[str, str, tuple[str, ...], str]]:
    """Reckon the table's facts anew from the page's data alone."""
    gotten: dict[tuple[int, int], tuple[set[int], set[int]]] = {}
    for _id, sender, receiver, _via, method, elements, _b, _p, _a, starts, ends, _l in tree["flows"]:
        if (starts or "") <= tree["day"] <= (ends or "9999"):
            for element in elements:
                marks, carried = gotten.setdefault((receiver, tree["elements"][element][2]), (set(), set()))
                marks.add(method if tree["parties"][sender][4] else len(MARKS) - 1)
                carried.add(element)
    return {
        (
            tree["parties"][party][1],
            tree["columns"][column][1],
            tuple(MARKS[mark] for mark in sorted(marks)),
            f"{len(carried)} of {tree['columns'][column][2]}",
        )
        for (party, column), (marks, carried) in gotten.items()
    }


def facts_in_picture(page: str, view) -> set[tuple[str, str, str]]:
    """Read the picture: by row and column the letters in it."""
    rows = parse(re.search(r'<svg[^>]*id="picture".*?</svg>', page, re.DOTALL).group())
    found = set()
    for number, row in enumerate(rows):
        for text in row.iter("text"):
            if text.get("class") != "name":
                for x, letter in zip(text.attrib["x"].split(), text.text, strict=True):
                    found.add((number, int((float(x) - NAMES) // 21), letter))
    assert len(rows) == len(rows_of(view))
    return found


@pytest.mark.parametrize(
    "catalog", [VIDEO, CARRIED, tame(40, 1), wild(12, 2)], ids=["video", "carried", "tame", "wild"]
)
def test_table_picture_and_data_say_the_same(catalog: str) -> None:
    snapshot = snapshot_of(catalog)
    view, page = read_page(snapshot), draw_overview_page(snapshot).decode()
    read = Reader(page)
    letters = our_wording().page["letters"]

    assert read.facts == facts_in_json(json.loads(read.data)) != set()
    assert facts_in_picture(page, view) == {
        (number, cell.column, letters[mark])
        for number, row in enumerate(rows_of(view))
        for cell in row.cells
        for mark in cell.marks
    }
    assert read.names == [row.party.name for row in rows_of(view)]


@settings(max_examples=25, deadline=None)
@given(vendors=st.integers(1, 12), seed=st.integers(0, 10_000), most=st.integers(1, 25))
def test_table_and_data_say_the_same_of_any_catalog(vendors: int, seed: int, most: int) -> None:
    read = Reader(draw_overview_page(snapshot_of(wild(vendors, seed, most=most))).decode())

    assert read.facts == facts_in_json(json.loads(read.data))


def test_hostile_markup_in_every_field_is_text() -> None:
    snapshot = hostile()
    page = draw_overview_page(snapshot).decode()
    plain = Reader(draw_overview_page(snapshot_of(VIDEO)).decode())
    read = Reader(page)

    assert read.tags["script"] == plain.tags["script"] == 2
    assert set(read.tags) <= set(plain.tags) | {"section", "optgroup"}
    assert not [name for name in read.attributes if name.startswith("on") or name in ("style", "srcdoc")]
    assert not re.search(r"<(?!/script>)", page[page.index('id="facts">') + 11 : page.index("</script>")])
    assert "<b>bold</b>" not in page
    assert any("<b>bold</b>" in name for name in read.names)


def test_data_in_a_script_can_not_end_it() -> None:
    text = as_data({"name": "</script><script>alert(1)</script> & \u2028 <!--"})

    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == {"name": "</script><script>alert(1)</script> & \u2028 <!--"}


def test_the_policy_names_the_digests_of_what_stands_in_the_page() -> None:
    from dataflows.reporting.pages import digest_of

    page = draw_overview_page(snapshot_of(VIDEO)).decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page).group(1)
    [style] = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    script = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)[-1]

    assert f"style-src 'sha256-{digest_of(style)}'" in policy
    assert f"script-src 'sha256-{digest_of(script)}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_the_script_is_built_from_its_modules_and_small() -> None:
    built = BUILT.read_text(encoding="utf-8")

    assert built.startswith(f"// Built from reports/map/script ({digest_of_sources()}).\n")
    assert len(built.encode()) <= MOST_BYTES
    assert not re.search(r"\beval\b|\bFunction\(|innerHTML|https?://(?!www\.w3\.org/2000/svg)", built)


def test_the_same_page_has_the_same_bytes() -> None:
    assert draw_overview_page(snapshot_of(VIDEO)) == draw_overview_page(snapshot_of(VIDEO))


def test_a_flow_that_is_over_is_in_the_data_and_not_in_the_table() -> None:
    read = Reader(draw_overview_page(snapshot_of(VIDEO)).decode())
    tree = json.loads(read.data)

    assert "Idle Learning" not in read.names
    assert "over" in {flow[0] for flow in tree["flows"]}
    assert "Idle Learning" in {party[1] for party in tree["parties"]}


def test_what_an_audit_finds_is_in_the_page_and_what_is_waived_is_not() -> None:
    waiver = "waivers: [{rule: flow-without-start, subject: accounts, by: Counsel, why: Known, until: 2030-01-01}]\n"
    told, but_waived = (findings_of(catalog) for catalog in (VIDEO, VIDEO + waiver))

    assert told - but_waived == {("meetly", "DAT-001 flow-without-start", "flow/accounts")}


def findings_of(catalog: str) -> set[tuple[str, str, str]]:
    tree = json.loads(Reader(draw_overview_page(snapshot_of(catalog)).decode()).data)
    return {
        (tree["parties"][party][0], tree["rules"][rule][3], subject)
        for party, rule, _message, subject in tree["findings"]
    }


def test_levels_of_school_come_from_grades() -> None:
    catalog = """
vendors: [{id: v, name: V}]
flows:
  - {id: a, to: v, elements: [email], audience: {grades: K-5}}
  - {id: b, to: v, elements: [email], audience: {grades: "8,9"}}
  - {id: c, to: v, elements: [email]}
"""
    flows = {flow.id: flow.levels for flow in read_page(snapshot_of(catalog)).flows}

    assert flows == {"a": 0b0001, "b": 0b0110, "c": 0b1111}


def test_names_that_differ_in_case_alone_are_told_apart() -> None:
    catalog = """
vendors: [{id: a, name: Tree}, {id: b, name: TREE}]
flows: [{id: x, to: a, elements: [email]}, {id: y, to: b, elements: [email]}]
"""
    read = Reader(draw_overview_page(snapshot_of(catalog)).decode())

    assert sorted(read.names) == ["TREE (b)", "Tree (a)"]


def test_a_day_without_flows_is_said() -> None:
    page = draw_overview_page(snapshot_of("vendors: [{id: a, name: Alone}]")).decode()

    assert our_wording().page["empty"] in page
    assert "<script" not in page
    assert "Alone" in page


def test_a_name_too_long_for_the_picture_is_cut_off_and_whole_in_the_table() -> None:
    name = "x" * 400
    view = read_page(snapshot_of(f"vendors: [{{id: v, name: {name}}}]\nflows: [{{id: f, to: v, elements: [email]}}]"))
    [row] = rows_of(view)
    svg = parse(draw_rows(view.columns, [row], our_wording().page["letters"], "About"))

    assert row.party.name == name
    assert len(next(svg.iter("text")).text) <= 26


@pytest.mark.parametrize(
    ("text", "short"), [("Four", "Four"), ("abcdef", "abc…"), ("汉字汉字", "汉…"), ("abcd", "abcd")]
)
def test_a_text_is_cut_off_by_how_wide_it_is(text: str, short: str) -> None:
    assert shorten(text, 4) == short


@pytest.mark.parametrize("mark", MARKS)
def test_each_way_has_a_shape_of_its_own(mark: str) -> None:
    shapes = {other: outline(other, 0, 16) for other in MARKS if other != "unstated"}

    assert len(set(shapes.values())) == len(shapes)
    assert outline(mark, 0, 16).startswith("M")
    assert ROW > 16


@pytest.mark.parametrize("view", ["network", "vendor", "element", "path"])
def test_a_drawn_map_has_a_page_with_its_flows_as_a_table(view: str) -> None:
    subjects = {
        "network": (None, None),
        "vendor": ("meetly", None),
        "element": ("email", None),
        "path": ("students", "meetly"),
    }
    subject, other = subjects[view]
    page = draw_map(snapshot_of(VIDEO), view, subject, "html", other=other).decode()
    tree = json.loads(draw_map(snapshot_of(VIDEO), view, subject, "json", other=other))
    body = page[page.index("<tbody>") : page.index("</tbody>")]

    assert body.count("<tr>") == len(tree["key"]) > 0
    assert page.count("<svg") == 1
    assert "<script" not in page
    assert not re.search(r"<[^>]* style=", page)


def test_the_overview_as_a_page_has_findings_and_every_day_in_it() -> None:
    from dataflows.actions.draw_map import Marks, Since

    audited = Marks(is_audited=True)

    assert draw_map(snapshot_of(VIDEO), "overview", None, "html", marks=audited)
    with pytest.raises(UsageError, match="choose one there"):
        draw_map(snapshot_of(VIDEO), "overview", None, "html", marks=Marks(Since(date(2026, 1, 1))))
