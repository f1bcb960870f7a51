"""What the portal offers to open or take home beside its pages: notices, letters, and maps."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from dataflows.actions.draw_map import draw_view_as, find_view
from dataflows.actions.draw_matrix import FORMS as OF_MATRIX
from dataflows.actions.draw_matrix import draw_matrix_as, find_matrix
from dataflows.errors import DocumentHoleError, NotOwedError, UsageError
from dataflows.maps.recolour import recolour_svg
from dataflows.maps.summary.drawing import HEIGHT, WIDTH, describe_summary, draw_summary
from dataflows.maps.summary.facts import summarize
from dataflows.reporting.composing import compose
from dataflows.reporting.document import write_document
from dataflows.reporting.kinds import KINDS, About, Order, Reader
from dataflows.reporting.messages import languages
from dataflows.reporting.picture_words import picture_words
from dataflows.reporting.portal.paths import file_name
from dataflows.reporting.portal.site_views import FileView, PictureView
from dataflows.reporting.portal.sources import digest_of_pages
from dataflows.reporting.portal.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dataflows.actions.portal_folder import PortalFolder
    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.document import Document
    from dataflows.reporting.look import Look

    Put = Callable[[str, bytes], None]

FORMS = ("html", "pdf", "docx", "txt")
"""In which a notice is offered."""
LETTER_FORMS = ("html", "pdf")
MOST_PRINTED = 1_000
"""From how many letters on they are offered as pages of HTML alone."""
MOST_DRAWN = 1_000
"""How many vendors have a map of their own at most; beyond, none has."""
MOST_IN_A_MAP = 100
"""How many flows the map of one vendor has at most: nobody could read more, and its page tells them in words."""
_OVERVIEWS = ("overview", "network")
"""The maps of the whole district beside the summary."""
_SIZE = re.compile(rb'<svg\b[^>]*?\bwidth="([0-9.]+)(pt|px)?"[^>]*?\bheight="([0-9.]+)(?:pt|px)?"', re.DOTALL)


def make_notices(
    snapshot: Snapshot, tags: Sequence[str], look: Look | None, folder: PortalFolder
) -> tuple[list[FileView], tuple[str, ...]]:
    """Write the notices for all families in each language and form; say which can't be written yet, and why."""
    found: list[FileView] = []
    left_out: dict[str, None] = {}
    for kind in _kinds():
        for tag in tags:
            if not languages()[tag].has(kind):
                continue
            order = Order(kind, snapshot, tag, snapshot.valid_on, look=look)
            try:
                document = compose(order)
            except DocumentHoleError as fault:
                left_out[f"{kind}: absent are {', '.join(field for field, _ in fault.holes)}"] = None
                continue
            except NotOwedError:
                continue
            for form in FORMS:
                path = f"{tag}/notices/{kind}.{form}"
                found.append(FileView(kind, tag, form, path, _write(document, form, path, folder)))
    return found, tuple(left_out)


def _kinds() -> Iterator[str]:
    """Yield the notices of the year that go to all families; who has whose data is what the site itself says."""
    for name, kind in KINDS.items():
        if kind.in_package and kind.reader is Reader.FAMILIES and not kind.needs and not kind.takes:
            yield name


def make_letters(
    snapshot: Snapshot, tags: Sequence[str], look: Look | None, folder: PortalFolder
) -> dict[str, list[FileView]]:
    """Write the letter about each vendor that gets data, in each language and form."""
    found: dict[str, list[FileView]] = {}
    receivers = {flow.receiver for flow in snapshot.flows}
    vendors = [vendor for vendor in snapshot.vendors if vendor in receivers]
    forms = LETTER_FORMS if len(vendors) <= MOST_PRINTED else LETTER_FORMS[:1]
    around = Surroundings(snapshot)
    for vendor in vendors:
        own = around.of(vendor)
        for tag in tags:
            if not languages()[tag].has("vendor-letter"):
                continue
            order = Order("vendor-letter", own, tag, snapshot.valid_on, About(vendor=vendor), look=look)
            try:
                document = compose(order)
            except DocumentHoleError:
                continue
            for form in forms:
                path = f"{tag}/letters-to-families/{file_name(vendor)}.{form}"
                size = _write(document, form, path, folder)
                found.setdefault(vendor, []).append(FileView("vendor-letter", tag, form, path, size))
    return found


