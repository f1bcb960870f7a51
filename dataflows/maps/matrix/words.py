"""What the overview and the matrix say: the words of a view put together with its facts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dataflows.maps.labels import clean
from dataflows.maps.marks import CHANGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dataflows.maps.matrix.shapes import MatrixGroup, MatrixView
    from dataflows.maps.wording import Wording

MOST_GROUPS = 40
MOST_COLUMNS = 40
MOST_EXCEPTIONS = 2
"""The coarsening rule: at most so many rows and columns; on average so many exceptions a party."""


def title_of(view: MatrixView) -> str:
    """Return the title."""
    return str(view.wording.matrix["titles"][view.view])


def subtitle_of(view: MatrixView) -> str:
    """Return district and day, and the day compared with."""
    said = str(view.wording.matrix["subtitle"].format(district=clean(view.district), day=view.wording.day(view.as_of)))
    day = view.compared_with
    return said + str(view.wording.words["compared"].format(day=view.wording.day(day))) if day else said


def counts_of(view: MatrixView) -> str:
    """Say how many parties, rows and columns there are."""
    said = view.wording.matrix["counts"]
    form = said["matrix" if view.is_full else "overview"]
    return str(
        form.format(
            parties=counted(view, "parties", view.counted),
            groups=counted(view, "groups", sum(group.is_counted for group in view.groups)),
            columns=counted(view, view.by, sum(1 for column in view.columns if column.parties)),
        )
    )


def counted(view: MatrixView, what: str, number: int) -> str:
    """Return a number with its noun, which says whether it is one."""
    one, many = view.wording.matrix["counts"][what]
    return str(one if number == 1 else many.format(n=f"{number:,}"))


def count_of(wording: Wording, group: MatrixGroup) -> str:
    """Say how many parties a row has; a dash where they are not counted."""
    return f"{len(group.parties):,}" if group.is_counted else str(wording.matrix["uncounted"])


def keyed(view: MatrixView, said: Mapping[str, str], name: str) -> str:
    """Return a sentence, and behind it what the key has of that, where there is a key."""
    return f"{said[name]} {said[f'{name}_key']}" if view.has_key else said[name]


def rule_of(view: MatrixView) -> str:
    """Say by which rule the view is as coarse as it is, and what the rule made of this catalog."""
    rules, how = view.wording.matrix["rules"], view.coarsening
    none, one, many = rules["exceptions"]
    given = {
        "most": MOST_GROUPS,
        "columns": MOST_COLUMNS,
        "least": MOST_EXCEPTIONS,
        "drawn": how.drawn,
        "exceptions": (none, one)[how.exceptions] if how.exceptions < 2 else many.format(n=f"{how.exceptions:,}"),
        "parties": counted(view, "parties", view.counted),
        "groups": counted(view, "groups", sum(group.is_counted for group in view.groups)),
    }
    if view.view == "matrix":
        return str(rules["single"])
    parts = ["little"] if how.has_little_in_common else ["grouped"]
    parts += [view.by] if view.by == "category" or not view.is_full else []
    parts += [] if view.is_full else ["shared"]
    sentences = (keyed(view, rules, part) if f"{part}_key" in rules else str(rules[part]) for part in parts)
    return " ".join(sentence.format(**given) for sentence in sentences)


def notes_of(view: MatrixView) -> list[tuple[str, str]]:
    """Return what stands below the rows: heading and text."""
    said = view.wording.matrix["notes"]
    notes = [(str(said["rule"]), rule_of(view))] if view.parties else [("", str(view.wording.matrix["empty"]))]
    if view.compared_with:
        notes.append((str(said["changes"].format(day=view.wording.day(view.compared_with))), changes_of(view)))
    if view.letters:
        listed = (f"{letter} {view.names[party]}" for party, letter in view.letters.items())
        notes.append((str(said["letters"]), " · ".join(listed)))
    undrawn = [column for column in view.columns if not column.is_drawn]
    if undrawn:
        levels = view.wording.matrix["levels"]
        listed = (f"{column.code} {column.name} [{levels[column.sensitivity]}]" for column in undrawn)
        heading = "undrawn" if view.by == "element" else "undrawn_category"
        notes.append((str(said[heading]), " · ".join(listed)))
    if view.senders:
        notes.append((str(said["senders"]), " · ".join(view.senders)))
    if view.carriers:
        notes.append((str(said["carriers"]), " · ".join(view.carriers)))
    if view.unconnected:
        notes.append((str(said["unconnected"]), " · ".join(view.unconnected)))
    return notes


def changes_of(view: MatrixView) -> str:
    """Say how many flows were added, ended and corrected since the day compared with."""
    said = view.wording.matrix["changed"]
    happened = Counter(line.change for line in (*view.key, *view.ended))

    def number(change: str) -> str:
        none, one, many = said[change]
        count = happened[change]
        return str((none, one)[count] if count < 2 else many.format(n=f"{count:,}"))

    return keyed(view, said, "flows").format(**{change: number(change) for change in CHANGES})


def language_of(view: MatrixView) -> str:
    """Return the language of the words, or the district's own way of it."""
    return view.wording.language_for(view.language)
