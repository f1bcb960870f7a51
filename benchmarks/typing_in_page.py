"""How long the map's page takes to answer what is typed or chosen, in Chromium: from the event to the second frame.

The second figure is the processor time of the page alone."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from benchmarks.measure import CHECKOUT, Ratio, Run
from tests.machine import find_browser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

AIMS = {1_000: 0.1, 5_000: 0.5}
"""Seconds, by the number of vendors."""
_TYPED = ("c", "cl", "cle", "clea", "cle", "cl", "c", "", "b", "be", "b", "") * 2
_ANSWER = """async ([id, value]) => {
    const field = document.getElementById(id);
    const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    await frame();
    const start = performance.now();
    field.value = value;
    field.dispatchEvent(new Event("input", {bubbles: true}));
    await frame();
    return (performance.now() - start) / 1000;
}"""
_PAGE = """
import sys
from datetime import date
from pathlib import Path
from dataflows.actions.draw_page import draw_overview_page
from dataflows.actions.sample import invent_catalog
from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.model.snapshot import build_snapshot
rows = invent_catalog(int(sys.argv[1]), 1)
snapshot = build_snapshot(rows, taxonomy=builtin_taxonomy(), valid_on=date(2026, 10, 1))
Path(sys.argv[2]).write_bytes(draw_overview_page(snapshot))
"""


def _answer(page: Page, field: str, value: str) -> tuple[float, float]:
    """Return the seconds up to the second frame, and the page's own processor time, which others disturb least."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        metrics = {row["name"]: row["value"] for row in session.send("Performance.getMetrics")["metrics"]}
        return float(metrics["TaskDuration"])

    before = spent()
    seconds = page.evaluate(_ANSWER, [field, value])
    used = spent() - before
    session.detach()
    return seconds, used


def time_answers(folder: Path) -> Iterator[Ratio]:
    """Yield for each size a figure for a keystroke and one for a filter, each against its aim in seconds."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"])
        for vendors, aim in AIMS.items():
            path = folder / f"map-{vendors}.html"
            subprocess.run([sys.executable, "-c", _PAGE, str(vendors), str(path)], cwd=CHECKOUT, check=True)
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(path.as_uri())
            filters = ("c1", "", "c3", "", "e2", "")
            for name, field, values in (("a keystroke", "words", _TYPED), ("a filter", "data", filters)):
                times = [_answer(page, field, value) for value in values]
                for what, number in (("", 0), (", processor", 1)):
                    pairs = tuple((Run(both[number], 0), Run(aim, 0)) for both in times)
                    yield Ratio(f"{name}, {vendors:,} vendors{what} / {aim * 1000:.0f} ms", 1.0, pairs)
            page.close()
        browser.close()
