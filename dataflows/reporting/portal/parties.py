"""What the site tells of each party in one language: the row of a list, and the page."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from dataflows.reporting.disclosures import find_no_data
from dataflows.reporting.holders import HolderTeller
from dataflows.reporting.portal.paths import party_page, school_page, sort_key
from dataflows.reporting.portal.site_views import PartyPage, ProductView, Row, SealView
from dataflows.reporting.telling import Teller
from dataflows.reporting.views import LinkView

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dataflows.model.parties import Vendor
    from dataflows.reporting.disclosure_views import HolderView, NoDataView
    from dataflows.reporting.portal.facts import Facts
    from dataflows.reporting.portal.site_views import FileView, PictureView

PRIVATE = "critical"
_UNUSED = ("prohibited", "retired")
_TOPICS = ("risk", "choice", "conduct", "monitoring", "more")


class PartyTeller:
    """Tells each party once; `letters` and `pictures` are there already, by party."""

    def __init__(
        self,
        facts: Facts,
        language: str,
        *,
        letters: Mapping[str, Sequence[FileView]],
        pictures: Mapping[str, Sequence[PictureView]],
    ) -> None:
        self.facts = facts
        self.teller = Teller(facts.snapshot, language)
        self._letters, self._pictures = letters, pictures
        self._tell = HolderTeller(self.teller, facts.concerned, is_narrowed=False)

    @cached_property
    def holders(self) -> dict[str, HolderView]:
        """Return what is told of everybody who gets data, or may still have it."""
        return {id: self._tell.holder(id) for id in sorted({*self.facts.coming, *self.facts.kept})}

    @cached_property
    def rows(self) -> dict[str, Row]:
        """Return the row of each party that the site tells of, by id, in the order of their names."""
        found = [self._row(id, "gets" if id in self.facts.coming else "kept") for id in self.holders]
        known = set(self.holders)
        found += [self._row(id, "unknown") for id in self.facts.not_known]
        known |= set(self.facts.not_known)
        found += [self._row(id, "none") for id, vendor in self._vendors() if id not in known and _takes_none(vendor)]
        return {row.id: row for row in sorted(found, key=lambda row: (sort_key(row.name), row.id))}

    def rows_of(self, state: str) -> tuple[Row, ...]:
        """Return the rows of one state."""
        return tuple(row for row in self.rows.values() if row.state == state)

    @cached_property
    def no_data(self) -> tuple[NoDataView, ...]:
        """Return the vendors, and single products of others, that take no data about students."""
        return find_no_data(self.facts.snapshot, set(self.holders), self.teller)

    def page(self, row: Row) -> PartyPage:
        """Return the page of a party."""
        snapshot, teller = self.facts.snapshot, self.teller
        vendor = snapshot.vendors.get(row.id)
        holder = self.holders.get(row.id)
        senders = {way.sender_id for use in holder.uses for way in use.ways} if holder else set()
        return PartyPage(
            row=row,
            holder=holder,
            profile=teller.tell_if(f"vendors.{row.id}.profile", vendor.profile) if vendor else None,
            products=_products(vendor) if vendor else (),
            links=_links(vendor) if vendor else (),
            seals=self._seals(vendor) if vendor else (),
            guidance=tuple(
                told
                for topic in _TOPICS
                for told in (teller.guidance(f"vendors.{row.id}", vendor.guidance, topic) if vendor else ())
            ),
            schools=self._schools(row.id) if row.state == "gets" else (),
            letters=tuple(self._letters.get(row.id, ())),
            picture=next((view for view in self._pictures.get(row.id, ()) if view.language == teller.language), None),
            senders=tuple((teller.party(id), party_page(id)) for id in sorted(senders) if id in self.rows),
        )

    def _vendors(self) -> Iterable[tuple[str, Vendor]]:
        return self.facts.snapshot.vendors.items()

    def _row(self, id: str, state: str) -> Row:
        snapshot = self.facts.snapshot
        vendor, holder = snapshot.vendors.get(id), self.holders.get(id)
        row = Row(
            id=id,
            href=party_page(id),
            name=self.teller.party(id),
            full_name=snapshot.name_of(id),
            kind="company" if vendor else snapshot.kind_of(id),
            state=state,
            words=(*vendor.aliases, *vendor.domains) if vendor else (),
            products=tuple(product.name for product in _products(vendor)) if vendor else (),
        )
        if holder is None:
            return row
        elements = self.facts.elements_in(self.facts.coming.get(id) or self.facts.kept.get(id, 0))
        taxonomy = snapshot.taxonomy
        return replace(
            row,
            count=len(elements),
            private=sum(taxonomy[element].sensitivity == PRIVATE for element in elements if element in taxonomy),
            choice=_choice(holder),
            is_direct=holder.is_direct,
        )

    def _schools(self, party: str) -> tuple[tuple[str, str], ...]:
        """Return the schools of which it gets data, where that is not all of them."""
        schools = self.facts.snapshot.schools
        named = self.facts.schools_of.get(party, ())
        if len(named) == len(schools):
            return ()
        return tuple(sorted(((schools[id].name, school_page(id)) for id in named), key=lambda row: sort_key(row[0])))

    def _seals(self, vendor: Vendor) -> tuple[SealView, ...]:
        day = self.facts.snapshot.valid_on
        return tuple(
            SealView(seal.by, seal.kind, seal.url, seal.expires)
            for seal in vendor.seals
            if seal.expires is None or seal.expires >= day
        )


def _takes_none(vendor: Vendor) -> bool:
    offered = [product for product in vendor.products if product.status not in _UNUSED]
    return bool(offered) and all(product.student_data == "none" for product in offered)


def _products(vendor: Vendor) -> tuple[ProductView, ...]:
    return tuple(
        ProductView(product.name, product.student_data, None if product.grades in (None, "all") else product.grades)
        for product in vendor.products
        if product.status not in _UNUSED
    )


def _links(vendor: Vendor) -> tuple[LinkView, ...]:
    pages = (
        ("vendor", vendor.url),
        ("privacy", vendor.privacy_url),
        ("terms", vendor.terms_url),
        ("transparency", vendor.transparency_url),
        ("subcontractors", vendor.subcontractors_url),
    )
    return tuple(LinkView(what, url) for what, url in pages if url)


def _choice(holder: HolderView) -> str:
    if holder.may_refuse:
        return "yes"
    if holder.opt_outs:
        return "no"
    return "unknown" if holder.is_direct or not holder.uses else "senders"
