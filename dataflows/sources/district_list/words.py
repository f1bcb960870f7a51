"""Which words districts use for the columns of their lists, and which words say nothing.

The words are data (schemas/imports/headings.yaml): a heading that is met in the field is a line there.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
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
MANDATE = "mandate "
"""The same for who demands it: `mandate state`."""
CONTRACT = "contract "
"""The same for a sort of contract that there is: `contract dpa`."""
GIVEN_TO = "given to "
"""The same for who gets the data of the row: `given to Clever`, in a list with a column for each vendor."""
GRADE, SCHOOL = "grade ", "school "
"""The same for a grade, and for a school, that uses it: `grade 3`, `school Oak High`."""
MARKED = (ELEMENT, BASIS, MANDATE, CONTRACT, GIVEN_TO, GRADE, SCHOOL)
GIVEN, DATA_GROUP = "given", "data group"
UNREAD = (NOTHING, "category", "student population")
"""Meanings of columns that are known, and for which a catalog has no place."""

_NUMBERED = re.compile(r"^\s*\(?\d{1,2}[.)]\s*(?=\D)")
_REQUIRED = re.compile(r"\((?:required|optional|if any)\)|\*", re.IGNORECASE)
_NOT_WORDS = re.compile(r"[\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SAYS_NOTHING = re.compile(
    r"[?\-–—.*_/\s]+|t\.?b\.?[dac]\.?|to be (?:determined|decided|announced|confirmed)|\(?n\.?/?a\.?\)?|#n/a"
    r"|unk(?:nown)?\.?|not (?:yet )?signed|unsigned|not (?:known|sure|available|applicable|stated|yet|provided)"
    r"|not (?:listed|specified|determined|on file)|unspecified|null|\(?blank\)?"
    r"|(?:i )?(?:do not|don['’]?t) know|no idea|none (?:listed|stated|specified|provided|given|yet)|pending\b.{0,30}"
    r"|in (?:progress|process|review)"
    r"|under review|varies|various"
    r"|(?:please )?see (?:the |our |attached |above |below )*(?:contract|agreement|addendum|vendor|notes?|comments?"
    r"|website|link|dpa|ndpa|mou|exhibit \"?[a-z]\"?|schedule(?: of data)?|(?:privacy )?policy|below|above|attached)"
    r"(?: (?:of|in|to) (?:the )?(?:dpa|ndpa|agreement|contract))?|same(?: as above)?|ditto|\""
    r"|(?:ask|asked|contact|waiting (?:on|for)|awaiting|check with|requested from)(?: the)?"
    r"(?: vendor| company| provider)?"
    r"|sin (?:fecha|datos)|no (?:end )?date(?: given| listed)?"
    r"|por determinar|pendiente|desconocid[oa]|no aplica|no se sabe|n\.?d\.?|no disponible",
    re.IGNORECASE,
)
_NO_DATA = re.compile(
    r"(?:none|nothing|ningun[oa]s?|ningún dato"
    r"|no (?:student |personal |personally identifiable |identifiable )*(?:data|pii|information|info)"
    r"|does not (?:collect|use|share|require) (?:any )?(?:student |personal )*(?:data|pii|information))"
    r"(?: (?:is |are )?(?:collected|shared|needed|required|stored|used|given|sent|transferred))?"
    r"(?: at this time\.?(?: provider will (?:immediately )?notify .*)?)?"
    r"(?:[\s,(–-]+(?:teachers?|staff|admin\w*)(?: use)? only\)?)?\s*\.?",
    re.IGNORECASE,
)
MARKS = frozenset((
    "x", "✓", "✔", "✅", "√", "☑", "☒", "yes", "y", "1", "true", "t", "●", "•", "check", "checked", "required",
    "sí", "si",
))  # fmt: skip
NO_MARKS = frozenset(("no", "n", "0", "false", "f", "☐", "✗", "✘", "✖", "❌", "-", "–", "none"))


_SECTION_TAIL = re.compile(r" (?:apps?|software|tool|program|resource|level|only|department|use)$")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column may be."""

    is_: str
    about: str
    sure: frozenset[str]
    likely: tuple[str, ...]


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Fold a heading or a phrase: no case, no punctuation, no plural, no accents."""
    words = _NOT_WORDS.sub(
        " ",
        _REQUIRED.sub(" ", text.replace("(s)", "").replace("- ", "")).casefold().replace("'s", "").replace("’s", ""),
    )
    if not words.isascii():
        words = "".join(sign for sign in unicodedata.normalize("NFKD", words) if not unicodedata.combining(sign))
    return " ".join(map(_singular, words.split()))


def is_mark(text: str) -> bool:
    """Tell whether a cell holds a mark: X, yes, a tick, or their opposite."""
    word = text.casefold().strip(" .\ufe0f")
    return word in MARKS or word in NO_MARKS


def is_yes(text: str) -> bool:
    """Tell whether a mark says yes."""
    return text.casefold().strip(" .\ufe0f") in MARKS


def plain_heading(text: str) -> str:
    """Fold a heading: it may be numbered, and words may be told apart by capitals only: `3. Vendor`, `appName`."""
    bare = _NUMBERED.sub("", text)
    return plain(_CAMEL.sub(" ", bare) if " " not in bare.strip() else bare)


def _singular(word: str) -> str:
    if (len(word) > 3 or word == "ids") and word.endswith("s") and not word.endswith(("ss", "us", "is")):
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


def is_section(text: str) -> bool:
    """Tell whether a row's only words are the heading of a section: `Math`, `Elementary apps`."""
    word = plain(text)
    return word in _sections() or _SECTION_TAIL.sub("", word) in _sections()


@cache
def _sections() -> frozenset[str]:
    path = assets.folder("schemas") / "imports" / "section-words.csv"
    return frozenset(plain(line) for line in path.read_text(encoding="utf-8").splitlines()[1:])


@lru_cache(maxsize=4096)
def says_nothing(text: str) -> bool:
    """Tell whether a cell says only that nobody knows: `?`, `TBD`, `n/a`."""
    return _SAYS_NOTHING.fullmatch(text.strip()) is not None


def says_no_data(text: str) -> bool:
    """Tell whether a cell says that no data of students is taken: `None`."""
    return _NO_DATA.fullmatch(text.strip()) is not None
