"""The folder of a site: only what changed is written, only what we made is removed, nothing is half there.

`files.json` in the folder lists every file that we made, with its digest, and of those that take long a digest of
what they were made from.  New files are first written
beside, then moved into their places; the list is written before the first move and after the last.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from dataflows.actions.files import make_folder, write_whole
from dataflows.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

LIST = "files.json"
_PATH = re.compile(r"(?!\.)[a-z0-9_-][a-z0-9_.-]*(/[a-z0-9_-][a-z0-9_.-]*)*")
_NO_FILE = "a folder"
"""Stands for the digest of what is no file: it is none that we made."""
_DIGEST = re.compile(r"[0-9a-f]{64}")


class PortalFolder:
    """One folder that is being filled."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ours: dict[str, str] = {}
        self._made: dict[str, str] = {}
        self._sources: dict[str, str] = {}
        self._made_from: dict[str, str] = {}
        self._staged: list[str] = []
        self._place = folder
        self.removed = 0
        self.kept: list[str] = []

    @property
    def count(self) -> int:
        """Return how many files the site has, with its list."""
        return len(self._made) + 1

    @property
    def written(self) -> int:
        """Return how many of them were new or changed."""
        return len(self._staged)

    @contextmanager
    def staged(self) -> Iterator[None]:
        """Take files by `put`; where all went well, bring the folder up to them at the end."""
        is_new = False
        try:
            is_new = not self._folder.exists()
            make_folder(self._folder)
            self._ours, self._sources = self._read_list()
            with tempfile.TemporaryDirectory(prefix=".portal-", dir=self._folder) as place:
                self._place = Path(place)
                yield
                self._bring_up()
        except OSError as error:
            raise OutputError(f"The folder {self._folder} can't be written: {error.strerror or error}.") from None
        finally:
            if is_new:
                with suppress(OSError):  # a folder that is filled stays
                    self._folder.rmdir()

    def keep(self, path: str, source: str) -> int | None:
        """Keep a file that an earlier run made from the same source, and return its size; None where there is none."""
        there = self._folder / path
        if self._sources.get(path) != source or _digest_of(there) != self._ours.get(path):
            return None
        self._made[path], self._made_from[path] = self._ours[path], source
        return there.stat().st_size

    def put(self, path: str, content: bytes, source: str = "") -> None:
        """Take one file of the site; raises OutputError where a file of somebody else is in its place.

        `source` is a digest of all that it was made from, where to make it takes long; then `keep` finds it again.
        """
        digest = hashlib.sha256(content).hexdigest()
        self._made[path] = digest
        if source:
            self._made_from[path] = source
        there = self._folder / path
        found = _digest_of(there)
        if found == digest:
            return
        if found == _NO_FILE or (found is not None and path not in self._ours):
            message = f"{there} is there already, and no portal made it. Name another folder, or move the file away."
            raise OutputError(message)
        waiting = self._place / path
        waiting.parent.mkdir(parents=True, exist_ok=True)
        waiting.write_bytes(content)
        self._staged.append(path)

    def _read_list(self) -> tuple[dict[str, str], dict[str, str]]:
        """Return what an earlier run made, and of some from what; a list that is damaged is none.

        A place outside the folder is left out.
        """
        try:
            said = json.loads((self._folder / LIST).read_bytes())
            return _digests(said["files"]), _digests(said.get("made_from", {}))
        except FileNotFoundError:
            return {}, {}
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError, IsADirectoryError):
            raise OutputError(f"{self._folder / LIST} is no list of a portal's files. Name another folder.") from None

    def _bring_up(self) -> None:
        if self._staged or set(self._ours) != set(self._made):
            self._write_list({**self._ours, **self._made})
        for path in self._staged:
            there = self._folder / path
            there.parent.mkdir(parents=True, exist_ok=True)
            (self._place / path).replace(there)
        for path in sorted(set(self._ours) - set(self._made)):
            self._remove(path)
        self._write_list(self._made)

    def _write_list(self, files: dict[str, str]) -> None:
        parts = {
            "files": files,
            "made_from": {path: self._made_from[path] for path in files if path in self._made_from},
        }
        said = {"made_by": "dataflows portal"} | {name: dict(sorted(rows.items())) for name, rows in parts.items()}
        text = json.dumps(said, indent=1) + "\n"
        if _digest_of(self._folder / LIST) != hashlib.sha256(text.encode()).hexdigest():
            write_whole(self._folder / LIST, text.encode())

    def _remove(self, path: str) -> None:
        """Remove a file that the site no longer has; one that somebody has changed stays, and is named."""
        there = self._folder / path
        found = _digest_of(there)
        if found is None:
            return
        if found != self._ours[path]:
            self.kept.append(path)
            return
        there.unlink()
        self.removed += 1
        for above in there.parents:
            if above == self._folder:
                break
            try:
                above.rmdir()
            except OSError:
                break


def _digests(rows: dict[str, str]) -> dict[str, str]:
    return {path: digest for path, digest in rows.items() if _PATH.fullmatch(path) and _DIGEST.fullmatch(digest)}


def _digest_of(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except IsADirectoryError:
        return _NO_FILE


__all__ = ["LIST", "PortalFolder"]
