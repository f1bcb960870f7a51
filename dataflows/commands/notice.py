"""notice: what is written from the catalog, for families, the public, vendors, and the office."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dataflows.commands.completing import complete_file, complete_id, complete_notice
from dataflows.commands.delivering import deliver, suffix_of
from dataflows.commands.missing_text import show_missing
from dataflows.commands.options import as_of_option, catalog_option, district_option, known_at_option, today, warn
from dataflows.reporting.kinds import KINDS, About

if TYPE_CHECKING:
    from datetime import date, datetime

    from dataflows.actions.write_notice import WrittenNotice
    from dataflows.catalog.database import Address
    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.look import Look

_ABOUT = tuple(field.name for field in fields(About))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was typed, beside the document's kind and whom it is about."""

    catalog: Address
    district: str | None
    as_of: date | None
    known_at: datetime | None
    language: str | None
    draft: bool
    look: Path | None
    output: str | None
    format_: str | None

    @property
    def day(self) -> date:
        """Return the day of the document."""
        return self.as_of or today()

    def read_snapshot(self) -> Snapshot:
        """Return the catalog on that day."""
        from dataflows.actions.asking import read_snapshot

        return read_snapshot(self.catalog, self.district, self.day, self.known_at)

    def read_look(self) -> Look | None:
        """Return the district's own look, where one is named."""
        if self.look is None:
            return None
        from dataflows.reporting.look import read_look

        return read_look(self.look)


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
def notice_command(kind: str, file: str | None, *, every_district: bool, **words: Any) -> int:
    """Write a document from the catalog, of one of the kinds below.

    A text that the law makes part of it and that is absent is an error, never a blank; --draft writes
    it all the same, with DRAFT on every page.

    `notice check FILE` checks anybody's annual notice against 34 CFR 99.7, item by item, and needs
    no catalog: .html, .pdf, .docx, .md or .txt, or - ; --format table, json, csv or html.
    With --catalog or --district it also looks whether the district's home languages are served.
    """
    about = {word: words.pop(word) for word in _ABOUT}
    asked = _Asked(**words)
    if kind == "check":
        _check(file, asked)
        return 0
    if file is not None:
        raise click.UsageError(f"A notice is written with -o. Did you mean `notice check {file}`, or -o {file}?")
    if every_district:
        return _write_every(kind, asked, about)
    return _write_one(kind, asked, about)


def _check(file: str | None, asked: _Asked) -> None:
    from dataflows.commands.notice_check import check_file

    snapshot = asked.read_snapshot() if _is_catalog_named(asked.district) else None
    check_file(file, asked.format_, output=asked.output, day=asked.day, snapshot=snapshot)


def _is_catalog_named(district: str | None) -> bool:
    """Tell whether a catalog was named in this command; the one of the folder is none of a stranger's notice."""
    context = click.get_current_context()
    given = click.core.ParameterSource.COMMANDLINE
    places = (context.get_parameter_source("catalog"), context.find_root().get_parameter_source("catalog"))
    return district is not None or given in places


def _write_one(kind: str, asked: _Asked, about: dict[str, str | None]) -> int:
    """Write one document; 1 where it went out although it lacks something, for nothing posted is worse."""
    from dataflows.actions.write_notice import write_notice

    suffix = suffix_of(asked.output, asked.format_, default="txt")
    look = asked.read_look()
    made = write_notice(
        asked.read_snapshot(),
        kind,
        issued=asked.day,
        language=asked.language,
        suffix=f".{suffix}",
        is_draft=asked.draft,
        look=look,
        **about,
    )
    deliver(made.content, asked.output, f"the {kind} notice of {asked.day}")
    _warn_of_holes(made)
    if not made.is_reviewed:
        warn("no qualified person has reviewed the translation yet, and the document says so.")
    show_missing(made, asked.day)
    return int(_lacks_something(made))


def _write_every(kind: str, asked: _Asked, about: dict[str, str | None]) -> int:
    """Write the document of each district; 1 where one of them went out although it lacks something."""
    from dataflows.actions.write_notices import EachOrder, write_notices

    folder = _folder_of(asked, about)
    suffix = f".{(asked.format_ or 'html').lower().removeprefix('.')}"
    order = EachOrder(kind, asked.day, suffix, asked.known_at, asked.language, asked.draft, asked.read_look())
    written = write_notices(asked.catalog, folder, order)
    for district, why in written.left_out.items():
        warn(f"{district} is left out. {why}")
    for district, made in written.made.items():
        if made.gaps or made.missing or made.cautions or made.missing_translations:
            click.echo(f"{district}{suffix}:", err=True)
            _warn_of_holes(made)
            show_missing(made, asked.day)
    if not all(made.is_reviewed for made in written.made.values()):
        warn("no qualified person has reviewed some of the translations yet, and the documents say so.")
    count = len(written.made)
    files = "1 file" if count == 1 else f"{count} files"
    click.echo(f"Wrote the {kind} notices of {asked.day}: {folder}, {files}, {written.changed} changed", err=True)
    return int(any(map(_lacks_something, written.made.values())))


def _folder_of(asked: _Asked, about: dict[str, str | None]) -> Path:
    given = [f"--{word}" for word, value in about.items() if value is not None]
    if asked.district is not None:
        given.append("--district")
    if given:
        raise click.UsageError(f"With --every-district, {given[0]} has no meaning. Leave one of the two out.")
    if asked.output is None or asked.output == "-":
        raise click.UsageError("Say into which folder the documents go: -o FOLDER. Their form is --format html, say.")
    return Path(asked.output)


def _lacks_something(made: WrittenNotice) -> bool:
    return bool(made.gaps) and KINDS[made.kind].is_posted_with_gaps


def _warn_of_holes(made: WrittenNotice) -> None:
    if made.gaps and not KINDS[made.kind].is_posted_with_gaps:
        warn(f"this is a DRAFT: not known yet are {', '.join(made.gaps)}.")
    if made.missing_translations:
        fields = ", ".join(made.missing_translations)
        warn(f"these texts have no translation into {made.language}, so they stand in another language: {fields}.")
