"""Whose data words name: `Student & parent cell phone`, `nombre y correo del estudiante y de sus padres`.

A noun may be shared by persons, and a person by nouns.  What belongs together is told by words and
signs alone here; which element it is, elements.py says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

STUDENTS, PARENTS, STAFF, EMERGENCY = "students", "parents", "staff", "emergency contacts"

_WORDS = {
    STUDENTS: r"students?|pupils?|child(?:ren)?|learners?|scholars?|kids?|estudiantes?|alumn[oa]s?|niñ[oa]s?",
    PARENTS: r"parents?|guardians?|mothers?|fathers?|padres?|madres?|tutor(?:es)?",
    STAFF: r"(?:(?:homeroom|classroom|class)\s+)?teachers?|staff|faculty|employees?|educators?|principals?"
    r"|admins?|administrators?|instructors?|counselors?"
    r"|maestr[oa]s?|docentes?|profesor(?:es|as?)?",
    EMERGENCY: r"emergency contacts?",
}
_OWNER = rf"(?:(?:{'|'.join(_WORDS.values())})(?!\w)(?:\(s\))?(?:['’]s?(?!\w))?(?:[ ]+#?[1-4](?!\w))?)"
_KIND = {kind: re.compile(rf"(?:{words})\b.*", re.IGNORECASE | re.DOTALL) for kind, words in _WORDS.items()}
_SMALL = r"(?:(?:and/or|and|or|y|e|o|the|their|his|her|all|each|los|las|la|el|sus?|del?|of|for|legal)\s+)*"
_PURE = re.compile(rf"{_SMALL}(?P<owner>{_OWNER})", re.IGNORECASE)
_BEFORE = re.compile(rf"{_SMALL}(?:{_OWNER}\s+)*(?P<owner>{_OWNER})\s+(?P<noun>\S.*)", re.IGNORECASE | re.DOTALL)
_BEHIND = re.compile(
    rf"(?P<noun>\S.*?)\s+(?:of|for|from|belonging to|de|del)\s+{_SMALL}(?P<owner>{_OWNER})", re.IGNORECASE | re.DOTALL
)
_COMMA = re.compile(r",(?![^(]*\))")
JOIN = re.compile(r"(\s*(?:&|\+|/)\s*|\s+(?:and\s*/\s*or|and|or|y|e|o)\s+)(?![^(]*\))", re.IGNORECASE)
_LEAD = re.compile(r"\s*(?:and/or|and|or|y|e|o|&)\s+", re.IGNORECASE)
AFTER_COMMA = ","
_ANY = re.compile(rf"\b{_OWNER}", re.IGNORECASE)
_BEGINNINGS = re.compile(
    r"\b(?=[a-z])(?:stu|pup|chi|lea|sch|kid|est|alu|niñ|par|gua|mot|fat|pad|mad|tut|hom|cla|tea|sta|fac|emp|edu|pri|adm|ins"
    r"|cou|mae|doc|pro|eme)",
    re.IGNORECASE,
)
"""Finds at once the texts in which nobody can be named: most."""
_IN_BRACKET = re.compile(
    rf"\s*\((?:for|of|del?)?\s*(?P<whose>{_OWNER}(?:(?:\s*[,/&]\s*|\s+)(?:(?:and|or|y|o)\s+)?{_OWNER})*)(?:\s+only)?\)\s*$",
    re.IGNORECASE,
)
_BEHIND_LIST = re.compile(
    rf"\b(?:of|for|from|del?)\s+{_SMALL}{_OWNER}(?:\s*,\s*{_SMALL}{_OWNER})+\s*(?:,?\s*\b(?:and|or|y|o)\b|&|/)\s*"
    rf"{_SMALL}{_OWNER}\s*$",
    re.IGNORECASE,
)
"""Ends a list of things with a list of owners: `e-mail of students, parents, and teachers`."""
_LAST_LEAD = re.compile(r"(?<=,)\s*(?:and|or|y|o)\s+", re.IGNORECASE)
_LISTED = re.compile(
    rf"(?:^|(?<=[;\n.,&])\s*|\band\s+)(?P<whose>{_OWNER}(?:\s+(?:data|information|info))?)"
    r"\s*\((?P<list>[^()]*[,;/&][^()]*)\)\s*(?:[,;.&]|and\b|$)",
    re.IGNORECASE,
)
"""Things in brackets behind their owner: `Students (name, grade)`."""
_LABEL = re.compile(
    rf"(?:^|(?<=[;\n.,]))\s*(?P<whose>(?:datos\s+)?{_SMALL}{_OWNER}(?:(?:\s*[,/&]\s*|\s+){_SMALL}{_OWNER})*)"
    r"(?:\s+(?:data|information|info|pii|records?))?\s*:",
    re.IGNORECASE,
)


class Owner(NamedTuple):
    """Whose a thing is, and the word that says it."""

    kind: str
    word: str


@dataclass(slots=True)
class Claim:
    """A noun and whose it is said to be; nobody is named where the owners are empty."""

    noun: str
    owners: tuple[Owner, ...] = ()
    is_told: bool = False
    """Its own words say whose it is; else they are those of the noun before it."""
    is_behind: bool = False
    """Its owner stands behind it: `phone of the parent`."""
    behind: str = ""
    """The sign or word that joins it to the noun before it: ` and `, `/`; a comma."""


@lru_cache(maxsize=8192)
def kinds_in(text: str) -> frozenset[str]:
    """Return whose data a text speaks of."""
    if _BEGINNINGS.search(text) is None:
        return frozenset()
    return frozenset(_kind_of(match[0]) for match in _ANY.finditer(text))


def labelled(text: str) -> list[tuple[tuple[Owner, ...], str, str]]:
    """Return the parts of a text that says whose data follows: `Student data: name. Teacher data: name`.

    Each part has its owners, what follows the colon, and the whole as it is written; none where no label stands.
    """
    if (":" not in text and "(" not in text) or not kinds_in(text):
        return []
    text = _LISTED.sub(r"\g<whose>: \g<list>; ", text) if "(" in text else text
    labels = list(_LABEL.finditer(text))
    if not labels:
        return []
    first = text[: labels[0].start()].strip(" .;,\n")
    parts: list[tuple[tuple[Owner, ...], str, str]] = [((), first, first)] if first else []
    ends = [*(label.start() for label in labels[1:]), len(text)]
    for label, end in zip(labels, ends, strict=True):
        whose = tuple(Owner(_kind_of(one[0]), one[0]) for one in _ANY.finditer(label["whose"]))
        whole = text[label.start() : end].strip(" .;,\n")
        parts.append((whose, text[label.end() : end].strip(" .;,\n"), whole))
    return parts


def claims_of(item: str) -> list[Claim]:
    """Return the nouns of one item of a list, each with whose it is, in their order."""
    if bracket := _IN_BRACKET.search(item):
        item = f"{item[: bracket.start()]} of {bracket['whose']}"
    item = _BEHIND_LIST.sub(lambda match: re.sub(r"\s*,\s*", " and ", _LAST_LEAD.sub(" ", match[0])), item)
    found: list[Claim] = []
    waiting: list[Owner] = []
    current: tuple[Owner, ...] = ()
    for number, text in enumerate(_COMMA.split(item)):
        segment = _Segment(text, current)
        if waiting and not segment.ends_owners:
            found += [Claim(owner.word) for owner in waiting]
            waiting = []
        claims, waiting = segment.read(waiting, AFTER_COMMA if number else "")
        found += claims
        # What a name that stands late in a list owns ends at the comma: "Student name, parent name, e-mail".
        current = segment.current if number == 0 or segment.current == current or not found else ()
    return _joined([*found, *(Claim(owner.word) for owner in waiting)])


def _joined(claims: list[Claim]) -> list[Claim]:
    """Put together again the nouns that have no owner of their own: `free/reduced lunch` may be one."""
    found: list[Claim] = []
    for claim in claims:
        last = found[-1] if found else claim
        if found and not (claim.is_told or last.is_told) and claim.behind.strip(",") and claim.owners == last.owners:
            last.noun += claim.behind + claim.noun
        else:
            found.append(claim)
    return found


class _Segment:
    """Reads what stands between two commas."""

    def __init__(self, text: str, current: tuple[Owner, ...]) -> None:
        parts = JOIN.split(_LEAD.sub("", text, count=1) if _LEAD.match(text) else text.strip())
        self._parts = [(sign, part.strip(" .:")) for sign, part in zip(["", *parts[1::2]], parts[::2], strict=True)]
        self.current = current
        is_last = _LEAD.match(text) is not None and _BEFORE.fullmatch(self._parts[0][1]) is not None
        self.ends_owners = is_last or all(_PURE.fullmatch(part) for _, part in self._parts) or self._shares()
        """Owners before the comma have their noun here: `Student, parent, and teacher names`."""

    def _shares(self) -> bool:
        parts = [part for _, part in self._parts]
        return len(parts) > 1 and _PURE.fullmatch(parts[0]) is not None and _BEFORE.fullmatch(parts[1]) is not None

    def read(self, waiting: list[Owner], behind: str) -> tuple[list[Claim], list[Owner]]:
        """Return the nouns, and the owners whose noun is still to come."""
        found: list[Claim] = []
        owned_behind: list[Claim] = []
        for sign, part in self._parts:
            if not part:
                continue
            if pure := _PURE.fullmatch(part):
                owner = _owner(pure)
                for one in owned_behind:
                    one.owners = (*one.owners, owner)
                waiting = waiting if owned_behind else [*waiting, owner]
                continue
            if before := _BEFORE.fullmatch(part):
                self.current, waiting = (*waiting, _owner(before)), []
                found.append(Claim(before["noun"], self.current, is_told=True, behind=sign or behind))
            elif match := _BEHIND.fullmatch(part):
                claim = Claim(match["noun"], (_owner(match),), is_told=True, behind=sign or behind)
                found.append(claim)
                owned_behind = _unowned(found)
                for one in owned_behind:
                    one.owners, one.is_told, one.is_behind = claim.owners, True, True
                self.current = ()
            else:
                found += [Claim(owner.word) for owner in waiting]
                waiting = []
                found.append(Claim(part, self.current, behind=sign or behind))
        return found, waiting


def _unowned(found: list[Claim]) -> list[Claim]:
    """Return the last noun, and those right before it that nobody's name precedes."""
    start = len(found) - 1
    while start > 0 and not found[start - 1].owners and found[start].behind != AFTER_COMMA:
        start -= 1
    return found[start:]


def _owner(match: re.Match[str]) -> Owner:
    return Owner(_kind_of(match["owner"]), match["owner"])


def _kind_of(word: str) -> str:
    return next(kind for kind, pattern in _KIND.items() if pattern.fullmatch(word))
