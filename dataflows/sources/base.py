"""What every import format gives: raw rows, the district, problems, and places on request.

A reader turns a file into raw trees and says what is wrong with the file's own form.  What the
values mean is not its business (`rows` does that), and positions are looked up afterwards, only
where something is wrong: so the fast path never keeps them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

from dataflows.errors import InputError, Location, Problem
from dataflows.model.lists import BY_NAME, LISTS, ListSpec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Path: TypeAlias = tuple[str | int, ...]

DEEPEST = 40
"""How many mappings and lists may stand in each other; a catalog needs seven."""

TOP_LISTS: tuple[str, ...] = tuple(s.name for s in LISTS if s.name != "district" and not s.within_district)
DISTRICT_LISTS: tuple[str, ...] = tuple(s.name for s in LISTS if s.within_district)


class RawRow(NamedTuple):
    """One row of a list as the file says it; `number` counts the rows of its list in the file, from 0."""

    list: str
    number: int
    tree: dict[str, Any]
    """Text (every scalar of YAML), None, truth values and numbers (JSON only), lists, mappings."""


class CatalogFile(Protocol):
    """One catalog in one file, or in a folder of tables."""

    name: str
    """As the user typed it."""
    is_table: bool
    """Whether names may stand for ids."""

    @property
    def problems(self) -> list[Problem]:
        """Return what is wrong with the file's form; complete once `rows` was read to its end."""

    @property
    def notes(self) -> list[str]:
        """Return what a person should know of the file, and is not wrong; complete once `rows` was read."""

    def district(self) -> dict[str, Any] | None:
        """Return the district's own fields; None where the file does not hold them."""

    def rows(self) -> Iterator[RawRow]:
        """Yield the rows of all lists in the file's order; faulty ones go to `problems`."""

    def lists(self) -> set[str]:
        """Return which lists the file holds, empty ones too, once `rows` was read."""

    def locate(self, paths: Iterable[Path]) -> dict[Path, Location]:
        """Return the place of each path, or of the nearest value around it."""


def refuse_file(name: str, message: str, hint: str | None = None, *, line: int | None = None) -> InputError:
    """Return the error for a file that can't be read at all."""
    return InputError([Problem(Location(name, line), message, hint)])


def row_id(spec: ListSpec, tree: Mapping[str, Any]) -> str | None:
    """Return a raw row's id, or None where the row lacks a part of it."""
    parts = [tree.get(name) for name in spec.key]
    if not all(isinstance(part, str | int) and part != "" for part in parts):
        return None
    return ":".join(str(part) for part in parts)


def as_file_path(path: Path) -> Path:
    """Return where a row's path stands in a file: contacts and regulations are below the district."""
    return ("district", *path) if path and path[0] in DISTRICT_LISTS else path


def row_of(path: Path) -> Path | None:
    """Return the part of a file path that leads to its row, if it leads into one."""
    size = 2
    if path[:1] == ("district",):
        if len(path) < 2 or path[1] not in DISTRICT_LISTS:
            return None
        size = 3
    return path[:size] if len(path) >= size and isinstance(path[size - 1], int) else None


def spec_of(path: Path) -> ListSpec | None:
    """Return the list that a file path leads into."""
    name = path[1] if len(path) > 1 and path[0] == "district" and path[1] in DISTRICT_LISTS else path[:1]
    return BY_NAME.get(str(name if isinstance(name, str) else "".join(map(str, name))))


def describe_path(path: Path, ids: Mapping[Path, str]) -> str:
    """Write a file path as a person reads it: `flows[zoom-accounts].legal_basis`."""
    row = row_of(path)
    text = ""
    for size, part in enumerate(path, 1):
        if isinstance(part, int):
            text += f"[{ids.get(path[:size], part) if path[:size] == row else part}]"
        else:
            text += f".{part}" if text else part
    return printable(text)


def printable(text: str) -> str:
    """Return a text that any terminal and encoding takes: one line, no control characters."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
