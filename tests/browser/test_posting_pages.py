"""Postings in a real browser: accessible in light, dark and print, at 320 pixels, by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.postings import KINDS, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page


@pytest.fixture(params=KINDS)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    path = tmp_path / "posting.html"
    path.write_text(written(request.param, ".html"), encoding="utf-8", newline="\n")
    return path.as_uri()


@pytest.mark.parametrize(
    ("width", "scheme", "media"), [(320, "dark", "screen"), (1100, "light", "screen"), (800, "light", "print")]
)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    page: Page, axe: Callable[[Page], list[str]], address: str, *, width: int, scheme: str, media: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(
        color_scheme="dark" if scheme == "dark" else "light", media="print" if media == "print" else "screen"
    )
    page.goto(address)

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_spanish_pages_are_accessible_too(page: Page, axe: Callable[[Page], list[str]], tmp_path: Path) -> None:
    for kind in ("il-soppa", "ut-metadata-dictionary"):
        path = tmp_path / f"{kind}.html"
        path.write_text(written(kind, ".html", "es"), encoding="utf-8", newline="\n")
        page.goto(path.as_uri())

        assert axe(page) == []
        assert page.locator("html").get_attribute("lang") == "es"


def test_the_keyboard_reaches_the_text_first_and_every_link_shows_its_focus(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "posting.html"
    path.write_text(written("il-soppa", ".html"), encoding="utf-8", newline="\n")
    page.goto(path.as_uri())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"

    for _ in range(page.locator("main a").count()):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
