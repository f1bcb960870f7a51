"""Finishes a map's PDF: no clock in it, a title, and the page that the drawing fits.

The engine's PDF is left as it is but for the day of its making; what is new is added behind it,
as the format provides for (ISO 32000-1, 7.5.6, incremental updates).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dataflows.maps.layout import arrange
from dataflows.maps.surround import language_of, subtitle_of, title_of
from dataflows.maps.theme import read_theme

if TYPE_CHECKING:
    from dataflows.maps.shapes import MapView
    from dataflows.maps.theme import Theme

LETTER = (612.0, 792.0)
TABLOID = (792.0, 1224.0)
ANSI_C = (1224.0, 1584.0)
MARGIN = 18.0
LEAST_POINTS = 7.0
"""The least size of printed text."""
MOST_SCALE = 1.35
MOST_POINTS = 14.0
"""The largest that a party's name is printed; a title is larger."""

_DATED = re.compile(rb"/CreationDate \(D:[^)]*\)")
_MEDIA_BOX = re.compile(rb"/MediaBox \[ 0 0 (\S+) (\S+) \]")
_PAGE = re.compile(rb"(\d+) 0 obj\s*<< /Type /Page % 1(.*?)endobj", re.DOTALL)


def finish_pdf(view: MapView, drawn: bytes) -> bytes:
    """Return the PDF on its page: letter or tabloid, upright or across, or as large as it needs to be."""
    day = f"/CreationDate (D:{view.as_of:%Y%m%d}000000Z)".encode()
    pdf = _DATED.sub(lambda found: day.ljust(len(found[0])), drawn)
    page, catalog, info = _PAGE.search(pdf), _number(pdf, b"Root"), _number(pdf, b"Info")
    size = _MEDIA_BOX.search(pdf)
    if page is None or size is None:
        message = "The drawing engine's PDF has no page."
        raise ValueError(message)
    width, height = float(size[1]), float(size[2])
    scale, paper = choose_page(width, height, arrange(view, read_theme()).theme)
    left, low = (paper[0] - width * scale) / 2, paper[1] - MARGIN - height * scale
    first = _count(pdf)
    body = _MEDIA_BOX.sub(b"/MediaBox [ 0 0 %.2f %.2f ]" % paper, page[2])
    body = re.sub(rb"/Contents (\d+ 0 R)", b"/Contents [ %d 0 R \\1 %d 0 R ]" % (first, first + 1), body)
    pages = re.search(rb"/Pages (\d+ 0 R)", pdf)
    objects = {
        int(page[1]): b"<< /Type /Page" + body.rstrip(),
        first: _stream(b"q %.5f 0 0 %.5f %.3f %.3f cm" % (scale, scale, left, low)),
        first + 1: _stream(b"Q"),
        catalog: b"<< /Type /Catalog /Pages %s /Lang %s /ViewerPreferences << /DisplayDocTitle true >> >>"
        % (pages[1] if pages else b"1 0 R", _text(language_of(view))),
        info: b"<< /Title %s /Producer (dataflows) %s >>" % (_text(f"{title_of(view)} · {subtitle_of(view)}"), day),
    }
    return _updated(pdf, objects, catalog, info)


def choose_page(width: float, height: float, theme: Theme) -> tuple[float, tuple[float, float]]:
    """Return scale and paper, in points: the smallest paper on which no text is below 7 points."""
    least = LEAST_POINTS / min(theme.sizes.values())
    most = min(MOST_SCALE, MOST_POINTS / theme.sizes["name"])
    for short, long in (LETTER, TABLOID, ANSI_C):
        for paper in ((long, short), (short, long)) if width > height else ((short, long), (long, short)):
            scale = min((paper[0] - 2 * MARGIN) / width, (paper[1] - 2 * MARGIN) / height)
            if scale >= least:
                return min(scale, most), paper
    return 1.0, (width + 2 * MARGIN, height + 2 * MARGIN)


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _text(text: str) -> bytes:
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"


def _number(pdf: bytes, name: bytes) -> int:
    found = re.search(rb"/%s (\d+) 0 R" % name, pdf)
    return int(found[1]) if found else 0


def _count(pdf: bytes) -> int:
    found = re.search(rb"trailer\s*<< /Size (\d+)", pdf)
    return int(found[1]) if found else 0


def _updated(pdf: bytes, objects: dict[int, bytes], catalog: int, info: int) -> bytes:
    """Add objects behind a PDF, with the table that says where they lie."""
    before = re.findall(rb"startxref\s+(\d+)", pdf)[-1]
    out, table = bytearray(pdf.rstrip(b"\n") + b"\n"), [b"xref\n"]
    for number in sorted(objects):
        table.append(b"%d 1\n%010d 00000 n \n" % (number, len(out)))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    place = len(out)
    out += b"".join(table)
    out += b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /Prev %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        max(objects) + 1, catalog, info, before, place,
    )  # fmt: skip
    return bytes(out)
