"""The page of the matrix, and the drawings of overview and matrix, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dataflows.actions.draw_matrix import draw_matrix
from tests.snapshots import snapshot_of
from tests.unit.maps.matrix.catalogs import tame
from tests.unit.maps.test_draw import hostile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page


@pytest.mark.parametrize("by", ["element", "category"])
@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_axe_finds_nothing(
    page: Page, axe: Callable[[Page], list[str]], tmp_path: Path, *, by: str, theme: str
) -> None:
    path = tmp_path / "matrix.html"
    path.write_bytes(draw_matrix(snapshot_of(tame(25, 1)), "matrix", "html", by=by, theme=theme))
    page.set_viewport_size({"width": 1100, "height": 800})
    page.goto(path.as_uri())

    assert axe(page) == []


@pytest.mark.parametrize("width", [320, 1100])
def test_the_table_scrolls_in_its_own_frame_by_keyboard(page: Page, tmp_path: Path, *, width: int) -> None:
    path = tmp_path / "matrix.html"
    path.write_bytes(draw_matrix(snapshot_of(tame(40, 1)), "matrix", "html"))
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(path.as_uri())
    page.keyboard.press("Tab")
    page.keyboard.press("PageDown")

    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.evaluate("document.activeElement.className") == "scroll"
    for _ in range(50):
        if page.evaluate("document.activeElement.scrollTop > 0"):
            break
        page.wait_for_timeout(100)
    assert page.evaluate("document.activeElement.scrollTop > 0")


@pytest.mark.parametrize("suffix", ["html", "svg"])
def test_no_name_does_anything_in_the_page(page: Page, tmp_path: Path, *, suffix: str) -> None:
    path = tmp_path / f"matrix.{suffix}"
    path.write_bytes(draw_matrix(hostile(), "matrix", suffix))
    page.goto(path.as_uri())

    assert page.get_by_text("<b>bold</b><script>alert(1)</script>").count()


@pytest.mark.parametrize("view", ["overview", "matrix"])
def test_a_drawing_keeps_its_text_within_itself_whatever_the_typeface(page: Page, tmp_path: Path, *, view: str) -> None:
    path = tmp_path / "map.svg"
    path.write_bytes(draw_matrix(snapshot_of(tame(120, 1)), view, "svg"))
    page.set_viewport_size({"width": 1500, "height": 900})
    page.goto(path.as_uri())
    outside = page.evaluate("""() => {
        const all = document.documentElement.getBoundingClientRect();
        return [...document.querySelectorAll("text")].filter(text => {
            const box = text.getBoundingClientRect();
            return box.left < all.left - 1 || box.right > all.right + 1
                || box.top < all.top - 1 || box.bottom > all.bottom + 1;
        }).map(text => text.textContent);
    }""")

    assert outside == []
