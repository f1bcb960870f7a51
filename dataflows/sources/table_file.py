"""A catalog in sheets: joins what stands on sheets of its own to the rows to which it belongs.

A folder of CSV and a workbook are both this.  Rows are streamed; only what stands on nested
sheets (guidance, products, sources) is gathered first, by the id of the row to which it belongs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from dataflows.errors import Location, Problem
from dataflows.model.lists import BY_NAME, LISTS, ListSpec
from dataflows.sources.base import Path, RawRow, printable, row_id
from dataflows.sources.flat import IN, SOURCES, Sheet

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence


class Line(NamedTuple):
    """One line of a sheet: its number in the file and its raw tree."""

    number: int
    tree: dict[str, Any]


class TableSheet(Protocol):
    """One sheet of a file, open for reading."""

    sheet: Sheet
    problems: list[Problem]

    def lines(self, only: frozenset[str] | None = None) -> Iterator[Line]:
        """Yield the lines that are not blank, with `only` some fields; faults go to `problems`, the first time only."""

    def find(self, path: Path) -> tuple[int, str] | None:
        """Return number and header of the column that holds a path within a row."""

    def place(self, line: int | None = None, column: int | None = None, where: str = "") -> Location:
        """Return a place in the sheet, as a person finds it."""


class _Part(NamedTuple):
    """A line of a nested sheet."""

    sheet: TableSheet
    line: Line


_Parts = dict[str, dict[Path, list[_Part]]]
"""What belongs to the rows of a list: by id and field."""


class _Row(NamedTuple):
    """A row of a list with what belongs to it."""

    position: int
    tree: dict[str, Any]
    sheet: TableSheet
    number: int
    parts: dict[Path, list[_Part]]


class TableFile:
    """A catalog in sheets; who opens the file hands them over."""

    is_table = True

    def __init__(self, name: str, sheets: Sequence[TableSheet], problems: Iterable[Problem] = ()) -> None:
        self.name = name
        self._other_problems = list(problems)
        self._sheets = sheets
        self._by_list = {s.sheet.list: s for s in sheets if not s.sheet.path}
        self._parts: dict[str, _Parts] | None = None

    @property
    def notes(self) -> list[str]:
        """What a person should know of the file; complete once `rows` was read."""
        return []

    @property
    def share(self) -> float | None:
        """How much of the file was read, from 0 to 1; None where that is not known."""
        return None

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the form, sheet by sheet; complete once `rows` was read."""
        return [*self._other_problems, *(problem for sheet in self._sheets for problem in sheet.problems)]

    def district(self) -> dict[str, Any] | None:
        """Return the fields of the district's sheet; None where there is none."""
        rows = list(self._rows(BY_NAME["district"]))
        for row in rows[1:]:
            message = "The district's sheet has one line, and this is another."
            problem = Problem(row.sheet.place(row.number), message, "One file, or one folder, speaks of one district.")
            if problem not in self._other_problems:
                self._other_problems.append(problem)
        return rows[0].tree if rows else None

    def rows(self) -> Iterator[RawRow]:
        """Yield the rows of all lists, list by list."""
        for spec in LISTS:
            if spec.name != "district":
                for row in self._rows(spec):
                    yield RawRow(spec.name, row.position, row.tree)

    def fields_of_rows(self, names: Collection[str], fields: frozenset[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield some fields of the rows of some lists, as their own sheets have them: list and tree."""
        for spec in LISTS:
            sheet = self._by_list.get(spec.name) if spec.name in names else None
            for line in sheet.lines(fields) if sheet else ():
                yield spec.name, line.tree

    def lists(self) -> set[str]:
        """Return which lists have a sheet, `district` among them."""
        return set(self._by_list)

    def _rows(self, spec: ListSpec) -> Iterator[_Row]:
        """Yield a list's rows: those of its own file, then those of which only parts are there."""
        parts = self._gathered().get(spec.name, {})
        met: set[str] = set()
        index = 0
        sheet = self._by_list.get(spec.name)
        for line in sheet.lines() if sheet else ():
            id = (row_id(spec, line.tree) or "").strip()
            key = id if id in parts else str(line.tree.get("name"))
            own = {} if key in met else parts.get(key, {})
            met.add(key)
            if sheet:
                yield _Row(index, _joined(line.tree, own), sheet, line.number, own)
            index += 1
        for id, own in parts.items():
            if id not in met:
                first = next(iter(own.values()))[0]
                yield _Row(index, _joined(_key_tree(spec, id), own), first.sheet, first.line.number, own)
                index += 1

    def _gathered(self) -> dict[str, _Parts]:
        """Read the nested sheets, once."""
        if self._parts is None:
            self._parts = {}
            for sheet in self._sheets:
                if sheet.sheet.path:
                    for line in sheet.lines():
                        self._gather(sheet, line, self._parts)
        return self._parts

    def _gather(self, sheet: TableSheet, line: Line, parts: dict[str, _Parts]) -> None:
        tree = dict(line.tree)
        name, row = sheet.sheet.list, tree.pop(IN, None)
        if sheet.sheet.name == SOURCES:
            name, row = str(tree.pop("list", None) or ""), tree.pop("row", None)
            if name not in BY_NAME:
                message = f"There is no list called {name!r}." if name else "The cell 'list' is empty."
                self._refuse(sheet, line, "list", message, f"Lists are {', '.join(BY_NAME)}.")
                return
        if not isinstance(row, str):
            key = "row" if sheet.sheet.name == SOURCES else IN
            self._refuse(
                sheet, line, key, f"The cell {key!r} is empty.", "Write the id of the row to which it belongs."
            )
            return
        part = _Part(sheet, Line(line.number, tree))
        parts.setdefault(name, {}).setdefault(row.strip(), {}).setdefault(sheet.sheet.path, []).append(part)

    def _refuse(self, sheet: TableSheet, line: Line, header: str, message: str, hint: str) -> None:
        column = sheet.find((header,))
        if column is not None:
            place = sheet.place(line.number, column[0], header)
            self._other_problems.append(Problem(place, message, hint))

    def locate(self, paths: Iterable[Path]) -> dict[Path, Location]:
        """Return the cell of each path, or the line of its row."""
        wanted: dict[str, dict[int, list[Path]]] = {}
        found: dict[Path, Location] = {}
        for path in paths:
            list_name, index, _ = _split(path)
            wanted.setdefault(list_name, {}).setdefault(index, []).append(path)
            sheet = self._by_list.get(list_name)
            found[path] = sheet.place(where=list_name) if sheet else Location(self.name, where=list_name)
        for name, by_index in wanted.items():
            if name in BY_NAME:
                for row in self._rows(BY_NAME[name]):
                    for path in by_index.get(row.position, ()):
                        found[path] = _place(BY_NAME[name], row, path)
        return found


def _split(path: Path) -> tuple[str, int, Path]:
    """Return list, index and the rest of a path; the district has one row, whose index is not written."""
    if path[:1] == ("district",) and len(path) > 1 and path[1] in BY_NAME:
        path = path[1:]
    if path[:1] == ("district",):
        rest = path[2:] if len(path) > 1 and path[1] == 0 else path[1:]
        return "district", 0, rest
    index = path[1] if len(path) > 1 and isinstance(path[1], int) else -1
    return str(path[0]) if path else "", index, path[2:]


def _place(spec: ListSpec, row: _Row, path: Path) -> Location:
    _, _, rest = _split(path)
    sheet, number, prefix = row.sheet, row.number, ""
    for field, parts in row.parts.items():
        at = rest[len(field)] if len(rest) > len(field) else 0
        inline = len(_at(row.tree, field)) - len(parts)
        if rest[: len(field)] == field and isinstance(at, int) and 0 <= at - inline < len(parts):
            part = parts[at - inline]
            sheet, number, prefix = part.sheet, part.line.number, ".".join(map(str, rest[: len(field)])) + "."
            rest = rest[len(field) + 1 :]
            break
    column = sheet.find(rest)
    id = row_id(spec, row.tree)
    header = column[1] if column else ".".join(str(part) for part in rest if isinstance(part, str))
    where = f"{spec.name}[{id if id is not None else row.position}]"
    if spec.name == "district":
        where = "district"
    where += f".{prefix}{header}" if header else ""
    return sheet.place(number, column[0] if column else None, printable(where))


def _at(tree: dict[str, Any], field: Path) -> list[Any]:
    value: Any = tree
    for name in field:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, list) else []


def _joined(tree: dict[str, Any], parts: dict[Path, list[_Part]]) -> dict[str, Any]:
    """Return a row's tree with the lines of nested sheets in their fields."""
    for field, lines in parts.items():
        target: Any = tree
        for name in field[:-1]:
            target = target.setdefault(name, {})
        inline = target.get(field[-1])
        target[field[-1]] = [*(inline if isinstance(inline, list) else []), *(part.line.tree for part in lines)]
    return tree


def _key_tree(spec: ListSpec, id: str) -> dict[str, Any]:
    values = id.split(":", len(spec.key) - 1)
    return dict(zip(spec.key, values, strict=False))
