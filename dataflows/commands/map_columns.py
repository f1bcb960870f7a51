"""map-columns: from a list as the office has it to a mapping that a person checks."""

from __future__ import annotations

from pathlib import Path

import click

from dataflows.commands.options import warn


@click.command("map-columns")
@click.argument("file", metavar="FILE")
@click.option("-o", "--output", metavar="MAP.yaml", help="Where to write it (default: to the screen).")
def map_columns_command(file: str, *, output: str | None) -> None:
    """Propose how FILE, a list of your own, is read: which column is what, and who is one vendor.

    FILE is a workbook, CSV, a web page with a table, or text copied from a page.
    Read what it writes, mend it, and give it to plan --mapping.
    """
    from dataflows.actions.map_columns import map_columns

    proposal = map_columns(file, output or "map.yaml")
    if output is None or output == "-":
        click.echo(proposal.text, nl=False)
    else:
        from dataflows.actions.files import write_whole

        write_whole(Path(output), proposal.text.encode())
        click.echo(f"Wrote {output}. Read it, then run: dataflows plan {file} --mapping {output}", err=True)
    for text in proposal.mapping.remarks:
        warn(text)
