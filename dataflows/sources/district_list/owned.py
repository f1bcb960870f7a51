"""Which elements a thing of several persons is: the phone of a student is one, that of a parent another.

A thing of teachers or other staff is no data of students, so it is told apart, never an element and never dropped.
Only the name of a teacher is one of the taxonomy's: it stands in a student's schedule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from dataflows.sources.district_list.owners import (
    AFTER_COMMA,
    EMERGENCY,
    JOIN,
    PARENTS,
    STAFF,
    STUDENTS,
    Claim,
    Owner,
    claims_of,
    kinds_in,
)
from dataflows.sources.district_list.phrases import find_exact, find_phrase, is_group

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_OF_PARENTS = {
    "name": "parent-name",
    "first-name": "parent-name",
    "last-name": "parent-name",
    "email": "parent-email",
    "phone": "parent-phone",
    "home-address": "parent-address",
    "student-id": "parent-id",
}
"""What the taxonomy has of parents, by what it is of a student."""
_NAMES = frozenset(("name", "first-name", "last-name"))
_PARTS = frozenset(("first-name", "last-name", "middle-name"))
_ACCOUNT = frozenset(("username", "password", "student-id", "photo"))
_CONTACT = frozenset(("email", "phone", "home-address"))
_TEACHER = re.compile(r"teacher|instructor|maestr|docente|profesor", re.IGNORECASE)
_ANYTHING = frozenset(("data", "information", "info", "details"))
_BRACKET = re.compile(r"\s*\(([^()]*)\)\s*")


@dataclass(slots=True)
class Found:
    """What is read of a list's item."""

    elements: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    of_staff: list[str] = field(default_factory=list)
    """Pieces that name what is known of a student, and here is a teacher's or another employee's."""

    def add(self, other: Found) -> None:
        """Take what another part of the item says."""
        self.elements += other.elements
        self.unread += other.unread
        self.of_staff += other.of_staff

    def __bool__(self) -> bool:
        return bool(self.elements or self.unread or self.of_staff)


@lru_cache(maxsize=8192)
def find_element(text: str) -> tuple[str, ...] | None:
    """Return the elements that a phrase names, mostly one; None where it names none for certain."""
    kinds = kinds_in(text)
    if len(kinds) < 2:
        found = find_phrase(text)
        if found is not None or PARENTS not in kinds:
            return found
    elif (found := find_exact(text)) is not None:
        return found
    read = read_owned(text, _read_phrase)
    return None if read is None or read.unread or read.of_staff else tuple(dict.fromkeys(read.elements))


def _read_phrase(text: str) -> Found:
    ids = find_phrase(text) if len(kinds_in(text)) < 2 else None
    return Found(unread=[text]) if ids is None else Found(list(ids))


def read_owned(item: str, read_other: Callable[[str], Found]) -> Found | None:
    """Read an item that says whose its things are; `read_other` reads what is nobody's. None where it doesn't say."""
    claims = claims_of(item)
    if not any(claim.owners for claim in claims):
        return None
    _share_behind(claims)
    found = Found()
    is_broken, before = False, ""
    for claim in claims:
        nouns = [claim.noun] if claim.is_told else _inherited(claim, before)
        is_broken, before = not claim.is_told and (is_broken or not nouns), claim.noun
        if is_broken or not claim.owners:
            found.add(read_other(claim.noun))
            continue
        for noun in nouns:
            for owner in _apart(claim.owners):
                found.add(_read_of(owner, noun, read_other))
    if not found.elements and "," not in item:
        return Found(of_staff=[item]) if found.of_staff and not found.unread else Found(unread=[item])
    return found


def _share_behind(claims: list[Claim]) -> None:
    """Give to the owner that stands last what a list begins with: `Name, e-mail and phone of parent`."""
    first = next(number for number, claim in enumerate(claims) if claim.owners)
    is_list = claims[first].is_behind and len(claims) - first > 1 and claims[first].owners == claims[-1].owners
    before = claims[:first]
    if is_list and all((_CONTACT | _NAMES).issuperset(find_phrase(claim.noun) or ("",)) for claim in before):
        for claim in before:
            claim.owners, claim.is_told = claims[first].owners, True


