"""Writes a catalog as a workbook that a person can work in: a sheet a list, every field a column.

Drop-downs offer ids, categories, bases and choices; names stand beside ids for the eye alone; dates
are dates.  There is no macro and no formula, and the same catalog gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataflows.model.form_kinds import Pattern, Url
from dataflows.model.grades import Enrollment, Grades
from dataflows.model.kinds import Choice, Count, Day, Localized, Moment, PlainText, Slug, YesNo
from dataflows.model.list_kinds import LegalBasis, ListOf, Ref, SetOf
from dataflows.model.lists import BY_NAME
from dataflows.model.records import Nested, fields_of
from dataflows.sources.cells import guard, split_items, unguard
from dataflows.sources.flat import Column, Sheet, columns_of, find_column, sheets
from dataflows.sources.table_headers import name_header
from dataflows.sources.tables import lines_of, order_of
from dataflows.sources.xlsx_choices import Choices, choices_of
from dataflows.sources.xlsx_dates import serial_of
from dataflows.sources.xlsx_explains import explain_rows
from dataflows.sources.xlsx_labels import CHOICES, EXPLAINS
from dataflows.sources.xlsx_xml import MOST_CHARACTERS, Cell, DropDown, SheetPlan, Style, write_book

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dataflows.model.kinds import Kind
    from dataflows.sources.tables import Lines
    from dataflows.sources.trees import Catalog

_WIDEST = 50
_SAMPLE = 200
"""So many lines say how wide a column is."""
_WORDS = (Slug, Ref, Pattern, Grades, Enrollment, Url, SetOf, ListOf, LegalBasis)


class TooLongError(ValueError):
    """A text does not fit in a cell."""

    def __init__(self, where: str, length: int) -> None:
        super().__init__(f"The text at {where} has {length:,} characters, and a cell holds {MOST_CHARACTERS:,}.")


@dataclass(frozen=True, slots=True)
class _Column:
    """A column to write: a field's, or the names beside one."""

    header: str
    kind: Kind
    about: str = ""
    required: bool = False
    names: dict[str, str] | None = None
    """Of a column of names beside ids: what each id is called."""
    of: str = ""
    """Of a column of names: the header of the ids."""

    @property
    def style(self) -> int:
        """Return the style of the column's cells, filled or not."""
        kind = self.kind
        if self.names is not None:
            return Style.NAME
        if isinstance(kind, Day):
            return Style.DATE
        if isinstance(kind, Moment):
            return Style.MOMENT
        if isinstance(kind, Count):
            return Style.NUMBER
        if isinstance(kind, _WORDS) or (isinstance(kind, PlainText) and kind.contact):
            return Style.TEXT
        return Style.WRAPPED if isinstance(kind, PlainText | Localized) else Style.PLAIN

    def names_of(self, cell: str) -> str:
        """Return what the ids in a cell are called."""
        ids = split_items(unguard(cell)) if isinstance(self.kind, SetOf | ListOf) else [unguard(cell)]
        return "; ".join(name for id in ids if (name := (self.names or {}).get(id, "")))


def write_workbook(catalog: Catalog, path: Path) -> None:
    """Write a catalog as a workbook; raises TooLongError for a text that no cell can hold."""
    choices = choices_of(catalog)
    languages = _languages(catalog)
    made = [_sheet_plan(catalog, sheet, choices, languages) for sheet in sheets().values()]
    district = next((body for _id, body in catalog.get("district", ())), {})
    first = SheetPlan(EXPLAINS, _explaining(str(district.get("name", ""))), [(28, Style.PLAIN), (110, Style.PLAIN)])
    write_book(path, [first, *made, _choices_plan(choices)], str(district.get("name", "Catalog")))


def _languages(catalog: Catalog) -> tuple[str, ...]:
    """Return the home languages: plain columns hold the first, and each text for families has one for the others."""
    for _id, body in catalog.get("district", ()):
        return tuple(body.get("home_languages") or ("en",))
    return ("en",)


def _in_first_language(lines: Lines, first: str) -> Lines:
    """Return lines whose texts in the first language stand in the plain columns."""
    end = f"@{first}"
    return lambda: ({header.removesuffix(end): text for header, text in line.items()} for line in lines())


def _explaining(district: str) -> list[list[Cell | None]]:
    styles = {"title": Style.TITLE, "head": Style.WORD, "name": Style.PLAIN}
    return [
        [Cell(left, styles.get(kind, Style.WRAPPED)), Cell(right, Style.WRAPPED) if right else None]
        for kind, left, right in explain_rows(district)
    ]


def _sheet_plan(catalog: Catalog, sheet: Sheet, choices: Choices, languages: tuple[str, ...]) -> SheetPlan:
    lines = _in_first_language(lines_of(catalog, sheet), languages[0])
    columns = _columns(sheet, {header for line in lines() for header in line}, choices, languages)
    widths = [len(column.header) + 2 for column in columns]
    for line, _ in zip(lines(), range(_SAMPLE), strict=False):
        for index, column in enumerate(columns):
            text = line.get(column.of or column.header, "")
            shown = column.names_of(text) if column.names is not None else text
            widths[index] = max(widths[index], max(map(len, shown.split("\n"))) + 2)
    frozen = sum(column.header in ("id", "id (name)", "in", "in (name)", "name") for column in columns[:2])
    return SheetPlan(
        sheet.name,
        _rows(sheet, columns, lines),
        [(min(width, _WIDEST), column.style) for width, column in zip(widths, columns, strict=True)],
        frozen=max(frozen, 1),
        drop_downs=list(_drop_downs(sheet, columns, choices)),
    )


