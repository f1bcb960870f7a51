"""Lists as districts and states keep them: what each becomes was written down first, and is compared whole.

The lists stand in tests/data/lists; a workbook is written from its rows (`.xlsx.json`).  In the
golden file V is a vendor with its products, P a party, F a flow, A an agreement.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from dataflows.sources.district_list.entries import EntryReader
from dataflows.sources.district_list.known import Known
from dataflows.sources.district_list.propose import propose_mapping
from dataflows.sources.district_list.words import GIVEN_TO, MARKED, UNREAD, is_mark
from dataflows.sources.grid_files import read_grids
from tests.unit.sources.district_list.lists import Read, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LISTS = Path(__file__).parents[3] / "data" / "lists"
FILES = sorted(LISTS.iterdir())
KNOWN = Known((("school", "Oak High", "oak-high"), ("school", "Elm", "elm")), {}, "oak")


def place(source: Path, folder: Path) -> Path:
    """Write a list where it is read, under a name that says nothing."""
    if source.suffix != ".json":
        target = folder / f"list{source.suffix}"
        target.write_bytes(source.read_bytes())
        return target
    tree = json.loads(source.read_text(encoding="utf-8"))
    book = Workbook()
    book.remove(book.active)
    for name, rows in tree["sheets"].items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([date.fromisoformat(value["day"]) if isinstance(value, dict) else value for value in row])
        for block in tree["merged"]:
            sheet.merge_cells(block)
    book.save(folder / "list.xlsx")
    return folder / "list.xlsx"


def lines(found: Read) -> Iterator[str]:
    """Yield what was read in a line each, and what was left out."""
    for name, mark in (("vendors", "V"), ("parties", "P"), ("flows", "F"), ("agreements", "A")):
        for tree in found.rows.get(name, {}).values():
            yield f"  {mark} {describe(name, tree)}"
    for text in (*found.problems, *found.left_out):
        yield f"    - {text.strip()}"


def describe(name: str, tree: dict[str, Any]) -> str:
    rest = {
        key: value for key, value in tree.items() if key not in ("id", "name", "to", "vendor", "elements", "products")
    }
    more = f" {json.dumps(rest, ensure_ascii=False)}" if rest else ""
    if name == "flows":
        return f"{tree['id']} to {tree['to']}: {', '.join(tree['elements'])}{more}"
    if name == "agreements":
        return f"{tree['id']} of {tree['vendor']}{more}"
    products = json.dumps(tree["products"], ensure_ascii=False) if "products" in tree else ""
    return f"{tree['id']} {tree.get('name', '')!r} {products}{more}".rstrip()


def test_lists_of_all_kinds_become_what_they_say(golden: Callable[..., None], tmp_path: Path) -> None:
    told = []
    for number, source in enumerate(FILES):
        folder = tmp_path / str(number)
        folder.mkdir()
        told += [source.name.removesuffix(".json"), *lines(read(place(source, folder), KNOWN))]

    golden("sources/lists.txt", "\n".join(told) + "\n")


@pytest.mark.parametrize("source", FILES, ids=[file.name.removesuffix(".json") for file in FILES])
def test_no_cell_below_the_headings_is_dropped(source: Path, tmp_path: Path) -> None:
    """Each cell is behind a field of its row's entry, or is said to be left out: itself, or its whole column.

    Rows of a schedule of data whose boxes are all empty are said together, at the heading of the boxes.
    """
    path = place(source, tmp_path)
    mapping = propose_mapping(str(path))

    for sheet in mapping.sheets:
        grid = next(grid for grid in read_grids(str(path)) if grid.name == sheet.name)
        reader = EntryReader(grid, sheet)
        kept = {(cell.line, cell.column) for entry in reader.entries() for cell in entry.cells.values()}
        said = {str(problem.location) for problem in (*reader.left_out, *reader.problems)}
        meanings = {column.column: column.is_ for column in sheet.columns}
        heads = {column for row in grid.rows if row.number == sheet.headings for column in row.cells}
        boxes = {column for column, is_ in meanings.items() if is_.startswith(GIVEN_TO)}
        for row in grid.rows:
            if (
                boxes
                and row.cells.keys().isdisjoint(boxes)
                and any(" without a mark, " in str(p) for p in reader.left_out)
            ):
                continue
            if sheet.headings is not None and row.number <= sheet.headings:
                continue
            row_is_said = any(str(grid.place(cell)) in said for cell in row.cells.values() if len(row.cells) == 1)
            for column, cell in row.cells.items():
                is_ = meanings.get(column, "nothing")
                is_known = (cell.line, cell.column) in kept or str(grid.place(cell)) in said or row_is_said
                is_of_column = is_ in UNREAD and column in heads
                is_mark_of_column = is_.startswith(MARKED) and is_mark(cell.text)
                assert is_known or is_of_column or is_mark_of_column, (str(grid.place(cell)), cell.text, is_)
