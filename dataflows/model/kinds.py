"""The kinds of value that a catalog file holds: how each is read, kept and shown in a schema.

`parse` takes what a file says (YAML gives only text, JSON numbers and truth values too) and
returns the canonical value: plain JSON, one spelling for one meaning.  `load` turns the
canonical value into what records hold (a day into a `date`).  `parse` raises `BadValueError`.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeAlias

from dataflows.model.frozen import frozen
from dataflows.model.text import FIRST_LANGUAGE, Text, find_refused_character, has_social_security_number, make_slug

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

Json: TypeAlias = str | int | bool | list[Any] | dict[str, Any] | None


class BadValueError(ValueError):
    """A value can't be read; `path` leads to it from where `parse` was called."""

    def __init__(self, message: str, hint: str | None = None, path: tuple[str | int, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.path = path


class Reading(Protocol):
    """What reading a value needs to know of its file, and where it leaves what it found."""

    first_language: str
    path: list[str | int]
    """Leads from the row to the value that is now being read."""

    def known(self, target: str) -> Collection[str]:
        """Return the ids of a list that are known to be there already."""

    def refer(self, target: str, key: str) -> str:
        """Note that a row names `key` of list `target`; return its id (a name may stand for it)."""

    def legal_basis(self, text: str) -> str:
        """Return the citation that a text names; raises BadValueError."""

    def refuse(self, message: str, hint: str | None = None, *below: str | int) -> None:
        """Record a problem at the current path, or `below` it."""


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the known word most like a misspelt one, if any is like it."""
    from difflib import get_close_matches

    found = get_close_matches(word.lower(), list(words), n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(word: str, words: Iterable[str]) -> str | None:
    """Return the hint that offers the nearest right spelling."""
    similar = nearest(word, words)
    return f"Did you mean {similar!r}?" if similar else None


def shown(value: object) -> str:
    """Show a value as written, cut to a length that fits a message."""
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


class Kind(ABC):
    """A kind of value. Subclasses say how it is parsed."""

    name: ClassVar[str] = "value"

    @abstractmethod
    def parse(self, raw: object, reading: Reading) -> Json:
        """Return the canonical value, or raise BadValueError."""

    def load(self, value: Any) -> Any:
        """Return what records hold for a canonical value."""
        return value

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of what a file may say."""
        return {"type": "string"}


@frozen(kw_only=False)
class Unreadable:
    """Stands for a value that its file has and that can't be read; says why."""

    message: str
    hint: str | None = None


def as_text(raw: object) -> str:
    """Return the text of a scalar; raises BadValueError for anything else."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, Unreadable):
        raise BadValueError(raw.message, raw.hint)
    if isinstance(raw, bool) or not isinstance(raw, int):
        message = f"Expected a text, found {describe(raw)}."
        raise BadValueError(message, "Put it in quotation marks." if isinstance(raw, bool | float) else None)
    return str(raw)


def describe(raw: object) -> str:
    """Name the shape of a value in a person's words."""
    if isinstance(raw, dict):
        return "a mapping of fields"
    if isinstance(raw, list):
        return "a list"
    return f"the value {shown(raw)}"


_LIKE_A_NUMBER = "The text holds what is written like a social security number."
_NO_RECORD = "The catalog never holds a student's record; take the number out."


@frozen(kw_only=False)
class PlainText(Kind):
    """A text of any script, kept character for character."""

    name: ClassVar[str] = "text"
    contact: bool = False

    def parse(self, raw: object, reading: Reading) -> str:
        text = raw if isinstance(raw, str) else as_text(raw)
        if not text.isprintable() and (code := find_refused_character(text)):
            message = f"The text holds the control character {code}."
            raise BadValueError(message, "Delete it; tab and newline are allowed.")
        if len(text) > LONGEST_TEXT:
            raise BadValueError(
                f"The text has {len(text):,} characters; here are at most {LONGEST_TEXT:,}.", "Shorten it."
            )
        if not self.contact and has_social_security_number(text):
            raise BadValueError(_LIKE_A_NUMBER, _NO_RECORD)
        return text


LONGEST_LINE = 10_000
"""Characters: no name and no title is as long, and each page that shows one would be."""
LONGEST_TEXT = 1_000_000


@frozen(kw_only=False)
class Line(PlainText):
    """A text of at least one visible character: a name, a title."""

    name: ClassVar[str] = "line"
    most: int | None = None
    """How many characters it may have, where it is a part of a key."""

    def parse(self, raw: object, reading: Reading) -> str:
        text = PlainText.parse(self, raw, reading)
        if not text.strip():
            raise BadValueError("The text is empty.", "Write it, or leave the field out.")
        most = LONGEST_LINE if self.most is None else self.most
        if len(text) > most:
            raise BadValueError(f"The text has {len(text):,} characters; here are at most {most:,}.", "Shorten it.")
        return text

    def schema(self) -> dict[str, Any]:
        found: dict[str, Any] = {"type": "string", "minLength": 1}
        return found if self.most is None else {**found, "maxLength": self.most}


_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?$", re.IGNORECASE)


class Language(Kind):
    """A language by its BCP 47 tag: `en`, `zh-Hans`, `pt-BR`."""

    name: ClassVar[str] = "language"

    def parse(self, raw: object, reading: Reading) -> str:
        text = as_text(raw).strip()
        if not _LANGUAGE.match(text):
            raise BadValueError(f"{shown(text)} is not a language tag (BCP 47).", "Write en, es or zh-Hans.")
        language, *rest = text.split("-")
        return "-".join([language.lower(), *(p.title() if len(p) == 4 else p.upper() for p in rest)])

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?$"}


_LANGUAGE_KIND = Language()
_TEXT = PlainText()


class Localized(Kind):
    """A text that families read: a string in the first home language, or texts by language."""

    name: ClassVar[str] = "text by language"

    def parse(self, raw: object, reading: Reading) -> str | dict[str, Any]:
        if not isinstance(raw, dict):
            return _TEXT.parse(raw, reading)
        texts: dict[str, Any] = {}
        for key, text in raw.items():
            try:
                if key == "reviewed":
                    texts[key] = self._parse_reviewed(text, reading)
                elif text is not None:
                    tag = reading.first_language if key == FIRST_LANGUAGE else _LANGUAGE_KIND.parse(key, reading)
                    if tag in texts:
                        raise BadValueError(f"The text in the language {tag!r} stands there twice.", "Keep one.")  # noqa: TRY301
                    texts[tag] = _TEXT.parse(text, reading)
            except BadValueError as bad:
                raise BadValueError(bad.message, bad.hint, (key, *bad.path)) from None
        if not any(tag != "reviewed" for tag in texts):
            raise BadValueError("The mapping holds no text.", "Write a text for each language.")
        if list(texts) == [reading.first_language]:
            return str(texts[reading.first_language])
        return texts

    def _parse_reviewed(self, raw: object, reading: Reading) -> dict[str, dict[str, str]]:
        if not isinstance(raw, dict):
            raise BadValueError(f"Expected languages, found {describe(raw)}.", "Write {es: {by: ..., date: ...}}.")
        reviews: dict[str, dict[str, str]] = {}
        for tag, review in raw.items():
            if not isinstance(review, dict) or not set(review) <= {"by", "date"} or "by" not in review:
                raise BadValueError("A review says by whom and on which day.", "Write {by: ..., date: ...}.", (tag,))
            kept = {"by": _TEXT.parse(review["by"], reading)}
            if review.get("date") is not None:
                kept["date"] = Day().parse(review["date"], reading)
            reviews[_LANGUAGE_KIND.parse(tag, reading)] = kept
        return reviews

    def load(self, value: Any) -> Text:
        return Text.of(value)

    def schema(self) -> dict[str, Any]:
        return {"$ref": "#/$defs/textByLanguage"}


_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,99}").fullmatch


def is_slug(text: str) -> bool:
    """Tell whether a text can be an id."""
    return _SLUG(text) is not None


class Slug(Kind):
    """An id: lower-case ASCII letters, digits and hyphens, at most 100, stable for ever."""

    name: ClassVar[str] = "id"

    def parse(self, raw: object, reading: Reading) -> str:
        text = raw if isinstance(raw, str) else as_text(raw)
        if _SLUG(text):
            if has_social_security_number(text):
                raise BadValueError(_LIKE_A_NUMBER, _NO_RECORD)
            return text
        slug = make_slug(text)
        message = f"{shown(text)} can't be an id: ids are lower-case ASCII letters, digits and hyphens, at most 100."
        raise BadValueError(message, f"Write {slug!r}." if slug else None)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,99}$"}


