"""Opens a catalog file by its name, and by its content where the name does not say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from dataflows.model.kinds import did_you_mean
from dataflows.sources.base import refuse_file
from dataflows.sources.texts import TextSource, read_stream

if TYPE_CHECKING:
    from dataflows.errors import InputError
    from dataflows.sources.base import CatalogFile

STANDARD_INPUT = "-"
_WORKBOOKS = (".xlsx", ".xlsm")
_OTHER_WORKBOOKS = (".xltx", ".xltm", ".xlsb", ".xls", ".ods")
"""Read where they are of the right form after all; otherwise their reader says how to save them."""


def open_catalog_file(name: str) -> CatalogFile:
    """Open a file or folder for reading; raises InputError where it can't be read at all."""
    try:
        if name == STANDARD_INPUT:
            return _open_input(name)
        path = Path(name)
        if path.is_dir():
            return _open_folder(name, path)
        if not path.exists():
            raise _absent(name, path)
        if path.suffix.lower() in (".csv", ".tsv"):
            return _open_table(name, path)
        if path.suffix.lower() in (*_WORKBOOKS, *_OTHER_WORKBOOKS):
            return _open_workbook(name, path)
        return _open_tree(TextSource(name, path), path.suffix.lower())
    except OSError as error:
        reason = error.strerror or "it can't be opened"
        raise refuse_file(name, f"The file can't be read: {reason}.", "Check the name and your rights.") from None
    except ValueError:
        raise refuse_file(name, "No file can have this name.", "Check the name.") from None


def _open_input(name: str) -> CatalogFile:
    """Open what comes from the standard input: a workbook, YAML or JSON, as its first bytes say."""
    data = read_stream(name)
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        from dataflows.sources.xlsx_reader import open_workbook

        return open_workbook(name, data)
    return _open_tree(TextSource(name, data=data), "")


def is_workbook(name: str) -> bool:
    """Tell whether a file is a workbook by its name."""
    return name != STANDARD_INPUT and Path(name).suffix.lower() in _WORKBOOKS


def _absent(name: str, path: Path) -> InputError:
    parent = path.parent
    siblings = [item.name for item in parent.iterdir()] if parent.is_dir() else []
    if not parent.is_dir():
        return refuse_file(name, f"There is no folder {str(parent)!r}, so no file in it.")
    return refuse_file(name, "There is no such file.", did_you_mean(path.name, siblings))


def _open_folder(name: str, path: Path) -> CatalogFile:
    from dataflows.sources.csv_reader import open_csv

    items = sorted(item for item in path.iterdir() if _is_table(item))
    if folder := next((item for item in items if item.is_dir()), None):
        where = str(Path(name) / folder.name)
        raise refuse_file(
            where, "This is a folder, and a list is a file.", "Save the list as a CSV file, or rename it."
        )
    return open_csv(name, items)


def _is_table(path: Path) -> bool:
    """Tell whether a file of a folder is one of ours, and no lock or shadow that a system left there."""
    return path.suffix.lower() in (".csv", ".tsv") and not path.name.startswith((".", "~"))


def _open_table(name: str, path: Path) -> CatalogFile:
    from dataflows.sources.csv_reader import open_csv

    return open_csv(name, [path])


def _open_workbook(name: str, path: Path) -> CatalogFile:
    from dataflows.sources.xlsx_reader import open_workbook

    return open_workbook(name, path)


def _open_tree(source: TextSource, suffix: str) -> CatalogFile:
    if _is_json(source, suffix):
        from dataflows.sources.json_reader import JsonFile

        return JsonFile(source)
    from dataflows.sources.yaml_reader import YamlFile

    return YamlFile(source)


def _is_json(source: TextSource, suffix: str) -> bool:
    """Look at the content: JSON begins with a bracket, but so may YAML."""
    if source.first_character() not in ("{", "["):
        return False
    if suffix not in (".yaml", ".yml"):
        return suffix == ".json" or _parses_as_json(source) or not _looks_like_yaml(source)
    return _parses_as_json(source)


def _parses_as_json(source: TextSource) -> bool:
    try:
        json.loads(source.read())
    except (ValueError, RecursionError):
        return False
    return True


def _looks_like_yaml(source: TextSource) -> bool:
    """Tell whether the first key of a bracketed text is unquoted, which JSON does not allow."""
    start = next(source.chunks(), "").lstrip().removeprefix("{").lstrip()
    return start[:1].isalpha()
