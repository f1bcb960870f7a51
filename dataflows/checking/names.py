"""Whose notice it is: names of institutions in the places where a notice names its own.

A notice copied from another district's keeps that one's name in a corner.  Only the blanks of the
usual sentences are looked at, so that a name in an address or in a list is never held against it.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dataflows.checking.sentences import Sentence

_WORD = r"(?:[A-Z][\w.&'’-]*|of|the|at|and|for|in|No\.|\d+)"
_NAME = rf"(?:the\s+)?({_WORD}(?:\s+{_WORD}){{0,9}})"
_BLANKS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"failures?\s+(?:by|of)\s+{_NAME}\s+to\s+comply",
        rf"(?:days?|date)\s+(?:that\s+|on\s+which\s+|after\s+|when\s+)?{_NAME}\s+(?:receives|gets|recibe|reciba)",
        rf"[Ii]f\s+{_NAME}\s+decides\s+not",
        rf"[Ss]hould\s+{_NAME}\s+decide\s+not",
        rf"before\s+{_NAME}\s+discloses",
        rf"ask\s+{_NAME}\s+to\s+amend",
        rf"employed\s+by\s+{_NAME}(?:\s+(?:as|in)\b|[.,;])",
    )
)
_COMMON = frozenset(
    re.findall(
        r"\w+",
        """the of at and for in no a school schools district districts college university institution academy board
        public county city community unified independent central elementary high middle charter education system parish
        area regional consolidated joint union state department office official officials""",
    )
)


def names_in_blanks(sentences: Sequence[Sentence]) -> list[tuple[str, Sentence]]:
    """Return the proper names in the blanks, each with its sentence."""
    return [
        (name, sentence)
        for sentence in sentences
        for blank in _BLANKS
        for match in blank.finditer(sentence.text)
        if _own_words(name := match[1].strip())
    ]


def find_strangers(sentences: Sequence[Sentence]) -> Iterator[tuple[str, str, Sentence]]:
    """Yield a name that is not the notice's own, the name that is, and the sentence."""
    named = names_in_blanks(sentences)
    counts = Counter(name for name, _ in named)
    everywhere = " ".join(sentence.text for sentence in sentences).casefold()
    if len(counts) < 2:
        return
    own = max(counts, key=lambda name: (counts[name], everywhere.count(name.casefold()), -len(name)))
    told = set()
    for name, sentence in named:
        if name not in told and not _is_same(name, own, everywhere):
            told.add(name)
            yield name, own, sentence


def _own_words(name: str) -> frozenset[str]:
    words = re.findall(r"[\w&]+", name.casefold().replace("’", "'").replace("'s", ""))
    return frozenset(word for word in words if word not in _COMMON)


def _is_same(name: str, own: str, text: str) -> bool:
    """Tell whether two names may be one: a shared word of their own, initials, or one that explains the other."""
    if _own_words(name) & _own_words(own):
        return True
    for short, whole in ((name, own), (own, name)):
        initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", whole) if word[0].isupper())
        if short.replace(".", "").casefold() == initials.casefold():
            return True
        if re.search(re.escape(whole.casefold()) + r"\s*[(,][^)]{0,12}" + re.escape(short.casefold()), text):
            return True
    return False
