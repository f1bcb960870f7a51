"""Names that are equal to the eye: one party under two ids, or a letter of another script in a name."""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

from dataflows.catalog.bulk import fetch
from dataflows.sources.district_list.spellings import LOOKS_LIKE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.actions.speaking import Speaking
    from dataflows.catalog.staging import Staging


def find_alikes(staging: Staging, speaking: Speaking) -> Iterator[str]:
    """Say which new vendors and parties have a name that looks like another one's, or mixes scripts."""
    sql = "SELECT id, body FROM staged WHERE district = ? AND list = ? AND action IN ('add', 'change')"
    gone = "SELECT id FROM staged WHERE district = ? AND list IN ('vendors', 'parties') AND action = 'remove'"
    new = {
        id: str(json.loads(body).get("name"))
        for list_name in ("vendors", "parties")
        for id, body in fetch(staging.connection, sql, (speaking.id, list_name))
    }
    if not new:
        return
    known = {row[0]: str(row[1]) for row in fetch(staging.connection, _KNOWN, (speaking.id,))}
    for [id] in fetch(staging.connection, gone, (speaking.id,)):
        known.pop(id, None)
    known |= new
    by_look: defaultdict[str, list[str]] = defaultdict(list)
    for id, name in known.items():
        by_look[_look(name)].append(id)
    for id in sorted(new):
        if is_mixed(new[id]):
            yield f"The name {new[id]!r} of {id!r} holds letters of another script that look like Latin ones."
        same = sorted(by_look[_look(new[id])])
        if len(same) > 1 and id == next(other for other in same if other in new):
            more = f" and {len(same) - 5} more" if len(same) > 5 else ""
            yield f"These look like one party under several ids: {', '.join(same[:5])}{more}. Merge them with `was`."


_KNOWN = "SELECT id, name FROM parties WHERE district = ?"


def _look(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).translate(LOOKS_LIKE)
    return " ".join(plain.split()).casefold()


def is_mixed(name: str) -> bool:
    """Tell whether a name has Latin letters and, in the same word, look-alikes of another script."""
    for word in unicodedata.normalize("NFC", name).split():
        alike = [letter for letter in word if ord(letter) in LOOKS_LIKE]
        if alike and any(letter.isascii() and letter.isalpha() for letter in word):
            return True
    return False
