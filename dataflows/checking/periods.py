"""Periods in a sentence: how long access may take (99.10(b)), and how long one has to complain (99.64(c))."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_DAYS = 45
DAYS_TO_COMPLAIN = 180
_TENS = {
    "ten": 10, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "diez": 10, "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60,
    "noventa": 90,
}  # fmt: skip
_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "un": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9,
}  # fmt: skip
_UNITS = {"day": 1.0, "dia": 1.0, "week": 7.0, "semana": 7.0, "month": 30.0, "mes": 30.0, "year": 365.0, "ano": 365.0}
_KINDS = "school|business|working|work|instructional|class|academic|escolares|habiles|laborables|lectivos"
_PERIOD = re.compile(
    rf"((?:[a-z]+ (?:y )?){{0,3}})(\d{{1,4}} )?((?:calendar|consecutive|{_KINDS}|or|y) )*"
    r"(days?|dias?|weeks?|semanas?|months?|mes|meses|years?|anos?) ((?:habiles|laborables|escolares|lectivos) )?"
)

_ACCENTED = {"dia": "día", "dias": "días", "habiles": "hábiles", "ano": "año", "anos": "años"}
"""How a Spanish word of a period is written; a folded sentence has lost its accents."""
_LIMITS = re.compile(
    r"\b(?:within|no later than|dentro|plazo|tardar|before|after)\b"
    r"|\b(?:have|has|tiene|tienen|up to|hasta)\b.*\b(?:file|complain|submit|send|make|presentar|quejarse)\b"
)
"""How a time to complain is given."""


def periods_in(folded: str) -> Iterator[tuple[float, str, bool]]:
    """Yield each period of a folded sentence: its length in calendar days, its words, whether of working days."""
    for match in _PERIOD.finditer(folded):
        number = int(match[2]) if match[2] else _spelled(match[1].split())
        if number is None or (1900 < number < 2100):
            continue
        unit = next(days for name, days in _UNITS.items() if match[4].startswith(name))
        kind = re.search(rf"\b({_KINDS}) ", f"{match[0]}")
        length = number * unit * (7 / 5 if kind and unit == 1 else 1)
        words = f"{number} {match[0][match.end(2 if match[2] else 1) - match.start() :].strip()}"
        yield length, words, kind is not None


def _spelled(words: list[str]) -> int | None:
    """Return the number that the last words spell, such as forty five."""
    words = [word for word in words if word not in ("y", "calendar", "or") and word not in _KINDS.split("|")]
    last = words[-1] if words else ""
    if last == "hundred":
        return 100
    if last in _ONES:
        before = words[-2] if len(words) > 1 else ""
        return _TENS.get(before, 0) + _ONES[last]
    number = _TENS.get(last)
    return number + 100 if number is not None and len(words) > 1 and "hundred" in words[-3:-1] else number


def longest_wait(folded: str) -> str | None:
    """Return a promised time for access that is longer than the law allows, in words."""
    for length, words, _ in periods_in(folded):
        if length > MOST_DAYS and "year" not in words and "ano" not in words:
            return _as_written(words)
    return None


def _as_written(words: str) -> str:
    return " ".join(_ACCENTED.get(word, word) for word in words.split())


def not_the_complaint_time(folded: str) -> str | None:
    """Return a time to complain other than the law's, in words."""
    if not _LIMITS.search(folded):
        return None
    found = list(periods_in(folded))
    if any(words.startswith((f"{DAYS_TO_COMPLAIN} day", f"{DAYS_TO_COMPLAIN} dia")) for _, words, _ in found):
        return None
    return next((_as_written(words) for _, words, _ in found), None)
