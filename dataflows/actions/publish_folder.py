"""A package's folder: what is in it, and changing it so that it is whole before or after, never between.

Nothing outside the folder is ever looked at: a symbolic link in it is a fault and is not followed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from dataflows.errors import OutputError
from dataflows.model.manifests import MANIFEST, NOTE, SUMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STAGE = ".publishing"
"""The folder in which new contents are made; while it is there, no other run may write."""
_LAST = (NOTE, SUMS, MANIFEST)
"""These are moved in last: until then the folder does not say that it is the new package."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is in a folder: plain files by their place, and what is no plain file, with what it is."""

    files: dict[str, Path]
    odd: dict[str, str]


def look_into(folder: Path) -> Found:
    """Return what is in a folder; links are not followed. Raises OutputError where it can't be read."""
    found = Found({}, {})
    try:
        if folder.is_dir():
            _walk(folder, "", found)
    except OSError as error:
        raise OutputError(f"The folder {folder} can't be read: {error.strerror or error}.") from None
    return found


def _walk(folder: Path, prefix: str, found: Found) -> None:
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        place = prefix + entry.name
        mode = entry.stat(follow_symlinks=False).st_mode
        if stat.S_ISLNK(mode):
            found.odd[place] = "a symbolic link"
        elif stat.S_ISDIR(mode):
            _walk(Path(entry.path), f"{place}/", found)
        elif stat.S_ISREG(mode):
            found.files[place] = Path(entry.path)
        else:
            found.odd[place] = "no plain file"


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file; raises OutputError where it can't be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise OutputError(f"{path} can't be read: {error.strerror or error}.") from None


def read_small(path: Path, most: int) -> bytes:
    """Return a file's bytes; raises OutputError for one that is larger than it can rightly be."""
    try:
        with path.open("rb") as stream:
            content = stream.read(most + 1)
    except OSError as error:
        raise OutputError(f"{path} can't be read: {error.strerror or error}.") from None
    if len(content) > most:
        raise OutputError(f"{path} is larger than {most // 1_000_000} MB; no {path.name} of a package is.")
    return content


def check_target(folder: Path) -> None:
    """Raise OutputError for what can't become a package's folder."""
    if folder.is_symlink():
        raise OutputError(f"{folder} is a symbolic link. Name the folder itself.")
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder} is a file. Name a folder that is not there yet, or an empty one.")


@dataclass(slots=True)
class Stage:
    """New contents of a folder, made beside it; `move_in` puts them in place, `undo` takes them out again."""

    folder: Path
    place: Path
    written: dict[str, Path] = field(default_factory=dict)
    _moved: list[tuple[Path, Path | None]] = field(default_factory=list)
    _made: list[Path] = field(default_factory=list)

    def write(self, contents: Mapping[str, bytes]) -> None:
        """Write files beside their places, whole and on the disk: what can't be written fails here."""
        for name, content in contents.items():
            path = self.place / f"{len(self.written)}"
            with path.open("xb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            self.written[name] = path

    def move_in(self, gone: Mapping[str, Path]) -> None:
        """Move the files to their places, and those that the package no longer has out of it."""
        for path in gone.values():
            self._set_aside(path)
        for name in sorted(self.written, key=lambda name: (_LAST.index(name) if name in _LAST else -1, name)):
            target = self.folder.joinpath(*name.split("/"))
            self._make_folders(target.parent)
            if target.exists():
                self._set_aside(target)
            else:
                self._moved.append((target, None))
            self.written[name].replace(target)

    def _set_aside(self, path: Path) -> None:
        kept = self.place / f"before-{len(self._moved)}"
        path.replace(kept)
        self._moved.append((path, kept))

    def _make_folders(self, folder: Path) -> None:
        missing = []
        while not folder.exists():
            missing.append(folder)
            folder = folder.parent
        for path in reversed(missing):
            path.mkdir()
            self._made.append(path)

    def undo(self) -> None:
        """Bring the folder back to what it was."""
        for target, kept in reversed(self._moved):
            with suppress(OSError):
                if kept is None:
                    target.unlink(missing_ok=True)
                else:
                    kept.replace(target)
        for path in reversed(self._made):
            with suppress(OSError):
                path.rmdir()


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    """Give a place in which a folder's new contents are made; whatever goes wrong leaves the folder as it was.

    Raises OutputError where the disk is full, or the folder can't be made or written.
    """
    check_target(folder)
    made: list[Path] = []
    place: Path | None = None
    stage: Stage | None = None
    try:
        missing = folder
        while not missing.exists():
            made.append(missing)
            missing = missing.parent
        folder.mkdir(parents=True, exist_ok=True)
        place = _claim(folder)
        stage = Stage(folder, place)
        yield stage
        _remove_empty_folders(folder)
        made.clear()
    except OSError as error:
        _restore(stage)
        raise OutputError(f"The folder {folder} can't be written: {error.strerror or error}.") from None
    except BaseException:
        _restore(stage)
        raise
    finally:
        if place is not None:
            shutil.rmtree(place, ignore_errors=True)
        for path in made:
            with suppress(OSError):
                path.rmdir()


def _claim(folder: Path) -> Path:
    place = folder / STAGE
    try:
        place.mkdir()
    except FileExistsError:
        message = f"Another run is writing {folder}, or one was cut off. If none is at work, delete {place} first."
        raise OutputError(message) from None
    return place


def _restore(stage: Stage | None) -> None:
    if stage is not None:
        stage.undo()


def _remove_empty_folders(folder: Path) -> None:
    for path in sorted((path for path in folder.rglob("*") if path.is_dir() and not path.is_symlink()), reverse=True):
        if path.name != STAGE:
            with suppress(OSError):
                path.rmdir()
