"""Whom a recorded notice of an incident went to: free text, set against the receivers that laws name."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from dataflows.law.documents import read_law


@lru_cache(maxsize=1024)
def receivers_named(text: str) -> frozenset[str]:
    """Return the receivers, by id in schemas/law/breaches.yaml, that a text names.

    A shorter name within a longer one does not count: `state police` is not the state.
    """
    folded = " ".join(re.findall(r"[\w&'-]+", text.casefold()))
    alone = _alone().get(folded)
    if alone is not None:
        return frozenset({alone})
    found: set[str] = set()
    taken: list[tuple[int, int]] = []
    for words, receiver in _words():
        for match in re.finditer(rf"(?<![\w-]){re.escape(words)}(?![\w-])", folded):
            if not any(start <= match.start() and match.end() <= end for start, end in taken):
                taken.append(match.span())
                found.add(receiver)
    return frozenset(found)


@cache
def _words() -> tuple[tuple[str, str], ...]:
    """Return each name and its receiver, the longest names first."""
    rows = read_law("breaches")["receivers"]
    pairs = [(words, row["id"]) for row in rows for words in row["words"]]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


@cache
def _alone() -> dict[str, str]:
    return {words: row["id"] for row in read_law("breaches")["receivers"] for words in row.get("alone", ())}