def _columns(sheet: Sheet, used: set[str], choices: Choices, languages: tuple[str, ...]) -> list[_Column]:
    """Return all columns of a sheet, those of other languages and of names among them."""
    headers = {*sheet.keys, *columns_of(sheet.record), *used}
    headers |= {
        f"{header}@{tag}"
        for header, column in columns_of(sheet.record).items()
        if isinstance(column.kind, Localized)
        for tag in languages[1:]
    }
    found: list[_Column] = []
    for header in sorted(headers, key=order_of(sheet)):
        column = find_column(sheet, header)
        if column is None:
            raise LookupError(header)
        is_required, about = _declared(sheet, column)
        found.append(_Column(header, column.kind, about, is_required))
        names = choices.names_beside(column.kind, sheet, header)
        if names:
            is_list = isinstance(column.kind, SetOf | ListOf)
            found.append(_Column(name_header(header, is_list=is_list), column.kind, names=names, of=header))
    return found


def _declared(sheet: Sheet, column: Column) -> tuple[bool, str]:
    """Return whether each row needs a field, and what it is, as the record says."""
    if column.header in sheet.keys:
        return True, "the row to which this line belongs"
    record, required, about = sheet.record, True, ""
    for part in column.path:
        field = fields_of(record)[part]
        required, about = required and field.required, field.about
        record = field.kind.record if isinstance(field.kind, Nested) else record
    is_key = not sheet.path and column.header in BY_NAME[sheet.list].key
    return (required or is_key) and not column.language, about


def _rows(sheet: Sheet, columns: list[_Column], lines: Lines) -> Iterator[list[Cell | None]]:
    yield [Cell(column.header, _header_style(column)) for column in columns]
    for number, line in enumerate(lines(), 2):
        row: list[Cell | None] = []
        for column in columns:
            text = line.get(column.of or column.header)
            cell = None if text is None else _cell(column, text)
            if cell and len(cell.text) > MOST_CHARACTERS:
                raise TooLongError(f"{sheet.name!r}, line {number}, {column.header!r}", len(cell.text))
            row.append(cell)
        yield row


def _header_style(column: _Column) -> int:
    if column.names is not None:
        return Style.NAME_HEADER
    return Style.REQUIRED if column.required else Style.HEADER


def _cell(column: _Column, text: str) -> Cell | None:
    """Return the cell of a value that the table machinery wrote as a text."""
    style = column.style
    if column.names is not None:
        known = column.names_of(text)
        return Cell(guard(known)[:MOST_CHARACTERS], style) if known else None
    if isinstance(column.kind, YesNo):
        return Cell({"true": "yes", "false": "no"}.get(text, text), style)
    if isinstance(column.kind, Count) and text.isdigit():
        return Cell(text, style, is_number=True)
    if isinstance(column.kind, Day | Moment) and (serial := serial_of(text)):
        is_day = "T" not in text
        return Cell(serial, Style.DATE if is_day else Style.MOMENT, is_number=True)
    return Cell(text, style)


def _drop_downs(sheet: Sheet, columns: list[_Column], choices: Choices) -> Iterator[DropDown]:
    for number, column in enumerate(columns, 1):
        if column.names is not None:
            prompt = f"Only to read: what stands in {column.of!r} counts, and changes here are not read."
            yield DropDown(number, "", prompt, column.header, on_header=True)
            continue
        title = f"{column.header} (required)" if column.required else column.header
        prompt = " ".join(part for part in (_sentence(column.about), _how(column.kind)) if part)
        yield DropDown(number, "", prompt or "A field of the catalog.", title, on_header=True)
        formula = choices.formula(column.kind, sheet, column.header)
        if formula:
            is_strict = isinstance(column.kind, Choice | YesNo)
            yield DropDown(number, formula, prompt, title, is_strict=is_strict)


def _sentence(about: str) -> str:
    return f"{about[:1].upper()}{about[1:]}." if about else ""


def _how(kind: Kind) -> str:
    if isinstance(kind, SetOf | ListOf):
        return "Several are separated by ; (semicolon)."
    if isinstance(kind, Day):
        return "A date."
    if isinstance(kind, Ref):
        return "An id, or a name where only one thing has it."
    return "A citation or its short name." if isinstance(kind, LegalBasis) else ""


def _choices_plan(choices: Choices) -> SheetPlan:
    """Return the hidden sheet: each column of words to choose from with their names on its right."""
    pairs = []
    for heading, words in choices.columns.items():
        names = choices.names.get(heading, {})
        pairs.append([(heading, "called"), *((word, names.get(word, "")) for word in words)])
    rows: list[list[Cell | None]] = []
    for index in range(max(map(len, pairs), default=0)):
        row: list[Cell | None] = []
        for pair in pairs:
            texts = pair[index] if index < len(pair) else ("", "")
            style = Style.HEADER if index == 0 else Style.TEXT
            row += [Cell(guard(text)[:MOST_CHARACTERS], style) if text else None for text in texts]
        rows.append(row)
    return SheetPlan(CHOICES, rows, [(24, Style.TEXT)] * (2 * len(pairs)), is_hidden=True)
