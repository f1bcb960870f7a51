"""The index of a published package: one page that opens in any browser and says what went out, when, and where.

It is in English, for the office, an auditor or a regulator; every file is a link beside its digest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from babel.lists import format_list
from markupsafe import Markup

from dataflows.model.manifests import CATALOG, MANIFEST, NOTE, SENT, SUMS
from dataflows.reporting.customs import customs_of
from dataflows.reporting.pages import digest_of, html_environment, read_style

if TYPE_CHECKING:
    from dataflows.model.manifests import Manifest

CHANNEL_WORDS = {
    "handbook": "in the handbook",
    "mail": "by mail",
    "email": "by e-mail",
    "web": "on the web",
    "newspaper": "in a newspaper",
}


def render_index(manifest: Manifest) -> str:
    """Return the page."""
    customs = customs_of("en_US")
    styles = [read_style("shared/style.css"), read_style("publication/style.css")]
    documents = manifest.documents
    return (
        html_environment()
        .get_template("publication/index.html.j2")
        .render(
            manifest=manifest,
            year=manifest.school_year.replace("-", "–"),
            names={"manifest": MANIFEST, "sums": SUMS, "note": NOTE, "catalog": CATALOG},
            sent=[document for document in documents if document.sent],
            edited=sum(document.state == SENT for document in documents),
            languages=_listed(customs.languages(dict.fromkeys(row.language for row in documents))),
            language=customs.language,
            day=customs.day,
            channels=lambda row: _listed([CHANNEL_WORDS.get(word, word) for word in row.channels]),
            address=lambda place: quote(place, safe="/"),
            name_of=lambda place: place.rpartition("/")[2],
            styles=[Markup(style) for style in styles],  # noqa: S704 - our own files
            style_digests=[digest_of(style) for style in styles],
        )
    )


def _listed(words: list[str]) -> str:
    return format_list(words, locale="en_US")
