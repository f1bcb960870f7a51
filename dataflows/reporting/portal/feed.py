"""The Atom feed of what changed (RFC 4287), one in each language."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from dataflows.reporting.portal.site_views import ChangeView, SiteView

MOST = 100
"""How many entries a feed has."""


def write_feed(
    site: SiteView, changes: Sequence[ChangeView], title: str, *, sentence: Callable[[ChangeView], str], district: str
) -> bytes:
    """Return the feed; a day stands for its beginning in UTC, so the same changes give the same bytes."""
    dated = [change for change in changes if change.day is not None][:MOST]
    address = site.brand.address or ""
    here = f"{address}{site.language}/"
    newest = max((change.day for change in dated if change.day), default=site.since)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(site.language)}>',
        f"<id>{_id(district, 'feed', site.language)}</id>",
        f"<title>{escape(title)}</title>",
        f"<updated>{_moment(newest)}</updated>",
        f"<author><name>{escape(site.district)}</name></author>",
        f"<link href={quoteattr(here + 'changes.html' if address else 'changes.html')}/>",
    ]
    if address:
        lines.append(f'<link rel="self" type="application/atom+xml" href={quoteattr(here + "feed.xml")}/>')
    for change in dated:
        lines += _entry(change, sentence(change), here if address else "", district)
    return "\n".join([*lines, "</feed>", ""]).encode()


def _entry(change: ChangeView, words: str, here: str, district: str) -> list[str]:
    if change.day is None:
        return []
    return [
        "<entry>",
        f"<id>{_id(district, change.what, change.flow)}</id>",
        f"<title>{escape(words)}</title>",
        f"<updated>{_moment(change.day)}</updated>",
        f"<link href={quoteattr(here + (change.href or 'changes.html'))}/>",
        f"<summary>{escape(change.purpose.text if change.purpose else words)}</summary>",
        "</entry>",
    ]


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _id(*parts: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, '/'.join(('dataflows', *parts)))}"
