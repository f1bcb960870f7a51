"""The page of the map in a real browser, as people use it: typing, by keyboard, without script, in every look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dataflows.actions.draw_map import Style, draw_map
from dataflows.actions.sample import invent_catalog
from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.maps.page.facts import read_page
from dataflows.model.snapshot import build_snapshot
from dataflows.reporting.map_page import render_overview
from tests.snapshots import snapshot_of
from tests.unit.maps.examples import VIDEO, parse
from tests.unit.maps.matrix.catalogs import tame
from tests.unit.maps.test_draw import DAY, hostile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from dataflows.model.snapshot import Snapshot

DISTRICT = """
district: {id: oak, name: Oak County Schools, state: MD}
schools: [{id: low, name: Low, grades: K-5}, {id: upper, name: Upper, grades: 9-12}]
vendors:
  - {id: meetly, name: "Meetly Video, Inc.", products: [Meetly Rooms]}
  - {id: stratus, name: Stratus Hosting}
  - {id: sums, name: Sums Daily}
  - {id: ancien, name: École Ancienne}
agreements: [{id: meetly-dpa, vendor: meetly, kind: dpa, effective: 2026-01-01, expires: 2028-06-30}]
flows:
  - {id: accounts, to: meetly, method: provided, elements: [first-name, email], purpose: Lessons by video,
     legal_basis: 99.31(a)(1)(i)(B), agreement: meetly-dpa, audience: {grades: 9-12}}
  - {id: device, from: students, to: meetly, method: collected, elements: [app-usage], purpose: Keep it running}
  - {id: hosting, from: meetly, to: stratus, method: provided, elements: [email], legal_basis: 99.33(b)}
  - {id: scores, to: sums, method: provided, elements: [assessment-scores, disability],
     legal_basis: 99.31(a)(1)(i)(B), audience: {grades: K-5}}
  - {id: over, to: ancien, method: provided, elements: [email], ends: 2025-06-30}
"""


@pytest.fixture
def opened(page: Page, tmp_path: Path) -> Callable[..., Page]:
    """Return a function that writes the page of a catalog and opens it."""

    def opening(catalog: str | Snapshot = DISTRICT, *, width: int = 1280, theme: str = "light") -> Page:
        path = tmp_path / "map.html"
        path.write_bytes(
            draw_map(snapshot_of(catalog), "overview", None, "html", style=Style(theme))
            if isinstance(catalog, str)
            else render_overview(read_page(catalog), theme)
        )
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(path.as_uri())
        return page

    return opening


def names(page: Page) -> list[str]:
    return page.locator("#table tbody th bdi").all_inner_texts()


def status(page: Page) -> str:
    return page.locator("#shown").inner_text()


def large(vendors: int) -> Snapshot:
    return build_snapshot(invent_catalog(vendors, 1), taxonomy=builtin_taxonomy(), valid_on=DAY)


def test_typing_finds_by_name_product_and_without_accents(opened: Callable[..., Page]) -> None:
    page = opened()
    assert status(page) == "3 parties shown."

    page.get_by_label("Search by party or product").fill("stra host")
    assert names(page) == ["Stratus Hosting"]
    assert status(page) == "1 of 3 parties shown."

    page.get_by_label("Search by party or product").fill("rooms")
    assert names(page) == ["Meetly Video, Inc."]

    page.get_by_label("Search by party or product").fill("ecole")
    assert names(page) == []
    assert "1 more fits the words" in status(page)

    page.get_by_role("button", name="Clear filters").click()
    assert status(page) == "3 parties shown."
    assert page.evaluate("document.activeElement.id") == "words"


def test_a_source_and_who_only_sends_are_shown_and_not_counted(opened: Callable[..., Page]) -> None:
    """The overview on paper says the same of them, and counts one party."""
    page = opened("""
vendors: [{id: mathly, name: Mathly}, {id: sender, name: Sender}]
flows:
  - {id: rosters, to: mathly, elements: [email]}
  - {id: back, from: mathly, to: oak, elements: [email]}
  - {id: also-back, from: sender, to: oak, elements: [email]}
