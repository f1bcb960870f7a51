"""plan, apply and export: files into the catalog, and out of it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from dataflows.commands.completing import complete_file
from dataflows.commands.options import (
    catalog_option,
    district_option,
    format_option,
    known_at_option,
    now,
    user_name,
    warn,
    warn_of_place,
)
from dataflows.commands.progress import shown_progress

if TYPE_CHECKING:
    from datetime import datetime

    from dataflows.actions.plan import Plan, Request
    from dataflows.catalog.database import Address
    from dataflows.commands.progress import Progress

_FILES = click.argument("files", nargs=-1, required=True, metavar="FILE...", shell_complete=complete_file)
_REPLACE = click.option("--replace", is_flag=True, help="Remove what the files no longer name, in their lists.")
_MAPPING = click.option(
    "--mapping", metavar="MAP.yaml", help="Read FILE as a list of your own, by what map-columns wrote."
)


@click.command("plan")
@_FILES
@_REPLACE
@_MAPPING
@click.option("--check", is_flag=True, help="Leave with exit code 1 where something would change.")
@click.option("--annotate", metavar="MARKED.xlsx", help="Write a copy of the workbook with the problems marked.")
@format_option("table", "json")
@catalog_option
@district_option
def plan_command(
    files: tuple[str, ...],
    *,
    replace: bool,
    mapping: str | None,
    check: bool,
    annotate: str | None,
    format_: str,
    catalog: Address,
    district: str | None,
) -> int:
    """Show what FILES would change; nothing is written. `-` is stdin."""
    from dataflows.actions.plan import plan_files
    from dataflows.commands.plan_text import in_blocks, plan_lines
    from dataflows.commands.printing import print_json

    book = _choose_workbook(files, annotate) if annotate else ""
    with shown_progress(files) as progress:
        request = _request(files, replace=replace, mapping=mapping, district=district, progress=progress)
        plan = plan_files(catalog, request)
    if format_ == "json":
        print_json(plan.to_json())
    elif not plan.problems:
        for block in in_blocks(plan_lines(plan)):
            click.echo(block)
    _say_notes(plan)
    if annotate:
        _annotate(book, plan, annotate)
    return 2 if plan.problems else int(check and not plan.is_empty)


@click.command("apply")
@_FILES
@_REPLACE
@_MAPPING
@click.option("--message", default="", metavar="WHY", help="Why, for the log.")
@click.option("--by", metavar="WHO", help="By whom, for the log (default: your user name).")
@catalog_option
@district_option
def apply_command(
    files: tuple[str, ...],
    *,
    replace: bool,
    mapping: str | None,
    message: str,
    by: str | None,
    catalog: Address,
    district: str | None,
) -> int:
    """Change the catalog to what FILES say, in one transaction. `-` is stdin."""
    from dataflows import __version__
    from dataflows.actions.plan import apply_files
    from dataflows.catalog.writing import Signature
    from dataflows.commands.plan_text import format_counts, format_plan

    warn_of_place(catalog)
    signed = Signature(now().isoformat(timespec="microseconds"), by or user_name(), message, __version__)
    with shown_progress(files) as progress:
        request = _request(files, replace=replace, mapping=mapping, district=district, progress=progress)
        plan, entries = apply_files(catalog, request, signed)
    _say_notes(plan)
    if not entries:
        click.echo("Nothing to change.")
        return 0
    click.echo(format_plan(plan, most=20))
    click.echo(f"\nApplied: {format_counts(plan)}.")
    for entry in entries:
        click.echo(f"Entry {entry.number} of the log of {entry.district}: sha256:{entry.digest}")
    return 0


@click.command("export")
@click.argument("file", shell_complete=complete_file)
@click.option("--format", "format_", type=click.Choice(["yaml", "json"]), default="yaml", help="For stdout (`-`).")
@catalog_option
@district_option
@known_at_option
def export_command(
    file: str, *, format_: str, catalog: Address, district: str | None, known_at: datetime | None
) -> None:
    """Write one district to FILE: .yaml, .json, .xlsx, or a folder of CSV where the name has no suffix.

    `plan` on an export shows no change. `-` writes to stdout.
    """
    from dataflows.actions.export import export_catalog, read_catalog, write_text
    from dataflows.commands.printing import prepare_for_data

    with shown_progress(file):
        bodies = read_catalog(catalog, district, known_at)
        if file != "-":
            export_catalog(bodies, file)
    if file == "-":
        prepare_for_data()
        write_text(bodies, f".{format_}", sys.stdout)
        return
    click.echo(f"Wrote {file}: {sum(len(rows) for rows in bodies.values())} rows.", err=True)


def _choose_workbook(files: tuple[str, ...], target: str) -> str:
    from dataflows.actions.annotate import choose_workbook

    return choose_workbook(files, target)


def _annotate(book: str, plan: Plan, target: str) -> None:
    from dataflows.actions.annotate import annotate_workbook

    marked, others = annotate_workbook(book, plan.problems, target)
    rest = f" {others} stand in no cell of it." if others else ""
    click.echo(f"Wrote {target}: {marked} problem{'s' if marked != 1 else ''} marked.{rest}", err=True)


def _request(
    files: tuple[str, ...], *, replace: bool, mapping: str | None, district: str | None, progress: Progress
) -> Request:
    from dataflows.actions.plan import Request

    return Request(files=files, replace=replace, district=district, progress=progress.tell, mapping=mapping)


def _say_notes(plan: Plan) -> None:
    from dataflows.commands.plan_text import in_blocks

    if plan.left_out:
        click.echo(f"Not read, and left out ({len(plan.left_out)}):", err=True)
    for block in in_blocks(f"  {problem}" for problem in plan.left_out):
        click.echo(block, err=True)
    for block in in_blocks(map(str, plan.problems)):
        click.echo(block, err=True)
    if plan.problems:
        count = len(plan.problems)
        click.echo(f"Error: {count} problem{'s' if count != 1 else ''}; nothing was written.", err=True)
    for note in plan.notes:
        warn(note)
