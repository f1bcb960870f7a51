"""breach: what to do in the night on which a vendor writes."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dataflows.commands.options import (
    as_of_option,
    catalog_option,
    district_option,
    format_option,
    known_at_option,
    today,
)

if TYPE_CHECKING:
    from dataflows.actions.breach import FoundBreach
    from dataflows.catalog.database import Address
    from dataflows.law.clocks import Moment
    from dataflows.model.snapshot import Snapshot


class DayOrMomentType(click.ParamType[Any]):
    """A day, or a day and a time, as the clock on the wall shows it."""

    name = "MOMENT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Moment:
        """Return the day or the moment; fails for what is neither."""
        if isinstance(value, date):
            return value
        text = str(value).strip().replace(" ", "T")
        try:
            if len(text) == 10:
                return date.fromisoformat(text)
            if "T" in text:
                moment = datetime.fromisoformat(text)
                if moment.tzinfo is not None:
                    message = f"{value!r} names a time zone. Write the district's own time: 2025-01-07T16:00."
                    self.fail(message, param, ctx)
                return moment
        except ValueError:
            pass
        return self.fail(f"{value!r} is no day or moment. Write 2025-01-07 or 2025-01-07T16:00.", param, ctx)


class DaysType(click.ParamType[Any]):
    """A first day, or a first and a last one: 2024-12-19..2024-12-28."""

    name = "FROM[..TO]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[date, date | None]:
        """Return the first day and the last, None where it is not given."""
        if isinstance(value, tuple):
            return value
        first, dots, last = str(value).strip().partition("..")
        try:
            if len(first) == 10 and len(last) in ((10,) if dots else (0,)):
                return date.fromisoformat(first), date.fromisoformat(last) if last else None
        except ValueError:
            pass
        return self.fail(f"{value!r} are no days. Write 2024-12-19..2024-12-28, or the first day alone.", param, ctx)


@click.command("breach")
@click.argument("party")
@click.option("--occurred", type=DaysType(), help="First and last day of the intrusion (default: the day asked about).")
@click.option(
    "--discovered", type=DayOrMomentType(), help="When the district found out (default: the vendor's notice)."
)
@click.option("--vendor-discovered", type=DayOrMomentType(), help="When the vendor found it.")
@click.option("--vendor-notice", "vendor_notified", type=DayOrMomentType(), help="When the vendor told the district.")
@click.option("--determined", type=DayOrMomentType(), help="When it was sure that there was a breach.")
@click.option("--ransom-paid", type=DayOrMomentType(), help="When a ransom was paid (default: none was).")
@click.option("--device-reached", type=DayOrMomentType(), help="When a school's device was reached (default: never).")
@click.option("--incident", metavar="ID", help="The incident of the catalog that it is about.")
@click.option("-o", "--output", metavar="FILE", help="Write the incident sheet: .html .pdf .docx .md .txt, or - .")
@click.option("--incident-file", metavar="FILE", help="Write a catalog file with the incident: .yaml .json, or - .")
@format_option("table", "json", "csv", "html")
@catalog_option
@district_option
@as_of_option
@known_at_option
def breach_command(
    party: str,
    *,
    output: str | None,
    incident_file: str | None,
    format_: str,
    catalog: Address,
    district: str | None,
    as_of: date | None,
    known_at: datetime | None,
    **said: Any,
) -> None:
    """Say what a breach at PARTY exposes, and whom to tell by when.

    Exposed is all that the party held or retained on any day from the first day of the intrusion
    until the day asked about. Days and moments are as the clock on the wall showed them.
    """
    from dataflows.actions.asking import read_snapshot
    from dataflows.actions.breach import Asked, find_breach

    first, last = said.pop("occurred") or (None, None)
    asked = Asked(occurred_from=first, occurred_to=last, **said)
    snapshot = read_snapshot(catalog, district, as_of or today(), known_at)
    found = find_breach(snapshot, party, asked)
    if found.incident is not None and asked.incident is None:
        click.echo(f"What was not given is taken from the incident {found.incident.id}.", err=True)
    _write_files(snapshot, found, output, incident_file)
    if format_ == "table" and "-" in (output, incident_file):
        return
    _print(snapshot, found, format_)


def _print(snapshot: Snapshot, found: FoundBreach, format_: str) -> None:
    if format_ == "json":
        from dataflows.commands.printing import print_json

        print_json(found.to_json())
    elif format_ == "csv":
        from dataflows.commands.breach_text import print_deadlines

        print_deadlines(found)
    elif format_ == "html":
        from dataflows.actions.breach_sheet import write_sheet

        click.echo(write_sheet(snapshot, found, ".html"), nl=False)
    else:
        from dataflows.commands.breach_text import print_breach

        print_breach(snapshot, found)


def _write_files(snapshot: Snapshot, found: FoundBreach, sheet: str | None, incident: str | None) -> None:
    """Write what was asked for; every file's form is looked at before the first is written."""
    from dataflows.actions.breach import incident_file
    from dataflows.actions.breach_sheet import SUFFIXES, write_sheet

    made: list[tuple[str, bytes, str]] = []
    if sheet is not None:
        suffix = _suffix(sheet, SUFFIXES, ".txt")
        made.append((sheet, write_sheet(snapshot, found, suffix), "the incident sheet"))
    if incident is not None:
        suffix = _suffix(incident, (".yaml", ".yml", ".json"), ".yaml")
        made.append((incident, incident_file(snapshot, found, suffix), "the incident; read it, then apply it"))
    for name, content, what in made:
        if name == "-":
            click.echo(content, nl=False)
            continue
        from dataflows.actions.files import write_whole

        write_whole(Path(name), content)
        click.echo(f"Wrote {what}: {name}", err=True)


def _suffix(name: str, known: tuple[str, ...], standard: str) -> str:
    suffix = standard if name == "-" else Path(name).suffix.lower()
    if suffix not in known:
        raise click.UsageError(f"{name!r} can't be written. Choose a name that ends in one of: {', '.join(known)}.")
    return suffix
