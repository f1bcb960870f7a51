"""`portal DIR`: the static site for families, made from what is public of the catalog."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dataflows.actions.history import compare_days
from dataflows.actions.portal_files import make_letters, make_notices, make_pictures
from dataflows.actions.portal_folder import PortalFolder
from dataflows.catalog.database import connect
from dataflows.catalog.snapshots import choose_district, entry_known_at, read_bodies
from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.model.snapshot import build_snapshot
from dataflows.reporting.portal.brand import Brand, read_brand
from dataflows.reporting.portal.changes import Changes
from dataflows.reporting.portal.public_fields import public_bodies
from dataflows.reporting.portal.site import Site, build_site, site_languages
from dataflows.reporting.portal.still_told import still_told

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from dataflows.catalog.database import Address
    from dataflows.catalog.snapshots import Bodies
    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.look import Look

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """As of which day, as known when, since when changes are told, with which look."""

    as_of: date
    known_at: datetime | None = None
    since: date | None = None
    look: Look | None = None


@dataclass(frozen=True, slots=True)
class Portal:
    """A site that was written."""

    folder: Path
    files: int
    written: int
    """How many of them are new or changed."""
    removed: int
    kept: tuple[str, ...]
    """Files of an earlier site that somebody has changed since, so they stay."""
    languages: tuple[str, ...]
    left_out: tuple[str, ...]
    """Notices that can't be written yet, each with the reason."""


def write_portal(address: Address, district: str | None, folder: Path, asked: Asked) -> Portal:
    """Write the site of a catalog into a folder; raises OutputError where it can't be written."""
    with connect(address) as connection:
        chosen = choose_district(connection, district)
        last = entry_known_at(connection, chosen, asked.known_at) if asked.known_at else None
        bodies = read_bodies(connection, chosen, last)
    return write_site(bodies, folder, asked, _changes(address, chosen, asked))


def write_site(bodies: Bodies, folder: Path, asked: Asked, changes: Changes) -> Portal:
    """Write the site of a catalog's rows, only what changed, and take away what it no longer has."""
    public = public_bodies(bodies)
    snapshot = _snapshot(public, asked)
    told = still_told(public, snapshot, changes.flows)
    languages = site_languages(snapshot)
    target = PortalFolder(folder)
    with target.staged():
        notices, left_out = make_notices(snapshot, languages, asked.look, target)
        letters = make_letters(snapshot, languages, asked.look, target)
        pictures, of_vendors = make_pictures(_snapshot(told, asked), languages, asked.look, target)
        site = Site(
            snapshot=snapshot,
            bodies=told,
            changes=changes,
            brand=read_brand(asked.look.folder) if asked.look else Brand(),
            look=asked.look,
            documents=notices,
            letters=letters,
            pictures=pictures,
            vendor_pictures=of_vendors,
        )
        for path, content in build_site(site):
            target.put(path, content)
    return Portal(folder, target.count, target.written, target.removed, tuple(target.kept), languages, left_out)


def _snapshot(bodies: Bodies, asked: Asked) -> Snapshot:
    return build_snapshot(bodies, taxonomy=builtin_taxonomy(), valid_on=asked.as_of, known_at=asked.known_at)


def _changes(address: Address, district: str, asked: Asked) -> Changes:
    start = asked.since or asked.as_of - YEAR
    found = compare_days(address, district, start, asked.as_of)
    return Changes(start, asked.as_of, found.added, found.ended, found.changed)
