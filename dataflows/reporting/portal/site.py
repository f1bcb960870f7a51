"""The whole site: every page in every language, the feeds and the files of data, one after the other.

`build_site` yields each file with its place.  The front page comes last, so that what it leads to is
there before it.  The letters, notices and maps are made elsewhere and only linked to here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.reporting.customs import customs_of
from dataflows.reporting.messages import find_language, languages
from dataflows.reporting.portal.facts import Facts
from dataflows.reporting.portal.given import Site
from dataflows.reporting.portal.language_site import LanguageSite
from dataflows.reporting.portal.open_data import open_data_paths, write_open_data
from dataflows.reporting.portal.sentences import FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.model.snapshot import Snapshot


def site_languages(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the home languages in which the site can be read, or English where there is none of them."""
    homes = (find_language(tag) for tag in snapshot.district.home_languages)
    found = dict.fromkeys(known.tag for known in homes if known and known.has(FILE))
    return tuple(found) or ("en",)


def build_site(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the site that is not a letter, a notice or a map, with its place."""
    facts = Facts(site.snapshot)
    yield from write_open_data(site.bodies, facts)
    if site.brand.logo:
        yield site.brand.logo.name, site.brand.logo.content
    tags = site_languages(site.snapshot)
    names = {tag: customs_of(languages()[tag].format).language(tag) for tag in tags}
    own_names = {tag: name[:1].upper() + name[1:] for tag, name in names.items()}
    first: LanguageSite | None = None
    for tag in reversed(tags):
        first = LanguageSite(site, facts, tag, own_names)
        yield from first.files()
    if first is not None:
        yield "index.html", first.front("")


__all__ = ["Site", "build_site", "open_data_paths", "site_languages"]
