"""Which phrases name an element, and which name a whole group of data, as districts write them.

The phrases are data (schemas/imports/element-phrases.csv, group-phrases.csv): one that is met in the
field is a line there.
"""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from dataflows import assets
from dataflows.law.taxonomy import builtin_taxonomy, element_words, fold_word
from dataflows.sources.district_list.words import plain

if TYPE_CHECKING:
    from pathlib import Path

_LEADS = re.compile(r"^(?:(?:and|or|y|the|their|a|an|including|includes?|such as|e g|data shared include)\s+)+")
_OWNERS = re.compile(r"^(?:students?|pupils?|child|learner|user|kid|alumno)\s+")
_TAILS = re.compile(
    r"\s+(?:number|no|status|information|info|data|detail|code|indicator|flag|field|designation|of student|"
    r"del estudiante|de estudiante|de los estudiante|del alumno|record|value)$"
)

_E_MAIL = re.compile(r"\be mail\b")


@lru_cache(maxsize=8192)
def find_phrase(text: str) -> tuple[str, ...] | None:
    """Return the elements that a phrase names, mostly one; None where it names none for certain."""
    if (found := _named(text)) is not None:
        return found  # As it is written: `Logins` is another thing than a login.
    word = _LEADS.sub("", _word(text.replace("#", " number ")))
    tried = set()
    while word and word not in tried:
        tried.add(word)
        if (found := _phrases().get(word) or _named(word)) is not None:
            return found
        shorter = _OWNERS.sub("", word)
        word = shorter if shorter != word else _TAILS.sub("", word)
    return None


@lru_cache(maxsize=8192)
def find_exact(text: str) -> tuple[str, ...] | None:
    """Return the elements of a phrase that stands in the lists as a whole, with nobody's name taken off."""
    return _named(text) or _phrases().get(_LEADS.sub("", _word(text)))


@lru_cache(maxsize=8192)
def _word(text: str) -> str:
    return _E_MAIL.sub("email", plain(text)).replace("addresse", "address")


def _named(word: str) -> tuple[str, ...] | None:
    found = element_words().get(fold_word(word), frozenset())
    return tuple(found) if len(found) == 1 else None


def single_phrases() -> dict[str, str]:
    """Return the phrases that districts use for one element each, as they are written, with its id."""
    with _file().open(encoding="utf-8", newline="") as file:
        return {row["phrase"]: row["elements"] for row in csv.DictReader(file) if ";" not in row["elements"]}


def _file() -> Path:
    return assets.folder("schemas") / "imports" / "element-phrases.csv"


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    with _file().open(encoding="utf-8", newline="") as file:
        return {_word(row["phrase"]): tuple(row["elements"].split(";")) for row in csv.DictReader(file)}


@lru_cache(maxsize=8192)
def is_group(text: str) -> bool:
    """Tell whether words name a whole group of data: a category of the taxonomy, `PII`, `roster data`."""
    word = _LEADS.sub("", plain(text))
    names = _groups()
    while word and word not in names:
        shorter = _OWNERS.sub("", word)
        shorter = shorter if shorter != word else _TAILS.sub("", word)
        if shorter == word:
            return False
        word = shorter
    return word in names


@cache
def _groups() -> frozenset[str]:
    path = assets.folder("schemas") / "imports" / "group-phrases.csv"
    with path.open(encoding="utf-8", newline="") as file:
        named = {plain(row["phrase"]) for row in csv.DictReader(file)}
    categories = builtin_taxonomy().categories
    return frozenset((*named, *(plain(word) for id, one in categories.items() for word in (id, one.name))))
