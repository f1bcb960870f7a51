"""Every page is valid HTML, the feed is Atom, and the data are JSON-LD, for the parsers that others read them with."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import TYPE_CHECKING

import feedparser
import html5lib
import pytest
from pyld import jsonld

from dataflows.actions.draw_map import FORMS, Marks, draw_map
from dataflows.reporting.portal.changes import Changes
from tests.machine import CHECKOUT
from tests.portals import make_portal
from tests.snapshots import snapshot_of
from tests.unit.actions.test_portal import NAMES, OAK
from tests.unit.maps.examples import VIDEO
from tests.unit.maps.test_draw import hostile
from tests.unit.reporting.portal.test_public_fields import whole_catalog

if TYPE_CHECKING:
    from pathlib import Path

    from dataflows.model.snapshot import Snapshot

EMPTY = "vendors: []"
DATED = NAMES.replace("elements: [email]", "elements: [email], starts: 2026-09-01")
FLOWS = tuple(f"f{number}" for number in range(1, 8))


def check(html: str) -> None:
    """Parse as browsers do; the first thing that the standard calls an error is raised."""
    html5lib.HTMLParser(strict=True).parse(html)


@pytest.mark.parametrize("name", ["maple", "oak", "names", "whole", "empty"])
def test_every_page_of_a_site_is_valid(name: str, tmp_path: Path) -> None:
    maple = (CHECKOUT / "tests" / "data" / "maple.yaml").read_text(encoding="utf-8")
    given = {"maple": maple, "oak": OAK, "names": NAMES, "whole": whole_catalog()[0], "empty": EMPTY}[name]
    make_portal(given, tmp_path / "site")
    pages = sorted((tmp_path / "site").rglob("*.html"))

    assert len(pages) > 8
    for page in pages:
        try:
            check(page.read_text(encoding="utf-8"))
        except html5lib.html5parser.ParseError as fault:
            pytest.fail(f"{page.relative_to(tmp_path)}: {fault}")


@pytest.mark.parametrize("view", ["overview", "matrix", "network", "summary", "vendor", "element"])
@pytest.mark.parametrize("name", ["video", "hostile", "empty"])
def test_every_page_of_a_map_is_valid(name: str, view: str) -> None:
    snapshot: Snapshot = {"video": snapshot_of(VIDEO), "hostile": hostile(), "empty": snapshot_of(EMPTY)}[name]
    subject = {"vendor": next(iter(snapshot.vendors), ""), "element": "email"}.get(view)
    if subject == "":
        return
    marks = Marks(is_audited=view in ("network", "vendor", "matrix") and "html" in FORMS.get(view, ("html",)))

    check(draw_map(snapshot, view, subject, "html", marks=marks).decode())


@pytest.mark.parametrize(("given", "changed"), [(OAK, ("accounts", "hosting")), (DATED, FLOWS)])
def test_the_feed_is_read_without_a_complaint(given: str, changed: tuple[str, ...], tmp_path: Path) -> None:
    days = (date(2025, 10, 1), date(2026, 10, 1))
    make_portal(given, tmp_path / "site", changes=Changes(*days, added=changed))

    for path in (tmp_path / "site").rglob("feed.xml"):
        read = feedparser.parse(io.BytesIO(path.read_bytes()))
        assert not read.bozo
        assert read.version == "atom10"
        assert len(read.entries) == len(changed)
        ids = [read.feed.id, *(entry.id for entry in read.entries)]
        assert len(set(ids)) == len(ids)
        assert all(entry.title and entry.updated_parsed for entry in read.entries)
        assert read.feed.title
        assert read.feed.updated_parsed
        assert read.feed.author


@pytest.mark.parametrize("given", [OAK, NAMES, EMPTY])
def test_the_linked_data_are_a_graph_in_which_every_name_is_known(given: str, tmp_path: Path) -> None:
    make_portal(given, tmp_path / "site")
    text = (tmp_path / "site" / "open-data" / "catalog.jsonld").read_text(encoding="utf-8")
    graph = jsonld.to_rdf(json.loads(text))["@default"]
    names = {part["value"] for row in graph for part in row.values() if part["type"] == "IRI"}

    assert given == EMPTY or len(graph) > 10
    assert {name.partition("#")[0] for name in names if ":" not in name} == set()
    assert any(name.startswith("https://w3id.org/dpv#") for name in names)
