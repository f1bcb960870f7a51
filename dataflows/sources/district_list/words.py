"""Which words districts use for the columns of their lists, and which words say nothing.

The words are data (schemas/imports/headings.yaml): a heading that is met in the field is a line there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import yaml

from dataflows import assets

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTHING = "nothing"
ELEMENT = "element "
"""Begins the meaning of a column in which a mark stands for one element: `element first-name`."""
BASIS = "basis "
"""The same for a legal basis: `basis 99.31(a)(6)`."""

_REQUIRED = re.compile(r"\((?:required|optional|if any)\)|\*", re.IGNORECASE)
_NOT_WORDS = re.compile(r"[^\w]+")
_SAYS_NOTHING = re.compile(
    r"[?\-–—.*_/\s]+|t\.?b\.?[dac]\.?|to be (?:determined|decided|announced|confirmed)|n\.?/?a\.?|#n/a|unknown"
    r"|not (?:known|sure|available|applicable|stated|yet|provided)|pending|in (?:progress|process|review)|varies"
    r"|see (?:contract|agreement|vendor|note|notes|website|link|below|above)|same|ditto|\"|ask(?: vendor)?",
    re.IGNORECASE,
)
_NO_DATA = re.compile(
    r"(?:none|nothing|no (?:student |personal |personally identifiable |identifiable )*(?:data|pii|information|info)"
    r"|does not (?:collect|use|share|require) (?:any )?(?:student |personal )*(?:data|pii|information))"
    r"(?: (?:is |are )?(?:collected|shared|needed|required|stored|used|given|sent|transferred))?\s*\.?",
    re.IGNORECASE,
)
MARKS = frozenset(("x", "✓", "✔", "☑", "☒", "yes", "y", "1", "true", "●", "•", "check", "checked", "required"))
NO_MARKS = frozenset(("no", "n", "0", "false", "☐", "-", "–", "none"))


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column may be."""

    is_: str
    about: str
    sure: frozenset[str]
    likely: tuple[str, ...]


def plain(text: str) -> str:
    """Fold a heading or a phrase: no case, no punctuation, no plural."""
    words = _NOT_WORDS.sub(
        " ",
        _REQUIRED.sub(" ", text.replace("(s)", "").replace("- ", "")).casefold().replace("'s", "").replace("’s", ""),
    ).split()
    return " ".join(_singular(word) for word in words if word != "_")


def _singular(word: str) -> str:
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@cache
def meanings() -> Mapping[str, Meaning]:
    """Return what a column may be, by the word that a mapping uses."""
    path = assets.folder("schemas") / "imports" / "headings.yaml"
    rows = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {
        row["is"]: Meaning(
            row["is"],
            row["about"],
            frozenset(plain(str(text)) for text in row["sure"]),
            tuple(plain(str(text)) for text in row["likely"]),
        )
        for row in rows
    }


def says_nothing(text: str) -> bool:
    """Tell whether a cell says only that nobody knows: `?`, `TBD`, `n/a`."""
    return _SAYS_NOTHING.fullmatch(text.strip()) is not None


def says_no_data(text: str) -> bool:
    """Tell whether a cell says that no data of students is taken: `None`."""
    return _NO_DATA.fullmatch(text.strip()) is not None
