"""Rows of a district's list → rows of our lists: vendors with products, agreements, flows.

Ids are made from names.  A row says only what the list says: no basis, no first day and no
retention that it does not state.  What is known of a vendor already stays; names are added.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from array import array
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from dataflows.errors import Problem
from dataflows.model.grades import format_grades, parse_grades
from dataflows.model.text import make_slug
from dataflows.sources.district_list.domains import host_of, vendor_domain
from dataflows.sources.district_list.elements import ordered
from dataflows.sources.district_list.entry_marks import shown
from dataflows.sources.district_list.mapping import AGREEMENT_KIND
from dataflows.sources.district_list.spellings import vendor_slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Mapping as AnyMapping

    from dataflows.errors import Location
    from dataflows.sources.district_list.entry import Entry
    from dataflows.sources.district_list.entry_store import EntryStore
    from dataflows.sources.district_list.known import Known
    from dataflows.sources.district_list.mapping import Mapping
    from dataflows.sources.grid import Cell, Grid

_AGENCY = re.compile(
    r"\b(?:department|dept\.?|office|bureau|board|agency|commission|ministry) (?:of|for)\b|\bstate board\b",
    re.IGNORECASE,
)
"""Names of recipients that are of government."""
_TAKEN = frozenset(("students",))
_PRODUCT_FIELDS = ("status", "reviewed_on", "grades", "conditions", "hosted")
_AGREEMENT_FIELDS = ("effective", "expires", "signed", "document_url", "kind")


At: TypeAlias = "tuple[Grid, Cell]"
"""A cell, and the table in which it stands."""


@dataclass(slots=True)
class Built:
    """A row that was made, and the cells from which its fields come."""

    list: str
    tree: dict[str, Any]
    at: At
    cells: dict[str, At] = field(default_factory=dict)
    """By field."""

    def place(self, name: str = "") -> Location:
        """Return where a field stands, or where the row does; asked for only where something is wrong."""
        grid, cell = self.cells.get(name, self.at)
        return grid.place(cell)


@dataclass(slots=True)
class _Vendor:
    """A vendor as the rows so far make it."""

    id: str
    name: str
    is_known: bool
    numbers: array[int] = field(default_factory=lambda: array("L"))
    """Of its entries."""
    entries: list[Entry] = field(default_factory=list)
    """While its rows are made."""


class Builder:
    """Builds our rows from entries."""

    def __init__(self, mapping: Mapping, known: Known) -> None:
        self.left_out: list[Problem] = []
        self._mapping = mapping
        self._known = known
        self._names = {
            _fold(name): group for group in mapping.vendors for name in (group.name, *(o.name for o in group.also))
        }
        self._schools = _by_name(known.names, "school")
        for school in mapping.schools:
            for other in school.also:
                self._schools.setdefault(_fold(other.name), {school.id or ""})
        self._known_vendors = _by_name(known.names, "vendor")
        self._vendors: dict[str, _Vendor] = {}
        self._ids: set[str] = {*_TAKEN, known.district}
        self._row_ids: dict[str, dict[str, str]] = {"agreements": {}, "flows": {}}
        """By list and id the vendor whose row has it."""

    def build(self, store: EntryStore) -> Iterator[Built]:
        """Yield the rows of each vendor in the order of the list: its own, then its agreements, then its flows."""
        for number, owner in enumerate(store.owners):
            self._vendor_of(owner).numbers.append(number)
        for key in list(self._vendors):
            vendor = self._vendors.pop(key)
            vendor.entries = store.load(vendor.numbers)
            yield self._vendor_row(vendor)
            flows: list[Built] = []
            for rows in _by_product(vendor.entries):
                made_agreements, made_flows = self._flow_rows(vendor, rows)
                yield from made_agreements
                flows += made_flows
            yield from flows

    def _vendor_of(self, owner: str) -> _Vendor:
        group = self._names.get(_fold(owner))
        name = group.name if group else owner
        key = _fold(name)
        if key not in self._vendors:
            spellings = [name, *(other.name for other in group.also)] if group else [name]
            found = {id for text in spellings for id in self._known_vendors.get(_fold(text), ())}
            id = group.id if group and group.id else found.pop() if len(found) == 1 else self._new_id(name)
            self._ids.add(id)
            self._vendors[key] = _Vendor(id, name, id in self._known.vendors)
        return self._vendors[key]

    def _new_id(self, name: str) -> str:
        for id in (vendor_slug(name), make_slug(name)):
            if id and id not in self._ids:
                return id
        base = make_slug(name) or f"vendor-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
        number = 2
        id = base
        while id in self._ids:
            id, number = f"{base}-{number}", number + 1
        return id

    def _vendor_row(self, vendor: _Vendor) -> Built:
        body = self._known.vendors.get(vendor.id, {})
        first = vendor.entries[0]
        cell = first.cells.get("vendor") or first.cells["product"]
        if not vendor.is_known and first.is_recipient and _AGENCY.search(vendor.name):
            tree = {"id": vendor.id, "name": vendor.name, "kind": "agency"}
            return Built("parties", tree, (first.grid, cell))
        built = Built("vendors", {"id": vendor.id}, (first.grid, cell))
        if not vendor.is_known:
            built.tree["name"] = vendor.name
        self._say_names(vendor, body, built)
        for name in ("privacy_url", "terms_url", "address"):
            for entry in vendor.entries:
                if name in entry.texts and name not in built.tree:
                    built.tree[name] = entry.texts[name]
                    built.cells[name] = (entry.grid, entry.cells[name])
        products = self._products(vendor, body)
        if products:
            built.tree["products"] = products
        return built

    def _say_names(self, vendor: _Vendor, body: AnyMapping[str, Any], built: Built) -> None:
        group = self._names.get(_fold(vendor.name))
        written = [entry.vendor for entry in vendor.entries if entry.vendor]
        aliases = [name for entry in vendor.entries for name in entry.aliases if entry.vendor]
        if group:
            aliases += [name for name in written if _fold(name) != _fold(vendor.name)]
        known_name = str(body.get("name") or vendor.name)
        found = {*body.get("aliases", ()), *aliases} - {known_name, vendor.name}
        if found:
            built.tree["aliases"] = sorted(found)
        addresses = [(address, entry) for entry in vendor.entries for address in entry.addresses]
        domains = {domain for address, _ in addresses if (domain := vendor_domain(host_of(address)))}
        if domains:
            built.tree["domains"] = sorted({*body.get("domains", ()), *domains})
        homes = sorted(
            (address for address, _ in addresses if vendor_domain(host_of(address))),
            key=lambda a: (a.count("/"), len(a), a),
        )
        if homes and not body.get("url"):
            built.tree["url"] = homes[0]
        if addresses:
            place = addresses[0][1]
            for name in ("domains", "url"):
                built.cells[name] = (place.grid, place.cells["website"])

    def _products(self, vendor: _Vendor, body: AnyMapping[str, Any]) -> list[Any]:
        found: dict[str, dict[str, Any]] = {}
        for item in body.get("products", ()):
            product = dict(item) if isinstance(item, dict) else {"name": item}
            found[_fold(str(product["name"]))] = product
        for rows in _by_product(vendor.entries):
            name = rows[0].product or (vendor.name if any(map(_says_of_product, rows)) else None)
            if name is None:
                continue
            product = found.setdefault(_fold(name), {"name": name})
            self._say_product(product, rows)
        return [product["name"] if list(product) == ["name"] else product for product in found.values()]

    def _say_product(self, product: dict[str, Any], rows: list[Entry]) -> None:
        takes_some = [row for row in rows if row.elements or row.takes_some]
        takes_none = [row for row in rows if row.takes_none]
        if takes_some and takes_none:
            row = takes_none[0]
            message = "The list says that no data is taken, and also that some is; the data is taken down."
            self.left_out.append(Problem(row.grid.place(row.cells["takes_none"]), message))
        if takes_none and not takes_some:
            product["student_data"] = "none"
        elif takes_some and (product.get("student_data") == "none" or not any(row.elements for row in rows)):
            product["student_data"] = "yes"
        for name in _PRODUCT_FIELDS:
            said = [row for row in rows if name in row.texts]
            if said and name == "grades":
                grades = {grade for row in said for grade in parse_grades(row.texts[name])}
                product[name] = format_grades(grades)
            elif said:
                product[name] = said[0].texts[name]
                for row in said[1:]:
                    if row.texts[name] != product[name]:
                        self._leave(row, name, f"The list says two things of {product['name']!r}; the first was taken")

    def _leave(self, entry: Entry, name: str, message: str) -> None:
        self.left_out.append(Problem(entry.grid.place(entry.cells[name]), f"{message}."))

    def _flow_rows(self, vendor: _Vendor, rows: list[Entry]) -> tuple[list[Built], list[Built]]:
        agreements: list[Built] = []
        flows: list[Built] = []
        for entry in rows:
            id = self._row_id(vendor, entry)
            agreement = self._agreement(vendor, entry, id)
            if agreement:
                agreement = _join_into(agreements, agreement, ("id",))
            if not entry.elements:
                self._mention_rest(entry)
            else:
                flow = self._flow(vendor, entry, id, agreement)
                if (
                    same := next((other for other in flows if _same(other, flow, ("id", "elements"))), None)
                ) is not None:
                    same.tree["elements"] = list(ordered({*same.tree["elements"], *flow.tree["elements"]}))
                    continue
                joined = _join_into(flows, flow, ("id", "audience"))
                if joined is not flow:
                    _widen(joined.tree, flow.tree)
        return agreements, flows

    def _mention_rest(self, entry: Entry) -> None:
        """Say what of a row has no place, as it names no data that is given."""
        for name in ("purpose", "legal_basis", "mandate", "note", *(() if entry.takes_none else ("schools",))):
            if name in entry.cells and (name != "schools" or entry.texts.get("all schools") != "all"):
                what, field_name = shown(entry.cells[name].text), name.replace("_", " ")
                why = f"was not read: it says the {field_name} of data, and the row names none that is given"
                self._leave(entry, name, f"{what} {why}")

    def _row_id(self, vendor: _Vendor, entry: Entry) -> str:
        """Return the id for what a row says of a product; another vendor's product of that name goes before."""
        id = make_slug(entry.product or "") or vendor.id
        owner = self._row_ids["flows"].setdefault(id, vendor.id)
        return id if owner == vendor.id else f"{vendor.id[:49]}-{id[:49]}".strip("-")

    def _agreement(self, vendor: _Vendor, entry: Entry, id: str) -> Built | None:
        said = {name: entry.texts[name] for name in _AGREEMENT_FIELDS if name in entry.texts}
        number = entry.texts.get("agreement number")
        if not said and not number:
            return None
        first = next(entry.cells[name] for name in (*_AGREEMENT_FIELDS, "agreement number") if name in entry.cells)
        own = make_slug(number) if number else ""
        wanted = own or f"{id[:90].strip('-')}-contract"
        if self._row_ids["agreements"].setdefault(wanted, vendor.id) != vendor.id:
            wanted = f"{vendor.id[:49]}-{wanted[:49]}".strip("-")
        built = Built("agreements", {"id": wanted, "vendor": vendor.id}, (entry.grid, first))
        built.tree["kind"] = said.pop("kind", None) or self._mapping.agreement_kind or AGREEMENT_KIND
        built.tree.update(said)
        if number:
            built.tree["number"] = number
        if entry.product:
            built.tree["products"] = [entry.product]
        for name in said:
            built.cells[name] = (entry.grid, entry.cells[name])
        return built

    def _flow(self, vendor: _Vendor, entry: Entry, id: str, agreement: Built | None) -> Built:
        built = Built("flows", {"id": id, "to": vendor.id}, (entry.grid, entry.cells["elements"]))
        built.tree["elements"] = list(entry.elements)
        if entry.product:
            built.tree["product"] = entry.product
        for name in ("purpose", "legal_basis", "mandate"):
            if name in entry.texts:
                built.tree[name] = entry.texts[name]
        if "note" in entry.texts:
            built.tree["note"] = entry.texts["note"]
        if agreement:
            built.tree["agreement"] = agreement.tree["id"]
        audience: dict[str, Any] = {}
        if schools := self._find_schools(entry):
            audience["schools"] = schools
        if "grades" in entry.texts:
            audience["grades"] = entry.texts["grades"]
        if audience:
            built.tree["audience"] = audience
        for name, cell in entry.cells.items():
            built.cells["audience" if name in ("schools", "grades") else name] = (entry.grid, cell)
        return built

    def _find_schools(self, entry: Entry) -> list[str]:
        """Return the schools that a row names; none where one is unknown, for the others would then be too few."""
        names = entry.schools
        if not names or "all schools" in entry.texts:
            return []
        whole = self._schools.get(_fold(names[0]))
        if whole and len(whole) == 1:
            return sorted(whole)
        pieces = names[1:] if len(names) > 1 else names
        found = {piece: self._schools.get(_fold(piece), set()) for piece in pieces}
        unknown = [piece for piece, ids in found.items() if len(ids) != 1]
        if unknown:
            cell = entry.cells.get("schools") or entry.cells["bracket"]
            listed = ", ".join(map(repr, unknown))
            message = f"The catalog has no school called {listed}, so the flow counts for all schools."
            self.left_out.append(Problem(entry.grid.place(cell), message, "Add the schools first, and plan again."))
            return []
        return sorted({id for ids in found.values() for id in ids})


