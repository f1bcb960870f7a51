"""Utah's metadata dictionary: each kind of data defined; each recipient with purpose, mandate and ground.

Where the district has not defined a kind of data, the plain words for it that families read stand in;
only for one of its own, which has none, is a definition missing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dataflows.law.bases import find_basis, format_citation
from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.reporting.choices import purpose_of
from dataflows.reporting.concerned import find_concerned
from dataflows.reporting.holders import HolderTeller
from dataflows.reporting.postings.missing import MissingFact, missing_fact
from dataflows.reporting.postings.naming import say_gap
from dataflows.reporting.postings.posting import build_posting, find_posting, publish, teller_for
from dataflows.reporting.telling import Teller

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataflows.graph.edges import Search
    from dataflows.graph.standing import Standing
    from dataflows.reporting.district_texts import Told
    from dataflows.reporting.document import Document
    from dataflows.reporting.kinds import Order
    from dataflows.reporting.views import ElementView


_HEADINGS = ("recipient", "purpose", "federal", "state", "local", "permitted_by", "data_elements")
_MANDATES = ("federal", "state", "local")


@dataclass(frozen=True, slots=True)
class DefinedView:
    """One kind of data, and what it is."""

    element: ElementView
    definition: Told | None
    plain: ElementView | None
    """By the words for families; None: it is the district's own, and has none."""
    necessity: str | None


@dataclass(frozen=True, slots=True)
class SharedUseView:
    """Data that goes to a recipient for one purpose, on one ground."""

    purpose: Told | None
    elements: tuple[ElementView, ...]
    mandate: str | None
    mandate_cite: str | None
    basis: str | None


@dataclass(frozen=True, slots=True)
class RecipientView:
    """One recipient, and all that it gets."""

    name: str
    full_name: str
    uses: tuple[SharedUseView, ...]


def compose(order: Order) -> Document:
    """Return the metadata dictionary for the snapshot's day."""
    snapshot = order.snapshot
    posting = find_posting(snapshot, order.kind)
    teller = teller_for(posting, order)
    view, missing = build_posting(posting, teller)
    concerned = find_concerned(snapshot, None, None)
    tell = HolderTeller(teller, concerned, is_narrowed=False)
    recipients = [_recipient(party, items, concerned.search, teller, missing) for party, items in tell.getting.items()]
    recipients.sort(key=lambda one: (one.name.casefold(), one.name))
    shared = {element.id for one in recipients for use in one.uses for element in use.elements}
    collected = {element.id for use in view.own for element in use.elements}
    plain = Teller(snapshot, order.language)
    elements = [_defined(id, teller, plain, missing) for id in snapshot.taxonomy.sorted(shared | collected)]
    made = publish(
        order,
        posting,
        teller,
        missing,
        posting=view.with_gaps(missing),
        elements=tuple(elements),
        tells_necessity=any(row.necessity for row in elements),
        recipients=tuple(recipients),
        law=posting.cite,
    )
    gap = say_gap(order.language, order.issued)
    return replace(made, table=(_HEADINGS, *(_row(one, use, gap) for one in recipients for use in one.uses)))


def _recipient(
    party: str, items: Iterable[Standing], search: Search, teller: Teller, missing: list[MissingFact]
) -> RecipientView:
    """Return a recipient, and add what is not known of its flows to what is missing."""
    snapshot = teller.snapshot
    name = snapshot.name_of(party)
    found: dict[tuple[Told | None, str | None, str | None, str | None], int] = {}
    for item in items:
        flow = snapshot.all_flows[item.edge.flow]
        key = (purpose_of(flow, teller), flow.mandate, flow.mandate_cite, _ground(flow.legal_basis))
        found[key] = found.get(key, 0) | item.coming
        missing += [
            missing_fact(name, f"flows.{flow.id}.{field}")
            for field in ("purpose", "mandate", "legal_basis")
            if getattr(flow, field) is None
        ]
    uses = tuple(
        SharedUseView(purpose, _elements(search.elements_in(bits), teller), mandate, cite, basis)
        for (purpose, mandate, cite, basis), bits in found.items()
    )
    return RecipientView(teller.party(party), name, uses)


def _row(recipient: RecipientView, use: SharedUseView, gap: str) -> tuple[object, ...]:
    """Return a use as a row of the state's spreadsheet, which has a column for each kind of mandate."""
    mandates = [(use.mandate_cite or "x") if use.mandate == name else "" for name in _MANDATES]
    if use.mandate is None:
        mandates = [gap] * len(_MANDATES)
    purpose = str(use.purpose) if use.purpose else gap
    return recipient.full_name, purpose, *mandates, use.basis or gap, [str(row.name) for row in use.elements]


def _ground(citation: str | None) -> str | None:
    basis = find_basis(citation) if citation else None
    if citation is None or basis is None:
        return citation
    return format_citation(citation if citation[:1].isdigit() else basis.record_cite)


def _elements(ids: Iterable[str], teller: Teller) -> tuple[ElementView, ...]:
    return tuple(teller.element(id) for id in teller.elements(ids))


def _defined(id: str, teller: Teller, plain: Teller, missing: list[MissingFact]) -> DefinedView:
    known = teller.snapshot.taxonomy.elements.get(id)
    definition = teller.tell_if(f"elements.{id}.definition", known.definition) if known else None
    is_ours = id in builtin_taxonomy()
    if definition is None and not is_ours:
        missing.append(missing_fact(teller.snapshot.district.name, f"elements.{id}.definition"))
    return DefinedView(
        teller.element(id), definition, plain.element(id) if is_ours else None, known.necessity if known else None
    )
