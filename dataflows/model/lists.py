"""The lists of a catalog, in the order in which a file holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dataflows.model.agreements import Agreement
from dataflows.model.district import Contact, District, Monitoring, Regulation, School
from dataflows.model.elements import Element
from dataflows.model.events import Incident, Notice, Release, Request, Waiver
from dataflows.model.flows import Flow
from dataflows.model.frozen import frozen
from dataflows.model.parties import Party, Vendor
from dataflows.model.publications import Publication
from dataflows.model.records import Nested, fields_of

if TYPE_CHECKING:
    from collections.abc import Mapping


_NESTED: dict[str, frozenset[str]] = {}


@frozen(kw_only=False)
class ListSpec:
    """One list: its name in the file, the kind of its rows, their record class and their key."""

    name: str
    kind: str
    record: type
    key: tuple[str, ...] = ("id",)
    within_district: bool = False
    """Written below `district` in a file."""

    def key_of(self, body: Mapping[str, Any]) -> str:
        """Return the id of a row: a contact's is its role, a waiver's `rule:subject`."""
        if len(self.key) == 1:
            return str(body[self.key[0]])
        return ":".join(str(body[name]) for name in self.key)

    def has_nested(self, body: Mapping[str, Any]) -> bool:
        """Tell whether a body has fields within fields, which may be cleared one by one."""
        return not self.nested.isdisjoint(body)

    @property
    def nested(self) -> frozenset[str]:
        """Return the names of the fields that hold fields."""
        found = _NESTED.get(self.name)
        if found is None:
            kinds = fields_of(self.record).values()
            found = _NESTED[self.name] = frozenset(field.name for field in kinds if isinstance(field.kind, Nested))
        return found


LISTS: tuple[ListSpec, ...] = (
    ListSpec("district", "district", District),
    ListSpec("contacts", "contact", Contact, ("role",), within_district=True),
    ListSpec("regulations", "regulation", Regulation, within_district=True),
    ListSpec("schools", "school", School),
    ListSpec("elements", "element", Element),
    ListSpec("vendors", "vendor", Vendor),
    ListSpec("parties", "party", Party),
    ListSpec("agreements", "agreement", Agreement),
    ListSpec("flows", "flow", Flow),
    ListSpec("releases", "release", Release),
    ListSpec("notices", "notice", Notice),
    ListSpec("waivers", "waiver", Waiver, ("rule", "subject")),
    ListSpec("incidents", "incident", Incident),
    ListSpec("requests", "request", Request),
    ListSpec("monitoring", "monitoring", Monitoring),
)
BY_NAME: dict[str, ListSpec] = {spec.name: spec for spec in LISTS}

RECORDED: tuple[ListSpec, ...] = (ListSpec("publications", "publication", Publication),)
"""Lists that commands write and no file sets: the journal holds them, and no export."""
IN_JOURNAL: dict[str, ListSpec] = {spec.name: spec for spec in (*LISTS, *RECORDED)}
BY_KIND: dict[str, ListSpec] = {spec.kind: spec for spec in IN_JOURNAL.values()}

PARTY_LISTS = ("district", "vendors", "parties")
"""The lists whose ids share one name space, with `students`."""
