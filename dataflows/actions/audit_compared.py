"""Is the list of vendors complete?  The vendors are set beside a list from outside: the web filter's, accounts payable.

A list is read as `map-columns` reads it.  A name is a vendor of the catalog where a domain is that
vendor's, or where the name is its own, one of its other names, or a product's.  Nothing else of the
list is looked at, and nothing of it is copied: it may hold what no catalog may.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from dataflows.reporting.audit_facts import Comparison, Met
from dataflows.sources.district_list.domains import host_of, vendor_domain
from dataflows.sources.district_list.entries import EntryReader
from dataflows.sources.district_list.propose import propose_mapping, refuse_students
from dataflows.sources.district_list.spellings import vendor_key
from dataflows.sources.grid_files import read_grids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.model.parties import Vendor
    from dataflows.model.snapshot import Snapshot
    from dataflows.sources.district_list.entry import Entry
    from dataflows.sources.district_list.mapping import Mapping


def compare_with_list(snapshot: Snapshot, file: str) -> Comparison:
    """Set the vendors of a catalog beside those of a list; raises InputError where the list can't be read."""
    mapping = propose_mapping(file)
    entries = list(_entries(file, mapping))
    known = _known(snapshot)
    found: dict[str, Met] = {}
    for entry in entries:
        met = _meet(entry, known)
        key = met.vendor or vendor_key(entry.owner)
        found[key] = _joined(found[key], met) if key in found else met
    missing = [
        Met(vendor=vendor.id, vendor_name=vendor.name, domains=_domains_of(vendor))
        for vendor in snapshot.vendors.values()
        if vendor.id not in found
    ]
    order = {"list only": 0, "both": 1, "catalog only": 2}
    rows = sorted([*found.values(), *missing], key=lambda row: (order[row.where], row.name.casefold(), row.vendor))
    digest = sha256(Path(file).read_bytes()).hexdigest()
    return Comparison(
        file=Path(file).name, sha256=digest, rows=len(entries), met=tuple(rows), remarks=tuple(mapping.remarks)
    )


def _entries(file: str, mapping: Mapping) -> Iterator[Entry]:
    grids = {grid.name: grid for grid in read_grids(file)}
    for sheet in mapping.sheets:
        grid = grids[sheet.name]
        if refuse_students(grid) is None:
            yield from EntryReader(grid, sheet).entries()


def _domains_of(vendor: Vendor) -> tuple[str, ...]:
    """Return the domains by which a vendor is known, and that of its own page."""
    own = (vendor_domain(host_of(vendor.url)),) if vendor.url else ()
    named = ((vendor_domain(domain) or domain.lower()) for domain in vendor.domains)
    return tuple(dict.fromkeys(domain for domain in (*named, *own) if domain))


def _known(snapshot: Snapshot) -> dict[str, Vendor]:
    """Return the vendors by what they may be called: domains first, then names, other names and products."""
    vendors = snapshot.vendors.values()
    known: dict[str, Vendor] = {}
    for vendor in vendors:
        for domain in _domains_of(vendor):
            known.setdefault(f"@{domain}", vendor)
    for vendor in vendors:
        known.setdefault(vendor_key(vendor.name), vendor)
    for vendor in vendors:
        for name in (*vendor.aliases, *(product.name for product in vendor.products)):
            known.setdefault(vendor_key(name), vendor)
    return known


def _meet(entry: Entry, known: dict[str, Vendor]) -> Met:
    names = [name for name in (entry.vendor, entry.product, *entry.aliases) if name]
    words = (*(f"@{domain}" for domain in entry.domains), *(vendor_key(name) for name in names))
    vendor = next((known[word] for word in words if word in known), None)
    cell = entry.cells.get("vendor") or entry.cells.get("product")
    return Met(
        name=entry.owner,
        domains=entry.domains,
        vendor=vendor.id if vendor else "",
        vendor_name=vendor.name if vendor else "",
        place=str(entry.grid.cell_name(cell)) if cell else f"row {entry.row.number}",
    )


def _joined(one: Met, other: Met) -> Met:
    """Return what two rows of a list say of one name."""
    domains = tuple(dict.fromkeys((*one.domains, *other.domains)))
    names = dict.fromkeys((*one.name.split("; "), other.name))
    return Met(
        name="; ".join(names),
        domains=domains,
        vendor=one.vendor,
        vendor_name=one.vendor_name,
        place=f"{one.place}; {other.place}",
    )
