"""map-columns: from a list as the office has it to a mapping that a person checks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dataflows.commands.options import catalog_option, district_option, warn

if TYPE_CHECKING:
    from dataflows.catalog.database import Address
    from dataflows.sources.district_list.known import Known


@click.command("map-columns")
@click.argument("file", metavar="FILE")
@click.option("-o", "--output", metavar="MAP.yaml", help="Where to write it (default: to the screen).")
@catalog_option
@district_option
@click.pass_context
def map_columns_command(
    context: click.Context, file: str, *, output: str | None, catalog: Address, district: str | None
) -> None:
    """Propose how FILE, a list of your own, is read: which column is what, and who is one vendor.

    FILE is a workbook, CSV, a web page with a table, or text copied from a page; `-` is stdin.
    Read what it writes, mend it, and give it to plan --mapping.
    Vendors and schools that the catalog holds are proposed where a name of the list may be theirs.
    """
    from dataflows.actions.map_columns import map_columns
    from dataflows.commands.progress import shown_progress

    known = _known(context, catalog, district)
    with shown_progress(file):
        proposal = map_columns(file, output or "map.yaml", known)
    if output is None or output == "-":
        click.echo(proposal.text, nl=False)
    else:
        from dataflows.actions.files import write_whole

        write_whole(Path(output), proposal.text.encode())
        click.echo(f"Wrote {output}. Read it, then run: dataflows plan {file} --mapping {output}", err=True)
    for text in proposal.mapping.remarks:
        warn(text)


def _known(context: click.Context, catalog: Address, district: str | None) -> Known:
    """Return what the catalog holds; one that was not asked for need not be there, and never stops this command."""
    from dataflows.actions.map_columns import known_to
    from dataflows.errors import DataflowsError
    from dataflows.sources.district_list.known import NOTHING_KNOWN

    is_asked = context.get_parameter_source("catalog") is not click.core.ParameterSource.DEFAULT or district is not None
    if not is_asked and catalog.path is not None and not catalog.path.exists():
        return NOTHING_KNOWN
    try:
        return known_to(catalog, district)
    except DataflowsError as fault:
        if is_asked:
            raise
        warn(f"The catalog was not looked at, so no name of it is proposed: {fault}")
        return NOTHING_KNOWN
