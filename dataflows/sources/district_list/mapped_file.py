"""A district's own list as a catalog file: read by a mapping, planned and applied like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dataflows.errors import Location, Problem
from dataflows.sources.district_list.catalog_rows import Builder, Built, Known, describe_row, raw_rows
from dataflows.sources.district_list.entries import EntryReader
from dataflows.sources.district_list.mapping import SheetMap
from dataflows.sources.district_list.propose import refuse_students
from dataflows.sources.grid import letters, read_grids

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dataflows.sources.base import Path, RawRow
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
        self._built: list[Built] | None = None

    def meet(self, known: Known) -> None:
        """Tell it what the catalog holds: names of vendors and schools stand for what is there."""
        self._known = known

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
        """Yield the rows of vendors, agreements and flows."""
        yield from raw_rows(self._rows())

    def _rows(self) -> list[Built]:
        if self._built is None:
            entries = []
            used: set[str] = set()
            for sheet in self._mapping.sheets:
                grid = next((grid for grid in self._grids if grid.name == sheet.name), None)
                if grid is None:
                    message = f"The file has no sheet called {sheet.name!r}, of which the mapping speaks."
                    self._problems.append(Problem(Location(self.name), message, self._hint_of_sheets()))
                    continue
                used.add(grid.name)
                if problem := refuse_students(grid):
                    self._problems.append(problem)
                    continue
                if (fitted := self._fitted(grid, sheet)) is not None:
                    reader = EntryReader(grid, fitted)
                    entries += list(reader.entries())
                    self.left_out += reader.left_out
                    self._problems += reader.problems
            self._mention_others(used)
            builder = Builder(self._mapping, self._known)
            self._built = builder.build(entries)
            self.left_out += builder.left_out
            self.left_out.sort(key=_position)
        return self._built

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
                columns.append(type(column)(moved[0], column.heading, column.is_))
            else:
                message = (
                    f"The column {column.heading!r} ({letters(column.column)}) of the mapping is not there any more."
                )
                hint = "Mend the mapping, or run `dataflows map-columns` again."
                self._problems.append(Problem(grid.row_place(row.number), message, hint))
        return SheetMap(sheet.name, row.number, tuple(columns), sheet.dates)

    def labels(self) -> dict[tuple[str, str], str]:
        """Return in a few words what each row says, by list and id: a person knows names, and ids are new to her."""
        return {(built.list, str(built.tree["id"])): describe_row(built) for built in self._rows()}

    def locate(self, paths: Iterable[Path]) -> dict[Path, Location]:
        """Return the cell from which each path comes, or that of its row."""
        by_list: dict[str, list[Built]] = {}
        for built in self._rows():
            by_list.setdefault(built.list, []).append(built)
        found: dict[Path, Location] = {}
        for path in paths:
            rows = by_list.get(str(path[0]), []) if path else []
            index = path[1] if len(path) > 1 else None
            if isinstance(index, int) and index < len(rows):
                found[path] = rows[index].places.get(str(path[2]) if len(path) > 2 else "", rows[index].place)
            else:
                found[path] = Location(self.name)
        return found


def _position(problem: Problem) -> tuple[int, int, int]:
    place = problem.location
    return (place.sheet or 0, place.line or 0, place.column or 0)


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()
