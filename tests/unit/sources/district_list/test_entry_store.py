"""Entries that wait for the last row of a long list: the same from memory and from the file, and few of them held."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING

import pytest

from dataflows.sources.district_list.entries import EntryReader
from dataflows.sources.district_list.entry_store import EntryStore
from dataflows.sources.district_list.propose import propose_mapping
from dataflows.sources.grid_files import read_grids
from tests.unit.sources.district_list.lists import write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dataflows.sources.district_list.entry import Entry

KINDS = ("Name; DOB", "None", "?", "Grade level, E-mail")


def entries_of(path: Path) -> Iterator[Entry]:
    [grid] = read_grids(str(path))
    [sheet] = propose_mapping(str(path)).sheets
    return EntryReader(grid, sheet).entries()


def list_of(folder: Path, count: int) -> Path:
    rows = (f"App {n},Maker {n % 7} Inc.,maker{n % 7}.com,{KINDS[n % 4]!r},6/{1 + n % 28}/2027" for n in range(count))
    text = "App,Company,Website,What it gets,Contract ends\n" + "\n".join(rows).replace("'", '"') + "\n"
    return write(folder, text, f"list-{count}.csv")


@pytest.mark.parametrize("most", [0, 1, 59, 60, 61, 8_000])
def test_entries_are_the_same_from_memory_and_from_the_file(most: int, tmp_path: Path) -> None:
    path = list_of(tmp_path, 60)
    whole, store = EntryStore(), EntryStore(most)
    whole.add(entries_of(path))
    store.add(entries_of(path))

    numbers = [*range(0, 60, 7), *range(59, 0, -5)]

    assert store.owners == whole.owners
    assert len(store.owners) == 60
    assert store.load(numbers) == whole.load(numbers)


def test_tables_are_told_apart_when_entries_come_back(tmp_path: Path) -> None:
    store = EntryStore(most=3)
    for count in (5, 6):
        store.add(entries_of(list_of(tmp_path, count)))

    places = [str(entry.grid.place(entry.cells["product"])) for entry in store.load([0, 4, 5, 10])]

    assert [place.rpartition("list-")[2] for place in places] == ["5.csv:2:1", "5.csv:6:1", "6.csv:2:1", "6.csv:7:1"]


def test_of_a_long_list_nothing_is_held_but_where_its_entries_stand(tmp_path: Path) -> None:
    def held(count: int) -> int:
        entries = list(entries_of(list_of(tmp_path, count)))
        store = EntryStore(most=100)
        tracemalloc.start()
        store.add(entries)
        entries.clear()
        size = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        assert len(store.owners) == count
        return size

    assert held(4_000) - held(1_000) < 3_000 * 40
