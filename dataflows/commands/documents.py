"""map and notice: what is drawn and written from the catalog."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dataflows.commands.completing import complete_file, complete_id, complete_notice, complete_view
from dataflows.commands.delivering import deliver
from dataflows.commands.missing_text import show_missing
from dataflows.commands.options import (
    DayType,
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

    from dataflows.actions.draw_map import Since
    from dataflows.actions.write_notice import WrittenNotice
    from dataflows.catalog.database import Address
    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.look import Look


@click.command("map")
@click.argument("view", required=False, shell_complete=complete_view)
@click.argument("subject", required=False, shell_complete=complete_id("vendors", "parties"))
@click.argument("other", required=False, shell_complete=complete_id("vendors", "parties"))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    shell_complete=complete_file,
    help="Where to: .pdf .svg .png .json .txt, of network and its like .dot .graphml, "
    "of the matrix .html .csv .xlsx; or - .",
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
    output: str | None,
    format_: str | None,
    catalog: Address,
    district: str | None,
    as_of: date | None,
    known_at: datetime | None,
) -> None:
    """Draw a disclosure map: `overview`, `matrix`, `network`, `vendor ID`, `element ID`, or `path FROM TO`.

    The overview says who gets what on one page, in groups; the matrix has a row for each party.
    Without a view it is the network where that reads well, and the overview elsewhere; without -o it is told in words.
    """
    from dataflows.actions.asking import read_snapshot
    from dataflows.actions.draw_map import Marks, choose_view, draw_map
    from dataflows.actions.draw_matrix import draw_matrix

    suffix = _suffix(output, format_, default="txt")
    day = as_of or today()
    since = _since(compare, day, catalog, district) if compare else None
    snapshot = read_snapshot(catalog, district, day, known_at)
    marks = Marks(since, findings)
    if view is None:
        view = "network" if since or findings else choose_view(snapshot, suffix)
    if by is None:
        content = draw_map(snapshot, view, subject, suffix, other=other, marks=marks, theme=theme)
    elif view == "matrix" and subject is None and marks == Marks():
        content = draw_matrix(snapshot, view, suffix, by=by, theme=theme)
    else:
        raise click.UsageError("--by chooses the columns of the matrix alone. Write: map matrix --by category.")
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


def _line_of(name: str) -> str:
    """Return the line of the help about one kind, with the states that ask for it."""
    kind = KINDS[name]
    return f"{name:<24}{kind.what}" + (f" ({', '.join(kind.states)})" if kind.states else "")


@click.command("notice", epilog="\b\n" + "\n".join(map(_line_of, KINDS)))
@click.argument("kind", shell_complete=complete_notice)
@click.argument("file", required=False, shell_complete=complete_file)
@click.option("--vendor", metavar="ID", shell_complete=complete_id("vendors"), help="Whom a vendor letter is about.")
@click.option("--school", metavar="ID", help="Of which school's students the disclosures tell (default: all).")
@click.option("--grade", metavar="GRADE", help="Of which grade's students they tell: PK, K, 1 to 13 (default: all).")
@click.option("--incident", metavar="ID", help="Of which incident the letter about a breach tells.")
@click.option("--language", metavar="TAG", help="In which language, such as es (default: the first home language).")
@click.option("--look", metavar="FOLDER", type=click.Path(path_type=Path), help="Your own templates, style and words.")
@click.option("--every-district", is_flag=True, help="One for each district of the catalog, into the folder -o.")
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
    every_district: bool,
    look: Path | None,
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
    With --catalog or --district it also looks whether the district's home languages are served.
    """
    day = as_of or today()
    if kind == "check":
        from dataflows.commands.notice_check import check_file

        asked = _is_catalog_named(district)
        check_file(
            file,
            format_,
            output=output,
            day=day,
            snapshot=_read_snapshot(catalog, district, day, known_at) if asked else None,
        )
        return
    if file is not None:
        raise click.UsageError(f"A notice is written with -o. Did you mean `notice check {file}`, or -o {file}?")
    from dataflows.actions.write_notice import write_notice

    own = _read_look(look)
    if every_district:
        from dataflows.actions.write_notices import write_notices

        _check_every(district, output, about)
        written = write_notices(
            catalog,
            kind,
            Path(output or "."),
            day=day,
            suffix=f".{(format_ or 'html').lower().removeprefix('.')}",
            known_at=known_at,
            language=language,
            is_draft=draft,
            look=own,
        )
        click.echo(
            f"Wrote the {kind} notices of {day}: {output}, {written.all} files, {written.changed} changed", err=True
        )
        return
    suffix = _suffix(output, format_, default="txt")
    snapshot = _read_snapshot(catalog, district, day, known_at)
    made = write_notice(
        snapshot, kind, issued=day, language=language, suffix=f".{suffix}", is_draft=draft, look=own, **about
    )
    deliver(made.content, output, f"the {kind} notice of {day}")
    _warn_of_holes(made)
    show_missing(made, day)
    if made.gaps and KINDS[kind].is_posted_with_gaps:
        # It went out, for nothing posted is worse; what it lacks is a finding.
        click.get_current_context().exit(1)


def _check_every(district: str | None, output: str | None, about: dict[str, str | None]) -> None:
    given = [f"--{word}" for word, value in about.items() if value is not None]
    if district is not None:
        given.append("--district")
    if given:
        raise click.UsageError(f"With --every-district, {given[0]} has no meaning. Leave one of the two out.")
    if output is None or output == "-":
        raise click.UsageError("Say into which folder the documents go: -o FOLDER. Their form is --format html, say.")


def _is_catalog_named(district: str | None) -> bool:
    """Tell whether a catalog was named in this command; the one of the folder is none of a stranger's notice."""
    context = click.get_current_context()
    given = click.core.ParameterSource.COMMANDLINE
    places = (context.get_parameter_source("catalog"), context.find_root().get_parameter_source("catalog"))
    return district is not None or given in places


def _read_snapshot(catalog: Address, district: str | None, day: date, known_at: datetime | None) -> Snapshot:
    from dataflows.actions.asking import read_snapshot

    return read_snapshot(catalog, district, day, known_at)


def _read_look(folder: Path | None) -> Look | None:
    if folder is None:
        return None
    from dataflows.reporting.look import read_look

    return read_look(folder)


def _warn_of_holes(made: WrittenNotice) -> None:
    if made.gaps and not KINDS[made.kind].is_posted_with_gaps:
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
