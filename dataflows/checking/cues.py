"""The cues as data: groups of phrases, how each item is found, and which law a sentence is about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from dataflows.checking.phrases import compile_phrases, words_in
from dataflows.law.documents import read_law

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

LANGUAGES = ("en", "es")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """What one sentence must hold: a phrase of each group, within so many words."""

    groups: tuple[str, ...]
    within: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way of making a statement; the keys are explained at the head of items.yaml."""

    clauses: tuple[Clause, ...]
    lead: bool
    any: tuple[str, ...]
    near: tuple[str, int] | None
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
    law: bool
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCues:
    """How an item is found, and the audit rule that its absence breaks."""

    id: str
    rule: str
    statements: tuple[StatementCues, ...]


def group(name: str, language: str) -> re.Pattern[str]:
    """Return the pattern of a group in a language; raises KeyError for a group that is not there."""
    return _groups()[name, language]


@cache
def vocabulary() -> frozenset[str]:
    """Return the words that the phrases are made of: what a torn word may be put together to."""
    tree = read_law("notice-check/words")
    phrases = [phrase for row in tree["groups"] for language in LANGUAGES for phrase in row[language]]
    parts = [phrase for language in LANGUAGES for rows in tree["parts"][language].values() for phrase in rows]
    return frozenset(words_in([*phrases, *parts]))


@cache
def items() -> tuple[ItemCues, ...]:
    """Return how each item is found, in the order of 99.7."""
    return tuple(_item(row) for row in read_law("notice-check/items")["items"])


@cache
def laws(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the laws by id, each with the pattern of its names."""
    rows = read_law("notice-check/laws")["laws"]
    return tuple((row["id"], compile_phrases(row[language], parts_of(language))) for row in rows)


@cache
def parts_of(language: str) -> Mapping[str, str]:
    """Return the parts of phrases by name, their alternatives joined."""
    parts = read_law("notice-check/words")["parts"][language]
    return {name: "|".join(phrases) for name, phrases in parts.items()}


@cache
def _groups() -> Mapping[tuple[str, str], re.Pattern[str]]:
    rows = read_law("notice-check/words")["groups"]
    return {
        (row["id"], language): compile_phrases(row[language], parts_of(language))
        for row in rows
        for language in LANGUAGES
    }


def _item(row: Mapping[str, Any]) -> ItemCues:
    return ItemCues(id=row["id"], rule=row["rule"], statements=tuple(_statement(entry) for entry in row["statements"]))


def _statement(row: Mapping[str, Any]) -> StatementCues:
    return StatementCues(
        id=row["id"],
        passage=row["passage"],
        topic=row.get("topic"),
        heading=row.get("heading", False),
        cut=tuple(row.get("cut", ())),
        never=tuple(row.get("not", ())),
        unless=tuple(row.get("unless", ())),
        law=row.get("law", False),
        ways=tuple(_way(entry) for entry in row["ways"]),
    )


def _way(row: Mapping[str, Any]) -> Way:
    near, least = row.get("near"), row.get("least")
    return Way(
        clauses=tuple(Clause(groups=tuple(entry["all"]), within=entry.get("within")) for entry in row["clauses"]),
        lead=row.get("lead", False),
        any=tuple(row.get("any", ())),
        near=(near["group"], near["sentences"]) if near else None,
        least=(least["group"], least["number"], least["within"]) if least else None,
    )