""")
    assert status(page) == (
        "1 party shown. Shown besides, and not counted: 2 that are sources themselves or only pass data on."
    )
    assert page.get_by_text("vendor, not counted").count() == 1

    page.get_by_label("Search by party or product").fill("oak")
    assert status(page) == "Shown besides, and not counted: 1 that is a source itself or only passes data on."


@pytest.mark.parametrize(
    ("field", "choice", "left"),
    [
        ("Kind of data", "Student e-mail address", {"Meetly Video, Inc.", "Stratus Hosting"}),
        ("Legal basis", "Further disclosure on the district's behalf (34 CFR 99.33(b))", {"Stratus Hosting"}),
        ("Legal basis", "Not stated", {"Meetly Video, Inc."}),
        ("School level", "Elementary (to grade 5)", {"Meetly Video, Inc.", "Stratus Hosting", "Sums Daily"}),
        ("Sensitivity", "high or higher", {"Sums Daily"}),
    ],
)
def test_each_filter_leaves_what_fits_in_table_and_picture(
    opened: Callable[..., Page], field: str, choice: str, left: set[str]
) -> None:
    page = opened()
    page.get_by_label(field, exact=True).select_option(label=choice)

    assert set(names(page)) == left
    assert page.locator("#picture .row").count() == len(left)


def test_a_filter_of_schools_leaves_out_flows_of_other_grades(opened: Callable[..., Page]) -> None:
    page = opened()
    page.get_by_label("School level").select_option(label="Elementary (to grade 5)")
    meetly = page.locator("#table tbody tr", has_text="Meetly").inner_text()

    assert "Application use statistics" in meetly
    assert "Student name" not in meetly
    assert page.get_by_text("Only what fits the filters is shown").is_visible()


def test_another_day_shows_what_was_in_force_then(opened: Callable[..., Page]) -> None:
    page = opened()
    page.get_by_label("On the day").fill("2025-06-30")

    assert "École Ancienne" in names(page)
    assert "June 30, 2025" in page.locator("#subtitle").inner_text()
    assert status(page) == "4 parties shown."
    assert page.locator("#table tbody tr", has_text="Meetly").inner_text().count("not asked on this day") == 1


def test_by_name_is_an_order(opened: Callable[..., Page]) -> None:
    page = opened(tame(30, 1))
    page.get_by_label("Order").select_option(label="By name")

    assert names(page) == sorted(names(page), key=str.lower)
    assert len(names(page)) > 20


def test_a_party_opens_with_flows_basis_agreement_and_findings(opened: Callable[..., Page]) -> None:
    page = opened()
    page.get_by_role("button", name="Meetly Video, Inc.", exact=True).first.click()
    dialog = page.get_by_role("dialog", name="Meetly Video, Inc.")
    text = dialog.inner_text()

    assert "Lessons by video" in text
    assert "School official: contractor, consultant or volunteer (34 CFR 99.31(a)(1)(i)(B))" in text
    assert "meetly-dpa, DPA, from January 1, 2026, to June 30, 2028" in text
    assert "What an audit finds on October 1, 2026" in text
    assert "collected-without-legal-basis" in text
    assert "What it passes on" in text

    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert page.evaluate("document.activeElement.className") == "name"


def test_everything_is_done_by_keyboard(opened: Callable[..., Page]) -> None:
    page = opened()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "words"
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('button.name')"):
            break
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.textContent")
    assert [first, second] == names(page)[:2]
    assert page.locator("#picture [aria-current=true]").get_attribute("aria-label").startswith(f"{second}:")
    assert page.locator("#table button[tabindex='0']").count() == 1

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith(f"{second}:")
    page.keyboard.press("ArrowRight")
    assert page.locator("#cell").get_attribute("aria-live") == "polite"
    assert page.locator("#cell").inner_text().startswith(f"{second}: ")
    page.keyboard.press("End")
    last = names(page)[-1]
    assert page.locator("#table tr[aria-current=true] bdi").inner_text() == last
    page.keyboard.press("Enter")
    assert page.get_by_role("dialog", name=last).is_visible()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith(f"{last}:")


def test_the_pointer_links_the_two_both_ways(opened: Callable[..., Page]) -> None:
    page = opened()
    page.locator("#table tbody tr").nth(1).hover()
    assert page.locator("#picture .row.on").get_attribute("aria-label").startswith(names(page)[1])

    page.locator("#picture .row").nth(2).hover(position={"x": 190, "y": 10})
    assert page.locator("#table tr.on bdi").inner_text() == names(page)[2]
    assert page.locator("#cell").inner_text().startswith(names(page)[2])
    assert page.locator("#cell").get_attribute("aria-live") == "off"


@pytest.mark.parametrize("catalog", [DISTRICT, VIDEO, tame(60, 3)], ids=["district", "video", "tame"])
def test_the_script_writes_the_rows_that_the_page_came_with(
    browser: Browser, opened: Callable[..., Page], catalog: str
) -> None:
    page = opened(catalog)
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(page.url)

    def told(which: Page) -> tuple[list[str], list[str | None]]:
        rows = which.locator("#table tbody tr").all()
        marks = which.locator("#picture :is(path, .t)").all()
        return (
            [" ".join((row.text_content() or "").split()) for row in rows],
            [mark.get_attribute("d") or f"{mark.get_attribute('x')} {mark.text_content()}" for mark in marks],
        )

    assert told(page) == told(plain)
    plain.context.close()


def test_without_script_it_is_a_plain_page_with_every_party(browser: Browser, opened: Callable[..., Page]) -> None:
    address = opened(tame(150, 1)).url
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(address)

    assert not plain.locator("#filters").is_visible()
    assert plain.locator("#table tbody tr:visible").count() > 150
    assert plain.locator("#picture").is_visible()
    assert plain.locator("noscript p").is_visible()
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    opened: Callable[..., Page], page: Page, axe: Callable[[Page], list[str]], *, width: int, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    opened(tame(30, 1), width=width)

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("button.name").first.click()
    assert axe(page) == []


@pytest.mark.parametrize("theme", ["dark", "print"])
def test_axe_finds_nothing_in_other_themes(
    opened: Callable[..., Page], axe: Callable[[Page], list[str]], theme: str
) -> None:
    assert axe(opened(theme=theme)) == []


@pytest.mark.parametrize("view", ["network", "vendor", "summary"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_in_a_drawing(
    page: Page, axe: Callable[[Page], list[str]], tmp_path: Path, *, view: str, scheme: str, width: int
) -> None:
    subject = "meetly" if view == "vendor" else None
    path = tmp_path / "map.html"
    path.write_bytes(draw_map(snapshot_of(VIDEO), view, subject, "html", style=Style(language="es")))
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(path.as_uri())

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("view", ["network", "summary"])
def test_a_drawing_has_the_colours_of_the_screen_and_on_paper_those_of_light(
    page: Page, tmp_path: Path, view: str
) -> None:
    path = tmp_path / "map.html"
    path.write_bytes(draw_map(snapshot_of(VIDEO), view, None, "html"))
    page.goto(path.as_uri())

    def colours() -> list[set[str]]:
        return page.evaluate("""() => ["fill", "stroke"].map(paint =>
            [...document.querySelectorAll(".drawing svg *")].map(e => getComputedStyle(e)[paint]))""")

    light = colours()
    page.emulate_media(color_scheme="dark")
    dark = colours()
    alone = parse(draw_map(snapshot_of(VIDEO), view, None, "svg", style=Style("dark")))
    theme = {element.get("fill") for element in alone.iter() if element.get("fill", "none") != "none"}
    page.emulate_media(color_scheme="dark", media="print")

    assert set(dark[0]) & set(light[0]) <= {"none", "rgb(0, 0, 0)"}
    assert {rgb(colour) for colour in theme if colour} <= set(dark[0])
    assert colours() == light


def rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[place : place + 2], 16)) for place in (1, 3, 5))})"


def test_in_forced_colours_marks_and_rows_can_be_told(opened: Callable[..., Page], page: Page) -> None:
    page.emulate_media(forced_colors="active")
    opened()
    page.locator("#table tbody tr").first.hover()
    colours = page.evaluate("""() => {
        const mark = getComputedStyle(document.querySelector("#picture .k"));
        const text = getComputedStyle(document.querySelector("#picture .t"));
        return [mark.fill, mark.stroke, text.fill];
    }""")

    assert colours[0] != colours[1]
    assert colours[1] == colours[2]


def test_on_paper_there_are_table_and_picture_and_nothing_to_press(opened: Callable[..., Page], page: Page) -> None:
    opened()
    page.emulate_media(media="print")

    assert not page.locator("#filters").is_visible()
    assert page.locator("#table").is_visible()
    assert page.locator("#picture").is_visible()


def test_no_name_does_anything(opened: Callable[..., Page]) -> None:
    page = opened(hostile())
    assert page.get_by_text("<b>bold</b><script>alert(1)</script>").count()
    for button in page.locator("button.name").all()[:12]:
        button.click()
        page.keyboard.press("Escape")
    page.get_by_label("Search by party or product").fill("<script>")

    assert len(names(page)) >= 1
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("view", ["summary", "network", "matrix"])
def test_no_name_does_anything_in_the_other_pages(page: Page, tmp_path: Path, view: str) -> None:
    long = "vendors: [{id: a, name: %s}, {id: b, name: מדר}, {id: c, name: Same}, {id: d, name: SAME}]" % ("x" * 400)
    flows = "\nflows: [{id: f, to: a, elements: [email]}, {id: g, to: b, elements: [email]}]"
    for number, snapshot in enumerate((hostile(), snapshot_of(long + flows), snapshot_of("vendors: []"))):
        path = tmp_path / f"{number}.html"
        path.write_bytes(draw_map(snapshot, view, None, "html"))
        page.set_viewport_size({"width": 320, "height": 800})
        page.goto(path.as_uri())

        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.evaluate("document.querySelectorAll('script, img, iframe').length") == 0


def test_a_vendor_that_gets_everything_and_names_that_are_equal_but_for_case(opened: Callable[..., Page]) -> None:
    known = ", ".join(builtin_taxonomy().elements)
    vendors = "vendors: [{id: all, name: Everything}, {id: a, name: Same}, {id: b, name: SAME}]"
    others = "{id: g, to: a, elements: [email]}, {id: h, to: b, elements: [ssn]}"
    page = opened(f"{vendors}\nflows: [{{id: f, to: all, elements: [{known}]}}, {others}]", width=320)

    assert sorted(names(page)) == ["Everything", "SAME (b)", "Same (a)"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator("button.name", has_text="Everything").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_name_from_right_to_left_keeps_its_place(opened: Callable[..., Page]) -> None:
    page = opened('vendors: [{id: v, name: "مدارس (2)"}]\nflows: [{id: f, to: v, elements: [email]}]', width=320)
    box = page.locator("#table bdi").bounding_box()

    assert names(page) == ["مدارس (2)"]
    assert box is not None
    assert 0 <= box["x"] < 160


@pytest.mark.parametrize("width", [320, 1280])
def test_names_of_400_signs_stay_on_the_page(opened: Callable[..., Page], *, width: int) -> None:
    rows = f"{{id: a, name: {'x' * 400}}}, {{id: b, name: '{'many words ' * 36}'}}"
    page = opened(
        f"vendors: [{rows}]\nflows: [{{id: f, to: a, elements: [email]}}, {{id: g, to: b, elements: [email]}}]",
        width=width,
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("button.name").first.click()

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("dialog .close").is_visible()


def test_a_day_without_flows_is_a_page_without_script(opened: Callable[..., Page], axe) -> None:
    page = opened("vendors: [{id: a, name: Alone}]")

    assert page.get_by_text("No flow of student data is in force on this day.").is_visible()
    assert axe(page) == []


def test_one_vendor_is_one_party(opened: Callable[..., Page]) -> None:
    page = opened("vendors: [{id: v, name: V}]\nflows: [{id: f, to: v, elements: [email]}]")

    assert status(page) == "1 party shown."
    assert not page.locator("#pages").is_visible()


def test_five_thousand_vendors_come_in_pages(opened: Callable[..., Page]) -> None:
    page = opened(large(5_000))
    everyone = status(page)
    assert everyone.startswith("5,0")
    assert len(names(page)) == page.locator("#picture .row").count() == 100

    first = names(page)[0]
    page.get_by_role("button", name="Next page").click()
    assert first not in names(page)
    assert page.get_by_text("Page 2 of 51").is_visible()
    assert page.evaluate("document.activeElement.textContent") == "Next page"

    page.get_by_label("Search by party or product").fill(first)
    assert first in names(page)
    assert page.locator("#table tbody tr").count() < 100
    assert not page.locator("#pages").is_visible()
