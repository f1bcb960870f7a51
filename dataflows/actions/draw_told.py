"""A snapshot as a reader of one language sees it, with the words that maps say in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.maps.wording import our_wording

if TYPE_CHECKING:
    from dataflows.maps.wording import Wording
    from dataflows.model.snapshot import Snapshot


def told_in(snapshot: Snapshot, language: str | None) -> tuple[Snapshot, Wording]:
    """Return what a map is drawn from: in the language asked for, else the first home language that has maps.

    Raises UsageError for a language that has none.
    """
    ours = our_wording()
    first = snapshot.district.first_language.partition("-")[0].lower()
    if first == ours.language and (language is None or language.lower() == ours.language):
        return snapshot, ours
    from dataflows.reporting.map_words import map_language, map_wording, tell_snapshot

    wording = map_wording(map_language(snapshot, language))
    return tell_snapshot(snapshot, wording.language), wording
