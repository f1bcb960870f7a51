"""Notices in a real browser: accessible, narrow, dark, printed, by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dataflows.actions.write_notice import write_notice
from tests.notices import DAY, example

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

KINDS = [
    ("vendor-letter", "zoom", "en"),
    ("annual", None, "en"),
    ("disclosures", None, "en"),
    ("vendor-letter", "zoom", "es"),
    ("annual", None, "es"),
]


@pytest.fixture(params=KINDS, ids=[f"{kind}-{language}" for kind, _, language in KINDS])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    kind, vendor, language = request.param
    path = tmp_path / "notice.html"
    path.write_bytes(write_notice(example(), kind, vendor=vendor, issued=DAY, language=language).content)
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


def test_the_keyboard_reaches_the_text_first_and_every_link_shows_its_focus(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"

    for _ in range(page.locator("main a").count()):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.tagName") == "A"
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_parts_of_a_page_are_landmarks(page: Page, address: str) -> None:
    page.goto(address)

    assert [page.get_by_role(role).count() for role in ("banner", "main", "contentinfo")] == [1, 1, 1]
    assert page.locator("h1").count() == 1


def test_print_shows_addresses_and_leaves_out_the_skip_link(page: Page, address: str) -> None:
    page.goto(address)
    page.emulate_media(media="print")

    assert page.locator(".skip").evaluate("node => getComputedStyle(node).display") == "none"
    shown = page.locator("main a[href^=http]:not(.address)").first
    assert "http" in shown.evaluate("node => getComputedStyle(node, '::after').content")


def test_a_table_keeps_its_roles_on_a_phone(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "letter.html"
    path.write_bytes(write_notice(example(), "vendor-letter", vendor="zoom", issued=DAY).content)
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(path.as_uri())

    assert page.get_by_role("columnheader").count() == 2
    assert page.get_by_role("rowheader").count() == 4
