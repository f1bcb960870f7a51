"""map: what is drawn from the catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dataflows.commands.completing import complete_file, complete_id, complete_view
from dataflows.commands.delivering import deliver, suffix_of
from dataflows.commands.options import DayType, as_of_option, catalog_option, district_option, known_at_option, today

if TYPE_CHECKING:
    from datetime import date, datetime

    from dataflows.actions.draw_map import Since
    from dataflows.catalog.database import Address


@click.command("map")
@click.argument("view", required=False, shell_complete=complete_view)
@click.argument("subject", required=False, shell_complete=complete_id("vendors", "parties"))
@click.argument("other", required=False, shell_complete=complete_id("vendors", "parties"))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    shell_complete=complete_file,
    help="Where to: .pdf .svg .png .html .json .txt, of network and its like .dot .graphml, "
    "of the matrix .csv .xlsx, of the summary .csv; or - .",
)
@click.option("--format", "format_", help="For stdout: one of those forms (default: txt).")
@click.option("--by", metavar="COLUMNS", help="Of the matrix: element or category (default: element).")
@click.option("--compare", type=DayType(), help="Tell apart what began, ended, or was corrected since that day.")
@click.option(
    "--theme",
    type=click.Choice(("light", "dark", "print")),
    default="light",
    show_default=True,
    help="In which colours.",
)
@click.option("--language", metavar="TAG", help="In which language, such as es (default: the first home language).")
@click.option("--findings", is_flag=True, help="Show at each party what `audit` finds.")
@catalog_option
@district_option
@as_of_option
@known_at_option
def map_command(
    view: str | None,
    subject: str | None,
    other: str | None,
    *,
    by: str | None,
    compare: date | None,
    findings: bool,
    theme: str,
    language: str | None,
    output: str | None,
    format_: str | None,
    catalog: Address,
    district: str | None,
    as_of: date | None,
    known_at: datetime | None,
) -> None:
    """Draw a disclosure map: `overview`, `matrix`, `summary`, `network`, `vendor ID`, `element ID`, `path FROM TO`.

    The overview says who gets what on one page, in groups; the matrix has a row for each party.
    The summary is one picture for families and the board: how much of what goes where.
    Without a view it is the network where that reads well, and the overview elsewhere; without -o it is told in words.
    """
    from dataflows.actions.asking import read_snapshot
    from dataflows.actions.draw_map import Marks, Style, choose_view, draw_map

    suffix, day = suffix_of(output, format_, default="txt"), as_of or today()
    since = _since(compare, day, catalog, district) if compare else None
    snapshot = read_snapshot(catalog, district, day, known_at)
    marks = Marks(since, findings)
    if view is None:
        view = "network" if since and suffix == "html" else choose_view(snapshot, suffix)
    style = Style(theme, language, by)
    content = draw_map(snapshot, view, subject, suffix, other=other, marks=marks, style=style)
    deliver(content, output, f"the {view} map of {day}")


def _since(compare: date, day: date, catalog: Address, district: str | None) -> Since:
    """Return the day compared with, and what was corrected in the catalog between the two."""
    from dataflows.actions.draw_map import Since
    from dataflows.actions.history import compare_days

    if compare == day:
        raise click.UsageError(f"--compare names another day than the one asked about, {day}.")
    first, last = sorted((compare, day))
    corrected = compare_days(catalog, district, first, last).changed
    return Since(compare, frozenset(flow for flow, _ in corrected))