_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$")
_LIKE_A_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")


class Day(Kind):
    """A day of the world, YYYY-MM-DD. Of a date with a time and a zone, the day as written."""

    name: ClassVar[str] = "day"
    _seen: ClassVar[dict[str, str]] = {}

    def parse(self, raw: object, reading: Reading) -> str:
        known = self._seen.get(raw) if isinstance(raw, str) else None
        if known is None:
            known = self._read(as_text(raw).strip())
            if isinstance(raw, str) and len(self._seen) < 100_000:
                self._seen[raw] = known
        return known

    def _read(self, text: str) -> str:
        found = _DAY.match(text)
        if not found:
            hint = "Write YYYY-MM-DD, as in 2026-06-30."
            if (like := _LIKE_A_DAY.match(text)) and int(like[1]) <= 12 and int(like[2]) <= 31:
                hint = f"Write YYYY-MM-DD, as in {like[3]}-{int(like[1]):02}-{int(like[2]):02} for month/day/year."
            raise BadValueError(f"{shown(text)} is not a day.", hint)
        try:
            day = date.fromisoformat(found[1])
        except ValueError:
            raise BadValueError(f"There is no day {found[1]}.", "Check the month and the day.") from None
        if not 1900 <= day.year <= 2200:
            raise BadValueError(f"The year of {found[1]} lies outside 1900 to 2200.", "Check the year.")
        return found[1]

    def load(self, value: Any) -> date:
        return date.fromisoformat(value)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


