"""Which legal basis a text names: a citation in any usual spelling, a full name, or a short one.

A paragraph above several stays as it is written: `study` is 99.31(a)(6), and a finding says what is missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from dataflows.errors import DataflowsError
from dataflows.law.basis_records import (
    BasisGroup,
    Condition,
    DemandedTerm,
    LegalBasis,
    Overlay,
    Receiver,
    basis_groups,
    legal_bases,
    overlays,
)
from dataflows.law.citations import CitationKey, citation_key, format_citation, paragraphs_above
from dataflows.law.documents import read_law

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

__all__ = [
    "BasisGroup",
    "Condition",
    "DemandedTerm",
    "LegalBasis",
    "Overlay",
    "Receiver",
    "UnknownBasisError",
    "basis_groups",
    "find_basis",
    "format_citation",
    "held_on",
    "legal_bases",
    "members_of",
    "overlays",
    "resolve_basis",
]

_INSIDE = ("district", "school")
_FOLDED = re.compile(r"[\s_\-\u2010-\u2015]+")
_SHOWN = 60


class UnknownBasisError(DataflowsError):
    """A text names no legal basis; `hint` says what would."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        self.message = message
        self.hint = hint
        super().__init__(f"{message} {hint}" if hint else message)


def resolve_basis(text: str, receiver: str | None = None) -> str:
    """Return the canonical citation that a text names; raises UnknownBasisError.

    `receiver` is `district` or `school` where the data stays inside; it decides what `school-official` means.
    """
    answer = _answer(text, receiver in _INSIDE)
    if isinstance(answer, _Refusal):
        raise UnknownBasisError(answer.message, answer.hint)
    return answer


def find_basis(citation: str) -> LegalBasis | None:
    """Return the basis of a canonical citation; None for a paragraph above several."""
    return legal_bases().get(citation)


def members_of(citation: str) -> tuple[str, ...]:
    """Return the bases below a paragraph above several; empty for anything else."""
    group = basis_groups().get(citation)
    return group.members if group else ()


def held_on(basis: LegalBasis, day: date) -> bool:
    """Tell whether a basis was law on a day."""
    return day in basis.period


@dataclass(frozen=True, slots=True)
class _Refusal:
    message: str
    hint: str | None = None


@lru_cache(maxsize=4096)
def _answer(text: str, is_inside: bool) -> str | _Refusal:
    """Look a text up once: a file of 750,000 flows names a few dozen bases."""
    words = _words()
    name = fold_name(text)
    short = words.short.get(name)
    if short is not None:
        return short[0] if is_inside else short[1]
    found = words.names.get(name) or words.find_citation(text)
    if found is None:
        return _refuse(text)
    return _explain(found, found) if found in words.refused else found


def _explain(written: str, citation: str) -> _Refusal:
    why, instead = _words().refused[citation]
    return _Refusal(f"{written!r} is no legal basis. {why}", _offer(instead))


class _Words:
    """Every spelling that is understood, and what it names."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.short: dict[str, tuple[str, str]] = {}
        self.refused: dict[str, tuple[str, list[str]]] = {}
        self.spellings: list[str] = []
        self._exact: dict[tuple[str, ...], str] = {}
        self._joined: dict[tuple[str, ...], str] = {}

    def add(self, spelling: str, meaning: str, *, is_offered: bool = True) -> None:
        """Let a spelling, a name or a citation, mean a canonical citation."""
        key = citation_key(spelling)
        self.names.setdefault(fold_name(spelling), meaning)
        if key is not None:
            self._exact.setdefault(key.parts, meaning)
            self._joined.setdefault(key.joined, meaning)
        if is_offered:
            self.spellings.append(spelling)

    def find_citation(self, text: str) -> str | None:
        """Return what a citation names, however it is spaced and marked."""
        key = citation_key(text)
        if key is None:
            return None
        return self._exact.get(key.parts) or (self._joined.get(key.joined) if _runs_together(text, key) else None)


def _runs_together(text: str, key: CitationKey) -> bool:
    """Tell whether letters may stand for several paragraphs: not where each has its own brackets."""
    return text.count("(") < len(key.parts) - 2


@cache
def _words() -> _Words:
    words = _Words()
    rows: Iterable[LegalBasis | BasisGroup] = (*legal_bases().values(), *basis_groups().values())
    for row in rows:
        for spelling in _own_spellings(row):
            words.add(spelling, row.citation)
        for spelling in row.same_as:
            words.add(spelling, row.citation, is_offered=False)
    tree: dict[str, Any] = read_law("legal-bases")
    for short in tree["short_names"]:
        for name in (short["name"], *short.get("also_called", ())):
            words.short[fold_name(name)] = (short["inside"], short["outside"])
            words.spellings.append(name)
    for row in tree["not_bases"]:
        words.add(row["citation"], row["citation"], is_offered=False)
        words.refused[row["citation"]] = (row["why"], row["instead"])
    for overlay in overlays().values():
        words.add(overlay.id, overlay.id, is_offered=False)
        words.refused[overlay.id] = ("It restricts what a basis permits, and permits nothing itself.", [])
    return words


def _own_spellings(row: LegalBasis | BasisGroup) -> Iterator[str]:
    yield row.citation
    if row.name:
        yield row.name
    yield from row.also_called


def _refuse(text: str) -> _Refusal:
    from dataflows.model.kinds import nearest

    shown = text.strip()[:_SHOWN]
    message = f"There is no legal basis called {shown!r}."
    plain = re.sub(r"\s+", "", shown)
    for above in paragraphs_above(plain):
        found = _words().find_citation(above)
        if found is not None and found in legal_bases():
            return _Refusal(message, _offer([found]))
        if found is not None and found in _words().refused:
            return _explain(shown, found)
    spellings = {fold_name(word): word for word in _words().spellings}
    near = nearest(fold_name(shown), spellings)
    return _Refusal(message, _offer([spellings[near]]) if near else _EXAMPLES)


_EXAMPLES = "Write a citation such as '99.31(a)(1)(i)(B)', or a short name such as 'school-official'."


def _offer(words: list[str]) -> str | None:
    if not words:
        return "Name the paragraph that permits the flow."
    return f"Did you mean {' or '.join(repr(word) for word in words)}?"


def fold_name(text: str) -> str:
    """Return a name as it is looked up: case, spaces, hyphens and underscores don't matter."""
    return _FOLDED.sub("-", text.strip()).strip("-").casefold()
