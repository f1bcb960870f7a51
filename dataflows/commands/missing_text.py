"""Says what a posting that went out all the same lacks: whose fact, which field, who must be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dataflows.commands.options import warn

if TYPE_CHECKING:
    from datetime import date

    from dataflows.actions.write_notice import WrittenNotice
    from dataflows.reporting.postings.missing import MissingFact

_OURS = {
    "contracts": "look in the contract, or ask who keeps it",
    "district": "your own office knows or decides it",
}


def show_missing(made: WrittenNotice, day: date) -> None:
    """Write the list to stderr, by whose facts they are; nothing where nothing is missing."""
    for caution in made.cautions:
        warn(caution)
    if not made.missing:
        return
    count = len(made.missing)
    facts, they = ("1 fact is", "it was") if count == 1 else (f"{count} facts are", "they were")
    click.echo(f"{facts} not yet available, and the document says that {they} asked for on {day}:", err=True)
    by_name: dict[str, list[MissingFact]] = {}
    for fact in made.missing:
        by_name.setdefault(fact.about, []).append(fact)
    for name, lacking in by_name.items():
        click.echo(f"  {name}", err=True)
        for fact in lacking:
            click.echo(f"    {fact.field}: {_OURS.get(fact.ask) or f'ask {name}'}", err=True)
