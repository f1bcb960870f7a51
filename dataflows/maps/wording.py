"""In which words maps say what they show: those of reports/map, or the same in another language.

The words are data.  Whoever asks for a map in another language hands its words over, and a snapshot in which
kinds of data, their categories and the students have their names in it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from dataflows import assets

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

WORD_FILES = ("words", "matrix", "page", "summary")
"""The files of reports/map with words that a reader sees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The words of maps in one language, each field a file."""

    language: str
    words: Mapping[str, Any]
    """Of the network and its like, and of days."""
    matrix: Mapping[str, Any]
    page: Mapping[str, Any]
    summary: Mapping[str, Any]

    def day(self, day: date) -> str:
        """Write a day as a reader of the map says it."""
        said = self.words
        return str(said["day"].format(month=said["months"][day.month - 1], day=day.day, year=day.year))

    def short_names(self, name: str, id: str) -> tuple[str, ...]:
        """Return a name for a narrow place, and shorter ones; ids are English words."""
        shorter = str(self.matrix["heads"].get(id, name))
        return (name, shorter, id.replace("-", " ").capitalize()) if self.language == "en" else (name, shorter)

    def language_for(self, district: str) -> str:
        """Return the language of a drawing: the district's own way of it, where the words are in it."""
        return district if district.partition("-")[0].lower() == self.language else self.language


@cache
def our_wording() -> Wording:
    """Return the words as they lie in reports/map: English."""
    return Wording(language="en", **{name: read_words_of(name) for name in WORD_FILES})


@cache
def read_words_of(name: str) -> dict[str, Any]:
    """Read one of the files."""
    text = (assets.folder("reports") / "map" / f"{name}.json").read_text(encoding="utf-8")
    tree: dict[str, Any] = json.loads(text)
    return tree
