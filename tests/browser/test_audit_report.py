"""The audit's page in a real browser: accessible, narrow, dark, filtered by keyboard, whole without its script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dataflows.actions.audit import audit_snapshot, render_audit, render_comparison
from dataflows.model.audit_changes import compare_audits
from tests.machine import CHECKOUT
from tests.snapshots import snapshot_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.conftest import DataflowsIn


@pytest.fixture
def pack(demo: Path, tmp_path: Path, dataflows_in: DataflowsIn) -> str:
    """Give the page of an auditor's pack, with a list from outside and a sample."""
    (tmp_path / "apps.csv").write_text("application,host\nZoom,us02web.zoom.us\nKahoot!,kahoot.it\n", encoding="utf-8")
    words = ("audit", "--pack", "pack", "--sample", "3", "--compared-with", "apps.csv", "--as-of", "2026-11-02")
    done = dataflows_in(tmp_path, *words, "--catalog", str(demo / "dataflows.db"))
    assert done.returncode == 1, done.stderr
    return (tmp_path / "pack" / "audit.html").as_uri()


@pytest.fixture
def changes(tmp_path: Path) -> str:
    """Give the page of two audits side by side."""
    text = (CHECKOUT / "schemas" / "examples" / "zoom-2020.yaml").read_text(encoding="utf-8")
    before, after = (audit_snapshot(snapshot_of(text, day)) for day in ("2025-11-02", "2026-11-02"))
    path = tmp_path / "changes.html"
    path.write_bytes(render_comparison(after, compare_audits(before, after), "html", "dataflows.db"))
    return path.as_uri()


@pytest.fixture
def address(tmp_path: Path) -> str:
    text = (CHECKOUT / "schemas" / "examples" / "zoom-2020.yaml").read_text(encoding="utf-8")
    text += "  - {rule: unsigned-agreement, subject: zoom-2020, by: Counsel, why: It is on paper, until: 2030-01-01}\n"
    path = tmp_path / "audit.html"
    path.write_bytes(render_audit(audit_snapshot(snapshot_of(text)), "html", "dataflows.db"))
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
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["pack", "changes"])
@pytest.mark.parametrize("width", [320, 1100])
def test_axe_finds_nothing_in_a_pack_and_a_comparison(
    page: Page, axe: Callable[[Page], list[str]], request: pytest.FixtureRequest, *, name: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(request.getfixturevalue(name))

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_became_of_a_finding_can_be_chosen_by_keyboard(page: Page, changes: str) -> None:
    page.goto(changes)
    everything = shown(page)
    page.get_by_label("What became of it").focus()
    page.keyboard.type("stayed")
    stayed = shown(page)

    assert 0 < stayed < everything
    assert page.locator(".cure:visible").count() == 1


def test_a_pack_links_to_its_own_files_only(page: Page, pack: str) -> None:
    page.goto(pack)
    links = page.locator("main a").evaluate_all("all => all.map(a => a.getAttribute('href'))")

    assert {"flows.csv", "findings.csv", "log.csv", "comparison.csv"} <= set(links)
    assert all("/" not in link for link in links)


def shown(page: Page) -> int:
    return page.locator(".finding:visible").count()


def test_the_keyboard_filters_and_the_page_says_how_many_are_left(page: Page, address: str) -> None:
    page.goto(address)
    everything = shown(page)
    page.get_by_label("Severity").focus()
    page.keyboard.press("e")

    assert 0 < shown(page) < everything
    assert page.get_by_role("status").inner_text() == f"{shown(page)} of {everything} findings are shown."

    page.get_by_label("Severity").select_option("")
    page.get_by_label("Words").focus()
    page.keyboard.type("PPRA")

    assert shown(page) == 1
    assert page.locator(".cure:visible").count() == 1


def test_without_its_script_everything_is_there(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)

    assert not page.locator("#filters").is_visible()
    assert page.locator(".finding:visible").count() == page.locator(".finding").count() > 5
    context.close()
