"""Which sentences stand in a summary, such as a box "At a glance" above the text that it repeats in brief.

What was taken out of the text itself is not there because the box still names it: a summary tells
what is to come, and counts only where nothing else in the document states the rights.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dataflows.checking.sentences import LONGEST_TITLE, found
from dataflows.sources.document_blocks import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dataflows.checking.sentences import Sentence

LONGEST_SUMMARY = 40
"""A summary has at most so many sentences; what comes later is the text."""
_MARK = re.compile(r"\s*(?:(?P<number>\(?\d{1,2}[.)])|[-*+•●▪▫◦■□➢➤►‣∙·–—\uf0b7\uf0a7])\s*\S")


def mark_summaries(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Return the sentences, those of a summary marked as such."""
    return tuple(_marked(sentences))


def without_summaries(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Return the sentences with none marked: what stands in a summary counts like everything else."""
    return tuple(replace(sentence, in_summary=False) if sentence.in_summary else sentence for sentence in sentences)


def _marked(sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    opened: int | None = None
    """The number of the title under which a summary stands."""
    marks = ""
    for sentence in sentences:
        if _is_title(sentence):
            opened, marks = sentence.number, ""
            yield sentence
            continue
        mark = _mark_of(sentence)
        if opened is not None and (_ends(sentence, mark, marks, opened) or _is_text(sentence, sentences, opened)):
            opened = None
        marks = marks or mark
        yield sentence if opened is None else replace(sentence, in_summary=True)


def _is_title(sentence: Sentence) -> bool:
    """Tell whether a line is the title of a summary and nothing else."""
    is_short = len(sentence.folded.split()) <= LONGEST_TITLE
    return is_short and found("summary-title", sentence.folded)


def _ends(sentence: Sentence, mark: str, marks: str, opened: int) -> bool:
    """Tell whether the text begins: with a heading that is no label of the box, or with marks of another kind."""
    if sentence.number - opened > LONGEST_SUMMARY:
        return True
    if sentence.block.kind is BlockKind.HEADING:
        return mark != "bullet" and (not mark or mark != marks)
    return bool(mark and marks) and mark != marks


def _is_text(sentence: Sentence, sentences: Sequence[Sentence], opened: int) -> bool:
    """Tell whether a second paragraph follows the entries of the box, so that the text below it has begun."""
    before = sentences[sentence.number - 1]
    if before.number == opened or before.block is sentence.block or _mark_of(sentence) or _mark_of(before):
        return False
    has_entries = any(map(_mark_of, sentences[opened + 1 : sentence.number]))
    following = sentences[sentence.number + 1 : sentence.number + 2]
    return has_entries and not any(map(_mark_of, following))


def _mark_of(sentence: Sentence) -> str:
    """Return of which kind an item's mark is; a list read from Word or a web page may have none in its text."""
    match = _MARK.match(sentence.text)
    if match is not None:
        return "number" if match["number"] else "bullet"
    return "bullet" if sentence.block.kind is BlockKind.ITEM else ""
