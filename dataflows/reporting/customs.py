"""How a language writes days, numbers, lists in a sentence, and the names of languages."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from dataflows.reporting.markdown import Markdown, as_markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

_BEFORE_I = re.compile(r"\\?[*_\[“(]*h?[iíIÍ](?![aeoAEO])", re.IGNORECASE)
"""Where Spanish says `e` for `y`: Illuminate and Hidalgo, but not hielo."""
_FIRST = {"fr": "1er", "pt": "1º"}
"""Languages that count the first day of a month, and only that one."""


class Customs:
    """The customs of one locale, such as `es_US`."""

    def __init__(self, locale: str) -> None:
        self._locale = Locale.parse(locale)

    def day(self, day: date) -> str:
        """Return a day with its month as a word."""
        text = format_date(day, "long", locale=self._locale)
        first = _FIRST.get(self._locale.language)
        return re.sub(r"^1(?= )", first, text) if first else text

    def number(self, number: int) -> str:
        """Return a whole number."""
        return format_decimal(number, locale=self._locale)

    def listed(self, items: Iterable[object]) -> Markdown:
        """Return a list as it stands in a sentence; each item is escaped."""
        shown = [as_markdown(item) for item in items]
        text = format_list(shown, locale=self._locale)
        if len(shown) > 1 and self._locale.language == "es" and _BEFORE_I.match(shown[-1]):
            before = text.removesuffix(f" y {shown[-1]}")
            text = f"{before} e {shown[-1]}" if before != text else text
        return Markdown(text)

    def language(self, tag: str) -> str:
        """Return the name of a language by its tag, or the tag where it has none."""
        names: Mapping[str, str] = self._locale.languages
        known = names.get(tag.replace("-", "_"))
        if known:
            return known
        try:
            return Locale.parse(tag, sep="-").get_display_name(self._locale) or tag
        except (UnknownLocaleError, ValueError):
            return names.get(tag.partition("-")[0], tag)

    def languages(self, tags: Iterable[str]) -> list[str]:
        """Return the names of languages."""
        return [self.language(tag) for tag in tags]


@cache
def customs_of(locale: str) -> Customs:
    """Return the customs of a locale, read once."""
    return Customs(locale)
