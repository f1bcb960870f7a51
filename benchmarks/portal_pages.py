"""Renders the pages of a portal by Jinja2 alone, and prints the seconds that this took: what `portal` is set against.

    python -m benchmarks.portal_pages CATALOG

What the templates are given is gathered first, and not counted.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from dataflows.actions.asking import read_snapshot
from dataflows.catalog.database import Address
from dataflows.reporting.portal.changes import Changes
from dataflows.reporting.portal.facts import Facts
from dataflows.reporting.portal.language_site import LanguageSite
from dataflows.reporting.portal.site import Site, site_languages

if TYPE_CHECKING:
    from dataflows.reporting.portal.site_views import PageView


class RecordedSite(LanguageSite):
    """A site that notes which template is rendered with what, and renders nothing."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.pages: list[tuple[str, dict[str, Any]]] = []

    def _render(self, template: str, page: PageView, **views: Any) -> bytes:
        self.pages.append((template, {"page": page, **self._common, **views}))
        return b""


def main(catalog: str) -> None:
    """Render every page of a catalog's site in every language."""
    day = datetime.now(UTC).date()
    snapshot = read_snapshot(Address.parse(catalog), None, day)
    site = Site(snapshot=snapshot, bodies={}, changes=Changes(day, day))
    tags = site_languages(snapshot)
    facts = Facts(snapshot)
    sites = [RecordedSite(site, facts, tag, dict.fromkeys(tags, "Language")) for tag in tags]
    for one in sites:
        list(one.files())
    began = time.process_time()
    for one in sites:
        for template, views in one.pages:
            one.environment.get_template(f"portal/{template}.html.j2").render(views)
    print(time.process_time() - began)


if __name__ == "__main__":
    main(sys.argv[1])
