"""What the portal offers to open or take home beside its pages: notices, letters, and maps."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from dataflows.actions.draw_map import draw_map
from dataflows.errors import DocumentHoleError, NotOwedError, UsageError
from dataflows.maps.summary.drawing import HEIGHT, WIDTH, describe_summary, draw_summary
from dataflows.maps.summary.facts import summarize
from dataflows.reporting.document import write_document
from dataflows.reporting.kinds import KINDS, About, Order, Reader, compose
from dataflows.reporting.messages import languages
from dataflows.reporting.portal.paths import file_name
from dataflows.reporting.portal.picture_words import picture_words
from dataflows.reporting.portal.site_views import FileView, PictureView
from dataflows.reporting.portal.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.look import Look

    Put = Callable[[str, bytes], None]

FORMS = ("html", "pdf", "docx", "txt")
"""In which a notice is offered."""
LETTER_FORMS = ("html", "pdf")
MOST_PRINTED = 1_000
"""From how many letters on they are offered as pages of HTML alone."""
MOST_DRAWN = 1_000
"""How many vendors have a map of their own at most; beyond, none has."""
_OVERVIEWS = ("overview", "network")
"""The maps of the whole district beside the summary."""
_SIZE = re.compile(rb'<svg\b[^>]*?\bwidth="([0-9.]+)(pt|px)?"[^>]*?\bheight="([0-9.]+)(?:pt|px)?"', re.DOTALL)


def make_notices(
    snapshot: Snapshot, tags: Sequence[str], look: Look | None, put: Put
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
                content = write_document(document, f".{form}")
                path = f"{tag}/notices/{kind}.{form}"
                put(path, content)
                found.append(FileView(kind, tag, form, path, len(content)))
    return found, tuple(left_out)


def _kinds() -> Iterator[str]:
    """Yield the notices of the year that go to all families; who has whose data is what the site itself says."""
    for name, kind in KINDS.items():
        if kind.in_package and kind.reader is Reader.FAMILIES and not kind.needs and not kind.takes:
            yield name


def make_letters(snapshot: Snapshot, tags: Sequence[str], look: Look | None, put: Put) -> dict[str, list[FileView]]:
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
                content = write_document(document, f".{form}")
                path = f"{tag}/letters-to-families/{file_name(vendor)}.{form}"
                put(path, content)
                found.setdefault(vendor, []).append(FileView("vendor-letter", tag, form, path, len(content)))
    return found


def make_pictures(
    snapshot: Snapshot, tags: Sequence[str], look: Look | None, put: Put
) -> tuple[list[PictureView], dict[str, PictureView]]:
    """Draw the maps of the whole district, and one of each vendor where more than one hop is to be seen."""
    if not snapshot.flows:
        return [], {}
    found = [_summary(snapshot, tag, look, put) for tag in tags]
    found += [_draw(snapshot, view, None, f"maps/{view}", put) for view in _OVERVIEWS]
    vendors, around = _passing_on(snapshot), Surroundings(snapshot)
    drawn = vendors if len(vendors) <= MOST_DRAWN else []
    return found, {
        vendor: _draw(around.of(vendor), "vendor", vendor, f"maps/vendors/{file_name(vendor)}", put) for vendor in drawn
    }


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


def _draw(snapshot: Snapshot, view: str, subject: str | None, path: str, put: Put) -> PictureView:
    content = draw_map(snapshot, view, subject, "svg")
    put(f"{path}.svg", content)
    others: list[FileView] = []
    if subject is None:
        for form in ("pdf", "txt"):
            with suppress(UsageError):  # not every view has every form
                other = draw_map(snapshot, view, subject, form)
                put(f"{path}.{form}", other)
                others.append(FileView(view, "en", form, f"{path}.{form}", len(other)))
    dark = f"{path}-dark.svg"
    put(dark, draw_map(snapshot, view, subject, "svg", theme="dark"))
    size = _SIZE.search(content)
    scale = 4 / 3 if size and size[2] == b"pt" else 1
    width, height = (round(float(side) * scale) for side in (size[1], size[3])) if size else (0, 0)
    return PictureView(view, f"{path}.svg", width, height, tuple(others), dark)
