"""How much of the summary has room on its one page, reckoned in points before anything is set.

It is reckoned rather too tall than too low: what is left out stands in the whole answer, and a second page never.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataflows.reporting.documents.views import SummaryView

FEW = 2
"""So many names stand beside their number, and need no part of their own."""
_ROOM = 388.0
"""Points between what every such page begins and ends with."""
NOTE = 27.0
"""A line that says what the translation lacks."""
CODE = 58.0
_HEADING, _HEAD_ROW, _LINE, _ROW_RIM = 28.0, 23.0, 9.9, 2.0
_SIGNS = 105
"""Signs in a line across the page; of a receiver's name and purposes in the columns of the table."""
_NAME_SIGNS, _PURPOSE_SIGNS = 24, 27


def has_room(view: SummaryView, others: float) -> bool:
    """Tell whether a view fits the page, beside its picture and notes, which are so many points tall."""
    lists = [names for names in (view.left, view.no_data) if len(names) > FEW]
    lists += [view.now] if view.whole.holders and not view.rows else []
    lists += [view.not_known] if view.whole.not_known else []
    listed = sum(_HEADING + _lines(names) * _LINE for names in lists)
    shown = _HEADING + _LINE * 2 if view.picture else 0
    return listed + shown + _table(view) + _private(view) + others <= _ROOM


def _lines(names: Iterable[str]) -> int:
    return len(", ".join(names)) // _SIGNS + 1


def _table(view: SummaryView) -> float:
    tall = 0.0
    for row in view.rows:
        said = sum(len(told.text) + 2 for told in row.purposes) + (8 if row.more_purposes else 0)
        lines = max(len(row.name) // _NAME_SIGNS, said // _PURPOSE_SIGNS, int(row.is_private)) + 1
        tall += lines * _LINE + _ROW_RIM
    return _HEADING + _HEAD_ROW + tall if tall else 0.0


def _private(view: SummaryView) -> float:
    shown = min(len(view.whole.private), 8)
    return _HEADING + (shown if shown < 6 else 4) * _LINE * 1.2 if shown else 0.0
