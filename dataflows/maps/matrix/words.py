"""What the overview and the matrix say: the words of reports/map/matrix.json, put together with a view's facts."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from dataflows import assets
from dataflows.maps.labels import clean
from dataflows.maps.theme import format_day

if TYPE_CHECKING:
    from dataflows.maps.matrix.shapes import MatrixView

MOST_GROUPS = 40
MOST_COLUMNS = 40
MOST_EXCEPTIONS = 2
"""The coarsening rule: at most so many rows and columns; on average so many exceptions a party."""


@cache
def words() -> dict[str, Any]:
    """Read the words."""
    text = (assets.folder("reports") / "map" / "matrix.json").read_text(encoding="utf-8")
    tree: dict[str, Any] = json.loads(text)
    return tree


def title_of(view: MatrixView) -> str:
    """Return the title."""
    return str(words()["titles"][view.view])


def subtitle_of(view: MatrixView) -> str:
    """Return district and day."""
    return str(words()["subtitle"].format(district=clean(view.district), day=format_day(view.as_of)))


def counts_of(view: MatrixView) -> str:
    """Say how many parties, rows and columns there are."""
    said = words()["counts"]
    form = said["matrix" if view.is_full else "overview"]
    return str(
        form.format(
            parties=counted("parties", len(view.parties)),
            groups=counted("groups", len(view.groups)),
            columns=counted(view.by, len(view.columns)),
        )
    )


def counted(what: str, number: int) -> str:
    """Return a number with its noun, which says whether it is one."""
    one, many = words()["counts"][what]
    return str(one if number == 1 else many.format(n=f"{number:,}"))


def rule_of(view: MatrixView) -> str:
    """Say by which rule the view is as coarse as it is, and what the rule made of this catalog."""
    rules, how = words()["rules"], view.coarsening
    none, one, many = rules["exceptions"]
    given = {
        "most": MOST_GROUPS,
        "columns": MOST_COLUMNS,
        "least": MOST_EXCEPTIONS,
        "drawn": how.drawn,
        "exceptions": (none, one)[how.exceptions] if how.exceptions < 2 else many.format(n=f"{how.exceptions:,}"),
        "parties": counted("parties", len(view.parties)),
        "groups": counted("groups", len(view.groups)),
    }
    if view.view == "matrix":
        return str(rules["single"])
    parts = ["little"] if how.has_little_in_common else ["grouped"]
    parts += [view.by] if view.by == "category" or not view.is_full else []
    parts += [] if view.is_full else ["shared"]
    return " ".join(str(rules[part].format(**given)) for part in parts)


def notes_of(view: MatrixView) -> list[tuple[str, str]]:
    """Return what stands below the rows: heading and text."""
    said = words()["notes"]
    notes = [(str(said["rule"]), rule_of(view))] if view.parties else [("", str(words()["empty"]))]
    if view.letters:
        listed = (f"{letter} {view.names[party]}" for party, letter in view.letters.items())
        notes.append((str(said["letters"]), " · ".join(listed)))
    undrawn = [column for column in view.columns if not column.is_drawn]
    if undrawn:
        levels = words()["levels"]
        listed = (f"{column.code} {column.name} [{levels[column.sensitivity]}]" for column in undrawn)
        heading = "undrawn" if view.by == "element" else "undrawn_category"
        notes.append((str(said[heading]), " · ".join(listed)))
    if view.unconnected:
        notes.append((str(said["unconnected"]), " · ".join(view.unconnected)))
    return notes


def language_of(view: MatrixView) -> str:
    """Return the language of the words, or the district's own way of it."""
    own = str(words()["language"])
    return view.language if view.language.partition("-")[0].lower() == own else own
