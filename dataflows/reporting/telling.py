"""Turns what the catalog says into views in one language, and remembers which texts lacked it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.model.school_years import school_year_of
from dataflows.model.text import Text
from dataflows.reporting.district_texts import Told
from dataflows.reporting.messages import find_language, translations
from dataflows.reporting.pictures import page_code
from dataflows.reporting.views import (
    AudienceView,
    ContactView,
    DocumentView,
    ElementView,
    GuidanceView,
    PurposeView,
    RegulationView,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from dataflows.model.district import Contact, SchoolYear
    from dataflows.model.flows import Audience
    from dataflows.model.parties import Vendor
    from dataflows.model.shared import Guidance
    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.pictures import Picture

LAW = "law"
"""What tells the law's words from a template's, for translators."""
_FIRST = ("student-name", "student-identifiers", "student-contact", "parent-contact")
_NUMBER = re.compile(r"\+?[0-9 .()/-]{7,}")


class Teller:
    """Tells a snapshot's facts in one language."""

    def __init__(self, snapshot: Snapshot, language: str) -> None:
        self.snapshot = snapshot
        self.language = language
        self._first = snapshot.district.first_language
        self._missing: dict[str, str] = {}
        self._unreviewed: set[str] = set()

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the fields whose texts the language lacks, in order."""
        return tuple(sorted(self._missing))

    @property
    def foreign_languages(self) -> tuple[str, ...]:
        """Return the languages in which those texts are shown instead."""
        return tuple(sorted(set(self._missing.values())))

    @property
    def is_reviewed(self) -> bool:
        """Tell whether a qualified person has reviewed the translation of our sentences and of the texts told."""
        known = find_language(self.language)
        return known is not None and known.is_reviewed and not self._unreviewed

    def tell(self, field: str, text: Text) -> Told:
        """Return a text in the language, or in the district's first one."""
        words, language = text.pick(self.language, self._first)
        is_foreign = language.partition("-")[0] != self.language.partition("-")[0]
        if is_foreign:
            self._missing[field] = language
        elif language != self._first and language not in text.reviewed:
            self._unreviewed.add(field)
        return Told(words, language, is_foreign)

    def tell_if(self, field: str, text: Text | None) -> Told | None:
        """Return a text, or None where it is absent or blank."""
        return None if text is None or is_blank(text) else self.tell(field, text)

    def element(self, id: str, onward: tuple[PurposeView, ...] = ()) -> ElementView:
        """Return one kind of data; the taxonomy's own names are told by the templates."""
        known = self.snapshot.taxonomy.elements.get(id)
        builtin = builtin_taxonomy().elements.get(id)
        name = known.name if known else Text.of(id)
        if builtin is not None and name == builtin.name:
            return ElementView(id, Told(name.pick("en", "en")[0], "en"), is_renamed=False, onward=onward)
        return ElementView(id, self.tell(f"elements.{id}.name", name), is_renamed=True, onward=onward)

    def of_law(self, file: str, words: str) -> Told:
        """Return words of the law's data as a document's file of sentences has them; English ones are marked."""
        known = find_language(self.language)
        said = translations(known.tag, file).pgettext(LAW, words) if known else words
        is_foreign = said == words and self.language.partition("-")[0] != "en"
        return Told(words, "en", is_foreign=True) if is_foreign else Told(said, self.language)

    def law(self, citation: str, words: str) -> str:
        """Return what is said of a paragraph of the law, in the language."""
        known = find_language(self.language)
        return translations(known.tag).pgettext(citation, words) if known else words

    def audience(self, audience: Audience) -> AudienceView:
        """Return whose data is meant."""
        schools = self.snapshot.schools
        names = tuple(schools[id].name if id in schools else id for id in audience.schools or ())
        return AudienceView(names, None if audience.grades in (None, "all") else audience.grades)

    def elements(self, ids: Iterable[str]) -> list[str]:
        """Sort kinds of data: what tells who a child is first, then as the Schedule of Data does."""
        taxonomy = self.snapshot.taxonomy
        ordered = taxonomy.sorted(ids)
        places = {category: number for number, category in enumerate(_FIRST)}
        categories = {id: taxonomy[id].category if id in taxonomy else "" for id in ordered}
        return sorted(ordered, key=lambda id: places.get(categories[id], len(places)))

    def party(self, id: str) -> str:
        """Return the name of a party as families know it."""
        vendor = self.snapshot.vendors.get(id)
        return short_name(vendor) if vendor else self.snapshot.name_of(id)

    def guidance(self, where: str, rows: Iterable[Guidance], topic: str) -> tuple[GuidanceView, ...]:
        """Return the texts of one topic."""
        return tuple(
            GuidanceView(told, row.url)
            for number, row in enumerate(rows)
            if row.topic == topic and (told := self.tell_if(f"{where}.guidance[{number}].text", row.text))
        )

    def regulations(self) -> tuple[RegulationView, ...]:
        """Return the rules that families are pointed to."""
        return tuple(
            RegulationView(
                self.tell(f"regulations.{id}.title", rule.title),
                self.tell_if(f"regulations.{id}.about", rule.about),
                rule.url,
            )
            for id, rule in self.snapshot.regulations.items()
        )

    def contact(self, *roles: str | None) -> ContactView | None:
        """Return the first contact that is there for the roles."""
        for role in roles:
            if role is not None and role in self.snapshot.contacts:
                return contact_view(self.snapshot.contacts[role])
        return None

    def pictures(self) -> dict[str, Picture]:
        """Return the pictures that a document may show, by name."""
        page = self.snapshot.district.links.privacy_page
        code = page_code(page) if page else None
        return {"page-code": code} if code else {}

    def document(self, issued: date) -> DocumentView:
        """Return what the document says of itself; ask last, when all texts have been told."""
        district = self.snapshot.district
        return DocumentView(
            district=district.name,
            district_url=district.url,
            language=self.language,
            issued=issued,
            school_year=notice_year(district.school_year, issued),
            languages=district.home_languages,
            privacy_page=district.links.privacy_page,
            contacts={role: contact_view(contact) for role, contact in self.snapshot.contacts.items()},
            foreign_languages=self.foreign_languages,
            is_reviewed=self.is_reviewed,
        )


def short_name(vendor: Vendor) -> str:
    """Return the name that families know: the shortest other name with which the full one begins."""
    fitting = [alias for alias in vendor.aliases if vendor.name.casefold().startswith(alias.casefold())]
    return min(fitting, key=lambda alias: (len(alias), alias), default=vendor.name)


def is_blank(text: Text) -> bool:
    """Tell whether a text says nothing in any language."""
    return not any(words.strip() for words in text.by_language.values())


def contact_view(contact: Contact) -> ContactView:
    """Return an office as templates see it."""
    return ContactView(
        title=contact.title,
        email=contact.email,
        phone=contact.phone,
        phone_number=dialled(contact.phone),
        url=contact.url,
        address=tuple(line.strip() for line in (contact.address or "").splitlines() if line.strip()),
    )


def dialled(phone: str | None) -> str | None:
    """Return the digits of a phone number, or None where it is more than a number."""
    if phone is None or not _NUMBER.fullmatch(phone):
        return None
    return re.sub(r"[^0-9+]", "", phone)


def notice_year(days: SchoolYear, issued: date) -> str:
    """Return the school year a notice is for: in the summer, the one that comes."""
    year = school_year_of(days, issued)
    if issued > year.ends:
        return f"{year.starts.year + 1}-{(year.starts.year + 2) % 100:02}"
    return year.label
