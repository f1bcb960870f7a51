"""Makes the pictures of the README from the demo, and those of the page on starting from a list of one's own.

    python -m docs.make_pictures

Needs what the tests need (`python -m tests` installs it): a browser of Chromium's family.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from docs.making import own_list_pictures
from tests.machine import CHECKOUT, find_browser

PICTURES = CHECKOUT / "docs" / "pictures"
DAY = "2026-09-01"


def run(folder: Path, *words: str) -> None:
    """Run the program in a folder."""
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    subprocess.run([sys.executable, "-m", "dataflows", *words], cwd=folder, check=True, env=environment)


def main() -> None:
    """Make all pictures."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(folder, "demo", "demo")
        run(folder / "demo", "map", "network", "--as-of", DAY, "-o", "map.svg")
        run(folder / "demo", "notice", "annual", "--as-of", DAY, "-o", "notice.html")
        (PICTURES / "map.svg").write_bytes((folder / "demo" / "map.svg").read_bytes())
        photograph(folder / "demo" / "notice.html", PICTURES / "notice.png")
        run(folder / "demo", "portal", "site", "--as-of", DAY)
        site = folder / "demo" / "site" / "en"
        photograph(site / "index.html", PICTURES / "portal-front.png", width=1100, height=1000)
        photograph(site / "who" / "zoom.html", PICTURES / "portal-company.png", width=390, height=844)
        photograph(site / "data" / "email.html", PICTURES / "portal-kind-of-data.png", width=390, height=844)
        photograph(site.parent / "es" / "choices.html", PICTURES / "portal-choices.png", width=390, height=844)
        photograph(site / "maps.html", PICTURES / "portal-maps.png", width=1100, height=900)
        run(folder, "demo", "demo", "--large")
        for view, height in (("overview", 1358), ("summary", 720)):
            drawn = folder / "demo" / f"{view}.svg"
            run(folder / "demo", "map", view, "--catalog", "large.db", "--as-of", DAY, "-o", drawn.name)
            width = 1400 if view == "overview" else 1120
            photograph(drawn, PICTURES / f"map-{view}.png", width=width, height=height, sharpness=0.75)
    with tempfile.TemporaryDirectory() as name:
        own_list_pictures.make(Path(name), PICTURES)


def photograph(page_file: Path, picture: Path, *, width: int = 820, height: int = 900, sharpness: float = 1.5) -> None:
    """Take a picture of the first screen of a page, sharper than the screen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": width, "height": height}, device_scale_factor=sharpness)
        page = context.new_page()
        page.goto(page_file.as_uri())
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    main()
