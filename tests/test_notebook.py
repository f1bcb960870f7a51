"""The notebook's cells run in their order, and what it shows is what they print."""

from __future__ import annotations

import contextlib
import io
import json
from typing import TYPE_CHECKING, Any

from tests.machine import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOTEBOOK = CHECKOUT / "docs" / "notebook.ipynb"


def run_cells(notebook: dict[str, Any]) -> None:
    """Run the code cells in one namespace and put what each prints into its outputs."""
    names: dict[str, Any] = {}
    number = 0
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            number += 1
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(compile("".join(cell["source"]), f"cell {number}", "exec"), names)  # noqa: S102
            text = printed.getvalue().splitlines(keepends=True)
            cell["execution_count"] = number
            cell["outputs"] = [{"name": "stdout", "output_type": "stream", "text": text}] if text else []


def test_the_notebook_shows_what_its_cells_print(golden: Callable[[Path, str], None]) -> None:
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))

    run_cells(notebook)

    golden(NOTEBOOK, json.dumps(notebook, indent=1, ensure_ascii=False) + "\n")
