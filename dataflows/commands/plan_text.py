"""A plan in words: what is added, changed from what to what, and removed, with a count."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dataflows.actions.plan import Plan
    from dataflows.model.changes import Change


_AT_ONCE = 1_000
"""Lines that are written in one go: a plan may have hundreds of thousands of them."""


def format_plan(plan: Plan, most: int | None = None) -> str:
    """Return a plan as lines, at most `most` rows of each sort, and the count last."""
    return "\n".join(plan_lines(plan, most))


def in_blocks(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines in pieces to write, each of many lines."""
    rest = iter(lines)
    while block := list(islice(rest, _AT_ONCE)):
        yield "\n".join(block)


def plan_lines(plan: Plan, most: int | None = None) -> Iterator[str]:
    """Yield the lines of a plan, at most `most` rows of each sort, and the count last."""
    if plan.is_empty:
        yield "No changes. The catalog holds what the files say."
        return
    for mark, rows in (("+", plan.adds), ("-", plan.removes)):
        for kind, id in islice(rows, most):
            label = plan.labels.get((kind, id))
            yield f"  {mark} {kind} {id}" + (f"  ({label})" if label else "")
        if most is not None and len(rows) > most:
            yield f"  {mark} ... and {len(rows) - most} more"
        if mark == "+":
            yield from _changes(plan.changes, most)
    yield ""
    yield f"Plan: {format_counts(plan)}."


def _changes(changes: tuple[Change, ...], most: int | None) -> Iterator[str]:
    for change in changes[:most]:
        yield f"  ~ {change.kind} {change.id}"
        width = max((len(name) for name in change.fields), default=0)
        for name, (old, new) in change.fields.items():
            yield f"      {name.ljust(width)}  {_shown(old)} -> {_shown(new)}"
    if most is not None and len(changes) > most:
        yield f"  ~ ... and {len(changes) - most} more"


def format_counts(plan: Plan) -> str:
    """Return `3 to add, 1 to change, 0 to remove`."""
    return f"{len(plan.adds)} to add, {len(plan.changes)} to change, {len(plan.removes)} to remove"


def _shown(value: Any) -> str:
    if value is None:
        return "(nothing)"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 100 else f"{text[:97]}..."
