"""Who has students' data, on one page: the three states of a vendor by name, and what is most private."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dataflows.reporting.disclosures import build_disclosures
from dataflows.reporting.document import make_document
from dataflows.reporting.documents.flows import PICTURE, show_flows
from dataflows.reporting.documents.summary_room import CODE, NOTE, has_room
from dataflows.reporting.documents.views import RowView, SummaryView
from dataflows.reporting.look import LETTERHEAD
from dataflows.reporting.telling import Teller

if TYPE_CHECKING:
    from dataflows.reporting.disclosure_views import DisclosuresView, HolderView, NoDataView
    from dataflows.reporting.document import Document
    from dataflows.reporting.documents.flows import ShownFlows
    from dataflows.reporting.kinds import Order

_MOST_ROWS = 18
"""Receivers up to which each has a row of its own; more stand as names alone, or one page would not do."""
_MOST_NAMES = 120
_PURPOSES_SHOWN = 2


def compose(order: Order) -> Document:
    """Return the page; the whole answer is the document `disclosures`."""
    teller = Teller(order.snapshot, order.language)
    whole = build_disclosures(teller, order.about.school, order.about.grade)
    shown = show_flows(order)
    silent = Teller(order.snapshot, order.language)
    notice = _fitting(summarize(whole), shown, (_notes(order, teller), _notes(order, silent)))
    drawn = {PICTURE: shown.drawn} if shown and notice.picture else {}
    if not notice.rows:
        teller = silent  # purposes stand in rows alone, and without them no text is there to lack a language
    return make_document(order, "notice/disclosures-summary.md.j2", teller, drawn=drawn, notice=notice)


def summarize(whole: DisclosuresView) -> SummaryView:
    """Return what may stand on the page, without the picture."""
    private = {count.element.id for count in whole.private}
    holders = whole.holders
    return SummaryView(
        whole=whole,
        rows=tuple(_row(holder, private) for holder in holders) if len(holders) <= _MOST_ROWS else (),
        now=_short(tuple(holder.name for holder in holders)),
        left=_short(tuple(holder.name for holder in whole.left)),
        no_data=_short(tuple(name for view in whole.no_data for name in _taking_nothing(view))),
        not_known=_short(whole.not_known),
        picture=None,
    )


def _taking_nothing(view: NoDataView) -> tuple[str, ...]:
    """Return by what names a vendor takes no data: by single products, where others of it do."""
    return tuple(f"{product} ({view.name})" for product in view.products) or (view.name,)


def _notes(order: Order, teller: Teller) -> float:
    """Return how tall stands what only some pages have: notes on the translation, a picture over the name, a code."""
    head = order.look.pictures.get(LETTERHEAD) if order.look else None
    code = CODE if teller.pictures() else 0.0
    banner = head.height if head and head.is_banner else 0.0
    return NOTE * ((not teller.is_reviewed) + bool(teller.missing)) + banner + code


def _fitting(view: SummaryView, shown: ShownFlows | None, notes: tuple[float, float]) -> SummaryView:
    """Return of the view what has room: rows before the picture, and it before names alone.

    `notes` are how tall the notes stand with rows and without.
    """
    named = replace(view, rows=())
    bare = replace(named, now=(), left=(), no_data=(), not_known=())
    for tried in (view, named, bare) if view.rows else (named, bare):
        for picture in (shown, None) if shown else (None,):
            chosen = replace(tried, picture=picture.told if picture else None)
            if has_room(chosen, notes[not chosen.rows] + (picture.drawn.height if picture else 0.0)):
                return chosen
    return bare


def _row(holder: HolderView, private: set[str]) -> RowView:
    purposes = tuple(dict.fromkeys(use.purpose for use in holder.uses if use.purpose))
    return RowView(
        name=holder.name,
        purposes=purposes[:_PURPOSES_SHOWN],
        more_purposes=len(purposes) - _PURPOSES_SHOWN if len(purposes) > _PURPOSES_SHOWN else 0,
        kinds=len(holder.elements),
        may_refuse=holder.may_refuse,
        is_private=any(element.id in private for element in holder.elements),
    )


def _short(names: tuple[str, ...]) -> tuple[str, ...]:
    return names if len(names) <= _MOST_NAMES else ()
