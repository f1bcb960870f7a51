"""The answer of `breach` in a terminal: what was exposed, then whom to tell by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dataflows.actions.breach import deadline_to_json
from dataflows.commands.printing import print_csv, print_table, show_value

if TYPE_CHECKING:
    from dataflows.actions.breach import FoundBreach
    from dataflows.law.deadlines import Deadline
    from dataflows.model.snapshot import Snapshot

_COLUMNS = ("DUE", "MISSED", "TOLD", "BY", "NOTIFY", "BASIS", "STARTS", "CERTAIN")


def print_breach(snapshot: Snapshot, found: FoundBreach) -> None:
    """Print what a breach exposes, and its deadlines."""
    answer = found.to_json()
    first, last = answer["occurred"]
    days = first if first == last else f"{first} to {last or 'now'}"
    click.echo(f"A breach at {snapshot.name_of(answer['party'])}, {days}, as of {answer['as_of']}\n")
    if not answer["elements"]:
        click.echo("It held and retained nothing on these days, as far as the catalog knows.")
        return
    for label, value in _facts(snapshot, found):
        click.echo(f"  {label:<16}  {value}")
    if answer["retained"]:
        click.echo("\nOf this, no longer given and kept:")
        for row in answer["retained"]:
            click.echo(
                f"  {row['element']}, from {row['flow']}, last given {show_value(row['last_given'])}, {_until(row)}"
            )
    click.echo("\nWhom to tell by when:")
    print_table(_COLUMNS, [_row(deadline) for deadline in found.breach.deadlines])
    _print_notes(found, snapshot)


def _facts(snapshot: Snapshot, found: FoundBreach) -> list[tuple[str, str]]:
    answer = found.to_json()
    former = answer["students_former"]
    parties = ", ".join(f"{snapshot.name_of(id)} ({id})" for id in answer["parties"])
    return [
        ("Exposed", ", ".join(answer["elements"])),
        ("Also stands with", parties or "nobody further"),
        ("Schools", ", ".join(snapshot.schools[id].name for id in answer["schools"]) or "none that is known"),
        ("Students now", "not known" if answer["students"] is None else f"{answer['students']:,}"),
        ("Former students", "not known" if former is None else f"{former:,}"),
        ("Agreements", ", ".join(answer["agreements"]) or "none"),
    ]


def _until(row: dict[str, str | None]) -> str:
    return f"kept until {row['until']}" if row["until"] else "destruction not recorded"


def _row(deadline: Deadline) -> tuple[str, ...]:
    row = deadline_to_json(deadline)
    number = f"if there are {row['threshold']}" if row["threshold"] else None
    conditions = [text for text in (row["condition"], number) if text]
    return (
        row["due"] or row["words"] or "not known yet",
        missed_words(deadline),
        row["told"] or "-",
        row["by"],
        f"{row['notify']} ({'; '.join(conditions)})" if conditions else row["notify"],
        row["basis"],
        f"{row['starts_from']} {row['started']}" if row["started"] else f"{row['starts_from']}: not known",
        "yes" if row["certain"] else "no",
    )


def print_deadlines(found: FoundBreach) -> None:
    """Print the deadlines as CSV."""
    answer = found.to_json()
    rows = [*answer["deadlines"], *answer["conditional_deadlines"]]
    headings = list(rows[0]) if rows else ["by", "notify", "due", "basis", "starts_from", "certain", "missed_by"]
    print_csv(headings, [[row[name] for name in headings] for row in rows])


def missed_words(deadline: Deadline) -> str:
    """Say by how much a deadline was missed."""
    if deadline.missed_by is None:
        return "-"
    if deadline.missed_by == 0:
        return "by hours"
    return "by 1 day" if deadline.missed_by == 1 else f"by {deadline.missed_by} days"


def _print_notes(found: FoundBreach, snapshot: Snapshot) -> None:
    from dataflows.actions.breach_sheet import notes_on

    click.echo()
    for note in notes_on(snapshot, found.breach):
        click.echo(f"- {note}")
