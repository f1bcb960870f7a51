"""The index of a published package, and what changed since last year, in a real browser: accessible, narrow, dark."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from dataflows.model.manifests import read_manifest
from dataflows.reporting.changes import compose_changes
from dataflows.reporting.document import write_document
from dataflows.reporting.package_index import render_index
from tests.packages import DISTRICT
from tests.snapshots import snapshot_of
from tests.unit.model.test_manifests import BODY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page


@pytest.fixture(params=["index", "changes", "cambios"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    path = tmp_path / "page.html"
    if request.param == "index":
        path.write_text(render_index(read_manifest(json.dumps(BODY).encode())[0]), encoding="utf-8", newline="\n")
    else:
        text = DISTRICT.removeprefix("catalog: 1\n")
        later = text.replace("[first-name, last-name]", "[first-name, email]").replace(
            "starts: 2025-08-01}", "ends: 2026-12-31}"
        )
        before, after = snapshot_of(text, "2026-08-14"), snapshot_of(later, "2027-08-14")
        language = "en" if request.param == "changes" else "es"
        document = compose_changes(before, after, ("2026-27", "2027-28"), language)
        path.write_bytes(write_document(document, ".html"))
    return path.as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1000])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    page: Page, axe: Callable[[Page], list[str]], address: str, *, scheme: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
