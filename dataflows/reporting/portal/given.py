"""What a site is made from, all of it public."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dataflows.reporting.portal.brand import Brand

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.look import Look
    from dataflows.reporting.portal.changes import Changes
    from dataflows.reporting.portal.public_fields import Bodies
    from dataflows.reporting.portal.site_views import FileView, PictureView


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What a site is made from."""

    snapshot: Snapshot
    """Of public fields alone."""
    bodies: Bodies
    """The rows as a file has them, without what is over and gone."""
    changes: Changes
    brand: Brand = field(default_factory=Brand)
    look: Look | None = None
    documents: Sequence[FileView] = ()
    letters: Mapping[str, Sequence[FileView]] = field(default_factory=dict)
    """By vendor."""
    pictures: Sequence[PictureView] = ()
    vendor_pictures: Mapping[str, Sequence[PictureView]] = field(default_factory=dict)
