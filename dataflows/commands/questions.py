"""holds, show and due: what a steward asks."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import click

from dataflows.commands.completing import complete_element, complete_id
from dataflows.commands.options import (
    as_of_option,
    catalog_option,
    district_option,
    format_option,
    known_at_option,
    now,
    today,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from dataflows.actions.holds import Holds
    from dataflows.actions.shown import Shown
    from dataflows.catalog.database import Address


@click.command("holds")
@click.argument("elements", nargs=-1, required=True, metavar="ELEMENT...", shell_complete=complete_element)
@format_option("table", "json", "csv")
@catalog_option
@district_option
@as_of_option
@known_at_option
def holds_command(
    elements: tuple[str, ...],
    *,
    format_: str,
    catalog: Address,
    district: str | None,
    as_of: date | None,
    known_at: datetime | None,
) -> None:
    """Say who holds these elements, directly and down the chain, and who may still retain them.

    ELEMENT is an element's id or one of its other names, category:attendance, or
    sensitivity:high (that or higher). Several mean any of them.
    """
    from dataflows.actions.asking import ask_holds, read_snapshot
    from dataflows.commands.printing import print_csv, print_json

    day = as_of or today()
    if known_at is None:
        found = ask_holds(catalog, elements, district, day)
    else:
        from dataflows.actions.holds import find_holds

        found = find_holds(read_snapshot(catalog, district, day, known_at), elements)
    if format_ == "json":
        print_json(found.to_json())
    elif format_ == "csv":
        print_csv(_COLUMNS, [[row[name] for name in _COLUMNS] for row in _rows(found)])
    else:
        _print_holds(found)


_COLUMNS = (
    "status", "party", "name", "elements", "direct", "hops", "path", "flows", "legal_bases", "agreements", "until",
)  # fmt: skip


def _rows(found: Holds) -> list[dict[str, Any]]:
    answer = found.to_json()
    holders = [{"status": "holds", "until": None, **row} for row in answer["holders"]]
    return holders + [{"status": "retains", **row} for row in answer["retained"]]


def _print_holds(found: Holds) -> None:
    from dataflows.commands.printing import print_table

    asked = ", ".join(found.elements[:8]) + (f" and {len(found.elements) - 8} more" if len(found.elements) > 8 else "")
    click.echo(f"{asked}, on {found.as_of}\n")
    rows = _rows(found)
    held = [row for row in rows if row["status"] == "holds"]
    if held:
        click.echo(f"Held by {len(held)}:")
        columns = ("party", "name", "hops", "elements", "legal_bases", "flows")
        print_table([c.upper().replace("_", " ") for c in columns], [[row[c] for c in columns] for row in held])
    else:
        click.echo("Nobody holds them.")
    kept = [row for row in rows if row["status"] == "retains"]
    if kept:
        click.echo(f"\nMay still be retained by {len(kept)}:")
        rows_shown = [[r["party"], r["name"], r["until"] or "no end stated", r["elements"], r["flows"]] for r in kept]
        print_table(("PARTY", "NAME", "UNTIL", "ELEMENTS", "FLOWS"), rows_shown)


@click.command("show")
@click.argument("id", shell_complete=complete_id())
@format_option("table", "json")
@catalog_option
@district_option
@as_of_option
@known_at_option
def show_command(
    id: str,
    *,
    format_: str,
    catalog: Address,
    district: str | None,
    as_of: date | None,
    known_at: datetime | None,
) -> None:
    """Show everything about one vendor, party, school, element, agreement or flow.

    Where one word names several, flow/zoom and vendor/zoom tell them apart; zoom shows both.
    """
    from dataflows.actions.asking import read_snapshot
    from dataflows.actions.show import show
    from dataflows.commands.printing import print_json

    found = show(read_snapshot(catalog, district, as_of or today(), known_at), id)
    if format_ == "json":
        print_json(found[0].to_json() if len(found) == 1 else [item.to_json() for item in found])
        return
    for number, item in enumerate(found):
        if number:
            click.echo()
        _print_shown(item)


def _print_shown(item: Shown) -> None:
    from dataflows.commands.printing import print_table, show_value, terminal_width
    from dataflows.commands.tables import format_field

    click.echo(f"{item.name} ({item.kind} {item.id}), on {item.as_of}\n")
    width = max((len(field.label) for field in item.fields), default=0)
    for field in item.fields:
        for line in format_field(field.label, field.value, width=width, room=terminal_width(), show=show_value):
            click.echo(line)
    for section in item.sections:
        if section.rows:
            click.echo(f"\n{section.title}:")
            print_table([column.upper().replace("_", " ") for column in section.columns], section.rows)


class DaysType(click.ParamType[Any]):
    """A number of days: 60d, 60, 8w."""

    name = "DAYS"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number of days; fails for what is none."""
        found = re.fullmatch(r"(\d{1,5})([dw]?)", str(value).strip())
        if not found:
            self.fail(f"{value!r} is not a number of days. Write 60d or 8w.", param, ctx)
        return int(found[1]) * (7 if found[2] == "w" else 1)


@click.command("due")
@click.option("--within", type=DaysType(), default="60d", show_default=True, help="How far to look ahead.")
@click.option("--fail-on", type=click.Choice(["overdue", "never"]), default="never", help="Exit code 1 where found.")
@format_option("table", "json", "csv", "ics")
@catalog_option
@district_option
@as_of_option
def due_command(
    within: int, *, fail_on: str, format_: str, catalog: Address, district: str | None, as_of: date | None
) -> int:
    """List what falls due: agreements, notices, opt-outs, reviews, waivers, deletions, the calendar of the state."""
    from dataflows.actions.asking import read_snapshot
    from dataflows.actions.due import find_due
    from dataflows.commands.printing import print_csv, print_json, print_table

    day = as_of or today()
    snapshot = read_snapshot(catalog, district, day)
    found = find_due(snapshot, day, within)
    headings = ("day", "what", "subject", "citation", "overdue")
    rows = [(d.day, d.what, f"{d.kind}/{d.id}", d.citation, "overdue" if d.overdue else "") for d in found]
    if format_ == "ics":
        from dataflows.actions.icalendar import format_ics

        owner = snapshot.district
        text = format_ics(found, district=owner.id, name=owner.name, stamped=now())
        sys.stdout.buffer.write(text.encode())
    elif format_ == "json":
        print_json([item.to_json() for item in found])
    elif format_ == "csv":
        print_csv(headings, rows)
    elif not found:
        click.echo(f"Nothing falls due within {within} days of {day}.")
    else:
        click.echo(f"Due within {within} days of {day}\n")
        print_table([heading.upper() for heading in headings], rows)
    return int(fail_on == "overdue" and any(item.overdue for item in found))
