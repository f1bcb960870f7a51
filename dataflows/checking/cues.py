"""The cues as data: groups of phrases, how each item is found, and which law a sentence is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from dataflows.checking.phrases import compile_phrases, words_in
from dataflows.law.documents import read_law

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LANGUAGES = ("en", "es")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """What one sentence must hold: a phrase of each group, within so many words."""

    groups: tuple[str, ...]
    within: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A group that stands in one of the next so many sentences."""

    group: str
    sentences: int
    plain: bool
    """However that sentence begins; else only where it begins like an address for what was said before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way of making a statement; the keys are explained at the head of items.yaml."""

    clauses: tuple[Clause, ...]
    heading: bool
    lead: bool
    announced: str | None
    ferpa: bool
    cut: tuple[str, ...]
    any: tuple[str, ...]
    near: Near | None
    least: tuple[str, int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementCues:
    """How a statement of an item is found."""

    id: str
    passage: str
    topic: str | None
    heading: bool
    cut: tuple[str, ...]
    never: tuple[str, ...]
    unless: tuple[str, ...]
    law: str | None
    brief: str | None
    """The group that a sentence of a summary must have to make the statement; None: none there makes it."""
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCues:
    """How an item is found, and the audit rule that its absence breaks."""

    id: str
    rule: str
    statements: tuple[StatementCues, ...]


@cache
def group(name: str, language: str) -> re.Pattern[str]:
    """Return the pattern of a group in a language; raises KeyError for a group that is not there."""
    return compile_phrases(_phrases()[name, language], parts_of(language))


@cache
def vocabulary() -> frozenset[str]:
    """Return the words that the phrases are made of: what a torn word may be put together to."""
    phrases = [phrase for row in _rows() for language in LANGUAGES for phrase in row[language]]
    parts = [phrase for language in LANGUAGES for phrase in parts_of(language).values()]
    return frozenset(words_in([*phrases, *parts]))


@cache
def items() -> tuple[ItemCues, ...]:
    """Return how each item is found, in the order of 99.7."""
    return tuple(_item(row) for row in read_law("notice-check/items")["items"])


@cache
def laws(language: str, key: str = "names") -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the laws by id, each with the pattern of its names, or of what is only said in passing."""
    rows = [row for row in read_law("notice-check/laws")["laws"] if key in row]
    return tuple((row["id"], compile_phrases(row[key][language], parts_of(language))) for row in rows)


@cache
def common_words(language: str) -> re.Pattern[str]:
    """Return the pattern of the words that nearly every sentence of a language has."""
    words = read_law("notice-check/findings")["common"][language]
    return re.compile(rf"(?:^|(?<= ))(?:{'|'.join(words)}) ")


@cache
def parts_of(language: str) -> Mapping[str, str]:
    """Return the parts of phrases by name, their alternatives joined."""
    parts = read_law("notice-check/words")["parts"][language]
    return {name: "|".join(phrases) for name, phrases in parts.items()}


@cache
def _phrases() -> Mapping[tuple[str, str], Sequence[str]]:
    """Return the phrases of each group and language; a text in one language needs few of the other's patterns."""
    return {(row["id"], language): row[language] for row in _rows() for language in LANGUAGES}


def _rows() -> list[Any]:
    """Return the groups of every file; each id is in one of them."""
    return [
        *read_law("notice-check/words")["groups"],
        *read_law("notice-check/findings")["words"],
        *read_law("notice-check/other-notices")["words"],
    ]


def _item(row: Mapping[str, Any]) -> ItemCues:
    return ItemCues(id=row["id"], rule=row["rule"], statements=tuple(_statement(entry) for entry in row["statements"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingCues:
    """A thing that may be wrong beside the items."""

    code: str
    name: str
    severity: str
    citation: str
    certain: bool
    says: str
    cure: str


@cache
def findings() -> Mapping[str, FindingCues]:
    """Return what may be found beside the items, by code."""
    return {row["code"]: FindingCues(**row) for row in read_law("notice-check/findings")["findings"]}


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherItem:
    """An item of another notice."""

    id: str
    requirement: str
    statements: tuple[StatementCues, ...]
    customary: bool
    """It is good to have, and not demanded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherNotice:
    """Another notice that a text may claim to give, and by what it is known."""

    id: str
    title: str
    law: str | None
    """The law that a sentence must be about, by its id; None: any."""
    passages: int
    all: tuple[str, ...]
    any: tuple[str, ...]
    stated: tuple[str, ...]
    """Items of which `least` must be there; with fewer, a text claims the notice only by a heading."""
    least: int
    items: tuple[OtherItem, ...]


@cache
def other_notices() -> tuple[OtherNotice, ...]:
    """Return the other notices that are checked where a text claims them."""
    return tuple(
        OtherNotice(
            id=row["id"],
            title=row["title"],
            law=row.get("law"),
            passages=row["claimed"]["passages"],
            all=tuple(row["claimed"]["all"]),
            any=tuple(row["claimed"]["any"]),
            stated=tuple(row["claimed"]["stated"]),
            least=row["claimed"]["least"],
            items=tuple(
                OtherItem(
                    id=entry["id"],
                    requirement=entry["requirement"],
                    statements=tuple(_statement(statement) for statement in entry["statements"]),
                    customary=entry.get("customary", False),
                )
                for entry in row["items"]
            ),
        )
        for row in read_law("notice-check/other-notices")["notices"]
    )


def _statement(row: Mapping[str, Any]) -> StatementCues:
    return StatementCues(
        id=row["id"],
        passage=row["passage"],
        topic=row.get("topic"),
        heading=row.get("heading", False),
        cut=tuple(row.get("cut", ())),
        never=tuple(row.get("not", ())),
        unless=tuple(row.get("unless", ())),
        law=row.get("law"),
        brief=row.get("brief"),
        ways=tuple(_way(entry) for entry in row["ways"]),
    )


def _way(row: Mapping[str, Any]) -> Way:
    near, least = row.get("near"), row.get("least")
    return Way(
        clauses=tuple(Clause(groups=tuple(entry["all"]), within=entry.get("within")) for entry in row["clauses"]),
        heading=row.get("heading", False),
        lead=row.get("lead", False),
        announced=row.get("announced"),
        ferpa=row.get("ferpa", False),
        cut=tuple(row.get("cut", ())),
        any=tuple(row.get("any", ())),
        near=Near(group=near["group"], sentences=near["sentences"], plain=near.get("plain", False)) if near else None,
        least=(least["group"], least["number"], least["within"]) if least else None,
    )


@cache
def lines_of(name: str, language: str) -> tuple[re.Pattern[str], ...]:
    """Return a group's phrases one by one, where each is a kind of its own."""
    row = next(row for row in _rows() if row["id"] == name)
    return tuple(compile_phrases([phrase], parts_of(language)) for phrase in row[language])
