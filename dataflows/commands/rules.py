"""rules: the catalogue, one rule explained, and what the program knows of the law."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

from dataflows.commands.options import as_of_option, format_option, today

if TYPE_CHECKING:
    from datetime import date

    from dataflows.rules.pages import Page

ACTORS = {"we": "the district", "vendor": "the vendor", "counsel": "counsel"}


@click.command("rules")
@click.argument("name", required=False)
@click.option("--law", is_flag=True, help="Show the law that the program knows, and how sure it is.")
@click.option("--state", metavar="CODE", help="With --law: the law of one state alone, by its postal code.")
@format_option("table", "json", "csv")
@as_of_option
def rules_command(name: str | None, *, law: bool, state: str | None, format_: str, as_of: date | None) -> None:
    """List the rules of `audit`, or explain one by its NAME or code.

    With --law: what the program knows of the law on a day, with citation, days and how sure it is.
    """
    day = as_of or today()
    if law and name:
        raise click.UsageError("--law shows the whole law. Leave out the rule's name.")
    if state and not law:
        raise click.UsageError("--state says whose law to show. Add --law.")
    if law:
        _show_law(day, state, format_)
    elif name:
        _show_rule(name, format_)
    else:
        _show_list(day, format_)


def _show_law(day: date, state: str | None, format_: str) -> None:
    from dataflows.actions.rules import list_law
    from dataflows.commands.printing import print_csv, print_json, print_table

    rows = list_law(day, state)
    if format_ == "json":
        print_json([row.to_json() for row in rows])
        return
    headings = ("kind", "citation", "says", "from", "until", "checked", "certain")
    cells = [[row.to_json()[name] for name in headings] for row in rows]
    if format_ == "csv":
        print_csv(headings, cells)
        return
    click.echo(f"The law as known on {day}\n")
    print_table([name.upper() for name in headings], [[*row[:2], row[2][:90], *row[3:]] for row in cells])


def _show_list(day: date, format_: str) -> None:
    from dataflows.actions.rules import list_rules, page_to_json
    from dataflows.commands.printing import print_csv, print_json, print_table

    pages = list_rules(day)
    if format_ == "json":
        print_json([page_to_json(page) for page in pages])
        return
    rows = [[page.code, page.name, page.severity.value, page.citation, page.finds] for page in pages]
    headings = ("code", "name", "severity", "citation", "finds")
    if format_ == "csv":
        print_csv(headings, rows)
    else:
        print_table([name.upper() for name in headings], rows)


def _show_rule(name: str, format_: str) -> None:
    from dataflows.actions.rules import explain_rule, page_to_json
    from dataflows.commands.printing import print_json

    page = explain_rule(name)
    if format_ == "csv":
        raise click.UsageError("One rule is shown as a table or as JSON.")
    if format_ == "json":
        print_json(page_to_json(page))
    else:
        click.echo(_explain(page))


def _explain(page: Page) -> str:
    from dataflows.law.citations import cite_for_readers

    law = cite_for_readers(page.citation)
    parts = [
        f"{page.name} ({page.code}, {page.severity})",
        page.finds,
        f"Why: {page.why}",
        f"Arguable: {page.arguable}" if page.arguable else "",
        f"The law: {law or 'none; it is good practice'}" + ("" if page.certain else " (doubtful)"),
        f"In force: {page.period.first_day or 'always'} to {page.period.last_day or 'now'}",
        f"To settle it ({ACTORS[page.acts.value]}): {page.cure}",
        f"When to waive it: {page.when_to_waive}" if page.when_to_waive else "",
        f"Silent where one of these speaks: {', '.join(page.yields_to)}" if page.yields_to else "",
        f"Fails:\n{textwrap.indent(page.fails.rstrip(), '    ')}",
        f"Passes:\n{textwrap.indent(page.passes.rstrip(), '    ')}",
    ]
    return "\n\n".join(part for part in parts if part)
