"""Notices in a real browser: accessible, narrow, dark, printed, by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dataflows.actions.write_notice import write_notice
from tests.notices import DAY, KINDS, MAPLE_DAY, example, maple, write_kind
from tests.paper import poppler

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

PAGES = [(kind, vendor, language) for kind, vendor in KINDS for language in ("en", "es")]


@pytest.fixture(params=PAGES, ids=[f"{kind}-{language}" for kind, _, language in PAGES])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    kind, vendor, language = request.param
    path = tmp_path / "notice.html"
    path.write_bytes(write_kind(kind, vendor, language=language).content)
    return path.as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1100])
def test_axe_finds_nothing(
    page: Page, axe: Callable[[Page], list[str]], address: str, *, scheme: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(address)

    assert axe(page) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1100])
def test_nothing_is_wider_than_the_screen(page: Page, address: str, *, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_line_holds_at_most_about_75_signs(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1600, "height": 900})
    page.goto(address)
    page.evaluate("document.querySelector('main p').textContent = 'average of letters in a line '.repeat(40)")
    count = """() => {
      const range = document.createRange(), text = document.querySelector('main p').firstChild;
      const top = at => {
        range.setStart(text, at); range.setEnd(text, at + 1); return range.getBoundingClientRect().top };
      let at = 0; while (top(at) === top(0)) at++; return at }"""

    assert 50 <= page.evaluate(count) <= 85


def test_the_keyboard_reaches_the_text_first_and_every_link_and_field_shows_its_focus(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"

    for tag in page.locator("main a, main input, main .drawing").evaluate_all(
        "nodes => nodes.map(node => node.tagName)"
    ):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.tagName") == tag
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_parts_of_a_page_are_landmarks(page: Page, address: str) -> None:
    page.goto(address)

    assert [page.get_by_role(role).count() for role in ("banner", "main", "contentinfo")] == [1, 1, 1]
    assert page.locator("h1").count() == 1


def test_print_shows_addresses_and_leaves_out_the_skip_link(page: Page, address: str) -> None:
    page.goto(address)
    page.emulate_media(media="print")

    assert page.locator(".skip").evaluate("node => getComputedStyle(node).display") == "none"
    for shown in page.locator("main a[href^=http]:not(.address)").all():
        assert "http" in shown.evaluate("node => getComputedStyle(node, '::after').content")


def test_a_table_keeps_its_roles_on_a_phone(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "letter.html"
    path.write_bytes(write_notice(example(), "vendor-letter", vendor="zoom", issued=DAY).content)
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(path.as_uri())

    assert page.get_by_role("columnheader").count() == 2
    assert page.get_by_role("rowheader").count() == 4


def test_a_form_is_filled_in_by_label_and_sent_nowhere(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "directory.html"
    path.write_bytes(write_kind("directory").content)
    page.goto(path.as_uri())
    page.get_by_label("Student’s name").fill("Ann")
    page.get_by_label("Photos of your child").check()

    assert page.get_by_role("textbox").count() == 6
    assert page.get_by_role("checkbox").count() == 10
    assert page.locator("form, button, [type=submit]").count() == 0


def test_a_form_begins_a_page_and_a_draft_marks_each_one_on_paper(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "directory.html"
    made = write_notice(maple(), "directory", issued=MAPLE_DAY, language="en", is_draft=True)
    path.write_bytes(made.content)
    page.goto(path.as_uri())
    printed = poppler("pdftotext", page.pdf(prefer_css_page_size=True)).split("\f")[:-1]

    assert all("DRAFT" in sheet.partition("\n")[0] for sheet in printed)
    [form] = [sheet for sheet in printed if "Form: do not give out data" in sheet]
    assert "At a glance" not in form


def test_the_contents_of_a_package_lead_to_its_parts(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "package.html"
    path.write_bytes(write_kind("package").content)
    page.goto(path.as_uri())
    page.get_by_role("navigation").get_by_role("link", name="Recruiters and your child’s data").click()

    assert page.url.endswith("#part-4")
    assert page.get_by_role("heading", name="Recruiters and your child’s data", level=2).count() == 1
