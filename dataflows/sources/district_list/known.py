"""What the catalog holds already, as far as the names of a list may point at it: vendors and schools."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from dataflows.sources.district_list.domains import vendor_domain
from dataflows.sources.district_list.mapping import OtherName, VendorMap
from dataflows.sources.district_list.spellings import vendor_key
from dataflows.sources.district_list.values import ALL_SCHOOLS
from dataflows.sources.district_list.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SHORT = {
    "hs": "high", "ms": "middle", "es": "elementary", "elem": "elementary", "jr": "junior", "sr": "senior",
    "st": "saint", "mt": "mount", "acad": "academy", "jh": "junior high", "jhs": "junior high", "sch": "school",
    "intermed": "intermediate",
}  # fmt: skip
_NOT_TELLING = frozenset(("school", "the", "campus", "of"))


class Known(NamedTuple):
    """What the catalog holds already, as far as names point at it."""

    names: tuple[tuple[str, str, str], ...] = ()
    """List that refers to it (vendor, school), name, id."""
    vendors: Mapping[str, Mapping[str, Any]] = {}
    """Bodies by id."""
    district: str = ""


NOTHING_KNOWN = Known()


class Meeting:
    """Sets names of a list beside the vendors of the catalog."""

    def __init__(self, known: Known) -> None:
        self.remarks: list[str] = []
        self._known = known
        self._by_name: defaultdict[str, set[str]] = defaultdict(set)
        self._by_domain: defaultdict[str, set[str]] = defaultdict(set)
        for id, body in known.vendors.items():
            for name in (str(body.get("name", "")), *body.get("aliases", ())):
                self._by_name[vendor_key(name)].add(id)
            for domain in body.get("domains", ()):
                self._by_domain[vendor_domain(str(domain)) or str(domain)].add(id)

    def meet(self, texts: Iterable[str], domains: Iterable[str]) -> str | None:
        """Return the id of the one vendor of the catalog that the names are; a remark where they may be several."""
        texts = list(texts)
        found = {id for text in texts for id in self._by_name.get(vendor_key(text), ())}
        found = found or {id for domain in domains for id in self._by_domain.get(domain, ())}
        if len(found) > 1:
            ids = ", ".join(sorted(found))
            shown = ", ".join(map(repr, texts[:3]))
            self.remarks.append(f"{shown} may be any of these vendors of the catalog: {ids}. Write id: under its name.")
        return found.pop() if len(found) == 1 else None

    def name(self, id: str) -> str:
        """Return the name of a vendor of the catalog."""
        return str(self._known.vendors[id].get("name", id))

    def has_name(self, id: str, text: str) -> bool:
        """Tell whether the catalog has a name for the vendor as it stands in the list."""
        body = self._known.vendors[id]
        return _fold(text) in {_fold(str(name)) for name in (body.get("name", ""), *body.get("aliases", ()))}

    def reason(self, id: str, text: str, domains: Iterable[str]) -> str:
        """Say why a name is taken for a vendor of the catalog."""
        same = next((domain for domain in domains if id in self._by_domain.get(domain, ())), None)
        if id in self._by_name.get(vendor_key(text), ()):
            return f"The catalog has {self.name(id)!r} ({id}), which differs only in capitals, signs or a legal suffix"
        return f"The catalog has {self.name(id)!r} ({id}) with {same}" if same else "It goes with a name of this vendor"


def propose_schools(names: Iterable[str], known: Known) -> tuple[VendorMap, ...]:
    """Return which names of schools are proposed for schools of the catalog: `Oak HS` for Oak High School."""
    schools = [(name, id) for kind, name, id in known.names if kind == "school"]
    exact = {_fold(name) for name, _ in schools}
    by_key: defaultdict[tuple[str, ...], set[tuple[str, str]]] = defaultdict(set)
    for name, id in schools:
        key = school_key(name)
        for size in range(1, len(key) + 1):
            by_key[key[:size]].add((name, id))
    found: dict[tuple[str, str], list[OtherName]] = {}
    for text in dict.fromkeys(names):
        if _fold(text) in exact or plain(text) in ALL_SCHOOLS:
            continue
        met = by_key.get(school_key(text), set())
        whole = {school for school in met if school_key(school[0]) == school_key(text)} or met
        if len(whole) == 1:
            [school] = whole
            is_same = school_key(school[0]) == school_key(text)
            reason = (
                f"The catalog has {school[0]!r}"
                if is_same
                else f"Perhaps: the catalog has only {school[0]!r} of that name"
            )
            found.setdefault(school, []).append(OtherName(text, reason))
    return tuple(VendorMap(name, tuple(also), id) for (name, id), also in found.items())


def school_key(name: str) -> tuple[str, ...]:
    """Return what two spellings of a school share: whole words, without `School`."""
    words = re.sub(r"[\W_]+", " ", name.replace("'", "").replace("’", "").casefold()).split()
    whole = " ".join(_SHORT.get(word, word) for word in words).split()
    return tuple(word for word in whole if word not in _NOT_TELLING)


def _fold(name: str) -> str:
    return " ".join(name.split()).casefold()
