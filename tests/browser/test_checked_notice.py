"""The page of a checked notice in a real browser: accessible, and its links lead to the words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dataflows.actions.check_notice import check_notice, render_check
from tests.notices import DAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

TEXT = """Annual notice

Under FERPA parents have the right to inspect and review their child's education records within 60 days.

Write to the principal of [School] and say which records you want to see. <script>alert(1)</script>

Directory information

The district designates as directory information: name, address, photograph and grade level.
"""


@pytest.fixture
def address(tmp_path: Path) -> str:
    path = tmp_path / "page.html"
    path.write_bytes(render_check(check_notice("notice.txt", day=DAY, content=TEXT.encode())))
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
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_links_lead_to_the_marked_words(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name=re.compile("where it is stated.*inspect and review")).click()

    assert page.locator("mark:target").inner_text().endswith("education records within 60 days.")
    assert page.locator("mark:target .badge").inner_text().endswith("1")


def test_what_the_text_holds_is_text(page: Page, address: str) -> None:
    page.goto(address)

    assert page.get_by_text("<script>alert(1)</script>").count() >= 1
