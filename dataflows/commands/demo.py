"""demo: the whole idea on a real case, in one command."""

from __future__ import annotations

from pathlib import Path

import click

from dataflows.commands.options import now, user_name


@click.command("demo")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default="dataflows-demo")
@click.option("--large", is_flag=True, help="An invented district of 300 vendors instead.")
def demo_command(folder: Path, *, large: bool) -> None:
    """Build the Zoom example of 2020 end to end into FOLDER (dataflows-demo)."""
    from dataflows.actions.demo import build_demo, build_large, count_holders

    moment = now().astimezone()
    made = (build_large if large else build_demo)(folder, moment, user_name())
    width = max(len(str(item.path)) for item in made)
    for item in made:
        click.echo(f"  {str(item.path).ljust(width)}  {item.what}")
    catalog = made[1].path
    click.echo("\nTry next:")
    for words in ("holds student-id", "audit", "breach zoom", "due --within 400d", "verify"):
        if not (large and "zoom" in words):
            click.echo(f"  dataflows {words} --catalog {catalog}")
    if large:
        click.echo(f"\nOpen this first: {made[2].path}")
        return
    count = count_holders(folder, moment)
    click.echo(f"\nStudent ID numbers are held by {count} parties today.")
    click.echo(f"Open this first: {folder / 'portal' / 'index.html'}")
