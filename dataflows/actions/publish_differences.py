"""Where two texts differ, sentence by sentence, as a person would mark it."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

from dataflows.checking.sentences import split_sentences
from dataflows.model.text import find_refused_character

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dataflows.sources.document_blocks import Block

MOST_LETTERS = 600
"""A passage is shown up to so many letters; the whole stands in the file."""
MOST_PAIRS = 4_000_000
"""Above so many pairs of sentences their order is not compared any more."""
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\u00ad": None})
_DIGITS = re.compile(r"(?<![0-9-])[0-9]{3}([ -])[0-9]{2}\1[0-9]{4}(?![0-9-])")


class _Line(NamedTuple):
    text: str
    key: str
    """What is compared: quotes, dashes and spaces as a typewriter has them."""
    place: str


def find_differences(ours: Sequence[Block], sent: Sequence[Block]) -> list[dict[str, Any]]:
    """Return each place at which the second text says something else than the first, in its order."""
    before, after = _lines(ours), _lines(sent)
    if len(before) * len(after) > MOST_PAIRS:
        return [*_unordered(before, after)]
    matcher = SequenceMatcher(None, [line.key for line in before], [line.key for line in after], autojunk=False)
    return [_difference(before[a:b], after[c:d]) for change, a, b, c, d in matcher.get_opcodes() if change != "equal"]


def _lines(blocks: Sequence[Block]) -> list[_Line]:
    found = []
    for block in blocks:
        for sentence in split_sentences(block.text):
            key = " ".join(sentence.translate(_PLAIN).split())
            if any(letter.isalnum() for letter in key):
                found.append(_Line(sentence, key, block.place))
    return found


def _difference(before: Sequence[_Line], after: Sequence[_Line]) -> dict[str, Any]:
    change = "changed" if before and after else "removed" if before else "added"
    found: dict[str, Any] = {"change": change}
    if before:
        found["ours"] = _shown(before)
    if after:
        found["sent"] = _shown(after)
        if after[0].place:
            found["place"] = after[0].place
    return found


def _shown(lines: Sequence[_Line]) -> str:
    """Return a passage for people: cut, and without what no text of ours may hold."""
    text = " ".join(" ".join(line.text for line in lines).split())
    if find_refused_character(text):
        text = "".join(letter for letter in text if not find_refused_character(letter))
    text = _DIGITS.sub("[number left out]", text)
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 4]} […]"


def _unordered(before: Sequence[_Line], after: Sequence[_Line]) -> Iterator[dict[str, Any]]:
    """Yield the sentences that only one of two very long texts has."""
    known, new = Counter(line.key for line in before), Counter(line.key for line in after)
    yield from (_difference([line], []) for line in _only(before, known - new))
    yield from (_difference([], [line]) for line in _only(after, new - known))


def _only(lines: Sequence[_Line], left: Counter[str]) -> Iterator[_Line]:
    for line in lines:
        if left[line.key] > 0:
            left[line.key] -= 1
            yield line