def _says_of_product(row: Entry) -> bool:
    """Tell whether a row that names no product says what only a product has: then it has its vendor's name."""
    is_taken = row.takes_none or (row.takes_some and not row.elements)
    return is_taken or any(name in row.texts for name in _PRODUCT_FIELDS if name != "grades" or not row.elements)


def _join_into(kept: list[Built], built: Built, but: tuple[str, ...]) -> Built:
    """Add a row to those of its product, or return the one that says the same; ids that are taken get a number."""
    same = next((other for other in kept if _same(other, built, but)), None)
    if same is not None:
        return same
    base, count = built.tree["id"], 1
    while any(other.tree["id"] == built.tree["id"] for other in kept):
        count += 1
        built.tree["id"] = f"{base}-{count}"
    kept.append(built)
    return built


def _widen(tree: dict[str, Any], other: dict[str, Any]) -> None:
    """Let an audience hold another one too; one that is not limited stays so."""
    mine, theirs = tree.get("audience", {}), other.get("audience", {})
    joined = {}
    if mine.get("grades") == theirs.get("grades"):
        if "grades" in mine:
            joined["grades"] = mine["grades"]
        if "schools" in mine and "schools" in theirs:
            joined["schools"] = sorted({*mine["schools"], *theirs["schools"]})
    tree["audience"] = joined
    if not joined:
        del tree["audience"]


