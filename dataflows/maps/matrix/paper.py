"""Sets a view on paper: PDF with the key behind it, or a picture of the rows alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.maps.matrix.sheets import lay_out, lay_out_picture
from dataflows.maps.matrix.typst import write_matrix
from dataflows.maps.matrix.typst_key import write_key
from dataflows.typesetting import set_pdf, set_png

if TYPE_CHECKING:
    from dataflows.maps.matrix.shapes import MatrixView
    from dataflows.maps.palettes import Palette


def set_matrix(view: MatrixView, palette: Palette, suffix: str) -> bytes:
    """Return the PDF (PDF/UA-1) or PNG of a view; raises MissingGlyphError for a sign that no font has."""
    if suffix == "png":
        return set_png(write_matrix(lay_out_picture(view), palette))
    sheet = lay_out(view)
    return set_pdf(write_matrix(sheet, palette, write_key(sheet)))
