"""The browser and axe-core do what the other tests here rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

GOOD = (
    "<!doctype html><html lang=en><title>Good</title>"
    "<main><h1>Good</h1><p>Text with <a href='#x'>a link</a>.</p></main></html>"
)
BAD = "<!doctype html><html><title>Bad</title><main><h1>Bad</h1><img src='data:,'></main></html>"


def test_axe_finds_nothing_on_a_good_page(page: Page, axe: Callable[[Page], list[str]]) -> None:
    page.set_content(GOOD)

    assert axe(page) == []


def test_axe_names_the_faults_of_a_bad_page(page: Page, axe: Callable[[Page], list[str]]) -> None:
    page.set_content(BAD)

    rules = {line.split(" ")[0] for line in axe(page)}

    assert {"html-has-lang", "image-alt"} <= rules