def _same(one: Built, other: Built, but: tuple[str, ...]) -> bool:
    return {k: v for k, v in one.tree.items() if k not in but} == {k: v for k, v in other.tree.items() if k not in but}


def _by_product(entries: Iterable[Entry]) -> list[list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(_fold(entry.product or ""), []).append(entry)
    return list(found.values())


def _by_name(names: Iterable[tuple[str, str, str]], target: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for kind, name, id in names:
        if kind == target:
            found.setdefault(_fold(name), set()).add(id)
    return found


@lru_cache(maxsize=4096)
def _fold(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def describe_row(built: Built) -> str:
    """Return what a row says in a few words: `Zoom: Zoom Meetings; Zoom Rooms (takes no student data)`."""
    tree = built.tree
    if built.list == "flows":
        return f"{tree.get('product') or tree['to']}: {', '.join(tree['elements'])}"
    if built.list == "agreements":
        ends = f", until {tree['expires']}" if "expires" in tree else ""
        return f"{tree['vendor']}{ends}"
    products = "; ".join(map(_describe_product, tree.get("products", ())))
    name = str(tree.get("name", ""))
    return f"{name}: {products}" if products and name else name or products


def _describe_product(product: Any) -> str:
    if isinstance(product, str):
        return product
    return (
        f"{product['name']} (takes no student data)" if product.get("student_data") == "none" else str(product["name"])
    )
