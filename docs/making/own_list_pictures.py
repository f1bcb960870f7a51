"""The pictures of docs/how-to/from-your-own-list.md: the list, the lines to check, the plan, the first things to do.

Each shows what the program really says of the list that stands on that page.
"""

from __future__ import annotations

import csv
import html
import io
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

from openpyxl import Workbook
from playwright.sync_api import sync_playwright

from tests.machine import CHECKOUT, find_browser

if TYPE_CHECKING:
    from pathlib import Path

PAGE = CHECKOUT / "docs" / "how-to" / "from-your-own-list.md"
DAY = "2026-09-01"
_STYLE = """
* { box-sizing: border-box; margin: 0 }
body { font: 15px/1.5 'Noto Sans', 'DejaVu Sans', sans-serif; color: #1c1c1c; background: #fff; padding: 14px;
  width: max-content }
.window { border: 1px solid #b8bec6; border-radius: 8px; overflow: hidden; box-shadow: 0 2px 8px #0002 }
.bar { background: #e8ebef; border-bottom: 1px solid #c8cdd4; padding: 6px 14px; font-size: 13px; color: #444 }
table { border-collapse: collapse; font-size: 14px }
td, th { border: 1px solid #d5d9de; padding: 4px 9px; text-align: left; max-width: 250px; vertical-align: top }
th { background: #f1f3f5; color: #555; font-weight: 400; text-align: center }
.head td { font-weight: 700 }
pre { font: 13.5px/1.55 'Noto Sans Mono', 'DejaVu Sans Mono', monospace; padding: 12px 16px; min-width: 700px }
.remark { color: #31708f }
"""


def make(folder: Path, pictures: Path) -> None:
    """Make the four pictures in a folder of their own."""
    text = PAGE.read_text(encoding="utf-8")
    for name in ("oak.yaml", "apps.csv"):
        found = re.search(rf"```\w+ {name}\n(.*?)```", text, re.DOTALL)
        assert found, name  # noqa: S101  (the page is ours)
        (folder / name).write_text(found[1], encoding="utf-8", newline="\n")
    _run(folder, "init")
    _run(folder, "apply", "oak.yaml")
    rows = list(csv.reader(io.StringIO((folder / "apps.csv").read_text(encoding="utf-8"))))
    _save(rows, folder / "apps.xlsx")
    _run(folder, "map-columns", "apps.xlsx", "-o", "map.yaml")
    plan = _run(folder, "plan", "apps.xlsx", "--mapping", "map.yaml")
    _run(folder, "apply", "apps.xlsx", "--mapping", "map.yaml")
    audit = _run(folder, "audit", "--fail-on", "never", "--as-of", DAY)
    pages = {
        "list-sheet": _window("apps.xlsx", _sheet(rows)),
        "list-map": _window(
            "map.yaml", _text((folder / "map.yaml").read_text(encoding="utf-8").split("\n# What a")[0])
        ),
        "list-plan": _window("dataflows plan apps.xlsx --mapping map.yaml", _text(plan)),
        "list-first-cures": _window("dataflows audit", _text(audit)),
    }
    _photograph({pictures / f"{name}.png": page for name, page in pages.items()}, folder)


def _run(folder: Path, *words: str) -> str:
    """Run the program and return what a person sees of it."""
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "COLUMNS": "100"}
    done = subprocess.run(
        [sys.executable, "-m", "dataflows", *words], cwd=folder, check=True, env=environment, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return done.stdout


def _save(rows: list[list[str]], path: Path) -> None:
    """Write the list as a workbook, as an office keeps it."""
    book = Workbook()
    assert book.active is not None  # noqa: S101  (a new workbook has a sheet)
    book.active.title = "Apps"
    for row in rows:
        book.active.append([cell or None for cell in row])
    book.save(path)


def _sheet(rows: list[list[str]]) -> str:
    letters = "".join(f"<th>{chr(65 + number)}</th>" for number in range(len(rows[1])))
    body = "".join(
        f"<tr class='{'head' if number == 2 else ''}'><th>{number}</th>"
        + "".join(f"<td>{html.escape(cell)}</td>" for cell in row)
        + "</tr>"
        for number, row in enumerate(rows, 1)
    )
    return f"<table><tr><th></th>{letters}</tr>{body}</table>"


def _text(text: str) -> str:
    lines = []
    for line in text.rstrip().split("\n"):
        shown = html.escape(line)
        lines.append(f"<span class='remark'>{shown}</span>" if line.lstrip().startswith("#") else shown)
    return "<pre>" + "\n".join(lines) + "</pre>"


def _window(title: str, inside: str) -> str:
    bar = f"<div class='bar'>{html.escape(title)}</div>"
    head = f"<!doctype html><html><head><meta charset='utf-8'><style>{_STYLE}</style></head>"
    return f"{head}<body><div class='window'>{bar}{inside}</div></body></html>"


def _photograph(pages: dict[Path, str], folder: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(viewport={"width": 1200, "height": 400}, device_scale_factor=1.5).new_page()
        for picture, text in pages.items():
            (folder / "page.html").write_text(text, encoding="utf-8", newline="\n")
            page.goto((folder / "page.html").as_uri())
            page.locator("body").screenshot(path=picture)
        browser.close()
