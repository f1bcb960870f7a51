"""portal: the static site for families."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dataflows.commands.options import (
    DayType,
    as_of_option,
    catalog_option,
    district_option,
    known_at_option,
    today,
    warn,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from dataflows.catalog.database import Address


@click.command("portal")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--look", metavar="FOLDER", type=click.Path(path_type=Path), help="Your colour, logo, letterhead, words.")
@click.option("--since", type=DayType(), metavar="DAY", help="From which day changes are told (default: a year ago).")
@catalog_option
@district_option
@as_of_option
@known_at_option
def portal_command(
    folder: Path,
    *,
    look: Path | None,
    since: date | None,
    catalog: Address,
    district: str | None,
    as_of: date | None,
    known_at: datetime | None,
) -> None:
    """Write the site that tells families what data about a child goes where.

    Put DIR on your web server, or open its index.html from a folder. Run it again after each
    change: only what changed is written, and what is gone is removed.
    """
    from dataflows.actions.portal import Asked, write_portal

    if not str(folder).strip():
        raise click.UsageError("portal needs the name of a folder.")
    own = None
    if look is not None:
        from dataflows.reporting.look import read_look

        own = read_look(look)
    day = as_of or today()
    if since is not None and since > day:
        raise click.UsageError(f"--since {since} is after {day}, the day that the site is of.")
    made = write_portal(catalog, district, folder, Asked(as_of=day, known_at=known_at, since=since, look=own))
    click.echo(
        f"The site of {day} has {made.files} files in {', '.join(made.languages)}: "
        f"{made.written} written, {made.removed} removed.",
        err=True,
    )
    for reason in made.left_out:
        warn(f"a notice is left out, {reason}.")
    for path in made.kept:
        warn(f"{folder / path} is no longer part of the site and was changed by somebody, so it stays.")
    click.echo(f"Open {folder / 'index.html'}")
