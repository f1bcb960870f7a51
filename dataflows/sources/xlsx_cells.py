"""What stands in a cell, in the words of the table machinery: a text, with what it was before.

Numbers, days and truth values come as texts of their own classes, so that each column can say
what it makes of them.  What can't be read is an `Unreadable`, which names the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from dataflows.model.form_kinds import Pattern
from dataflows.model.grades import Enrollment, Grades
from dataflows.model.kinds import Choice, Count, Day, Moment, Slug, Unreadable, YesNo
from dataflows.model.list_kinds import LegalBasis, Ref
from dataflows.sources.cells import guard
from dataflows.sources.xlsx_book import text_of, unescape
from dataflows.sources.xlsx_dates import AmbiguousDayError, format_serial, parse_typed_day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from xml.etree.ElementTree import Element

    from dataflows.model.kinds import Kind
    from dataflows.sources.xlsx_book import Book

Value: TypeAlias = str | Unreadable


class NumberText(str):
    """The text of a number."""

    __slots__ = ()


class DayText(str):
    """A day, or a day and time, in ISO form, of a cell that shows a date."""

    __slots__ = ()


class TruthText(str):
    """`true` or `false`."""

    __slots__ = ()


class QuotedText(str):
    """A text in front of which an apostrophe was typed, so that it is no formula."""

    __slots__ = ()


class CellReader:
    """Reads the cells of one part; `namespace` is that of the part's root, with its braces."""

    def __init__(self, book: Book, namespace: str) -> None:
        self._texts = book.texts
        self._from_1904 = book.from_1904
        formats = [(str(number), format_) for number, format_ in enumerate(book.formats)]
        self._dates = frozenset(style for style, format_ in formats if format_.is_date)
        self._quoted = frozenset(style for style, format_ in formats if format_.is_quoted)
        self._zeros = {style: format_.zeros for style, format_ in formats if format_.zeros}
        self._value = f"{namespace}v"
        self._formula = f"{namespace}f"
        self._inline = f"{namespace}is"
        self._days: dict[str, Value] = {}

    def read(self, cell: Element) -> Value:
        """Return what a cell holds; an empty text where it holds nothing."""
        raw: str | None = None
        has_formula = False
        for child in cell:
            tag = child.tag
            if tag == self._value:
                raw = child.text
            elif tag == self._inline:
                raw = text_of(child)
            elif tag == self._formula:
                has_formula = True
        kind = cell.get("t", "n")
        if not raw:
            return _NO_RESULT if has_formula and kind != "str" else ""
        if kind == "s":
            return self._shared(raw, cell)
        if kind == "n":
            return self._number(raw, cell)
        return self._other(kind, raw, cell)

    def _shared(self, raw: str, cell: Element) -> Value:
        try:
            number = int(raw)
            text = self._texts[number] if number >= 0 else None
        except (ValueError, IndexError):
            text = None
        if text is None:
            return Unreadable("The cell points at a text that the workbook does not have.", "Type it again.")
        return QuotedText(text) if self._quoted and cell.get("s") in self._quoted and text else text

    def _number(self, raw: str, cell: Element) -> Value:
        style = cell.get("s", "0")
        if style in self._dates:
            known = self._days.get(raw)
            if known is None:
                known = self._days[raw] = self._day(raw)
            return known
        return NumberText(_plain_number(raw).zfill(self._zeros.get(style, 0)))

    def _day(self, raw: str) -> Value:
        try:
            text = format_serial(float(raw), from_1904=self._from_1904)
        except (ValueError, OverflowError):
            text = None
        if text is None:
            return Unreadable(f"The cell shows the number {raw} as a date, and no day has it.", "Write YYYY-MM-DD.")
        return DayText(text)

    def _other(self, kind: str, raw: str, cell: Element) -> Value:
        if kind == "inlineStr":
            return QuotedText(raw) if cell.get("s") in self._quoted else raw
        if kind == "str":
            return unescape(raw)
        if kind == "b":
            return TruthText("true" if raw.strip() == "1" else "false")
        if kind == "d":
            return DayText(raw.strip().removesuffix("Z").removesuffix("T00:00:00"))
        if kind == "e":
            return Unreadable(f"The cell shows the error {raw!r}.", "Mend the formula, or type the value.")
        return Unreadable(f"The cell is of a kind that is not known, {kind!r}.", "Type its value again.")


_NO_RESULT = Unreadable(
    "The cell holds a formula whose result is not in the file.",
    "Open the workbook in its program and save it, or type the value.",
)


def _plain_number(raw: str) -> str:
    """Return a number as a person would type it: `60` for 60.0 and 6E1."""
    text = raw.strip()
    if text.isdigit():
        return text
    try:
        number = float(text)
    except ValueError:
        return text
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.15g}"


Convert: TypeAlias = "Callable[[Value], Value]"
_AS_TEXT = "Give the column the format 'Text' and type it again."


def converter_of(kind: Kind, order: str | None, bases: Mapping[str, str]) -> Convert | None:
    """Return what a column makes of its cells, in which plain texts stand too; None where texts stay as they are.

    `order` is in which order the book writes month and day; `bases` are texts that a drop-down offers.
    """
    if isinstance(kind, Day | Moment):
        return lambda value: _convert_day(value, order)
    if isinstance(kind, LegalBasis):
        return lambda value: _convert_basis(value, bases)
    if isinstance(kind, Pattern):
        return lambda value: _convert_pattern(kind, value)
    if isinstance(kind, Slug | Ref | Grades | Enrollment | Choice | Count | YesNo):
        return _convert_word
    return None


def plain(value: Value) -> Value:
    """Return a value as cells of the table machinery hold it."""
    return guard(value) if isinstance(value, QuotedText) else value


def _convert_day(value: Value, order: str | None) -> Value:
    if isinstance(value, NumberText):
        return Unreadable(
            f"The cell shows the number {value}, not a date.", "Give it a date format, or write YYYY-MM-DD."
        )
    if isinstance(value, DayText | Unreadable) or not value:
        return value
    try:
        return parse_typed_day(value, order) or value
    except AmbiguousDayError as either:
        message = f"{str(value)!r} may mean {either.month_first} or {either.day_first}."
        return Unreadable(message, "Write YYYY-MM-DD.")


def _convert_basis(value: Value, bases: Mapping[str, str]) -> Value:
    if isinstance(value, Unreadable):
        return value
    if isinstance(value, NumberText) and "." in value:
        return f"{float(value):.2f}"
    return bases.get(value.strip(), value)


def _convert_pattern(kind: Pattern, value: Value) -> Value:
    if isinstance(value, DayText):
        return _refuse_date(value)
    if isinstance(value, NumberText) and (wanted := _digits_of(kind)) and value.isdigit() and len(value) < wanted:
        message = (
            f"The cell holds the number {value}; as a text it has {wanted} digits, and its zeros in front were lost."
        )
        return Unreadable(
            message, f"Give the column the format 'Text' and write {value.zfill(wanted)!r}, if that is it."
        )
    return value


def _digits_of(kind: Pattern) -> int:
    form = kind.form.removeprefix(r"\d{").removesuffix("}")
    return int(form) if form.isdigit() else 0


def _convert_word(value: Value) -> Value:
    return _refuse_date(value) if isinstance(value, DayText) else value


def _refuse_date(value: DayText) -> Unreadable:
    return Unreadable(f"A spreadsheet program made the date {value!s} of what was typed here.", _AS_TEXT)
