"""The words of the picture on the front page in a language: how much of what goes where, as families say it."""

from __future__ import annotations

import json
from html import unescape
from typing import TYPE_CHECKING, Any

from dataflows.maps.summary.facts import read_summary_words
from dataflows.reporting.messages import find_language
from dataflows.reporting.portal.sentences import FILE, portal_environment

if TYPE_CHECKING:
    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.look import Look


def picture_words(snapshot: Snapshot, language: str, look: Look | None = None) -> dict[str, Any]:
    """Return the words in a language, `es` or `es-MX`; what counts as what, and the colours, are the summary's own."""
    ours = read_summary_words()
    known = find_language(language)
    tag = known.tag if known else "en"
    environment = portal_environment(tag, look.said(tag, FILE) if look else None)
    template = environment.get_template("portal/picture-words.j2")
    said = _plain(json.loads(template.render(district=snapshot.district.name, on=snapshot.valid_on)))
    families = {id: {**family, "label": said["families"][id]} for id, family in ours["families"].items()}
    groups = {id: {**group, "label": said["groups"][id]} for id, group in ours["groups"].items()}
    sources = {id: said["sources"][id] for id in ours["sources"]}  # their order is that of the picture
    return {**ours, **said, "sources": sources, "families": families, "groups": groups, "language": language}


def _plain(said: Any) -> Any:
    """Return sentences as they are read, not as a page writes them."""
    if isinstance(said, dict):
        return {name: _plain(value) for name, value in said.items()}
    if isinstance(said, list):
        return [_plain(value) for value in said]
    return unescape(said)
