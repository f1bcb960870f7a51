"""The front page's picture in a real browser: of the screen's own colours, and on a phone as bars that can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.portals import make_portal
from tests.unit.reporting.portal.test_front_picture import OAK

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

SHOWN = "document.querySelector('.picture img').currentSrc.split('/').pop()"


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("picture") / "site"
    make_portal(OAK, folder)
    return (folder / "es" / "index.html").as_uri()


@pytest.mark.parametrize(("scheme", "shown"), [("light", "summary-es.svg"), ("dark", "summary-es-dark.svg")])
def test_the_picture_has_the_colours_of_the_screen(
    page: Page, axe: Callable[[Page], list[str]], front: str, *, scheme: str, shown: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(front)
    page.locator(".picture img").scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.picture img').naturalWidth > 0")

    assert page.evaluate(SHOWN) == shown
    assert not page.locator(".bars").is_visible()
    assert axe(page) == []


def test_on_a_phone_bars_stand_in_its_place(page: Page, axe: Callable[[Page], list[str]], front: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(front)

    assert page.locator(".bars li").first.inner_text().split("\n")[0].startswith("Quién es su hijo")
    assert not page.locator(".picture").is_visible()
    widths = page.locator(".bars svg").evaluate_all("all => all.map(one => one.getBoundingClientRect().width)")
    assert min(widths) > 300
    assert axe(page) == []


def test_on_paper_the_picture_is_the_light_one(page: Page, front: str) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(front)
    page.locator(".picture img").scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.picture img').naturalWidth > 0")

    assert page.evaluate(SHOWN) == "summary-es.svg"
