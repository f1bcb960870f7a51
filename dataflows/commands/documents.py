"""map and notice: what is drawn and written from the catalog."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dataflows.commands.completing import complete_file, complete_id, complete_notice, complete_view
from dataflows.commands.delivering import deliver
from dataflows.commands.options import (
    as_of_option,
    catalog_option,
    district_option,
    known_at_option,
    today,
    warn,
)
from dataflows.reporting.kinds import KINDS

if TYPE_CHECKING:
    from datetime import date, datetime

    from dataflows.actions.write_notice import WrittenNotice
    from dataflows.catalog.database import Address


@click.command("map")
@click.argument("view", default="network", shell_complete=complete_view)
@click.argument("subject", required=False, shell_complete=complete_id("vendors", "parties"))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    shell_complete=complete_file,
    help="Where to: .svg .png .pdf .dot .graphml .json .txt, or - .",
)
@click.option("--format", "format_", help="For stdout: svg, dot, graphml, json or txt (default: txt).")
@catalog_option
@district_option
@as_of_option
@known_at_option
def map_command(
    view: str,
    subject: str | None,
    *,
    output: str | None,
    format_: str | None,
    catalog: Address,
    district: str | None,
    as_of: date | None,
    known_at: datetime | None,
) -> None:
    """Draw a disclosure map: `network`, or `vendor ID`.

    Without -o it is told in words.
    """
    from dataflows.actions.asking import read_snapshot
    from dataflows.actions.draw_map import draw_map

    suffix = _suffix(output, format_, default="txt")
    day = as_of or today()
    content = draw_map(read_snapshot(catalog, district, day, known_at), view, subject, suffix)
    deliver(content, output, f"the {view} map of {day}")


@click.command("notice", epilog="\b\n" + "\n".join(f"{name:<16}{kind.what}" for name, kind in KINDS.items()))
@click.argument("kind", shell_complete=complete_notice)
@click.argument("file", required=False, shell_complete=complete_file)
@click.option("--vendor", metavar="ID", shell_complete=complete_id("vendors"), help="Whom a vendor letter is about.")
@click.option("--school", metavar="ID", help="Of which school's students the disclosures tell (default: all).")
@click.option("--grade", metavar="GRADE", help="Of which grade's students they tell: PK, K, 1 to 13 (default: all).")
@click.option("--incident", metavar="ID", help="Of which incident the letter about a breach tells.")
@click.option("--language", metavar="TAG", help="In which language, such as es (default: the first home language).")
@click.option("--draft", is_flag=True, help="Write it although a text is absent that it must have, marked DRAFT.")
@click.option(
    "-o", "--output", metavar="FILE", shell_complete=complete_file, help="Where to: .html .pdf .docx .md .txt, or - ."
)
@click.option("--format", "format_", help="For stdout: html, pdf, docx, md or txt (default: txt).")
@catalog_option
@district_option
@as_of_option
@known_at_option
def notice_command(
    kind: str,
    file: str | None,
    *,
    language: str | None,
    draft: bool,
    output: str | None,
    format_: str | None,
    catalog: Address,
    district: str | None,
    as_of: date | None,
    known_at: datetime | None,
    **about: str | None,
) -> None:
    """Write a document from the catalog, of one of the kinds below.

    A text that the law makes part of it and that is absent is an error, never a blank; --draft writes
    it all the same, with DRAFT on every page.

    `notice check FILE` checks anybody's annual notice against 34 CFR 99.7, item by item, and needs
    no catalog: .html, .pdf, .docx, .md or .txt, or - ; --format table, json, csv or html.
    """
    day = as_of or today()
    if kind == "check":
        from dataflows.commands.notice_check import check_file

        check_file(file, format_, output=output, day=day)
        return
    if file is not None:
        raise click.UsageError(f"A notice is written with -o. Did you mean `notice check {file}`, or -o {file}?")
    from dataflows.actions.asking import read_snapshot
    from dataflows.actions.write_notice import write_notice

    suffix = _suffix(output, format_, default="txt")
    snapshot = read_snapshot(catalog, district, day, known_at)
    made = write_notice(snapshot, kind, issued=day, language=language, suffix=f".{suffix}", is_draft=draft, **about)
    deliver(made.content, output, f"the {kind} notice of {day}")
    _warn_of_holes(made)


def _warn_of_holes(made: WrittenNotice) -> None:
    if made.gaps:
        warn(f"this is a DRAFT: not known yet are {', '.join(made.gaps)}.")
    if not made.is_reviewed:
        warn("no qualified person has reviewed the translation yet, and the document says so.")
    if made.missing_translations:
        fields = ", ".join(made.missing_translations)
        warn(f"these texts have no translation into {made.language}, so they stand in another language: {fields}.")


def _suffix(output: str | None, format_: str | None, *, default: str) -> str:
    if output is None or output == "-":
        return (format_ or default).removeprefix(".").lower()
    suffix = Path(output).suffix.removeprefix(".").lower()
    if not suffix:
        raise click.UsageError(f"{output!r} has no suffix that says which form to write. Write {output}.html, say.")
    if format_ and format_.lower() != suffix:
        raise click.UsageError(f"--format {format_} and the file {output} differ. Leave --format out.")
    return suffix
