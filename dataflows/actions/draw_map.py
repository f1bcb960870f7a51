"""Draw a map of a snapshot in one of its forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.errors import UsageError
from dataflows.maps.describe import describe_edge
from dataflows.maps.dot import dot_source
from dataflows.maps.exports import export_graphml, export_json
from dataflows.maps.surround import notes_of, subtitle_of, title_of
from dataflows.maps.views import network_view, vendor_view

if TYPE_CHECKING:
    from dataflows.maps.shapes import MapView
    from dataflows.model.snapshot import Snapshot

SUFFIXES = ("svg", "png", "pdf", "dot", "graphml", "json", "txt")
VIEWS = ("network", "vendor")


def draw_map(snapshot: Snapshot, view: str, subject: str | None, suffix: str) -> bytes:
    """Return the map `view` (of the vendor `subject`) as the contents of a file with that suffix."""
    return draw_view_as(find_view(snapshot, view, subject), suffix.lower().removeprefix("."))


def find_view(snapshot: Snapshot, view: str, subject: str | None = None) -> MapView:
    """Return a view by its name; raises UsageError for one that there isn't, UnknownIdError for its vendor."""
    if view == "network":
        return network_view(snapshot)
    if view == "vendor" and subject:
        return vendor_view(snapshot, subject)
    if view == "vendor":
        raise UsageError("Say which vendor the map is of: map vendor ID.")
    raise UsageError(f"There is no map called {view!r}. There are: {', '.join(VIEWS)}.")


def draw_view_as(view: MapView, suffix: str) -> bytes:
    """Return a view as the contents of a file."""
    if suffix not in SUFFIXES:
        forms = ", ".join(f".{known}" for known in SUFFIXES)
        raise UsageError(f"A map can't be written as .{suffix}. It has the forms {forms}.")
    if suffix == "json":
        return export_json(view)
    if suffix == "graphml":
        return export_graphml(view)
    if suffix == "txt":
        return describe_view(view).encode()
    source = dot_source(view)
    if suffix == "dot":
        return source.encode()
    from dataflows.maps.draw import draw_view

    return draw_view(view, source, suffix)


def describe_view(view: MapView) -> str:
    """Return the map in words: title, day, one line for each arrow, notes."""
    lines = [title_of(view), subtitle_of(view), "", *(describe_edge(view, edge) for edge in view.edges)]
    return "\n".join([*lines, *([""] if view.edges else []), *notes_of(view)]).rstrip() + "\n"
