"""A head of a column before its cell, as a row is told where a table has no room: `Why: To keep accounts`."""

from __future__ import annotations

_COLONS = {"fr": "\u00a0: ", "zh": "："}
"""How a language parts a label from what it labels, where not as English does."""
_ASKING = ("?", "？", "؟", "፧")


def label_of(head: str, language: str) -> str:
    """Return a head with the sign after it; a question needs none."""
    if head.endswith(_ASKING):
        return f"{head} "
    return head + _COLONS.get(language.partition("-")[0], ": ")
