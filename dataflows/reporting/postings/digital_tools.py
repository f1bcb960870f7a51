"""Maryland's list of digital tools: those approved, and those known to be used and not approved (Educ. 4-131(p))."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dataflows.model.parties import Product
from dataflows.reporting.choices import purposes_of
from dataflows.reporting.postings.missing import MissingFact, missing_fact
from dataflows.reporting.postings.naming import say_gap
from dataflows.reporting.postings.posting import find_posting, publish, teller_for

if TYPE_CHECKING:
    from collections.abc import Collection

    from dataflows.model.parties import Vendor
    from dataflows.reporting.district_texts import Told
    from dataflows.reporting.document import Document
    from dataflows.reporting.kinds import Order
    from dataflows.reporting.telling import Teller
    from dataflows.reporting.views import ElementView

_HEADINGS = ("system", "tool", "provider", "status", "purpose", "data_elements")
_UNUSED = ("prohibited", "retired")


@dataclass(frozen=True, slots=True)
class ToolView:
    """One tool, its provider, and what it gets."""

    name: str
    provider: str
    status: str | None
    takes_none: bool
    purposes: tuple[Told, ...]
    elements: tuple[ElementView, ...]


def compose(order: Order) -> Document:
    """Return the list of digital tools for the snapshot's day."""
    snapshot = order.snapshot
    posting = find_posting(snapshot, order.kind)
    teller = teller_for(posting, order)
    missing: list[MissingFact] = []
    getting = {flow.receiver for flow in snapshot.flows if snapshot.is_source(snapshot.sender_of(flow))}
    tools = [
        _tool(vendor, product, teller, missing)
        for vendor in snapshot.vendors.values()
        for product in vendor.products or _unnamed(vendor, getting)
        if product.status not in _UNUSED
    ]
    tools.sort(key=lambda tool: (tool.name.casefold(), tool.name, tool.provider))
    made = publish(
        order,
        posting,
        teller,
        missing,
        approved=tuple(tool for tool in tools if tool.status == "approved"),
        unapproved=tuple(tool for tool in tools if tool.status == "known_unapproved"),
        undecided=tuple(tool for tool in tools if tool.status is None),
        law=posting.cite,
    )
    return replace(made, table=(_HEADINGS, *(_row(tool, order, teller) for tool in tools)))


def _unnamed(vendor: Vendor, getting: Collection[str]) -> tuple[Product, ...]:
    """Return, under its vendor's name, the tool of one that gets data from us and of which no product is on record."""
    return (Product(name=vendor.name),) if vendor.id in getting else ()


def _tool(vendor: Vendor, product: Product, teller: Teller, missing: list[MissingFact]) -> ToolView:
    """Return a tool, and add what it lacks to what is missing."""
    snapshot = teller.snapshot
    named = {row.name for row in vendor.products} | {row.id for row in vendor.products if row.id}
    into = [flow for flow in snapshot.flows if flow.receiver == vendor.id]
    # A flow that names no product is told of each of its vendor's.
    flows = [flow for flow in into if flow.product in (product.name, product.id) or flow.product not in named]
    takes_none = product.student_data == "none"
    view = ToolView(
        name=product.name,
        provider=vendor.name,
        status=product.status,
        takes_none=takes_none,
        purposes=() if takes_none else purposes_of(flows, teller),
        elements=() if takes_none else _elements({id for flow in flows for id in flow.elements}, teller),
    )
    where = f"vendors.{vendor.id}.products"
    if view.status is None:
        missing.append(missing_fact(product.name, where))
    if not takes_none and not view.elements:
        missing.append(MissingFact(product.name, f"{where}.student_data", "vendor"))
    elif not takes_none and not view.purposes:
        missing += [missing_fact(product.name, f"flows.{flow.id}.purpose") for flow in flows]
    return view


def _row(tool: ToolView, order: Order, teller: Teller) -> tuple[object, ...]:
    """Return a tool as a row of the state's list."""
    gap = say_gap(teller.language, order.issued)
    nothing = [] if tool.takes_none else [gap]
    purposes, elements = [str(purpose) for purpose in tool.purposes], [str(row.name) for row in tool.elements]
    district = order.snapshot.district.name
    return district, tool.name, tool.provider, tool.status or gap, purposes or nothing, elements or nothing


def _elements(ids: set[str], teller: Teller) -> tuple[ElementView, ...]:
    return tuple(teller.element(id) for id in teller.elements(ids))
