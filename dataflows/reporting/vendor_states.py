"""The three states of a vendor that families are told of, and the one that is not known yet.

It receives data now; it is no longer used and may still hold data; it takes no student data.  Every
document for families tells them apart in the same way, read off flows and products.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.reporting.concerned import find_concerned
from dataflows.reporting.views import VendorStatesView

if TYPE_CHECKING:
    from collections.abc import Collection

    from dataflows.model.parties import Vendor
    from dataflows.reporting.telling import Teller

_UNUSED = ("prohibited", "retired")


def tell_states(teller: Teller) -> VendorStatesView:
    """Return in which state each vendor is on the snapshot's day, of all students."""
    snapshot = teller.snapshot
    standings = find_concerned(snapshot, None, None).standings
    now = {item.edge.receiver for item in standings if item.coming}
    left = {item.edge.receiver for item in standings if item.kept} - now
    none = {vendor.id for vendor in snapshot.vendors.values() if takes_no_data(vendor)} - now - left
    vendors = snapshot.vendors.keys()
    return VendorStatesView(*(_names(group & vendors, teller) for group in (now, left, none)))


def takes_no_data(vendor: Vendor) -> bool:
    """Tell whether the catalog says of all that a vendor offers that it takes no student data."""
    offered = [product for product in vendor.products if product.status not in _UNUSED]
    return bool(offered) and all(product.student_data == "none" for product in offered)


def _names(ids: Collection[str], teller: Teller) -> tuple[str, ...]:
    return tuple(sorted((teller.party(id) for id in ids), key=lambda name: (name.casefold(), name)))