def _write(document: Document, form: str, path: str, folder: PortalFolder) -> int:
    """Write a document and return its size; a PDF that was set from the same text before is kept."""
    source = digest_of_pages(document) if form == "pdf" else ""
    kept = folder.keep(path, source) if source else None
    if kept is not None:
        return kept
    content = write_document(document, f".{form}")
    folder.put(path, content, source)
    return len(content)


def make_pictures(
    snapshot: Snapshot, tags: Sequence[str], look: Look | None, folder: PortalFolder
) -> tuple[list[PictureView], dict[str, list[PictureView]]]:
    """Draw the maps of the whole district, and one of each vendor where more than one hop is to be seen.

    Each is drawn in every language of the site, for a light screen and a dark one.
    """
    if not snapshot.flows:
        return [], {}
    found = [_summary(snapshot, tag, look, folder.put) for tag in tags]
    found += [_draw(snapshot, view, None, f"maps/{view}-{tag}", folder.put, tag) for view in _OVERVIEWS for tag in tags]
    vendors, around = _passing_on(snapshot), Surroundings(snapshot)
    of_vendors: dict[str, list[PictureView]] = {}
    for vendor in vendors if len(vendors) <= MOST_DRAWN else []:
        own, path = around.of(vendor), f"maps/vendors/{file_name(vendor)}"
        if len(own.flows) > MOST_IN_A_MAP:
            continue
        of_vendors[vendor] = [_draw(own, "vendor", vendor, f"{path}-{tag}", folder.put, tag) for tag in tags]
    return found, of_vendors


def _passing_on(snapshot: Snapshot) -> list[str]:
    """Return the vendors that get from, or give to, somebody beside the district and its students."""
    ends = [(snapshot.sender_of(flow), flow.receiver) for flow in snapshot.flows]
    between = {party for pair in ends if not any(map(snapshot.is_source, pair)) for party in pair}
    return [vendor for vendor in snapshot.vendors if vendor in between]


def _summary(snapshot: Snapshot, tag: str, look: Look | None, put: Put) -> PictureView:
    """Draw how much of what goes where, in a language."""
    summary = summarize(snapshot, picture_words(snapshot, tag, look))
    light, dark = (f"maps/summary-{tag}{end}.svg" for end in ("", "-dark"))
    put(light, draw_summary(summary, "light"))
    put(dark, draw_summary(summary, "dark"))
    told = describe_summary(summary).encode()
    put(f"maps/summary-{tag}.txt", told)
    words = FileView("summary", tag, "txt", f"maps/summary-{tag}.txt", len(told))
    return PictureView("summary", light, round(WIDTH), round(HEIGHT), (words,), dark, tag)


def _draw(snapshot: Snapshot, name: str, subject: str | None, path: str, put: Put, tag: str) -> PictureView:
    drawn = _drawn(snapshot, name, subject, tag)
    content = drawn("svg", "light")
    put(f"{path}.svg", content)
    others: list[FileView] = []
    if subject is None:
        for form in ("pdf", "txt"):
            with suppress(UsageError):  # not every view has every form
                other = drawn(form, "light")
                put(f"{path}.{form}", other)
                others.append(FileView(name, tag, form, f"{path}.{form}", len(other)))
    dark = f"{path}-dark.svg"
    put(dark, drawn("svg", "dark") if name in OF_MATRIX else recolour_svg(content, "dark"))
    size = _SIZE.search(content)
    scale = 4 / 3 if size and size[2] == b"pt" else 1
    width, height = (round(float(side) * scale) for side in (size[1], size[3])) if size else (0, 0)
    return PictureView(name, f"{path}.svg", width, height, tuple(others), dark, tag)


def _drawn(snapshot: Snapshot, name: str, subject: str | None, tag: str) -> Callable[[str, str], bytes]:
    """Return what draws a map in a form and a theme; the map itself is made once."""
    if name in OF_MATRIX:
        return partial(draw_matrix_as, find_matrix(snapshot, name, language=tag))
    return partial(draw_view_as, find_view(snapshot, name, subject, language=tag))
