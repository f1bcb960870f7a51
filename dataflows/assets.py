"""Finds the folders of data that belong to the program: schemas, migrations and reports.

In an installed wheel they lie in `dataflows/_assets`; in a checkout, beside the package.
This is the only module that builds a path from where the code lies.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def folder(name: str) -> Path:
    """Return the folder called `schemas`, `migrations` or `reports`; raises FileNotFoundError."""
    for parent in (_PACKAGE / "_assets", _PACKAGE.parent):
        if (parent / name).is_dir():
            return parent / name
    message = f"This installation of dataflows lacks its folder {name!r}; install it again."
    raise FileNotFoundError(message)
