"""The overview and the matrix of a snapshot, and how coarse the overview is made (the rule is printed on it).

1. Parties with nearly the same data share a row: at most forty rows, as many as fit the page.
2. An element that no row has as a whole is written beside names only.  Where more than forty columns
   remain, the columns are categories.
3. Above two exceptions a party on average, the parties have little in common: each has its own row.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dataflows.maps.matrix.beside import NOTHING, Beside
from dataflows.maps.matrix.building import Grouping, build_matrix, profiles_of, single_rows
from dataflows.maps.matrix.facts import read_facts
from dataflows.maps.matrix.sheets import could_fit, fits
from dataflows.maps.matrix.words import MOST_COLUMNS, MOST_EXCEPTIONS, MOST_GROUPS

if TYPE_CHECKING:
    from dataflows.maps.matrix.facts import Facts
    from dataflows.maps.matrix.shapes import MatrixView
    from dataflows.maps.wording import Wording
    from dataflows.model.snapshot import Snapshot

BY = ("element", "category")


def overview_view(snapshot: Snapshot, beside: Beside = NOTHING, wording: Wording | None = None) -> MatrixView:
    """Show who gets what, parties with nearly the same data in one row."""
    facts = read_facts(snapshot, beside, wording)
    view = _grouped(facts, "element")
    drawn = view.coarsening.drawn
    if drawn > MOST_COLUMNS:
        view = _grouped(facts, "category")
    how = replace(view.coarsening, drawn=drawn)
    if how.exceptions <= MOST_EXCEPTIONS * how.parties:
        return replace(view, coarsening=how)
    single = _single(facts, "overview", view.by)
    if len(single.drawn) > MOST_COLUMNS:
        single = _single(facts, "overview", "category")
    return replace(single, coarsening=replace(how, has_little_in_common=True))


def matrix_view(
    snapshot: Snapshot, by: str = "element", beside: Beside = NOTHING, wording: Wording | None = None
) -> MatrixView:
    """Show every party in a row of its own, by element or by category."""
    return _single(read_facts(snapshot, beside, wording), "matrix", by)


def _single(facts: Facts, view: str, by: str) -> MatrixView:
    profiles = profiles_of(facts, by)
    return build_matrix(facts, profiles, single_rows(facts, profiles), view=view, is_full=True)


def _grouped(facts: Facts, by: str) -> MatrixView:
    """Return the view with the most rows, at most forty, that fits its page; with forty where no number of rows does.

    More rows need fewer exceptions, but more room; so the number is found by halving.
    """
    profiles = profiles_of(facts, by)
    grouping = Grouping(facts, profiles, MOST_GROUPS)

    def made(most: int) -> MatrixView:
        return build_matrix(facts, profiles, grouping.rows(most), view="overview", is_full=False)

    widest = made(MOST_GROUPS)
    if widest.coarsening.drawn > MOST_COLUMNS or fits(widest) or not could_fit(widest):
        return widest
    best, low, high = None, 1, MOST_GROUPS
    while high - low > 1:
        middle = (low + high) // 2
        view = made(middle)
        if fits(view):
            best, low = view, middle
        else:
            high = middle
    return best or widest
