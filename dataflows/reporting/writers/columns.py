"""Text of a fixed width: how many columns it takes, and how it is broken into lines.

A Chinese or Korean sign takes two columns, and Chinese is broken between any two signs, for it has no spaces.
"""

from __future__ import annotations

import re
import textwrap

from dataflows.model.text import columns_of

_NOT_FIRST = "，。；：！？、）》」』】〉”’…—·％"
"""Signs that no line begins with."""
_WIDE = re.compile("[\u2e80-\ua4cf\uf900-\ufaff\uff00-\uffef]")
"""Signs between which a line may be broken: Chinese ones, not Korean, which has spaces."""


def padded(text: str, columns: int) -> str:
    """Return a text with spaces up to a width."""
    return text + " " * (columns - columns_of(text))


def wrapped(text: str, columns: int) -> list[str]:
    """Break one line of text into lines of at most so many columns; a longer word stays whole."""
    if columns_of(text) == len(text) and not _WIDE.search(text):
        return textwrap.wrap(text, columns, break_long_words=False, break_on_hyphens=False) or [""]
    lines = [""]
    for word in text.split():
        for number, piece in enumerate(_pieces(word)):
            gap = " " if lines[-1] and number == 0 else ""
            if lines[-1] and columns_of(lines[-1] + gap + piece) > columns:
                lines.append(piece)
            else:
                lines[-1] += gap + piece
    return lines


def _pieces(word: str) -> list[str]:
    """Return the parts between which a word may be broken."""
    if not _WIDE.search(word):
        return [word]
    parts: list[str] = []
    for sign in word:
        is_bound = bool(parts) and (sign in _NOT_FIRST or not (_WIDE.match(sign) or _WIDE.match(parts[-1][-1])))
        if is_bound:
            parts[-1] += sign
        else:
            parts.append(sign)
    return parts
