"""cut: what to end so that elements no longer reach a party."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dataflows.commands.completing import complete_element
from dataflows.commands.options import (
    as_of_option,
    catalog_option,
    district_option,
    format_option,
    known_at_option,
    today,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from dataflows.actions.cut import CutAnswer
    from dataflows.catalog.database import Address


_COUNTED = {"students": "STUDENTS", "elements": "CARRIES"}


@click.command("cut")
@click.argument("elements", nargs=-1, required=True, metavar="ELEMENT...", shell_complete=complete_element)
@click.option("--from", "start", required=True, metavar="ID", help="From whom: the district is its students too.")
@click.option("--to", "end", required=True, metavar="ID", help="Whom the elements shall not reach.")
@click.option(
    "--weight",
    type=click.Choice(["flows", "students", "elements"]),
    default="flows",
    show_default=True,
    help="What is to be least: flows, or the students or elements of the flows that end.",
)
@format_option("table", "json")
@catalog_option
@district_option
@as_of_option
@known_at_option
def cut_command(
    elements: tuple[str, ...],
    start: str,
    end: str,
    *,
    weight: str,
    format_: str,
    catalog: Address,
    district: str | None,
    as_of: date | None,
    known_at: datetime | None,
) -> None:
    """Say which flows to end so that no element asked for reaches one party from another.

    ELEMENT is what `holds` understands. The fewest flows are found, or, by --weight, those whose
    end touches the fewest students or elements; the agreements that would have to change are named.
    """
    from dataflows.actions.asking import read_snapshot
    from dataflows.actions.cut import cut
    from dataflows.commands.printing import print_json

    found = cut(read_snapshot(catalog, district, as_of or today(), known_at), elements, start, end, weight=weight)
    if format_ == "json":
        print_json(found.to_json())
    else:
        _print_cut(found)


def _print_cut(found: CutAnswer) -> None:
    from dataflows.commands.printing import print_table

    asked = ", ".join(found.elements)
    if not found.reachable_before:
        click.echo(
            f"On {found.as_of} nothing of {asked} reaches {found.end} from {found.start}. There is nothing to end."
        )
        return
    one = len(found.flows) == 1
    click.echo(f"End {'this flow' if one else f'these {len(found.flows)} flows'}, and nothing of {asked}")
    click.echo(f"reaches {found.end} from {found.start}, on {found.as_of}:\n")
    counted = _COUNTED.get(found.weight)
    headings = ("FLOW", "FROM", "TO", "AGREEMENT", *([counted] if counted else []), "ELEMENTS")
    rows = [
        (
            flow.id,
            flow.sender,
            flow.receiver,
            flow.agreement,
            *([flow.weight if flow.is_counted else "not known"] if counted else []),
            flow.elements,
        )
        for flow in found.flows
    ]
    print_table(headings, rows)
    _print_notes(found)


def _print_notes(found: CutAnswer) -> None:
    click.echo()
    if found.agreements:
        click.echo(f"Agreements that would have to change: {', '.join(found.agreements)}.")
    if found.not_counted:
        click.echo(
            f"How many students they concern is not known for {', '.join(found.not_counted)}:"
            " each was counted as all students of the district that are known of."
        )
    if not found.exact:
        click.echo("These flows are enough. The search was cut short, so fewer might be enough too.")
    click.echo(f"What {found.end} has already got stays there until it is deleted.")
