"""Text that is Markdown, and facts made safe to stand in it.

The one thing to know: whatever a template puts out that is not `Markdown` is a fact, and every
character of it that Markdown could take for a sign is escaped.  So a vendor's name can hold
markup, Markdown, HTML or typst and is still only a name in the document.
"""

from __future__ import annotations

import re
import unicodedata
from abc import ABC, abstractmethod
from typing import Any

SCHEMES = ("http", "https", "mailto", "tel")
_SIGNS = re.compile(r"[!-/:-@\[-`{-~]")
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"\s+")
_NEVER_IN_ADDRESS = re.compile(r"[\s<>\"\\]")
_QUOTED_IN_ADDRESS = re.compile(r"['`()\[\]{}|^]")
_SCHEME = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_WORDS = r"(?:[^\[\]\\]|\\.)*"
_APART = re.compile(rf"\[({_WORDS}|\[{_WORDS}\]\{{\.apart\}})\](\{{[^{{}}]*\}})", re.DOTALL)
_TURNABLE = re.compile(r"[^\w\s]")
_CITATION = re.compile(r"\d+ (?:U\.S\.C\.|CFR) [\w().]*[\w)]|\d+(?:[.–-]\d+)+(?:\(\w+\))*|\d+(?:\(\w+\))+")
_MAIL = re.compile(r"[^@?]+@[^@?]+(\?.*)?")


class Markdown(str):
    """Markdown that the program itself wrote. Values put into it by `%` are escaped."""

    __slots__ = ()

    def __mod__(self, values: Any) -> Markdown:
        return Markdown(str.__mod__(self, {name: as_markdown(value) for name, value in values.items()}))


def as_markdown(value: object) -> Markdown:
    """Return Markdown as it is, and anything else as an escaped fact."""
    if isinstance(value, Markdown):
        return value
    if isinstance(value, MarkdownSource):
        return value.to_markdown()
    return escape(str(value))


class MarkdownSource(ABC):
    """A value of a view that knows how it is shown in a line of Markdown."""

    __slots__ = ()

    @abstractmethod
    def to_markdown(self) -> Markdown:
        """Return the value as Markdown that stands in a line."""


def escape(fact: str) -> Markdown:
    """Return a fact as one line of Markdown that shows it and nothing else.

    A fact in a right-to-left script is kept apart, so that it can't turn round what follows it.
    """
    line = _SPACES.sub(" ", without_direction_marks(fact)).strip()
    escaped = _SIGNS.sub(r"\\\g<0>", line)
    return Markdown(f"[{escaped}]{{.apart}}" if is_right_to_left(line) else escaped)


def without_direction_marks(text: str) -> str:
    """Take out the characters that switch the direction of whatever follows them."""
    return _BIDI_CONTROLS.sub("", text)


def isolate(value: object) -> Markdown:
    """Return a value for a text that runs from right to left: numbers, citations, and addresses keep their own order.

    What is one word or number needs no mark; with other signs in it, the text around would turn these.
    """
    shown = as_markdown(value)
    if isinstance(value, Markdown) or ".apart}" in shown or "{lang=" in shown or is_right_to_left(shown):
        return shown
    return Markdown(f"[{shown}]{{.apart}}") if _TURNABLE.search(str(value)) else shown


def isolate_citations(sentence: str) -> Markdown:
    """Return a translated sentence whose citations keep their own order in a text that runs from right to left."""
    return Markdown(_CITATION.sub(r"[\g<0>]{.apart}", sentence))


def is_right_to_left(text: str) -> bool:
    """Tell whether a text has a letter of a script that runs from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(sign) in ("R", "AL", "AN") for sign in text)


def is_safe_address(address: str) -> bool:
    """Tell whether an address has one of the schemes that documents may link to."""
    scheme, colon, rest = address.partition(":")
    if not colon or scheme.lower() not in SCHEMES or _NEVER_IN_ADDRESS.search(address):
        return False
    return scheme.lower() != "mailto" or _MAIL.fullmatch(rest) is not None


def bare_address(address: str) -> str:
    """Return an address as people write it: without its scheme and a last slash."""
    return _SCHEME.sub("", address).removesuffix("/")


def link(words: object, address: str) -> Markdown:
    """Return a link, or only the words where the address may not be linked to.

    Words in another language or script keep their mark around the link: inside it would not be understood.
    """
    shown = as_markdown(words)
    if not is_safe_address(address):
        return shown
    apart = _APART.fullmatch(shown)
    if apart:
        return Markdown(f"[{link(Markdown(apart[1]), address)}]{apart[2]}")
    target = _QUOTED_IN_ADDRESS.sub(lambda sign: f"%{ord(sign.group()):02X}", address)
    return Markdown(f"[{shown}](<{target}>)")
