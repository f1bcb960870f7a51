"""The directory notice of 99.37 and the PPRA notice, where a text claims to give them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataflows.checking.cues import other_notices
from dataflows.checking.judging import find_statement
from dataflows.checking.sentences import found
from dataflows.sources.document_blocks import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataflows.checking.cues import OtherNotice
    from dataflows.checking.judging import Made
    from dataflows.checking.sentences import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherChecked:
    """An item of another notice, and the words found."""

    id: str
    requirement: str
    made: tuple[Made, ...]
    present: bool
    customary: bool
    """It is good to have, and not demanded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedOther:
    """Another notice that the text claims to give."""

    id: str
    title: str
    items: tuple[OtherChecked, ...]

    @property
    def complete(self) -> bool:
        """Whether every item that is demanded is present."""
        return all(item.present or item.customary for item in self.items)


def check_others(sentences: Sequence[Sentence]) -> tuple[CheckedOther, ...]:
    """Return the other notices that a text claims, each with its items."""
    checked = ((notice, _check(notice, sentences)) for notice in other_notices() if _is_named(notice, sentences))
    return tuple(other for notice, other in checked if _is_claimed(notice, other, sentences))


def _is_named(notice: OtherNotice, sentences: Sequence[Sentence]) -> bool:
    count = sum(
        all(found(name, f"{sentence.heading}{sentence.folded}") for name in notice.all)
        and any(found(name, sentence.folded) for name in notice.any)
        for sentence in sentences
    )
    return count >= notice.passages


def _is_claimed(notice: OtherNotice, other: CheckedOther, sentences: Sequence[Sentence]) -> bool:
    """Tell whether a text gives a notice, or at least has a heading for it; a mention in passing claims nothing."""
    if sum(item.present for item in other.items if item.id in notice.stated) >= notice.least:
        return True
    return any(item.present for item in other.items) and any(
        sentence.block.kind is BlockKind.HEADING and all(found(name, sentence.folded) for name in notice.all)
        for sentence in sentences
    )


def _check(notice: OtherNotice, sentences: Sequence[Sentence]) -> CheckedOther:
    items = []
    for item in notice.items:
        made = [find_statement(entry, sentences, notice.law) for entry in item.statements]
        items.append(
            OtherChecked(
                id=item.id,
                requirement=item.requirement,
                made=tuple(entry for entry in made if entry is not None),
                present=all(entry is not None for entry in made),
                customary=item.customary,
            )
        )
    return CheckedOther(id=notice.id, title=notice.title, items=tuple(items))
