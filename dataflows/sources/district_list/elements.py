"""What a cell says of the data that is given: `First and Last Name, Student ID Number, ELL Status` as elements.

A word is an element only where it names one: by its id, its name, another name, or a phrase that
districts use (schemas/imports/element-phrases.csv).  A category names many, so it names none, and
a sentence of a privacy policy is read by a person.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.sources.district_list.owned import Found, find_element, of_owner, read_owned
from dataflows.sources.district_list.owners import EMERGENCY, PARENTS, STAFF, STUDENTS, Owner, kinds_in, labelled
from dataflows.sources.district_list.phrases import find_exact, is_group
from dataflows.sources.district_list.words import is_mark, is_yes, plain, says_no_data

if TYPE_CHECKING:
    from collections.abc import Iterable

_ITEMS = re.compile(r"[;\n•·●▪|]+|(?<=\w)\.\s+(?=[A-Z])")
_WIDE = re.compile(r"\s{8,}")
"""Some fill a cell with thousands of spaces; patterns that look for the end of each run would take hours over them."""
_COMMAS = re.compile(r",(?![^(]*\))")
_JOINS = re.compile(r"(?:\s+(?:and\s*/\s*or|and|&|or|\+|y)\s+|\s*/\s*|\s+&\s*)(?![^(]*\))", re.IGNORECASE)
_LEAD = re.compile(r"^(?:and/or|and|or|y)\s+", re.IGNORECASE)
_OF_STUDENT = re.compile(r"\bde(?:l| los| las) (?:estudiante|alumn[oa])s?$", re.IGNORECASE)
_REMARK = (
    r"(?:only|if (?:provided|applicable|available|any|needed|used|given|supplied|known)|as (?:needed|applicable)"
    r"|when (?:provided|available|applicable|used|needed)|optional(?:ly)?|opcional(?:es)?"
    r"|si (?:aplica|se (?:proporciona|da))|solamente|únicamente|sólo)"
)
_REMARKS = re.compile(
    rf"^(?:only|just|sólo|solamente)\s+|\s*[(\[]\s*{_REMARK}\s*[)\]]|(?:\s*[-–—]\s*|\s+){_REMARK}\s*$", re.IGNORECASE
)
"""Says that a thing is given at times, or that nothing else is: it is no part of its name."""
_BULLET = re.compile(r"^\s*(?:[-*–—•●▪·]|\(?\d{1,2}[.)])\s+")
_NUMBER = re.compile(r"(?:^|\s+)\d{1,2}[.)]\s+")
_BRACKET = re.compile(r"\s*\(([^()]*)\)\s*")
_PROSE = re.compile(r"\b(?:we|our|us|you|your|collects?|may|might|is|are|will|when|information about)\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|never|no|without|except|excluding)\b", re.IGNORECASE)
_OF_STAFF = re.compile(
    r"(?:(?:teachers?|principals?|staff|faculty|employees?|educators?)(?:\s*(?:,|/|and|or|&)\s*)?)+"
    r"\s*(?:(?:data|information|pii|only)\b|.*\bonly\W*$)",
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
    of_staff: tuple[str, ...] = ()
    """Pieces that name data of teachers or other staff, which is no data of students."""


@lru_cache(maxsize=4096)
def read_elements(text: str) -> Said:
    """Read a cell that lists data."""
    text = _WIDE.sub(lambda run: "\n" if "\n" in run[0] else " ", text)
    if (marked := _read_marked(text)) is not None:
        return marked
    whose = set(plain(text.replace("/", " ")).split()) - {"and", "or", "only"}
    if whose and whose <= _SUBJECTS and whose != {"teacher"}:
        is_of_students = bool(whose & {"student", "pupil", "both"})
        is_of_staff = not is_of_students and "parent" not in whose
        unread = () if is_of_students or is_of_staff else (text,)
        return Said((), unread, of_students=is_of_students, of_staff=(text,) if is_of_staff else ())
    if parts := labelled(text):
        return _join_said([_read_labelled(*part) for part in parts])
    if _OF_STAFF.match(text) and kinds_in(text) == {STAFF}:
        return Said((), (), of_staff=(text,))
    lines = text.split("\n")
    if is_prose(text) and not any(_BULLET.match(line) for line in lines):
        return Said((), (text,), is_prose=True)
    found = Found()
    if len(lines) > 1 and is_prose(text):
        found.unread = [line for line in lines if is_prose(line)]
        text = "\n".join(line for line in lines if not is_prose(line))
    for item in _pieces(text):
        found.add(_read_item(item))
    return _said(found)


def _said(found: Found) -> Said:
    groups = tuple(piece for piece in found.unread if is_group(piece))
    unread = tuple(piece for piece in found.unread if piece not in groups)
    return Said(ordered(dict.fromkeys(found.elements)), unread, groups=groups, of_staff=tuple(found.of_staff))


def _read_labelled(owners: tuple[Owner, ...], text: str, whole: str) -> Said:
    """Read what follows a label, `Teacher data: name`; there the things of a list are all theirs."""
    kinds = {owner.kind for owner in owners}
    if not text:
        return _said(Found(unread=[whole]))
    if kinds == {STAFF}:
        return Said((), (), of_staff=(whole,))
    if kinds <= {STUDENTS}:
        return read_elements(text)
    whose = " and ".join(owner.word for owner in owners)
    return read_elements("; ".join(of_owner(whose, piece) for item in _pieces(text) for piece in _COMMAS.split(item)))


def _join_said(parts: list[Said]) -> Said:
    """Return what the parts of a cell say together."""
    return Said(
        ordered(dict.fromkeys(id for part in parts for id in part.elements)),
        tuple(piece for part in parts for piece in part.unread),
        groups=tuple(piece for part in parts for piece in part.groups),
        of_students=any(part.of_students for part in parts),
        of_staff=tuple(piece for part in parts for piece in part.of_staff),
    )


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
    found = Found()
    for name, is_marked in pairs:
        if is_marked:
            found.add(_read_item(name))
        elif is_marked is None:
            found.unread.append(f"{name}:")
    return _said(found)


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


@lru_cache(maxsize=4096)
def _read_item(item: str) -> Found:
    """Read one item of a list, or a part of it; what is returned is shared, so it is never added to."""
    item = _REMARKS.sub("", item).strip() or item
    if (ids := find_exact(item)) is not None:
        return Found(list(ids))
    kinds = kinds_in(item)
    owned = read_owned(item, _read_item) if kinds & {PARENTS, STAFF, EMERGENCY} else None
    if owned is not None:
        return owned
    if (ids := find_element(item)) is not None:
        return Found(list(ids))
    if kinds and "," not in item and (owned := read_owned(item, _read_item)) is not None and owned.elements:
        return owned
    return _read_list(item) or _read_bracket(item)


def _read_list(item: str) -> Found | None:
    """Read an item in which commas, `and` or strokes stand between things; None for any other."""
    for pattern in (_COMMAS, _JOINS):
        parts = [bare for part in pattern.split(item) if (bare := _LEAD.sub("", part.strip(" .:")))]
        if len(parts) < 2:
            continue
        if pattern is _COMMAS and _OF_STUDENT.search(parts[-1]):
            parts = [full if find_exact(full := f"{part} del estudiante") else part for part in parts]
        read = [_read_item(part) for part in parts]
        found = Found()
        for one in read:
            found.add(one)
        # "Conferences and travel" is one thing that is not understood, as is "Meeting notes and recordings".
        if pattern is _JOINS and (not found.elements or read[0].unread):
            return _share_noun(parts) or Found(unread=[item])
        return found
    return None


def _share_noun(parts: list[str]) -> Found | None:
    """Read words that share the last one's noun, `Home and cell phone`; None where one of them names nothing."""
    noun = parts[-1].rpartition(" ")[2]
    ids = [find_element(f"{part} {noun}") for part in parts[:-1]]
    last = find_element(parts[-1])
    return Found([id for found in (*ids, last) for id in found or ()]) if last and all(ids) else None


def _read_bracket(item: str) -> Found:
    bracket = _BRACKET.search(item)
    if bracket and (ids := find_element(_BRACKET.sub(" ", item))) is not None:
        return _with_bracket(ids, bracket[1])
    return Found() if item.casefold() in ("and", "or") else Found(unread=[item])


def _with_bracket(ids: tuple[str, ...], text: str) -> Found:
    """Return the elements of a phrase and of its bracket: which name it is, or a list of what belongs to it."""
    if (inner := find_element(text)) is not None:
        return Found(list(inner))
    listed = [find_element(part.strip()) for part in text.split(",")]
    if len(listed) > 1 and all(listed):
        return Found([*ids, *(id for found in listed for id in found or ())])
    return Found(list(ids), [] if len(text) < 6 else [f"({text})"])
