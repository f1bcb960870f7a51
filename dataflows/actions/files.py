"""Writing what was made: whole or not at all, and with a sentence where it can't be."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from dataflows.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there, so that no half a file is ever found."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    except OSError as error:
        raise OutputError(f"{path} can't be written: {error.strerror or error}.") from None
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def write_changed(folder: Path, files: Mapping[str, bytes]) -> int:
    """Write those files of a folder that would change, all or none, and return how many they were.

    All are written beside their places first: a full disk leaves the folder as it was.
    """
    partials: dict[Path, Path] = {}
    try:
        for name, content in sorted(files.items()):
            path = folder / name
            if path.is_dir():
                raise OutputError(f"{path} can't be written: a folder is in its place.")
            if not (path.is_file() and path.read_bytes() == content):
                partials[path.with_name(f".{name}.partial")] = path
                path.with_name(f".{name}.partial").write_bytes(content)
        for partial, path in partials.items():
            partial.replace(path)
    except OSError as error:
        raise OutputError(f"{folder} can't be written to: {error.strerror or error}.") from None
    finally:
        for partial in partials:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
    return len(partials)


def make_folder(path: Path) -> Path:
    """Make a folder where there is none; raises OutputError where a file is in the way."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"The folder {path} can't be made: {error.strerror or error}.") from None
    return path
