"""log, verify and diff: what was known when, and whether the record is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dataflows.commands.options import DayType, catalog_option, district_option, format_option

if TYPE_CHECKING:
    from datetime import date

    from dataflows.actions.history import Verified
    from dataflows.catalog.database import Address


@click.command("log")
@format_option("table", "json", "csv")
@catalog_option
@district_option
def log_command(format_: str, catalog: Address, district: str | None) -> None:
    """List who changed what, newest first."""
    from dataflows.actions.history import read_log
    from dataflows.commands.printing import print_csv, print_json, print_table

    entries = read_log(catalog, district)
    if format_ == "json":
        print_json([
            {
                "district": e.district, "number": e.number, "at": e.at, "by": e.by, "message": e.message,
                "program": e.program, "added": e.added, "changed": e.changed, "removed": e.removed,
                "renames": [{"list": name, "from": old, "to": new} for name, old, new in e.renames],
                "previous": f"sha256:{e.previous}", "digest": f"sha256:{e.digest}",
            }
            for e in entries
        ])  # fmt: skip
        return
    headings = ("ENTRY", "WHEN (UTC)", "BY", "ADDED", "CHANGED", "REMOVED", "WHY")
    rows = [(e.number, e.at[:19], e.by, e.added, e.changed, e.removed, e.message) for e in entries]
    (print_csv if format_ == "csv" else print_table)(headings, rows)


@click.command("verify")
@format_option("table", "json")
@catalog_option
@district_option
def verify_command(format_: str, catalog: Address, district: str | None) -> int:
    """Prove that the record is whole: log, journal and tables agree. Exit code 1 where they don't."""
    from dataflows.actions.history import verify_catalog
    from dataflows.commands.printing import print_json

    found = verify_catalog(catalog, district)
    ok = all(item.ok for item in found)
    if format_ == "json":
        if len(found) == 1:
            print_json(found[0].to_json())
        else:
            print_json({"ok": ok, "districts": [{"id": item.district, **item.to_json()} for item in found]})
    else:
        for item in found:
            _print(item)
        if not found:
            click.echo("The catalog is empty; there is nothing to prove.")
    return 0 if ok else 1


def _print(item: Verified) -> None:
    if item.ok:
        noun = "entry" if item.entries == 1 else "entries"
        click.echo(f"{item.district}: whole. {item.entries} {noun}, head sha256:{item.head}")
        return
    click.echo(f"{item.district}: NOT whole, from entry {item.first_bad} of {item.entries} on.")
    for reason in item.reasons:
        click.echo(f"  {reason}")


@click.command("diff")
@click.option("--from", "start", type=DayType(), required=True, help="The earlier day.")
@click.option("--to", "end", type=DayType(), required=True, help="The later day.")
@format_option("table", "json", "csv")
@catalog_option
@district_option
def diff_command(start: date, end: date, format_: str, catalog: Address, district: str | None) -> None:
    """Say which flows were added, ended or corrected between two days."""
    from dataflows.actions.history import compare_days
    from dataflows.commands.printing import print_csv, print_json, print_table

    if end < start:
        raise click.UsageError(f"--to {end} lies before --from {start}. Give the earlier day first.")
    found = compare_days(catalog, district, start, end)
    if format_ == "json":
        print_json(found.to_json())
        return
    rows = [("added", id, "") for id in found.added] + [("ended", id, "") for id in found.ended]
    rows += [("changed", id, ", ".join(fields)) for id, fields in found.changed]
    if format_ == "table" and not rows:
        click.echo(f"Nothing changed in the flows between {start} and {end}.")
    else:
        (print_csv if format_ == "csv" else print_table)(("WHAT", "FLOW", "FIELDS"), rows)