class Moment(Kind):
    """A day, or a day and a time: 2025-01-07 or 2025-01-07T16:00."""

    name: ClassVar[str] = "day or moment"

    def parse(self, raw: object, reading: Reading) -> str:
        text = as_text(raw).strip().replace(" ", "T")
        if "T" not in text:
            return Day().parse(text, reading)
        Day().parse(text, reading)
        try:
            return datetime.fromisoformat(text).isoformat(timespec="minutes")
        except ValueError:
            raise BadValueError(f"{shown(text)} is not a moment.", "Write 2025-01-07T16:00.") from None

    def load(self, value: Any) -> date | datetime:
        return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


_TRUE = frozenset({"true", "yes", "y", "on"})
_FALSE = frozenset({"false", "no", "n", "off"})


class YesNo(Kind):
    """Yes or no; true and false, yes and no are understood in any case."""

    name: ClassVar[str] = "yes or no"

    def parse(self, raw: object, reading: Reading) -> bool:
        if isinstance(raw, bool):
            return raw
        word = raw.strip().lower() if isinstance(raw, str) else ""
        if word in _TRUE or word in _FALSE:
            return word in _TRUE
        raise BadValueError(f"{shown(raw)} is neither yes nor no.", "Write true or false.")

    def schema(self) -> dict[str, Any]:
        return {"type": ["boolean", "string"], "enum": [True, False, "true", "false", "yes", "no"]}


@frozen(kw_only=False)
class Count(Kind):
    """A whole number, zero or more."""

    name: ClassVar[str] = "number"
    most: int = 2_000_000_000

    def parse(self, raw: object, reading: Reading) -> int:
        if isinstance(raw, int) and not isinstance(raw, bool):
            number = raw
        elif isinstance(raw, str) and raw.strip().isascii() and raw.strip().isdigit() and len(raw) < 20:
            number = int(raw)
        else:
            raise BadValueError(f"{shown(raw)} is not a whole number.", "Write digits only.")
        if not 0 <= number <= self.most:
            raise BadValueError(f"{number} lies outside 0 to {self.most}.")
        return number

    def schema(self) -> dict[str, Any]:
        return {"type": ["integer", "string"], "minimum": 0, "pattern": "^[0-9]+$"}


@frozen(kw_only=False)
class Choice(Kind):
    """One of a few words; case, spaces, underscores and hyphens don't matter."""

    name: ClassVar[str] = "choice"
    options: tuple[str, ...]
    yes: str | None = None
    no: str | None = None

    def parse(self, raw: object, reading: Reading) -> str:
        if raw in self.options:
            return str(raw)
        if isinstance(raw, bool) or (isinstance(raw, str) and raw.strip().lower() in {"true", "false"}):
            meant = self.yes if str(raw).strip().lower() == "true" else self.no
            if meant is not None:
                return meant
        word = plain_word(as_text(raw))
        for option in self.options:
            if plain_word(option) == word:
                return option
        hint = did_you_mean(as_text(raw), self.options) or f"Write one of: {', '.join(self.options)}."
        raise BadValueError(f"There is no choice {shown(raw)} here.", hint)

    def schema(self) -> dict[str, Any]:
        return {"enum": [*self.options, *([True] if self.yes else []), *([False] if self.no else [])]}


def plain_word(text: str) -> str:
    """Fold a word so that `NIST CSF`, `nist-csf` and `nist_csf` are one."""
    return re.sub(r"[\s_-]+", "", text).casefold()
