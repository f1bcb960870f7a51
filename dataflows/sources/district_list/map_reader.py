"""Reads map.yaml as a person left it; every fault is named with its line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from dataflows.errors import InputError, Location, Problem
from dataflows.model.agreements import AGREEMENT_KINDS
from dataflows.model.kinds import did_you_mean, is_slug
from dataflows.sources.base import refuse_file
from dataflows.sources.district_list.days import ORDERS
from dataflows.sources.district_list.mapping import ColumnMap, Mapping, OtherName, SheetMap, VendorMap
from dataflows.sources.district_list.owned import find_element
from dataflows.sources.district_list.values import MANDATES, STATUS, find_basis, find_grade
from dataflows.sources.district_list.words import BASIS, CONTRACT, ELEMENT, GIVEN_TO, GRADE, MANDATE, SCHOOL, meanings
from dataflows.sources.grid import column_number
from dataflows.sources.texts import TextSource

if TYPE_CHECKING:
    from yaml.nodes import Node

_LARGEST = 5_000_000
_BEGINS = "A mapping begins with 'map: 1'. `dataflows map-columns FILE -o map.yaml` writes one."
_TOP = ("map", "file", "sheets", "vendors", "schools", "agreement_kind")


def read_mapping(name: str) -> Mapping:
    """Read a mapping; raises InputError with every problem of it."""
    path = Path(name)
    try:
        if not path.is_file():
            raise refuse_file(name, "There is no such file.", "`dataflows map-columns FILE -o map.yaml` writes one.")
        source = TextSource(name, path, begins=_BEGINS)
        if path.stat().st_size > _LARGEST:
            raise refuse_file(name, "The mapping is larger than 5 MB.")
        node = yaml.compose(source.read(), Loader=yaml.CSafeLoader)
    except OSError as error:
        raise refuse_file(name, f"The file can't be read: {error.strerror}.") from None
    except (yaml.YAMLError, RecursionError) as fault:
        mark = getattr(fault, "problem_mark", None)
        message = f"The mapping is no YAML that can be read: {getattr(fault, 'problem', None) or 'it is too deep'}."
        raise refuse_file(
            name, message, "Look at the line before, too.", line=mark.line + 1 if mark else None
        ) from None
    reader = _Reader(name)
    mapping = reader.mapping(node)
    if reader.problems:
        raise InputError(reader.problems)
    return mapping


def _read_marked(word: str) -> str | None:
    """Return a meaning of a column of marks in its usual form; None for any other word."""
    if word.startswith((GIVEN_TO, SCHOOL)):
        return word
    if word.startswith(GRADE):
        grade = find_grade(word.removeprefix(GRADE))
        return None if grade is None else GRADE + grade
    if word.startswith(ELEMENT):
        named = [find_element(text) for text in word.removeprefix(ELEMENT).split(" and ")]
        return ELEMENT + " and ".join(id for ids in named for id in ids or ()) if all(named) else None
    if word.startswith(BASIS) and (citation := find_basis(word.removeprefix(BASIS))):
        return BASIS + citation
    is_known = word.removeprefix(MANDATE) in MANDATES.values() or word.removeprefix(CONTRACT) in AGREEMENT_KINDS
    return word if is_known else None


class _Reader:
    """Walks the nodes of the file, which know their lines."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []

    def mapping(self, node: Node | None) -> Mapping:
        top = self._fields(node, _TOP)
        if self._text(top.get("map")) != "1":
            self._refuse(node, "The file is no mapping that this program reads.", _BEGINS)
            return Mapping("", ())
        kind = self._text(top.get("agreement_kind")) or None
        if kind is not None and kind not in AGREEMENT_KINDS:
            self._refuse(
                top["agreement_kind"],
                f"There is no kind of agreement {kind!r}.",
                f"Write one of: {', '.join(AGREEMENT_KINDS)}.",
            )
        sheets = tuple(self._sheet(item) for item in self._items(top.get("sheets")))
        vendors = tuple(found for item in self._items(top.get("vendors")) if (found := self._vendor(item)))
        schools = tuple(found for item in self._items(top.get("schools")) if (found := self._vendor(item, "school")))
        return Mapping(self._text(top.get("file")), sheets, vendors, kind, schools=schools)

    def _sheet(self, node: Node) -> SheetMap:
        fields = self._fields(node, ("sheet", "headings", "dates", "status", "columns"))
        headings = self._text(fields.get("headings")) or "none"
        if headings != "none" and not (headings.isascii() and headings.isdigit() and 0 < int(headings) < 10_000_000):
            self._refuse(
                fields["headings"],
                f"{headings!r} is no row.",
                "Write the number of the row with the headings, or none.",
            )
            headings = "none"
        dates = self._text(fields.get("dates")) or None
        if dates is not None and dates not in ORDERS:
            self._refuse(fields["dates"], f"Dates can't be read as {dates!r}.", "Write month/day or day/month.")
        columns = tuple(found for item in self._items(fields.get("columns")) if (found := self._column(item)))
        number = None if headings == "none" else int(headings)
        status = self._text(fields.get("status")) or None
        if status is not None and status not in STATUS.values():
            allowed = ", ".join(dict.fromkeys(STATUS.values()))
            self._refuse(fields["status"], f"There is no status {status!r}.", f"Write one of: {allowed}.")
        return SheetMap(self._text(fields.get("sheet")), number, columns, dates, status=status)

    def _column(self, node: Node) -> ColumnMap | None:
        fields = self._fields(node, ("column", "heading", "is", "blank"))
        number = column_number(self._text(fields.get("column")))
        if number is None:
            self._refuse(node, "The line names no column.", "Write {column: A, is: product}.")
            return None
        is_ = self._meaning(fields.get("is") or node, self._text(fields.get("is")))
        blank = self._text(fields.get("blank"))
        if blank not in ("", "above"):
            self._refuse(fields["blank"], f"An empty cell can't stand for {blank!r}.", "Write blank: above.")
        return None if is_ is None else ColumnMap(number, self._text(fields.get("heading")), is_, blank=blank)

    def _meaning(self, node: Node, text: str) -> str | None:
        word = " ".join(text.split())
        if word in meanings() or (marked := _read_marked(word)):
            return word if word in meanings() else marked
        if word.startswith(ELEMENT):
            self._refuse(node, f"There is no element called {word.removeprefix(ELEMENT)!r}.")
            return None
        hint = did_you_mean(word, meanings()) or f"Write one of: {', '.join(meanings())}."
        self._refuse(node, f"A column can't be {word!r}.", hint)
        return None

    def _vendor(self, node: Node, kind: str = "vendor") -> VendorMap | None:
        fields = self._fields(node, ("name", "id", "also"))
        name = self._text(fields.get("name"))
        if not name:
            self._refuse(node, f"The {kind} has no name.", "Write name: ...")
            return None
        id = self._text(fields.get("id")) or None
        if id is None and kind == "school":
            self._refuse(node, "The school has no id.", "Write id: and that of the school in the catalog.")
        if id is not None and not is_slug(id):
            self._refuse(fields["id"], f"{id!r} can't be an id.", "Ids are lower-case letters, digits and hyphens.")
        also = tuple(OtherName(text) for item in self._items(fields.get("also")) if (text := self._text(item)))
        return VendorMap(name, also, id)

    def _fields(self, node: Node | None, known: tuple[str, ...]) -> dict[str, Any]:
        if not isinstance(node, yaml.MappingNode):
            if node is not None:
                self._refuse(node, "Expected fields here.", f"Write {', '.join(known)}.")
            return {}
        found: dict[str, Any] = {}
        for key, value in node.value:
            word = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
            if word not in known:
                self._refuse(
                    key,
                    f"There is no field {word!r} here.",
                    did_you_mean(word, known) or f"Fields are {', '.join(known)}.",
                )
            elif word in found:
                self._refuse(key, f"The field {word!r} stands twice.", "Keep one of them.")
            else:
                found[word] = value
        return found

    def _items(self, node: Node | None) -> list[Node]:
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        if node is not None and not (isinstance(node, yaml.ScalarNode) and node.value in ("", "~", "null", "[]")):
            self._refuse(node, "Expected a list here.", "Write a line with - for each.")
        return []

    def _text(self, node: Node | None) -> str:
        if isinstance(node, yaml.ScalarNode):
            return str(node.value).strip()
        if node is not None:
            self._refuse(node, "Expected a text here.")
        return ""

    def _refuse(self, node: Node | None, message: str, hint: str | None = None) -> None:
        mark = node.start_mark if node is not None else None
        place = Location(self.name, mark.line + 1 if mark else None, mark.column + 1 if mark else None)
        self.problems.append(Problem(place, message, hint))
