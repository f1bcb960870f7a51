"""Opens any file as tables of cells: which reader is it for, by its content where its name does not say?"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from dataflows.model.kinds import did_you_mean
from dataflows.sources.base import refuse_file

if TYPE_CHECKING:
    from dataflows.sources.grid import Grid

_LARGEST = 200_000_000
_FIELDS = re.compile(rb"""catalog\s*:\s*\d+\s*[\r\n]|\{\s*"(?:[^"\\]|\\.)*"\s*:|\[\s*\{\s*\"""")
_BEGINS = "Name a workbook (.xlsx), a CSV file, a web page with a table, or text copied from a page."


def read_grids(name: str) -> list[Grid]:
    """Return the tables of a file, whatever kind it is; raises InputError where there is nothing to read."""
    from dataflows.sources.grid_forms import as_list

    return [as_list(grid) for grid in _read_tables(name)]


def _read_tables(name: str) -> list[Grid]:
    if name == "-":
        from dataflows.sources.texts import read_stream

        return _read(name, "", read_stream(name))
    path = Path(name)
    try:
        if path.is_dir():
            raise refuse_file(name, "This is a folder.", _BEGINS)
        if not path.exists():
            siblings = [item.name for item in path.parent.iterdir()] if path.parent.is_dir() else []
            raise refuse_file(name, "There is no such file.", did_you_mean(path.name, siblings))
        if path.stat().st_size > _LARGEST:
            raise refuse_file(name, f"The file is larger than {_LARGEST // 1_000_000} MB.", "Split it.")
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it can't be opened"
        raise refuse_file(name, f"The file can't be read: {reason}.", "Check the name and your rights.") from None
    except ValueError:
        raise refuse_file(name, "No file can have this name.", "Check the name.") from None
    return _read(name, path.suffix.lower(), data)


def _read(name: str, suffix: str, data: bytes) -> list[Grid]:
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise refuse_file(name, "The file is empty.", _BEGINS)
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")) or suffix in (".xlsx", ".xlsm"):
        from dataflows.sources.grid_workbook import read_workbook_grids

        return read_workbook_grids(name, Path(name) if name != "-" else data)
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"{\\rtf", b"SQLite format 3")):
        raise refuse_file(name, "The file holds no table that can be read.", _BEGINS)
    if _is_catalog(data):
        hint = "`dataflows plan` reads a catalog as it is, without a mapping."
        raise refuse_file(name, "The file is YAML or JSON of a program, and no list in columns.", hint)
    if _is_page(data, suffix):
        from dataflows.sources.grid_html import read_page_grids

        return read_page_grids(name, data)
    from dataflows.sources.grid_text import read_text_grids

    return read_text_grids(name, data, is_csv=suffix in (".csv", ".tsv", ".tab"))


def _is_catalog(data: bytes) -> bool:
    """Tell whether a file is a catalog, or JSON: it has names of fields, and no columns."""
    start = data[:4_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return _FIELDS.match(start) is not None


def _is_page(data: bytes, suffix: str) -> bool:
    head = data[:200_000].replace(b"\0", b"").lower()
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    is_named = suffix in (".html", ".htm", ".xhtml", ".mht")
    return start.startswith((b"<!doctype html", b"<html", b"<table")) or (is_named and b"<" in head)
