"""The incident sheet of a breach as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.reporting.document import SUFFIXES, write_document
from dataflows.reporting.incident_sheet import compose_incident_sheet, notes_on

if TYPE_CHECKING:
    from dataflows.actions.breach import FoundBreach
    from dataflows.model.snapshot import Snapshot

__all__ = ["SUFFIXES", "notes_on", "write_sheet"]


def write_sheet(snapshot: Snapshot, found: FoundBreach, suffix: str) -> bytes:
    """Return the sheet in the format of a suffix."""
    return write_document(compose_incident_sheet(snapshot, found.breach), suffix)
