"""Which names of a list are one vendor: proposed, with the reason, for a person to strike out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dataflows.sources.district_list.domains import find_addresses, host_of, vendor_domain
from dataflows.sources.district_list.mapping import OtherName, VendorMap
from dataflows.sources.district_list.spellings import foreign_letters, is_mixed, skeleton, vendor_key, without_suffix

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dataflows.sources.district_list.entries import Entry

_COMMON = frozenset((
    "active", "american", "apple", "art", "bright", "class", "common", "creative", "data",
    "digital", "edu", "education", "english", "first", "free", "global", "great", "learn",
    "learning", "math", "my", "national", "new", "next", "open", "reading", "school",
    "science", "smart", "student", "teacher", "the", "united", "university", "us", "world",
))  # fmt: skip
"""Words with which names begin that have nothing to do with each other."""


@dataclass(slots=True)
class _Spelling:
    """A name as the list writes it, where, and with which domains."""

    text: str
    is_vendor: bool
    cells: list[str] = field(default_factory=list)
    domains: dict[str, str] = field(default_factory=dict)
    """By domain the cell in which it stands."""


def propose_vendors(entries: Iterable[Entry]) -> tuple[tuple[VendorMap, ...], tuple[str, ...]]:
    """Return which names are proposed as one vendor, and warnings of names that only look alike."""
    entries = list(entries)
    spellings = _collect(entries)
    groups = _Groups(spellings)
    for first, second, reason in _reasons(spellings, entries):
        groups.join(first, second, reason)
    return tuple(groups.vendors()), tuple(_look_alikes(spellings))


def _collect(entries: Iterable[Entry]) -> dict[str, _Spelling]:
    found: dict[str, _Spelling] = {}
    for entry in entries:
        spelling = found.setdefault(entry.owner, _Spelling(entry.owner, is_vendor=entry.vendor is not None))
        cell = entry.cells.get("vendor") or entry.cells.get("product")
        spelling.is_vendor |= entry.vendor is not None
        if cell is not None:
            spelling.cells.append(entry.grid.cell_name(cell))
        place = entry.cells.get("website")
        for domain in entry.domains:
            spelling.domains.setdefault(domain, entry.grid.cell_name(place) if place else "")
    for spelling in found.values():
        for address in find_addresses(spelling.text):
            named = vendor_domain(host_of(address))
            if named:
                spelling.domains.setdefault(named, spelling.cells[0] if spelling.cells else "")
    return found


def _reasons(spellings: dict[str, _Spelling], entries: Iterable[Entry]) -> Iterator[tuple[str, str, str]]:
    """Yield pairs of names that are taken for one, with the reason, the strongest first."""
    by_key: dict[str, str] = {}
    for text in spellings:
        first = by_key.setdefault(vendor_key(text), text)
        if first != text:
            same = without_suffix(first).casefold() == without_suffix(text).casefold()
            what = "a legal suffix or capitals" if same else "capitals, signs or the form of a letter"
            yield first, text, f"It differs from {first!r} only in {what}"
    for entry in entries:
        for alias in entry.aliases:
            if (other := by_key.get(vendor_key(alias))) and other != entry.owner:
                yield other, entry.owner, f"{entry.owner!r} has {alias!r} as another name"
    yield from _by_domain(spellings, by_key)
    yield from _beginnings(spellings)


def _by_domain(spellings: dict[str, _Spelling], by_key: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield names that have one registered domain, and names that are in another's domain."""
    owners: dict[str, _Spelling] = {}
    for spelling in spellings.values():
        for domain, cell in spelling.domains.items():
            first = owners.setdefault(domain, spelling)
            if first is not spelling:
                cells = " and ".join(filter(None, (first.domains[domain], cell)))
                yield first.text, spelling.text, f"Both {first.text!r} and {spelling.text!r} have {domain} ({cells})"
    for domain, spelling in owners.items():
        other = by_key.get(vendor_key(domain.partition(".")[0]))
        if other and other != spelling.text and _may_be_one(spellings[other], spelling):
            yield other, spelling.text, f"{other!r} is the name in {domain}, which {spelling.text!r} has"


def _beginnings(spellings: dict[str, _Spelling]) -> Iterator[tuple[str, str, str]]:
    """Yield names that begin with another whole name, where that name is no common word."""
    whole = {tuple(without_suffix(text).casefold().split()): text for text in spellings}
    for text, spelling in spellings.items():
        words = tuple(without_suffix(text).casefold().split())
        for size in range(1, len(words)):
            short = whole.get(words[:size])
            is_telling = sum(map(len, words[:size])) > 3 and not _COMMON.issuperset(words[:size])
            if short and is_telling and spelling.is_vendor and spellings[short].is_vendor:
                if _may_be_one(spellings[short], spelling):
                    yield short, text, f"Perhaps: {text!r} begins with {short!r}"
                break


def _may_be_one(first: _Spelling, second: _Spelling) -> bool:
    """Tell whether nothing speaks against it: two names with two domains are two vendors."""
    return not first.domains or not second.domains or bool(first.domains.keys() & second.domains.keys())


class _Groups:
    """Names joined for reasons."""

    def __init__(self, spellings: dict[str, _Spelling]) -> None:
        self._spellings = spellings
        self._group = {text: text for text in spellings}
        self._reasons: dict[str, str] = {}

    def join(self, first: str, second: str, reason: str) -> None:
        """Put two names into one group, unless they are."""
        one, other = self._find(first), self._find(second)
        if one != other:
            self._group[other] = one
            self._reasons.setdefault(second, reason)
            self._reasons.setdefault(first, reason)

    def _find(self, text: str) -> str:
        while self._group[text] != text:
            text = self._group[text]
        return text

    def vendors(self) -> Iterator[VendorMap]:
        """Yield the groups of several names; the shortest name that is no address goes first."""
        members: defaultdict[str, list[str]] = defaultdict(list)
        for text in self._spellings:
            members[self._find(text)].append(text)
        for texts in members.values():
            if len(texts) < 2:
                continue
            name = min(texts, key=self._order)
            also = [OtherName(text, self._reasons.get(text, "")) for text in texts if text != name]
            yield VendorMap(name, tuple(also))

    def _order(self, text: str) -> tuple[bool, bool, bool, int, str]:
        spelling = self._spellings[text]
        is_address = bool(find_addresses(text))
        return (not spelling.is_vendor, is_address, bool(foreign_letters(text)), len(text), text)


def _look_alikes(spellings: dict[str, _Spelling]) -> Iterator[str]:
    by_skeleton: dict[str, _Spelling] = {}
    for spelling in sorted(spellings.values(), key=lambda one: bool(foreign_letters(one.text))):
        where = ", ".join(spelling.cells[:3])
        first = by_skeleton.setdefault(skeleton(spelling.text), spelling)
        strange = ", ".join(foreign_letters(spelling.text))
        if first is not spelling and vendor_key(first.text) != vendor_key(spelling.text):
            because = f" It has {strange}." if strange else ""
            yield (
                f"{where}: {spelling.text!r} looks like {first.text!r} ({', '.join(first.cells[:3])}) and is another"
                f" name.{because} They were not taken for one vendor."
            )
        elif is_mixed(spelling.text):
            yield f"{where}: {spelling.text!r} mixes letters of several scripts: {strange}."
