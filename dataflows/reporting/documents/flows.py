"""The picture of how much of what goes where, as a document shows it: its flows, and in figures what it shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from dataflows.maps.summary.facts import summarize as summarize_flows
from dataflows.maps.summary.small import draw_small
from dataflows.reporting.concerned import find_concerned
from dataflows.reporting.customs import customs_of
from dataflows.reporting.documents.views import BandsView, FlowPictureView
from dataflows.reporting.messages import find_language, languages
from dataflows.reporting.picture_words import picture_words
from dataflows.reporting.pictures import Picture

if TYPE_CHECKING:
    from dataflows.maps.summary.facts import Bar, Summary
    from dataflows.reporting.customs import Customs
    from dataflows.reporting.kinds import Order

PICTURE = "flows"
"""What the picture is called in a document."""


class ShownFlows(NamedTuple):
    """The picture, and what it shows."""

    told: FlowPictureView
    drawn: Picture


def show_flows(order: Order) -> ShownFlows | None:
    """Return the picture of the flows that concern the students whom a document is about; None where there are none."""
    flows = _flows(order)
    if not flows.bands:
        return None
    drawn, dark = draw_small(flows), draw_small(flows, "dark").content
    return ShownFlows(_told(flows, order.language), Picture(drawn.content, "svg", drawn.width, drawn.height, dark))


def _flows(order: Order) -> Summary:
    snapshot, about = order.snapshot, order.about
    if about.school or about.grade:
        concerned = find_concerned(snapshot, about.school, about.grade)
        brought = {item.edge.flow: concerned.search.elements_in(item.coming) for item in concerned.standings}
        kept = {id: replace(snapshot.all_flows[id], elements=elements) for id, elements in brought.items() if elements}
        snapshot = replace(snapshot, all_flows=kept)
    return summarize_flows(snapshot, picture_words(snapshot, order.language, order.look))


def _told(flows: Summary, language: str) -> FlowPictureView:
    """Return in figures all that the picture shows."""
    number = _customs(language).number
    names = {bar.id: bar.label for bar in flows.families}

    def bands(bars: tuple[Bar, ...], end: str) -> tuple[BandsView, ...]:
        counts = flows.joined(end, "family")
        return tuple(
            BandsView(
                bar.label,
                number(bar.count),
                tuple((name, number(counts[bar.id, id])) for id, name in names.items() if (bar.id, id) in counts),
            )
            for bar in bars
        )

    return FlowPictureView(
        title=str(flows.words["title"]),
        lead=str(flows.words["lead"]),
        heads=tuple(str(head) for head in flows.words["heads"]),
        sources=bands(flows.sources, "source"),
        groups=bands(flows.groups, "group"),
    )


def _customs(language: str) -> Customs:
    known = find_language(language)
    return customs_of((known or languages()["en"]).format)
