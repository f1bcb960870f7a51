"""The incident sheet and the letter about a breach in a real browser: accessible, and no wider than the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.reporting.test_breach_letter import letter, sheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page


@pytest.fixture(params=["letter", "sheet"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    path = tmp_path / "page.html"
    path.write_bytes(letter(suffix=".html").content if request.param == "letter" else sheet(suffix=".html").encode())
    return path.as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1100])
def test_axe_finds_nothing_and_nothing_is_cut_off(
    page: Page, axe: Callable[[Page], list[str]], address: str, *, scheme: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(address)

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
