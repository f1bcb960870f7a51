"""What the site tells of each kind of data in one language: who gets it, by which chain, and why."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from dataflows.maps.summary.facts import read_summary_words
from dataflows.model.parties import STUDENTS
from dataflows.reporting.disclosure_views import CountView
from dataflows.reporting.portal.parties import PRIVATE
from dataflows.reporting.portal.paths import element_page, party_page
from dataflows.reporting.portal.site_views import CategoryView, ElementPage, ElementRow, FamilyRow, Receiver, Step

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataflows.reporting.district_texts import Told
    from dataflows.reporting.portal.facts import Facts
    from dataflows.reporting.portal.parties import PartyTeller


class ElementTeller:
    """Tells each kind of data of the taxonomy, also one that nobody gets: that is an answer too."""

    def __init__(self, facts: Facts, parties: PartyTeller) -> None:
        self._facts, self._parties = facts, parties
        self._teller = parties.teller
        self._taxonomy = facts.snapshot.taxonomy

    @cached_property
    def rows(self) -> dict[str, ElementRow]:
        """Return the row of each kind of data, in the order in which families are told."""
        return {id: self._row(id) for id in self._teller.elements(self._taxonomy.elements)}

    @cached_property
    def categories(self) -> tuple[CategoryView, ...]:
        """Return the kinds of data under their headings, what tells who a child is first."""
        found: dict[str, list[ElementRow]] = {}
        for id, row in self.rows.items():
            found.setdefault(self._taxonomy[id].category, []).append(row)
        names = self._taxonomy.categories
        return tuple(CategoryView(id, names[id].name if id in names else id, tuple(rows)) for id, rows in found.items())

    @cached_property
    def families(self) -> tuple[FamilyRow, ...]:
        """Return how many get some of each family of kinds of data, without those of which nobody gets any."""
        family_of = {
            category: id for id, family in read_summary_words()["families"].items() for category in family["categories"]
        }
        wanted: dict[str, int] = {}
        for id, bits in self._facts.bits_of.items():
            family = family_of.get(self._taxonomy[id].category, "other")
            wanted[family] = wanted.get(family, 0) | bits
        counts = {id: sum(1 for bits in self._facts.coming.values() if bits & wanted[id]) for id in wanted}
        ordered = [id for id in read_summary_words()["families"] if counts.get(id)]
        return tuple(FamilyRow(id, counts[id]) for id in ordered)

    @cached_property
    def private(self) -> tuple[CountView, ...]:
        """Return the most private kinds that anybody gets, those first that most get."""
        rows = [row for row in self.rows.values() if row.is_private and row.count]
        return tuple(CountView(row.element, row.count) for row in sorted(rows, key=lambda row: -row.count))

    def page(self, id: str) -> ElementPage:
        """Return the page of a kind of data."""
        element = self._taxonomy[id]
        chains = self._facts.chains(id)
        wanted = self._facts.bits_of[id]
        rows = self._parties.rows
        getting = [party for party in rows if party in chains]
        return ElementPage(
            row=self.rows[id],
            category=element.category,
            definition=self._teller.tell_if(f"elements.{id}.definition", element.definition),
            broader=tuple(self.rows[other] for other in self._taxonomy.broader_than(id)[1:]),
            narrower=tuple(self.rows[other] for other in self._taxonomy.narrower_than(id) if other != id),
            receivers=tuple(
                Receiver(rows[party], self._steps(chains[party]), self._purposes(party, wanted)) for party in getting
            ),
            kept=tuple(
                row
                for party, row in rows.items()
                if self._facts.kept.get(party, 0) & wanted & ~self._facts.coming.get(party, 0)
            ),
        )

    def _row(self, id: str) -> ElementRow:
        element = self._taxonomy[id]
        wanted = self._facts.bits_of[id]
        return ElementRow(
            element=self._teller.element(id),
            href=element_page(id),
            count=sum(1 for bits in self._facts.coming.values() if bits & wanted),
            is_private=element.sensitivity == PRIVATE,
            words=(element.name.pick("en", "en")[0], *element.also_called),
        )

    def _steps(self, path: Iterable[str]) -> tuple[Step, ...]:
        """Return the parties through which it comes, without the one that gets it."""
        *before, _ = path
        return tuple(self._step(id) for id in before)

    def _step(self, id: str) -> Step:
        if self._facts.snapshot.is_source(id):
            return Step("students" if id == STUDENTS else "district", self._teller.party(id))
        return Step("other", self._teller.party(id), party_page(id) if id in self._parties.rows else None)

    def _purposes(self, party: str, wanted: int) -> tuple[Told, ...]:
        """Return what a party gets some of an element for."""
        asked = set(self._facts.elements_in(wanted)) | set(self._facts.concerned.search.elements_in(wanted))
        broader = {other for id in asked for other in self._taxonomy.broader_than(id)}
        uses = self._parties.holders[party].uses
        found = (
            use.purpose
            for use in uses
            if use.purpose and any(element.id in broader or element.id in asked for element in use.elements)
        )
        return tuple(dict.fromkeys(found))
