"""Texts that families read, by language, and the characters that no text may hold."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import Any

FIRST_LANGUAGE = ""
"""Stands for the first of the district's home languages, in which a plain text is written."""

# Tab and newline stay, and so does U+0085, which is a line break; lone surrogates can't be written.
_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_DASHES = "\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d-"
_SOCIAL_SECURITY = re.compile(
    rf"(?<![0-9{_DASHES}])(?!000|666|9\d\d)[0-9]{{3}}([ \u00a0{_DASHES}])(?!00)[0-9]{{2}}\1(?!0000)[0-9]{{4}}"
    rf"(?![0-9{_DASHES}])"
)


@dataclass(frozen=True, slots=True)
class Text:
    """One text in one or more languages (BCP 47 tags), with who reviewed each translation."""

    by_language: dict[str, str]
    reviewed: dict[str, dict[str, str]] = field(default_factory=dict)

    def pick(self, language: str, first: str) -> tuple[str, str]:
        """Return the text in `language`, or in the first home language, and the language it is in."""
        for tag in (language, language.partition("-")[0]):
            if tag in self.by_language:
                return self.by_language[tag], tag
            if tag == first and FIRST_LANGUAGE in self.by_language:
                return self.by_language[FIRST_LANGUAGE], first
        if FIRST_LANGUAGE in self.by_language:
            return self.by_language[FIRST_LANGUAGE], first
        if first in self.by_language:
            return self.by_language[first], first
        tag = min(self.by_language)
        return self.by_language[tag], tag

    @classmethod
    def of(cls, value: str | dict[str, Any]) -> Text:
        """Build from the canonical form: a string, or texts by language beside `reviewed`."""
        if isinstance(value, str):
            return cls({FIRST_LANGUAGE: value})
        texts = {tag: text for tag, text in value.items() if tag != "reviewed"}
        return cls(texts, dict(value.get("reviewed", {})))


def find_refused_character(text: str) -> str | None:
    """Name the first character that a catalog can't hold, such as `U+000B`."""
    found = _REFUSED.search(text)
    return f"U+{ord(found.group()):04X}" if found else None


def has_social_security_number(text: str) -> bool:
    """Tell whether a text holds what is written like a social security number."""
    is_split = "-" in text or " " in text or not text.isascii()
    return is_split and _SOCIAL_SECURITY.search(text) is not None


def make_slug(text: str) -> str:
    """Return the nearest id: lower-case ASCII letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:100].strip("-")


def columns_of(text: str) -> int:
    """Return how many columns of a fixed width a text takes: a Chinese or Korean sign and an emoji take two."""
    return len(text) if text.isascii() else sum(map(_columns, text))


@cache
def _columns(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1
