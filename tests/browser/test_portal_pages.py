"""The portal in a real browser, as parents use it: on a phone, by keyboard, without scripts, on paper, in the dark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.machine import CHECKOUT
from tests.portals import make_portal, page_faults
from tests.unit.actions.test_portal import NAMES
from tests.unit.reporting.portal.test_public_fields import whole_catalog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page

MORE = """
  - {id: left, name: Left Behind}
  - {id: quiet, name: Quiet Tool, products: [{name: Quiet Tool, student_data: none}]}
  - {id: riddle, name: Riddle}
"""
KINDS = (
    *("index", "who", "who/zoom", "who/left", "who/quiet", "who/riddle", "who/msde", "data", "data/email", "data/ssn"),
    *("schools", "schools/bethesda-es", "grades/k", "choices", "left", "no-data", "documents", "maps", "changes"),
    *("about", "search"),
)
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the site of the example, with a vendor that left, one that takes nothing, and one not known."""
    text = (CHECKOUT / "schemas" / "examples" / "zoom-2020.yaml").read_text(encoding="utf-8")
    text = text.replace("vendors:\n", f"vendors:{MORE}", 1)
    text = text.replace("flows:\n", "flows:\n  - {id: gone, to: left, elements: [ssn], ends: 2024-06-30}\n", 1)
    folder = tmp_path_factory.mktemp("portal") / "site"
    make_portal(text, folder, "2026-09-01")
    return folder


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "site"
    make_portal(NAMES, folder)
    return folder


HOSTILE = "'\"></title></style></script><script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1))"


