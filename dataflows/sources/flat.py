"""A row as a line of a table, and back: nested fields as columns, lists of mappings as own sheets.

CSV and workbooks share this.  Which field is what is read off the records, so a new field needs
no word here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from dataflows.model.kinds import Kind, Localized, PlainText, Unreadable, did_you_mean, plain_word
from dataflows.model.lists import BY_NAME, LISTS
from dataflows.model.records import Nested, Rows, fields_of
from dataflows.model.shared import Source
from dataflows.model.text import FIRST_LANGUAGE
from dataflows.sources.cells import Form, form_of, format_cell, parse_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

IN = "in"
"""The column of a nested sheet that names the row to which a line belongs."""
SOURCES = "sources"
"""The sheet of the sources of all lists, with the columns `list` and `row`."""
_TEXT = PlainText()


@dataclass(frozen=True, slots=True)
class Column:
    """What a column of a table holds."""

    header: str
    path: tuple[str, ...]
    kind: Kind
    language: str = FIRST_LANGUAGE
    review: str = ""
    """`by` or `date` where the column says who reviewed a translation."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a table holds: a list, or what belongs to rows of a list."""

    name: str
    list: str
    """Empty for the sheet of sources, which belongs to all lists."""
    record: type
    path: tuple[str, ...] = ()
    """The field that it holds, of rows of `list`; empty where it holds the rows themselves."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the columns that say to which row a line belongs."""
        if self.name == SOURCES:
            return ("list", "row")
        return (IN,) if self.path else ()


@cache
def sheets() -> dict[str, Sheet]:
    """Return all sheets by name, in the order in which an export writes them."""
    found: dict[str, Sheet] = {}
    for spec in LISTS:
        found[spec.name] = Sheet(spec.name, spec.name, spec.record)
        for path, kind in _rows_within(spec.record):
            name = ".".join((spec.name, *path))
            found[name] = Sheet(name, spec.name, kind.record, path)
    found[SOURCES] = Sheet(SOURCES, "", Source, (SOURCES,))
    return found


def find_sheet(name: str) -> Sheet | None:
    """Return the sheet that a name means; contacts may be called `district.contacts` too."""
    plain = name.strip().lower()
    spec = BY_NAME.get(plain.removeprefix("district."))
    return sheets().get(spec.name if spec and spec.within_district else plain)


def hint_of_sheet(name: str) -> str:
    """Return the hint for a sheet that no catalog has."""
    top = [sheet.name for sheet in sheets().values() if not sheet.path]
    return did_you_mean(name, sheets()) or f"Sheets are called {', '.join(top)}."


def _rows_within(record: type, prefix: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Rows]]:
    for name, field in fields_of(record).items():
        if isinstance(field.kind, Rows) and name != SOURCES:
            yield (*prefix, name), field.kind
        elif isinstance(field.kind, Nested):
            yield from _rows_within(field.kind.record, (*prefix, name))


@cache
def columns_of(record: type, prefix: tuple[str, ...] = ()) -> dict[str, Column]:
    """Return the columns of a record by header, in the order of its fields."""
    found: dict[str, Column] = {}
    for name, field in fields_of(record).items():
        path = (*prefix, name)
        if isinstance(field.kind, Nested):
            found.update(columns_of(field.kind.record, path))
        elif not isinstance(field.kind, Rows) or field.kind.plain:
            found[".".join(path)] = Column(".".join(path), path, field.kind)
    return found


@cache
def _columns_by_word(sheet: Sheet) -> dict[str, Column]:
    known = {**columns_of(sheet.record), **{key: Column(key, (key,), _TEXT) for key in sheet.keys}}
    if not sheet.path and "id" in known:
        known["was"] = Column("was", ("was",), known["id"].kind)
    return {plain_word(header): column for header, column in known.items()}


def find_column(sheet: Sheet, header: str) -> Column | None:
    """Return the column that a header means; case, spaces and underscores don't matter."""
    base, at, rest = header.strip().partition("@")
    column = _columns_by_word(sheet).get(plain_word(base))
    if column is None or not at:
        return column
    language, _, review = rest.strip().partition(".")
    if not isinstance(column.kind, Localized) or not language or review not in ("", "by", "date"):
        return None
    return Column(f"{column.header}@{rest.strip()}", column.path, column.kind, language, review)


