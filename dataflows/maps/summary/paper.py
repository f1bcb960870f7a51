"""Sets the summary on its page: a tagged PDF with all that it shows in words (PDF/UA-1), or a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.maps.labels import clean
from dataflows.maps.pdf import MARGIN, TABLOID, Print, set_drawing, size_of
from dataflows.maps.summary.drawing import describe_summary

if TYPE_CHECKING:
    from dataflows.maps.summary.facts import Summary


def set_summary(summary: Summary, svg: bytes, theme: str, suffix: str) -> bytes:
    """Return the drawing as `pdf`, on a tabloid page across, or as `png`."""
    width, height = size_of(svg)
    paper = TABLOID[::-1]
    scale = min((paper[0] - 2 * MARGIN) / width, (paper[1] - 2 * MARGIN) / height)
    sheet = Print(
        title=f"{summary.words['title']} · {clean(summary.words['subtitle'])}",
        author=summary.district,
        day=summary.as_of,
        language=str(summary.words["language"]),
        paper=paper,
        ground=summary.words["themes"][theme]["paper"],
        size=(width * scale, height * scale),
        in_words=f"{summary.words['title']}. {describe_summary(summary)}",
    )
    return set_drawing(sheet, svg, suffix)