def of_owner(whose: str, piece: str) -> str:
    """Return a piece of a list with whose it is before it, where that tells: a grade is the student's alone."""
    is_contact = all((_CONTACT | _NAMES).issuperset(find_phrase(part) or ("",)) for part in JOIN.split(piece)[::2])
    return f"{whose} {piece.strip()}" if is_contact else piece


def _inherited(claim: Claim, before: str) -> list[str]:
    """Return the nouns that are as much the owner's as the noun before them: `Parent name, e-mail/phone`.

    A name behind a comma may be another person's, unless a student is among the owners, or it is a name's other part.
    """
    whole = find_phrase(claim.noun)
    kinds = {owner.kind for owner in claim.owners}
    if kinds == {STUDENTS}:
        return [claim.noun] if whole else []
    known = _CONTACT | _NAMES | (_ACCOUNT if claim.behind != AFTER_COMMA else frozenset())
    if claim.behind == AFTER_COMMA and STUDENTS not in kinds and not _PARTS.issuperset(find_phrase(before) or ("",)):
        known = _CONTACT
    nouns = [claim.noun] if whole else JOIN.split(claim.noun)[::2]
    return nouns if all(known.issuperset(find_phrase(noun) or ("",)) for noun in nouns) else []


def _apart(owners: Iterable[Owner]) -> list[Owner]:
    """Return one owner of each kind: parent and guardian are one."""
    return list({owner.kind: owner for owner in reversed(tuple(owners))}.values())[::-1]


def _read_of(owner: Owner, noun: str, read_other: Callable[[str], Found]) -> Found:
    if owner.kind == STUDENTS:
        exact = find_exact(f"student {noun}") or find_exact(f"{noun} del estudiante")
        return Found(list(exact)) if exact else read_other(noun)
    base, rest = _without_bracket(noun)
    written = f"{owner.word} {noun}"
    ids = _of_parents(base) if owner.kind == PARENTS else _of_emergency(base) if owner.kind == EMERGENCY else ()
    if ids:
        return Found(list(ids), rest)
    if owner.kind == STAFF:
        return _read_of_staff(owner, base, written, rest)
    return Found(unread=[written])


def _of_parents(noun: str) -> tuple[str, ...]:
    exact = find_exact(f"parent {noun}") or find_exact(f"{noun} de los padres")
    if exact:
        return exact
    ids = find_phrase(noun) or ()
    return tuple(dict.fromkeys(_OF_PARENTS[id] for id in ids)) if all(id in _OF_PARENTS for id in ids) else ()


def _of_emergency(noun: str) -> tuple[str, ...]:
    ids = find_phrase(noun)
    is_known = noun.casefold() in _ANYTHING or (ids and _CONTACT.union(_NAMES).issuperset(ids))
    return ("emergency-contact",) if is_known else ()


def _read_of_staff(owner: Owner, noun: str, written: str, rest: list[str]) -> Found:
    exact = find_exact(f"{owner.word} {noun}")
    ids = exact or find_phrase(noun) or ()
    is_name = bool(ids) and _NAMES.issuperset(ids) and _TEACHER.search(owner.word) is not None
    if exact or is_name:
        return Found(list(exact or ("teacher-names",)), rest)
    is_known = bool(ids) or is_group(noun) or noun.casefold() in _ANYTHING
    return Found(of_staff=[written]) if is_known else Found(unread=[written])


def _without_bracket(noun: str) -> tuple[str, list[str]]:
    """Return a noun without its bracket, and what of the bracket says more than which part of a name is meant."""
    bracket = _BRACKET.search(noun)
    if bracket is None or (ids := find_phrase(bracket[1])) is None:
        base = _BRACKET.sub(" ", noun).strip() if bracket else noun
        return base, [f"({bracket[1]})"] if bracket and len(bracket[1]) > 5 else []
    return _BRACKET.sub(" ", noun).strip(), [] if _NAMES.issuperset(ids) else [f"({bracket[1]})"]
