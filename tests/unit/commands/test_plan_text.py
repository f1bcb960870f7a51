"""A plan in words, written in pieces as it may have hundreds of thousands of lines."""

from __future__ import annotations

from dataflows.actions.plan import Plan
from dataflows.commands.plan_text import format_plan, in_blocks, plan_lines
from dataflows.model.changes import Change


def test_pieces_are_the_lines_in_their_order() -> None:
    plan = Plan(
        adds=tuple(("vendor", f"v{n}") for n in range(2_500)),
        removes=(("flow", "f"),),
        changes=(Change("vendor", "w", {"name": ("A", "B")}),),
        labels={("vendor", "v1"): "V: one"},
    )

    pieces = list(in_blocks(plan_lines(plan)))

    assert "\n".join(pieces) == format_plan(plan)
    assert [piece.count("\n") + 1 for piece in pieces] == [1_000, 1_000, 505]
    assert pieces[0].startswith("  + vendor v0\n  + vendor v1  (V: one)\n")
    assert pieces[-1].endswith(
        '  ~ vendor w\n      name  "A" -> "B"\n  - flow f\n\nPlan: 2500 to add, 1 to change, 1 to remove.'
    )


def test_a_plan_without_changes_says_so() -> None:
    assert list(in_blocks(plan_lines(Plan()))) == ["No changes. The catalog holds what the files say."]
