"""What a cell says of the data that is given: `First and Last Name, Student ID Number, ELL Status` as elements.

A word is an element only where it names one: by its id, its name, another name, or a phrase that
districts use (schemas/imports/element-phrases.csv).  A category names many, so it names none, and
a sentence of a privacy policy is read by a person.
"""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dataflows import assets
from dataflows.law.taxonomy import builtin_taxonomy, element_words, fold_word
from dataflows.sources.district_list.words import is_mark, is_yes, plain, says_no_data

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_ITEMS = re.compile(r"[;\n•·●▪|]+|(?<=\w)\.\s+(?=[A-Z])")
_COMMAS = re.compile(r",(?![^(]*\))")
_JOINS = re.compile(r"(?:\s+(?:and|&|or|\+)\s+|\s*/\s*|\s+&\s*)(?![^(]*\))", re.IGNORECASE)
_LEADS = re.compile(r"^(?:and|or|the|their|a|an|including|includes?|such as|e g|data shared include)\s+")
_OWNERS = re.compile(r"^(?:students?|pupils?|child|learner|user|kid|alumno)\s+")
_TAILS = re.compile(
    r"\s+(?:number|no|status|information|info|data|detail|code|indicator|flag|field|designation|of student|"
    r"del estudiante|de estudiante|de los estudiante|del alumno|record|value)$"
)
_BULLET = re.compile(r"^\s*(?:[-*–—•●▪·]|\(?\d{1,2}[.)])\s+")
_NUMBER = re.compile(r"(?:^|\s+)\d{1,2}[.)]\s+")
_BRACKET = re.compile(r"\s*\(([^()]*)\)\s*")
_PROSE = re.compile(r"\b(?:we|our|us|you|your|collects?|may|might|is|are|will|when|information about)\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|never|no|without|except|excluding)\b", re.IGNORECASE)
_OF_STAFF = re.compile(
    r"(?:(?:teachers?|principals?|staff|employees?|educators?)(?:\s*(?:,|/|and|or|&)\s*)?)+\s*(?:data|information|pii|only)\b",
    re.IGNORECASE,
)
"""Begins what is said of others than students: `Teacher and principal data: name`."""
_AFTER_NONE = re.compile(r"\s+[-–—]\s+|\s*[;,.(:]\s*")
_BUT = re.compile(r"\b(?:except|unless|but|if|when|optional\w*|may|might|other than|besides|only for)\b", re.IGNORECASE)
_MOST_WORDS = 20
_PAIR = re.compile(r"(?P<name>[^:=\n]{2,80}?)\s*(?:[:=]|\s[-–—])\s*(?P<mark>\S{0,8})")
_BOX = re.compile(r"(\[[ xX✓]?\]|[☐☑☒✓✔✗✘□■])\s*")
_EMPTY_BOXES = frozenset(("[ ]", "[]", "☐", "□", "✗", "✘"))
_SUBJECTS = frozenset(("student", "pupil", "staff", "teacher", "principal", "parent", "employee", "appr", "both"))


class Said(NamedTuple):
    """What a cell says: elements in the order of the taxonomy, and the pieces that are none."""

    elements: tuple[str, ...]
    unread: tuple[str, ...]
    is_prose: bool = False
    groups: tuple[str, ...] = ()
    """Pieces that name many kinds of data at once, so that they don't say which."""
    of_students: bool = False
    """It says whose the data is, and students are among them."""


@lru_cache(maxsize=4096)
def read_elements(text: str) -> Said:
    """Read a cell that lists data."""
    if (marked := _read_marked(text)) is not None:
        return marked
    whose = set(plain(text.replace("/", " ")).split()) - {"and", "or", "only"}
    if whose and whose <= _SUBJECTS and whose != {"teacher"}:
        return Said((), (), of_students=bool(whose & {"student", "pupil", "both"}))
    if _OF_STAFF.match(text):
        return Said((), (text,))
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
    groups = tuple(piece for piece in unread if is_group(piece))
    return Said(ordered(found), tuple(piece for piece in unread if piece not in groups), groups=groups)


def more_of_none(text: str) -> str:
    """Return what is said after `None`: `Nothing - classroom login`; empty where it may say that something is taken."""
    first, _, rest = (part.strip() for part in _AFTER_NONE.sub("\0", text, count=1).partition("\0"))
    is_plain = says_no_data(first) and not _BUT.search(rest) and not read_elements(rest).elements
    return rest.strip(" ).") if is_plain else ""


