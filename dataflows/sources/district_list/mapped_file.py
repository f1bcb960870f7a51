"""A district's own list as a catalog file: read by a mapping, planned and applied like any other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dataflows.errors import InputError, Location, Problem
from dataflows.sources.base import RawRow
from dataflows.sources.district_list.catalog_rows import Builder, Built, describe_row
from dataflows.sources.district_list.entries import EntryReader
from dataflows.sources.district_list.entry_store import EntryStore
from dataflows.sources.district_list.known import Known
from dataflows.sources.district_list.mapping import SheetMap
from dataflows.sources.district_list.propose import refuse_students
from dataflows.sources.grid import letters
from dataflows.sources.grid_files import read_grids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dataflows.sources.base import Path
    from dataflows.sources.district_list.mapping import Mapping
    from dataflows.sources.grid import Grid


class MappedFile:
    """A list in the district's own words; tell it what is known before its rows are asked for."""

    is_table = True

    def __init__(self, name: str, mapping: Mapping) -> None:
        self.name = name
        self.left_out: list[Problem] = []
        """What was not understood, or says nothing, with its place; the rest of its row was read."""
        self._mapping = mapping
        self._grids = read_grids(name)
        self._known = Known()
        self._problems: list[Problem] = []
        self._store: EntryStore | None = None
        self._was_built = False
        self.tell_label: Callable[[str, str, str], object] = lambda _list, _id, _text: None
        """Is told, by list and id, what each row says in a few words: a person knows names, and ids are new to her."""

    def meet(self, known: Known) -> None:
        """Tell it what the catalog holds: names of vendors and schools stand for what is there."""
        self._known = known

    @property
    def share(self) -> float | None:
        """Not known: the list was read as a whole before its first row is ours."""
        return None

    @property
    def problems(self) -> list[Problem]:
        """What is wrong, cell by cell."""
        return self._problems

    @property
    def notes(self) -> list[str]:
        """Nothing more: what was left out is told apart."""
        return []

    def district(self) -> dict[str, Any] | None:
        """Return None: such a list speaks of the district chosen."""
        return None

    def lists(self) -> set[str]:
        """Return no list: a district's own list never holds the whole of one of ours, so nothing of it is removed."""
        return set()

    def rows(self) -> Iterator[RawRow]:
        """Yield the rows of each vendor, with its agreements and flows."""
        counts: dict[str, int] = {}
        for built in self._build():
            number = counts.get(built.list, 0)
            counts[built.list] = number + 1
            yield RawRow(built.list, number, built.tree)

    def _build(self) -> Iterator[Built]:
        """Make our rows; what is left out and what they say in a few words is told the first time."""
        builder = Builder(self._mapping, self._known)
        is_first = not self._was_built
        for built in builder.build(self._entries()):
            if is_first:
                self.tell_label(built.list, str(built.tree["id"]), describe_row(built))
            yield built
        if is_first:
            self._was_built = True
            self.left_out += builder.left_out
            self.left_out.sort(key=_position)

    def _entries(self) -> EntryStore:
        """Read the tables, once; they are let go of afterwards."""
        if self._store is None:
            self._store = EntryStore()
            used: set[str] = set()
            for sheet in self._mapping.sheets:
                grid = next((grid for grid in self._grids if grid.name == sheet.name), None)
                if grid is None:
                    message = f"The file has no sheet called {sheet.name!r}, of which the mapping speaks."
                    self._problems.append(Problem(Location(self.name), message, self._hint_of_sheets()))
                    continue
                used.add(grid.name)
                try:
                    self._read_sheet(grid, sheet, self._store)
                except InputError as error:
                    self._problems += error.problems
            self._mention_others(used)
            self._grids = []
        return self._store

    def _read_sheet(self, grid: Grid, sheet: SheetMap, store: EntryStore) -> None:
        if problem := refuse_students(grid):
            self._problems.append(problem)
        elif (fitted := self._fitted(grid, sheet)) is not None:
            reader = EntryReader(grid, fitted)
            store.add(reader.entries())
            self.left_out += reader.left_out
            self._problems += reader.problems

    def _hint_of_sheets(self) -> str:
        return f"It has {', '.join(repr(grid.name) for grid in self._grids)}."

    def _mention_others(self, used: set[str]) -> None:
        for grid in self._grids:
            self.left_out += grid.problems
            if grid.name not in used and grid.rows:
                problem = refuse_students(grid)
                message = (
                    problem.message if problem else "The mapping does not speak of this sheet, so it was not read."
                )
                self.left_out.append(Problem(grid.whole(), message))

    def _fitted(self, grid: Grid, sheet: SheetMap) -> SheetMap | None:
        """Return the mapping of a sheet with its columns where their headings stand now; None where they are gone."""
        if sheet.headings is None:
            return sheet
        wanted = {_fold(column.heading) for column in sheet.columns if column.heading}
        row = next((row for row in grid.rows if row.number == sheet.headings), None)
        if row is None or wanted.isdisjoint(_fold(cell.text) for cell in row.cells.values()):
            row = next(
                (row for row in grid.rows if wanted and wanted <= {_fold(c.text) for c in row.cells.values()}), None
            )
        if row is None:
            message = f"The headings that the mapping names do not stand in row {sheet.headings}, nor in another."
            hint = "Run `dataflows map-columns` on the file again."
            self._problems.append(Problem(grid.row_place(sheet.headings), message, hint))
            return None
        columns = []
        for column in sheet.columns:
            cell = row.cells.get(column.column)
            if not column.heading or (cell and _fold(cell.text) == _fold(column.heading)):
                columns.append(column)
                continue
            moved = [number for number, other in row.cells.items() if _fold(other.text) == _fold(column.heading)]
            if len(moved) == 1:
                columns.append(replace(column, column=moved[0]))
            else:
                message = (
                    f"The column {column.heading!r} ({letters(column.column)}) of the mapping is not there any more."
                )
                hint = "Mend the mapping, or run `dataflows map-columns` again."
                self._problems.append(Problem(grid.row_place(row.number), message, hint))
        return SheetMap(sheet.name, row.number, tuple(columns), sheet.dates, status=sheet.status)

    def locate(self, paths: Iterable[Path]) -> dict[Path, Location]:
        """Return the cell from which each path comes, or that of its row."""
        found: dict[Path, Location] = {path: Location(self.name) for path in paths}
        wanted: dict[tuple[str, int], list[Path]] = {}
        for path in found:
            if len(path) > 1 and isinstance(path[1], int):
                wanted.setdefault((str(path[0]), path[1]), []).append(path)
        counts: dict[str, int] = {}
        for built in self._build() if wanted else ():
            number = counts.get(built.list, 0)
            counts[built.list] = number + 1
            for path in wanted.get((built.list, number), ()):
                found[path] = built.place(str(path[2]) if len(path) > 2 else "")
        return found


def _position(problem: Problem) -> tuple[int, int, int]:
    place = problem.location
    return (place.sheet or 0, place.line or 0, place.column or 0)


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()
