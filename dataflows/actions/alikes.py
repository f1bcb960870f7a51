"""One party under two ids: names that are equal to the eye, or one registered domain. Pointed out, never refused."""

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
    looks = {id: _look(name) for id, name in known.items()}
    by_look: defaultdict[str, list[str]] = defaultdict(list)
    for id, look in looks.items():
        by_look[look].append(id)
    for id in sorted(new):
        if is_mixed(new[id]):
            yield f"The name {new[id]!r} of {id!r} holds letters of another script that look like Latin ones."
        if len(by_look[looks[id]]) < 2:
            continue
        same = sorted(by_look[looks[id]])
        if id == next(other for other in same if other in new):
            more = f" and {len(same) - 5} more" if len(same) > 5 else ""
            yield f"These look like one party under several ids: {', '.join(same[:5])}{more}. Merge them with `was`."


def find_shared_domains(staging: Staging, speaking: Speaking) -> Iterator[str]:
    """Say which new or changed vendors have a registered domain that another vendor has too."""
    fresh = "SELECT id, body FROM staged WHERE district = ? AND list = 'vendors' AND action IN ('add', 'change')"
    gone = "SELECT id FROM staged WHERE district = ? AND list = 'vendors' AND action = 'remove'"
    new = {id: domains for id, body in fetch(staging.connection, fresh, (speaking.id,)) if (domains := _domains(body))}
    if not new:
        return
    known = dict(fetch(staging.connection, _KNOWN_BODIES, (speaking.id,)))
    for [id] in fetch(staging.connection, gone, (speaking.id,)):
        known.pop(id, None)
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for id, domains in {**{id: _domains(body) for id, body in known.items()}, **new}.items():
        for domain in domains:
            owners[domain].add(id)
    shared = [d for d in sorted({d for domains in new.values() for d in domains}) if len(owners[d]) > 1]
    for domain in shared[:_MOST_DOMAINS]:
        ids = sorted(owners[domain])
        more = f" and {len(ids) - 5} more" if len(ids) > 5 else ""
        yield (
            f"These vendors have one domain, {domain}: {', '.join(ids[:5])}{more}. Where they are one, merge them"
            " with `was`."
        )
    if len(shared) > _MOST_DOMAINS:
        yield f"{len(shared) - _MOST_DOMAINS} more domains are those of several vendors each."


def _domains(body: str) -> frozenset[str]:
    """Return the registered domains of a vendor's body, as far as they say who a vendor is."""
    if '"domains"' not in body and '"url"' not in body:
        return frozenset()
    from dataflows.sources.district_list.domains import host_of, vendor_domain

    said = json.loads(body)
    hosts = (*map(str, said.get("domains", ())), host_of(str(said.get("url", ""))))
    return frozenset(filter(None, map(vendor_domain, hosts)))


_MOST_DOMAINS = 20
"""So many are named; nobody reads thousands of warnings."""
_KNOWN_BODIES = "SELECT id, body FROM journal WHERE district = ? AND list = 'vendors' AND retired_by IS NULL"
_KNOWN = "SELECT id, name FROM parties WHERE district = ?"


def _look(name: str) -> str:
    plain = name if name.isascii() else unicodedata.normalize("NFKC", name).translate(LOOKS_LIKE)
    return " ".join(plain.split()).casefold()


def is_mixed(name: str) -> bool:
    """Tell whether a name has Latin letters and, in the same word, look-alikes of another script."""
    for word in () if name.isascii() else unicodedata.normalize("NFC", name).split():
        alike = [letter for letter in word if ord(letter) in LOOKS_LIKE]
        if alike and any(letter.isascii() and letter.isalpha() for letter in word):
            return True
    return False