def ordered(found: Iterable[str]) -> tuple[str, ...]:
    """Return elements in the order of the taxonomy."""
    order = _order()
    return tuple(sorted(found, key=lambda id: order[id]))


@cache
def _order() -> dict[str, int]:
    return {id: number for number, id in enumerate(builtin_taxonomy().elements)}


def _read_marked(text: str) -> Said | None:
    """Read names with marks: `First name: X; DOB: no`, `☑ Name ☐ Photo`; None for anything else."""
    pairs = _boxed(text) if _BOX.search(text) else _paired(text)
    if not pairs or not any(is_marked is not None for _, is_marked in pairs):
        return None
    found: dict[str, None] = {}
    unread: list[str] = []
    for name, is_marked in pairs:
        if is_marked is False:
            continue
        ids = find_element(name)
        found.update(dict.fromkeys(ids if is_marked and ids else ()))
        unread += [] if is_marked and ids else [name if is_marked else f"{name}:"]
    groups = tuple(piece for piece in unread if is_group(piece))
    return Said(ordered(found), tuple(piece for piece in unread if piece not in groups), groups=groups)


def _paired(text: str) -> list[tuple[str, bool | None]]:
    """Return the names of `name: mark` pieces, and what each mark says; none where a piece is no such pair."""
    pairs: list[tuple[str, bool | None]] = []
    for piece in filter(None, map(str.strip, re.split(r"[;\n,]", text))):
        match = _PAIR.fullmatch(piece)
        if not match or (match["mark"] and not is_mark(match["mark"])):
            return []
        pairs.append((match["name"].strip(), is_yes(match["mark"]) if match["mark"] else None))
    return pairs


def _boxed(text: str) -> list[tuple[str, bool | None]]:
    """Return the names behind boxes, and which boxes are ticked; none where something stands before the first."""
    first, *parts = _BOX.split(text)
    if first.strip():
        return []
    boxes = zip(parts[::2], parts[1::2], strict=True)
    return [(name.strip(" ,;\n"), box not in _EMPTY_BOXES) for box, name in boxes if name.strip(" ,;\n")]


@cache
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


def is_prose(text: str) -> bool:
    """Tell whether a cell holds sentences, or denies something, so that its words can't be taken one by one."""
    words = len(text.split())
    if _DENIED.search(text) and find_element(text) is None:
        return True
    return words > _MOST_WORDS and len(_PROSE.findall(text)) * 12 > words


def _pieces(text: str) -> list[str]:
    lines = [_BULLET.sub("", line) for line in _numbered(text).split("\n")]
    return [piece.strip(" .:") for line in lines for piece in _ITEMS.split(line) if piece.strip(" .:")]


def _numbered(text: str) -> str:
    """Return a text with a line for each item, where it numbers them within a line: `1. Name 2. Grade`."""
    return _NUMBER.sub("\n", text) if text.startswith("1") and len(_NUMBER.findall(text)) > 1 else text


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
            # "Conferences and travel" is one thing that is not understood, as is "Meeting notes and recordings".
            if pattern is _JOINS and (not found or _read_item(parts[0])[1]):
                return [], [item]
            return found, unread
    bracket = _BRACKET.search(item)
    if bracket and (ids := find_element(_BRACKET.sub(" ", item))) is not None:
        return _with_bracket(ids, bracket[1])
    if item.casefold() in ("and", "or", "etc"):
        return [], [item] if item.casefold() == "etc" else []
    return [], [item]


def _with_bracket(ids: tuple[str, ...], text: str) -> tuple[list[str], list[str]]:
    """Return the elements of a phrase and of its bracket: which name it is, or a list of what belongs to it."""
    if (inner := find_element(text)) is not None:
        return list(inner), []
    listed = [find_element(part.strip()) for part in text.split(",")]
    if len(listed) > 1 and all(listed):
        return [*ids, *(id for found in listed for id in found or ())], []
    return list(ids), [] if len(text) < 6 else [f"({text})"]


@cache
def find_element(text: str) -> tuple[str, ...] | None:
    """Return the elements that a phrase names, mostly one; None where it names none for certain."""
    if (found := _named(text)) is not None:
        return found  # As it is written: `Logins` is another thing than a login.
    word = _LEADS.sub("", plain(text.replace("#", " number ")))
    tried = set()
    while word and word not in tried:
        tried.add(word)
        if (found := _phrases().get(word) or _named(word)) is not None:
            return found
        shorter = _OWNERS.sub("", word)
        word = shorter if shorter != word else _TAILS.sub("", word)
    return None


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