def made_hostile(value: Any) -> Any:
    """Put markup into every text of a catalog that is free."""
    if isinstance(value, dict):
        return {name: made_hostile(item) for name, item in value.items()}
    if isinstance(value, list):
        return [made_hostile(item) for item in value]
    is_free = isinstance(value, str) and value.endswith((" text", " words", " palabras"))
    return HOSTILE if is_free else value


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the site of a catalog whose every field of every list holds markup."""
    folder = tmp_path_factory.mktemp("filled") / "site"
    bodies, _ = whole_catalog()
    make_portal({name: [(id, made_hostile(row)) for id, row in rows] for name, rows in bodies.items()}, folder)
    return folder


def address(site: Path, page: str, language: str = "en") -> str:
    return (site / language / f"{page}.html").as_uri()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1200, "dark")])
def test_axe_finds_nothing(
    page: Page, axe: Callable[[Page], list[str]], site: Path, *, kind: str, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(address(site, kind, "es" if width == 1200 else "en"))

    assert axe(page) == []


@pytest.mark.parametrize("way", ["ltr", "rtl"])
def test_nothing_is_wider_than_a_page_at_400_percent(page: Page, site: Path, hostile: Path, *, way: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    pages = [address(site, kind, language) for kind in KINDS for language in ("en", "es")]
    for place in [
        *pages,
        *(path.as_uri() for path in sorted((hostile / "en").rglob("*.html")) if "letters" not in str(path)),
    ]:
        page.goto(place)
        page.evaluate("way => { document.documentElement.dir = way }", way)

        assert page.evaluate("document.documentElement.scrollWidth") <= 320, place


def test_a_parent_on_a_phone_has_the_answer_in_two_taps(page: Page, site: Path) -> None:
    page.set_viewport_size(PHONE)
    page.goto((site / "index.html").as_uri())
    page.get_by_role("navigation", name="Parts of this site").get_by_role("link", name="Who gets data").click()
    page.get_by_role("link", name="Zoom", exact=True).click()

    assert page.get_by_role("heading", level=1).inner_text() == "Zoom"
    answer = page.locator(".facts").inner_text()
    assert "17 kinds of data" in answer
    assert "Tell your child’s teacher or principal" in answer


@pytest.mark.parametrize(
    ("typed", "found", "said"),
    [
        ("zoom", "Zoom", "2 found."),
        ("zoom meet", "Zoom Meetings", "1 found."),
        ("zoom.us", "Zoom", "2 found."),
        ("E-MAIL ADDRESS", "Your child’s e-mail address", "2 found."),
        ("bethesda el", "Bethesda Elementary", "1 found."),
        ("kindergarten", "Kindergarten", "1 found."),
        ("xyzzy", None, "Nothing found. Try another word, or look through the lists."),
    ],
)
def test_the_search_finds_by_name_product_data_school_and_grade(
    page: Page, site: Path, *, typed: str, found: str | None, said: str
) -> None:
    page.set_viewport_size(PHONE)
    page.goto((site / "index.html").as_uri())
    page.get_by_role("searchbox").fill(typed)
    page.get_by_role("button", name="Search").click()

    assert page.get_by_role("status").inner_text() == said
    assert page.get_by_role("searchbox").input_value() == typed
    if found:
        page.locator("#index").get_by_role("link", name=found, exact=True).first.click()
        assert page.get_by_role("heading", level=1).is_visible()


def test_the_search_knows_words_without_their_accents_and_answers_each_key(page: Page, site: Path) -> None:
    page.goto(address(site, "search", "es"))
    page.get_by_role("searchbox").press_sequentially("direccion")

    assert page.locator("#index li:visible").count() > 0
    assert "ó" in page.locator("#index li:visible").first.inner_text()
    page.get_by_role("searchbox").fill("")
    assert page.locator("#index li:visible").count() == page.locator("#index li").count()


def test_by_keyboard_alone_a_page_is_found_and_read(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("zoom meetings")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=zoom+meetings")
    page.locator("#q").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/who/zoom.html")

    assert page.title() == "Zoom – Where your child’s data goes – Montgomery County Public Schools"


def test_the_focus_can_be_seen(page: Page, site: Path) -> None:
    page.goto(address(site, "who"))
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")

    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_language_switch_leads_to_the_same_page(page: Page, site: Path) -> None:
    page.goto(address(site, "data/email"))
    page.get_by_role("navigation", name="Language").get_by_role("link", name="Español").click()

    assert page.url.endswith("/es/data/email.html")
    assert page.evaluate("document.documentElement.lang") == "es"


def test_without_scripts_all_text_and_links_are_there(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    page.locator("#q").fill("zoom")
    page.get_by_role("button", name="Search").click()

    assert not page.locator("#search").is_visible()
    assert page.locator("#index li:visible").count() == page.locator("#index li").count() > 100
    page.locator("#index").get_by_role("link", name="Zoom", exact=True).click()
    assert page.locator("h1").inner_text() == "Zoom"
    context.close()


def test_on_paper_there_is_the_text_and_no_way_around(page: Page, site: Path) -> None:
    page.emulate_media(media="print")
    page.goto(address(site, "who/zoom"))

    assert page.get_by_text("To set up an account for your child").first.is_visible()
    for part in (".places", ".languages", ".crumbs", ".more"):
        assert not page.locator(part).is_visible()
    assert page.get_by_text("Data Privacy Officer").is_visible()


def test_in_forced_colours_marks_have_an_edge(browser: Browser, site: Path) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(address(site, "who/zoom"))

    assert page.evaluate("getComputedStyle(document.querySelector('.tag')).borderTopWidth") == "1px"
    context.close()


def test_maps_are_shown_from_a_folder(page: Page, site: Path) -> None:
    page.goto(address(site, "maps"))
    page.locator("img").first.scroll_into_view_if_needed()

    page.wait_for_function("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
    assert page.locator("img").count() >= 1


def test_no_page_says_a_word_on_the_console_or_runs_what_a_field_holds(
    page: Page, site: Path, hostile: Path, filled: Path
) -> None:
    for folder in (site, hostile, filled):
        for path in sorted(folder.rglob("*.html")):
            page.goto(path.as_uri())

    assert page.title()
    assert list(page_faults(filled)) == []


def test_a_name_in_another_script_does_not_turn_its_row_round(page: Page, hostile: Path) -> None:
    page.goto(address(hostile, "who"))
    row = page.locator(".parties li", has_text="מערכת")

    assert row.evaluate("node => getComputedStyle(node).direction") == "ltr"
    assert row.locator("bdi").count() == 1
