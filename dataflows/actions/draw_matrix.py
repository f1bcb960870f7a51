"""Draw the overview or the matrix of a snapshot in one of its forms."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dataflows.actions.draw_told import told_in
from dataflows.errors import UsageError
from dataflows.maps.matrix.beside import NOTHING, Beside

if TYPE_CHECKING:
    from dataflows.maps.matrix.shapes import MatrixView
    from dataflows.model.snapshot import Snapshot

FORMS: dict[str, tuple[str, ...]] = {
    "overview": ("pdf", "svg", "png", "html", "json", "txt"),
    "matrix": ("pdf", "svg", "png", "html", "csv", "xlsx", "json", "txt"),
}
"""The views, and the forms of each."""
BY = ("element", "category")


def draw_matrix(
    snapshot: Snapshot,
    view: str,
    suffix: str,
    *,
    by: str | None = None,
    theme: str = "light",
    beside: Beside = NOTHING,
    language: str | None = None,
) -> bytes:
    """Return the overview or the matrix as the contents of a file; `by` says what the columns of the matrix are."""
    if view == "overview" and by is None and suffix.lower().removeprefix(".") == "html":
        if beside.compared_with:
            raise UsageError(
                "The page to search in has every day in it: choose one there. Leave --compare out, "
                "or write the overview as .pdf, .svg, .png, .json or .txt, or the matrix as .html."
            )
        from dataflows.actions.draw_page import draw_overview_page

        return draw_overview_page(snapshot, theme, language)
    found = find_matrix(snapshot, view, by, beside, language)
    return draw_matrix_as(found, suffix.lower().removeprefix("."), theme)


def find_matrix(
    snapshot: Snapshot, view: str, by: str | None = None, beside: Beside = NOTHING, language: str | None = None
) -> MatrixView:
    """Return the view; the overview chooses its columns by itself."""
    from dataflows.maps.matrix.views import matrix_view, overview_view

    told, wording = told_in(snapshot, language)
    if view == "overview":
        if by is not None:
            raise UsageError("The overview chooses its columns by itself. Write `map matrix --by` to choose them.")
        return overview_view(told, beside, wording)
    if by is not None and by not in BY:
        raise UsageError(f"There are no columns by {by!r}. Write --by element or --by category.")
    return matrix_view(told, by or "element", beside, wording)


def draw_matrix_as(view: MatrixView, suffix: str, theme: str = "light") -> bytes:
    """Return a view as the contents of a file; raises UsageError for a form that it hasn't, MissingGlyphError."""
    forms = FORMS[view.view]
    if suffix not in forms:
        known = ", ".join(f".{form}" for form in forms)
        raise UsageError(f"The {view.view} map can't be written as .{suffix}. It has the forms {known}.")
    if suffix in ("json", "txt"):
        return _tell(view, suffix)
    from dataflows.maps.palettes import read_palette

    palette = read_palette(theme)
    view = replace(view, has_key=suffix == "pdf")
    if suffix in ("csv", "xlsx", "html"):
        from dataflows.maps.matrix.tables import export_csv, export_html, export_xlsx

        if suffix == "html":
            return export_html(view, theme)
        return export_csv(view) if suffix == "csv" else export_xlsx(view)
    from dataflows.maps.matrix.paper import set_matrix

    if suffix != "svg":
        return set_matrix(view, palette, suffix)
    from dataflows.maps.matrix.sheets import lay_out_screen
    from dataflows.maps.matrix.svg import draw_svg

    return draw_svg(lay_out_screen(view), palette)


def _tell(view: MatrixView, suffix: str) -> bytes:
    if suffix == "json":
        from dataflows.maps.matrix.exports import export_matrix_json

        return export_matrix_json(view)
    from dataflows.maps.matrix.telling import tell_matrix

    return tell_matrix(view).encode()
