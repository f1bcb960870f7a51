"""A case: the snapshot that the rules look at, with its flows sorted once for all of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dataflows.law.bases import legal_bases
from dataflows.model.audiences import grades_of
from dataflows.model.parties import STUDENTS
from dataflows.model.school_years import school_year_of
from dataflows.model.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from dataflows.law.bases import LegalBasis
    from dataflows.model.agreements import Agreement
    from dataflows.model.events import Release
    from dataflows.model.flows import Flow
    from dataflows.model.parties import Vendor
    from dataflows.model.publications import Given
    from dataflows.model.school_years import YearDays
    from dataflows.model.text import Text

CONTRACTOR = "99.31(a)(1)(i)(B)"
EMPLOYEE = "99.31(a)(1)(i)(A)"
DIRECTORY = "99.37"
CONSENT = "99.30"
ONWARD = "99.33(b)"
STUDY = "99.31(a)(6)"
AUDIT = "99.31(a)(3)"


class Case(Snapshot):
    """A snapshot whose groups of flows are made once and kept; rules read it and change nothing."""

    @classmethod
    def of(cls, snapshot: Snapshot) -> Case:
        """Return the case of a snapshot."""
        return cls(**{field.name: getattr(snapshot, field.name) for field in fields(snapshot)})

    @cached_property
    def flows(self) -> tuple[Flow, ...]:
        """Return the flows in force on the day, by id."""
        return tuple(flow for flow in self.all_flows.values() if self.valid_on in flow.period)

    @cached_property
    def disclosures(self) -> tuple[Flow, ...]:
        """Return the flows in force to anybody but the district and its students."""
        sources = (self.district.id, STUDENTS)
        return tuple(flow for flow in self.flows if flow.receiver not in sources)

    @cached_property
    def onward(self) -> tuple[Flow, ...]:
        """Return the redisclosures in force: neither end is the district or its students."""
        sources = (self.district.id, STUDENTS, None)
        return tuple(flow for flow in self.disclosures if flow.sender not in sources)

    @cached_property
    def _by_basis(self) -> Mapping[str, list[Flow]]:
        return _grouped(self.disclosures, lambda flow: flow.legal_basis or "")

    @cached_property
    def _arriving(self) -> Mapping[str, list[Flow]]:
        return _grouped(self.flows, lambda flow: flow.receiver)

    @cached_property
    def _leaving(self) -> Mapping[str, list[Flow]]:
        return _grouped(self.flows, self.sender_of)

    @cached_property
    def _under(self) -> Mapping[str, list[Flow]]:
        return _grouped(self.disclosures, lambda flow: flow.agreement or "")

    def on(self, *citations: str) -> Iterator[Flow]:
        """Yield the disclosures in force on one of these bases."""
        for citation in citations:
            yield from self._by_basis.get(citation, ())

    def below(self, *paragraphs: str) -> Iterator[Flow]:
        """Yield the disclosures in force on a paragraph or one below it."""
        for citation, flows in self._by_basis.items():
            if is_below(citation, *paragraphs):
                yield from flows

    def by_method(self, *methods: str) -> list[Flow]:
        """Return the disclosures in force by which the receiver comes by data in one of these ways."""
        return [flow for method in methods for flow in self._by_method.get(method, ())]

    @cached_property
    def _by_method(self) -> Mapping[str, list[Flow]]:
        return _grouped(self.disclosures, lambda flow: flow.method or "")

    def begun_below(self, *paragraphs: str) -> Iterator[Flow]:
        """Yield the disclosures that have begun, ended ones too, on a paragraph or one below it."""
        for citation, flows in self._begun_by_basis.items():
            if is_below(citation, *paragraphs):
                yield from flows

    @cached_property
    def _begun_by_basis(self) -> Mapping[str, list[Flow]]:
        return _grouped(self.begun, lambda flow: flow.legal_basis or "")

    def arriving(self, party: str) -> list[Flow]:
        """Return the flows in force to a party."""
        return self._arriving.get(party, [])

    def leaving(self, party: str) -> list[Flow]:
        """Return the flows in force from a party."""
        return self._leaving.get(party, [])

    def under(self, agreement: Agreement) -> list[Flow]:
        """Return the disclosures in force that name an agreement."""
        return self._under.get(agreement.id, [])

    @cached_property
    def contracts(self) -> tuple[Agreement, ...]:
        """Return the agreements in force under which a contractor receives something now."""
        found = dict.fromkeys(flow.agreement for flow in self.on(CONTRACTOR) if flow.agreement)
        known = (self.agreements[id] for id in found if id in self.agreements)
        return tuple(agreement for agreement in known if not agreement.period.ended_by(self.valid_on))

    @cached_property
    def begun(self) -> tuple[Flow, ...]:
        """Return the disclosures that have begun, ended ones too."""
        sources = (self.district.id, STUDENTS)
        return tuple(
            flow
            for flow in self.all_flows.values()
            if flow.receiver not in sources and flow.period.begun_by(self.valid_on)
        )

    def inbound(self, flow: Flow) -> list[Flow]:
        """Return the flows in force that bring the sender of a redisclosure what it passes on; else all to it."""
        arriving = self.arriving(self.sender_of(flow))
        return [other for other in arriving if self.shares(other.elements, flow.elements)] or arriving

    def shares(self, some: Iterable[str], others: Iterable[str]) -> bool:
        """Tell whether one element of the first is, or is broader or narrower than, one of the second."""
        first, second = set(some), set(others)
        if not first.isdisjoint(second):
            return True
        up = {wide for element in first for wide in self.wider(element)}
        return not up.isdisjoint(second) or any(not first.isdisjoint(self.wider(element)) for element in second)

    def carrying(self, elements: Collection[str], *, exactly: bool = False) -> Iterator[tuple[Flow, tuple[str, ...]]]:
        """Yield the disclosures in force that name one of these elements, with those that they name.

        A narrower element counts as the broader one, but not where `exactly` these are asked for.
        """
        wanted = frozenset(elements) if exactly else self._with_narrower(elements)
        places = {place for id in wanted for place in self._places.get(id, ())}
        for place in sorted(places):
            flow = self.disclosures[place]
            yield flow, tuple(id for id in flow.elements if id in wanted)

    @cached_property
    def _places(self) -> Mapping[str, list[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for place, flow in enumerate(self.disclosures):
            for id in flow.elements:
                found[id].append(place)
        return found

    def named(self, flow: Flow, elements: Collection[str]) -> tuple[str, ...]:
        """Return those elements of a flow that are among these, or narrower than one of them."""
        return self.among(flow.elements, elements)

    def among(self, some: Iterable[str], elements: Collection[str]) -> tuple[str, ...]:
        """Return those of some elements that are among the others, or narrower than one of them."""
        wanted = self._with_narrower(elements)
        return tuple(id for id in some if id in wanted)

    def _with_narrower(self, elements: Collection[str]) -> frozenset[str]:
        key = frozenset(elements)
        if key not in self._narrower_known:
            chains = self._chains.items()
            self._narrower_known[key] = key | {id for id, chain in chains if not key.isdisjoint(chain)}
        return self._narrower_known[key]

    @cached_property
    def _narrower_known(self) -> dict[frozenset[str], frozenset[str]]:
        return {}

    @cached_property
    def have_broader(self) -> frozenset[str]:
        """Return the elements that have a broader one."""
        return frozenset(id for id, chain in self._chains.items() if len(chain) > 1)

    def wider(self, element: str) -> tuple[str, ...]:
        """Return an element and all that are broader, nearest first."""
        return self._chains.get(element) or (element,)

    @cached_property
    def _chains(self) -> dict[str, tuple[str, ...]]:
        return {id: self.taxonomy.broader_than(id) for id in self.taxonomy.elements}

    def sensitive(self, flow: Flow, *levels: str) -> tuple[str, ...]:
        """Return the elements of a flow that are as sensitive as one of the levels."""
        known = self.taxonomy.elements
        return tuple(id for id in flow.elements if id in known and known[id].sensitivity in levels)

    def basis_of(self, flow: Flow) -> LegalBasis | None:
        """Return the legal basis of a flow; None where it states none, or a paragraph above several."""
        return self._bases.get(flow.legal_basis) if flow.legal_basis else None

    @cached_property
    def _bases(self) -> Mapping[str, LegalBasis]:
        return legal_bases()

    def level_of(self, party: str) -> str | None:
        """Return the level of government of a party."""
        known = self.parties.get(party)
        return known.level if known else None

    def grades_of(self, flow: Flow) -> frozenset[str]:
        """Return the grades that a flow may concern."""
        return self._grades(flow.audience)

    @cached_property
    def breaches_known(self) -> dict[str, Any]:
        """Return what incidents expose, as far as it was found out already, by their ids."""
        return {}

    @cached_property
    def students_known(self) -> dict[frozenset[Any], int | None]:
        """Return the numbers of students that were counted already, by their audiences."""
        return {}

    @cached_property
    def _grades_known(self) -> dict[tuple[Any, ...], frozenset[str]]:
        return {}

    def _grades(self, audience: Any) -> frozenset[str]:
        key = (audience.schools, audience.grades)
        if key not in self._grades_known:
            self._grades_known[key] = grades_of(audience, self.schools)
        return self._grades_known[key]

    def say(self, text: Text | None) -> str:
        """Return a text in the first home language; the empty text where there is none."""
        first = self.district.first_language
        return text.pick(first, first)[0].strip() if text else ""

    @cached_property
    def year(self) -> YearDays:
        """Return the school year to which the day belongs."""
        return school_year_of(self.district.school_year, self.valid_on)

    def notices_of(self, *kinds: str) -> list[Given]:
        """Return the notices of a kind that were given by the day, by `publish` or otherwise, oldest first."""
        known: tuple[Given, ...] = (*self.notices.values(), *self.publications.values())
        given = (notice for notice in known if notice.kind in kinds and notice.issued <= self.valid_on)
        return sorted(given, key=lambda notice: (notice.issued, notice.id))

    def notices_for_year(self, *kinds: str) -> list[Given]:
        """Return the notices of a kind for the school year of the day, oldest first."""
        return self.notices_in(self.year, *kinds)

    def notices_in(self, year: YearDays, *kinds: str) -> list[Given]:
        """Return the notices of a kind for a school year that were given by the day, oldest first."""
        return [
            notice
            for notice in self.notices_of(*kinds)
            if (year.is_called(notice.school_year) if notice.school_year else notice.issued in year)
        ]

    @cached_property
    def _releases(self) -> Mapping[str, list[Release]]:
        found: defaultdict[str, list[Release]] = defaultdict(list)
        for release in self.releases.values():
            if release.date <= self.valid_on:
                found[release.flow].append(release)
        return found

    def releases_of(self, flow: Flow) -> list[Release]:
        """Return the records of 99.32 about a flow, by the day."""
        return self._releases.get(flow.id, [])

    @cached_property
    def vendors_in_use(self) -> tuple[Vendor, ...]:
        """Return the vendors that receive something now, by id."""
        return tuple(vendor for id, vendor in self.vendors.items() if self.arriving(id))


def is_below(citation: str, *paragraphs: str) -> bool:
    """Tell whether a citation is one of the paragraphs, or lies below one."""
    return any(citation == paragraph or citation.startswith(f"{paragraph}(") for paragraph in paragraphs)


def _grouped(flows: Iterable[Flow], key: Callable[[Flow], str]) -> Mapping[str, list[Flow]]:
    found: defaultdict[str, list[Flow]] = defaultdict(list)
    for flow in flows:
        found[key(flow)].append(flow)
    return found