def hint_of_column(sheet: Sheet, header: str) -> str | None:
    """Return the hint for a header that names no field."""
    known = {column.header for column in _columns_by_word(sheet).values()}
    base, at, _ = header.strip().partition("@")
    if at and find_column(sheet, base):
        return f"Only texts that families read have languages: {base!r} has none."
    nested = sheets().get(f"{sheet.name}.{base.strip().lower()}")
    if nested is not None:
        return f"It is a sheet of its own, called {nested.name!r}, with the row's id in the column {IN!r}."
    return did_you_mean(base, known)


def unflatten(columns: Sequence[Column | None], cells: Sequence[str]) -> dict[str, Any]:
    """Return the raw tree of a line; a column that is there and empty clears its field."""
    return unflatten_cells((column, cell) for column, cell in zip(columns, cells, strict=False) if column)


def unflatten_cells(
    cells: Iterable[tuple[Column, str | Unreadable]], blank: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the raw tree of a line of columns with their cells; `blank` is what the empty ones among them say."""
    tree: dict[str, Any] = _copy(blank) if blank else {}
    texts: dict[tuple[str, ...], dict[str, Any]] = {}
    for column, cell in cells:
        value = parse_cell(column.kind, cell) if isinstance(cell, str) else cell
        if form_of(type(column.kind)) is Form.TEXTS:
            _take_text(texts.setdefault(column.path, {}), column, value)
        elif len(column.path) == 1:
            tree[column.path[0]] = value
        else:
            _place(tree, column.path, value)
    for path, by_language in texts.items():
        is_plain = list(by_language) == [FIRST_LANGUAGE]
        _place(tree, path, by_language[FIRST_LANGUAGE] if is_plain else by_language or None)
    return tree


def only_fields(columns: list[Column | None], only: frozenset[str] | None) -> list[Column | None]:
    """Return the columns of some fields, each in its place; all where none are named."""
    return columns if only is None else [column if column and column.path[0] in only else None for column in columns]


def blank_tree(columns: Iterable[Column | None]) -> dict[str, Any]:
    """Return what a line says whose cells are all empty: every field is cleared."""
    return unflatten_cells((column, "") for column in columns if column)


def _copy(tree: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(tree)
    for name, value in tree.items():
        if value is not None and type(value) is dict:
            found[name] = _copy(value)
    return found


def _take_text(texts: dict[str, Any], column: Column, value: Any) -> None:
    if value is None:
        return
    if column.review:
        texts.setdefault("reviewed", {}).setdefault(column.language, {})[column.review] = value
    else:
        texts[column.language] = value


def _place(tree: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for part in path[:-1]:
        tree = tree.setdefault(part, {})
    tree[path[-1]] = value


def flatten(record: type, body: Mapping[str, Any], prefix: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the cells of a body by header, those of its fields that it has."""
    cells: dict[str, str] = {}
    for name, field in fields_of(record).items():
        if name not in body:
            continue
        value, kind, header = body[name], field.kind, ".".join((*prefix, name))
        if isinstance(kind, Nested):
            cells.update(flatten(kind.record, value or {}, (*prefix, name)))
        elif isinstance(kind, Localized) and isinstance(value, dict):
            cells.update(_flatten_texts(header, value))
        elif not isinstance(kind, Rows) or is_in_cell(kind, value):
            cells[header] = format_cell(kind, value)
    return cells


def is_in_cell(kind: Rows, value: Any) -> bool:
    """Tell whether a list of mappings is written in a cell: all of it plain texts."""
    return bool(kind.plain) and isinstance(value, list) and all(isinstance(item, str) for item in value)


def _flatten_texts(header: str, texts: Mapping[str, Any]) -> dict[str, str]:
    cells = {f"{header}@{tag}": format_cell(_TEXT, text) for tag, text in texts.items() if tag != "reviewed"}
    for tag, review in texts.get("reviewed", {}).items():
        cells.update({f"{header}@{tag}.{key}": format_cell(_TEXT, value) for key, value in review.items()})
    return cells
