"""Which names of a list are one vendor: proposed, with the reason, for a person to strike out."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dataflows.sources.district_list.domains import find_addresses, host_of, shown_host, vendor_domain
from dataflows.sources.district_list.known import NOTHING_KNOWN, Known, Meeting
from dataflows.sources.district_list.mapping import OtherName, VendorMap
from dataflows.sources.district_list.spellings import foreign_letters, is_mixed, skeleton, vendor_key, without_suffix

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dataflows.sources.district_list.entry import Entry

_COMMON = frozenset((
    "active", "american", "apple", "art", "bright", "class", "common", "creative", "data",
    "digital", "edu", "education", "english", "first", "free", "global", "great", "learn",
    "learning", "math", "my", "national", "new", "next", "open", "reading", "school",
    "science", "smart", "student", "teacher", "the", "united", "university", "us", "world",
))  # fmt: skip
"""Words with which names begin that have nothing to do with each other."""
_MOST_NAMES = 25
"""So many names with one domain may be the products of one vendor."""


@dataclass(slots=True)
class _Spelling:
    """A name as the list writes it, where, and with which domains."""

    text: str
    is_vendor: bool
    cells: list[str] = field(default_factory=list)
    domains: dict[str, str] = field(default_factory=dict)
    """By domain the cell in which it stands."""


def propose_vendors(
    entries: Iterable[Entry], known: Known = NOTHING_KNOWN
) -> tuple[tuple[VendorMap, ...], tuple[str, ...]]:
    """Return which names are proposed as one vendor, or as one of the catalog, and warnings of look-alikes."""
    entries = list(entries)
    spellings = _collect(entries)
    groups = _Groups(spellings)
    for first, second, reason in _reasons(spellings, entries):
        groups.join(first, second, reason)
    meeting = Meeting(known)
    found = [vendor for texts in groups.all() if (vendor := _propose(groups, texts, meeting))]
    return tuple(found), (
        *meeting.remarks,
        *_look_alikes(spellings),
        *_alike_domains(spellings),
        *_say_crowded(spellings),
    )


def _propose(groups: _Groups, texts: list[str], meeting: Meeting) -> VendorMap | None:
    """Return what is proposed of names that are one: a vendor of the catalog, or one of several spellings."""
    met = meeting.meet(texts, {domain for text in texts for domain in groups.domains(text)})
    vendor = groups.vendor(texts) if len(texts) > 1 else None
    if met is None:
        return vendor
    others = [text for text in texts if not meeting.has_name(met, text)]
    if not others:
        return None
    reasons = {other.name: other.reason for other in vendor.also} if vendor else {}
    also = tuple(
        OtherName(text, reasons.get(text) or meeting.reason(met, text, groups.domains(text))) for text in others
    )
    return VendorMap(meeting.name(met), also, met)


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
        for text in entry.brackets if entry.vendor and without_suffix(entry.vendor) == entry.vendor else ():
            if (other := by_key.get(vendor_key(text))) and other != entry.owner:
                yield other, entry.owner, f"Perhaps: {text!r} stands beside {entry.owner!r}"
    yield from _by_domain(spellings, by_key)
    yield from _beginnings(spellings)


def _by_domain(spellings: dict[str, _Spelling], by_key: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield names that have one registered domain, and names that are in another's domain."""
    owners: dict[str, _Spelling] = {}
    crowded = _crowded(spellings)
    for spelling in spellings.values():
        for domain, cell in spelling.domains.items():
            if domain in crowded:
                continue
            first = owners.setdefault(domain, spelling)
            if first is not spelling:
                cells = " and ".join(filter(None, (first.domains[domain], cell)))
                yield first.text, spelling.text, f"Both {first.text!r} and {spelling.text!r} have {domain} ({cells})"
    for domain, spelling in owners.items():
        other = by_key.get(vendor_key(domain.partition(".")[0]))
        if other and other != spelling.text and _may_be_one(spellings[other], spelling):
            yield other, spelling.text, f"{other!r} is the name in {domain}, which {spelling.text!r} has"


def _crowded(spellings: dict[str, _Spelling]) -> dict[str, int]:
    """Return the domains that more names have than one vendor's would, with how many."""
    counts = Counter(domain for spelling in spellings.values() for domain in spelling.domains)
    return {domain: count for domain, count in counts.items() if count > _MOST_NAMES}


def _say_crowded(spellings: dict[str, _Spelling]) -> Iterator[str]:
    for domain, count in sorted(_crowded(spellings).items()):
        yield f"{count:,} names have {domain}: too many to be one vendor, so it was not taken for one's."


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

    def all(self) -> Iterator[list[str]]:
        """Yield the names of each group."""
        members: defaultdict[str, list[str]] = defaultdict(list)
        for text in self._spellings:
            members[self._find(text)].append(text)
        yield from members.values()

    def domains(self, text: str) -> Iterable[str]:
        """Return the domains of a name."""
        return self._spellings[text].domains

    def vendor(self, texts: list[str]) -> VendorMap:
        """Return what is proposed of several names; the shortest name that is no address goes first."""
        name = min(texts, key=lambda text: (not self._is_named_by_domain(text, texts), self._order(text)))
        also = [OtherName(text, self._reasons.get(text, "")) for text in texts if text != name]
        return VendorMap(name, tuple(also))

    def _is_named_by_domain(self, text: str, texts: list[str]) -> bool:
        """Tell whether a name is that of a domain which several of the group have: Google of google.com, not Gmail."""
        shared = Counter(domain for other in texts for domain in self._spellings[other].domains)
        labels = {domain.partition(".")[0] for domain, count in shared.items() if count > 1}
        return text.casefold() in labels

    def _order(self, text: str) -> tuple[bool, bool, bool, int, bool, str]:
        spelling = self._spellings[text]
        is_address = bool(find_addresses(text))
        return (not spelling.is_vendor, is_address, bool(foreign_letters(text)), len(text), text.isupper(), text)


def _alike_domains(spellings: dict[str, _Spelling]) -> Iterator[str]:
    """Yield warnings of domains that look like another one: a letter of another script stands in them."""
    every = {
        domain: (spelling.text, cell) for spelling in spellings.values() for domain, cell in spelling.domains.items()
    }
    looks = {skeleton(shown_host(domain)): domain for domain in every if "xn--" not in domain}
    for domain, (text, cell) in every.items():
        written = shown_host(domain)
        other = looks.get(skeleton(written)) if written != domain else None
        if other:
            owner = every[other][0]
            yield f"{cell}: {written} ({domain}) of {text!r} looks like {other} of {owner!r} and is another domain."


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
