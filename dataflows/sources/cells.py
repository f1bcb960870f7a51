"""One value in one cell: lists by `;`, numbers by grade as `K=98;1=101`, and nothing that a sheet runs.

A cell that begins like a formula gets an apostrophe in front, as spreadsheet programs understand
it, and loses it again on the way in.  An empty cell is no value, so an empty text is `'` alone.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import cache
from typing import TYPE_CHECKING, Any

from dataflows.model.grades import Enrollment
from dataflows.model.kinds import Localized, PlainText
from dataflows.model.list_kinds import ListOf, SetOf
from dataflows.model.records import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataflows.model.kinds import Kind


class Form(Enum):
    """How values of a kind stand in a cell."""

    WORD = auto()
    TEXT = auto()
    TEXTS = auto()
    """A text in one of several languages."""
    ITEMS = auto()
    NUMBERS = auto()


_FORMS: tuple[tuple[type[Kind], Form], ...] = (
    (PlainText, Form.TEXT), (Localized, Form.TEXTS), (SetOf, Form.ITEMS), (ListOf, Form.ITEMS), (Rows, Form.ITEMS),
    (Enrollment, Form.NUMBERS),
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
_ESCAPE = re.compile(r"\\([;\\\s])")
_ITEM = re.compile(r"((?:[^;\\]|\\.|\\$)*)(?:;|$)", re.DOTALL)
EMPTY_LIST = ";"


def guard(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run, and for an empty text."""
    return f"'{text}" if not text or text.startswith(_FORMULA) else text


def unguard(cell: str) -> str:
    """Take the apostrophe of `guard` off again; any other one stays."""
    return cell[1:] if cell == "'" or (cell.startswith("'") and cell[1:].startswith(_FORMULA)) else cell


@cache
def form_of(kind: type[Kind]) -> Form:
    """Return how values of a kind stand in a cell."""
    return next((form for known, form in _FORMS if issubclass(kind, known)), Form.WORD)


def parse_cell(kind: Kind, cell: str) -> Any:
    """Return a cell's raw value: None where it is empty."""
    if not cell:
        return None
    text = unguard(cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell)
    form = form_of(type(kind))
    if form in (Form.TEXT, Form.TEXTS):
        return text
    word = text.strip()
    if not word:
        return None
    if form is Form.ITEMS:
        is_all = isinstance(kind, SetOf) and kind.or_all and word.lower() == "all"
        return "all" if is_all else split_items(text)
    if form is Form.NUMBERS and "=" in text:
        return _parse_numbers(text)
    return word


def _parse_numbers(text: str) -> Any:
    pairs = [part.partition("=") for part in text.split(";") if part.strip()]
    numbers = {grade.strip(): number.strip() for grade, _, number in pairs}
    return numbers if len(numbers) == len(pairs) else text


def format_cell(kind: Kind, value: Any) -> str:
    """Return the cell of a canonical value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return ";".join(f"{grade}={number}" for grade, number in value.items())
    if isinstance(value, list):
        text = join_items(value)
        return f"{text};" if isinstance(kind, SetOf) and kind.or_all and text.lower() == "all" else guard(text)
    return guard(str(value))


def split_items(text: str) -> list[str]:
    """Return the items of a list in a cell; white space around them does not count."""
    if "\\" not in text:
        return [item for part in text.split(";") if (item := part.strip())]
    found = [_unescape(match.group(1)) for match in _ITEM.finditer(text)]
    return [item for item in found if item]


def _unescape(item: str) -> str:
    start = len(item) - len(item.lstrip())
    rest = item[start:]
    kept = rest.rstrip()
    if (len(kept) - len(kept.rstrip("\\"))) % 2 and len(kept) < len(rest):
        kept = rest[: len(kept) + 1]
    return _ESCAPE.sub(r"\1", kept)


def join_items(items: Iterable[Any]) -> str:
    """Return the cell of a list; semicolons and backslashes in an item, and space at its ends, are escaped."""
    return ";".join(_escape(str(item)) for item in items) or EMPTY_LIST


def _escape(item: str) -> str:
    text = item.replace("\\", "\\\\").replace(";", "\\;")
    if text[:1].isspace():
        text = f"\\{text}"
    if len(item) > 1 and text[-1:].isspace():
        text = f"{text[:-1]}\\{text[-1]}"
    return text
