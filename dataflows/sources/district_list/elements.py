"""What a cell says of the data that is given: `First and Last Name, Student ID Number, ELL Status` as elements.

A word is an element only where it names one: by its id, its name, another name, or a phrase that
districts use (schemas/imports/element-phrases.csv).  A category names many, so it names none, and
a sentence of a privacy policy is read by a person.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from dataflows import assets
from dataflows.law.taxonomy import builtin_taxonomy, element_words, fold_word
from dataflows.sources.district_list.words import plain

if TYPE_CHECKING:
    from pathlib import Path

_ITEMS = re.compile(r"[;\n•·●▪|]+|(?<=\w)\.\s+(?=[A-Z])")
_COMMAS = re.compile(r",(?![^(]*\))")
_JOINS = re.compile(r"(?:\s+(?:and|&|or|\+)\s+|\s*/\s*|\s+&\s*)(?![^(]*\))", re.IGNORECASE)
_LEADS = re.compile(r"^(?:and|or|the|their|a|an|including|includes?|such as|e g|data shared include)\s+")
_OWNERS = re.compile(r"^(?:student|pupil|child|learner|user)\s+")
_TAILS = re.compile(
    r"\s+(?:number|no|status|information|info|data|detail|code|indicator|flag|field|designation|of student)$"
)
_BULLET = re.compile(r"^\s*(?:[-*–—•●▪·]|\(?\d{1,2}[.)])\s+")
_BRACKET = re.compile(r"\s*\(([^()]*)\)\s*")
_PROSE = re.compile(r"\b(?:we|our|us|you|your|collects?|may|might|is|are|will|when|information about)\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|never|no|without|except|excluding)\b", re.IGNORECASE)
_MOST_WORDS = 20


class Said(NamedTuple):
    """What a cell says: elements in the order of the taxonomy, and the pieces that are none."""

    elements: tuple[str, ...]
    unread: tuple[str, ...]
    is_prose: bool = False


def read_elements(text: str) -> Said:
    """Read a cell that lists data."""
    lines = text.split("\n")
    if is_prose(text) and not any(_BULLET.match(line) for line in lines):
        return Said((), (text,), is_prose=True)
    found: dict[str, None] = {}
    unread: list[str] = []
    if len(lines) > 1 and is_prose(text):
        unread = [line for line in lines if is_prose(line)]
        text = "\n".join(line for line in lines if not is_prose(line))
    for item in _pieces(text):
        ids, rest = _read_item(item)
        found.update(dict.fromkeys(ids))
        unread += rest
    order = {id: number for number, id in enumerate(builtin_taxonomy().elements)}
    return Said(tuple(sorted(found, key=lambda id: order[id])), tuple(unread))


def is_prose(text: str) -> bool:
    """Tell whether a cell holds sentences, or denies something, so that its words can't be taken one by one."""
    words = len(text.split())
    if _DENIED.search(text) and find_element(text) is None:
        return True
    return words > _MOST_WORDS and len(_PROSE.findall(text)) * 12 > words


def _pieces(text: str) -> list[str]:
    lines = [_BULLET.sub("", line) for line in text.split("\n")]
    return [piece.strip(" .:") for line in lines for piece in _ITEMS.split(line) if piece.strip(" .:")]


def _read_item(item: str) -> tuple[list[str], list[str]]:
    if (ids := find_element(item)) is not None:
        return list(ids), []
    for pattern in (_COMMAS, _JOINS):
        parts = [part.strip(" .:") for part in pattern.split(item) if part.strip(" .:")]
        if len(parts) > 1:
            found: list[str] = []
            unread: list[str] = []
            for part in parts:
                ids_of, rest = _read_item(part)
                found += ids_of
                unread += rest
            # "Conferences and travel" is one thing that is not understood, not two.
            if not found and pattern is _JOINS:
                return [], [item]
            return found, unread
    bracket = _BRACKET.search(item)
    if bracket and (ids := find_element(_BRACKET.sub(" ", item))) is not None:
        inner = find_element(bracket[1])
        return [*(inner or ids)], [] if inner is not None or len(bracket[1]) < 6 else [f"({bracket[1]})"]
    if item.casefold() in ("and", "or", "etc"):
        return [], [item] if item.casefold() == "etc" else []
    return [], [item]


@cache
def find_element(text: str) -> tuple[str, ...] | None:
    """Return the elements that a phrase names, mostly one; None where it names none for certain."""
    word = _LEADS.sub("", plain(text))
    tried = set()
    while word and word not in tried:
        tried.add(word)
        if (found := _phrases().get(word) or _named(word)) is not None:
            return found
        shorter = _OWNERS.sub("", word)
        word = shorter if shorter != word else _TAILS.sub("", word)
    return _named(text)


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
        return {plain(row["phrase"]): tuple(row["elements"].split(";")) for row in csv.DictReader(file)}
