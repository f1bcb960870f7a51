"""A second, careful walk through a tree file: where stands what, and what is wrong with its form.

It runs only when there is something to report, so it may take its time.  YAML and JSON share it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dataflows.errors import Location, Problem
from dataflows.model.kinds import did_you_mean, shown
from dataflows.model.lists import LISTS
from dataflows.sources.base import (
    DEEPEST,
    DISTRICT_LISTS,
    TOP_LISTS,
    Path,
    as_file_path,
    describe_path,
    row_id,
    row_of,
    spec_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dataflows.sources.tokens import Token

_KEYS = frozenset(name for spec in LISTS for name in spec.key)
TOP_KEYS = ("catalog", "district", *TOP_LISTS)


@dataclass(slots=True)
class _Frame:
    """A mapping or a list that is open."""

    path: Path
    is_map: bool
    index: int = 0
    key: str | None = None
    """The key whose value comes next."""
    seen: dict[str, int] = field(default_factory=dict)
    is_key: bool = False
    """It stands where a key should; its value comes next."""
    is_wanted: bool = False
    """A place within it is asked for."""


@dataclass(frozen=True, slots=True)
class _Fault:
    path: Path
    line: int
    column: int
    message: str
    hint: str | None


class Walk:
    """One walk through the tokens of a file."""

    def __init__(self, name: str, wanted: Iterable[Path] = ()) -> None:
        self.name = name
        self._wanted = {as_file_path(p)[:size] for p in wanted for size in range(len(as_file_path(p)) + 1)}
        self._places: dict[Path, tuple[int, int]] = {}
        self._faults: list[_Fault] = []
        self._keys: dict[Path, dict[str, Any]] = {}
        self._frames: list[_Frame] = []
        self._stopped = False

    def through(self, tokens: Iterable[Token]) -> Walk:
        """Walk through all tokens, or until something makes going on pointless."""
        for token in tokens:
            if token.kind == "fault":
                self._refuse(self._path(), token, str(token.value), token.hint)
            elif token.kind == "stop":
                self._refuse((), token, str(token.value), token.hint)
                self._stopped = True
            elif token.kind in "}]":
                self._close()
            elif self._frames and self._frames[-1].is_map and self._frames[-1].key is None:
                self._take_key(token)
            else:
                self._take_value(token)
            if self._stopped:
                break
        return self

    def places(self, paths: Iterable[Path]) -> dict[Path, Location]:
        """Return the place of each path, or of the nearest value around it."""
        ids = self._ids()
        found: dict[Path, Location] = {}
        for path in paths:
            full = as_file_path(path)
            near = next((full[:size] for size in range(len(full), -1, -1) if full[:size] in self._places), None)
            line, column = self._places[near] if near is not None else (None, None)
            found[path] = Location(self.name, line, column, describe_path(full, ids))
        return found

    def problems(self) -> list[Problem]:
        """Return what is wrong with the file's form, in its order."""
        ids = self._ids()
        return [
            Problem(Location(self.name, f.line, f.column, describe_path(f.path, ids)), f.message, f.hint)
            for f in self._faults
        ]

    def _ids(self) -> dict[Path, str]:
        found = {}
        for row, tree in self._keys.items():
            spec = spec_of(row)
            if spec and (id := row_id(spec, tree)) is not None:
                found[row] = id
        return found

    def _path(self) -> Path:
        """Return the path of the value that comes next."""
        if not self._frames:
            return ()
        frame = self._frames[-1]
        if frame.is_map:
            return frame.path if frame.key is None else (*frame.path, frame.key)
        return (*frame.path, frame.index)

    def _refuse(self, path: Path, token: Token, message: str, hint: str | None = None) -> None:
        self._faults.append(_Fault(path, token.line, token.column, message, hint))

    def _take_key(self, token: Token) -> None:
        frame = self._frames[-1]
        if token.kind == "gap":
            frame.key = "?"
            return
        if token.kind != "scalar":
            self._refuse(frame.path, token, f"A key is a word, but here is {_describe(token)}.", "Quote the text.")
            frame.key = "?"
            self._frames.append(_Frame((*frame.path, "?"), token.kind == "{", is_key=True))
            return
        key = frame.key = "~" if token.value is None else str(token.value)
        path = (*frame.path, key)
        if key in frame.seen:
            message = f"The key {shown(key)} stands twice in one mapping, first in line {frame.seen[key]}."
            self._refuse(path, token, message, "Keep one of them.")
        elif key == "<<":
            self._refuse(path, token, "Merge keys (<<) are not read.", "Write the fields out.")
        elif not frame.path and key not in TOP_KEYS:
            self._refuse(path, token, f"A catalog has no list called {shown(key)}.", _hint_of_top(key))
        frame.seen.setdefault(key, token.line)

    def _take_value(self, token: Token) -> None:
        if token.kind == "scalar" and self._is_of_no_interest():
            self._step()
            return
        path = self._path()
        if path in self._wanted:
            self._places.setdefault(path, (token.line, token.column))
        if token.kind == "gap":
            self._step()
            return
        self._check_shape(path, token)
        row = row_of(path)
        if token.kind == "scalar":
            spec = spec_of(path)
            if row is not None and len(path) == len(row) + 1 and spec and path[-1] in spec.key:
                self._keys.setdefault(row, {}).setdefault(str(path[-1]), token.value)
            self._step()
        elif len(self._frames) >= DEEPEST:
            self._refuse_depth(row or path[:2], token)
        else:
            self._frames.append(_Frame(path, token.kind == "{", is_wanted=path in self._wanted))

    def _is_of_no_interest(self) -> bool:
        """Tell at once whether the next scalar is a field within a row that nobody asks about."""
        if len(self._frames) < 3:
            return False
        frame = self._frames[-1]
        return not frame.is_wanted and frame.key not in _KEYS and frame.path[0] != "district"

    def _refuse_depth(self, path: Path, token: Token) -> None:
        """Stop here; what was said of the same piece before says less than this."""
        self._faults = [fault for fault in self._faults if fault.path[: len(path)] != path]
        message = f"Lists and mappings stand more than {DEEPEST} deep in each other here; the rest was not read."
        self._refuse(path, token, message, "A catalog needs seven levels.")
        self._stopped = True

    def _close(self) -> None:
        frame = self._frames.pop()
        if not frame.path:
            self._check_top(frame)
        self._forget(frame.path)
        if not frame.is_key:
            self._step()

    def _step(self) -> None:
        if self._frames:
            self._frames[-1].key = None
            self._frames[-1].index += 1

    def _forget(self, path: Path) -> None:
        """Drop the id of a row that nothing is said about: a file may have a million."""
        if row_of(path) == path and path not in self._wanted:
            last = self._faults[-1].path if self._faults else ()
            if last[: len(path)] != path:
                self._keys.pop(path, None)

    def _check_shape(self, path: Path, token: Token) -> None:
        """Refuse what is not a catalog's shape: lists of rows, the district a mapping."""
        found = _describe(token)
        if path == ():
            if token.kind != "{":
                self._refuse(path, token, f"A catalog is a mapping, but the file holds {found}.", _BEGIN)
                self._stopped = True
        elif path == ("catalog",):
            if token.kind != "scalar" or str(token.value) != "1":
                self._refuse(path, token, f"This program reads catalog: 1, but the file says {found}.", _BEGIN)
        elif path == ("district",):
            if token.kind != "{":
                self._refuse(path, token, f"The district is a mapping of fields, but here is {found}.")
        elif _is_list(path):
            if token.kind != "[" and (token.kind != "scalar" or token.value is not None):
                self._refuse(path, token, f"Expected a list of rows, found {found}.", "Write - id: ... for each row.")
        elif row_of(path) == path and spec_of(path) and token.kind != "{":
            self._refuse(path, token, f"Expected a row, found {found}.", "Write its fields: {id: ..., ...}.")

    def _check_top(self, top: _Frame) -> None:
        for key, hint in (("catalog", _BEGIN), ("district", "Write district: {id: ..., name: ..., state: ...}.")):
            if key not in top.seen:
                self._faults.append(_Fault((), 1, 1, f"The file has no {key!r}.", hint))


_BEGIN = "Begin the file with 'catalog: 1'."


def _is_list(path: Path) -> bool:
    if len(path) == 1:
        return path[0] in TOP_LISTS
    return len(path) == 2 and path[0] == "district" and path[1] in DISTRICT_LISTS


def _hint_of_top(key: str) -> str | None:
    if key in DISTRICT_LISTS:
        return f"{key!r} stands below 'district'."
    return did_you_mean(key, TOP_KEYS) or f"The lists are {', '.join(TOP_LISTS)}."


def _describe(token: Token) -> str:
    if token.kind == "scalar":
        return "nothing" if token.value is None else shown(token.value)
    return "a mapping" if token.kind == "{" else "a list"


def find_places(name: str, tokens: Iterator[Token], wanted: Iterable[Path]) -> dict[Path, Location]:
    """Return the places of paths in a file, found in one walk."""
    paths = list(wanted)
    return Walk(name, paths).through(tokens).places(paths)
