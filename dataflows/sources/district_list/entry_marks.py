"""Cells that hold marks: which data, which legal basis, who gets it, whether there is a contract and it is signed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dataflows.errors import Problem
from dataflows.sources.base import printable
from dataflows.sources.district_list.mapping import AGREEMENT_KIND
from dataflows.sources.district_list.values import find_contract_kind, says_signed
from dataflows.sources.district_list.words import (
    BASIS,
    CONTRACT,
    DATA_GROUP,
    ELEMENT,
    GIVEN,
    GIVEN_TO,
    GRADE,
    MANDATE,
    MARKED,
    SCHOOL,
    is_mark,
    is_yes,
    says_nothing,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from dataflows.sources.district_list.entry import Entry
    from dataflows.sources.district_list.mapping import ColumnMap, SheetMap
    from dataflows.sources.grid import Cell, Grid


class EntryMarks:
    """Reads marks; keeps what is left out, and what is refused."""

    def __init__(self, grid: Grid, sheet: SheetMap) -> None:
        self.grid = grid
        self.sheet = sheet
        self.left_out: list[Problem] = []
        self.problems: list[Problem] = []

    def _reader_of_marks(self, column: ColumnMap) -> Callable[[Entry, Cell], None] | None:
        """Return what reads the cells of a column that may hold nothing but marks, or stand for the rows below."""
        is_ = column.is_
        if is_ in (GIVEN, DATA_GROUP):
            return self._read_given if is_ == GIVEN else self._read_data_group
        if is_ == "agreement status":
            return partial(self._read_signed, column.heading)
        if is_.startswith(GIVEN_TO):
            return partial(self._give, is_.removeprefix(GIVEN_TO))
        if is_.startswith(CONTRACT):
            return partial(self._mark_contract, is_.removeprefix(CONTRACT))
        return partial(self._mark, is_) if is_.startswith(MARKED) else None

    def leave(self, cell: Cell, message: str) -> None:
        """Say that a cell was not read, and why."""
        self.left_out.append(Problem(self.grid.place(cell), f"{message}."))

    def _put(self, entry: Entry, name: str, text: str, cell: Cell) -> None:
        entry.texts[name] = text
        entry.cells[name] = cell

    def _mark(self, is_: str, entry: Entry, cell: Cell) -> None:
        """Read a mark that stands for an element, a legal basis, who demands it, or who uses it."""
        if not is_mark(cell.text):
            self.leave(cell, f"The mark {shown(cell.text)} is neither X nor empty")
        elif not is_yes(cell.text):
            return
        elif is_.startswith(ELEMENT):
            ids = is_.removeprefix(ELEMENT).split(" and ")
            entry.elements = tuple(dict.fromkeys((*entry.elements, *ids)))
            entry.cells.setdefault("elements", cell)
        elif is_.startswith(BASIS):
            self._put_first(entry, "legal_basis", is_.removeprefix(BASIS), cell)
        elif is_.startswith(GRADE):
            entry.marked_grades = (*entry.marked_grades, is_.removeprefix(GRADE))
            entry.cells.setdefault("grades", cell)
        elif is_.startswith(SCHOOL):
            entry.marked_schools = (*entry.marked_schools, is_.removeprefix(SCHOOL))
            entry.cells.setdefault("schools", cell)
        else:
            self._put_first(entry, "mandate", is_.removeprefix(MANDATE), cell)

    def _read_given(self, entry: Entry, cell: Cell) -> None:
        """Read whether the data of the row is given: what is not marked is not taken down."""
        entry.cells[GIVEN] = cell
        entry.is_given = is_mark(cell.text) and is_yes(cell.text)
        if not is_mark(cell.text):
            self.leave(cell, f"{shown(cell.text)} does not say whether the data is given, so it was not taken")

    def _give(self, name: str, entry: Entry, cell: Cell) -> None:
        """Read the mark by which a vendor gets the data of the row, or doesn't."""
        entry.receivers = (*entry.receivers, (name, cell, is_mark(cell.text) and is_yes(cell.text)))
        entry.cells[f"{GIVEN_TO}{name}"] = cell
        if not is_mark(cell.text):
            self.leave(cell, f"{shown(cell.text)} does not say whether {name} gets the data, so it was not taken")

    def _read_data_group(self, entry: Entry, cell: Cell) -> None:
        entry.group = one_line(cell.text)
        entry.cells[DATA_GROUP] = cell

    def _put_first(self, entry: Entry, name: str, text: str, cell: Cell) -> None:
        """Put what a flow or a contract has one of; say what else the row names."""
        if name not in entry.texts:
            self._put(entry, name, text, cell)
        elif entry.texts[name] != text:
            what = {"legal_basis": "legal basis", "mandate": "reason why it must be", "kind": "sort of contract"}[name]
            taken = f"there can be one, and {entry.texts[name]} was taken"
            self.leave(cell, f"The row names a second {what}, {text}; {taken}")

    def _read_signed(self, heading: str, entry: Entry, cell: Cell) -> None:
        """Read whether the contract is signed; one that isn't is none yet, whatever else the row says of it."""
        entry.cells["agreement status"] = cell
        is_signed = is_yes(cell.text) if is_mark(cell.text) else says_signed(cell.text)
        if is_signed is None:
            self.leave(cell, f"{shown(cell.text)} does not say whether the contract is signed")
        elif is_signed and "kind" not in entry.texts:
            self._put(entry, "kind", find_contract_kind(heading) or AGREEMENT_KIND, cell)
        entry.is_unsigned = is_signed is False

    def leave_contract(self, entry: Entry) -> None:
        """Take back what a row says of a contract that isn't signed, and say so."""
        for name in ("effective", "expires", "signed", "document_url", "kind", "agreement number"):
            if entry.texts.pop(name, None) is not None:
                self.leave(entry.cells[name], f"{shown(entry.cells[name].text)} is of a contract that is not signed")
        status = entry.cells["agreement status"]
        self.leave(status, f"{shown(status.text)} says that the contract is not signed, so there is none yet")

    def _mark_contract(self, kind: str, entry: Entry, cell: Cell) -> None:
        """Read whether there is a contract: a mark, `Executed`, or the sort of contract itself."""
        own = None if is_mark(cell.text) else find_contract_kind(cell.text)
        if own is not None or (is_mark(cell.text) and is_yes(cell.text)) or says_signed(cell.text):
            self._put_first(entry, "kind", own or kind, cell)
        elif says_nothing(cell.text):
            self.leave(cell, f"{shown(cell.text)} says nothing yet about whether there is a contract")
        elif not is_mark(cell.text):
            self.leave(cell, f"{shown(cell.text)} names no contract that is in force")


def one_line(text: str) -> str:
    """Return a text in one line."""
    return " ".join(text.split())


def shown(text: str) -> str:
    """Return a text as a message shows it: in quotation marks, in one line, cut where it is long."""
    line = printable(one_line(text))
    return f"{line!r}" if len(line) <= 80 else f"{line[:77]!r}..."
