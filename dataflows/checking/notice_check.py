"""What `notice check` says of a document: item by item, with the words found, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dataflows.checking.cues import items
from dataflows.checking.findings import Read, find_findings
from dataflows.checking.judging import find_statement
from dataflows.checking.others import check_others
from dataflows.checking.sentences import split_document
from dataflows.checking.summaries import mark_summaries, without_summaries
from dataflows.law.notices import annual_notice_items

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from dataflows.checking.cues import ItemCues
    from dataflows.checking.findings import NoticeFinding
    from dataflows.checking.judging import Made
    from dataflows.checking.others import CheckedOther
    from dataflows.checking.sentences import Sentence
    from dataflows.law.notices import NoticeItem
    from dataflows.sources.document_blocks import DocumentText

_FEWEST_IN_TEXT = 2
"""With so many rights stated outside of it, a summary only repeats; with fewer it is itself the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedItem:
    """One item of 34 CFR 99.7."""

    id: str
    title: str
    requirement: str
    rule: str
    """The audit's rule that its absence breaks."""
    made: tuple[Made, ...]
    missing: tuple[str, ...]
    """What the text must still say, one sentence a gap; empty where the item is present."""
    not_enough: tuple[str, ...]

    @property
    def present(self) -> bool:
        """Whether everything that the item needs is stated."""
        return not self.missing

    @property
    def evidence(self) -> str | None:
        """The words found."""
        return join_sentences(self.made) if self.present else None

    @property
    def place(self) -> str:
        """Where the first of these words stand."""
        return self.made[0].sentences[0].block.place if self.present and self.made else ""

    def to_json(self) -> dict[str, Any]:
        """Return the item as INTERFACE.md shapes it, with the place and what is missing beside."""
        return {
            "id": self.id,
            "requirement": self.requirement,
            "present": self.present,
            "evidence": self.evidence,
            "place": self.place,
            "missing": list(self.missing),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeCheck:
    """A document's check on a day."""

    file: str
    day: date
    items: tuple[CheckedItem, ...]
    findings: tuple[NoticeFinding, ...]
    others: tuple[CheckedOther, ...]
    sentences: tuple[Sentence, ...]
    """The whole text, for those who show it."""

    @property
    def complete(self) -> bool:
        """Whether every item is present."""
        return all(item.present for item in self.items)

    @property
    def errors(self) -> tuple[NoticeFinding, ...]:
        """What beside the items is against the law, such as 60 days for access."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def in_order(self) -> bool:
        """Whether every item is present and nothing beside them is against the law."""
        return self.complete and not self.errors

    def to_json(self) -> dict[str, Any]:
        """Return the check as INTERFACE.md shapes it; findings and other notices stand beside."""
        return {
            "file": self.file,
            "complete": self.complete,
            "items": [item.to_json() for item in self.items],
            "findings": [_finding_json(finding) for finding in self.findings],
            "notices": [_other_json(other) for other in self.others],
        }


def check_document(document: DocumentText, day: date, unserved: Sequence[str] = ()) -> NoticeCheck:
    """Check a document against what the notice had to state on a day.

    `unserved` are tags of languages spoken at home that no other notice of the year serves.
    """
    sentences = mark_summaries(split_document(document))
    law = {item.id: item for item in annual_notice_items(day)}
    made = _find(sentences, law)
    if any(sentence.in_summary for sentence in sentences) and _rights_stated(made) < _FEWEST_IN_TEXT:
        sentences = without_summaries(sentences)
        made = _find(sentences, law)
    return NoticeCheck(
        file=document.file,
        day=day,
        items=tuple(_item(cues, law[cues.id], list(made[cues.id].items())) for cues in items() if cues.id in law),
        findings=_findings(document, sentences, made, unserved) if made else (),
        others=check_others(sentences),
        sentences=sentences,
    )


def _find(sentences: Sequence[Sentence], law: Collection[str]) -> dict[str, dict[str, Made | None]]:
    """Return by item where each of its statements is made."""
    return {
        cues.id: {entry.id: find_statement(entry, sentences) for entry in cues.statements}
        for cues in items()
        if cues.id in law
    }


def _rights_stated(made: Mapping[str, Mapping[str, Made | None]]) -> int:
    """Return how many of the four rights are stated."""
    return sum(all(statements.values()) for id, statements in made.items() if "(a)(2)" in id)


def _findings(
    document: DocumentText,
    sentences: Sequence[Sentence],
    made: Mapping[str, Mapping[str, Made | None]],
    unserved: Sequence[str],
) -> tuple[NoticeFinding, ...]:
    untagged = document.tagged is False
    return find_findings(Read(sentences=sentences, made=made, untagged=untagged, unserved=tuple(unserved)))


def _item(cues: ItemCues, item: NoticeItem, made: Sequence[tuple[str, Made | None]]) -> CheckedItem:
    """Return an item: each statement that is absent asks for its own sentence of the law's, or for all of them."""
    says = {statement.id: statement.says for statement in item.must_say}
    absent = [id for id, found in made if found is None]
    missing = (item.requirement,) if len(made) == 1 else tuple(says[id] for id in absent)
    return CheckedItem(
        id=item.id,
        title=item.title,
        requirement=item.requirement,
        rule=cues.rule,
        made=tuple(found for _, found in made if found is not None),
        missing=missing if absent else (),
        not_enough=item.not_enough,
    )


def join_sentences(made: Sequence[Made]) -> str:
    """Return the words found: sentences that follow each other as they stand, others with a mark between."""
    numbers = {sentence.number: sentence for entry in made for sentence in entry.sentences}
    parts: list[str] = []
    last = None
    for number in sorted(numbers):
        gap = "" if last is None else " " if number == last + 1 else " … "
        parts.append(gap + numbers[number].text)
        last = number
    return "".join(parts)


def _finding_json(finding: NoticeFinding) -> dict[str, Any]:
    return {
        "rule": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "citation": finding.citation,
        "certain": finding.certain,
        "message": finding.message,
        "fix": finding.cure,
        "evidence": finding.evidence,
        "place": finding.place,
    }


def _other_json(other: CheckedOther) -> dict[str, Any]:
    return {
        "id": other.id,
        "title": other.title,
        "complete": other.complete,
        "items": [
            {
                "id": item.id,
                "requirement": item.requirement,
                "present": item.present,
                "evidence": join_sentences(item.made) if item.present else None,
                "customary": item.customary,
            }
            for item in other.items
        ],
    }
